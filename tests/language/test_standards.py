"""The numbers of standards, in the notations of print and of scans; and what is no standard."""

from __future__ import annotations

import pytest

from generator.language.standards import find_standards

READ = """
公文格式按照GB/T 9704-2012执行 | GB/T 9704—2012
按《党政机关公文格式》（GB／T9704—2012）印制 | GB/T 9704—2012
符合ＧＢ／Ｔ９７０４－２０１２ | GB/T 9704—2012
执行GBT 9704—2012 | GB/T 9704—2012
执行GB/ T 9704 — 2012的规定 | GB/T 9704—2012
《建筑设计防火规范》GB 50016－2014（2018年版） | GB 50016—2014
《建筑设计防火规范》（GB50016） | GB 50016
满足GB 3095、GB 3838—88要求 | GB 3095, GB 3838—1988
GB/T 19001.1—2016/ISO 9001:2015 | GB/T 19001.1—2016
地方标准DB51/T 1234—2015 | DB51/T 1234—2015
DB51/ 190-93 | DB51 190—1993
攀枝花市地方标准DB5104/T 30-2020 | DB5104/T 30—2020
《四川省居住建筑节能设计标准》（DBJ51/T 012—2018） | DBJ51/T 012—2018
《钢筋焊接及验收规程》（JGJ 18-2012） | JGJ 18—2012
《公路路线设计规范》（JTG D20—2017） | JTG D20—2017
按照HJ/T 91—2002的技术要求 | HJ/T 91—2002
《城市道路工程设计规范》CJJ37-2012 | CJJ 37—2012
通过ISO 9001质量管理体系认证 | ISO 9001
ISO/IEC 17025:2017认证 | ISO/IEC 17025:2017
团体标准T/CECS 10001—2019 | T/CECS 10001—2019
GBZ/T 160.1—2004 | GBZ/T 160.1—2004
JJG 693-2011 | JJG 693—2011
"""
NONE = """
内存64GB 3200兆赫
内存16 GB 2133
硬盘500GB，型号ZX-2012
购置SH-600型设备20台
QC1200-1500转
车牌川DB5104
型号为HB 2012-3
购置TB100-2000型水泵
面积GB
京HJ 2012
邮编617000，电话0812-3333333
PM2.5浓度低于35微克
SARS 2003年
A4纸，DN100
GB 12
感光度ISO 1600
WTO 2001年
"""


@pytest.mark.parametrize("row", READ.strip().splitlines())
def test_a_standard_is_read_in_one_form(row: str) -> None:
    text, _, expected = row.rpartition(" | ")
    assert ", ".join(found.name for found in find_standards(text)) == expected


@pytest.mark.parametrize("text", NONE.strip().splitlines())
def test_other_letters_and_figures_are_no_standard(text: str) -> None:
    assert [found.name for found in find_standards(text)] == []


@pytest.mark.parametrize(
    "text",
    ["按《党政机关公文格式》（GB/T 9704—2012）印制", "按GB/T 9704—2012《党政机关公文格式》印制"],
)
def test_the_title_beside_a_number_is_its_title(text: str) -> None:
    (found,) = find_standards(text)
    assert found.title == "党政机关公文格式"
    assert text[found.start : found.end] == "GB/T 9704—2012"
    assert found.id == "gb-t-9704-2012"
    assert found.family == "GB"
