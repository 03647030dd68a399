"""Older and other formats of texts → .docx, by LibreOffice where it is installed.

LibreOffice is a program of its own: it runs with a profile and a folder that last for one file.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.content.intake.taken import Loss, Taken
from generator.content.intake.word_package import ENCRYPTED, LOOKED_AT, OLE
from generator.runtime.errors import SourceError, reason_of
from generator.runtime.patterns import lazy_regex

PROGRAMS = ("soffice", "libreoffice")
# where the installers of Windows and macOS put it; they do not make it a command
INSTALLED = (
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
TIMEOUT = 180  # seconds; a long document takes some ten
WAY_OUT = "请用 Word 或 WPS 打开，另存为 .docx 再放入"
ZIP = b"PK\x03\x04"
# what a file is that has another suffix than its content
WORD_STREAM = "WordDocument".encode("utf-16-le")  # in the directory of a .doc, and of a .wps
RTF = b"{\\rtf"
WORD_XML = b"Word.Document"  # the program that a .doc of XML (Word 2003) names
# what a file of a suffix begins with; LibreOffice would take anything else for a text
BEGINS: dict[str, tuple[bytes, ...]] = {".odt": (ZIP,), ".ott": (ZIP,), ".rtf": (RTF,)}
OF_WORD = (OLE, RTF)
HTML = lazy_regex(rb"\s*(?:<!doctype html|<html\b|<\?xml[^>]{0,200}>\s*<html\b)", re.IGNORECASE)
VERSION = lazy_regex(r"\d+(?:\.\d+)+")


def find_office() -> str:
    """Give the path of LibreOffice; "" where it is not installed."""
    return next((path for name in (*PROGRAMS, *INSTALLED) if (path := shutil.which(name))), "")


def fault_of_office_file(path: Path) -> str:
    """Say why a file cannot be converted and what to do about it; "" if it can be."""
    suffix = path.suffix.lower()
    data = _start_of(path)
    if HTML.match(data.removeprefix(b"\xef\xbb\xbf")):
        return f"后缀是 {suffix}，其实是网页（HTML）；请把后缀改为 .html 再放入，或{WAY_OUT[1:]}"
    if _is_docx(data):
        return ""
    if ENCRYPTED in data:
        return f"有密码；请去掉密码，{WAY_OUT}"
    is_xml = data.lstrip().startswith(b"<?xml") and WORD_XML in data[:4_000]
    if not data.startswith(BEGINS.get(suffix, OF_WORD)) and not is_xml:
        return f"不是能读的 {suffix} 文件，可能已经损坏，或者后缀不对；{WAY_OUT}"
    if not find_office():
        return (
            f"是 {suffix} 文件，要由 LibreOffice 转换，这台电脑没有安装；"
            f"{WAY_OUT}，或者安装 LibreOffice"
        )
    return ""


def convert_office(path: Path) -> Taken:
    """Convert a .doc, .wps, .rtf or .odt file; SourceError when it cannot be.

    A file that is a .docx under another name is read as such. What LibreOffice converts may have
    other automatic numbers than Word prints: a loss above the first line says so.
    """
    from generator.content.intake.word import convert_docx

    if fault := fault_of_office_file(path):
        msg = f"{path}:1: {fault}"
        raise SourceError(msg)
    if _is_docx(_start_of(path)):
        return convert_docx(path)
    with TemporaryDirectory(prefix="gazette-") as scratch:
        try:
            data = path.read_bytes()
        except OSError as error:
            msg = f"{path}:1: 读不出（{reason_of(error)}）；请检查这个文件"
            raise SourceError(msg) from error
        made = _to_docx(data, path.suffix.lower(), Path(scratch))
        if made is None:
            msg = f"{path}:1: LibreOffice 转换不了；{WAY_OUT}"
            raise SourceError(msg)
        try:
            taken = convert_docx(made, path)
        except SourceError as error:
            msg = f"{path}:1: LibreOffice 转换的结果读不出；{WAY_OUT}"
            raise SourceError(msg) from error
    warning = Loss(0, 0, "numbering", path.suffix.lower())
    return replace(taken, engine=_engine(), losses=(warning, *taken.losses))


def docx_of(data: bytes, suffix: str) -> bytes | None:
    """Give a file as .docx; None where LibreOffice is not installed or cannot convert it."""
    if not find_office():
        return None
    with TemporaryDirectory(prefix="gazette-") as scratch:
        made = _to_docx(data, suffix, Path(scratch))
        return made.read_bytes() if made else None


def _to_docx(data: bytes, suffix: str, scratch: Path) -> Path | None:
    # a .wps of WPS Office is a .doc; by its suffix LibreOffice takes it for one of Microsoft Works
    if data.startswith(OLE) and WORD_STREAM in data:
        suffix = ".doc"
    source = scratch / f"source{suffix}"
    source.write_bytes(data)
    target = scratch / "made"
    command = [
        find_office(),
        f"-env:UserInstallation={(scratch / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck",
        "--convert-to", "docx", "--outdir", str(target), str(source),
    ]  # fmt: skip
    _run(command, scratch)
    made = target / "source.docx"
    return made if made.is_file() else None


def _run(command: list[str], folder: Path) -> None:
    """Run a program and all that it starts, for a limited time."""
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return
    try:
        process.wait(TIMEOUT)
    except subprocess.TimeoutExpired:
        if hasattr(os, "killpg"):  # the script of LibreOffice starts the program itself
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()


def _engine() -> str:
    """Give the name and the version of LibreOffice."""
    try:
        said = subprocess.run(
            [find_office(), "--version"], capture_output=True, text=True, timeout=60, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        said = ""
    found = VERSION.search(said)
    return f"LibreOffice {found[0]}" if found else "LibreOffice"


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LOOKED_AT)
    except OSError:
        return b""


def _is_docx(data: bytes) -> bool:
    return data.startswith(ZIP) and b"word/" in data
