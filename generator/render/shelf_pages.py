"""The pages of the registers of documents: by number, issuer, type and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.archive.registers import Shelf, ShelfRegister, issuers_of
from generator.language.organ_ranks import OTHER, organ_rank
from generator.render.home_page import HomePage, list_page
from generator.render.register_index import IndexRow, index_page, letter_name, level_name

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "numbers": ("发文机关代字", "公文", "年份", "最近一篇"),
    "issuers": ("发文机关", "公文", "年份", "最近一篇"),
    "types": ("文种", "公文", "年份", "最近一篇"),
    "dates": ("年份", "公文", "月份", "最近一篇"),
}
ABOUT: Mapping[str, str] = {
    "numbers": "按发文机关代字的拼音排列。",
    "issuers": "先按中央、省、市、县排列，同级的按机关本名的拼音排列。",
    "types": "",
    "dates": "",
}

Files = Mapping[str, Sequence[tuple[str, str]]]


def shelf_pages(
    register: ShelfRegister, shelves: Sequence[Shelf], files: Files
) -> Iterator[HomePage]:
    """Plan a register of documents: an index, the shelves, and the pages of large shelves.

    ``files`` are those beside each page, by its path.
    """
    folder, name = register.folder, register.title
    ordered = sorted(shelves, key=_issuer_order) if folder == "issuers" else shelves
    naming = level_name if folder == "issuers" else letter_name
    rows = (_row(folder, shelf) for shelf in ordered)
    yield index_page(folder, name, ABOUT[folder], COLUMNS[folder], rows, naming)
    for shelf in shelves:
        title, above = f"{name}：{shelf.title}", [("index", name)]
        path = f"{folder}/{shelf.page}"
        own = files.get(path, ())
        numbered = list(enumerate(shelf.sections, 1))
        pages = [
            (f"y{at}", section, page, len(documents), documents[0])
            for at, (section, page, documents) in numbered
            if page
        ]
        sections = (
            ()
            if pages
            else [(f"y{at}", section, documents) for at, (section, _, documents) in numbered]
        )
        values = {"sections": sections, "pages": pages, "files": own}
        yield list_page(path, title, above, ("shelf.html.j2", values))
        for section, page, documents in shelf.sections:
            if page:
                values = {"sections": [("", "", documents)], "pages": (), "files": ()}
                yield list_page(
                    f"{folder}/{page}",
                    f"{title}（{section}）" if "（" not in section else f"{title} {section}",
                    [*above, (shelf.page, shelf.title)],
                    ("shelf.html.j2", values),
                )


def _issuer_order(shelf: Shelf) -> tuple[object, ...]:
    return (*_rank_of(shelf), shelf.page)


def _rank_of(shelf: Shelf) -> tuple[int, str, tuple[str, ...]]:
    if shelf.page == "0":  # the documents without an issuer come last
        return OTHER, "~", ()
    return organ_rank(issuers_of(shelf.title)[0])


def _row(folder: str, shelf: Shelf) -> IndexRow:
    newest = shelf.newest
    if folder == "dates":
        months = {d.date[5:7] for d in shelf.documents if d.date[5:7]}
        third = f"{len(months)}个月" if months else ""
    else:
        third = shelf.years
    group = {"issuers": str(_rank_of(shelf)[0]), "numbers": shelf.letter}.get(folder, "")
    return IndexRow(
        group=group,
        name=f"{shelf.title}年" if folder == "dates" and shelf.title.isdigit() else shelf.title,
        note=_issuer(shelf) if folder == "numbers" else "",
        address=f"{shelf.page}.html",
        cells=(shelf.count, third),
        last=(f"../{newest.url}", newest.title, newest.date),
        mark=newest.mark,
    )


def _issuer(shelf: Shelf) -> str:
    """Give the issuer of most documents with one code; empty if none is printed."""
    if shelf.page == "0":
        return ""
    counts = Counter(d.issuer for d in shelf.documents if d.issuer)
    return min(counts, key=lambda name: (-counts[name], name), default="")
