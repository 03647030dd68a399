"""A document's own citation: GB/T 7714 (2025 and 2015), 法学引注手册, plain text, BibTeX and RIS.

A citation names the gazette as a periodical, with year, number and printed page. The paragraph,
its page, the address and the day are placeholders, because only the page in the browser knows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import accumulate
from types import MappingProxyType

from generator.archive.registers import issuers_of
from generator.language.dates import printed_date
from generator.model import Document, Gazette, Issue
from generator.render.printed_pages import first_page, pages_of_anchors
from generator.runtime.patterns import lazy_regex

# the placeholders that assets/gazette/reading/cite.js fills in, between characters that no text
# contains. They become: ，三、（二）第2段; the same without the comma; its anchor after a hyphen;
# an address; 2026-11-24; the printed page on which it begins
PLACE, BARE_PLACE, ANCHOR, ADDRESS, TODAY, PAGE = (
    f"\x1f{name}\x1f" for name in ("place", "bare-place", "anchor", "address", "today", "page")
)
BIBTEX_SPECIAL = lazy_regex(r"[\\{}%&#_$^~]")
BIBTEX_NAMES: Mapping[str, str] = MappingProxyType(
    {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
)
BIBTEX_BRACES: Mapping[str, str] = MappingProxyType(
    {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
)
# 国务院办公厅　转发…: the line ends of a printed title, or the wide blank in place of one
BLANKS = lazy_regex(r"\s+")


def document_page(document: Document, issue: Issue) -> str:
    """Give the printed page of a document: of the contents, else of its first line."""
    listed = document.entry.page if document.entry else None
    return str(listed) if listed else first_page(document, issue.paper)


def has_pages(document: Document, issue: Issue) -> bool:
    """Whether the printed page of a paragraph of the document is known."""
    return any(pages_of_anchors(document, issue.paper).values())


def citation_formats(document: Document, issue: Issue, gazette: Gazette) -> dict[str, str]:
    """Write the citations of a document, by the names under which readers know their formats.

    GB/T 7714—2025, 8.5.3: 责任者.题名:其他题名信息[J/OL].刊名,年(期):页码.网址.
    GB/T 7714—2015, 4.3, 4.6: 责任者. 题名: 其他题名信息[J/OL]. 刊名, 年(期): 页码[引用日期]. 网址.
    法学引注手册（2020）: 《题名》，文号，日期，载《刊名》年期，页。
    """
    title = BLANKS.sub(" ", document.title)
    number = str(document.number or "")
    page = document_page(document, issue)
    if page and has_pages(document, issue):
        page = PAGE
    masthead = issue.masthead
    journal = gazette.title
    year, count = str(masthead.year or ""), str(masthead.number or "")
    through = f"（总第{masthead.total_number}期）" if masthead.total_number else ""
    named = (f"{year}年" if year else "") + (f"第{count}期" if count else "")
    day = printed_date(document.date)
    issuers = issuers_of(document.issuer)

    where = (journal, f"{year}({count})" if count else year, page)
    loose = _standard(issuers, title, number, where, blank=" ")
    parts = [f"《{title}》", number, day]
    law = "，".join(part for part in parts if part) + PLACE
    law += f"，载《{journal}》{named}" + (f"，第{page}页" if page else "") + "。"
    text = f"{title}" + (f"（{number}）" if number else "") + PLACE
    text += f"，《{journal}》{named}{through}" + (f"第{page}页" if page else "") + f"，{ADDRESS}"
    return {
        "GB/T 7714—2025": f"{_standard(issuers, title, number, where, blank='')}.{ADDRESS}.",
        # replaced on 2026-07-01, but many journals still ask for it
        "GB/T 7714—2015": f"{loose}[{TODAY}]. {ADDRESS}.",
        "法学引注": law,
        "纯文本": text,
        "BibTeX": _bibtex(
            f"{issue.name.replace('/', '-')}-{document.id}",
            issuers,
            title,
            number,
            (journal, year, count, page),
        ),
        "RIS": _ris(document, issuers, title, number, (journal, year, count, page)),
    }


def _standard(
    issuers: list[str], title: str, number: str, where: tuple[str, str, str], blank: str
) -> str:
    """Write the part that both editions of GB/T 7714 share; ``blank`` follows the punctuation."""
    journal, issue, page = where
    return (
        (f"{f',{blank}'.join(issuers)}.{blank}" if issuers else "")
        + title
        + (f":{blank}{number}" if number else "")
        + f"[J/OL].{blank}{journal},{blank}{issue}"
        + (f":{blank}{page}" if page else "")
    )


def _bibtex(key: str, issuers: list[str], title: str, number: str, where: tuple[str, ...]) -> str:
    journal, year, count, page = where
    fields = {
        # braces round each name, because an organ has no family name
        "author": " and ".join(f"{{{_bibtex_text(name)}}}" for name in issuers),
        "title": _bibtex_text(title),
        "journal": _bibtex_text(journal),
        "year": year,
        "number": count,
        "pages": page,
        "note": _bibtex_text(number) + PLACE if number else BARE_PLACE,
        "url": ADDRESS,
        "urldate": TODAY,
        "langid": "chinese",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{key}{ANCHOR},", *lines, "}"])


def _bibtex_text(text: str) -> str:
    """Escape a text for BibTeX.

    BibTeX counts the braces of a field, also those behind a backslash; so braces that are not
    balanced are written by their names.
    """
    names = BIBTEX_NAMES if _is_balanced(text) else {**BIBTEX_NAMES, **BIBTEX_BRACES}
    return BIBTEX_SPECIAL.sub(lambda m: names.get(m[0], f"\\{m[0]}"), text)


def _is_balanced(text: str) -> bool:
    steps = (1 if char == "{" else -1 for char in text if char in "{}")
    depths = [*accumulate(steps)]
    return not depths or (depths[-1] == 0 and min(depths) >= 0)


def _ris(
    document: Document, issuers: list[str], title: str, number: str, where: tuple[str, ...]
) -> str:
    journal, year, count, page = where
    fields = [
        ("TY", "JOUR"),
        *(("AU", name) for name in issuers),
        ("TI", title),
        ("T2", journal),
        ("PY", year),  # of the issue; Zotero would show a field DA in its place
        ("IS", count),
        ("SP", page),
        ("M1", number + PLACE if number else BARE_PLACE),
        ("N1", "；".join(_known({"文号": number, "成文日期": document.date}))),  # M1 is rare
        ("UR", ADDRESS),
        ("Y2", TODAY),
        ("LA", "zh-CN"),
        ("ER", ""),
    ]
    lines = (f"{tag}  - {value}" for tag, value in fields if value or tag == "ER")
    return "\n".join([*lines, ""])  # so that another record may follow


def _known(facts: Mapping[str, str]) -> Iterator[str]:
    return (f"{name}：{value}" for name, value in facts.items() if value)
