"""Hostile content is refused in one line that names the file: no traceback, no hang."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.content import load
from tests.documents import RULES, issue_text

Spoil = Callable[[Path], object]
SECONDS = 10  # for any of them; most take some hundredths
TITLE = 'title = "某公报"\n'
INVENTORY = f'{TITLE}[[inventory]]\nsite = "https://x.example/"\nfile = "x.json"\n'
HEAD = b'{"format": "gazette-register/1", "documents": '
WRONG = ("1", "1.5", "true", "[1]", "{a=1}", "[[]]", "2020-01-01", "inf", '"\\u202e"', "'''a\nb'''")
CORRECTION = "[[correction]]\nline = {}\nfrom = {}\nto = {}\nwhy = {}\n"


def gazette(text: str) -> Spoil:
    return lambda issue: (issue.parent / "gazette.toml").write_text(text, "utf-8")


def facts(text: str) -> Spoil:
    return lambda issue: (issue / "issue.toml").write_text(text, "utf-8")


def text(data: bytes) -> Spoil:
    return lambda issue: (issue / "issue.md").write_bytes(data)


def inventory(data: bytes) -> Spoil:
    def write(issue: Path) -> None:
        (issue.parent / "gazette.toml").write_text(INVENTORY, "utf-8")
        (issue.parent / "x.json").write_bytes(data)

    return write


def instead(name: str, make: Spoil) -> Spoil:
    """Replace a file of the issue's folder by something that is no file."""

    def replace(issue: Path) -> None:
        (issue / name).unlink(missing_ok=True)
        make(issue / name)

    return replace


def renamed(name: str, *, is_gazette: bool = False) -> Spoil:
    return lambda issue: (issue.parent if is_gazette else issue).rename(
        (issue.parent.parent if is_gazette else issue.parent) / name
    )


def refusal(content: Path, spoil: Spoil, command: str = "check") -> str:
    """Damage an archive; give the one line with which it is refused."""
    issue = content / "moumou" / "2020-01"
    issue.mkdir(parents=True)
    (issue / "issue.md").write_text(issue_text(1, RULES), "utf-8")
    (issue.parent / "gazette.toml").write_text(TITLE, "utf-8")
    spoil(issue)
    begun = time.monotonic()
    where = content.parent
    arguments = [command, "--content", str(content)]
    if command == "build":
        arguments += ["--site", f"{where}/site", "--build", f"{where}/build", "--jobs", "1"]
    result = CliRunner().invoke(main, arguments)
    assert time.monotonic() - begun < SECONDS
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 1, result.output
    assert not (where / "site").exists()
    if command == "check":  # an issue that cannot be read is listed among the findings
        lines = result.stdout.splitlines()
        assert " [错误] " in lines[0]
        line = lines[0].replace(" unreadable [错误]", "")
    else:
        line = result.stderr.splitlines()[0].removeprefix("gazette: ")
    return line.removeprefix(f"{content}").removeprefix("/")


GAZETTE = [
    *(f"{key} = {value}" for key in ("place", "homepage", "contact") for value in WRONG),
    *(f"{key} = {value}" for key in ("agencies", "addresses", "host") for value in WRONG),
    *(f"inventory = {value}" for value in WRONG),
    "[agencies]\na = 1", "[agencies]\na = [1]", '[agencies]\n"a\\nb" = ["x"]',
    '[agencies]\na = ["x\\u200by"]', "[host]\nsite = 1", '[host]\nsite = "a\\u001bb"',
    '[host]\nevil = "1"', "[addresses]\na = 1", '[addresses]\na = "javascript:x"',
    '[addresses]\na = "https://x.example\\n"', '[addresses]\n"a\\u202e" = "https://x.example"',
    'contact = "javascript:alert(1)"', 'homepage = "data:text/html,x"',
    "[[inventory]]\nsite = 1", '[[inventory]]\nsite = "javascript:x/"\nfile = "x.json"',
    *(f'[[inventory]]\nsite = "https://x.example/"\nfile = "{name}"'
      for name in ("../x.json", "/etc/x.json", "a/../../x.json", "x.txt", "..\\\\x.json")),
    '[[inventory]]\nsite = "https://x.example/"\nfile = "x.json"\nsource = 5',
    # texts that look like an address, but that no browser can open
    *(f'{key} = "{address}"' for key in ("homepage", "contact") for address in (
        "https://[x", "https://", "https:///x", "https://x.example:abc/", "https://x.example:99999/",
        "https://x.example/" + "a" * 500,
    )),
    '[addresses]\n"国发〔2016〕13号" = "https://[x/"',
    '[[inventory]]\nsite = "https://[x/"\nfile = "x.json"',
    '[[inventory]]\nsite = "https://x.example/"\nfile = "x.json"\nsource = "http://x:abc/"',
    # slips of the pen
    'titel = "某公报"', '[hosts]\nsite = "x"', '[adresses]\n', 'inventry = []',
]  # fmt: skip


