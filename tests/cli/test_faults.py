"""Faults that editors can cause: each is said in Chinese, with its file and what to do."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import socket
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from reportlab.pdfgen.canvas import Canvas

from generator.cli import main
from generator.cli.usage_errors import SAYINGS
from tests.conftest import SMALL

TITLE = 'title = "某某市人民政府公报"\n'
CORRECTION = '[[correction]]\nline = 5\nfrom = "办公室"\nto = "办公厅"\nwhy = "误"\n'
# three English words in a row are a sentence that a clerk cannot read
ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}\b ){2,}\b[A-Za-z]{2,}\b")


@dataclass(frozen=True)
class Archive:
    """An archive with one issue, to be damaged."""

    content: Path

    @property
    def issue(self) -> Path:
        return self.content / "moumou" / "2020-03"

    def facts(self, text: str | bytes) -> None:
        data = text if isinstance(text, bytes) else text.encode()
        (self.issue / "issue.toml").write_bytes(data)

    def another(self, name: str, text: str = SMALL) -> Path:
        folder = self.issue.with_name(name)
        folder.mkdir()
        (folder / "issue.md").write_text(text, "utf-8")
        return folder


@dataclass(frozen=True)
class Fault:
    """What is wrong, the command that meets it, and what must be said."""

    spoil: Callable[[Archive], object]
    said: tuple[str, ...]
    commands: tuple[str, ...] = ("check", "build")


def facts(text: str | bytes) -> Callable[[Archive], object]:
    return lambda archive: archive.facts(text)


def text(data: bytes) -> Callable[[Archive], object]:
    return lambda archive: (archive.issue / "issue.md").write_bytes(data)


def gazette(data: bytes) -> Callable[[Archive], object]:
    return lambda archive: (archive.content / "moumou" / "gazette.toml").write_bytes(data)


def instead(name: str, data: bytes) -> Callable[[Archive], object]:
    """Put documents/ with a file in the place of the text."""

    def spoil(archive: Archive) -> None:
        (archive.issue / "issue.md").unlink()
        (archive.issue / "documents").mkdir()
        if name:
            (archive.issue / "documents" / name).write_bytes(data)

    return spoil


def text_that_is_a_folder(archive: Archive) -> None:
    (archive.issue / "issue.md").unlink()
    (archive.issue / "issue.md").mkdir()


def site_of_others(archive: Archive) -> None:
    site = archive.content.with_name("site")
    site.mkdir()
    (site / "论文.txt").touch()


def slip(old: str, new: str) -> Callable[[Archive], object]:
    assert old in CORRECTION
    return facts(CORRECTION.replace(old, new))


TOML = "issue.toml:"
FAULTS: dict[str, Fault] = {
    "no folder of the archive": Fault(
        lambda a: shutil.rmtree(a.content), ("没有这个文件夹", "请核对 --content")
    ),
    "an archive without a gazette": Fault(
        lambda a: shutil.rmtree(a.content / "moumou"), ("没有一种公报", "请放入")
    ),
    "no gazette.toml": Fault(
        lambda a: (a.content / "moumou" / "gazette.toml").unlink(),
        ("moumou/gazette.toml:1", "没有这个文件；请放入"),
    ),
    "a gazette.toml with full-width quotes": Fault(
        gazette("title = “某公报”\n".encode()), ("gazette.toml:1", '可改为 title = "某公报"')
    ),
    "a gazette.toml in GBK": Fault(
        gazette(TITLE.encode("gbk")), ("gazette.toml:1", "不是 UTF-8 编码", "另存为 UTF-8")
    ),
    "a gazette.toml without a title": Fault(
        gazette(b""), ("gazette.toml:1", "title 应为引号括起的文字，现在没有；请补上")
    ),
    "a misspelt key of gazette.toml": Fault(
        gazette('titel = "某公报"\n'.encode()), ("gazette.toml:1", "是不是 'title'？请改正")
    ),
    "no text": Fault(
        lambda a: (a.issue / "issue.md").unlink(), ("2020-03/issue.md:1", "请放入这一期的文本")
    ),
    "an empty text": Fault(text(b" \n"), ("issue.md:1", "文件是空的；请放入公文的文本")),
    "a text in UTF-16": Fault(
        text(SMALL.encode("utf-16")), ("issue.md:", "UTF-16 编码；请另存为 UTF-8")
    ),
    "a text in Big5": Fault(
        text("臺灣省政府公報關於禁止濫墾山坡地".encode("big5") * 20),
        ("issue.md:1", "可能是 big5", "请另存为 UTF-8"),
    ),
    "a picture called issue.md": Fault(
        text(b"\x89PNG\r\n\x1a\n\0\0"), ("issue.md:1", "是 PNG 图片；请核对是否放错了文件")
    ),
    "a Word file called issue.md": Fault(
        text(b"PK\x03\x04\0\0"), ("issue.md:1", ".docx", "请核对是否放错了文件")
    ),
    "a PDF called issue.md": Fault(text(b"%PDF-1.4\n\0\0"), ("issue.md:1", "是 PDF 文件；请核对")),
    "issue.md that is a folder": Fault(
        text_that_is_a_folder,
        ("issue.md:1", "请放入这一期的文本"),
    ),
    "one text and several": Fault(
        lambda a: (a.issue / "documents").mkdir(), ("不知道哪一个是本期的文本；请移走一个",)
    ),
    "documents/ without a file": Fault(instead("", b""), ("没有一个公文的文件；请放入",)),
    "a spreadsheet among the documents": Fault(
        instead("名单.xls", b"x"), ("名单.xls:1", "请另存为 .docx 或 PDF 再放入")
    ),
    "a damaged Word file": Fault(
        instead("通知.docx", b"PK\x03\x04xxxx"), ("通知.docx:1", "不是能读的 Word 文档；请重新另存")
    ),
    "a folder that makes no address": Fault(
        lambda a: a.issue.rename(a.issue.with_name("2020-03 (1)")), ("2020-03 (1)", "请改名")
    ),
    "two issues with one number": Fault(
        lambda a: a.another("2020-3"), ("2020年第3期已在", "请移走其中一个文件夹")
    ),
    "full-width quotes": Fault(
        slip('"办公室"', "“办公室”"), (TOML + "3", "引号是全角的，可改为 from = \"办公室\"")
    ),
    "a full-width equals sign": Fault(slip("line =", "line ＝"), (TOML + "2", "可改为 line = 5")),
    "full-width brackets": Fault(
        slip("[[correction]]", "［［correction］］"), (TOML + "1", "可改为 [[correction]]")
    ),
    "a full-width comma": Fault(
        facts('[[category]]\nname = "文件"\nnumbers = ["甲"，"乙"]\n'),
        (TOML + "3", '可改为 numbers = ["甲","乙"]'),
    ),
    "full-width digits": Fault(slip("= 5", "= ５"), (TOML + "2", "可改为 line = 5")),
    "a colon": Fault(slip("line = 5", "line：5"), (TOML + "2", "可改为 line = 5")),
    "a quotation mark that is missing": Fault(
        slip('"误"', '"误'), (TOML + "5", "少了后一半引号，可改为 why = \"误\"")
    ),
    "no quotation marks": Fault(slip('"误"', "误"), (TOML + "5", "文字没有加引号")),
    "quotation marks in quotation marks": Fault(
        slip('"误"', '"应作"厅"字"'), (TOML + "5", "引号里又有引号，可改为 why = '应作\"厅\"字'")
    ),
    "a bracket that is missing": Fault(
        slip("[[correction]]", "[[correction]"), (TOML + "1", "可改为 [[correction]]")
    ),
    "a key twice": Fault(facts(f'{CORRECTION}why = "又"\n'), (TOML + "6", "同一个键写了两次")),
    "two slips": Fault(
        slip('"办公室"\nto = ', "“办公室”\nto ＝ "), (TOML + "3", TOML + "4", "可改为 to = ")
    ),
    "single brackets": Fault(
        facts(CORRECTION.replace("[[", "[").replace("]]", "]")),
        (TOML + "1", "应写作 [[correction]]", "现在只有一层方括号 [correction]；请改正"),
    ),
    "a reason that is missing": Fault(
        facts(CORRECTION.replace("why", "reason")),
        (TOML + "1", "why 应为引号括起的文字，现在没有（有 reason，不是这里的键）；请补上"),
    ),
    "a line that is a text, and a truth that is none": Fault(
        facts(f'draft = "是"\n{CORRECTION.replace("5", chr(34) + "5" + chr(34))}'),
        (TOML + "1", TOML + "3", "line 应为", "draft 应为"),
    ),
    "issue.toml in UTF-16": Fault(facts(CORRECTION.encode("utf-16")), ("不是 UTF-8 编码",)),
    "a correction whose text has moved": Fault(
        slip("line = 5", "line = 3"),
        (TOML + "3", "现在在 issue.md 第5行，请改正 line"),
    ),
    "a correction whose text is nowhere": Fault(
        slip("办公室", "没有的"), (TOML + "3", "实有 0 处", "现为“某某市人民政府办公室”；请改正")
    ),
    "a correction whose text is there twice": Fault(
        facts(CORRECTION.replace("line = 5", "line = 3").replace("办公室", "期")),
        (TOML + "3", "实有 2 处", "请把 from 写长一些"),
    ),
    "a correction past the end": Fault(
        slip("line = 5", "line = 999"), (TOML + "3", "第999行，issue.md 只有50行")
    ),
    "several faults of one issue": Fault(
        facts(f'{CORRECTION.replace("5", "3")}{CORRECTION.replace("办公室", "没有的")}'
              '[scan]\nfile = "none.pdf"\n'),
        (TOML + "3", TOML + "8", "没有扫描件“none.pdf”；请放入"),
    ),
    "a document withdrawn that is none": Fault(
        facts('[[withdrawn]]\nid = "none"\nwhy = "误"\n'), (TOML + "2", "没有 id 为“none”的公文")
    ),
    "addresses.json that is cut off": Fault(
        lambda a: (a.issue / "addresses.json").write_bytes(b"{"), ("addresses.json:1", "请恢复")
    ),
    "layout.json that is cut off": Fault(
        lambda a: (a.issue / "layout.json").write_bytes(b"{"), ("layout.json:1", "请移走它")
    ),
    "terms.txt in UTF-16": Fault(
        lambda a: (a.issue.parent / "terms.txt").write_bytes("某".encode("utf-16")),
        ("terms.txt:1", "请另存为 UTF-8"),
        ("check",),
    ),
    "a site folder with files of others": Fault(
        site_of_others,
        ("有不是本程序生成的文件；请为 --site 换一个",),
        ("build",),
    ),
}  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive(tmp_path / "content")
    made.issue.mkdir(parents=True)
    (made.issue / "issue.md").write_text(SMALL, "utf-8")
    (made.content / "moumou" / "gazette.toml").write_text(TITLE, "utf-8")
    return made


def run(command: str, archive: Archive, *arguments: str | Path) -> Result:
    where: list[str | Path] = ["--content", archive.content]
    if command in ("build", "serve", "edit"):
        beside = archive.content.with_name
        where += ["--site", beside("site"), "--build", beside("build")]
    if command == "build":
        where += ["--jobs", "1"]
    words = [command, *map(str, (*arguments, *where))]
    return CliRunner().invoke(main, words, prog_name="gazette")


def assert_plain(result: Result) -> None:
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (1, 2)
    assert "请" in result.output
    told = "\n".join(
        line for line in result.output.splitlines() if not line.startswith(("用法", "说明"))
    )
    assert ENGLISH.search(told) is None


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_content_is_said_in_chinese_with_its_place(
    name: str, archive: Archive
) -> None:
    fault = FAULTS[name]
    fault.spoil(archive)
    for command in fault.commands:
        result = run(command, archive)
        assert_plain(result)
        for words in fault.said:
            assert words in result.output, command
    assert not (archive.content.with_name("site") / "index.html").exists()


def zipped(names: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, inner in names.items():
            file.writestr(name, inner)
    return data.getvalue()


def locked_pdf() -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, encrypt="secret")
    canvas.drawString(100, 100, "x")
    canvas.save()
    return data.getvalue()


OLE = bytes.fromhex("D0CF11E0A1B11AE1")
HANDED_IN: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "an empty text": ("空.txt", bytes, "文件是空的"),
    "a text in UTF-16": ("甲.txt", lambda: SMALL.encode("utf-16"), "UTF-16 编码"),
    "a program": ("甲.txt", lambda: b"MZ\0\0" * 99, "不是文本，是 程序"),
    "a zip that is cut off": ("第2期.zip", lambda: b"PK\x03\x04xx", "不是完整的 zip 文件"),
    "an empty zip": ("第2期.zip", lambda: zipped({}), "没有可读的文件"),
    "a spreadsheet in a zip": ("第2期.zip", lambda: zipped({"名单.xls": b"x"}), "名单.xls"),
    "a Word file in a zip that is cut off": (
        "第2期.zip", lambda: zipped({"通知.docx": b"PK\x03\x04x"}), "里的 通知.docx:1"),
    "a zip in a zip": ("第2期.zip", lambda: zipped({"内.zip": b"x"}), "请先解压"),
    "a Word file that is cut off": ("甲.docx", lambda: b"PK\x03\x04xx", "请重新另存为 .docx"),
    "an old Word file called .docx": ("甲.docx", lambda: OLE * 99, "旧的 .doc 格式，或有密码"),
    "an empty PDF": ("甲.pdf", bytes, "请重新另存为 PDF"),
    "a PDF that is cut off": ("甲.pdf", lambda: b"%PDF-1.4 x", "文件不完整或已损坏"),
    "a PDF with a password": ("甲.pdf", locked_pdf, "有密码；请去掉密码"),
    "an OFD that is cut off": ("甲.ofd", lambda: b"PK\x03\x04xx", "请用 OFD 阅读器打开"),
    "a picture that is cut off": ("甲.png", lambda: b"\x89PNG\r\n\x1a\n", "请重新扫描"),
    "a rar": ("甲.rar", lambda: b"Rar!\x1a\x07", "请先解压"),
    "a table of Excel": ("甲.xlsx", lambda: b"PK\x03\x04", "请另存为 .docx 或 PDF"),
    "JSON that is cut off": ("甲.json", lambda: b"{", "不是完整的 JSON"),
    "JSON of another kind": ("甲.json", lambda: b'{"a": 1}', "能读的识别结果"),
    "a page without a text": ("甲.html", lambda: b"<html></html>", "请打开网页"),
    "a page called .doc": ("甲.doc", lambda: b"<html><p>x</html>", "请把后缀改为 .html"),
}  # fmt: skip


@pytest.mark.parametrize("name", HANDED_IN)
def test_new_names_the_file_that_was_handed_in(name: str, archive: Archive) -> None:
    called, data, said = HANDED_IN[name]
    path = archive.content.with_name(called)
    path.write_bytes(data())
    result = run("new", archive, "moumou", "2020-04", path)
    assert_plain(result)
    assert str(path) in result.output
    assert said in result.output
    assert "2020-04/" not in result.output  # that folder is not there any more
    assert not archive.issue.with_name("2020-04").exists()


USAGE: dict[tuple[str, ...], str] = {
    ("new",): "缺少 GAZETTE；请补上",
    ("new", "moumou", "2020-04", "没有.docx"): "没有.docx: 没有这个文件或文件夹",
    ("nosuch",): "没有 nosuch 这个命令",
    ("check", "--fomat", "json"): "没有 --fomat 这个选项",
    ("check", "--format", "xml"): "--format 应为 'text', 'json', 'github' 之一",
    ("check", "--max", "x"): "--max 应为数字",
    ("check", "--content"): "--content 的后面要写值",
    ("check", "--strict=1"): "--strict 的后面不写值",
    ("check", "/no/such/folder"): "/no/such/folder: 没有这个文件或文件夹",
    ("check", __file__): "是文件，不是文件夹",
    ("build", "--jobs", "0"): "--jobs 应满足 x>=1",
    ("build", "一", "二"): "多了“一 二”",
    ("edit", "--port", "99999"): "--port 应满足 0<=x<=65535",
    ("serve", "--address", "x"): "--address 应为 HOST:PORT",
    ("freeze", "--date", "昨天"): "--date 应写作 '%Y-%m-%d'",
}


@pytest.mark.parametrize("arguments", USAGE)
def test_wrong_usage_is_said_in_chinese(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(main, arguments, prog_name="gazette")
    assert result.exit_code == 2
    assert_plain(result)
    assert USAGE[arguments] in result.output


def test_each_way_in_which_click_complains_has_its_words() -> None:
    assert all("{" in words for _, words in SAYINGS)
    assert len({pattern.pattern for pattern, _ in SAYINGS}) == len(SAYINGS)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘已满）；请腾出磁盘空间"),
        (errno.EACCES, "没有权限）；请检查"),
        (errno.EROFS, "磁盘只能读，不能写）；请换一个"),
    ],
)
def test_a_disk_that_refuses_is_said_in_chinese(
    number: int, said: str, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object, target: Path) -> None:
        raise OSError(number, os.strerror(number), str(target))

    monkeypatch.setattr("generator.content.handed_in.shutil.copyfile", refuse)
    path = archive.content.with_name("甲.txt")
    path.write_text(SMALL, "utf-8")
    result = run("new", archive, "moumou", "2020-04", path)
    assert_plain(result)
    assert said in result.output
    assert not archive.issue.with_name("2020-04").exists()


def test_a_text_that_may_not_be_read_is_named(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "issue.md":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = run("check", archive)
    assert_plain(result)
    assert "issue.md:1: unreadable [错误] 读不出（没有权限）；请检查这个文件" in result.output


@pytest.mark.parametrize("command", ["serve", "edit"])
def test_a_port_that_is_taken_is_named(command: str, archive: Archive) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        option = (
            ("--address", f"127.0.0.1:{port}") if command == "serve"
            else ("--no-browser", "--port", str(port))
        )  # fmt: skip
        result = run(command, archive, *option)
    assert_plain(result)
    assert f"{port}" in result.output
    assert "占用" in result.output


def test_one_broken_issue_hides_nothing_of_the_others(archive: Archive) -> None:
    archive.facts("line： ")
    archive.another("2020-04").joinpath("issue.md").write_bytes(b"")
    secret = SMALL.replace("第3期（总第15期）", "第5期（总第17期）").replace(
        "某某市人民政府关于修订\n", "机密★1年\n\n某某市人民政府关于修订\n"
    )
    archive.another("2020-05", secret)
    for command in ("check", "build"):
        result = run(command, archive)
        assert result.exit_code == 1
        for said in ("2020-03/issue.toml:1", "2020-04/issue.md:1", "2020-05/issue.md:31"):
            assert said in result.output, command
    assert not archive.content.with_name("site").exists()
    alone = run("check", archive, archive.issue.with_name("2020-05"))
    assert "secrecy [错误]" in alone.output
    assert "2020-04" not in alone.output


def test_check_ends_with_what_stops_publication_or_says_that_nothing_does(
    archive: Archive,
) -> None:
    (archive.issue / "issue.md").write_text(SMALL.replace("现通知如下", "现 and 通知如下"), "utf-8")
    result = run("check", archive)
    assert result.exit_code == 0
    assert result.output.splitlines()[-1] == "没有停止发布的问题，可以发布（gazette build）"
    archive.facts("x")
    *_, end, stopper = run("check", archive).output.splitlines()
    assert end.startswith("停止发布的有 1 处，在 1 个文件里；错误都改正")
    assert "issue.toml:1: unreadable [错误]" in stopper


ENGLISH_WORDS = {"LC_ALL": "en_US.UTF-8"}


@pytest.mark.parametrize(
    ("options", "environment", "is_terminal", "is_english"),
    [
        ((), {}, True, False),
        (("--lang", "en"), {}, False, True),
        ((), {"GAZETTE_LANG": "en"}, False, True),
        ((), ENGLISH_WORDS, True, True),
        ((), ENGLISH_WORDS, False, False),  # a log, which the editors read
        (("--lang", "zh"), ENGLISH_WORDS, True, False),
        ((), {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}, True, False),
        ((), {"LC_ALL": "C.UTF-8"}, True, False),
        ((), {"GAZETTE_LANG": "zh", **ENGLISH_WORDS}, True, False),
    ],
)
def test_faults_are_english_for_those_who_ask(
    options: tuple[str, ...],
    environment: dict[str, str],
    is_terminal: bool,
    is_english: bool,
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("GAZETTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("generator.cli.languages._is_terminal", lambda: is_terminal)
    arguments = [*options, "check", "--content", str(archive.content / "none")]
    said = CliRunner().invoke(main, arguments).output
    assert said.startswith(f"gazette: {archive.content / 'none'}: ")
    assert ("no such folder; it should hold" in said) == is_english
    assert ("没有这个文件夹" in said) != is_english


def test_the_summary_of_check_is_english_and_its_findings_stay(archive: Archive) -> None:
    (archive.issue / "issue.md").write_text(SMALL.replace("现通知如下", "现 and 通知如下"), "utf-8")
    said = CliRunner().invoke(main, ["--lang", "en", "check", "--content", str(archive.content)])
    *_, finding, summary, end = said.output.splitlines()
    assert "latin-word [提醒]" in finding
    assert "1 findings: 0 errors, 1 warnings, 0 for information (latin-word 1)" in summary
    assert end == "nothing stops publication (gazette build)"


def test_wrong_usage_is_said_as_click_says_it_in_english() -> None:
    result = CliRunner().invoke(main, ["--lang", "en", "check", "--max", "x"])
    assert result.exit_code == 2
    assert "is not a valid integer" in result.output
