"""The rows of the registers of agencies and people: what each issue says of a subject, as HTML.

Most rows of an archive's registers are of this kind. They are written here and not in a template,
because a template takes ten times as long for a row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import TypeAlias

from markupsafe import Markup

from generator.model import Mentions, RegisterName, Said, document_url

QUOTED = 120  # issues kept in memory: more than one part of a register quotes

# (register, id of a document, name of a subject) → the HTML of what one issue says of the subject
SaidOf: TypeAlias = Callable[[RegisterName, str, str], Markup]


def sayings(read: Callable[[str], Mentions | None]) -> Callable[[str], SaidOf]:
    """Give a function from the name of an issue to its `SaidOf`; it keeps the last 120 of them.

    ``read`` fetches the mentions of one issue; None counts as no mentions.
    """
    return lru_cache(QUOTED)(lambda issue: _sayings(issue, read(issue) or Mentions((), ())))


def _sayings(issue: str, mentions: Mentions) -> SaidOf:
    named = {(one.register, one.document, one.name): one.roles for one in mentions.named}
    # a paragraph that names twenty agencies is written once
    written: dict[tuple[str, int], str] = {}

    def link(document: str, number: int) -> str:
        key = (document, number)
        if key not in written:
            written[key] = _link(f"../{document_url(issue, document)}", mentions.said[number])
        return written[key]

    def said(register: RegisterName, document: str, name: str) -> Markup:
        """Write roles and rows as HTML, with links from a page one folder below the root."""
        roles = [
            (f'<em class="role">{escape(role)}</em>' if role else "")
            + "；".join([link(document, number) for number in numbers])
            for role, numbers in named[register, document, name]
        ]
        return Markup("\n".join(roles))

    return said


def _link(page: str, said: Said) -> str:
    text = escape(said.text or "见原文")
    note = f"（{escape(said.note)}）" if said.note else ""
    return f'<a href="{page}#{said.anchor}">{text}</a>{note}'
