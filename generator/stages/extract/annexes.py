"""The annexes and tables of a document, by the numbers by which its texts name them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.language.provisions import Anchors, Part
from generator.model import Document, Paragraph
from generator.model.provisions import Provisions


@dataclass(frozen=True, slots=True)
class Annexes:
    """Where 附件2 leads, from the notice or from the plan that it transmits."""

    anchors: Anchors
    plans: dict[str, str]  # scope of an attachment → that of the plan whose annex it is
    labels: dict[str, str]  # anchor of an annex → anchor of its label

    @classmethod
    def of(cls, document: Document, tree: Provisions) -> Annexes:
        """Collect the annexes of a document."""
        return cls(tree.anchors, _plans(document), _labels(document))

    def find(self, scope: str, part: Part) -> str:
        """Find an annex by its number: of the plan that the text stands in, else of the notice."""
        plan = self.plans.get(scope, "")
        scopes = dict.fromkeys([scope, plan, "", *self.plans.values()])
        found = (self.anchors.find(part.anchors, one) for one in scopes)
        anchor = next(filter(None, found), "")
        return self.labels.get(anchor, anchor)

    @property
    def alone(self) -> str:
        """The only annex, which 附件 without a number means; empty if there are several."""
        labels = [*self.labels.values()]
        return labels[0] if len(labels) == 1 else ""


def _plans(document: Document) -> dict[str, str]:
    """Map the scope of each attachment to that of the plan that it is, or is an annex of."""
    plans: dict[str, str] = {}
    plan = ""
    for number, attachment in enumerate(document.attachments, 1):
        if attachment.kind == "transmitted":
            plan = f"f{number}-"
        plans[f"f{number}-"] = plan
    return plans


def _labels(document: Document) -> dict[str, str]:
    """Map the anchor of each annex (its title's) to that of its label, where a reader begins."""
    labels: dict[str, str] = {}
    for attachment in document.attachments:
        if attachment.kind == "annex" and attachment.blocks:
            titles = [
                b for b in attachment.blocks if isinstance(b, Paragraph) and b.kind == "title"
            ]
            first = attachment.blocks[0].anchor
            labels[titles[0].anchor if titles else first] = first
    return labels
