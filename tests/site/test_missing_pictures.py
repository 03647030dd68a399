"""A picture whose file is missing stops nothing, and the page says that it is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.stages.pipeline import convert
from tests.conftest import SMALL, ArchiveMaker, build_quietly
from tests.pages import read_page

MISSING = "（此处有图片，本站缺少图片文件）"
PLACE = "2.地下停车场。全天收费。"

pytestmark = pytest.mark.medium


@pytest.mark.parametrize(
    "address",
    [
        "map.png",
        "./images/x.jpg",
        f"images/{'0a' * 32}.jpg",
        "images/规划 图.png",
        "https://gazette.example/map.png",
        "data:image/png;base64,AAAA",
        "images/map.svg",
        "../map.png",
        "/map.png",
    ],
)
@pytest.mark.parametrize("caption", ["图1 停车场分布", ""])
def test_a_missing_picture_is_a_warning_and_the_page_says_so(
    address: str, caption: str, make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    text = SMALL.replace(PLACE, f"{PLACE}\n\n![{caption}]({address})")
    line = text.split("\n").index(f"![{caption}]({address})") + 1
    content = make_archive({"2020-03": text})
    found = convert(content / "moumou" / "2020-03").diagnostics
    assert [(d.code, d.severity, d.lines.first) for d in found] == [
        ("picture-missing", "warning", line)
    ]
    assert build_quietly(content, tmp_path).documents == 2
    path = tmp_path / "site" / "moumou" / "2020-03" / "moufufa-2020-7.html"
    page = path.read_text("utf-8")
    assert MISSING in page
    assert "<img" not in page.partition('class="official"')[2]
    assert "gazette.example/map" not in page
    assert "".join(caption.split()) in read_page(path).texts[-3]


def test_a_picture_with_a_blank_in_its_name_is_shown(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL.replace(PLACE, f"{PLACE}\n\n![图1](./图 1.png)")})
    folder = content / "moumou" / "2020-03"
    (folder / "图 1.png").write_bytes(b"picture")
    assert convert(folder).diagnostics == ()
    build_quietly(content, tmp_path)
    site = tmp_path / "site" / "moumou" / "2020-03"
    assert (site / "图 1.png").read_bytes() == b"picture"
    assert MISSING not in (site / "moufufa-2020-7.html").read_text("utf-8")