@pytest.mark.parametrize("line", [*GAZETTE, 'title = ""', "title = 1"])
def test_a_wrong_value_in_gazette_toml(line: str, tmp_path: Path) -> None:
    title = "" if line.startswith("title") else TITLE
    assert refusal(tmp_path / "content", gazette(f"{title}{line}\n")).startswith(
        "moumou/gazette.toml:"
    )


ISSUE = [
    *(f"{key} = {value}" for key in ("correction", "lift", "scan") for value in WRONG),
    *(CORRECTION.format(*values) for values in (
        ('"x"', '"a"', '"b"', '"c"'), ("9" * 30, '"a"', '"b"', '"c"'), ("-1", '"a"', '"b"', '"c"'),
        ("1", '""', '"b"', '"c"'), ("1", "1", '"b"', '"c"'),
        ("1", '"公报"', '"b\\nc"', '"c"'), ("1", '"公报"', "[]", '"c"'),
        ("1", '"公报"', '"b"', "{}"),
    )),
    '[[lift]]\nline = 1\nwhy = ""', '[[lift]]\nline = 1\nwhy = " \\n"', "[[lift]]\nline = 1",
    '[[lift]]\nwhy = "x"', '[[lift]]\nline = 1.5\nwhy = "x"',
    *(f"[scan]\nfile = '{name}'" for name in (
        "../x.pdf", "/etc/passwd", "C:\\x.pdf", "{page}/../../x.pdf", "missing.pdf", ""
    )),
    '[[withdraw]]\nid = "01"\nwhy = "x"', '[[corrections]]\nline = 1', '[[lifts]]\nline = 1',
    '[scan]\nfile = "{page}.jpg"\nfirst = "1"', '[scan]\nfile = "{page}.jpg"\nfirst = 99999999999',
]  # fmt: skip


@pytest.mark.parametrize("lines", ISSUE)
def test_a_wrong_value_in_issue_toml(lines: str, tmp_path: Path) -> None:
    found = refusal(tmp_path / "content", facts(f"{lines}\n"))
    assert found.startswith("moumou/2020-01/issue.toml:")


