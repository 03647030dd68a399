"""The characters of Word's symbol fonts, which stand in the text under the codes of other ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from generator.content.intake.text import UNKNOWN


def _row(first: int, characters: str) -> dict[int, str]:
    """Give characters by their codes, from that of the first; a blank stands for none."""
    return {first + n: character for n, character in enumerate(characters) if character != " "}


# what a program shows that has the font; where Unicode has several, the one that is in more fonts
WINGDINGS = (
    _row(0x21, "✏✂✁") | _row(0x28, "☎✆✉") | _row(0x36, "⌛") | _row(0x3E, "✇✍ ✌")
    | _row(0x45, "☜☞☝☟ ☺ ☹ ☠") | _row(0x51, "✈☼ ❄ ✞ ✠✡☪☯ ☸♈♉♊♋♌♍♎♏♐♑♒♓")
    | _row(0x6C, "●❍■□□□❒⬧⧫◆❖⬥☒ ⌘") | _row(0x7D, "“”") | _row(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿")
    | _row(0x9E, "·•▪○◯◯◉◎") | _row(0xA7, "▪□ ✦★✶✴✹✵ ⌖⟡⌑ ✪✰") | _row(0xD5, "⌫⌦")
    | _row(0xD8, "➢") | _row(0xDF, "←→↑↓↖↗↙↘←→↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳") | _row(0xFB, "✗✓☒☑")
)  # fmt: skip
WINGDINGS_2 = (
    _row(0x4F, "✗✓☒☑☒☒") | _row(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿") | _row(0x97, "•●") | {0xA3: "□"}
)  # fmt: skip
WINGDINGS_3 = _row(0x66, "←→↑↓↖↗↙↘") | _row(0x70, "▲▼△▽◀▶◁▷")
WEBDINGS = _row(0x33, "◀▶▲▼") | {0x61: "✓", 0x63: "□", 0x67: "■", 0x6E: "●", 0x72: "✕"}
SYMBOL = (
    _row(0x20, " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾")
    | _row(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼")
    | _row(0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑")
    | _row(0xF1, "〉∫")
)  # fmt: skip
SYMBOL_FONTS: Mapping[str, Mapping[int, str]] = {
    "wingdings": WINGDINGS,
    "wingdings 2": WINGDINGS_2,
    "wingdings 3": WINGDINGS_3,
    "webdings": WEBDINGS,
    "symbol": SYMBOL,
}
PRIVATE_FIRST, PRIVATE_LAST = 0xF020, 0xF0FF  # where Word keeps the codes of symbol fonts


def symbol_of(font: str, code: int) -> str:
    """Give the character of a symbol font at a code, 0xF0A8 or 0xA8; UNKNOWN if none is known."""
    if PRIVATE_FIRST <= code <= PRIVATE_LAST:
        code -= 0xF000
    if code == ord(" "):
        return " "
    return SYMBOL_FONTS.get(font, {}).get(code, UNKNOWN)


def in_symbol_font(font: str, text: str, *, letters: bool = True) -> str:
    """Give a text as it is printed in a symbol font; characters that such a font lacks stay.

    Without ``letters`` only the characters for private use are in the font.
    """

    def is_symbol(character: str) -> bool:
        return "\uf020" <= character <= "\uf0ff" or (letters and character < "\u0100")

    return "".join(symbol_of(font, ord(c)) if is_symbol(c) else c for c in text)


def _circled() -> dict[str, str]:
    """Find the characters that Unicode has in a circle: 1 → ①, 密 is none of them."""
    found: dict[str, str] = {}
    for first, last in ((0x2460, 0x24FF), (0x3200, 0x32FF)):
        for code in range(first, last + 1):
            kind, _, inner = unicodedata.decomposition(chr(code)).partition(" ")
            if kind == "<circle>":
                found.setdefault("".join(chr(int(each, 16)) for each in inner.split()), chr(code))
    return found


CIRCLED: Mapping[str, str] = _circled()
