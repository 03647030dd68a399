"""A wrong value in a table is reported with its line, the expected form and the value found."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from generator.content.gazette_facts import read_gazette
from generator.content.issue_facts import read_issue_tables, withdrawals_of
from generator.runtime.errors import SourceError, reason_of

RIGHT = '[[correction]]\nline = 1\nfrom = "a"\nto = "b"\nwhy = "c"\n'
ISSUE = {
    "a key of the second table": (
        f'{RIGHT}[[correction]]\nfrom = "a"\nline = "1"\nto = "b"\nwhy = "c"\n',
        "8: line 应为小于 10,000,000 的整数，不加引号，现为文字 '1'；请改正",
    ),
    "a key that the second table lacks": (
        f'{RIGHT}# why\n[[correction]]\nline = 1\nfrom = "a"\nto = "b"\n',
        "7: why 应为引号括起的文字，现在没有；请补上",
    ),
    "a key of another table of that name": (
        f"{RIGHT}[[lift]]\nline = 1.5\nwhy = 'c'\n",
        "7: line 应为小于 10,000,000 的整数，不加引号，现为 1.5；请改正",
    ),
    "a number beyond any page": (
        "[scan]\nfile = 'a.pdf'\nfirst = 99999999\n",
        "3: first 应为小于 10,000,000 的整数，不加引号，现为 99999999；请改正",
    ),
    "a list in more than a line": (
        "lift = [\n  {line = 1, why = 'c'},\n  {line = 2, why = ' '},\n]\n",
        "3: why 应写明标记为什么不再有效，现为空白；请改正",
    ),
    "a value in place of tables": (
        "\ncorrection = 1\n",
        "2: correction 应写作 [[correction]]，其中有 line、from、to、why、file、of，现为 1；请改正",
    ),
    "a value among tables": (
        "lift = [5]\n",
        "1: lift 应写作 [[lift]]，其中有 line、why、file，现为 5；请改正",
    ),
    "many tables in place of one": (
        "[[scan]]\nfile = 'a.pdf'\n",
        "1: scan 应写作 [scan]，其中有 file、first，现在有两层方括号 [[scan]]；请改正",
    ),
    "an invisible character": (
        f'{RIGHT}[[withdrawn]]\nwhy = "c"\nid = "a\\u200b"\n',
        "8: id 里有看不见的字符或换行（U+200B）；请删去",
    ),
}
GAZETTE = {
    "a title that is none": ("\ntitle=5", "2: title 应为引号括起的文字，现为 5；请改正"),
    "no title": ("place = 'x'", "1: title 应为引号括起的文字，现在没有；请补上"),
    "an agency without a list": (
        "title = 'x'\n[agencies]\na = ['b']\n'市委' = 1",
        "4: “市委”应等于一列名称，即公报上的各种写法",
    ),
    "a synonym without a list": (
        "title = 'x'\n[synonyms]\n'市委' = 'b'",
        "3: “市委”应等于一列名称，即曾用名和简称",
    ),
    "a name with an invisible character": (
        'title = "x"\n[agencies]\na = ["b"]\n"c" = ["\\u200b"]',
        "4: c 里有看不见的字符或换行（U+200B）；请删去",
    ),
    "a host without a text": ("title = 'x'\n[host]\nsite = 1", "3: [host] 只有 site、"),
    "agencies that are no table": (
        "title = 'x'\nagencies = 1",
        "2: agencies 应写作表 [agencies]，现为 1；请改正",
    ),
    "the second inventory": (
        "title = 'x'\n[[inventory]]\nsite = 'https://x.example/'\nfile = 'x.json'\n"
        "[[inventory]]\nfile = 'x.json'\nsite = 'https://y.example'\n",
        "7: site 应为以 https:// 开头、以 / 结尾的网址，现为“https://y.example”",
    ),
}


@pytest.mark.parametrize("case", ISSUE)
def test_a_wrong_value_of_an_issue_is_named_with_its_line(case: str, tmp_path: Path) -> None:
    path = tmp_path / "issue.toml"
    text, said = ISSUE[case]
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        read_issue_tables(path)
    assert str(caught.value) == f"{path}:{said}"


@pytest.mark.parametrize("case", GAZETTE)
def test_a_wrong_value_of_a_gazette_is_named_with_its_line(case: str, tmp_path: Path) -> None:
    path = tmp_path / "gazette.toml"
    text, said = GAZETTE[case]
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        read_gazette(tmp_path)
    assert str(caught.value).startswith(f"{path}:{said}")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = “某公报”", "1: 值的写法有误；文字的两边要有引号"),
        ("title ＝ '某公报'", "1: 键的后面应有等号"),
        ("title '某公报'", "1: 键的后面应有等号"),
        ("标题 = '某公报'", "1: 应为“键 = 值”或“[表名]”；中文的键要加引号"),
        ("title = 'x'\n【host】", "2: 应为“键 = 值”或“[表名]”；中文的键要加引号"),
        ("title = 'x'\n[host\nsite = 'x'", "2: 表名的方括号没有成对"),
        ("title = 'x'\n[[inventory]\n", "2: 表名的方括号没有成对"),
        ('title = "某公报', "1: 引号没有成对"),
        ("title = '某公报\nplace = 'x'", "1: 引号没有成对"),
        ("title = 'x' place = 'y'", "1: 一行只能写一项；引号里的引号要用“”"),
        ("title = 'x'\ntitle = 'y'", "2: 同一个键写了两次"),
        ("title = 'x'\n[host]\n[host]\n", "3: 同一个表写了两次"),
        ("title = 'x'\n[agencies]\na = ['b' 'c']", "3: 列表的方括号没有成对"),
        ("title = 'x'\n[agencies]\na = ['b'", "3: 列表的方括号没有成对"),
        ("host = {site = 'x'", "1: 花括号没有成对"),
        ('title = "a\\某"', "1: 双引号里的 \\ 要写两个，或改用单引号"),
    ],
)
def test_a_slip_in_toml_is_named_in_words_for_editors(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "gazette.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        read_gazette(tmp_path)
    line, _, fault = said.partition(": ")
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: TOML 写法有误，请改正（引号、方括号和等号要用半角的")
    assert message.rpartition("）：")[2].startswith(fault)


def test_a_rare_slip_in_toml_keeps_the_words_of_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "gazette.toml"
    path.write_text("title = 2020-02-30", "utf-8")
    with pytest.raises(SourceError, match=r"gazette\.toml:1: TOML 写法有误.*）：[A-Z]"):
        read_gazette(tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "没有权限"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EXDEV, os.strerror(errno.EXDEV)),
    ],
)
def test_the_reason_of_the_system_is_given_in_words_for_editors(number: int, words: str) -> None:
    assert reason_of(OSError(number, os.strerror(number))) == words


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            "[[withdrawn]]\nwhy = 'id = 1'\nid = 'a'\n[ours]\n[[ withdrawn ]]\nid='b'\nwhy='c'",
            [3, 6],
        ),
        ("withdrawn = [{id = 'a', why = 'b'}, {id = 'c', why = 'd'}]\nx = 1", [1, 1]),
        ("withdrawn = [\n{id = 'a', why = 'b'},\n{why = 'c', id = 'd'}\n]\nx = 1", [2, 3]),
    ],
)
def test_a_withdrawal_knows_its_line(text: str, lines: list[int], tmp_path: Path) -> None:
    path = tmp_path / "issue.toml"
    path.write_text(text, "utf-8")
    found = withdrawals_of(read_issue_tables(path), path)
    assert [withdrawal.line for withdrawal in found] == lines


def test_the_line_of_a_slip_is_shown_with_its_full_width_characters(tmp_path: Path) -> None:
    path = tmp_path / "gazette.toml"
    path.write_text("title = “某公报”\n", "utf-8")
    wanted = '这一行现为“title = “某公报””，引号是全角的，可改为 title = "某公报"'
    with pytest.raises(SourceError, match=wanted):
        read_gazette(tmp_path)
    path.write_text('title = "某‘公’报\n', "utf-8")
    with pytest.raises(SourceError, match="这一行现为") as caught:
        read_gazette(tmp_path)
    assert "[" not in str(caught.value).rpartition("现为")[2]
