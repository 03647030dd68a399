"""Pictures of a built site."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.browser import MODES
from tests.conftest import ROOT
from tools.screenshots import ALONE, GAP, SCREENS, choose_pages


@pytest.mark.slow
def test_pages_are_chosen_by_what_they_hold(built: Path) -> None:
    site = built / "site"
    pages = choose_pages(site)
    assert pages["document"] == "panzhihua/2017-01/chuanbanfa-2016-103.html"
    assert pages["cover"] == "panzhihua/2017-01/index.html"
    assert pages["table"] == "panzhihua/2017-01/chuanfufa-2016-55.html#f1-t1"
    assert pages["appointments"] == "panzhihua/2017-01/panfuren-2016-23.html"
    for path in pages.values():
        assert (site / path.partition("#")[0].partition("?")[0]).is_file()


def read(path: Path) -> Image.Image:
    return Image.open(BytesIO(path.read_bytes()))


@pytest.mark.slow
def test_a_page_is_taken_at_every_width_and_on_paper(built: Path, tmp_path: Path) -> None:
    (tmp_path / "works-2000-old.webp").touch()
    # in a process of its own: the browser of the other tests holds this one's event loop
    command = [sys.executable, "-m", "tools.screenshots", str(built / "site"), str(tmp_path)]
    subprocess.run([*command, "--only", "works"], check=True, cwd=ROOT, capture_output=True)
    pictures = {path.name: read(path) for path in tmp_path.iterdir()}
    assert sorted(pictures) == [f"works-{which}.webp" for which in ("1280", "390", "all")]
    for width in ALONE:
        assert pictures[f"works-{width}.webp"].size == (width, SCREENS[width])
    together = pictures["works-all.webp"].convert("L")
    row = SCREENS[768] // 2 + GAP  # the highest of a row
    light, dark = (
        together.crop((GAP, GAP + n * row, 600, (n + 1) * row)).histogram() for n in (0, 1)
    )
    assert sum(light[128:]) > 2 * sum(dark[160:])
    assert together.height > (len(MODES) + 1) * row  # paper is below
