"""A text printed anew, against the older text and the decisions that changed it since.

What was not changed must be as it was, and the new words of the decisions must be there; what is
not may be a misprint, a misread scan, or the act of a decision that the archive does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.archive.consolidate import marks_raised
from generator.archive.provision_tree import BLANKS, ProvisionTree, read_tree, text_digest
from generator.archive.renumbering import article_name
from generator.model import Diagnostic, Document, Issue, Lines, Links, Republished
from generator.model.codes import diagnostic

SHOWN = 24  # characters of a text that a message repeats


def compare_republished(issue: Issue, links: Links) -> tuple[Diagnostic, ...]:
    """Report where a text printed anew is not what the older one and its decisions make."""
    found: list[Diagnostic] = []
    for document in issue.documents:
        older = links.republished.get((issue.name, document.id))
        tree = read_tree(document) if older else None
        if older and tree and all(decision.is_read for decision in older.decisions):
            found += _compare(document, tree, older)
    confirmed = {(c.code, c.line) for c in issue.source.confirmed}
    return tuple(d for d in found if (d.code, d.lines.first) not in confirmed)


def _compare(document: Document, tree: ProvisionTree, older: Republished) -> Iterator[Diagnostic]:
    lines = {block.anchor: block.lines.first for block in document.all_blocks()}
    place = {a.number: lines.get(a.lines[0].anchor, document.lines.first) for a in tree.articles()}
    operations = [one for decision in older.decisions for one, _ in decision.operations]
    whole = BLANKS.sub("", "".join(text for a in tree.articles() for text in a.texts))
    whole += BLANKS.sub("", "".join(line.after for line in [*tree.title, *tree.preamble]))
    changed = {
        other.article
        for one in operations
        for other in (one.provision, *one.others)
        if one.kind != "insertion" or len(one.provision.units) > 1 or one.position
    }
    digests = {text_digest(a.texts) for a in tree.articles()}
    # what was replaced in the whole text is put back, to compare articles that hold it
    replaced = [
        (marks_raised(one.old)[0], marks_raised(one.new)[0])
        for one in operations
        if one.kind == "replacement" and not one.provision.units and one.old and one.new
    ]
    digests |= {text_digest(_put_back(a.texts, replaced)) for a in tree.articles()}
    moved = {one.provision.article: one.to.article for one in operations if one.to}
    older_name = older.base.number or f"《{older.base.title}》{older.base.date}"
    for entry in older.articles:
        number, _, digest = entry.partition(":")
        if number in changed or digest in digests:
            continue
        line = place.get(moved.get(number, number), document.lines.first)
        message = (
            f"{article_name(number)}与{older_name}的文本不同，本站所收的修改决定没有改这一条："
            "请核对有无误识；可能另有本站未收的决定"
        )
        yield diagnostic("republished-differs", Lines(line, line), message)
    for decision in older.decisions:
        for one, _ in decision.operations:
            for word in marks_raised(one.new):
                bare = BLANKS.sub("", word).rstrip("；。")
                if bare in whole:
                    continue
                number = one.provision.article
                is_new = one.kind == "insertion" and len(one.provision.units) == 1
                now = number if is_new else moved.get(number, number)
                line = place.get(now, document.lines.first)
                name = decision.number or f"《{decision.title}》"
                message = (
                    f"{name}{one.provision.name}的新文字“{word[:SHOWN]}…”，重新公布的文本中没有："
                    "请核对有无误识"
                )
                yield diagnostic("republished-differs", Lines(line, line), message)


def _put_back(texts: Iterable[str], replaced: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    before = tuple(texts)
    for old, new in replaced:
        before = tuple(text.replace(new, old) for text in before)
    return before
