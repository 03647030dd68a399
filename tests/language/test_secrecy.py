"""Marks of secrecy stop publication wherever they are printed; words in a sentence do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.language.secrecy import is_secrecy_mark
from generator.runtime.errors import ContentError, SourceError
from generator.stages.pipeline import convert
from tests.conftest import SMALL, ArchiveMaker, build_quietly

MARKS = (
    "绝密★长期", "机密★1年", "秘密★", "秘密☆5年", "秘 密 ★ 1 年", "机密*10年", "# 绝密★启封前",
    "000123 机密★1年 特急", "密级：秘密★1年", "（机密★1年）", "秘\u200b密★1年",
    "内部资料", "内部资料 注意保存", "内部资料，注意保存", "【内部文件】", "内部刊物　不得外传",
    "（此件不宜公开）", "此件不予公开", "不公开", "严禁翻印", "请妥善保管",
    "机密★10年 某府发〔2024〕5号", "份号：000001 机密★10年", "№000001 机密★10年",
    "机密★10年 000001号", "密级：秘密★5年 编号：0001", "关于某某的报告 机密★10年",
    "# 关于某某的意见（机密★10年）", "秘密★自2024年1月1日起至2030年12月31日",
    "机密★2034年3月6日前", "秘密★公开发布后自行解密", "机密★十年", "机密★",
    "| 机密★10年 | 特急 |", "“机密★10年”", "‹机密★10年>", "**机密★10年**", "- 机密★10年",
    "> 机密★10年", "機密★10年", "絕 密 ★ 長期", "機密級★10年", "机\ufe00密★10年",
    "机\U000e0100密★\ufe0f10年", "机密⋆10年", "机密✮10年", "机密⭑10年", "机密※10年",
    "机密﹡10年", "机密\\*10年", "机密<sup>★</sup>10年", "【机密】★10年", "国家秘密★10年",
    "秘密*", "**内部资料**", "內部資料 注意保存", "仅供内部参考",
    "000001 机密★10年 特急 " + "某某市人民政府办公室关于某某的通知" * 6,
    "\u200b" * 90 + "机密★10年", "1\t机密★10年\t甲", "000001\t机密★10年\t特急",
    "000001\t机密*10年",
)  # fmt: skip
PLACES = {
    "in the masthead": "（双月刊）",
    "between contents and the first title": "【文件】",
    "below a title": "（2019年5月1日某某市人民政府令第12号公布）",
    "above the next title": "第三条 本办法自2019年7月1日起施行。",
    "beside a number": "某府发[2020] 7 号",
    "before the text": "各区人民政府,市级各部门:",
    "in the text": "2.地下停车场。全天收费。",
    "at the end": "二○二○年三月五日",
}
PLAIN = (
    "内部审计、商业秘密和国家秘密的管理，按有关规定执行。",
    "保守商业秘密。",
    "建立保密制度",
    "（此件公开发布）",
    "一、内部审计",
    "注意保存好票据。",
    "依申请公开",
    "不公开的理由应当说明。",
    "政务公开",
    "机密级文件由专人保管。",
    "“机密”一词见第三条。",
    "保守国家秘密法",
    "《机密文件管理办法》",
    "《中华人民共和国保守国家秘密法》",
    "面积2*3米，单价2*3元",
    "标注“机密★10年”字样的文件，由专人保管。",
    "保守商业秘密*",
    "保守商业秘密★★★",
    "涉及**国家秘密**的，不得公开。",
    "不得泄露秘密。★为重点任务",
    "公开方式\t不公开",
    "内部审计\t商业秘密",
    "| 秘密 | 不公开 |\n| 机密 | 不公开 |",
    "各级机关应当保守秘密。" * 9 + "秘密★",
)
NEAR_TITLE = (
    "秘密", "机密 10年", "密级：秘密 期限：10年", "密级：秘密  保密期限：长期", "内部公开",
    "仅供内部参考", "内部参考", "机密·10年", "机密-长期", "特急 机密", "机密 10年 000001号",
    "000001\t机密\t特急", "| 000001 | 机密 |", "**机密**", "“机密”", "絕密",
)  # fmt: skip


def issue(make_archive: ArchiveMaker, below: str, mark: str) -> tuple[Path, int]:
    """Write an issue with a new line below another; give its folder and the new line's number."""
    lines = SMALL.split("\n")
    at = next(n for n, line in enumerate(lines) if line.startswith(below)) + 1
    text = "\n".join([*lines[:at], "", mark, "", *lines[at:]])
    return make_archive({"2020-03": text}) / "moumou" / "2020-03", at + 2


