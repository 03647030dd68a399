"""The text of a Word paragraph: its runs, fields, formulas, notes, and what is within them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.content.intake.linear_math import touches
from generator.content.intake.text import (
    BREAKS,
    PRIVATE,
    UNKNOWN,
    flat_text,
    lifted,
    protected,
)
from generator.content.intake.word_fields import Printed, print_field, print_form_field
from generator.content.intake.word_formulas import is_doubtful, linear, mathml
from generator.content.intake.word_losses import Losses
from generator.content.intake.word_objects import Box, look_into
from generator.content.intake.word_package import Budget, Package
from generator.content.intake.word_sheets import Rows
from generator.content.intake.word_styles import (
    DEFAULTS,
    LIFTS,
    Style,
    is_struck,
    private_font_of,
    symbol_font_of,
)
from generator.content.intake.word_symbols import in_symbol_font, symbol_of
from generator.content.intake.word_xml import (
    Node,
    W,
    attribute_of,
    chosen_alternative,
    name_of,
    switch,
    words_of,
)
from generator.runtime.patterns import lazy_regex

PAGE = "\f"  # a page break; XML text cannot contain this character
NOTES = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
# what holds no text of a paragraph
LEFT_OUT = frozenset({"pPr", "rPr", "sdtPr", "moveFrom", "Fallback", "fldData", "delText"})
DRAWINGS = frozenset({"drawing", "pict", "object"})
MOST_FIELDS = 100  # in each other; of a damaged document the first ones are forgotten
FRACTION = lazy_regex(r"[^\W_]{1,20}/")

Piece = tuple[str, str]


@dataclass(slots=True)
class _Field:
    """A field that has begun and not ended."""

    code: str = ""
    typed: str = ""  # text between begin and separator, which Word does not print
    in_result: bool = False
    printed: Printed | None = None  # what the code prints, if it is a field of that sort
    result: str = ""  # of such a field
    has_text: bool = False
    data: Node | None = None  # of a field of a form


@dataclass(slots=True)
class RunReader:
    """Reads the pieces of text of paragraphs, and keeps what floats beside them."""

    package: Package
    styles: Mapping[str, Style]
    notes: Mapping[tuple[str, str], Node]
    losses: Losses
    budget: Budget
    note_count: int = 0
    waiting: list[str] = field(default_factory=list)  # notes of the block that is being read
    boxes: list[tuple[bool, Box]] = field(default_factory=list)  # of the paragraph; above its text?
    sheets: list[Rows] = field(default_factory=list)  # of the paragraph
    fields: list[_Field] = field(default_factory=list)
    base: Style = field(default_factory=Style)  # of the paragraph
    table: Style = field(default_factory=Style)  # of the table around it
    has_text: bool = False
    last: str = ""  # the last piece of text
    is_after_formula: bool = False  # whether that is a formula

    def text(self, paragraph: Node, style: Style) -> str:
        """Give the text of a paragraph, without its printed number."""
        self.base, self.has_text = style, False
        self.last, self.is_after_formula = "", False
        text = lifted(self.pieces(paragraph, ""))
        broken = [each for each in self.fields if not each.in_result or each.printed]
        for each in broken:  # a field without its end must not swallow what follows
            self.fields.remove(each)
            text += each.typed + each.result
            self.losses.lose("field", each.code)
        return text

    def pieces(self, parent: Node, lift: str) -> Iterator[Piece]:
        """Give the pieces of text, each with its lift: sub, sup or ""."""
        for node in parent:
            match name_of(node):
                case "t":
                    yield from self.emit(protected(BREAKS.sub(" ", node.text or "")), lift)
                case "r":
                    yield from self.run(node, lift)
                case "tab" | "ptab":
                    yield from self.emit("\t", "")
                case "cr":
                    yield from self.emit("\n", "")
                case "br":
                    is_line = node.get(W + "type") in (None, "textWrapping")
                    yield from self.emit("\n" if is_line else PAGE, "")
                case "noBreakHyphen":
                    yield from self.emit("-", lift)
                case "sym":
                    yield from self.emit(self.symbol(node), lift)
                case "footnoteReference" | "endnoteReference" as kind:
                    yield from self.emit(self.reference(node, NOTES[kind]), "")
                case "fldChar":
                    yield from self.field_mark(node, lift)
                case "instrText" if self.fields and not self.fields[-1].in_result:
                    self.fields[-1].code += node.text or ""
                case "fldSimple":
                    yield from self.simple_field(node, lift)
                case "oMath" | "oMathPara":
                    yield from self.emit(self.beside(self.formula(node)), "")
                    self.is_after_formula = True
                case "rt":
                    self.losses.lose("reading", words_of(node, "t"))
                case "del":
                    self.losses.lose("deleted", words_of(node, "delText", "t"))
                case "AlternateContent":
                    yield from self.pieces(chosen_alternative(node), lift)
                case name if name in DRAWINGS:
                    yield from self.emit(self.drawing(node), lift)
                case name if name not in LEFT_OUT:
                    yield from self.pieces(node, lift)
                case _:
                    continue

    def emit(self, text: str, lift: str) -> Iterator[Piece]:
        """Give a text where it is printed: in a field it may be part of the code or the result."""
        if not text:
            return
        for each in reversed(self.fields):
            if not each.in_result:
                each.typed += text
                each.code += text
                return
            if each.printed:
                each.result += text
                return
            each.has_text = True
        self.has_text = self.has_text or not text.isspace()
        self.losses.is_apart = True
        self.last, self.is_after_formula = text, False
        yield text, lift

    def beside(self, formula: str) -> str:
        """Put a fraction into brackets where it would run into the number before it: 2(1/2)."""
        if self.is_after_formula:
            return f" {formula}"
        return f"({formula})" if touches(self.last) and FRACTION.match(formula) else formula

    def run(self, node: Node, lift: str) -> Iterator[Piece]:
        """Give the text of a run, unless it is hidden or struck out."""
        style = self.styles.get(attribute_of(node, "rPr/rStyle") or "-") or Style()
        default = self.styles.get(DEFAULTS) or Style()
        hides, strikes = switch(node, "rPr/vanish"), is_struck(node)
        if hides is None:
            hides = default.hides or self.base.hides ^ style.hides ^ self.table.hides
        if strikes is None:
            strikes = default.strikes or self.base.strikes ^ style.strikes ^ self.table.strikes
        if hides or strikes:
            if words := words_of(node, "t"):
                self.losses.lose("hidden" if hides else "struck", words)
            if strikes and not hides and any(name_of(part) in DRAWINGS for part in node):
                self.losses.lose("picture")
            for part in node:  # the marks of fields belong to the text around the run
                if name_of(part) == "fldChar":
                    yield from self.field_mark(part, lift)
                elif name_of(part) == "instrText" and self.fields and not self.fields[-1].in_result:
                    self.fields[-1].code += part.text or ""
            return
        font = symbol_font_of(node)
        if font is None:
            font = self.base.font if style.font is None else style.font
        lift = self.lift(node, style) or lift
        pieces = self.pieces(node, lift)
        # characters for private use are symbols even where the font is that of ideographs
        private = font or private_font_of(node)
        if not private:
            yield from pieces
            return
        for text, own in pieces:
            plain = text.replace("&lt;", "<").replace("&amp;", "&")
            shown = protected(in_symbol_font(private, plain, letters=bool(font)))
            if UNKNOWN in shown and UNKNOWN not in text:
                codes = " ".join(f"{ord(c):X}" for c in plain)
                self.losses.lose("symbol", f"{private} {codes}")
            yield shown, own

    def lift(self, run: Node, style: Style) -> str:
        """Give the lift of a run: sub or sup, or "" if the run is on the line or names none."""
        own = attribute_of(run, "rPr/vertAlign")
        return style.lift if own is None else LIFTS.get(own, "")

    def symbol(self, node: Node) -> str:
        """Give the character of a symbol."""
        font, code = (node.get(W + "font") or "").lower(), node.get(W + "char") or ""
        number = int(code, 16) if code else 0
        symbol = symbol_of(font, number)
        if symbol == UNKNOWN and 0x20 < number < 0x110000:
            symbol = chr(number)
            if PRIVATE.match(symbol) or "\ud800" <= symbol <= "\udfff":
                symbol = UNKNOWN
        if symbol == UNKNOWN:
            self.losses.lose("symbol", f"{font} {code}")
        return symbol

    def formula(self, node: Node) -> str:
        """Give a formula in one line."""
        parts = [node] if name_of(node) == "oMath" else list(_formulas(node))
        texts = [linear(part).strip() for part in parts]
        for part, text in zip(parts, texts, strict=True):
            self.losses.draw(text, mathml(part))
        text = "\n".join(texts)
        if is_doubtful(node) or not text:
            self.losses.lose("formula", text)
        return text

    def drawing(self, node: Node) -> str:
        """Keep what a drawing or an object holds; give the words that stand in the line."""
        found = look_into(node, self.package, self.budget)
        self.boxes += [(not self.has_text, box) for box in found.boxes]
        self.sheets += [found.rows] if found.rows else []
        for kind, words in found.losses:
            self.losses.lose(kind, words)
        return protected(found.words)

    def reference(self, node: Node, kind: str) -> str:
        """Give the mark of a note, and keep the note for the end of the block."""
        note = self.notes.get((kind, node.get(W + "id") or ""))
        if node.get(W + "customMarkFollows") in ("1", "true", "on"):
            mark = ""  # the text has a mark of its own
        else:
            self.note_count += 1
            mark = f"[{self.note_count}]"
        if note is not None:
            base, has_text, fields = self.base, self.has_text, self.fields
            self.fields = []
            texts = [self.text(each, self.style(each)) for each in note.iter(W + "p")]
            self.base, self.has_text, self.fields = base, has_text, fields
            if text := flat_text("\n".join(texts)):
                self.waiting.append(f"{mark} {text}".strip())
        return mark

    def style(self, paragraph: Node) -> Style:
        """Give the style of a paragraph; the default style if it names none."""
        name = attribute_of(paragraph, "pPr/pStyle") or ""
        return self.styles.get(name) or self.styles.get("") or Style()

    # ---- fields

    def field_mark(self, node: Node, lift: str) -> Iterator[Piece]:
        """Begin a field, begin its result, or end it."""
        match node.get(W + "fldCharType"):
            case "begin":
                self.fields = [*self.fields[-MOST_FIELDS:], _Field(data=node.find(f"{W}ffData"))]
            case "separate" if self.fields:
                self.fields[-1].in_result = True
                self.fields[-1].printed = print_field(self.fields[-1].code)
            case "end" if self.fields:
                ended = self.fields.pop()
                if not ended.in_result:
                    ended.printed = print_field(ended.code)
                yield from self.emit(self.printed(ended), lift)
            case _:
                return

    def simple_field(self, node: Node, lift: str) -> Iterator[Piece]:
        """Give what a field prints whose code is an attribute."""
        code = node.get(W + "instr") or ""
        self.fields.append(_Field(code, in_result=True, printed=print_field(code)))
        yield from self.pieces(node, lift)
        if self.fields:
            yield from self.emit(self.printed(self.fields.pop()), lift)

    def printed(self, ended: _Field) -> str:
        """Give what a field prints by its code; its result was given where it stands."""
        if ended.printed:
            for reading in ended.printed.readings:
                self.losses.lose("reading", reading)
            if ended.printed.text is not None:
                return self.beside(ended.printed.text)
            if not ended.result:
                self.losses.lose("field", ended.code)
            return ended.result
        return "" if ended.has_text or ended.data is None else print_form_field(ended.data)


def _formulas(node: Node) -> Iterator[Node]:
    return (part for part in node if name_of(part) == "oMath")
