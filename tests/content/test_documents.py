"""An issue of several files: documents/, one file a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from docx import Document as Word

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content import find_issues, load
from generator.content.handed_in import places_of
from generator.formats.issue_json import issue_data
from generator.model import Issue, Paragraph
from generator.runtime.data import Json
from generator.runtime.errors import SourceError
from generator.stages.check.audit import audit
from generator.stages.pipeline import convert
from tests.conftest import SEED

NOTICE = """\
# 某某市人民政府关于加强防汛工作的通知

某府发〔2024〕3号

各区人民政府：

请清查险段。

某某市人民政府
2024年4月2日
"""
OPINION = """\
某某市人民政府文件

某府发〔2024〕4号

某某市人民政府关于支持夜市的意见

各区人民政府：

提出以下意见。

某某市人民政府
2024年4月9日
"""


def folder_of(
    tmp_path: Path, files: Mapping[str, str | bytes], facts: str = "", issue: str = "2024-05"
) -> Path:
    folder = tmp_path / "moumou" / issue
    for name, text in files.items():
        path = folder / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    (folder.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    if facts:
        (folder / "issue.toml").write_text(facts, "utf-8")
    return folder


def issue_of(tmp_path: Path, files: Mapping[str, str | bytes], facts: str = "") -> Issue:
    return convert(folder_of(tmp_path, files, facts))


def findings(issue: Issue) -> list[tuple[str, str, int]]:
    """List the findings, without the info that a document has no number."""
    places = [(d.code, *issue.source.place_of(d.lines.first)) for d in issue.diagnostics]
    return [
        (code, path.partition("documents/")[2], line)
        for code, path, line in places
        if code != "number-missing"
    ]


def refusal(tmp_path: Path, files: Mapping[str, str | bytes], facts: str = "") -> str:
    with pytest.raises(SourceError) as refused:
        convert(folder_of(tmp_path, files, facts))
    return str(refused.value)


def test_each_file_is_a_document_and_the_site_makes_the_contents(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, {"01-通知.md": NOTICE, "02-意见.md": OPINION})
    assert [str(d.number) for d in issue.documents] == ["某府发〔2024〕3号", "某府发〔2024〕4号"]
    assert [d.lines.first for d in issue.documents] == [1, 12]
    assert issue.contents_made
    assert findings(issue) == []


def test_files_are_read_in_the_natural_order_of_their_names(tmp_path: Path) -> None:
    names = ["10-丙.md", "2-乙.md", "1-甲.md"]
    texts = {name: NOTICE.replace("3号", f"{name[:-5]}号") for name in names}
    source = load(folder_of(tmp_path, texts))
    assert [part.name for part in source.parts] == ["1-甲.md", "2-乙.md", "10-丙.md"]


def test_year_and_number_are_those_of_the_folder_or_of_issue_toml(tmp_path: Path) -> None:
    masthead = issue_of(tmp_path / "a", {"01.md": NOTICE}).masthead
    assert (masthead.title, masthead.year, masthead.number, masthead.total_number) == (
        "某某市人民政府公报", 2024, 5, None,
    )  # fmt: skip
    facts = "[masthead]\nnumber = 5\ntotal_number = 88\n"
    assert issue_of(tmp_path / "b", {"01.md": NOTICE}, facts).masthead.total_number == 88


@pytest.mark.parametrize(
    ("names", "facts"),
    [
        (("01-市府文件/01-通知.md", "02-办公室文件/02-意见.md"), ""),
        (
            ("01-通知.md", "02-意见.md"),
            '[[document]]\nfile = "01-通知.md"\ncategory = "市府文件"\n'
            '[[document]]\nfile = "documents/02-意见.md"\ncategory = "办公室文件"\n',
        ),
        (
            ("1-01-通知.md", "10-02-意见.md"),
            '[[category]]\nname = "市府文件"\nfiles = ["1"]\n'
            '[[category]]\nname = "办公室文件"\nfiles = ["10-"]\n',
        ),
        (
            ("01-通知.md", "02-意见.md"),
            '[[category]]\nname = "市府文件"\nnumbers = ["某府发"]\n'
            '[[document]]\nfile = "02-意见.md"\ncategory = "办公室文件"\n',
        ),
    ],
    ids=["folder", "file", "prefix of the name", "code of the number"],
)
def test_a_category_is_that_of_the_folder_or_of_issue_toml(
    tmp_path: Path, names: tuple[str, str], facts: str
) -> None:
    issue = issue_of(tmp_path, dict(zip(names, (NOTICE, OPINION), strict=True)), facts)
    assert [entry.category for entry in issue.contents] == ["市府文件", "办公室文件"]


def test_lines_of_issue_toml_are_those_of_a_file(tmp_path: Path) -> None:
    doubtful = NOTICE.replace("请清查险段。", "请清查 and 加固险段。")
    facts = """
