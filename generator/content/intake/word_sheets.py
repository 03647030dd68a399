"""The cells of an Excel sheet that is embedded in a Word document, as the document shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TypeAlias

from generator.content.intake.word_package import UNREADABLE, Budget, Package, open_bytes
from generator.content.intake.word_xml import Node, R, name_of
from generator.runtime.errors import SourceError
from generator.runtime.patterns import lazy_regex

Rows: TypeAlias = tuple[tuple[str, ...], ...]

REFERENCE = lazy_regex(r"\$?(?P<letters>[A-Z]{1,3})\$?(?P<row>[0-9]{1,7})")
MOST_ROWS, MOST_COLUMNS = 2_000, 60
ZIP = b"PK\x03\x04"
# formats that every program knows by their numbers
KNOWN_FORMATS = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 49: "@",
}  # fmt: skip
NUMBER = lazy_regex(r"(?P<thousands>#,##)?0(?:\.(?P<decimals>0{1,9}))?[_)\s]*(?P<percent>%)?")
DATE = lazy_regex(r"yyyy(?P<year>年|/|-)m{1,2}(?P<month>月|/|-)d{1,2}(?P<day>日)?", re.IGNORECASE)
QUOTED = lazy_regex(r'"([^"]*)"|\\(.)|\[\$[^\]]*\]|;@$')
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a calendar, of no zone


def sheet_rows(data: bytes, path: str, budget: Budget) -> tuple[Rows, str]:
    """Give the cells that a sheet shows, and a reason for doubt; no rows where it is unreadable."""
    if not data.startswith(ZIP):
        return (), "旧的 .xls 格式"
    try:
        package = open_bytes(data, path)
        if not budget.spend(sum(part.file_size for part in package.archive.infolist())):
            return (), "太大"
        rows, doubt = _SheetReader(package).read()
    except (*UNREADABLE, SourceError):
        return (), "文件损坏"
    return rows, doubt if rows else "没有数据"


class _SheetReader:
    """Reads the sheet that a workbook shows."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.book = package.root(package.main)
        self.related = package.related(package.main)
        self.doubts: dict[str, None] = {}

    def read(self) -> tuple[Rows, str]:
        sheets = [node for node in _below(self.book) if name_of(node) == "sheet"]
        view = next((node for node in _below(self.book) if name_of(node) == "workbookView"), None)
        active = int((view.get("activeTab") if view is not None else None) or 0)
        sheet = sheets[active] if active < len(sheets) else sheets[0]
        if len([node for node in sheets if node.get("state") not in ("hidden", "veryHidden")]) > 1:
            self.doubts["工作簿里还有别的工作表"] = None
        root = self.package.root(self.related[sheet.get(R + "id") or ""].name)
        shown = next(
            (node.get("ref") for node in _below(self.book) if name_of(node) == "oleSize"), None
        )
        cells = dict(self.cells(root))
        rows = _grid(cells, shown)
        if any(name_of(node) == "mergeCell" for node in _below(root)):
            self.doubts["有合并单元格"] = None
        return rows, "、".join(self.doubts)

    def cells(self, root: Node) -> Iterator[tuple[tuple[int, int], str]]:
        """Give the texts of the cells by row and column, from 1."""
        strings = self.strings()
        formats = self.formats()
        for cell in (node for node in _below(root) if name_of(node) == "c"):
            place = REFERENCE.fullmatch(cell.get("r") or "")
            if place is None:
                continue
            value = next((node.text or "" for node in cell if name_of(node) == "v"), "")
            match cell.get("t"):
                case "s":
                    text = strings[int(value)]
                case "inlineStr":
                    text = _text(cell)
                case "str" | "e":
                    text = value
                case "b":
                    text = "TRUE" if value == "1" else "FALSE"
                case _:
                    text = self.number(value, formats.get(cell.get("s") or "0", "General"))
            yield (int(place["row"]), _column(place["letters"])), " ".join(text.split())

    def strings(self) -> Sequence[str]:
        """Read the shared strings of the workbook."""
        root = self.part("sharedStrings")
        return [_text(node) for node in root if name_of(node) == "si"] if root is not None else []

    def formats(self) -> Mapping[str, str]:
        """Read the number format of each cell style."""
        root = self.part("styles")
        if root is None:
            return {}
        codes: dict[int, str] = dict(KNOWN_FORMATS)
        for node in _below(root):
            if name_of(node) == "numFmt":
                codes[int(node.get("numFmtId") or 0)] = node.get("formatCode") or "General"
        styles = next((node for node in root if name_of(node) == "cellXfs"), ())
        used = [int(node.get("numFmtId") or 0) for node in styles]
        return {str(n): codes.get(number, "?") for n, number in enumerate(used)}

    def part(self, kind: str) -> Node | None:
        found = next((each for each in self.related.values() if each.kind == kind), None)
        return self.package.root(found.name) if found and found.name else None

    def number(self, value: str, code: str) -> str:
        """Write a number in its format; in a format that is not known as it is stored, a doubt."""
        if not value:
            return ""
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        plain = QUOTED.sub(lambda found: found[1] or found[2] or "", code.split(";")[0])
        if plain in ("General", "@", "G/通用格式"):
            return f"{float(number):.10g}" if "." in value or "E" in value.upper() else value
        if found := NUMBER.fullmatch(plain):
            if found["percent"]:
                number *= 100
            digits = len(found["decimals"] or "")
            rounded = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
            comma = "," if found["thousands"] else ""
            return f"{rounded:{comma}.{digits}f}{found['percent'] or ''}"
        if (found := DATE.fullmatch(plain)) and 0 < number < 100_000:
            day = FIRST_DAY + timedelta(days=int(number))
            return (
                f"{day.year}{found['year']}{day.month}{found['month']}{day.day}{found['day'] or ''}"
            )
        self.doubts[f"数字格式 {code} 没有照样写出"] = None
        return value


def _grid(cells: Mapping[tuple[int, int], str], shown: str | None) -> Rows:
    """Put cells into rows: those that the document shows, or all that are filled."""
    filled = [place for place, text in cells.items() if text]
    if not filled:
        return ()
    rows, columns = zip(*filled, strict=True)
    first, last = (min(rows), min(columns)), (max(rows), max(columns))
    ends = [REFERENCE.fullmatch(end) for end in (shown or "").split(":")]
    places = [(int(end["row"]), _column(end["letters"])) for end in ends if end]
    if places:
        first = (max(min(rows), places[0][0]), max(min(columns), places[0][1]))
        last = (min(max(rows), places[-1][0]), min(max(columns), places[-1][1]))
    wide = range(first[1], min(last[1], first[1] + MOST_COLUMNS - 1) + 1)
    high = range(first[0], min(last[0], first[0] + MOST_ROWS - 1) + 1)
    grid = (tuple(cells.get((row, column), "") for column in wide) for row in high)
    return tuple(row for row in grid if any(row))


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _text(node: Node) -> str:
    """Give the text of a string, without the readings (rPh) that East Asian strings may have."""
    texts = (node.text or "") if name_of(node) == "t" else ""
    return texts + "".join(_text(part) for part in node if name_of(part) != "rPh")


def _below(node: Node) -> Iterator[Node]:
    for part in node:
        yield part
        yield from _below(part)
