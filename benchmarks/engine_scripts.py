"""Programs that an engine's own Python runs: ``python engine_scripts.py NAME SOURCE FOLDER``.

This file imports nothing of the project, for the engines are in virtual environments of their own.
They call the engines where their command lines need models that nothing here uses.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any


def docling(source: Path, out: Path) -> None:
    """Run docling's backend for Word or HTML; its command needs torch, the backends do not."""
    from docling.backend.html_backend import HTMLDocumentBackend
    from docling.backend.msword_backend import MsWordDocumentBackend
    from docling.datamodel.base_models import InputFormat
    from docling.datamodel.document import InputDocument

    is_word = source.suffix == ".docx"
    document: Any = InputDocument(
        path_or_stream=source,
        format=InputFormat.DOCX if is_word else InputFormat.HTML,
        backend=MsWordDocumentBackend if is_word else HTMLDocumentBackend,
        filename=source.name,
    )
    read = document._backend.convert()
    (out / "out.md").write_text(read.export_to_markdown(), "utf-8")
    read.save_as_json(out / "out.json")


def rapidocr(source: Path, out: Path) -> None:
    """Run RapidOCR on each picture of a folder."""
    from rapidocr import RapidOCR

    engine: Any = RapidOCR()
    for path in sorted(source.glob("*.png")):
        lines = engine(path, use_cls=False).to_json() or []
        (out / f"{path.stem}.json").write_text(json.dumps(lines, ensure_ascii=False), "utf-8")


SCRIPTS: Mapping[str, Callable[[Path, Path], None]] = {"docling": docling, "rapidocr": rapidocr}

if __name__ == "__main__":
    SCRIPTS[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
