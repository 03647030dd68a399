"""Pictures of the source."""

from __future__ import annotations

import pytest

from generator.language.picture_lines import is_on_the_web, read_picture


@pytest.mark.parametrize(
    ("line", "caption", "image"),
    [
        ("![图1 规划](map.png)", "图1 规划", "map.png"),
        ("![](./images/x.jpg)", "", "images/x.jpg"),
        (f"![](images/{'0a' * 32}.jpg)", "", f"images/{'0a' * 32}.jpg"),
        ("![图](images/规划 图1.png)", "图", "images/规划 图1.png"),
        ("![图](<images/规划 图1.png>)", "图", "images/规划 图1.png"),
        ("![图](images/a%20b.png)", "图", "images/a b.png"),
        ("![图](images\\a.png)", "图", "images/a.png"),
        ("![图](images/a(1).png)", "图", "images/a(1).png"),
        ('![图](images/a.png "规划")', "图", "images/a.png"),
        ("![图](images/a.svg)", "图", "images/a.svg"),
        ("![图](https://gazette.example/a.png)", "图", "https://gazette.example/a.png"),
        ("![图](//gazette.example/a.png)", "图", "//gazette.example/a.png"),
        ("![](data:image/png;base64,AAAA)", "", "data:image/png;base64,AAAA"),
    ],
)
def test_a_picture_alone_on_its_line_is_read(line: str, caption: str, image: str) -> None:
    found = read_picture(line)
    assert found is not None
    assert (found.caption, found.image) == (caption, image)


@pytest.mark.parametrize(
    "line",
    ["见![图](a.png)", "![图](a.png)如下", "![图]", "[图](a.png)", "！[图]（a.png）", "![图]()"],
)
def test_any_other_line_is_no_picture(line: str) -> None:
    assert read_picture(line) is None


def test_a_picture_on_the_web_is_known() -> None:
    assert is_on_the_web("https://gazette.example/a.png")
    assert is_on_the_web("//gazette.example/a.png")
    assert not is_on_the_web("images/a.png")
