"""``gazette retake``: a better reading of the same sheets keeps what editors said."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from generator.cli import main
from generator.model import Issue
from generator.stages.pipeline import convert
from tests.conftest import SMALL, ArchiveMaker

# the engine read one character wrongly, broke a paragraph, and left out its first lines
OLD = SMALL.replace("地面停车场。白天", "地面仃车场。白天").replace("全天收费。", "全天收费（略。")
FACTS = f"""\
# 第3期的更正
[[correction]]
line = {OLD.split(chr(10)).index("1.地面仃车场。白天收费，夜间免") + 1}   # 见第9页
from = "仃车场"
to = "停车场"
why = "扫描误识"

[[confirmed]]
code = "unbalanced"
line = {OLD.split(chr(10)).index("2.地下停车场。全天收费（略。") + 1}
text = "全天收费（略"
why = "原印如此"

[[decision]]
line = {OLD.split(chr(10)).index("第二章 附则") + 1}
begins = "heading"
text = "第二章 附则"
why = "章名"
"""


def retake(content: Path, *paths: Path) -> Result:
    arguments = ["retake", "moumou", "2020-03", *map(str, paths), "--content", str(content)]
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def content(make_archive: ArchiveMaker) -> Path:
    found = make_archive({"2020-03": OLD})
    (found / "moumou" / "2020-03" / "issue.toml").write_text(FACTS, "utf-8")
    return found


def file(content: Path, text: str) -> Path:
    path = content.parent / "better.txt"
    path.write_text(text, "utf-8")
    return path


def folder_of(content: Path) -> Path:
    return content / "moumou" / "2020-03"


def facts(content: Path) -> str:
    return (folder_of(content) / "issue.toml").read_text("utf-8")


def lines_of(content: Path) -> dict[str, int]:
    tables = tomllib.loads(facts(content))
    return {key: tables[key][0]["line"] for key in ("correction", "confirmed", "decision")}


def codes(issue: Issue) -> Sequence[str]:
    return [d.code for d in issue.diagnostics]


MOVED = "封面\n\n某某市地图\n\n" + OLD.replace("第二条 本", "第二条\n\n本")


@pytest.mark.guarantee("move_entries", 1)
@pytest.mark.guarantee("move_entries", 3)
def test_entries_move_with_their_words_and_the_file_keeps_its_form(content: Path) -> None:
    done = retake(content, file(content, MOVED))
    assert done.exit_code == 0, done.output
    new = MOVED.split("\n")
    lines = lines_of(content)
    assert "仃车场" in new[lines["correction"] - 1]
    assert "全天收费（略" in new[lines["confirmed"] - 1]
    assert new[lines["decision"] - 1] == "第二章 附则"
    assert facts(content).startswith("# 第3期的更正\n[[correction]]\n")
    assert f"line = {lines['correction']}   # 见第9页" in facts(content)
    assert len(facts(content).split("\n")) == len(FACTS.split("\n"))
    issue = convert(folder_of(content))
    assert "地面停车场。" in issue.source.text
    assert "unbalanced" not in codes(issue)
    assert "随文字移到新行的 3 条" in done.output


def test_the_same_text_changes_nothing_in_issue_toml(content: Path) -> None:
    assert retake(content, file(content, OLD)).exit_code == 0
    assert facts(content) == FACTS


def test_a_correction_that_the_new_reading_has_right_is_named_and_stops_publication(
    content: Path,
) -> None:
    done = retake(content, file(content, MOVED.replace("仃车场", "停车场")))
    assert done.exit_code == 0
    assert "新文本已作“停车场”，这一条不再需要，请删去" in done.output
    assert lines_of(content)["correction"] == 0
    found = {d.code: d for d in convert(folder_of(content)).diagnostics}
    assert found["entry-unplaced"].severity == "error"
    assert "[[correction]]“仃车场”" in found["entry-unplaced"].message
    assert convert(folder_of(content)).source.corrections == ()
    kept = facts(content).split("[[confirmed]]")[1]
    (folder_of(content) / "issue.toml").write_text(f"[[confirmed]]{kept}", "utf-8")
    assert "entry-unplaced" not in codes(convert(folder_of(content)))


@pytest.mark.guarantee("move_entries", 2)
def test_words_that_are_gone_or_in_two_places_are_not_guessed(content: Path) -> None:
    text = MOVED.replace("第二章 附则", "第二章 附则\n\n第二章 附则。")
    text = text.replace("全天收费（略。", "全天收费。")
    done = retake(content, file(content, text))
    assert done.exit_code == 0
    lines = lines_of(content)
    # the line that the old one became has the words once
    assert text.split("\n")[lines["decision"] - 1] == "第二章 附则"
    assert lines["confirmed"] == 0
    assert "在新文本里找不到，或不止一处" in done.output
    assert "entry-unplaced" not in codes(convert(folder_of(content)))


def test_a_short_misprint_is_found_only_in_a_line_like_its_own(content: Path) -> None:
    short = FACTS.replace('from = "仃车场"', 'from = "仃"').replace('to = "停车场"', 'to = "停"')
    (folder_of(content) / "issue.toml").write_text(short, "utf-8")
    # the line is cut in another place, and the next one has the same character by chance
    text = OLD.replace("1.地面仃车场。白天收费，夜间免", "全新的一句话，说的是别的事情，仃。")
    assert retake(content, file(content, text)).exit_code == 0
    assert lines_of(content)["correction"] == 0


def test_a_lifted_mark_never_moves_to_other_words(content: Path) -> None:
    marked = OLD.replace("某府发[2020] 7 号", "机密★1年\n\n某府发[2020] 7 号")
    (folder_of(content) / "issue.md").write_text(marked, "utf-8")
    line = marked.split("\n").index("机密★1年") + 1
    lift = f'[[lift]]\nline = {line}\nwhy = "已解密"\n'
    (folder_of(content) / "issue.toml").write_text(lift, "utf-8")
    assert retake(content, file(content, f"封面\n\n{marked}")).exit_code == 0
    assert tomllib.loads(facts(content))["lift"][0]["line"] == line + 2
    other = marked.replace("机密★1年", "绝密★长期")
    assert retake(content, file(content, other)).exit_code == 0
    assert tomllib.loads(facts(content))["lift"][0]["line"] == 0
    assert "secrecy" in codes(convert(folder_of(content)))


def test_published_addresses_stay_and_replaced_files_are_kept(content: Path) -> None:
    folder = folder_of(content)
    (folder / "map.png").write_bytes(b"picture")
    frozen = CliRunner().invoke(main, ["freeze", str(folder), "--date", "2020-04-01"])
    assert frozen.exit_code == 0, frozen.output
    addresses = (folder / "addresses.json").read_bytes()
    before = [d.id for d in convert(folder).documents]
    assert retake(content, file(content, MOVED)).exit_code == 0
    assert (folder / "addresses.json").read_bytes() == addresses
    assert [d.id for d in convert(folder).documents] == before
    assert (folder / "map.png").read_bytes() == b"picture"
    assert (folder / "received" / "before-1" / "issue.md").read_text("utf-8") == OLD
    assert retake(content, file(content, OLD)).exit_code == 0
    assert (folder / "received" / "before-1" / "issue.md").read_text("utf-8") == OLD
    assert (folder / "received" / "before-2" / "issue.md").read_text("utf-8") == MOVED
    assert sorted(path.name for path in folder.parent.iterdir()) == ["2020-03", "gazette.toml"]


def test_entries_of_documents_move_within_their_files(content: Path, tmp_path: Path) -> None:
    folder = folder_of(content)
    (folder / "issue.md").unlink()
    documents = folder / "documents"
    documents.mkdir()
    text = "某某市人民政府关于停车的通知\n\n某府发〔2020〕{n}号\n\n各区人民政府：\n\n{body}\n"
    (documents / "01-甲.md").write_text(text.format(n=7, body="请认真学习。"), "utf-8")
    (documents / "02-乙.md").write_text(text.format(n=8, body="请认真灌彻。"), "utf-8")
    (folder / "issue.toml").write_text(
        '[[correction]]\nfile = "02-乙.md"\nline = 7\nfrom = "灌彻"\nto = "贯彻"\nwhy = "误识"\n',
        "utf-8",
    )
    handed = tmp_path / "handed"
    handed.mkdir()
    body = "第一段新读出的文字。\n\n请认真灌彻。"
    (handed / "1-甲.md").write_text(text.format(n=7, body="请认真学习。"), "utf-8")
    (handed / "2-新乙.md").write_text(text.format(n=8, body=body), "utf-8")
    done = retake(content, handed)
    assert done.exit_code == 0, done.output
    (correction,) = tomllib.loads(facts(content))["correction"]
    assert (correction["file"], correction["line"]) == ("02-新乙.md", 9)
    assert "请认真贯彻。" in convert(folder).source.text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('correction = [{ line = 48, from = "仃车场", to = "停车场", why = "误识" }]\n', "请写作"),
        ("[[correction]\n", "TOML"),
    ],
)
def test_nothing_changes_where_issue_toml_cannot_be_rewritten(
    content: Path, written: str, said: str
) -> None:
    (folder_of(content) / "issue.toml").write_text(written, "utf-8")
    done = retake(content, file(content, MOVED))
    assert done.exit_code == 1
    assert said in done.output
    assert facts(content) == written
    assert (folder_of(content) / "issue.md").read_text("utf-8") == OLD
    assert sorted(path.name for path in folder_of(content).parent.iterdir()) == [
        "2020-03",
        "gazette.toml",
    ]


def test_a_file_that_cannot_be_read_changes_nothing(content: Path) -> None:
    broken = content.parent / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7")
    assert retake(content, broken).exit_code == 1
    assert (folder_of(content) / "issue.md").read_text("utf-8") == OLD
    assert facts(content) == FACTS


def test_another_issue_or_form_is_refused(content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "several"
    folder.mkdir()
    for n in (1, 2):
        (folder / f"{n}.md").write_text(f"某某市人民政府关于{n}的通知\n", "utf-8")
    refused = retake(content, folder)
    assert refused.exit_code == 2
    assert "请放入同一种" in refused.output
    arguments = ["retake", "moumou", "2020-09", str(folder), "--content", str(content)]
    missing = CliRunner().invoke(main, arguments)
    assert missing.exit_code == 2
    assert "没有这一期" in missing.output


def test_the_scan_stays_where_the_better_reading_is_a_text(content: Path) -> None:
    folder = folder_of(content)
    (folder / "pages").mkdir()
    (folder / "pages" / "0001.png").write_bytes(b"scan")
    (folder / "issue.pdf").write_bytes(b"%PDF-1.7")
    assert retake(content, file(content, MOVED)).exit_code == 0
    assert (folder / "pages" / "0001.png").read_bytes() == b"scan"
    assert (folder / "issue.pdf").read_bytes() == b"%PDF-1.7"


def test_the_scan_is_kept_aside_where_the_better_reading_is_a_file(content: Path) -> None:
    folder = folder_of(content)
    (folder / "pages").mkdir()
    (folder / "pages" / "0001.png").write_bytes(b"scan")
    document = Document()
    for line in filter(str.strip, MOVED.split("\n")):
        document.add_paragraph(line)
    document.save(str(content.parent / "第3期.docx"))
    done = retake(content, content.parent / "第3期.docx")
    assert done.exit_code == 0, done.output
    assert not (folder / "pages").exists()
    kept = folder / "received" / "before-1"
    assert (kept / "pages" / "0001.png").read_bytes() == b"scan"
    assert (kept / "issue.md").read_text("utf-8") == OLD
    at = lines_of(content)["correction"]
    assert "仃车场" in (folder / "issue.md").read_text("utf-8").split("\n")[at - 1]


def test_a_layout_of_the_new_reading_takes_the_place_of_the_old(content: Path) -> None:
    folder = folder_of(content)
    (folder / "layout.json").write_text(json.dumps({"sha256": "0" * 64}), "utf-8")
    assert retake(content, file(content, MOVED)).exit_code == 0
    assert not (folder / "layout.json").exists()
    assert (folder / "received" / "before-1" / "layout.json").exists()
