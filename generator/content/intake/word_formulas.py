"""The formulas of a Word document (OMML) in one line of text, and as MathML.

The names of the elements are those of ISO/IEC 29500-1, part 22.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from generator.content.intake.linear_math import (
    fraction,
    grouped,
    joined,
    lowered,
    operator,
    raised,
    root,
)
from generator.content.intake.text import BREAKS, protected
from generator.content.intake.word_xml import OFF, M, Node, W, is_on, name_of
from generator.runtime.patterns import lazy_regex

# what is no text of a formula: properties, and what was deleted
SKIPPED = frozenset({"ctrlPr", "rPr", "argPr", "del", "moveFrom"})
UNKNOWN_PARTS = frozenset({"drawing", "pict", "object"})
# marks above a letter, as characters that combine with it
COMBINED = {
    "\u0302": "\u0302", "\u0303": "\u0303", "\u0304": "\u0304", "\u0305": "\u0305",
    "\u0307": "\u0307", "\u0308": "\u0308", "\u20d7": "\u20d7", "\u20d1": "\u20d7",
    "^": "\u0302", "~": "\u0303", "¯": "\u0305", "→": "\u20d7",
}  # fmt: skip
TOKEN = lazy_regex(
    r"(?P<number>\d+(?:\.\d+)?)|(?P<words>[\u3400-\u9fff]+)|(?P<name>[^\W\d_])"
    r"|(?P<sign>\S)"
)
INTEGRALS = frozenset("∫∬∭∮∯∰")
NAMESPACE = "http://www.w3.org/1998/Math/MathML"


def parts_of(node: Node, *names: str) -> Iterator[str]:
    """Give the texts of the parts of a formula, in the order of the names; "" for a missing one."""
    for name in names:
        part = node.find(M + name)
        yield "" if part is None else linear(part)


def linear(node: Node) -> str:
    """Write a formula, or a part of one, in one line."""
    return joined((_linear(part), _is_fraction(part)) for part in _inner(node))


def is_doubtful(node: Node) -> bool:
    """Whether a formula has a picture or an object in it, whose content is not known."""
    return any(name_of(part) in UNKNOWN_PARTS for part in _below(node))


def mathml(node: Node) -> str:
    """Write a formula as MathML."""
    return f'<math xmlns="{NAMESPACE}">{_row(node)}</math>'


def _inner(node: Node) -> Iterator[Node]:
    for part in node:
        name = name_of(part)
        if not name or name in SKIPPED or name.endswith("Pr") or is_on(part, "rPr/vanish"):
            continue
        yield part


def _below(node: Node) -> Iterator[Node]:
    for part in node:
        yield part
        yield from _below(part)


def _linear(node: Node) -> str:
    match name_of(node):
        case "t":
            return protected(BREAKS.sub(" ", node.text or "").strip())
        case "br" | "cr":
            return "\n"
        case "f":
            above, below = parts_of(node, "num", "den")
            if _said(node, "fPr", "type", "bar") == "noBar":
                return f"({above}；{below})"
            return fraction(above, below)
        case "rad":
            degree, text = parts_of(node, "deg", "e")
            return root(degree, text)
        case "sSup":
            text, high = parts_of(node, "e", "sup")
            return grouped(text) + raised(high)
        case "sSub":
            text, low = parts_of(node, "e", "sub")
            return grouped(text) + lowered(low)
        case "sSubSup":
            text, low, high = parts_of(node, "e", "sub", "sup")
            return grouped(text) + lowered(low) + raised(high)
        case "sPre":
            low, high, text = parts_of(node, "sub", "sup", "e")
            return lowered(low) + raised(high) + text
        case "nary":
            low, high, text = parts_of(node, "sub", "sup", "e")
            return operator(_said(node, "naryPr", "chr", "∫"), low, high, text)
        case "d":
            begin, middle, end = _brackets(node)
            return begin + middle.join(linear(part) for part in node.iterfind(M + "e")) + end
        case "func":
            name, text = parts_of(node, "fName", "e")
            if grouped(text) != text:
                return f"{name}({text})"
            return f"{name}{text}" if text.startswith("(") else f"{name} {text}".strip()
        case "limLow" | "limUpp":
            text, limit = parts_of(node, "e", "lim")
            return f"{text}({limit})"
        case "eqArr":
            return "；".join(linear(part) for part in node.iterfind(M + "e"))
        case "m":
            return "；".join(_matrix_row(row) for row in node.iterfind(M + "mr"))
        case "acc":
            (text,) = parts_of(node, "e")
            sign = COMBINED.get(_said(node, "accPr", "chr", "\u0302"), "")
            return text + sign if len(text) == 1 else f"{grouped(text)}{sign}"
        case "bar":
            (text,) = parts_of(node, "e")
            is_over = _said(node, "barPr", "pos", "bot") == "top"
            return "".join(c + ("\u0305" if is_over else "\u0332") for c in text)
        case "phant" if _said(node, "phantPr", "show", "1") in OFF:
            return ""
        case _:
            return linear(node)


def _is_fraction(node: Node) -> bool:
    return name_of(node) == "f" and _said(node, "fPr", "type", "bar") != "noBar"


def _matrix_row(row: Node) -> str:
    return "，".join(linear(part) for part in row.iterfind(M + "e"))


def _said(node: Node, properties: str, name: str, default: str) -> str:
    """Give a property of a part of a formula; the default where it is not said."""
    found = node.find(f"{M}{properties}/{M}{name}")
    if found is None:
        return default
    return found.get(M + "val") or found.get(W + "val") or ""


def _brackets(node: Node) -> Sequence[str]:
    kinds = (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    return [_said(node, "dPr", name, default) for name, default in kinds]


# ---- MathML


def _row(node: Node | None) -> str:
    """Give the parts of a node as one element of MathML."""
    parts = [] if node is None else [piece for part in _inner(node) for piece in _pieces(part)]
    return parts[0] if len(parts) == 1 else f"<mrow>{''.join(parts)}</mrow>"


def _pieces(node: Node) -> Iterator[str]:
    """Give the elements of MathML for a part of a formula."""

    def row(name: str) -> str:
        return _row(node.find(M + name))

    match name_of(node):
        case "t":
            yield from _tokens(node.text or "")
        case "r" if _is_upright(node) and (word := "".join(_texts(node)).strip()).isalpha():
            yield f"<mi>{word}</mi>" if word.isascii() else f"<mtext>{word}</mtext>"
        case "f" if _said(node, "fPr", "type", "bar") == "noBar":
            yield f'<mfrac linethickness="0">{row("num")}{row("den")}</mfrac>'
        case "f":
            yield f"<mfrac>{row('num')}{row('den')}</mfrac>"
        case "rad":
            degree = node.find(M + "deg")
            has_degree = degree is not None and linear(degree)
            yield (
                f"<mroot>{row('e')}{_row(degree)}</mroot>"
                if has_degree
                else f"<msqrt>{row('e')}</msqrt>"
            )
        case "sSup":
            yield f"<msup>{row('e')}{row('sup')}</msup>"
        case "sSub":
            yield f"<msub>{row('e')}{row('sub')}</msub>"
        case "sSubSup":
            yield f"<msubsup>{row('e')}{row('sub')}{row('sup')}</msubsup>"
        case "sPre":
            scripts = f"<mprescripts/>{row('sub')}{row('sup')}"
            yield f"<mmultiscripts>{row('e')}{scripts}</mmultiscripts>"
        case "nary":
            sign = f"<mo>{escape(_said(node, 'naryPr', 'chr', '∫'))}</mo>"
            beside = _said(node, "naryPr", "chr", "∫") in INTEGRALS
            place = _said(node, "naryPr", "limLoc", "subSup" if beside else "undOvr")
            tag = "msubsup" if place == "subSup" else "munderover"
            yield f"<{tag}>{sign}{row('sub')}{row('sup')}</{tag}>"
            yield row("e")
        case "d":
            begin, middle, end = (f"<mo>{escape(each)}</mo>" for each in _brackets(node))
            inner = middle.join(map(_row, node.iterfind(M + "e")))
            yield f"<mrow>{begin}{inner}{end}</mrow>"
        case "func":
            yield row("fName")
            yield "<mo>&#x2061;</mo>"
            yield row("e")
        case "limLow":
            yield f"<munder>{row('e')}{row('lim')}</munder>"
        case "limUpp":
            yield f"<mover>{row('e')}{row('lim')}</mover>"
        case "eqArr":
            rows = (f"<mtr><mtd>{_row(part)}</mtd></mtr>" for part in node.iterfind(M + "e"))
            yield f"<mtable>{''.join(rows)}</mtable>"
        case "m":
            yield f"<mtable>{''.join(map(_matrix_row_of, node.iterfind(M + 'mr')))}</mtable>"
        case "acc" | "groupChr" as name:
            sign = escape(_said(node, f"{name}Pr", "chr", "\u0302" if name == "acc" else "⏟"))
            is_over = name == "acc" or _said(node, "groupChrPr", "pos", "bot") == "top"
            tag = "mover" if is_over else "munder"
            yield f"<{tag}>{row('e')}<mo>{sign}</mo></{tag}>"
        case "bar":
            tag = "mover" if _said(node, "barPr", "pos", "bot") == "top" else "munder"
            yield f"<{tag}>{row('e')}<mo>¯</mo></{tag}>"
        case "phant" if _said(node, "phantPr", "show", "1") in OFF:
            yield f"<mphantom>{row('e')}</mphantom>"
        case _:
            for part in _inner(node):
                yield from _pieces(part)


def _matrix_row_of(row: Node) -> str:
    cells = (f"<mtd>{_row(part)}</mtd>" for part in row.iterfind(M + "e"))
    return f"<mtr>{''.join(cells)}</mtr>"


def _is_upright(run: Node) -> bool:
    """Whether a run is a word, such as log, and not a product of letters."""
    for properties in run.iterfind(M + "rPr"):
        style = properties.find(M + "sty")
        plain = properties.find(M + "nor")
        if plain is not None and plain.get(M + "val") not in OFF:
            return True
        return style is not None and style.get(M + "val") == "p"
    return False


def _texts(node: Node) -> Iterator[str]:
    return ((part.text or "") for part in node if name_of(part) == "t")


def _tokens(text: str) -> Iterator[str]:
    tags = {"number": "mn", "words": "mtext", "name": "mi", "sign": "mo"}
    for token in TOKEN.finditer(text):
        tag = tags[token.lastgroup or "sign"]
        yield f"<{tag}>{escape(token[0], quote=False)}</{tag}>"
