"""The pictures of an issue's sheets: drawn from its PDF or scans, masked, in two sizes.

A picture is made again only if what it is made of changed: its key is a digest of the file, of the
page in it, of its masks, and of the code that draws. The keys and the digests of the pictures are
in a manifest of the site, so that a restored site spares a build all drawing.
"""

from __future__ import annotations

import io
import logging
import shutil
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError, features
from PIL import __version__ as pillow_version

from generator.language.personal_numbers import PLAIN, personal_numbers
from generator.model import Box, Issue
from generator.model.sheets import Sheet
from generator.runtime.digests import content_key, digest
from generator.runtime.places import Places
from generator.site import manifest, records
from generator.site.drawn_sheets import Drawn, Picture
from generator.site.swap import keep

log = logging.getLogger(__name__)
LARGE, SMALL = 1600, 800  # pixels across
# of 8 pages, printed and scanned: at 45 a scan of 1600 px has about 240 KB and stays sharp; printed
# pages in a few colours are smaller still without loss (docs/performance.md)
QUALITY, METHOD, COLOURS = 45, 4, 16
MOST_PIXELS = 180_000_000  # of a scan: A3 at 1200 dpi has 278 million, at 600 dpi 70 million
TALLEST = 5  # times as high as wide; more is no sheet of paper
MASK = (176, 172, 166)
FORMAT_AT, EXACT = slice(12, 16), b"VP8L"  # in a file of WebP: how it is encoded
PDF = ".pdf"


def draw_sheets(issue: Issue, places: Places, aside: Path) -> Drawn:
    """Draw the sheets of an issue into the folder ``aside``, or take their pictures over.

    1. Same files, same masks, same pictures, to the byte; without the time or the place of a scan.
    2. What a mask covers is painted over before the picture gets its size: nothing of it remains.
    3. A file that cannot be read gets a warning, and its sheets have no picture.
    4. A personal number that a PDF has and the text of the issue has not is painted over, too.
    """
    name, sheets, content, site = issue.name, issue.sheets, places.content, places.site
    public = _numbers(issue.source.text) if sheets else frozenset()
    shutil.rmtree(aside, ignore_errors=True)
    own = manifest.sheets_manifest(name)
    before = records.read(site / own, dict[str, Picture]) or {}
    kept: dict[str, Picture] = {}
    missing: dict[str, list[Sheet]] = defaultdict(list)
    sums: dict[str, bytes] = {}
    keys: dict[str, str] = {}
    for sheet in sheets:
        if sheet.is_withheld:
            continue
        file = sheet.picture.file
        if file not in sums:
            sums[file] = content_key(content / name / file)
        keys[sheet.name] = _key(sheet, sums[file], public)
        old = before.get(sheet.name)
        if old and old.key == keys[sheet.name] and _is_whole(site / name, sheet, old):
            kept[sheet.name] = old
            keep(site / name, aside, [sheet.large, sheet.small])
        else:
            missing[file].append(sheet)
    for file, wanted in missing.items():
        for sheet, image in _images(content / name / file, wanted, public):
            kept[sheet.name] = _write(image, sheet, aside, keys[sheet.name])
    shown = [sheet for sheet in sheets if sheet.is_withheld or sheet.name in kept]
    records.write(places.staged / own, dict(sorted(kept.items())))
    sizes = {sheet: (picture.width, picture.height) for sheet, picture in kept.items()}
    files = tuple(path for s in shown if s.name in kept for path in (s.large, s.small))
    return Drawn(tuple(shown), sizes, files, aside)


def _numbers(text: str) -> frozenset[str]:
    """Give the personal numbers of a text, their digits alone."""
    found = (number for line in text.splitlines() for _, _, number in personal_numbers(line))
    return frozenset(map(_digits, found))


def _digits(number: str) -> str:
    return "".join(char for char in number.translate(PLAIN) if char.isalnum())


def _key(sheet: Sheet, data: bytes, public: frozenset[str]) -> str:
    code = Path(__file__).read_bytes()
    versions = (pillow_version, features.version("webp") or "", f"{pdfium.PDFIUM_INFO}")
    return digest(
        code, *versions, data, str(sheet.picture.frame), repr(sheet.masks), *sorted(public)
    )


def _is_whole(folder: Path, sheet: Sheet, picture: Picture) -> bool:
    """Whether the pictures of the existing site are those that were written."""
    for path, wanted in zip((sheet.large, sheet.small), picture.digests, strict=True):
        file = folder / path
        if not file.is_file() or digest(file.read_bytes()) != wanted:
            return False
    return True