[[correction]]
file = "02-意见.md"
line = 9
from = "提出"
to = "现提出"
why = "漏字"

[[confirmed]]
file = "01-通知.md"
line = 7
code = "latin-word"
text = "and"
why = "原印如此"
"""
    files = {"01-通知.md": doubtful, "02-意见.md": OPINION, "03-通知.md": doubtful}
    files["03-通知.md"] = doubtful.replace("3号", "9号")
    issue = issue_of(tmp_path, files, facts)
    assert findings(issue) == [("latin-word", "03-通知.md", 7)]
    texts = [b.text for b in issue.documents[1].blocks if hasattr(b, "text")]
    assert "现提出以下意见。" in texts
    assert audit(issue) == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("line = 9", "请写明 file"),
        ('file = "02-意贝.md"\nline = 9', "是不是“02-意见.md”"),
        ('file = "02-意见.md"\nline = 99', "只有12行"),
    ],
)
def test_a_line_without_its_file_is_refused(tmp_path: Path, said: str, words: str) -> None:
    facts = f'[[correction]]\n{said}\nfrom = "提出"\nto = "现提出"\nwhy = "漏字"\n'
    message = refusal(tmp_path, {"01-通知.md": NOTICE, "02-意见.md": OPINION}, facts)
    assert words in message
    assert "issue.toml:2:" in message


MINUTES = "某某市第十次办公会议纪要\n\n会议研究了防汛工作。\n\n会议要求，各区落实。\n"


def test_a_file_without_a_head_is_a_document_that_the_editor_checks(tmp_path: Path) -> None:
    files = {"01-通知.md": NOTICE, "02-纪要.md": MINUTES, "03-意见.md": OPINION}
    issue = issue_of(tmp_path, files)
    assert [d.title for d in issue.documents][1] == "某某市第十次办公会议纪要"
    assert findings(issue) == [("file-without-head", "02-纪要.md", 1)]


def test_a_decision_settles_a_file_without_a_head(tmp_path: Path) -> None:
    facts = (
        '[[decision]]\nfile = "02-纪要.md"\nline = 1\nbegins = "document"\n'
        'text = "某某市第十次办公会议纪要"\nwhy = "会议纪要没有文号"\n'
    )
    issue = issue_of(tmp_path, {"01-通知.md": NOTICE, "02-纪要.md": MINUTES}, facts)
    assert len(issue.documents) == 2
    assert findings(issue) == []


def test_a_damaged_title_stays_in_its_file(tmp_path: Path) -> None:
    damaged = NOTICE.replace("# ", "").replace("的通知", "的通如")
    issue = issue_of(tmp_path, {"01.md": OPINION, "02.md": damaged, "03.md": MINUTES})
    assert [d.lines.first for d in issue.documents] == [p.first for p in issue.source.parts]
    assert ("file-without-head", "02.md", 1) in findings(issue)
    assert str(issue.documents[1].number) == "某府发〔2024〕3号"


def test_a_second_document_in_a_file_is_named(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, {"01.md": NOTICE + "\n" + OPINION, "02.md": MINUTES})
    assert len(issue.documents) == 3
    assert ("several-in-file", "01.md", 16) in findings(issue)


def test_what_another_file_names_is_a_document_of_its_own(tmp_path: Path) -> None:
    passing_on = NOTICE.replace(
        "请清查险段。", "现将《某某市人民政府关于支持夜市的意见》转发给你们。"
    )
    issue = issue_of(tmp_path, {"01.md": passing_on, "02.md": OPINION})
    assert len(issue.documents) == 2
    assert not issue.documents[0].attachments


def test_the_first_file_may_be_masthead_and_contents(tmp_path: Path) -> None:
    front = (
        "某某市人民政府公报\n\n2024年第5期\n\n目录\n"
        "某某市人民政府关于加强防汛工作的通知 ..... 2\n某某市人民政府关于支持夜市的意见 ..... 5\n"
    )
    issue = issue_of(tmp_path, {"00-目录.md": front, "01.md": NOTICE, "02.md": OPINION})
    assert [entry.page for entry in issue.contents] == [2, 5]
    assert not issue.contents_made
    assert findings(issue) == []
    short = front.replace("某某市人民政府关于支持夜市的意见 ..... 5\n", "")
    issue = issue_of(tmp_path / "b", {"00.md": short, "01.md": NOTICE, "02.md": OPINION})
    assert [code for code, _, _ in findings(issue)] == ["document-without-entry"]


def test_files_keep_their_encodings_and_line_ends(tmp_path: Path) -> None:
    files = {"01.txt": NOTICE.encode("gb18030"), "02.md": OPINION.replace("\n", "\r\n").encode()}
    source = load(folder_of(tmp_path, files))
    assert [part.encoding for part in source.parts] == ["gb18030", "utf-8"]
    assert [part.lines for part in source.parts] == [10, 12]
    assert source.place_of(12)[1] == 1


def test_a_word_file_is_converted_once_beside_it(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"02-意见.md": OPINION})
    word = Word()
    for line in NOTICE.replace("# ", "").splitlines():
        word.add_paragraph(line)
    word.save(str(folder / "documents" / "01-通知.docx"))
    assert len(convert(folder).documents) == 2
    made = folder / "documents" / "01-通知.md"
    made.write_text(made.read_text("utf-8").replace("险段", "险工险段"), "utf-8")
    assert "险工险段" in load(folder).text
    assert find_issues(folder.parent) == (folder,)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"01.doc": b"x"}, "另存为 .docx"),
        ({"01.wps": b"x"}, "另存为 .docx"),
        ({"01.md": NOTICE, "02.zip": b"x"}, "请先解压"),
        ({"01.md": NOTICE, "02.jpg": b"x"}, "页面的图片请单独放入"),
        ({"01.md": NOTICE, "02.abc": b"x"}, "不认识这种文件“02.abc”"),
        ({"01.md": NOTICE, "01.txt": OPINION}, "同名"),
        ({"01.docx": b"x", "01.pdf": b"x"}, "同名"),
        ({"01.md": NOTICE, "02.md": " \n"}, "文件是空的"),
        ({"甲/乙/01.md": NOTICE}, "套得太深"),
        ({".DS_Store": b"x"}, "没有一个公文的文件"),
        ({"../issue.md": NOTICE, "01.md": NOTICE}, "同时有 issue.md 和 documents/"),
    ],
)
def test_a_folder_that_cannot_be_read_whole_is_refused_in_chinese(
    tmp_path: Path, files: Mapping[str, str | bytes], words: str
) -> None:
    (tmp_path / "moumou" / "2024-05" / "documents").mkdir(parents=True)
    assert words in refusal(tmp_path, files)


def test_a_subfolder_that_leads_out_of_the_archive_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, {"01.md": NOTICE})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "02.md").write_text(OPINION, "utf-8")
    (folder / "documents" / "其他").symlink_to(tmp_path / "outside")
    with pytest.raises(SourceError, match="以外的链接"):
        find_issues(folder.parent)


def test_a_decree_at_the_top_of_a_file_makes_public_what_follows(tmp_path: Path) -> None:
    decree = (
        "某某市人民政府令\n第12号\n\n《某某市夜市管理办法》已经市政府常务会议通过，现予公布。\n\n"
        "市长　张三\n2024年3月1日\n\n某某市夜市管理办法\n\n第一条 为了规范夜市，制定本办法。\n"
    )
    issue = issue_of(tmp_path, {"01.md": decree, "02.md": NOTICE})
    assert issue.documents[0].title == "某某市夜市管理办法"
    assert str(issue.documents[0].number) == "某某市人民政府令第12号"
    assert findings(issue) == []


def test_what_stands_above_a_title_in_a_file_is_of_its_document(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, {"01.md": f"特急\n\n【市府文件】\n\n{OPINION}"})
    assert issue.documents[0].lines.first == 1
    assert findings(issue) == []
    assert audit(issue) == ()


def test_pictures_of_a_text_are_found_from_its_place(tmp_path: Path) -> None:
    shown = NOTICE.replace("请清查险段。", "![图1](图/一.png)\n\n请清查险段。")
    files: dict[str, str | bytes] = {"01-市府文件/01.md": shown, "图/一.png": b"x"}
    issue = issue_of(tmp_path, files)
    assert findings(issue) == []
    pictures = [b.image for b in issue.documents[0].blocks if isinstance(b, Paragraph) and b.image]
    assert pictures == ["documents/图/一.png"]


def test_issue_json_names_the_files(tmp_path: Path) -> None:
    issue = issue_of(tmp_path, {"01-通知.md": NOTICE, "02-纪要.md": MINUTES})
    data = issue_data(issue, resolve_citations([summarise(issue)]))
    assert isinstance(data, dict)
    source, documents, found = data["source"], data["documents"], data["diagnostics"]
    assert isinstance(source, dict)
    assert isinstance(source["files"], list)
    files = [file for file in source["files"] if isinstance(file, dict)]
    assert [(file["name"], file["first"], file["lines"]) for file in files] == [
        ("01-通知.md", 1, 10), ("02-纪要.md", 12, 5),
    ]  # fmt: skip
    assert isinstance(documents, list)
    assert [d["file"] for d in documents if isinstance(d, dict)] == ["01-通知.md", "02-纪要.md"]
    assert isinstance(found, list)
    assert {(d["file"], d["file_line"]) for d in found if isinstance(d, dict)} == {
        ("02-纪要.md", 1)
    }


def moved(value: Json, by: int) -> Json:
    """Move all lines of a document's data, and leave out what the printed contents say."""
    if isinstance(value, dict):
        return {
            key: [line - by for line in inner if isinstance(line, int)]
            if key == "lines" and isinstance(inner, list)
            else inner - by
            if key == "line" and isinstance(inner, int)
            else moved(inner, by)
            for key, inner in value.items()
            if key not in ("category", "page", "file")
        }
    return [moved(inner, by) for inner in value] if isinstance(value, list | tuple) else value


