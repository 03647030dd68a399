"""issue.ofd → text: read the pages of an OFD file (GB/T 33190), as those of a PDF are read.

No package for Python reads what an issue needs of OFD: the place of each character, the rules of
tables, and what is signed or encrypted. So its XML is read here.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from generator.content.intake.ofd_objects import POINTS, Objects, Transform, numbers
from generator.content.intake.ofd_package import (
    FAULTS,
    ROOT,
    Element,
    Package,
    child,
    children,
    name_of,
    open_package,
    place_from,
    text_of,
    unreadable,
)
from generator.content.intake.pdf_drawing import Drawing
from generator.content.intake.pdf_page import SCANNED, compared, is_scanned, layers_of
from generator.content.intake.sheets import SheetPage, Unread, read_sheets
from generator.content.intake.taken import Loss, Taken
from generator.runtime.errors import SourceError

MOST_PAGES = 5_000
A4 = (0.0, 0.0, 210.0, 297.0)
LARGEST_PAGE = 5_000.0  # millimetres
MOST_NAMED = 5
# annotations that repeat nothing of the text
NOT_TEXT = frozenset({"Watermark", "Stamp", "Link"})


@dataclass(slots=True)
class Document:
    """One of the documents in a file, as a rule the only one."""

    folder: str  # of its Document.xml
    root: Element
    pages: list[tuple[str, str]]  # id, place
    templates: dict[str, str]  # place by id
    units: dict[str, Element]  # composite graphic units by id
    area: tuple[float, ...]
    notes: list[Loss] = field(default_factory=list)


def convert_ofd(path: Path) -> Taken:
    """Convert an OFD file into the text of issue.md; SourceError when it cannot be read.

    1. Columns, tables, running heads and page numbers are read as those of a PDF are.
    2. Signatures are not verified, and seals and enclosed files are not taken along: the losses say
       so. A page that is a picture is among the losses; a file of such pages is refused.
    3. An encrypted file is refused.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            package = open_package(path, archive)
            documents = list(_documents(package))
            pages = compared(list(_pages(package, documents)))
    except SourceError:
        raise
    except FAULTS as error:
        raise unreadable(path, error) from error
    sheets = {page.number for page in pages}
    scanned = {page.number for page in pages if is_scanned(page)}
    if not any(page.chars for page in pages) or len(scanned) * 2 > len(sheets):
        msg = f"{path}:1: OFD 里没有文字，可能是扫描件；请先做文字识别（OCR），再放入识别所得的文本"
        raise SourceError(msg)
    taken = read_sheets(pages, path)
    last = taken.text.rstrip("\n").count("\n") + 1
    notes = [replace(note, line=last) for document in documents for note in document.notes]
    return replace(taken, losses=(*taken.losses, *notes))


def _documents(package: Package) -> Iterator[Document]:
    top = package.xml(ROOT)
    for body in children(top, "DocBody"):
        place = text_of(child(body, "DocRoot"))
        root = package.xml(place_from("", place)) if place else None
        if root is None:
            msg = (
                f"{package.path}:1: OFD 里的 {place or 'DocRoot'} 读不出；请重新另存，或转换为 PDF"
            )
            raise SourceError(msg)
        folder = posixpath.dirname(place_from("", place))
        common = child(root, "CommonData")
        listed = [page for group in children(root, "Pages") for page in children(group, "Page")]
        document = Document(
            folder=folder,
            root=root,
            pages=[(p.get("ID") or "", place_from(folder, p.get("BaseLoc") or "")) for p in listed],
            templates={
                one.get("ID") or "": place_from(folder, one.get("BaseLoc") or "")
                for one in children(common, "TemplatePage")
            },
            units=_units(package, folder, common),
            area=_box(child(common, "PageArea")) or A4,
        )
        document.notes += _notes(package, body, document)
        yield document


