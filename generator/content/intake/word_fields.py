"""What the fields of Word print that keep it in their code: EQ (①, fractions, pinyin), SYMBOL.

The switches are those of the field code EQ in Word's help and in ISO/IEC 29500-1, 17.16.5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.content.intake.linear_math import fraction, lowered, operator, raised, root
from generator.content.intake.text import UNKNOWN, protected
from generator.content.intake.word_symbols import CIRCLED, symbol_of
from generator.content.intake.word_xml import OFF, Node, W, attribute_of, number_of
from generator.runtime.patterns import lazy_regex

# \f( or \o\ac( · a switch that only sets the text: \* jc2, \* "Font:宋体" · \, · ( ) , · other text
TOKEN = lazy_regex(
    r"""\\\*\s*(?:"[^"]*"|\w+)
    |\\(?P<command>[A-Za-z]+)\s*(?P<figure>-?\d+(?:\.\d+)?)?
    |\\(?P<literal>[^A-Za-z*])
    |(?P<sign>[(),;])
    |(?P<text>[^\\(),;]+)
    """,
    re.VERBOSE,
)
CODE = lazy_regex(r"\s*(?P<name>[A-Za-z]+)\s*(?P<rest>.*)", re.DOTALL)
SYMBOL_CODE = lazy_regex(r"(?P<code>0[xX][0-9A-Fa-f]{1,4}|\d{1,5}|\S)")
SYMBOL_FONT = lazy_regex(r"\\f\s*\"?(?P<font>[^\"\\]{1,40})")
RINGS = frozenset("○◯〇⚪O\u20dd")
IDEOGRAPHS = lazy_regex(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
READING = lazy_regex(r"[a-zA-Zü\u00c0-\u024f\u1e00-\u1eff\u3100-\u312f\u02c7\u02ca\u02cb\u02d9\s]+")
CHECKED = ("☒", "□")
DEEPEST = 12
LONGEST_CODE = 2_000  # characters of a code
INTEGRALS = {"su": "∑", "pr": "∏"}
# commands whose arguments follow in brackets; others are their options
COMMANDS = frozenset("abdfilorsx")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a field prints, and what of it cannot be taken along."""

    text: str | None  # None: the code is not understood
    readings: tuple[str, ...] = ()  # pinyin above characters


def print_field(code: str) -> Printed | None:
    """Give what a field prints whose code says it; None for a field that has a result instead."""
    found = CODE.match(code)
    if found is None:
        return None
    match found["name"].upper():
        case "EQ":
            reader = _EquationReader(list(TOKEN.finditer(found["rest"][:LONGEST_CODE])))
            text = reader.sequence(0)
            if reader.at < len(reader.tokens):
                text = None
            return Printed(text, tuple(reader.readings))
        case "SYMBOL":
            return Printed(_symbol(found["rest"]))
        case "MACROBUTTON":
            return Printed(protected(found["rest"].partition(" ")[2].strip()))
        case _:
            return None


def print_form_field(data: Node) -> str:
    """Give what a field of a form prints: a box, or the chosen entry of a list."""
    for box in data.iterfind(f"{W}checkBox"):
        said = box.find(f"{W}checked")
        said = box.find(f"{W}default") if said is None else said
        is_checked = said is not None and said.get(W + "val") not in OFF
        return CHECKED[0] if is_checked else CHECKED[1]
    for choices in data.iterfind(f"{W}ddList"):
        entries = [node.get(W + "val") or "" for node in choices.iterfind(f"{W}listEntry")]
        chosen = attribute_of(choices, "result") or attribute_of(choices, "default")
        number = number_of(chosen, 0)
        return protected(entries[number]) if 0 <= number < len(entries) else ""
    return ""


def _symbol(rest: str) -> str | None:
    found, font = SYMBOL_CODE.match(rest), SYMBOL_FONT.search(rest)
    if found is None or font is None:
        return None
    code = found["code"]
    number = int(code, 0) if code[:2].lower() == "0x" or code.isdecimal() else ord(code)
    text = symbol_of(font["font"].strip().lower(), number)
    return None if text == UNKNOWN else text


