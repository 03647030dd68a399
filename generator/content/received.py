"""What an issue was made of: the files as they were handed in, and what read them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from generator.content.documents import DOCUMENTS
from generator.content.intake import CONVERTED, PAGES, SOURCES, page_files
from generator.content.intake.taken import ISSUE_FILE
from generator.content.layout import Layout, read_layout
from generator.content.toml_files import refuse_unreadable
from generator.model import Received, Source
from generator.runtime.patterns import lazy_regex

RECEIVED = "received"
CHECKSUMS = "SHA256SUMS"
LISTED = lazy_regex(r"(?P<sha256>[0-9a-f]{64}) [ *](?P<name>.+)")
# MinerU 2.5.4 (pipeline), rapidocr 3.10.0: a name, and a version that begins with a digit
ENGINE = lazy_regex(r"(?P<name>.*?)\s+v?(?P<version>\d[\w.+-]*)")


def received_files(folder: Path, source: Source) -> tuple[Received, ...]:
    """List the files that an issue came as, each with its digest and what read it.

    These are the files in received/, which intake wrote down in its SHA256SUMS, and the Word, PDF
    and OFD files and web pages beside the texts that were made of them; a text that was made of
    none came itself.
    """
    kept = list(_kept(folder))
    names = [f"{DOCUMENTS}/{part.name}" for part in source.parts] or [ISSUE_FILE]
    digests = [part.sha256 for part in source.parts] or [source.sha256]
    found: list[Received] = []
    for name, digest in zip(names, digests, strict=True):
        layout = read_layout(folder / name)
        engine, version = _engine(layout.engine if layout else "")
        if kept and not source.parts:
            read = {one for one, _ in kept if layout and one == layout.source}
            found += [
                Received(f"{RECEIVED}/{one}", own, engine, version)
                if not read or one in read
                else Received(f"{RECEIVED}/{one}", own)
                for one, own in kept
            ]
        elif layout and layout.source == PAGES and not source.parts:
            found += [
                Received(f"{PAGES}/{path.name}", _digest(path), engine, version)
                for path in page_files(folder)
            ]
        elif original := _original(folder / name, layout.source if layout else ""):
            own = original.relative_to(folder).as_posix()
            found.append(Received(own, _digest(original), engine, version))
        else:
            found.append(Received(name, digest))
        if layout and not source.parts:
            listed = {one.file for one in found}
            found += [one for one in _retaken(folder, layout) if one.file not in listed]
    return tuple(found)


def _retaken(folder: Path, layout: Layout) -> Iterator[Received]:
    """Give the files of sheets that were read again one by one."""
    for page in layout.pages:
        if page.retaken and page.image and (path := folder / page.image).is_file():
            engine, version = _engine(page.retaken)
            yield Received(page.image, _digest(path), engine, version)


def _kept(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the names and digests of the files in received/."""
    sums = folder / RECEIVED / CHECKSUMS
    if not sums.is_file():
        return
    refuse_unreadable(sums)
    for line in sums.read_text("utf-8", "replace").splitlines():
        if listed := LISTED.fullmatch(line):
            yield listed["name"], listed["sha256"]


def _original(text: Path, source: str) -> Path | None:
    """Find the file that a text was made of, beside it: the one that its layout names, if any."""
    names = SOURCES if text.name == ISSUE_FILE else [f"{text.stem}{end}" for end in CONVERTED]
    found = [path for name in names if (path := text.with_name(name)).is_file()]
    if text.suffix != ".md" or not found:
        return None
    return next((path for path in found if path.name == source), found[0])


def _digest(path: Path) -> str:
    stat = path.stat()
    return _digest_of(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=4096)
def _digest_of(path: Path, changed: int, size: int) -> str:  # noqa: ARG001 - of the cache's key
    """Digest a file once: a scan of 100 MB is loaded anew at each act of an editor."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _engine(written: str) -> tuple[str, str]:
    """Part the name of an engine from its version: MinerU 2.5.4 (pipeline) → MinerU, 2.5.4."""
    found = ENGINE.match(written)
    return (found["name"], found["version"]) if found else (written, "")
