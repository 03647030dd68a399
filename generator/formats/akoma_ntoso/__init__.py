"""Document → Akoma Ntoso 3.0, the OASIS standard for legal documents in XML (docs/data.md).

The eIds are the anchors of the page, so that page and XML have the same addresses.
"""

from __future__ import annotations

from generator.formats.akoma_ntoso.body import BodyWriter, is_rules
from generator.formats.akoma_ntoso.inline import attribute, encode
from generator.formats.akoma_ntoso.meta import MetaWriter
from generator.model import Document, Gazette, Issue, Links
from generator.model.provisions import provisions_of
from generator.render.link_writer import LinkWriter
from generator.render.printed_pages import pages_begun

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"  # a name, never loaded


def akoma_ntoso(document: Document, issue: Issue, gazette: Gazette, links: Links) -> bytes:
    """Write a document as Akoma Ntoso.

    1. Any document gives XML that fits the schema of OASIS.
    2. The texts of its blocks are in the order of the page, under the anchors of the page.
    3. Its links have the addresses of the page's links; those to pages are relative.
    """
    writer = LinkWriter(issue.name, document, links, ".html")
    element = "act" if is_rules(document.blocks) else "doc"
    meta = MetaWriter(document, issue, gazette, links, writer, element)
    pages = pages_begun(document, issue.paper)
    body = BodyWriter(
        writer,
        issue.source.files,
        document.references_by_place(),
        pages,
        provisions_of(document),
    )
    attached = []
    for number, attachment in enumerate(document.attachments, 1):
        kind = "act" if is_rules(attachment.blocks) else "doc"
        attached += [
            f'<attachment>\n<{kind} name="{attachment.kind}">',
            meta.component(f"f{number}", attachment.title),
            *body.parts(attachment.blocks),
            f"</{kind}>\n</attachment>",
        ]
    xml = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<akomaNtoso xmlns="{NAMESPACE}">',
        f'<{element} name="{attribute(document.type or "公文")}">',
        meta.main(),
        *body.parts(document.blocks),
        *(["<attachments>", *attached, "</attachments>"] if attached else ()),
        f"</{element}>\n</akomaNtoso>\n",
    ]
    return encode("\n".join(xml))
