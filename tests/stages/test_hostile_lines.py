"""Hostile lines take no longer than others, and deceptive characters are reported."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator.content.limits import LONGEST_LINE
from generator.stages.pipeline import convert
from tests.conftest import SMALL, ArchiveMaker, build_quietly
from tests.documents import issue_text

SECONDS = 2.0  # of CPU for a whole issue; the slowest of these took 0.5
# beginnings of texts that the program's patterns match, cut so that no match ends
UNITS = (
    " ", "  a", "\u3000", "九", "百", "告", "(中", "（", "《", "〔", "《一", "《一》", "1、",
    "1.", "1 .", "第一条、", "第1项", "及", "和", "根据一，", "印发《一》的通",
    "印发一一一一的", "转发关于", "关于", "的通知", "（一）", "分a", "局、", "由市财政局负责",
    "负责", "牵头", "2020年", "年度 1 月", "6月底、", "〔2019〕", "某府发〔2019〕1", "号、",
    "1号、", "5、", "0", "令第", "公告 ", "A.", "@", "-", "*", "_", "`", "[", "![a](", "<sub>a",
    "<", "&", "\\", "{", "|", "任命某某为", "任命张三为市财政局局长，", "免去", "，", "。", "“",
    "以下简称《", "（以下简称", "本办法第", "同志", "政府", "某某市人民政府 ", "1234",
    "13812345678", "账号1111 ", "\u200b", "\u202e", "附件", "http://", "1-1.1、", " 1月 1日",
    "第 ", "号 ", "……1", "《》", "〈", "机密★", "“机密*", "机 密 ", "内部", "440301 19900307 ",
    "138-1234 ", "账号：某", "编号：", "|", "**", "艾力·", "买买提", "王  ", "{: .a", "\\(",
)  # fmt: skip
OPENINGS = ("", "某府发〔2019〕", "《关于", "根据", "任命：")


def issue_of(line: str) -> str:
    body = f"第一条 某。\n\n{line}\n\n序号\t名称\t责任单位\t时限\n1\t{line}\t{line}\t{line}\n"
    head = "某某市停车管理办法\n\n某府发〔2019〕12号"
    return issue_text(1, f"{head}\n\n{body}\n\n某某市人民政府\n2019年5月1日\n")


@pytest.mark.slow
@pytest.mark.parametrize("opening", OPENINGS)
def test_no_line_keeps_a_pattern_busy(opening: str, make_archive: ArchiveMaker) -> None:
    folder = make_archive({"2020-01": ""}) / "moumou" / "2020-01"
    slow: dict[str, float] = {}
    for unit in UNITS:
        # three cells and a paragraph: the longest of them would take four times as long
        line = (opening + unit * LONGEST_LINE)[: LONGEST_LINE // 4]
        (folder / "issue.md").write_text(issue_of(line), "utf-8")
        begun = time.process_time()
        convert(folder)
        if (took := time.process_time() - begun) > SECONDS:
            slow[unit] = took
    assert slow == {}


def test_characters_that_markdown_would_remove_count_as_text(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    """The lead of a unit ends at its first 。, whatever characters are before it."""
    unit = "（一）加强[甲]、*乙*、<丙>、&丁、PM<sub>2.5</sub>和{戊}管理。各区要执行，不得推诿。"
    head = "某某市管理办法\n\n某府发〔2019〕12号\n\n一、总则"
    body = f"{head}\n\n{unit}\n\n某某市人民政府\n2019年5月1日"
    content = make_archive({"2020-01": issue_text(1, body)})
    build_quietly(content, tmp_path)
    page = (tmp_path / "site/moumou/2020-01/moufufa-2019-12.html").read_text("utf-8")
    assert "PM<sub>2.5</sub>和{戊}管理。</span>各区要执行，不得推诿。</p>" in page
    assert "（一）加强[甲]、*乙*、&lt;丙&gt;、&amp;丁、PM2.5和{戊}管理</a>" in page


@pytest.mark.parametrize(
    ("printed", "deceiving", "character"),
    [
        ("[2020] 7 号", "[2О20] 7 号", "О"),
        ("地面停车场", "аdmin停车场", "а"),
        ("地面停车场", "pаrking停车场", "а"),
        ("地面停车场", "ΑBC停车场", "Α"),
        ("第一条", "第⼀条", "⼀"),
        ("地面停车场", "港ロ停车场", "ロ"),
    ],
)
def test_a_letter_that_looks_like_another_is_reported(
    printed: str, deceiving: str, character: str, make_archive: ArchiveMaker
) -> None:
    text = SMALL.replace(printed, deceiving)
    line = next(n for n, s in enumerate(text.split("\n"), 1) if deceiving in s)
    folder = make_archive({"2020-03": text}) / "moumou" / "2020-03"
    found = [d for d in convert(folder).diagnostics if d.code == "look-alike"]
    assert [(d.lines.first, d.severity) for d in found] == [(line, "warning")]
    assert f"“{character}”（U+{ord(character):04X}）" in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        "二О一一年",
        "α粒子、β射线、PM2.5、μm级、Φ30毫米",
        "Ω型",
        "カタログ（型录）",
        "一、二、三",
        "Ⅰ类、Ⅱ类",
        "〇",
    ],
)
def test_letters_of_the_trade_are_not_reported(text: str, make_archive: ArchiveMaker) -> None:
    folder = make_archive({"2020-03": SMALL.replace("地面停车场", text)}) / "moumou" / "2020-03"
    assert "look-alike" not in [d.code for d in convert(folder).diagnostics]


def test_invisible_characters_are_reported_with_their_line(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("白天收费", "白天\u2067收费\u3164\x1b[2J")
    folder = make_archive({"2020-03": text}) / "moumou" / "2020-03"
    (found,) = [d for d in convert(folder).diagnostics if d.code == "invisible"]
    assert "U+001B、U+2067、U+3164" in found.message


def test_latin_letters_of_founder_are_reported_with_their_reading(
    make_archive: ArchiveMaker,
) -> None:
    text = SMALL.replace("地面停车场", "按犌犅９０设计的停车场")
    line = next(n for n, s in enumerate(text.split("\n"), 1) if "犌犅" in s)
    folder = make_archive({"2020-03": text}) / "moumou" / "2020-03"
    found = [d for d in convert(folder).diagnostics if d.code == "founder-latin"]
    assert [(d.lines.first, d.severity) for d in found] == [(line, "warning")]
    assert "应为“GB９０”" in found[0].message


def test_a_rare_ideograph_of_a_name_is_not_reported(make_archive: ArchiveMaker) -> None:
    folder = make_archive({"2020-03": SMALL.replace("地面停车场", "张犇")}) / "moumou" / "2020-03"
    assert "founder-latin" not in [d.code for d in convert(folder).diagnostics]
