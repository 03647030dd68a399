"""What pages say of amendments: of a decision its changes, of a document what was changed in it.

Where every operation of a decision finds its article and its words exactly once, the document gets
a page with the text as the decision changes it (本站据修改决定整理的文本).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.archive.consolidate import consolidate
from generator.archive.provision_tree import Article, Line, ProvisionTree, read_tree
from generator.model import AmendingDecision, Amendment, Document, Issue, Links, Target
from generator.model.amendments import KIND_NAMES, AmendedWork
from generator.render.escape import escape_inside
from generator.render.link_writer import page_address, with_anchor

NOT_READ = "决定中有没有读懂的修改"
BY_DATE = "前一件决定没有整理出文本"


@dataclass(frozen=True, slots=True)
class Change:
    """One operation, as a row of a list: what it does where, and the addresses of both places."""

    kind: str  # 修改, 增加
    place: str  # 第五条第二款
    address: str  # of the changed provision; empty if it is not held
    sentence: str  # the decision's own words
    anchor: str  # of the decision's paragraph
    ids: tuple[str, ...] = ()  # anchors of the document that this row is the first to name
    source: str = ""  # address of the decision's paragraph, from the document's page


@dataclass(frozen=True, slots=True)
class ChangedWork:
    """A document that a decision changes, with the operations on it in their order."""

    title: str
    address: str  # of its page; empty if the archive does not hold it
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A decision on a document, with its operations and the text that the site made by it."""

    decision: AmendingDecision
    name: str  # its number, else its title
    address: str
    changes: tuple[Change, ...]
    arranged: str  # name of the page with the changed text; empty if there is none
    reasons: tuple[str, ...] = ()  # why there is none
    tree: ProvisionTree | None = None


def changes_by(document: Document, issue: str, links: Links) -> list[ChangedWork]:
    """List what a decision changes, grouped by the documents in the order of its text."""
    targets = links.amends.get((issue, document.id)) or (None,) * len(document.amendments)
    pairs = list(zip(document.amendments, targets, strict=True))
    found = []
    for work, group in groupby(pairs, key=lambda pair: pair[0].work):
        rows = list(group)
        held = next((target for _, target in rows if target), None)
        address = page_address(held.issue, held.document, issue) if held else ""
        changes = tuple(
            Change(
                KIND_NAMES[one.kind],
                place_of(one),
                _address(target, issue),
                one.sentence,
                one.anchor,
            )
            for one, target in rows
        )
        found.append(ChangedWork(_title(work), address, changes))
    return found


def _title(work: AmendedWork) -> str:
    return f"《{work.title}》{work.number}"


def _address(target: Target | None, issue: str) -> str:
    if target is None:
        return ""
    return with_anchor(page_address(target.issue, target.document, issue), target.anchor)


def place_of(one: Amendment) -> str:
    """Name the provision of an operation, with its new number."""
    others = "".join(f"、{other.name}" for other in one.others) if one.kind == "join" else ""
    to = f"（改为{one.to.name}）" if one.to and one.to != one.provision else ""
    return f"{one.provision.name}{others}{to}"


def revisions_of(document: Document, issue: Issue, links: Links) -> list[Revision]:
    """List the decisions that change a document, the oldest first, with the changed texts."""
    decisions = links.amended.get((issue.name, document.id), ())
    if not decisions:
        return []
    tree = read_tree(document)
    seen: set[str] = set()
    pages: set[str] = set()
    found: list[Revision] = []
    stopped = "" if tree else "本站文本没有条文序号"
    for decision in decisions:
        base = page_address(decision.issue, decision.document, issue.name)
        changes = []
        for one, anchor in decision.operations:
            first = (anchor,) if anchor and anchor not in seen else ()
            seen.update(first)
            changes.append(
                Change(
                    KIND_NAMES[one.kind], place_of(one), f"#{anchor}" if anchor else "",
                    one.sentence, one.anchor, first, with_anchor(base, one.anchor),
                )
            )  # fmt: skip
        reasons: tuple[str, ...] = ()
        arranged, made = "", None
        if stopped:
            reasons = (stopped,)
        elif not decision.is_read:
            reasons = (NOT_READ,)
        elif tree:
            operations = [one for one, _ in decision.operations]
            faults = consolidate(tree, operations)
            reasons = tuple(
                f"{place_of(operations[n])}（{KIND_NAMES[operations[n].kind]}）：{why}"
                for n, why in sorted(faults.items())
            )
        if not reasons and tree:
            arranged, made = _page_name(document, decision, pages), tree
            tree = _settled(tree)
        else:
            stopped = stopped or BY_DATE
        name = decision.number or f"《{decision.title}》"
        found.append(Revision(decision, name, base, tuple(changes), arranged, reasons, made))
    return found


