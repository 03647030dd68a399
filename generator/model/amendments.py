"""Amendments: what a decision changes in another document, one operation at a time.

The kinds are those that Akoma Ntoso has for changes of a text (type ``TextualMods`` of the schema
akomantoso30.xsd, OASIS 2018); ``substitution`` is of a whole provision, ``replacement`` of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

AmendmentKind: TypeAlias = Literal[
    "substitution",  # 第五条修改为
    "replacement",  # 将第五条中的“甲”修改为“乙”
    "insertion",  # 增加一条; 在“甲”后增加“乙”
    "repeal",  # 删去第八条; 删去第三条中的“甲”
    "renumbering",  # 第九条改为第十条
    "split",  # 将第二款改为两款
    "join",  # 第六条和第七条合并
]
# where the words go or stand
Position: TypeAlias = Literal[
    "",  # the whole provision
    "words",  # words within it
    "heading",  # its heading alone
    "lead",  # its words before the items (条首部分)
    "start",
    "end",
    "before",  # new words before the old ones, or a new provision before the named one
    "after",
    "unplaced",  # 第十一条增加规定: the sentence does not say where
]
KIND_NAMES: dict[AmendmentKind, str] = {
    "substitution": "修改",
    "replacement": "替换词句",
    "insertion": "增加",
    "repeal": "删去",
    "renumbering": "改变序号",
    "split": "分开",
    "join": "合并",
}


@dataclass(frozen=True, slots=True)
class AmendedWork:
    """The document that a decision changes, as the decision names it."""

    title: str
    number: str = ""
    edition: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision that is changed: its printed name, and its possible anchors, the exact first."""

    name: str  # 第五条第二款; 全文 for the whole document
    units: tuple[tuple[str, str], ...]  # ("条", "5"), ("款", "2")
    anchors: tuple[str, ...]

    @property
    def article(self) -> str:
        """The number of its article: 17-b2 is 第十七条之一; empty if it is in none."""
        return dict(self.units).get("条", "")


@dataclass(frozen=True, slots=True)
class Amendment:
    """One operation of a decision on the text of another document (修改情况)."""

    kind: AmendmentKind
    work: AmendedWork
    provision: Provision
    position: Position = ""
    sentence_of: str = ""  # the sentence of the provision that is meant: 第二句, 后两句
    # words that must be there; of a whole provision only if the decision quotes them
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()  # each paragraph (款, 项) is one text
    to: Provision | None = None  # its new number; of a join or split one of the new provisions
    others: tuple[
        Provision, ...
    ] = ()  # of a join: those that it takes in; of a split: further ones
    anchor: str = ""  # of the decision's paragraph
    line: int = 0
    sentence: str = ""  # the decision's own words; long quotations are shortened
    is_whole: bool = True  # false if a quotation lacks its ”: then the words are not given
