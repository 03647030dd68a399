"""Report amounts and numbers whose words and figures differ: 壹万元整（1000元）."""

from __future__ import annotations

from collections.abc import Iterator

from generator.language.amounts import differing_amounts
from generator.model import Diagnostic
from generator.stages.check.texts import Text

SURE = 0.9  # confidence


def check_amounts(text: Text) -> Iterator[Diagnostic]:
    """Report each number of a text that is printed twice and not the same."""
    for place in differing_amounts(text.text):
        message = f"“{place.words}”与“{place.figure}”不是一个数，其中之一可能误识，请核对"
        yield text.report("amount-differs", (place.start, place.end), message, None, SURE)