def _units(package: Package, folder: str, *owners: Element | None) -> dict[str, Element]:
    """Collect the composite graphic units of resources, by their ids."""
    found: dict[str, Element] = {}
    for owner in owners:
        for resource in children(owner, "PublicRes", "DocumentRes", "PageRes"):
            root = package.xml(place_from(folder, text_of(resource)))
            for group in children(root, "CompositeGraphicUnits"):
                found |= {u.get("ID") or "": u for u in children(group, "CompositeGraphicUnit")}
    return found


def _box(area: Element | None) -> tuple[float, ...] | None:
    """Read the size of a page, in millimetres; None if that is not said, or cannot be."""
    found = numbers(text_of(child(area, "PhysicalBox")))
    if len(found) != 4 or not all(0 < side <= LARGEST_PAGE for side in found[2:]):
        return None
    return tuple(found)


def _pages(package: Package, documents: Sequence[Document]) -> Iterator[SheetPage]:
    number = 0
    for document in documents:
        for identity, place in document.pages:
            number += 1
            if number > MOST_PAGES:
                return
            yield from _page(package, document, identity, place, number)


def _page(
    package: Package, document: Document, identity: str, place: str, number: int
) -> Iterator[SheetPage]:
    root = package.xml(place)
    left, top, width, height = _box(child(root, "Area")) or document.area
    size = width * POINTS, height * POINTS
    if root is None:  # it is missing or damaged
        yield SheetPage(number, *size, unread=(SCANNED,))
        return
    units = document.units | _units(package, posixpath.dirname(place), root)
    objects = Objects(width, height, units)
    origin = Transform(e=-left, f=-top)
    for template in children(root, "Template"):
        below = package.xml(document.templates.get(template.get("TemplateID") or "", ""))
        objects.add(children(below, "Content"), origin)
    objects.add(children(root, "Content"), origin)
    large = [one for one in objects.pictures if objects.covers(one)]
    # the text of a scan that was recognised by its maker is there, but not drawn
    chars = [*objects.chars, *objects.unseen] if large else objects.chars
    hidden = max(len(objects.unseen), objects.covered) * 2 > len(chars) > 0
    drawing = Drawing(
        tuple(objects.rules),
        tuple(one for one in objects.pictures if one not in large),
        large[0] if large else None,
        bool(large) and hidden,
    )
    layers = list(layers_of(number, size, chars, drawing))
    words = tuple(Unread("other", words) for words in _annotated(package, document, identity))
    yield replace(layers[0], unread=(*layers[0].unread, *words))
    yield from layers[1:]


def _annotated(package: Package, document: Document, identity: str) -> Iterator[str]:
    """Give the words of a page's annotations."""
    place = text_of(child(document.root, "Annotations"))
    listed = package.xml(place_from(document.folder, place)) if place else None
    for page in children(listed, "Page"):
        if page.get("PageID") != identity:
            continue
        folder = posixpath.dirname(place_from(document.folder, place))
        notes = package.xml(place_from(folder, text_of(child(page, "FileLoc"))))
        for note in children(notes, "Annot"):
            codes = (e for e in note.iterdescendants() if name_of(e) == "TextCode")
            words = "".join(text_of(code) for code in codes)
            if words and note.get("Type") not in NOT_TEXT:
                yield words


def _notes(package: Package, body: Element, document: Document) -> Iterator[Loss]:
    """Say what belongs to a document and is on none of its pages: signatures, enclosed files."""
    place = text_of(child(body, "Signatures"))
    if place:
        signed = package.xml(place_from("", place))
        found = list(children(signed, "Signature"))
        if found:
            seals = sum(one.get("Type") != "Sign" for one in found)
            yield Loss(0, 0, "signed", f"签名和印章 {len(found)} 个，其中印章 {seals} 个")
    place = text_of(child(document.root, "Attachments"))
    enclosed = package.xml(place_from(document.folder, place)) if place else None
    names = [one.get("Name") or "" for one in children(enclosed, "Attachment")]
    for name in names[:MOST_NAMED]:
        yield Loss(0, 0, "embedded", name)
    if len(names) > MOST_NAMED:
        yield Loss(0, 0, "embedded", f"等 {len(names)} 个")
