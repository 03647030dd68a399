"""Twice the text, about twice the time: every stage, over shapes that could take its square."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.bench_growth import SHAPES, measure
from generator.normalize import TEXT_RULES

# a stage at four times the size: n log n gives 4.5, the square 16
MOST, FIXED = 8, 0.15  # times; seconds of CPU that a busy machine may add
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def _without_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let texts grow beyond what is published: how time grows shows there."""
    for name in ("LONGEST_LINE", "MOST_ENTRIES", "MOST_BLOCKS", "MOST_ROWS", "MOST_CELLS"):
        monkeypatch.setattr(f"generator.limits.{name}", 10**9)


@pytest.mark.parametrize("shape", SHAPES)
def test_no_stage_grows_with_the_square(shape: str, tmp_path: Path) -> None:
    small = measure(SHAPES[shape](1), tmp_path / "small" / "2020-01")
    large = measure(SHAPES[shape](4), tmp_path / "large" / "2020-01")
    for stage, seconds in large.items():
        assert seconds <= MOST * small[stage] + FIXED, stage


def test_a_growth_with_the_square_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(text: str) -> str:
        signs = text[::4]
        return text if all(one and other for one in signs for other in signs) else ""

    monkeypatch.setattr("generator.normalize.TEXT_RULES", (*TEXT_RULES, walk))
    with pytest.raises(AssertionError, match="normalize"):
        test_no_stage_grows_with_the_square("spaces", tmp_path)