@dataclass(slots=True)
class _EquationReader:
    """Reads the code of a field EQ from its tokens."""

    tokens: Sequence[re.Match[str]]
    at: int = 0
    readings: list[str] = field(default_factory=list)
    shifted: dict[str, str] = field(default_factory=dict)  # raised and lowered texts, as printed

    def sequence(self, depth: int) -> str | None:
        """Read up to the end of an argument; None for what is not understood."""
        text = ""
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if token["sign"] and depth and token["sign"] != "(":
                return text
            if token["sign"] == ")":
                return None  # no bracket is open
            self.at += 1
            if token["command"]:
                printed = self.command(token, depth)
                if printed is None:
                    return None
                text += printed
            elif token["sign"] == "(":
                arguments = self.arguments(depth)
                if arguments is None:
                    return None
                text += f"({','.join(arguments)})"
            else:
                text += protected(token["literal"] or token["sign"] or token["text"] or "")
        return text if depth else text.strip()

    def arguments(self, depth: int) -> list[str] | None:
        """Read arguments behind an open bracket, up to the closed one."""
        if depth > DEEPEST:
            return None
        found: list[str] = []
        while (text := self.sequence(depth + 1)) is not None:
            found.append(text.strip())
            if self.at >= len(self.tokens):
                return None  # the bracket is not closed
            self.at += 1
            if self.tokens[self.at - 1]["sign"] == ")":
                return found
        return None

    def command(self, token: re.Match[str], depth: int) -> str | None:
        """Print a command with its options and arguments."""
        name = token["command"].lower()
        options: dict[str, str] = {}
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            if token["sign"] == "(":
                break
            if token["command"]:
                option = token["command"].lower()
                options[option] = token["figure"] or ""
                if option in ("lc", "rc", "bc", "fc", "vc"):  # followed by a bracket or a sign
                    options[option] = self.bracket()
            elif token["literal"] or (token["text"] or "").strip():
                return None
        else:
            return "" if name == "d" else None
        arguments = self.arguments(depth)
        if arguments is None or name not in COMMANDS:
            return None
        return self.printed(name, options, arguments)

    def bracket(self) -> str:
        r"""Read the character that an option such as ``\lc`` names: ``\{`` or ``{``."""
        if self.at >= len(self.tokens):
            return ""
        token = self.tokens[self.at]
        self.at += 1
        return token["literal"] or (token["text"] or token["sign"] or "").strip()[:1]

    def printed(self, name: str, options: dict[str, str], arguments: list[str]) -> str | None:
        """Give what a command prints."""
        match name, arguments:
            case "f", [above, below]:
                return fraction(above, below)
            case "r", [text]:
                return root("", text)
            case "r", [degree, text]:
                return root(degree, text)
            case "s", [text] if "up" in options or "do" in options:
                printed = raised(text) if "up" in options else lowered(text)
                self.shifted[printed] = text
                return printed
            case "s", _:
                return "".join(arguments)
            case "i", [low, high, text]:
                sign = next((INTEGRALS[o] for o in options if o in INTEGRALS), None)
                return operator(
                    sign or options.get("fc") or options.get("vc") or "∫", low, high, text
                )
            case "b", _:
                both = options.get("bc", "")
                begin = options.get("lc", both or ("" if "rc" in options else "("))
                end = options.get("rc", PAIRS.get(both, both) or ("" if "lc" in options else ")"))
                return begin + ",".join(arguments) + end
            case "a", _:
                return "；".join(arguments)
            case "l", _:
                return ",".join(arguments)
            case "x", _:
                return ",".join(arguments)
            case "d", _:
                return "".join(arguments)
            case "o", _:
                return self.overstruck(arguments)
            case _:
                return None

    def overstruck(self, arguments: list[str]) -> str | None:
        """Print characters that are set one over another: ① of ○ and 1, 泖 below its pinyin."""
        plain = [self.shifted.get(text, text) for text in arguments]
        if len(plain) != 2:
            return None
        if RINGS & {*plain}:
            inner = next((text for text in plain if text not in RINGS), "")
            return CIRCLED.get(inner)
        for base, above, printed in zip(plain, plain[::-1], arguments[::-1], strict=True):
            is_above = above != printed and READING.fullmatch(above)
            if is_above and IDEOGRAPHS.fullmatch(base):
                self.readings.append(above)
                return base
        return None


PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">", "（": "）", "〔": "〕", "【": "】"}