def _images(
    path: Path, sheets: Sequence[Sheet], public: frozenset[str]
) -> Iterator[tuple[Sheet, Image.Image]]:
    """Draw sheets of one file; those that cannot be read are left out, with a warning."""
    try:
        if path.suffix.lower() == PDF:
            yield from _pages(path, sheets, public)
        else:
            yield from _scans(path, sheets)
    except (
        OSError,
        ValueError,
        SyntaxError,  # a broken PNG
        MemoryError,
        EOFError,
        pdfium.PdfiumError,
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        log.warning("%s: 不能画成原页图片（%s），网站上没有它；请换一份完好的", path, error)


def _pages(
    path: Path, sheets: Sequence[Sheet], public: frozenset[str]
) -> Iterator[tuple[Sheet, Image.Image]]:
    pdf = pdfium.PdfDocument(path)
    try:
        for sheet in sheets:
            if not 1 <= sheet.picture.frame <= len(pdf):
                log.warning("%s: 没有第%d页，网站上没有这一页的图片", path, sheet.picture.frame)
                continue
            page = pdf[sheet.picture.frame - 1]
            width, height = page.get_size()
            if width <= 0 or not 0 < height <= TALLEST * width:
                log.warning("%s: 第%d页的尺寸不像纸张，不登图片", path, sheet.picture.frame)
                continue
            bitmap = page.render(scale=LARGE / width)
            image = bitmap.to_pil().convert("RGB")
            bitmap.close()
            if hidden := _not_public(page, public):
                log.warning(
                    "%s: 第%d页有文本里没有的身份证号、手机号或账号，原页图片上已遮住",
                    path,
                    sheet.picture.frame,
                )
            yield sheet, _masked(image, hidden)
            page.close()
    finally:
        pdf.close()


def _not_public(page: pdfium.PdfPage, public: frozenset[str]) -> list[Box]:
    """Give the places of the personal numbers on a page that the text of the issue lacks.

    An editor may have covered them in the text, which a picture of the page would undo.
    """
    text = page.get_textpage()
    try:
        lines = text.get_text_range().splitlines()
        found = {
            number
            for line in lines
            for _, _, number in personal_numbers(line)
            if _digits(number) not in public
        }
        if found and page.get_rotation():
            return [(0.0, 0.0, 1.0, 1.0)]  # PDFium gives places as they are before they are turned
        return [box for number in sorted(found) for box in _places(page, text, number)]
    finally:
        text.close()


def _places(page: pdfium.PdfPage, text: pdfium.PdfTextPage, words: str) -> Iterator[Box]:
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    search = text.search(words)
    while match := search.get_next():
        first, count = match
        boxes = [text.get_charbox(n, loose=True) for n in range(first, first + count)]
        yield (
            (min(box[0] for box in boxes) - left) / width,
            (top - max(box[3] for box in boxes)) / height,
            (max(box[2] for box in boxes) - left) / width,
            (top - min(box[1] for box in boxes)) / height,
        )


def _scans(path: Path, sheets: Sequence[Sheet]) -> Iterator[tuple[Sheet, Image.Image]]:
    with _no_bombs(), Image.open(path) as opened:
        for sheet in sheets:
            opened.seek(sheet.picture.frame - 1)
            width, height = opened.size
            if width * height > MOST_PIXELS or height > TALLEST * width:
                log.warning("%s: 有 %d×%d 点，不像一页纸，不登图片", path, width, height)
                continue
            turned = ImageOps.exif_transpose(opened)
            yield sheet, _on_white(turned)


def _on_white(image: Image.Image) -> Image.Image:
    """Give a picture in plain colours; what is transparent becomes paper."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        image = ImageOps.autocontrast(image.convert("F").point(lambda v: v / 256).convert("L"))
    if "A" in image.getbands() or "transparency" in image.info:
        clear = image.convert("RGBA")
        paper = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(paper, clear).convert("RGB")
    return image.convert("RGB")


@contextmanager
def _no_bombs() -> Iterator[None]:
    """Refuse a picture that would fill the memory, where Pillow only warns."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd metadata
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _write(image: Image.Image, sheet: Sheet, aside: Path, key: str) -> Picture:
    """Write the two pictures of a sheet; give what the site knows of them."""
    drawn = _masked(image, sheet.masks)
    small_image, large_image = _sized(drawn, SMALL), _sized(drawn, LARGE)
    # the way that is better for the smaller one is so for the larger one: a fourth of the time
    small = min(_exact(small_image), _lossy(small_image), key=len)
    large = _exact(large_image) if small[FORMAT_AT] == EXACT else _lossy(large_image)
    for path, data in ((sheet.large, large), (sheet.small, small)):
        target = aside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return Picture(key, *large_image.size, (digest(large), digest(small)))


def _masked(image: Image.Image, masks: Sequence[Box]) -> Image.Image:
    if not masks:
        return image
    image = image.copy()
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in masks:
        corners = (left * image.width, top * image.height)
        draw.rectangle((*corners, right * image.width, bottom * image.height), fill=MASK)
    return image


def _sized(image: Image.Image, width: int) -> Image.Image:
    """Give a picture of a width, or as it is, if it has fewer pixels."""
    if image.width <= width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _lossy(image: Image.Image) -> bytes:
    return _webp(image, lossless=False, quality=QUALITY, method=METHOD)


def _exact(image: Image.Image) -> bytes:
    """Encode a picture in a few colours, without loss: a page that was never on paper."""
    few = image.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    return _webp(few.convert("RGB"), lossless=True, quality=QUALITY, method=METHOD - 2)


def _webp(image: Image.Image, *, lossless: bool, quality: int, method: int) -> bytes:
    buffer = io.BytesIO()
    image.save(
        buffer, "WEBP", lossless=lossless, quality=quality, method=method,
        exif=b"", icc_profile=b"", xmp=b"",
    )  # fmt: skip
    return buffer.getvalue()
