"""Report enumerations in running text that lack an item: 一是…三是…."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.language.series_words import find_gaps, seconds_alone
from generator.model import Diagnostic, Table
from generator.stages.check.texts import Text

LIKELY, READ, DOUBTFUL = 0.7, 0.85, 0.4  # confidence; READ where the right number is clear


def check_series(texts: Sequence[Text]) -> Iterator[Diagnostic]:
    """Report the items of a document's enumerations whose numbers do not follow each other."""
    printed = [text.text for text in texts if not isinstance(text.block, Table)]
    own = [text for text in texts if not isinstance(text.block, Table)]
    yield from _check(own, printed)
    for text in texts:
        if isinstance(text.block, Table):
            yield from _check([text], [text.text])


def _check(texts: Sequence[Text], printed: Sequence[str]) -> Iterator[Diagnostic]:
    for gap in find_gaps(printed):
        text, item = texts[gap.item.text], gap.item
        block = text.block
        if not isinstance(block, Table) and item.end <= len(block.ordinal):
            continue  # the number of a unit: number-gap
        if gap.missing:
            message = f"列举到“{gap.printed}”，前面没有“{gap.missing}”，可能漏了一项或误识，请核对"
        else:
            message = f"列举中“{gap.printed}”重复，其中一处可能误识，请核对"
        place = item.start, item.end
        confidence = READ if gap.reading else LIKELY
        yield text.report("series-gap", place, message, gap.reading or None, confidence)
    for nth, start, end in seconds_alone(printed):
        message = "有“其次”，前面没有“首先”，可能漏了一项，请核对"
        yield texts[nth].report("series-gap", (start, end), message, None, DOUBTFUL)
