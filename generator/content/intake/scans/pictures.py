"""The pictures of scanned pages: rendered from a PDF, or read from PNG, JPEG and TIFF files."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from generator.content.intake.text import first_line
from generator.runtime.errors import SourceError, reason_of

if TYPE_CHECKING:
    from typing import TypeAlias

    from pypdfium2 import PdfPage

Grey: TypeAlias = "npt.NDArray[np.uint8]"

# pixels an inch: the picture inside a PDF is read at its own resolution within these
LOWEST, HIGHEST = 200, 300
USUAL = 200  # of a picture that does not name its resolution
POINTS = 72  # to the inch
# of the longer side of a picture; A3 at 300 has 4,961, a larger one is reduced
MOST_PIXELS = 5_000
NAMED = (72, 96, 1)  # resolutions that programs write without knowing


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a page: bright paper, dark characters."""

    number: int  # of the sheet, from 1
    grey: Grey
    dpi: float
    finer: float = 1.0  # times that of the scan: a coarse scan gains nothing by that


def pages_of_pdf(path: Path, numbers: Iterable[int]) -> Iterator[Picture]:
    """Render pages of a PDF, each at the resolution of the picture that it holds."""
    from pypdfium2 import PdfDocument

    with closing(PdfDocument(path)) as document:
        for number in numbers:
            with closing(document[number - 1]) as page:
                width, height = page.get_size()
                own = _resolution_of(page)
                dpi = min(max(own, LOWEST), HIGHEST, MOST_PIXELS * POINTS / max(width, height, 1.0))
                with closing(page.render(scale=dpi / POINTS, grayscale=True)) as bitmap:
                    grey = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(
                        bitmap.height, bitmap.width
                    )
            yield Picture(number, grey, dpi, dpi / own)


def _resolution_of(page: PdfPage) -> float:
    """Give the finest resolution among the pictures of a page."""
    import pypdfium2.raw as pdfium

    found = []
    for picture in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE]):
        left, bottom, right, top = picture.get_bounds()
        wide, high = picture.get_px_size()
        if right - left > 1 and top - bottom > 1:
            found.append(max(wide, high) * POINTS / max(right - left, top - bottom))
    return max(found, default=float(USUAL))


def pages_of_files(paths: Iterable[Path]) -> Iterator[Picture]:
    """Read the pictures of files, all frames of a TIFF; they are numbered through."""
    number = 0
    for path in paths:
        try:
            with _opened(path) as image:
                for frame in ImageSequence.Iterator(image):
                    number += 1
                    yield _picture(frame, number)
        except UnidentifiedImageError as error:
            msg = f"{path}:1: 不是能读的 PNG、JPEG 或 TIFF 图片；请重新扫描，或另存后再放入"
            raise SourceError(msg) from error
        except Image.DecompressionBombError as error:
            msg = f"{path}:1: 图片太大；请按 300 dpi 重新扫描，一页一张"
            raise SourceError(msg) from error
        except OSError as error:  # of the disk, or of a file that breaks off
            why = reason_of(error) if error.errno else first_line(error)
            msg = f"{path}:1: 图片读不完（{why}）；请重新扫描或另存这一页"
            raise SourceError(msg) from error
        except (SyntaxError, ValueError, EOFError, TypeError) as error:  # of damaged files
            msg = f"{path}:1: 图片已损坏（{first_line(error)}）；请重新扫描或另存这一页"
            raise SourceError(msg) from error


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a picture without Pillow's warnings, which name no file; what fails raises an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path) as image:
            yield image


def count_frames(paths: Iterable[Path]) -> int:
    """Count the pages in files of pictures; a file that cannot be read counts as one."""
    count = 0
    for path in paths:
        try:
            with _opened(path) as image:
                count += int(getattr(image, "n_frames", 1))
        except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
            count += 1
    return count


def _picture(frame: Image.Image, number: int) -> Picture:
    named = frame.info.get("dpi", (0, 0))
    dpi = float(named[0]) if isinstance(named, tuple) and named else 0.0
    upright = ImageOps.exif_transpose(frame)
    if "A" in upright.getbands() or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, "white")
        paper.alpha_composite(upright.convert("RGBA"))
        upright = paper
    if upright.mode.startswith(("I", "F")):  # 16 bits to a pixel: convert() would only cut them
        deep = np.asarray(upright, dtype=np.float64)
        low, high = float(deep.min()), float(deep.max())
        grey = ((deep - low) * (255 / max(high - low, 1.0))).astype(np.uint8)
        upright = Image.fromarray(grey)
    longer = max(upright.size)
    grey_image = upright.convert("L")
    if longer > MOST_PIXELS:
        shrunk = MOST_PIXELS / longer
        grey_image = grey_image.resize(
            (max(1, round(upright.width * shrunk)), max(1, round(upright.height * shrunk)))
        )
        dpi *= shrunk
    if round(dpi) in NAMED or dpi <= 0 or dpi > HIGHEST * 4:
        dpi = USUAL
    return Picture(number, np.asarray(grey_image, dtype=np.uint8), dpi)
