"""Report what a text says that cannot be: dates, amounts, sums, shares, enumerations, names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from generator.model import Diagnostic, Document, Issue, Table
from generator.stages.check.agency_names import check_agency_names
from generator.stages.check.amounts import check_amounts
from generator.stages.check.dates import check_dates
from generator.stages.check.lost_ordinals import check_lost_ordinals
from generator.stages.check.pairs import check_pairs
from generator.stages.check.percentages import check_percentages, check_shares
from generator.stages.check.posts import check_posts
from generator.stages.check.series import check_series
from generator.stages.check.table_cells import check_cells
from generator.stages.check.table_sums import check_sums
from generator.stages.check.texts import Text, texts_of

TEXT_CHECKS: tuple[Callable[[Text], Iterator[Diagnostic]], ...] = (
    check_amounts,
    check_percentages,
)
DOCUMENT_CHECKS: tuple[Callable[[Sequence[Text]], Iterator[Diagnostic]], ...] = (
    check_pairs,
    check_series,
)


def check_sense(
    issue: Issue, lines: Sequence[str], issued: int, agencies: Collection[str]
) -> Iterator[Diagnostic]:
    """Report what cannot be right, whatever the words.

    ``lines`` are those of the source, ``issued`` is the year of the issue (0: unknown),
    ``agencies`` are the names in gazette.toml.
    """
    every: list[Text] = []
    for document in issue.documents:
        texts = [*texts_of(document, lines)]
        every += texts
        yield from _check(document, texts, issued, lines)
    yield from check_agency_names(issue.documents, every, agencies)


def _check(
    document: Document, texts: Sequence[Text], issued: int, lines: Sequence[str]
) -> Iterator[Diagnostic]:
    for text in texts:
        yield from check_dates(text, document, issued)
        for check in TEXT_CHECKS:
            yield from check(text)
    for check_texts in DOCUMENT_CHECKS:
        yield from check_texts(texts)
    yield from check_cells(document.all_blocks())
    for block in document.all_blocks():
        if isinstance(block, Table):
            yield from check_sums(block)
            yield from check_shares(block, lines)
    yield from check_lost_ordinals(document)
    yield from check_posts(document)
