"""The pages of works that the archive holds in several printings: an index, a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from generator.model import Summary
from generator.model.printings import FOLDER, Printing, PrintingsOf
from generator.render.home_page import HomePage, Quoted, list_page
from generator.render.printings import anchor_of, printing_name
from generator.render.register_index import IndexRow, index_page

PRINTINGS, PRINTINGS_TITLE = FOLDER, "一文多刊"
ABOUT = (
    "同一篇公文在几期、几种公报上刊登的，列在这里，每篇各次刊登的文字逐处对照。"
    "发文字号、标题、日期相合并且文字大体相同的才算同一篇；标题相同而文字不同的不算。"
    "标点、空格和分段的不同不计。"
)
COLUMNS = ("公文", "刊登", "成文日期")


def printing_pages(
    summaries: Sequence[Summary], printings: PrintingsOf, keys: Mapping[str, Quoted]
) -> Iterator[HomePage]:
    """Plan the works with several printings: an index by year, a page that compares those of each.

    ``keys`` are the keys of the issues that the pages quote.
    """
    works = {p.work: p for place, p in printings.items() if place == p.first}
    if not works:
        return
    held = {(s.name, d.id): (s, d) for s in summaries for d in s.documents}
    listed = sorted(works.values(), key=lambda w: (held[w.first][1].date, w.work), reverse=True)
    rows = [
        IndexRow(
            group=d.date[:4] or "0",
            name=d.title,
            note=d.number,
            address=f"{w.work}.html",
            cells=(f"{len(w.others) + 1}次", d.date or "—"),
        )
        for w in listed
        for d in [held[w.first][1]]
    ]
    yield index_page(PRINTINGS, PRINTINGS_TITLE, ABOUT, COLUMNS, rows, _year_name)
    for work in listed:
        summary, d = held[work.first]
        first = Printing(
            summary.name, d.id, d.title, d.number, d.date, d.page,
            summary.gazette, summary.year, summary.number, summary.total_number,
        )  # fmt: skip
        values = {
            "name": f"《{d.title}》{d.number}",
            "first": _row(first),
            "others": [_row(other) for other in work.others],
        }
        issues = {work.first[0], *(o.issue for o in work.others if o.differences)}
        yield list_page(
            work.path,
            f"{d.number or d.title}的各次刊登",
            [("index", PRINTINGS_TITLE)],
            ("printings.html.j2", values),
            ((anchor_of(o.place), printing_name(o)) for o in work.others),
            tuple(keys[name] for name in sorted(issues)),
        )


def _year_name(year: str) -> tuple[str, str]:
    return (f"y{year}", f"{year}年") if year != "0" else ("other", "日期不详")


def _row(printing: Printing) -> dict[str, object]:
    return {
        "id": anchor_of(printing.place),
        "name": printing_name(printing),
        "place": printing.place,
        "url": printing.url,
        "title": printing.title,
        "date": printing.date,
        "page": printing.page,
        "count": len(printing.differences),
    }


def also_printed(printings: PrintingsOf) -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """Give the other printings that a list names beside the first of a work, none for these."""
    return {
        place: tuple((printing_name(o), o.url) for o in p.others) if place == p.first else ()
        for place, p in printings.items()
    }
