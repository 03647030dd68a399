"""Document numbers (发文字号): every form in all its notations, and as readers type it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.language.document_numbers import (
    AHEAD,
    APART,
    BEHIND_TITLE,
    CODED,
    CODED_IN_NOTE,
    CODED_INSIDE,
    CUT_ABOVE,
    CUT_BELOW,
    DECREE_HEAD,
    DECREE_IN_NOTE,
    DECREE_INSIDE,
    IN_WORDS,
    LIST_INSIDE,
    LISTED,
    NUMBER_WITHIN,
    OF_SERIES,
    SERIAL_ALONE,
    SERIES_AHEAD,
    SPACED,
    TURNED_DECREE_INSIDE,
    TYPED,
    UNNAMED_INSIDE,
    UNSETTLED,
    YEAR_FIRST,
    YEAR_FIRST_INSIDE,
    YEAR_INSIDE,
    DocumentNumber,
    read_typed,
    typed_forms,
)
from generator.language.head_parts import read_number_line
from generator.search.fold import fold
from tests.conftest import ROOT

BRACKETS = [*zip("〔[［（(【﹝", "〕]］）)】﹞", strict=True)]
# a form, a printed text, and the part of the text that the form matches; empty if none
FORMS: list[tuple[str | re.Pattern[str], dict[str, str]]] = [
    (CODED, {"川府发〔2016〕55号": "川府发〔2016〕55号", "第（一）项": ""}),
    (YEAR_FIRST, {"（88）川征字第1号": "（88）川征字第1号", "（12）某府发3号": ""}),
    (YEAR_INSIDE, {"某府（1994）发12号": "某府（1994）发12号", "某府（1994）年12号": ""}),
    (IN_WORDS, {"某府发〔1994〕十二号": "某府发〔1994〕十二号"}),
    (OF_SERIES, {"商务部令2018年第2号": "商务部令2018年第2号", "商务部第2号": ""}),
    (
        CODED_INSIDE,
        {
            "根据国发〔2016〕13号的要求": "根据国发〔2016〕13号",
            "（川府发〔2016〕13）": "川府发〔2016〕13",
            "川府发〔2016〕13万元": "",
        },
    ),
    (
        LIST_INSIDE,
        {
            "国发〔2014〕5、6号等": "国发〔2014〕5、6号",
            "财税〔2016〕36号、﹝2017﹞58号": "财税〔2016〕36号、﹝2017﹞58号",
            "国发〔2014〕5至8号": "国发〔2014〕5至8号",
            "国发〔2014〕5号、3号楼": "",
        },
    ),
    (YEAR_FIRST_INSIDE, {"见〔1996〕武司字第82号": "〔1996〕武司字第82号", "〔1996〕某府5号": ""}),
    (
        DECREE_INSIDE,
        {
            "国务院令第706号": "国务院令第706号",
            "海关总署公告（2019年第39号）": "海关总署公告（2019年第39号）",
            "国务院令第一百号": "国务院令第一百号",
        },
    ),
    (
        TURNED_DECREE_INSIDE,
        {
            "第706号国务院令": "第706号国务院令",
            "国务院第706号令": "国务院第706号令",
            "海关总署2012年第26号公告": "海关总署2012年第26号公告",
        },
    ),
    (
        UNNAMED_INSIDE,
        {"国务院一九八〇年3号文件": "国务院一九八〇年3号文", "国务院3号文": ""},
    ),
    (CODED_IN_NOTE, {"（国发〔1998〕5号": "国发〔1998〕5号", "国发〔98〕5号": ""}),
    (DECREE_IN_NOTE, {"商务部令2018年第2号": "商务部令2018年第2号"}),
    (NUMBER_WITHIN, {"各县：某府发[2016]5号": "[2016]5号", "〔责任单位〕": ""}),
    (BEHIND_TITLE, {"通知(某政发（2014）12号)": "(某政发（2014）12号)"}),
    (APART, {"关于某事的通知 某政发〔2014〕12号": "某政发〔2014〕12号"}),
    (AHEAD, {"某政发〔2014〕12号 关于某事": "某政发〔2014〕12号 ", "某政发〔2014〕12号": ""}),
    (SERIES_AHEAD, {"商务部公告2013年第18号 关于": "商务部公告2013年第18号 关于"}),
    (SERIAL_ALONE, {"2018年第2号": "2018年第2号", "（第706号）": "（第706号）", "第2期": ""}),
    (DECREE_HEAD, {"某某省人民政府令（第7号）": "某某省人民政府令（第7号）", "令": ""}),
    (UNSETTLED, {"川府发 ﹝2016﹞ 5号": " ﹝2016﹞", "川府发（2016）年": ""}),
    (SPACED, {"川府发〔 2016 〕第 5 号": "〔 2016 〕第 5 号", "川府发[2016]5号": ""}),
    (CUT_ABOVE, {"国办发〔2016〕": "〔2016〕", "（2016年）": ""}),
    (CUT_BELOW, {"13号）": "13号", "13个": ""}),
]


def search(form: str | re.Pattern[str], text: str) -> re.Match[str] | None:
    return re.search(form, text) if isinstance(form, str) else form.search(text)


PRINTS = [(form, *pair) for form, prints in FORMS for pair in prints.items()]


@pytest.mark.parametrize(("form", "text", "taken"), PRINTS)
def test_a_form_matches_its_notations_and_no_others(
    form: str | re.Pattern[str], text: str, taken: str
) -> None:
    found = search(form, text)
    assert (found.group() if found else "") == taken


@pytest.mark.parametrize(("opening", "closing"), BRACKETS)
def test_a_year_may_have_any_brackets_in_every_form(opening: str, closing: str) -> None:
    year = f"{opening}2016{closing}"
    number = DocumentNumber("川府发", 2016, 55)
    assert DocumentNumber.parse(f"川府发{year}55号") == number
    assert read_typed(f"川府发{year}55号") == number
    for form in (CODED_INSIDE, CODED_IN_NOTE, NUMBER_WITHIN, APART, UNSETTLED):
        assert search(form, f" 川府发{year}55号"), form
    assert CUT_ABOVE.search(f"川府发{year}")
    listed = LISTED.fullmatch(f"{year}58号")
    assert listed
    assert listed["year"] == "2016"


codes = st.text("川府发办国务院字函", min_size=1, max_size=12)
series = st.builds(
    "{}{}".format,
    st.sampled_from(["国务院", "商务部", "某省人民政府"]),
    st.sampled_from(["令", "公告", "通告"]),
)
years = st.integers(1900, 2099)
serials = st.integers(1, 99_999)
numbers = st.one_of(
    st.builds(DocumentNumber, codes, years, serials),
    st.builds(DocumentNumber, series, st.one_of(st.none(), years), serials),
)


@given(numbers)
def test_a_written_number_is_read_back(number: DocumentNumber) -> None:
    assert DocumentNumber.parse(str(number)) == number
    assert read_number_line(str(number)) == (number, "")
    assert read_typed(str(number)) == number
    assert read_typed(fold(str(number))) == number


@given(codes, years, serials, st.sampled_from(["", " ", "-", "年", "] ", "第"]))
def test_a_number_may_be_typed_with_little_between_its_parts(
    code: str, year: int, serial: int, between: str
) -> None:
    assert read_typed(f"{code}{year}{between}{serial}") == DocumentNumber(code, year, serial)


# the tests of the browser's engine read this table too (tests/search/js/numbers.test.mjs)
VECTORS = json.loads((ROOT / "tests" / "search" / "typed_numbers.json").read_text("utf-8"))
TYPED_PRINTS: dict[str, str] = VECTORS["numbers"]
NO_NUMBERS: list[str] = VECTORS["others"]


@pytest.mark.parametrize("text", TYPED_PRINTS)
def test_a_typed_number_is_read(text: str) -> None:
    assert str(read_typed(text)) == TYPED_PRINTS[text]
    # the browser folds brackets and widths before it reads a number
    assert str(read_typed(fold(text))) == TYPED_PRINTS[text]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_other_texts_are_no_typed_numbers(text: str) -> None:
    assert read_typed(text) is None


@given(st.text())
def test_any_text_may_be_typed(text: str) -> None:
    read_typed(text)


def test_typed_forms_are_plain_data_that_javascript_reads_alike() -> None:
    data = typed_forms()
    assert json.loads(json.dumps(data)) == data
    for form in TYPED:
        assert not re.search(r"[*+?}]\+|\(\?[^:]", form.pattern), form.pattern
        assert re.compile(form.pattern).groups == len(form.groups)
        assert form.pattern.startswith("^")
        assert form.pattern.endswith("$")
        assert {"code", "serial"} <= {*form.groups}