def documents_of(issue: Issue, firsts: Iterable[int]) -> list[Json]:
    data = issue_data(issue, resolve_citations([summarise(issue)]))
    assert isinstance(data, dict)
    assert isinstance(data["documents"], list)
    return [moved(d, first) for d, first in zip(data["documents"], firsts, strict=True)]


def test_an_issue_cut_into_files_has_the_same_documents(tmp_path: Path) -> None:
    whole = convert(SEED)
    text = whole.source.text.split("\n")
    between = {paragraph.lines.first for paragraph in whole.dividers}
    files = {
        f"{nth:02}.md": "\n".join(
            "" if n in between else text[n - 1]
            for n in range(document.lines.first, document.lines.last + 1)
        )
        for nth, document in enumerate(whole.documents, 1)
    }
    folder = folder_of(tmp_path, files, issue="2017-01")
    gazette = folder.parent.rename(tmp_path / "panzhihua")
    (gazette / "gazette.toml").write_bytes((SEED.parent / "gazette.toml").read_bytes())
    cut = convert(gazette / "2017-01")
    assert documents_of(cut, (part.first for part in cut.source.parts)) == documents_of(
        whole, (document.lines.first for document in whole.documents)
    )
    assert [d.code for d in cut.diagnostics] == [d.code for d in whole.diagnostics]


