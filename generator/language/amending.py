"""The grammar of amending sentences: 将第五条修改为：“…”, 第十条增加一款，作为第二款, 删去第八条.

A sentence is a series of tokens (amending_tokens.py), each with one letter; the series is compared
with a table of patterns. What matches none is reported and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from generator.language.amended_places import AmendedPlace
from generator.language.amending_tokens import Token
from generator.runtime.patterns import lazy_regex

# 关于修改《…》的决定, 刑法修正案（八）; not 《停车条例》（2019年修正）, which is the new text
AMENDING_TITLE = lazy_regex(
    r"(?:修改|修正|修订)[^（）()]*(?:决定|通知|命令|令|公告|议案|意见)$|关于(?:修改|修正|修订)"
    r"|修正案(?:草案)?(?:[（(][^（）()]*[）)])?$"
)
VERBS = frozenset("MZDdAJC")
NAMED = frozenset("PQWTX")  # a sentence that amends names a place, words or a document
ClauseName: TypeAlias = Literal[
    "order",
    "replace-grown",
    "renumber-replace",
    "renumber",
    "split",
    "join",
    "insert",
    "insert-named",
    "insert-behind",
    "insert-before",
    "insert-words-behind",
    "insert-words-before",
    "insert-at-start",
    "insert-at-end",
    "insert-unplaced",
    "replace-lead",
    "replace",
    "replace-words-each",
    "replace-words",
    "replace-words-listed",
    "delete-words",
    "delete",
    "repeal-work",
    "about",
]


@dataclass(slots=True)
class Context:
    """What a sentence leaves for the next ones: the document and the place last named."""

    work: int | None = None
    place: AmendedPlace | None = None
    chapter: AmendedPlace | None = None  # the last place named that is in a chapter
    # words that are replaced in each document of the list below: 将下列规章中的“甲”修改为“乙”
    listed: Clause | None = None

    def copy(self) -> Context:
        """Give a copy for the sentences of a narrower item."""
        return Context(self.work, self.place, self.chapter, self.listed)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that matched a pattern: the pattern's name and its tokens by role."""

    name: ClauseName
    tokens: tuple[Token, ...]
    roles: dict[str, tuple[Token, ...]] = field(default_factory=dict)

    @property
    def start(self) -> int:
        """Offset of its first token in the outline."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind its last token in the outline."""
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class ClauseForm:
    """A pattern of clauses: its name, its letters with a group for each role, an example.

    Roles: ``at`` the place, ``near`` the place behind which something is put, ``to`` its new place,
    ``old`` and ``new`` words, ``words`` those that are deleted.
    """

    name: ClauseName
    pattern: re.Pattern[str]
    example: str


def _clause(name: ClauseName, pattern: str, example: str) -> ClauseForm:
    return ClauseForm(name, lazy_regex(pattern), example)


