"""Results of engines for OCR and conversion that say where on paper each line stands.

``recognise`` says what a file is, ``read_results`` reads the files of one issue, ``compose`` writes
them as the text of issue.md with layout.json. One module a format.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.content.intake.engines import (
    docling,
    library_xml,
    mineru,
    mineru_tree,
    paddleocr,
    rapidocr,
)
from generator.content.intake.engines.compose import Composed, compose, picture_name
from generator.content.intake.engines.parts import PartName, combine, name_of
from generator.content.intake.engines.result import EngineResult
from generator.runtime.errors import SourceError, reason_of

__all__ = [
    "JSON",
    "XML",
    "Composed",
    "EngineResult",
    "Format",
    "PartName",
    "Recognised",
    "compose",
    "picture_name",
    "read_results",
    "recognise",
]

LARGEST_RESULT = 256_000_000  # bytes of all files of a result
MOST_BLOCKS = 200_000


class Format(NamedTuple):
    """A format in which an engine writes its result; earlier ones are preferred."""

    engine: str
    name: str
    is_this: Callable[[object], bool]


CONTENT_LIST = Format("MinerU", "content_list.json", mineru.is_content_list)
CONTENT_LIST_V2 = Format("MinerU", "content_list_v2.json", mineru.is_content_list_v2)
MIDDLE = Format("MinerU", "middle.json", mineru.is_middle)
MIDDLE_TREE = Format("MinerU", "middle_json.json", mineru_tree.is_middle_tree)
STRUCTURED = Format("MinerU", "structured_content.json", mineru_tree.is_structured_content)
PADDLE = Format("PaddleOCR", "_res.json", paddleocr.is_paddle)
RAPID = Format("RapidOCR", "JSON", rapidocr.is_rapidocr)
DOCLING = Format("docling", "DoclingDocument", docling.is_docling)
HOCR = Format("hOCR", "hOCR", library_xml.is_hocr)
ALTO = Format("ALTO", "ALTO", library_xml.is_alto)
FORMATS: tuple[Format, ...] = (
    CONTENT_LIST,
    CONTENT_LIST_V2,
    MIDDLE,
    MIDDLE_TREE,
    STRUCTURED,
    PADDLE,
    RAPID,
    DOCLING,
    HOCR,
    ALTO,
)
# formats that have a file for each page, or several pages in a file
BY_PAGES: Mapping[Format, Callable[[list[object], str], EngineResult]] = {
    PADDLE: paddleocr.read_paddle,
    RAPID: rapidocr.read_rapidocr,
    HOCR: library_xml.read_hocr,
    ALTO: library_xml.read_alto,
}
JSON = (".json", ".jsonl")
XML = (".xml", ".hocr", ".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file whose format is known."""

    path: Path
    format: Format
    data: object
    part: PartName


def recognise(path: Path) -> list[Recognised]:
    """Say which format a file has; nothing for one that is no result of an engine.

    The answer of a service may hold the results of several documents.
    """
    suffix = path.suffix.lower()
    if suffix not in (*JSON, *XML) or not path.is_file():
        return []
    written = _read(path)
    data: dict[str, object] = {"": written}
    if suffix in JSON:
        data = mineru.unwrapped(_json(written, path))
    found = []
    for name, inner in data.items():
        row = next((row for row in FORMATS if row.is_this(inner)), None)
        if row is None:
            return []
        found.append(Recognised(path, row, inner, name_of(path, name)))
    return found


def _read(path: Path) -> bytes:
    try:
        if (size := path.stat().st_size) > LARGEST_RESULT:
            msg = (
                f"{path}:1: 有 {size:,} 字节，最多读 {LARGEST_RESULT:,} 字节；"
                "请核对是否放错了文件，或分成几期"
            )
            raise SourceError(msg)
        return path.read_bytes()
    except OSError as error:
        msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
        raise SourceError(msg) from error


