"""Read finished pages back: Markdown and templates must not have changed the official text."""

from __future__ import annotations

from generator.model import Block, Document, Table
from generator.runtime.errors import SiteError
from generator.site.html_page import HtmlPage, one_blank


def read_back(document: Document, page: HtmlPage) -> None:
    """Compare a document's page with the model; SiteError names the first difference."""
    shown = page.texts
    wanted = texts_of(document)
    if shown == wanted:
        return
    place = next(
        (n for n, (a, b) in enumerate(zip(shown, wanted, strict=False)) if a != b),
        min(len(shown), len(wanted)),
    )
    message = (
        f"{document.id}.html: 网页与文本不符：应为 {_at(wanted, place)!r}，"
        f"现为 {_at(shown, place)!r}；请检查 templates/ 里的改动，没有改动的，请报告程序的错误"
    )
    raise SiteError(message)


def texts_of(document: Document) -> list[str]:
    """List the texts of a document in the order of its page, cells one by one."""
    return [one_blank(text) for block in document.all_blocks() for text in _texts(block)]


def _texts(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [text for _, _, text in block.cells()]
    return [block.text]


def _at(texts: list[str], place: int) -> str:
    return texts[place][:60] if place < len(texts) else ""
