"""Marks of secrecy stop publication wherever they are printed; words in a sentence do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.archive import convert
from generator.errors import ContentError, SourceError
from tests.conftest import SMALL, ArchiveMaker, build_quietly

MARKS = (
    "绝密★长期", "机密★1年", "秘密★", "秘密☆5年", "秘 密 ★ 1 年", "机密*10年", "# 绝密★启封前",
    "000123 机密★1年 特急", "密级：秘密★1年", "（机密★1年）", "秘\u200b密★1年",
    "内部资料", "内部资料 注意保存", "内部资料，注意保存", "【内部文件】", "内部刊物　不得外传",
    "（此件不宜公开）", "此件不予公开", "不公开", "严禁翻印", "请妥善保管",
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
    "内部审计、商业秘密和国家秘密的管理，按有关规定执行。", "保守商业秘密。", "建立保密制度",
    "（此件公开发布）", "一、内部审计", "注意保存好票据。", "依申请公开", "不公开的理由应当说明。",
    "政务公开", "机密级文件由专人保管。",
)  # fmt: skip


def issue(make_archive: ArchiveMaker, below: str, mark: str) -> tuple[Path, int]:
    """Write an issue with a line below another; give its folder and that line's number."""
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


@pytest.mark.parametrize("place", ["in the masthead", "below a title", "above the next title"])
def test_a_word_alone_is_a_mark_near_a_title(place: str, make_archive: ArchiveMaker) -> None:
    folder, line = issue(make_archive, PLACES[place], "秘密")
    assert marked(folder) == [line]


@pytest.mark.parametrize("text", PLAIN)
@pytest.mark.parametrize("place", ["beside a number", "in the text"])
def test_words_of_a_sentence_are_no_mark(text: str, place: str, make_archive: ArchiveMaker) -> None:
    assert marked(issue(make_archive, PLACES[place], text)[0]) == []


def test_a_cell_of_a_table_is_no_mark(make_archive: ArchiveMaker) -> None:
    table = "密级\t期限\n机密\t1年\n秘密\t5年"
    assert marked(issue(make_archive, PLACES["in the text"], table)[0]) == []


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
    with pytest.raises(SourceError, match=r"issue\.toml:3: why must say"):
        convert(folder)
