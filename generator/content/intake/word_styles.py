"""Read the styles of a Word document: level of heading, list, lift and leaders."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.content.intake.word_symbols import SYMBOL_FONTS
from generator.content.intake.word_xml import Node, W, attribute_of, is_on, number_of, switch
from generator.runtime.patterns import lazy_regex

HEADING = lazy_regex(r"(?:heading|标题)\s*(?P<level>[1-9])", re.IGNORECASE)
TITLES = {"title": 1, "标题": 1, "subtitle": 2, "副标题": 2}
LIFTS = {"subscript": "sub", "superscript": "sup"}
STRIKES = ("strike", "dstrike")
DEFAULTS = "*"  # the id under which the defaults of the document are kept; no style has it
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
    hides: bool = False  # its text is hidden (w:vanish), counted as below
    strikes: bool = False  # its text is struck out
    font: str | None = None  # of symbols, as wingdings; "" for any other, None if it names none


def read_styles(root: Node | None) -> Mapping[str, Style]:
    """Read all styles by their ids; the default style of paragraphs has the empty id, too."""
    if root is None:
        return {}
    nodes = {node.get(W + "styleId") or "": node for node in root.iterfind(W + "style")}
    styles = {name: _resolve_style(name, nodes) for name in nodes}
    styles[DEFAULTS] = _defaults(root)
    for name, node in nodes.items():
        if node.get(W + "type") == "paragraph" and node.get(W + "default") in ("1", "true", "on"):
            styles[""] = styles[name]
    return styles


def _defaults(root: Node) -> Style:
    """Read what holds for text without any style (w:docDefaults)."""
    defaults = root.find(f"{W}docDefaults/{W}rPrDefault")
    if defaults is None:
        return Style()
    return Style(hides=is_on(defaults, "rPr/vanish"), strikes=is_struck(defaults) or False)


def is_struck(node: Node) -> bool | None:
    """Give whether a run or a style strikes text out; None if it says nothing of that."""
    said = [each for name in STRIKES if (each := switch(node, f"rPr/{name}")) is not None]
    return any(said) if said else None


def symbol_font_of(node: Node) -> str | None:
    """Give the font of a run or a style, as ``wingdings``; "" if it has no symbols, None without.

    The font that counts is the one for letters, because symbols stand under their codes.
    """
    fonts = node.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return None
    names = [name.lower() for use in ("ascii", "hAnsi") if (name := fonts.get(W + use))]
    return next((name for name in names if name in SYMBOL_FONTS), "") if names else None


def private_font_of(node: Node) -> str:
    """Give the font of symbols that a run names for any characters; "" if it names none."""
    fonts = node.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return ""
    names = ((fonts.get(W + use) or "").lower() for use in ("ascii", "hAnsi", "eastAsia", "cs"))
    return next((name for name in names if name in SYMBOL_FONTS), "")


def _resolve_style(name: str, nodes: Mapping[str, Node]) -> Style:
    ids: list[str] = []
    above: str | None = name
    while above is not None and above in nodes and above not in ids:
        ids.append(above)
        above = attribute_of(nodes[above], "basedOn")
    chain = [nodes[each] for each in ids]

    def first(path: str) -> str | None:
        return next((v for node in chain if (v := attribute_of(node, path)) is not None), None)

    def first_said(said: Iterable[bool | None]) -> bool:
        return next((each for each in said if each is not None), False)

    level = first("pPr/numPr/ilvl")
    return Style(
        ids=tuple(ids),
        heading=_heading(attribute_of(chain[0], "name") or "", first("pPr/outlineLvl")),
        list_id=first("pPr/numPr/numId"),
        level=None if level is None else int(level),
        lift=LIFTS.get(first("rPr/vertAlign") or "", ""),
        leads=any(leads_to_page(node) for node in chain),
        hides=first_said(switch(node, "rPr/vanish") for node in chain),
        strikes=first_said(is_struck(node) for node in chain),
        font=next((font for node in chain if (font := symbol_font_of(node)) is not None), None),
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
