"""The pages of cited standards: an index, a page for each code (GB, DB51), their parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator.archive.registers import CitedStandard, StandardPart, split_standards
from generator.render.home_page import HomePage, list_page
from generator.render.register_index import Entry, IndexRow, contents_page, index_page

STANDARDS, STANDARDS_TITLE = "standards", "引用标准索引"
ABOUT = (
    "本站公文写明编号的标准（GB/T 9704—2012、DB51/T 1234—2015……），按标准代号和顺序号排列。"
    "没有写年号的，照原文不写年号，与写年号的分列。"
)
COLUMNS = ("标准代号", "标准", "引用处", "引用最多的一件")
MOST_OPEN = 60  # standards that a page of contents shows without a click


def standard_pages(standards: Sequence[CitedStandard]) -> Iterator[HomePage]:
    """Plan the cited standards: an index, and a page for each code.

    If the standards of a code do not fit on its page, it lists them by name, and its parts have the
    places that cite them. The address of a standard stays on the page of its code.
    """
    if not standards:
        return
    families = [(p, list(group)) for p, group in groupby(standards, key=lambda s: s.page)]
    rows = [_row(page, listed) for page, listed in families]
    yield index_page(STANDARDS, STANDARDS_TITLE, ABOUT, COLUMNS, rows, lambda key: (key, key))
    above = [("index", STANDARDS_TITLE)]
    for page, listed in families:
        path, title = f"{STANDARDS}/{page}", f"{STANDARDS_TITLE}：{listed[0].family}"
        parts = split_standards(page, listed)
        if len(parts) == 1:
            yield list_page(path, title, above, ("standards.html.j2", {"standards": listed}))
            continue
        groups = [("", part.name, f"{part.page}.html", f"{len(part.standards)}件",
                   [_entry(one, part) for one in part.standards]) for part in parts]  # fmt: skip
        yield contents_page(
            path, title, above, "", groups, is_open=len(listed) <= MOST_OPEN, is_moved=True
        )
        for part in parts:
            yield list_page(
                f"{STANDARDS}/{part.page}",
                f"{STANDARDS_TITLE}：{part.name}",
                [*above, (page, listed[0].family)],
                ("standards.html.j2", {"standards": part.standards}),
            )


def _entry(one: CitedStandard, part: StandardPart) -> Entry:
    note = f"{_title_of(one)}被{one.citing}篇引用"
    return Entry(one.name, f"{part.page}.html#{one.id}", note, one.id)


def _row(page: str, listed: Sequence[CitedStandard]) -> IndexRow:
    first = min(listed, key=lambda one: (-one.citing, one.id))
    return IndexRow(
        group="",
        name=listed[0].family,
        note="",
        address=f"{page}.html",
        cells=(len(listed), sum(len(one.places) for one in listed)),
        last=(
            f"{page}.html#{first.id}",
            f"{first.name} {_title_of(first)}".rstrip(),
            f"被{first.citing}篇引用",
        ),
    )


def _title_of(one: CitedStandard) -> str:
    return f"《{one.titles[0]}》" if one.titles else ""