def _json(data: bytes, path: Path) -> object:
    try:
        decode = msgspec.json.Decoder().decode_lines if path.suffix.lower() == ".jsonl" else None
        return (decode or msgspec.json.decode)(data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError as error:
        msg = f"{path}:1: JSON 里套了太多层，不是识别软件的结果；请核对是否放错了文件"
        raise SourceError(msg) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        msg = f"{path}:1: 不是完整的 JSON 文件，可能没有下载完；请重新导出这个文件"
        raise SourceError(msg) from error


def read_results(found: Sequence[Recognised], source: str) -> tuple[EngineResult, list[Recognised]]:
    """Read the result of one issue; give it with the files that it was read from.

    Several results are the parts of the issue, in the order in which they are given. Raises
    SourceError when the files are of several engines, or not what their format promises.
    """
    engines = list(dict.fromkeys(one.format.engine for one in found))
    if len(engines) > 1:
        msg = f"{source}:1: 里面有几种软件的识别结果（{'、'.join(engines)}）；请只放入其中一种"
        raise SourceError(msg)
    try:
        read, used = _read_all(found, source)
    except msgspec.ValidationError as error:
        place = str(error).rpartition("`")[0].rpartition("`")[2]
        msg = (
            f"{found[0].path}:1: 像是 {engines[0]} 的识别结果，但有一处与它的格式不符（{place}）；"
            "请重新导出，或放入同时得到的 .md 文件"
        )
        raise SourceError(msg) from error
    except RecursionError as error:
        msg = f"{found[0].path}:1: JSON 里套了太多层，读不出；请放入同时得到的 .md 文件"
        raise SourceError(msg) from error
    if len(read.blocks) > MOST_BLOCKS:
        msg = f"{source}:1: 有 {len(read.blocks):,} 块，最多读 {MOST_BLOCKS:,} 块；请分成几期"
        raise SourceError(msg)
    return read, used


def _read_all(found: Sequence[Recognised], source: str) -> tuple[EngineResult, list[Recognised]]:
    if read_pages := BY_PAGES.get(found[0].format):
        ordered = _in_page_order(found)
        return read_pages([one.data for one in ordered], source), ordered
    read = [_read_part(part, source) for part in _parts(found, source)]
    used = [one for _, files in read for one in files]
    if len(read) == 1:
        return read[0][0], used
    return combine([(str(files[0].part), result) for result, files in read]), used


def _parts(found: Sequence[Recognised], source: str) -> list[list[Recognised]]:
    """Group the files by the parts of the issue: of one folder, or with one name in it.

    Raises SourceError where two results are of one document, or are the same.
    """
    best = min(FORMATS.index(one.format) for one in found)
    chosen = [one for one in found if FORMATS.index(one.format) == best]
    if len(chosen) == 1:
        return [[*chosen, *(one for one in found if one is not chosen[0])]]
    names = "、".join(one.path.name for one in chosen)
    if len({str(one.part) for one in chosen}) < len(chosen):
        msg = f"{source}:1: 有几份同名的识别结果（{names}），像是同一份文件识别了几次；请只放入一份"
        raise SourceError(msg)
    if any(one.data == other.data for one, other in pairwise(chosen)):
        msg = f"{source}:1: 有几份内容相同的识别结果（{names}）；请只放入一份"
        raise SourceError(msg)
    folders = Counter(one.part.folder for one in chosen)
    return [
        [
            one,
            *(
                other
                for other in found
                if other.format is not one.format
                and other.part.folder == one.part.folder
                and (folders[one.part.folder] == 1 or other.part == one.part)
            ),
        ]
        for one in chosen
    ]


def _read_part(part: Sequence[Recognised], source: str) -> tuple[EngineResult, list[Recognised]]:
    """Read a part of an issue; the first of its files is the best."""
    best = part[0]
    if best.format is DOCLING:
        return docling.read_docling(best.data, source), [best]
    if best.format is MIDDLE:
        return mineru.read_middle(best.data, source), [best]
    if best.format in (MIDDLE_TREE, STRUCTURED):
        return mineru_tree.read_tree(best.data, source), [best]
    middle = next((one for one in part if one.format is MIDDLE), None)
    read = mineru.read_content_list if best.format is CONTENT_LIST else mineru.read_content_list_v2
    used = [best, middle] if middle else [best]
    return read(best.data, source, middle.data if middle else None), used


def _in_page_order(found: Sequence[Recognised]) -> list[Recognised]:
    """Order files by the pages that they name, else as they are given: by their names."""
    orders = [paddleocr.page_order(one.data) for one in found]  # of other formats: none
    known = [order for order in orders if order is not None]
    if len(known) == len(found) and len(set(known)) == len(known):
        return [one for _, one in sorted(zip(known, found, strict=True), key=lambda pair: pair[0])]
    return list(found)
