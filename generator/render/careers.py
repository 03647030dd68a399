"""Appointments and removals → terms of office: who held which post, from when, until when.

A removal ends the newest open term of the same person in the same post, if its document is later.
Nothing else is concluded: a term without an end, or without a beginning, has none in the archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from markupsafe import Markup

from generator.archive.registers import subject_url
from generator.model import RegisterName
from generator.render.sayings import Statement, state_html

REMOVED = "免去"
# what the rows of a register name: the posts of a person, the holders of a post
ACROSS: dict[RegisterName, RegisterName] = {"people": "offices", "offices": "people"}
UNDATED = "日期不详"


class Tenure(NamedTuple):
    """A person in a post; one of begun and ended is there at least."""

    name: str  # of the post, or of its holder
    begun: Statement | None
    ended: Statement | None

    @property
    def day(self) -> str:
        """Give the date by which terms are sorted."""
        first = self.begun or self.ended
        return first.date if first else ""


def tenures(posts: Iterable[Statement]) -> list[Tenure]:
    """Join appointments with the removals that end them; the newest term comes first."""
    found: list[Tenure] = []
    for post in sorted(posts, key=lambda post: (post.date, post.role != REMOVED)):
        nth = _open_term(found, post) if post.role == REMOVED else None
        if nth is not None:
            found[nth] = found[nth]._replace(ended=post)
        elif post.role == REMOVED:
            found.append(Tenure(post.text, None, post))
        else:
            found.append(Tenure(post.text, post, None))
    return sorted(found, key=lambda tenure: tenure.day, reverse=True)


def _open_term(found: Sequence[Tenure], removal: Statement) -> int | None:
    """Give the place of the newest term that a removal ends."""
    for nth in range(len(found) - 1, -1, -1):
        name, begun, ended = found[nth]
        if name == removal.text and begun and not ended and "" < begun.date < removal.date:
            return nth
    return None


def tenure_rows(
    register: RegisterName, anchor: str, name: str, note: str, posts: Sequence[Statement]
) -> Markup:
    """Write the row of a person with all posts, or of a post with all holders."""
    place = f'<span class="cell-note">{escape(note)}</span>' if note else ""
    terms = "".join(_term(ACROSS[register], tenure) for tenure in tenures(posts))
    return Markup(
        f'<tr id="{anchor}"><th scope="row">{escape(name)}{place}</th>'
        f'<td data-label=""><ol class="tenures">{terms}</ol></td></tr>'
    )


def _term(register: RegisterName, tenure: Tenure) -> str:
    sources = [post for post in (tenure.begun, tenure.ended) if post]
    gazette = sources[0].page.partition("/")[0]
    remarks = dict.fromkeys(post.note for post in sources if post.note)
    remark = "".join(f"（{escape(text)}）" for text in remarks)
    documents = "；".join(dict.fromkeys(map(_document, sources)))
    address = subject_url(register, gazette, tenure.name)
    return (
        f"<li>{_day(tenure.begun, '任')}{_day(tenure.ended, '免')}"
        f'<span><a class="post" href="../{address}">{escape(tenure.name)}</a>{remark}</span>'
        f'<span class="cell-note">{documents}</span></li>'
    )


def _day(post: Statement | None, action: str) -> str:
    if post is None:
        return '<span class="day none" aria-hidden="true">—</span>'
    return f'<span class="day"><a href="../{post.url}">{post.date or UNDATED}</a> {action}</span>'


def _document(post: Statement) -> str:
    """Write the document that decides: its number, else its title, and its state."""
    return (
        f'<a href="../{post.page}">{escape(post.number or post.title)}</a>{state_html(post.mark)}'
    )
