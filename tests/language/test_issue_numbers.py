"""Joint issues and supplements are told from ordinary issues; what is not plain is not guessed."""

from __future__ import annotations

import pytest

from generator.language.issue_numbers import special_number


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("2024年第3-4期（总第39期）", "03-04"),
        ("2024年第3、4期合刊", "03-04"),
        ("第三—四期", "03-04"),
        ("第11期、第12期合刊", "11-12"),
        ("第十一至十二期", "11-12"),
        ("2024年增刊第1期", "z1"),
        ("增刊（二）", "z2"),
        ("2024年 增刊 3", "z3"),
        ("2024年第3期（总第39期）", None),
        ("第 12 期 (总第 24 期)\n\n2001", None),
        ("2017年1月25日 第1期 总第227期 月刊", None),
        ("2024年第3期增刊", ""),  # of the third issue, or the third supplement
        ("2024年增刊", ""),
        ("2024年合刊", ""),
        ("第3-8期", ""),
        ("电话：0812-3333333", None),
    ],
)
def test_a_masthead_tells_a_special_issue(printed: str, number: str | None) -> None:
    assert special_number(printed) == number
