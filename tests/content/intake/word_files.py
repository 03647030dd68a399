"""Word files for tests, written part by part, so that each holds nothing but what it tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from docx.oxml.ns import nsdecls

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    nsdecls("w", "m", "wp", "a", "r", "pic", "c")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    + ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    + ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    + ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
# what a part of a document is: its kind, its name, its content
Part = tuple[str, str, str | bytes]


def docx_bytes(
    *body: str,
    styles: str = "",
    parts: Mapping[str, Part] | None = None,
    relations: str = "",
    strict: bool = False,
) -> bytes:
    """Write a Word document: body and styles as XML, other parts by the ids of relations."""
    parts = dict(parts or {})
    if styles:
        parts["rIdStyles"] = ("styles", "styles.xml", f"<w:styles {NAMESPACES}>{styles}</w:styles>")
    document = f"<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml")], ""),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            [(key, kind, name) for key, (kind, name, _) in parts.items()], relations
        ),
        **{f"word/{name}": content for _, name, content in parts.values()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            archive.writestr(name, _strict(data) if strict else data)
    return made.getvalue()


def docx(folder: Path, *body: str, name: str = "issue.docx", **more: object) -> Path:
    """Write a Word document into a folder."""
    path = folder / name
    path.write_bytes(docx_bytes(*body, **more))  # type: ignore[arg-type]
    return path


def _relations(listed: list[tuple[str, str, str]], more: str) -> str:
    nodes = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{name}"/>'
        for key, kind, name in listed
    )
    return f'<Relationships xmlns="{PACKAGE}">{nodes}{more}</Relationships>'


def _strict(data: bytes) -> bytes:
    head, _, tail = OFFICE.encode().partition(b"/2006/")
    data = data.replace(
        head + b"/2006/" + tail, b"http://purl.oclc.org/ooxml/officeDocument/" + tail
    )
    for name in (b"wordprocessingml", b"drawingml", b"officeDocument"):
        data = data.replace(
            b"http://schemas.openxmlformats.org/" + name + b"/2006/",
            b"http://purl.oclc.org/ooxml/" + name + b"/",
        )
    return data


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """Write a paragraph; texts that are no XML become runs."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Write a run."""
    inner = text if text.startswith("<") else f'<w:t xml:space="preserve">{text}</w:t>'
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>"


def tc(*paragraphs: str, properties: str = "") -> str:
    """Write a cell of a table; texts that are no XML become paragraphs."""
    inner = "".join(each if each.startswith("<") else p(each) for each in paragraphs) or p()
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    """Write a table."""
    inner = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{inner}</w:tbl>"


def field(code: str, result: str | None = None, *, split: int = 0) -> str:
    """Write a field with its code, cut in two at ``split``, and its result."""
    codes = [code[:split], code[split:]] if split else [code]
    instructions = "".join(
        r(f'<w:instrText xml:space="preserve">{part}</w:instrText>') for part in codes
    )
    shown = "" if result is None else _mark("separate") + r(result)
    return _mark("begin") + instructions + shown + _mark("end")


def _mark(kind: str) -> str:
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


def math(inner: str) -> str:
    """Write a formula; ``x+y`` in braces becomes a run of it."""
    return f"<m:oMath>{with_runs(inner)}</m:oMath>"


def with_runs(inner: str) -> str:
    """Write texts in braces as runs of a formula."""
    return inner.replace("{", "<m:r><m:t>").replace("}", "</m:t></m:r>")


def style(name: str, kind: str, properties: str, based_on: str = "") -> str:
    """Write a style with the properties of its text."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{base}'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def box(*paragraphs: str, top: int = 0, left: int = 0) -> str:
    """Write a text box at a place, with the form for older programs that repeats it."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    drawing = (
        f"<w:drawing><wp:anchor><wp:positionH><wp:posOffset>{left}</wp:posOffset></wp:positionH>"
        f"<wp:positionV><wp:posOffset>{top}</wp:posOffset></wp:positionV><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing>"
    )
    older = f"<w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict>"
    return r(
        f'<mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>"
    )


def xlsx_bytes(rows: str, *, strings: str = "", styles: str = "", book: str = "") -> bytes:
    """Write an Excel file of one sheet, its rows as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    files = {
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")], ""),
        "xl/workbook.xml": f'<workbook xmlns="{main}" {nsdecls("r")}><sheets>'
        f'<sheet name="表1" r:id="rId1"/></sheets>{book}</workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "sharedStrings", "sharedStrings.xml"),
                ("rId3", "styles", "styles.xml"),
            ],
            "",
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>'
        "</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{styles}</styleSheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