BOMBS: dict[str, Spoil] = {
    "arrays in arrays": facts("x = " + "[" * 100_000 + "]" * 100_000),
    "tables in tables": facts("x = " + "{a=" * 20_000 + "1" + "}" * 20_000),
    "a key of keys": facts("x." * 20_000 + "x = 1\n[[lift]]"),
    "a table of tables": facts("[" + "x." * 20_000 + "x]\n[[lift]]"),
    "a number of digits": facts("x = " + "9" * 100_000),
    "a text that never ends": facts('x = """' + "\\\n" * 1_000_000),
    "more than four megabytes": facts("#" * 4_000_001),
    "more than four megabytes of gazette": gazette("#" * 4_000_001),
    "names in lists in lists": gazette(f"{TITLE}agencies.a = {'[' * 450}{']' * 450}"),
    "no UTF-8": lambda issue: (issue / "issue.toml").write_bytes(b'x = "\xff\xfe"'),
    "a zero byte": lambda issue: (issue / "issue.toml").write_bytes(b'x = "\0"'),
    "UTF-16": lambda issue: (issue / "issue.toml").write_bytes("x = 1".encode("utf-16")),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_in_toml(name: str, tmp_path: Path) -> None:
    assert "toml:" in refusal(tmp_path / "content", BOMBS[name], "build")


INVENTORIES: dict[str, bytes] = {
    "no JSON": b"\xff\xfe",
    "lists in lists": b"[" * 2_000_000,
    "documents in lists": HEAD + b"[" * 500_000 + b"]" * 500_000 + b"}",
    "one hundred megabytes": b"[" + b"1," * 50_000_000 + b"1]",
    "a list": b"[]",
    "documents that are none": HEAD + b"{}}",
    "a number of digits": HEAD + b"[" + b"9" * 10_000 + b"]}",
}


@pytest.mark.parametrize("name", INVENTORIES)
def test_an_inventory_that_is_none(name: str, tmp_path: Path) -> None:
    found = refusal(tmp_path / "content", inventory(INVENTORIES[name]), "build")
    assert found.startswith("moumou/x.json:")


PLACES: dict[str, tuple[Spoil, str]] = {
    "a folder": (Path.mkdir, "issue.md:1: 没有这个文件"),
    "a pipe": (os.mkfifo, "issue.md:1: 没有这个文件"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "issue.md:1: 没有这个文件"),
    "a link out of content": (lambda path: path.symlink_to("/etc/hostname"), "以外的链接"),
}


@pytest.mark.parametrize("what", PLACES)
@pytest.mark.parametrize("name", ["issue.md", "issue.toml", "../gazette.toml", "../x.json"])
def test_something_else_in_the_place_of_a_file(name: str, what: str, tmp_path: Path) -> None:
    make, said = PLACES[what]

    def spoil(issue: Path) -> None:
        if name == "../x.json":
            gazette(INVENTORY)(issue)
        instead(name, make)(issue)

    found = refusal(tmp_path / "content", spoil, "build")
    assert name.removeprefix("../") in found
    assert name != "issue.md" or said in found


TEXTS = {
    "a zero byte": b"a\n\0",
    "no text": b"a\n\xff\xff\xff",
    "half a character": b"a\n\xed\xa0\x80",
    "nothing": b"",
    "blanks": b" \n\t\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_none(name: str, tmp_path: Path) -> None:
    assert refusal(tmp_path / "content", text(TEXTS[name])).startswith("moumou/2020-01/issue.md:")


@pytest.mark.parametrize("name", ["issue.docx", "issue.pdf"])
@pytest.mark.parametrize("data", [b"PK\x03\x04xxxx", b"%PDF-1.4 xxxx", b""])
def test_a_source_that_is_none(name: str, data: bytes, tmp_path: Path) -> None:
    def spoil(issue: Path) -> None:
        (issue / "issue.md").unlink()
        (issue / name).write_bytes(data)

    assert f"moumou/2020-01/{name}" in refusal(tmp_path / "content", spoil)


@pytest.mark.parametrize("name", ["index.html", "2020-01.bak", "a#b", "100%", "-x"])
@pytest.mark.parametrize("is_gazette", [True, False])
def test_a_name_that_makes_no_address(name: str, is_gazette: bool, tmp_path: Path) -> None:
    found = refusal(tmp_path / "content", renamed(name, is_gazette=is_gazette), "build")
    assert "只能有文字、数字和 -" in found


@pytest.mark.parametrize("name", ["search", "Search", "ASSETS"])
def test_a_gazette_called_like_a_folder_of_the_site(name: str, tmp_path: Path) -> None:
    found = refusal(tmp_path / "content", renamed(name, is_gazette=True), "build")
    assert "请给公报的文件夹改名" in found


def test_an_issue_twice_by_a_link(tmp_path: Path) -> None:
    def spoil(issue: Path) -> None:
        (issue.parent / "2020-02").symlink_to(issue, target_is_directory=True)

    assert "2020年第1期已在" in refusal(tmp_path / "content", spoil, "build")


def test_a_correction_that_goes_over_the_limits(tmp_path: Path) -> None:
    huge = facts(CORRECTION.format(1, '"公报"', f'"{"长" * 1_200_000}"', '"c"'))
    assert "一行有" in refusal(tmp_path / "content", huge)


def test_keys_of_others_are_named_and_left_alone(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    issue = tmp_path / "moumou" / "2020-01"
    issue.mkdir(parents=True)
    (issue / "issue.md").write_text(issue_text(1, RULES), "utf-8")
    facts('[ours]\nshelf = "7"\n')(issue)
    load(issue)
    assert "没有 'ours' 这个键，不起作用" in caplog.text


NAMES = ("a:b", "a<b>", "con", "NUL.x", "a\\b", "a\x01b", "a\u202eb", "x.", "x ", "a\nb")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("is_gazette", [True, False])
def test_a_name_that_some_system_cannot_hold(name: str, is_gazette: bool, tmp_path: Path) -> None:
    found = refusal(tmp_path / "content", renamed(name, is_gazette=is_gazette), "build")
    assert "请改名" in found


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe")
    assert "请改名" in refusal(tmp_path / "content", renamed(name), "build")


@pytest.mark.parametrize("names", [("a:b.png",), ("a.png", "A.PNG"), ("NUL.png",), ("\u202e.jpg",)])
def test_a_picture_that_some_system_cannot_hold(names: tuple[str, ...], tmp_path: Path) -> None:
    def spoil(issue: Path) -> None:
        for name in names:
            (issue / name).write_bytes(b"")

    assert "改名" in refusal(tmp_path / "content", spoil, "build")


def test_two_gazettes_that_some_system_takes_for_one(tmp_path: Path) -> None:
    def spoil(issue: Path) -> None:
        (issue.parent.parent / "MOUMOU").mkdir()

    assert "请给其中一个改名" in refusal(tmp_path / "content", spoil, "build")
