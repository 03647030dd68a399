"""site/ → zip files that open from disk, from any folder, without a network."""

from __future__ import annotations

import hashlib
import posixpath
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from generator.bundle.links import Redirection
from generator.bundle.outside import may_load, refuse_outside
from generator.errors import SiteError
from generator.search import read_entries, write_index

# the earliest time a zip can hold: the same input gives the same bytes on any day
EPOCH = (1980, 1, 1, 0, 0, 0)
START = "index.html"
SUMS = "SHA256SUMS"


def bundle(site: Path, target: Path, homepages: Mapping[str, str]) -> list[Path]:
    """Write one zip of the archive and one of each issue into ``target``; list them.

    ``homepages`` maps a gazette's id to its public address, for links that lead out of an issue.
    Raises SiteError when there is no site, or when a file of it names a host to load from.
    """
    if not (site / START).is_file():
        message = f"{site}: holds no built site; run gazette build first"
        raise SiteError(message)
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    for name in sorted(filter(may_load, files)):
        refuse_outside(name, files[name].read_bytes().decode("utf-8", "replace"))
    target.mkdir(parents=True, exist_ok=True)
    everything = {name: path.read_bytes() for name, path in files.items()}
    written = [_write(target / "archive.zip", everything)]
    for name in sorted(files):
        if posixpath.basename(name) == "issue.json":
            folder = posixpath.dirname(name)
            index = _own_index(site, folder)
            written.append(_write_issue(target, folder, everything, index, homepages))
    _write_sums(target / SUMS, written)
    return [*written, target / SUMS]


def _own_index(site: Path, folder: str) -> dict[str, bytes]:
    """Make the search index of one issue, from its issue.json."""
    with tempfile.TemporaryDirectory() as made:
        write_index(Path(made), read_entries(site, [folder]))
        paths = (path for path in Path(made).rglob("*") if path.is_file())
        return {path.relative_to(made).as_posix(): path.read_bytes() for path in paths}


def _write_issue(
    target: Path,
    folder: str,
    everything: Mapping[str, bytes],
    index: Mapping[str, bytes],
    homepages: Mapping[str, str],
) -> Path:
    """Pack an issue's own pages, its index, the files they share, and a page that leads there."""
    inside = {n: d for n, d in everything.items() if n.startswith((f"{folder}/", "assets/"))}
    inside |= index
    homepage = homepages.get(folder.partition("/")[0], "")
    redirection = Redirection(set(inside), f"{folder}/index.html", homepage)
    own = {
        name: redirection.redirect(name, data.decode("utf-8")).encode()
        if name.endswith(".html")
        else data
        for name, data in inside.items()
    }
    own[START] = _first_page(folder).encode()
    return _write(target / f"{folder.replace('/', '-')}.zip", own)


def _first_page(folder: str) -> str:
    """Make a page at the bundle's root, so that the file to open is plain to see."""
    address = escape(f"{folder}/index.html")
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n<title>公报</title>\n</head>\n'
        f'<body><p><a href="{address}">打开本期公报</a></p></body>\n</html>\n'
    )


def _write(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip whose bytes depend on names and contents alone, with the sums of its files."""
    sums = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    root = path.stem
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in [*((n, files[n]) for n in sorted(files)), (SUMS, sums.encode())]:
            entry = zipfile.ZipInfo(f"{root}/{name}", EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # the same on every system
            archive.writestr(entry, data)
    return path


def _write_sums(path: Path, files: Iterable[Path]) -> None:
    lines = (f"{hashlib.sha256(f.read_bytes()).hexdigest()}  {f.name}\n" for f in files)
    path.write_text("".join(lines), "utf-8")
