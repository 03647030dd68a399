"""Twice the text, about twice the time: every stage, over shapes that could take its square."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.bench_growth import SHAPES, measure
from generator.content import load
from generator.content.published_addresses import ADDRESSES_FILE, write_published
from generator.stages.history.freeze import freeze
from generator.stages.history.keep import keep_addresses
from generator.stages.normalize import TEXT_RULES, normalize
from generator.stages.parse import parse
from tests.documents import RULES, issue_text, letter

# a stage at four times the size: n log n gives 4.5, the square 16
MOST, FIXED = 8, 0.15  # times; seconds of CPU that a busy machine may add
pytestmark = [pytest.mark.slow, pytest.mark.long]


@pytest.fixture(autouse=True)
def _without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow texts beyond the limits of publication, because only they show how the time grows."""
    for name in ("LONGEST_LINE", "MOST_ENTRIES", "MOST_BLOCKS", "MOST_ROWS", "MOST_CELLS"):
        monkeypatch.setattr(f"generator.content.limits.{name}", 10**9)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_stage_grows_with_the_square(shape: str, tmp_path: Path) -> None:
    small = measure(SHAPES[shape](1), tmp_path / "small" / "2020-01")
    large = measure(SHAPES[shape](4), tmp_path / "large" / "2020-01")
    for stage, seconds in large.items():
        assert seconds <= MOST * small[stage] + FIXED, stage


ROW = "古树\t柏树\t无\n"
# for a size: the published text → the present text
REPUBLISHED: dict[str, Callable[[int], tuple[str, str]]] = {
    "equal rows": lambda n: ("甲\n\n" + ROW * n, "乙\n\n" + ROW * n),
    "equal rows, one less": lambda n: ("甲\n\n" + ROW * n, ROW * (n - 1)),
    "two kinds of rows": lambda n: (ROW * n + "水\t5\t元\n" * n, ("水\t5\t元\n" + ROW) * n),
    "equal paragraphs": lambda n: ("特此通知。\n\n" * n, "甲\n\n" + "特此通知。\n\n" * n),
    "all changed": lambda n: (
        "".join(f"第{k}项由各区办理。\n\n" for k in range(n)),
        "".join(f"第{k}项由各县办理。\n\n" for k in range(n)),
    ),
    "turned round": lambda n: (
        "".join(f"第{k}项。\n\n" for k in range(n)),
        "".join(f"第{k}项。\n\n" for k in reversed(range(n))),
    ),
    "every other changed": lambda n: (
        "".join(f"第{k}项由各区办理。\n\n留{k}。\n\n" for k in range(n)),
        "".join(f"第{k}项由各县办理。\n\n留{k}。\n\n" for k in range(n)),
    ),
}


def seconds_to_keep(before: str, after: str, folder: Path, more: int = 0) -> float:
    """Give the CPU seconds to find published places again, with ``more`` places added by hand."""
    folder.mkdir(parents=True)
    text = issue_text(1, RULES, letter("名称\t树种\t备注\n{}\n三、供电。"))
    (folder / "issue.md").write_text(text.replace("{}", before), "utf-8")
    published = freeze(normalize(parse(load(folder))), "2026-01-05")
    name, own = [*published.documents.items()][-1]
    extra = {f"x{n}": (n, "古树\t柏树\t无") for n in range(more)}
    own = replace(own, places={**own.places, **extra})
    published = replace(published, documents={**published.documents, name: own})
    write_published(folder / ADDRESSES_FILE, published)
    (folder / "issue.md").write_text(text.replace("{}", after), "utf-8")
    issue = normalize(parse(load(folder)))
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        freeze(keep_addresses(issue), "2026-02-05")
        return time.process_time() - begun
    finally:
        gc.enable()


@pytest.mark.parametrize("shape", REPUBLISHED)
def test_what_was_published_is_found_again_without_the_square(shape: str, tmp_path: Path) -> None:
    small, large = (
        seconds_to_keep(*REPUBLISHED[shape](size), tmp_path / f"{size}" / "2020-01")
        for size in (1500, 6000)
    )
    assert large <= MOST * small + FIXED


def test_addresses_written_by_hand_are_read_without_the_square(tmp_path: Path) -> None:
    small, large = (
        seconds_to_keep(ROW * 1000, ROW * 999, tmp_path / f"{more}" / "2020-01", more)
        for more in (25_000, 100_000)
    )
    assert large <= MOST * small + FIXED


def test_a_growth_with_the_square_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(text: str) -> str:
        characters = text[::4]
        return text if all(a and b for a in characters for b in characters) else ""

    def measure_thrice() -> None:  # other processes may slow down the smaller text
        for attempt in range(3):
            test_no_stage_grows_with_the_square("spaces", tmp_path / f"{attempt}")

    monkeypatch.setattr("generator.stages.normalize.TEXT_RULES", (*TEXT_RULES, walk))
    with pytest.raises(AssertionError, match="normalize"):
        measure_thrice()
