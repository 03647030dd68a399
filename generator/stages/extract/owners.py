"""Whose provision a text names: this document's, an attachment's, or that of a cited document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.language.document_types import AT_END, document_type
from generator.language.organs import STATE
from generator.language.reference_words import (
    CHANGES,
    CHANGING_TITLE,
    ENDS_LIST_HEAD,
    HEADS_LIST,
    MARKED,
    NAME_BEGINS,
    NAME_LEADS,
    OWN,
    THAT,
    THAT_ONE,
    TYPE_BEFORE,
    UNMARKED,
)
from generator.model import Block, Citation, Document, Paragraph, TextBlock
from generator.stages.citations.names import fold_name, is_name, title_id

REACH = 48  # characters before a provision in which its document is named


@dataclass(frozen=True, slots=True)
class Owner:
    """The document that a provision is of: cited, or this one (``scope`` is an attachment's)."""

    start: int  # where its name begins in the text
    scope: str = ""
    cited: Citation | None = None
    is_name: bool = False  # a name without 《》, which only counts if the archive holds it


UNKNOWN = Owner(-1)  # of another document, which one is not known


@dataclass(slots=True)
class Owners:
    """What is known so far of the documents that one document names."""

    document: Document
    titles: dict[str, str]  # scope → title, of the document and its attachments
    cited: dict[str, Citation] = field(default_factory=dict)  # by folded title, the whole document
    seen: list[Citation] = field(default_factory=list)  # those above, in order
    amended: Citation | None = None  # what the list of changes around a text changes
    notices: dict[str, Citation | None] = field(default_factory=dict)  # see transmitted
    level: int = 0  # of the unit whose list of changes it is; 0: that of the whole document

    @classmethod
    def of(cls, document: Document) -> Owners:
        """Collect the titles that a document has and cites."""
        titles = {"": document.title}
        titles |= {f"f{n}-": a.title for n, a in enumerate(document.attachments, 1)}
        owners = cls(document, titles)
        for block in document.all_blocks():
            for citation in _citations(block):
                if citation.title:
                    owners.cited.setdefault(_plain(citation.title), citation)
        return owners

    def begin(self, block: TextBlock) -> None:
        """Leave the list of changes that a unit ends."""
        if self.level and block.ordinal and block.level <= self.level:
            self.amended, self.level = None, 0

    def pass_over(self, block: TextBlock) -> None:
        """Note what a block cites, after it was read, and whether a list of changes follows it."""
        outer = [c for c in block.citations if not c.nested]
        self.seen += outer
        if not outer:
            return
        head = block.text[len(block.ordinal) : outer[0].start]
        rest = block.text[outer[-1].end :]
        changed = [c for c in outer if c.relation == "amends"]
        # 一、修改《…》 alone, in a decision that changes several documents
        is_head = self.is_decision and HEADS_LIST.fullmatch(head) and ENDS_LIST_HEAD.fullmatch(rest)
        if is_head or (changed and CHANGES.search(block.text)):
            is_one = len(outer if is_head else changed) == 1 and not rest.startswith("等")
            self.amended = (changed or outer)[0] if is_one else None
            self.level = block.level if block.ordinal else 0

    @property
    def is_decision(self) -> bool:
        """Whether the document changes others: 关于修改《…》的决定."""
        return bool(CHANGING_TITLE.search(self.document.title))

    def transmitted(self, kind: str) -> Citation | None:
        """Give the one document of a kind that this notice transmits: 《办法》 means it."""
        if kind not in self.notices:
            found = {
                _plain(c.title): c
                for c in self.cited.values()
                if c.relation == "transmits" and ends_with(c.title, kind)
            }
            self.notices[kind] = next(iter(found.values())) if len(found) == 1 else None
        return self.notices[kind]

    def before(self, text: str, start: int, scope: str, here: Sequence[Citation]) -> Owner | None:
        """Find the owner named directly before an offset; None if nothing is named there.

        ``here`` are the documents cited or named by a short name in this text, up to the offset.
        """
        begin = max(0, start - REACH)
        before = text[begin:start]
        if found := OWN.search(before):
            return self._own(begin + found.start(), found["kind"], scope)
        if found := THAT.search(before):
            cited = self._that(found["kind"], here)
            return Owner(begin + found.start(), cited=cited) if cited else UNKNOWN
        if found := THAT_ONE.search(before):
            named = {cited.work: cited for cited in here}
            one = next(iter(named.values())) if len(named) == 1 else None
            return Owner(begin + found.start(), cited=one) if one else UNKNOWN
        if TYPE_BEFORE.search(before[-24:]) and (found := UNMARKED.search(before)):
            return self._unmarked(begin, found)
        return UNKNOWN if MARKED.search(before) else None

    def _own(self, start: int, kind: str, scope: str) -> Owner:
        """Find which text 本办法 is: this one, the one that holds it, or the one it changes."""
        if ends_with(self.titles.get(scope, ""), kind):
            return Owner(start, scope)
        if self.amended and ends_with(self.amended.title, kind):
            return Owner(start, cited=self.amended)
        of_kind = [s for s, title in self.titles.items() if ends_with(title, kind)]
        if len(of_kind) == 1:
            return Owner(start, of_kind[0])
        # 本条例 in a 细则, without 以下简称, may be the 条例 that it carries out
        own = self.titles.get(scope, "")
        is_other = (
            of_kind or kind in own or any(ends_with(c.title, kind) for c in self.cited.values())
        )
        return UNKNOWN if is_other else Owner(start, scope)

    def _that(self, kind: str, here: Sequence[Citation]) -> Citation | None:
        """Find what 该办法 means: the last of its kind in this text, else the only one above."""
        of_kind = [c for c in here if ends_with(c.title, kind)]
        if of_kind:
            return of_kind[-1]
        above = {c.work: c for c in self.seen if ends_with(c.title, kind)}
        return next(iter(above.values())) if len(above) == 1 else None

    def _unmarked(self, begin: int, found: re.Match[str]) -> Owner:
        """Find the document that is named without 《》."""
        run = found["run"]
        for cut in _name_starts(run):
            if cited := self.cited.get(_plain(run[cut:])):
                return Owner(begin + found.start() + cut, cited=cited)
        cut = _name_starts(run)[-1]
        name = run[cut:]
        if (
            not is_name(name)
            or not (2 <= len(name) <= REACH - 8)
            or name.startswith(STARTS_NO_NAME)
        ):
            return UNKNOWN
        cited = Citation(0, 0, name, None, "mentions", title_id(name))
        return Owner(begin + found.start() + cut, cited=cited, is_name=True)


STARTS_NO_NAME = ("本", "该", "此", "上述", "前述", "其他", "有关", "国家", "原")


def _name_starts(run: str) -> list[int]:
    """Give the offsets at which a name may begin, the likeliest last."""
    lead = NAME_BEGINS.match(run)
    cut = lead.end() if lead and lead.end() < len(run) - 1 else 0
    starts = [cut]
    if NAME_LEADS.match(run, cut):
        starts.append(cut + 1)
    return starts


def _plain(title: str) -> str:
    return fold_name(title.removeprefix(STATE))


def _citations(block: Block) -> Iterable[Citation]:
    return getattr(block, "citations", ()) if isinstance(block, Paragraph) else ()


def ends_with(title: str, kind: str) -> bool:
    """Whether a title is of a kind: 某市停车管理办法（试行） is a 办法."""
    while title != (title := AT_END.sub("", title)):
        pass
    if kind == "法":
        return title.endswith(("法", "法典")) and document_type(title) == ""
    return title.rstrip("》〉”").endswith(kind)