def marked(folder: Path) -> list[int]:
    found = convert(folder).diagnostics
    return [d.lines.first for d in found if (d.code, d.severity) == ("secrecy", "error")]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_is_found(mark: str, make_archive: ArchiveMaker) -> None:
    folder, line = issue(make_archive, PLACES["beside a number"], mark)
    assert marked(folder) == [line]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mark", ["机密★1年", "内部资料 注意保存"])
def test_a_mark_is_found_wherever_it_is_printed(
    place: str, mark: str, make_archive: ArchiveMaker
) -> None:
    folder, line = issue(make_archive, PLACES[place], mark)
    assert marked(folder) == [line]


@pytest.mark.parametrize("mark", NEAR_TITLE)
@pytest.mark.parametrize("place", ["in the masthead", "below a title", "above the next title"])
def test_a_word_alone_is_a_mark_near_a_title(
    place: str, mark: str, make_archive: ArchiveMaker
) -> None:
    folder, line = issue(make_archive, PLACES[place], mark)
    assert marked(folder) == [line]


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("place", ["beside a number", "in the text"])
def test_words_of_a_sentence_are_no_mark(text: str, place: str, make_archive: ArchiveMaker) -> None:
    assert marked(issue(make_archive, PLACES[place], text)[0]) == []


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "table",
    [
        "密级\t期限\n机密\t1年\n秘密\t5年",
        "| 密级 | 期限 |\n|---|---|\n| 机密 | 1年 |\n| 秘密 | 5年 |",
    ],
)
def test_a_cell_of_a_table_is_no_mark(table: str, place: str, make_archive: ArchiveMaker) -> None:
    assert marked(issue(make_archive, PLACES[place], table)[0]) == []


def test_a_cell_with_its_star_is_a_mark(make_archive: ArchiveMaker) -> None:
    table = "序号\t密级\t名称\n1\t机密★10年\t甲\n2\t秘密\t乙"
    folder, line = issue(make_archive, PLACES["in the text"], table)
    assert marked(folder) == [line + 1]


def test_a_word_alone_is_no_mark_in_the_text() -> None:
    words = [mark for mark in NEAR_TITLE if "仅供" not in mark]
    assert [mark for mark in words if is_secrecy_mark(mark, near_title=False)] == []


@pytest.mark.parametrize("place", ["in the masthead", "above the next title"])
def test_a_mark_stops_the_build_and_is_named(
    place: str, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    folder, line = issue(make_archive, PLACES[place], "机密★1年")
    with pytest.raises(ContentError, match=rf"2020-03/issue\.md:{line}: secrecy .*机密★1年"):
        build_quietly(folder.parent.parent, tmp_path)
    assert not (tmp_path / "site").exists()


def test_a_mark_is_lifted_in_its_own_line_with_a_reason(make_archive: ArchiveMaker) -> None:
    folder, line = issue(make_archive, PLACES["above the next title"], "机密★1年")
    facts = folder / "issue.toml"
    facts.write_text(f'[[lift]]\nline = {line}\nwhy = "2021年解密"\n', "utf-8")
    assert marked(folder) == []
    facts.write_text(f'[[lift]]\nline = {line + 1}\nwhy = "2021年解密"\n', "utf-8")
    assert marked(folder) == [line]
    facts.write_text(f'[[lift]]\nline = {line}\nwhy = "　"\n', "utf-8")
    with pytest.raises(SourceError, match=r"issue\.toml:3: why 应"):
        convert(folder)
