"""Report years, days and weekdays that cannot be right, anywhere in a text."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.doubtful_dates import (
    Doubtful,
    doubtful_years,
    impossible_days,
    wrong_weekdays,
)
from generator.model import Diagnostic, Document, Paragraph
from generator.stages.check.texts import Text

SURE, LIKELY = 0.9, 0.7  # confidence: of what no calendar has; of what is hardly meant


def check_dates(text: Text, document: Document, issued: int) -> Iterator[Diagnostic]:
    """Report the years and days of a text that cannot be; ``issued`` is the year of the issue."""
    if "年" not in text.text and "月" not in text.text and "号" not in text.text:
        return
    for place in doubtful_years(text.text, issued):
        yield _report("year-misread", text, place, LIKELY)
    if not (isinstance(text.block, Paragraph) and text.block.kind == "date"):  # date-misread
        for place in impossible_days(text.text):
            yield _report("date-impossible", text, place, SURE)
    for place in wrong_weekdays(text.text, document.date):
        yield _report("weekday-differs", text, place, SURE)


def _report(code: str, text: Text, place: Doubtful, confidence: float) -> Diagnostic:
    message = f"{place.why}，请核对"
    return text.report(code, (place.start, place.end), message, place.reading or None, confidence)