def _page_name(document: Document, decision: AmendingDecision, taken: set[str]) -> str:
    """Name the page of a changed text: <id of the document>.<day of the decision>."""
    name = f"{document.id}.{decision.date or decision.document}"
    while name in taken:
        name += "-b"
    taken.add(name)
    return name


def _settled(tree: ProvisionTree) -> ProvisionTree:
    """Give the text after a decision as the text before the next one."""

    def line(old: Line) -> Line:
        return Line(old.anchor, old.after, old.after, old.number, old.is_heading, old.is_table)

    def lines(old: Sequence[Line]) -> list[Line]:
        return [line(one) for one in old if one.after or one.is_table]

    parts: list[Line | Article] = []
    for part in tree.parts:
        if isinstance(part, Line):
            parts += lines([part])
            continue
        clauses = [type(c)(kept) for c in part.clauses if (kept := lines(c.lines))]
        if clauses:
            parts.append(Article(part.number, part.head, clauses, part.above))
    return ProvisionTree(lines(tree.title), lines(tree.preamble), parts, lines(tree.tail))


@dataclass(frozen=True, slots=True)
class ArrangedLine:
    """A line of a changed text, ready for its page."""

    markdown: str
    anchor: str
    is_heading: bool


def arranged_lines(tree: ProvisionTree) -> Iterator[ArrangedLine]:
    """Write the lines of a changed text, with <ins> and <del> around what the decision changed."""
    taken: set[str] = set()
    for line in lines_of(tree):
        if line.is_table:
            yield ArrangedLine("*（此处有表格，见原文）*{: .added }", "", is_heading=False)
            continue
        if not line.before and not line.after:
            continue
        anchor = line.anchor if line.anchor not in taken else ""
        taken.add(anchor)
        yield ArrangedLine(_compared(line.before, line.after), anchor, line.is_heading)


def lines_of(tree: ProvisionTree) -> list[Line]:
    """List the lines of a text in its order."""
    lines = [*tree.title, *tree.preamble]
    for part in tree.parts:
        lines += part.lines if isinstance(part, Article) else [part]
    return [*lines, *tree.tail]


def _compared(before: str, after: str) -> str:
    """Write a text with what was deleted and added; equal parts are joined to whole words."""
    parts: list[str] = []
    for tag, i, j, k, m in opcodes_of(before, after):
        if tag == "equal":
            parts.append(escape_inside(before[i:j]))
            continue
        if before[i:j]:
            parts.append(f"<del>{escape_inside(before[i:j])}</del>")
        if after[k:m]:
            parts.append(f"<ins>{escape_inside(after[k:m])}</ins>")
    return "".join(parts)


SHORTEST_SAME = 5  # characters; shorter equal parts between two changes belong to the change


def opcodes_of(before: str, after: str) -> list[tuple[str, int, int, int, int]]:
    """Compare two texts; a short equal part between two changes becomes part of them."""
    if not before or not after:
        return [("replace", 0, len(before), 0, len(after))]
    from rapidfuzz.distance import Indel  # loaded for a text that was amended

    found: list[tuple[str, int, int, int, int]] = []
    for code in Indel.opcodes(before, after):
        tag = "equal" if code.tag == "equal" else "replace"
        step = (tag, code.src_start, code.src_end, code.dest_start, code.dest_end)
        inside = code.src_start > 0 and code.src_end < len(before)
        if tag == "equal" and code.src_end - code.src_start < SHORTEST_SAME and found and inside:
            step = ("replace", *step[1:])
        if found and found[-1][0] == step[0]:
            last = found[-1]
            found[-1] = (last[0], last[1], step[2], last[3], step[4])
        else:
            found.append(step)
    return found


def marks_of(revisions: Sequence[Revision]) -> dict[str, str]:
    """Give, for each changed paragraph, what its mark says: the decisions and their words."""
    said: dict[str, list[str]] = {}
    for revision in revisions:
        for change in revision.changes:
            if anchor := change.address.removeprefix("#"):
                date = f"（{revision.decision.date}）" if revision.decision.date else ""
                said.setdefault(anchor, []).append(f"{revision.name}{date}：{change.sentence}")
    return {anchor: "\n".join(words) for anchor, words in said.items()}