# ---- what an editor hands in


def handed_in(tmp_path: Path, *names: str) -> list[str]:
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(NOTICE + "![图](b.png)\n", "utf-8")
    return list(places_of([tmp_path]))


def test_one_file_is_the_whole_issue(tmp_path: Path) -> None:
    assert handed_in(tmp_path / "a", "第2期.txt") == ["issue.md"]
    assert handed_in(tmp_path / "b", "第2期.DOCX") == ["issue.docx"]
    assert handed_in(tmp_path / "c", "第2期.md", "b.png") == ["issue.md", "b.png"]


def test_several_files_are_numbered_in_the_natural_order_of_their_names(tmp_path: Path) -> None:
    assert handed_in(tmp_path, "2 意见.docx", "10-决定.md", "1、通知.PDF", "~$2 意见.docx") == [
        "documents/01-通知.pdf", "documents/02-意见.docx", "documents/03-决定.md",
    ]  # fmt: skip


def test_a_subfolder_keeps_its_place_and_its_pictures(tmp_path: Path) -> None:
    names = ("1-市府文件/2.md", "1-市府文件/1.md", "2-其他/通知.md", "2-其他/b.png", "图/b.png")
    assert handed_in(tmp_path, *names) == [
        "documents/01-市府文件/01-1.md", "documents/01-市府文件/02-2.md",
        "documents/03-其他/03-通知.md", "documents/03-其他/b.png", "documents/图/b.png",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (("第1号.wps", "第2号.docx"), "第1号.wps:1: 不是能读的 .wps 文件，.*请用 Word 或 WPS 打开"),
        (("01.gif", "02.gif"), "另存为 PNG"),
        (("通知.md", "3.jpg"), "不认识这种文件“3.jpg”"),
        (("甲/乙/1.md",), "套得太深"),
        (("Thumbs.db",), "没有可读的文件"),
        (("a:b.md", "c.md"), "请改名"),
    ],
)
def test_files_that_cannot_be_taken_are_refused_in_chinese(
    tmp_path: Path, names: tuple[str, ...], words: str
) -> None:
    with pytest.raises(SourceError, match=words):
        handed_in(tmp_path, *names)