# a document, a place, both; 第六十七条“…”中 only leads to the place behind it
PLACE = "(?:W?PQI(?=P)|W?[PTX]|WI|W)"
IN = "I?"
NEW = "(?P<new>Q+)(?!I?[MBFd])"
# the first that matches decides; each example is a test
CLAUSES = (
    _clause("order", r"W?I?O", "条文顺序作相应调整"),
    # several acts in one sentence
    _clause("replace-grown", rf"(?P<at>W?P)I?AN(?:ZP)?(?:T|P)M{NEW}",
            "第六条中增加一款作为第二款，将该条修改为：“…”"),
    _clause("renumber-replace", rf"(?P<at>W?P)I?[MZ]W?(?P<to>P)(?:I?M)?{NEW}",
            "第二条改为第六条，修改为：“…”"),
    _clause("renumber", r"(?P<at>W?P)I?[MZ]W?(?P<to>P)", "原第九条改为第十条"),
    _clause("split", rf"(?P<at>W?P)I?C(?:Z(?P<to>P))?M?{NEW}",
            "第二款改为两款，作为第二款、第三款，修改为：“…”"),
    _clause("join", r"(?P<at>W?P(?:W?P)*)J(?:Z?(?P<to>P))?M?(?P<new>Q*)",
            "第六条和第七条合并修改为：“…”"),
    # something new
    _clause("insert", rf"(?P<near>W?P)BANZW?(?P<to>P)(?:;?K)?{NEW}",
            "在第三条后增加一条，作为第三条之一：“…”"),
    _clause("insert", rf"(?P<near>W?PQI?|{PLACE})?{IN}AN?Z?W?(?P<to>P)(?:;?K)?{NEW}",
            "增加一条，作为第六条：“…”"),
    _clause("insert-named", rf"(?P<near>W?PQI?|{PLACE})?{IN}ANZ(?P<to>P)(?=;|$)",
            "增加两条，分别作为第六条、第七条。"),
    _clause("insert-behind", rf"(?P<near>W?[PT])BAN?K?{NEW}", "在第三条后增加一条：“…”"),
    _clause("insert-before", rf"(?P<near>W?[PT])FAN?K?{NEW}", "在第三条前增加一条：“…”"),
    _clause("insert-words-behind", rf"(?P<at>{PLACE})?{IN}(?P<old>Q)BAN?K?{NEW}",
            "第三条中“甲”后增加“乙”"),
    _clause("insert-words-before", rf"(?P<at>{PLACE})?{IN}(?P<old>Q)FAN?K?{NEW}",
            "第三条中“乙”前增加“甲”"),
    _clause("insert-at-start", rf"(?P<at>{PLACE})?{IN}SAN?K?{NEW}",
            "第一条第二款开始部分增加：“…”"),
    _clause("insert-at-end", rf"(?P<at>{PLACE})?{IN}EAN?K?{NEW}", "第三条末尾增加：“…”"),
    _clause("insert-unplaced", rf"(?P<at>{PLACE}){IN}A(?P<count>N)?K?{NEW}",
            "第三条增加一款：“…”"),
    # something else instead
    _clause("replace-lead", rf"(?P<at>{PLACE})SM{NEW}", "第五条条首部分修改为：“…”"),
    _clause("replace", rf"(?P<at>W?[PT])I?H?M{NEW}", "将第五条修改为：“…”"),
    _clause(
        "replace-words-each",
        rf"(?P<pairs>(?:(?:{PLACE})[ESI]*Q+){{2,}})I?M(?P<new>Q)(?!I?[MBFd])",
        "第三条中的“甲”、第五条中的“乙”修改为“丙”",
    ),
    _clause("replace-words-listed", rf"LI?(?P<old>Q+)I?M{NEW}", "将下列规章中的“甲”修改为“乙”："),
    _clause("replace-words", rf"(?P<at>(?:{PLACE})+)?[ESI]*(?P<old>Q+)I?M{NEW}",
            "第三条中的“甲”修改为“乙”"),
    # something less
    _clause("delete-words", rf"D(?P<at>{PLACE})?[ESI]*(?P<words>Q+)(?![MBF])",
            "删去第三条中的“甲”"),
    _clause("delete-words", rf"(?P<at>{PLACE})?[ESI]*(?P<words>Q+)d",
            "将第三条中的“甲”删去"),
    _clause("delete-words", rf"(?P<at>{PLACE})D(?P<words>Q+)(?![MBF])", "第三条删去“甲”"),
    _clause("delete", r"D(?P<at>(?:W?[PT])+)(?!W?[IMZJCAFBESQd])", "删去第八条"),
    _clause("delete", r"(?P<at>(?:W?P)+)I?d", "第八条删去"),
    _clause("repeal-work", r"DW+|W+d", "废止《甲办法》"),
    # what the following sentences are about
    _clause("about", r"V?(?P<at>W|W?P)I?(?:H|(?=;|$))", "修改《甲办法》"),
)  # fmt: skip
# a clause of the first kind may go on like this
CONTINUED: dict[ClauseName, ClauseForm] = {
    "delete-words": _clause("delete-words", rf"(?P<at>{PLACE})[ESI]+(?P<words>Q+)(?![MBFA])",
                            "删去第三条中的“甲”和第四条中的“乙”"),
}  # fmt: skip


def read_clauses(tokens: Sequence[Token]) -> tuple[list[Clause], list[Token]]:
    """Compare tokens with the patterns: the clauses, and the first tokens of what matches none.

    What has no verb is no clause and is left out.
    """
    letters = "".join(token.letter for token in tokens)
    clauses: list[Clause] = []
    unread: list[Token] = []
    at = 0
    while at < len(letters):
        if letters[at] in ";K":
            at += 1
            continue
        before = clauses[-1] if clauses and clauses[-1].tokens[-1] is tokens[at - 1] else None
        more = CONTINUED.get(before.name) if before else None
        for form in (more, *CLAUSES) if more else CLAUSES:
            found = form.pattern.match(letters, at)
            if found and found.end() > at:
                roles = {
                    name: tuple(tokens[found.start(name) : found.end(name)])
                    for name, value in found.groupdict().items()
                    if value
                }
                clauses.append(Clause(form.name, tuple(tokens[at : found.end()]), roles))
                at = found.end()
                break
        else:
            stop = letters.find(";", at)
            stop = len(letters) if stop < 0 else stop
            said = set(letters[at:stop])
            if said & VERBS and said & NAMED:
                unread.append(tokens[at])
            at = stop
    return clauses, unread
