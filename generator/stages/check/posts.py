"""Report a person who is appointed twice to one post, and a post that two persons are given."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Appointment, Diagnostic, Document, Lines
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex

SURE, DOUBTFUL = 0.8, 0.5  # confidence: one person twice; two persons
# posts that only one person holds: 局长, 主任, not 副局长, 主任科员 or 调研员
CHIEF = lazy_regex(
    r"(?<!副)(?:[省市州县区镇乡厅局处科部组院校所行会]长|主任|书记|主席|秘书长|总经理|总工程师)$"
)
TRIAL = lazy_regex(r"[（(].*?[）)]|\s")


def check_posts(document: Document) -> Iterator[Diagnostic]:
    """Report what a document decides twice about a person, or of a post with one holder."""
    decided: dict[tuple[str, str, str], Appointment] = {}
    holders: dict[str, Appointment] = {}
    for one in document.appointments:
        post = TRIAL.sub("", one.organisation + one.post)
        if not one.person or not post:
            continue
        lines = Lines(one.line, one.line)
        key = one.person, one.action, post
        if key in decided:
            what = "任命为" if one.action == "任命" else "免去"
            message = f"“{one.person}”两次{what}“{post}”，其中一处的姓名或职务可能误识，请核对"
            yield diagnostic("appointment-twice", lines, message, confidence=SURE)
            continue
        decided[key] = one
        if one.action == "任命" and CHIEF.search(post):
            other = holders.setdefault(post, one)
            if other.person != one.person:
                message = (
                    f"“{post}”任命了“{other.person}”，又任命“{one.person}”，"
                    "其中一处的职务可能漏了“副”字或误识，请核对"
                )
                yield diagnostic("appointment-twice", lines, message, confidence=DOUBTFUL)
