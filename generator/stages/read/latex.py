"""LaTeX of small things, as engines write them: numbers, units, signs, ① and raised figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.runtime.patterns import lazy_regex

LONGEST_LATEX = 200  # characters of such a thing
DEEPEST = 6  # braces in braces
TOKEN = lazy_regex(r"\\[A-Za-z]+|\\.|[\^_{}]|[^\\^_{}]", re.DOTALL)
# what a command prints
SIGNS = {
    "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}",
    ",": "", ";": "", ":": "", "!": "", " ": "", "quad": " ", "qquad": " ",
    "times": "×", "div": "÷", "pm": "±", "mp": "∓", "cdot": "·", "ast": "*", "star": "★",
    "bigstar": "★", "bullet": "●", "circ": "°", "degree": "°", "prime": "′", "square": "□",
    "Box": "□", "triangle": "△", "Delta": "△", "checkmark": "√", "permil": "‰",
    "textperthousand": "‰", "leq": "≤", "le": "≤", "leqslant": "≤", "geq": "≥", "ge": "≥",
    "geqslant": "≥", "neq": "≠", "ne": "≠", "approx": "≈", "sim": "～", "lt": "<", "gt": ">",
    "to": "→", "rightarrow": "→", "leftarrow": "←", "cdots": "…", "dots": "…", "ldots": "…",
    "dotfill": "……", "infty": "∞", "sum": "∑", "Sigma": "Σ", "alpha": "α", "beta": "β",
    "gamma": "γ", "lambda": "λ", "mu": "μ", "phi": "φ", "Phi": "Φ", "Omega": "Ω", "pi": "π",
    "theta": "θ", "sigma": "σ", "omega": "ω", "S": "§", "textyen": "￥", "yen": "￥",
    "copyright": "©", "celsius": "℃", "textasciitilde": "～", "lbrack": "[", "rbrack": "]",
}  # fmt: skip
# commands that only say how their text is set
FONTS = frozenset(
    [
        "mathrm",
        "text",
        "textrm",
        "textbf",
        "textit",
        "mathbf",
        "mathit",
        "mathsf",
        "mathtt",
        "rm",
        "bf",
        "it",
        "operatorname",
        "mbox",
        "mathring",
        "boldsymbol",
        "displaystyle",
        "textstyle",
        "left",
        "right",
        "big",
        "Big",
        "limits",
    ]
)
CIRCLED = {str(n): chr(0x245F + n) for n in range(1, 21)}
# a raised or lowered text, all of letters, figures and signs
SET_OFF = lazy_regex(r"[0-9A-Za-z+\-−±*＊.,\[\]()（）\u4e00-\u9fff]{1,20}")
RINGS = lazy_regex(r"[\u2460-\u2473★*＊′°]+")


def print_latex(latex: str) -> str | None:
    r"""Give what a piece of LaTeX prints; None if it is more than a small thing.

    ``50\%`` → ``50%`` · ``500\mathrm{m}^2`` → ``500m<sup>2</sup>`` · ``\textcircled{1}`` → ``①``
    """
    if len(latex) > LONGEST_LATEX:
        return None
    tokens = [token for token in TOKEN.findall(latex) if not token.isspace() and token != "~"]
    printed = _print(tokens, 0)
    if printed is None:
        return None
    return re.sub(r"°(?:C|<sub>C</sub>)", "℃", printed)


def _print(tokens: Sequence[str], depth: int) -> str | None:
    parts: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token in "^_":
            argument, at = _argument(tokens, at)
            part = _set_off("sup" if token == "^" else "sub", argument, depth)
        elif token == "{":
            argument, at = _argument(tokens, at - 1)
            part = None if depth > DEEPEST else _print(argument, depth + 1)
        elif token == "}":
            part = None
        elif token[0] == "\\":
            part, at = _command(tokens, at, depth)
        else:
            part = token
        if part is None:
            return None
        parts.append(part)
    return "".join(parts)


def _command(tokens: Sequence[str], at: int, depth: int) -> tuple[str | None, int]:
    """Print the command before ``at``; the second value is where its arguments end."""
    name = tokens[at - 1][1:]
    if name in SIGNS:
        return SIGNS[name], at
    if name in FONTS:
        return "", at  # braces after it print their content
    if name in ("textcircled", "circled"):
        argument, at = _argument(tokens, at)
        return CIRCLED.get("".join(argument).strip("{}")), at
    if name == "frac":
        above, at = _argument(tokens, at)
        below, at = _argument(tokens, at)
        figures = ["".join(above), "".join(below)]
        return ("/".join(figures) if all(f.isdecimal() for f in figures) else None), at
    if name in ("sqrt", "underline", "overline") or depth > DEEPEST:
        return None, at
    return None, at


def _argument(tokens: Sequence[str], at: int) -> tuple[Sequence[str], int]:
    """Take the token at a place, or what stands in braces there; second, where it ends."""
    if at >= len(tokens):
        return ["}"], at  # an argument is missing: nothing that prints
    if tokens[at] != "{":
        return tokens[at : at + 1], at + 1
    depth = 0
    for end in range(at, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[end], 0)
        if not depth:
            return tokens[at + 1 : end], end + 1
    return ["}"], len(tokens)


def _set_off(tag: str, argument: Sequence[str], depth: int) -> str | None:
    """Print a raised or lowered text; signs that are small by themselves need no tag."""
    text = None if depth > DEEPEST else _print(argument, depth + 1)
    if not text or RINGS.fullmatch(text):
        return text
    return f"<{tag}>{text}</{tag}>" if SET_OFF.fullmatch(text) else None


DOLLARS = lazy_regex(r"(?<!\\)\${1,2}")
LONGEST_BETWEEN = 400  # characters between two $
BRACKETED = lazy_regex(r"\\(?:\((?P<round>[^\n]{1,400}?)\\\)|\[(?P<square>[^\n]{1,400}?)\\\])")
BACKSLASH = lazy_regex(r"\\[A-Za-z%,;]")
SET_OFF_SIGN = lazy_regex(r"[\^_]")
IDEOGRAPH = lazy_regex(r"[\u3400-\u9fff]")


def find_latex(view: str) -> Iterator[tuple[int, int, str | None]]:
    """Find LaTeX in a line: start, end, and what it prints (None: it is no small thing)."""
    if "$" in view:
        yield from _between_dollars(view)
    if "\\(" in view or "\\[" in view:
        for found in BRACKETED.finditer(view):
            latex = found["round"] or found["square"] or ""
            # \(一\), \[2016\]: brackets that Markdown escapes
            if _has_command(latex) or (latex[:1] == " " and not IDEOGRAPH.search(latex)):
                yield found.start(), found.end(), print_latex(latex)


def _between_dollars(view: str) -> Iterator[tuple[int, int, str | None]]:
    opening: re.Match[str] | None = None
    for dollars in DOLLARS.finditer(view):
        if opening is not None and opening[0] == dollars[0]:
            latex = view[opening.end() : min(dollars.start(), opening.end() + LONGEST_BETWEEN)]
            has_command = _has_command(latex)
            # US$5, $50和$60: amounts of money
            before = view[max(opening.start() - 1, 0) : opening.start()]
            is_money = (
                (before.isascii() and before.isalpha())
                or view[dollars.end() : dollars.end() + 1].isdecimal()
                or IDEOGRAPH.search(latex) is not None
            )
            ends = opening.end() + len(latex) == dollars.start() and "\n" not in latex
            printed = print_latex(latex) if latex and ends else None
            if ends and (has_command or (printed is not None and not is_money)):
                yield opening.start(), dollars.end(), printed
                opening = None
                continue
        opening = dollars


def _has_command(latex: str) -> bool:
    """Whether a text has a command of LaTeX, or a raised or lowered sign and no ideograph."""
    if BACKSLASH.search(latex):
        return True
    return bool(SET_OFF_SIGN.search(latex)) and not IDEOGRAPH.search(latex)
