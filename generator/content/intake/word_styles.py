"""Read the styles of a Word document: level of heading, list, lift and leaders."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.content.intake.word_xml import Node, W, attribute_of, number_of

HEADING = re.compile(r"(?:heading|标题)\s*(?P<level>[1-9])", re.IGNORECASE)
TITLES = {"title": 1, "标题": 1, "subtitle": 2, "副标题": 2}
LIFTS = {"subscript": "sub", "superscript": "sup"}
BODY_OUTLINE = 9  # w:outlineLvl of a paragraph that is no heading


@dataclass(frozen=True, slots=True)
class Style:
    """The properties of a style, with those it inherits from the styles that it is based on."""

    ids: tuple[str, ...] = ()  # its own id, and those of the styles that it is based on
    heading: int = 0  # level, 0 for no heading
    list_id: str | None = None
    level: int | None = None  # of the list
    lift: str = ""  # sub or sup
    leads: bool = False  # its tabs draw leaders (dots), as in the contents


def read_styles(root: Node | None) -> Mapping[str, Style]:
    """Read all styles by their ids; the default style of paragraphs has the empty id, too."""
    if root is None:
        return {}
    nodes = {node.get(W + "styleId") or "": node for node in root.iterfind(W + "style")}
    styles = {name: _resolve_style(name, nodes) for name in nodes}
    for name, node in nodes.items():
        if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true", "on"):
            styles[""] = styles[name]
    return styles


def _resolve_style(name: str, nodes: Mapping[str, Node]) -> Style:
    ids: list[str] = []
    above: str | None = name
    while above is not None and above in nodes and above not in ids:
        ids.append(above)
        above = attribute_of(nodes[above], "basedOn")
    chain = [nodes[each] for each in ids]

    def first(path: str) -> str | None:
        return next((v for node in chain if (v := attribute_of(node, path)) is not None), None)

    level = first("pPr/numPr/ilvl")
    return Style(
        ids=tuple(ids),
        heading=_heading(attribute_of(chain[0], "name") or "", first("pPr/outlineLvl")),
        list_id=first("pPr/numPr/numId"),
        level=None if level is None else int(level),
        lift=LIFTS.get(first("rPr/vertAlign") or "", ""),
        leads=any(leads_to_page(node) for node in chain),
    )


def leads_to_page(node: Node) -> bool:
    """Whether a tab of a paragraph or style draws leaders, as in the contents before a page."""
    stops = node.iterfind(f"{W}pPr/{W}tabs/{W}tab")
    return any(stop.get(W + "leader") not in (None, "none") for stop in stops)


def _heading(name: str, outline: str | None) -> int:
    if name.lower() in TITLES:
        return TITLES[name.lower()]
    if found := HEADING.fullmatch(name):
        return min(int(found["level"]), 6)
    level = number_of(outline, BODY_OUTLINE)
    return min(level + 1, 6) if level < BODY_OUTLINE else 0
