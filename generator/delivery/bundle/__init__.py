"""site/ → zip files that open from disk, from any folder, without a network: docs/bundle.md."""

from __future__ import annotations

import hashlib
import posixpath
import re
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from generator.delivery.bundle.outside import may_load, refuse_outside
from generator.delivery.bundle.pack import (
    SUMS,
    Member,
    file_sum,
    has_key,
    put_in_place,
    read_sums,
    remove_others,
    write_zip,
)
from generator.delivery.bundle.redirect import Redirection
from generator.delivery.bundle.sign import SIGNATURES, Signer, check_signer, remove_signatures, sign
from generator.runtime.errors import SiteError, UsageError
from generator.search import read_entries, read_names, write_index
from generator.site import records
from generator.site.keys import BUNDLES, code_key
from generator.site.swap import scan

__all__ = ["SIGNATURES", "Signer", "bundle"]

START = "index.html"
ARCHIVE = "archive.zip"
ISSUE = "issue.json"
SHARED = "assets"
# the pictures of sheets, the places of paragraphs on them, their manifest for viewers of IIIF, a
# scan; all inside the folder of an issue
OF_SHEETS = re.compile(r"^[^/]+/[^/]+/(?:pages/|[^/]+\.sheets\.js$|manifest\.json$|[^/]+\.pdf$)")


def bundle(
    site: Path,
    target: Path,
    homepages: Mapping[str, str],
    signer: Signer | None = None,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    *,
    text_only: bool = False,
) -> list[Path]:
    """Write one zip of the archive and one of each issue into ``target``; give all its files.

    ``homepages`` maps a gazette's id to its public address, for links that lead out of an issue.
    ``text_only`` leaves out the pictures of sheets, and what shows or lists them.

    1. The same site gives the same zips, to the byte.
    2. A zip with unchanged parts is left alone; the zip of an issue that is gone is removed.
    3. Files are read one at a time: memory grows with their number, not with their size.
    4. A zip is whole whenever the run ends; SHA256SUMS comes after the zips, its signature last.

    Raises SiteError when there is no site, or when one of its files loads from another host, and
    UsageError when ``target`` is inside the site, or when the signer cannot sign.
    """
    if not (site / START).is_file():
        message = f"{site}: 还没有生成网站；请先运行 gazette build"
        raise SiteError(message)
    if site.resolve() in (target.resolve(), *target.resolve().parents):
        message = f"{target}: 在要打包的 {site} 里；请为 --target 换一个文件夹"
        raise UsageError(message)
    if signer:
        check_signer(signer)
    sums = _examine(site, progress)
    if text_only:
        sums = {name: digest for name, digest in sums.items() if not OF_SHEETS.search(name)}
    issues = [posixpath.dirname(name) for name in sums if posixpath.basename(name) == ISSUE]
    target.mkdir(parents=True, exist_ok=True)
    earlier = read_sums(target / SUMS)
    written: dict[str, str] = {}
    for planned in _plan(site, sums, issues, homepages, is_part=text_only):
        path = target / planned.name
        kept = _kept_sum(path, planned.key, earlier.get(planned.name, ""))
        if not kept:
            write_zip(path, planned.key, planned.members)
        written[planned.name] = kept or file_sum(path)
        progress("打包", len(written), len(issues) + 1)
    remove_others(target, earlier, set(written))
    signature = _write_sums(target / SUMS, written, signer)
    return [*(target / name for name in written), target / SUMS, *signature]


def _examine(site: Path, progress: Callable[[str, int, int], None]) -> dict[str, str]:
    """List a site's files in order with their sums; refuse files that load from another host."""
    notes = f"{records.FOLDER}/"  # the manifests: only builds use them, not readers
    names = sorted(name for name in scan(site) if not name.startswith(notes))
    sums: dict[str, str] = {}
    for done, name in enumerate(names, 1):
        path = site / name
        if may_load(name):
            data = path.read_bytes()
            refuse_outside(name, data.decode("utf-8", "replace"))
            sums[name] = hashlib.sha256(data).hexdigest()
        else:
            sums[name] = file_sum(path)
        progress("检查", done, len(names))
    return sums


@dataclass(frozen=True, slots=True)
class _Planned:
    """One zip as it should be."""

    name: str
    key: str  # cache key: a digest of all that the zip is made of
    members: Iterator[Member]  # made one by one, when they are written


def _plan(
    site: Path,
    sums: Mapping[str, str],
    issues: Iterable[str],
    homepages: Mapping[str, str],
    *,
    is_part: bool,
) -> Iterator[_Planned]:
    """Plan the zip of the archive, and one of each issue.

    That of the archive is the whole site unchanged, or (``is_part``) a part of its files, in which
    links to the others are marked.
    """
    where = "\n".join(f"{gazette} {address}" for gazette, address in homepages.items())
    whole = _archive(site, sums, homepages) if is_part else ((n, site / n) for n in sums)
    yield _Planned(ARCHIVE, _key(sums, sums, where if is_part else ""), whole)
    names = list(sums)
    shared = _below(names, SHARED)
    taken: dict[str, str] = {}
    synonyms = read_names(site)
    for folder in issues:
        other = taken.setdefault(folder.replace("/", "-"), folder)
        if other != folder:  # x-y/2024-02 and x/y-2024-02
            msg = f"{folder} 与 {other} 的离线阅读包会同名；请给其中一个文件夹改名"
            raise SiteError(msg)
        own = [*shared, *_below(names, folder)]
        homepage = homepages.get(folder.partition("/")[0], "")
        members = _issue(site, own, folder, homepage, synonyms)
        key = _key(sums, own, f"{homepage} {synonyms}")
        yield _Planned(f"{folder.replace('/', '-')}.zip", key, members)


def _below(names: Sequence[str], folder: str) -> Sequence[str]:
    """Take the files of a folder from sorted names: 0 is the character that follows /."""
    return names[bisect_left(names, f"{folder}/") : bisect_left(names, f"{folder}0")]


def _key(sums: Mapping[str, str], own: Iterable[str], beside: str) -> str:
    """Make a cache key of files, and of what goes into the zip beside them."""
    digest = hashlib.sha256(f"{code_key(BUNDLES)}  {beside}\n".encode())
    for name in own:
        digest.update(f"{sums[name]}  {name}\n".encode())
    return digest.hexdigest()


def _kept_sum(path: Path, key: str, recorded: str) -> str:
    """Give the sum of a zip that can be kept; empty if the zip lacks the key or is damaged."""
    if not has_key(path, key):
        return ""
    found = file_sum(path)
    return found if recorded in ("", found) else ""


def _archive(site: Path, own: Iterable[str], homepages: Mapping[str, str]) -> Iterator[Member]:
    """Give the files of an archive without the pictures of sheets: its pages do not need them."""
    names = frozenset(own)
    for name in sorted(names):
        if name.endswith(".html") and name.count("/") > 1:
            homepage = homepages.get(name.partition("/")[0], "")
            text = (site / name).read_bytes().decode("utf-8")
            yield name, Redirection(names, START, homepage).redirect(name, text).encode()
        else:
            yield name, site / name


def _issue(
    site: Path, own: Iterable[str], folder: str, homepage: str, synonyms: Iterable[Sequence[str]]
) -> Iterator[Member]:
    """Give the members of an issue's zip: its files with new links, an index, a start page."""
    start = f"{folder}/{START}"
    sources: dict[str, Path | bytes] = {name: site / name for name in own}
    redirection = Redirection(frozenset(sources), start, homepage)
    with tempfile.TemporaryDirectory() as made:
        write_index(Path(made), read_entries(site, [folder]), synonyms)
        sources |= {name: Path(made) / name for name in scan(Path(made))}
        sources[START] = _first_page(start).encode()
        for name, source in sorted(sources.items()):
            if name.endswith(".html") and isinstance(source, Path):
                page = redirection.redirect(name, source.read_bytes().decode("utf-8"))
                yield name, page.encode()
            else:
                yield name, source


def _first_page(start: str) -> str:
    """Make a page at the bundle's root, so that readers see which file to open."""
    address = escape(start)
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n<title>公报</title>\n</head>\n'
        f'<body><p><a href="{address}">打开本期公报</a></p></body>\n</html>\n'
    )


def _write_sums(path: Path, written: Mapping[str, str], signer: Signer | None) -> list[Path]:
    """Write the sums of the zips; no signature is ever beside sums that it does not sign."""
    text = "".join(f"{digest}  {name}\n" for name, digest in written.items())
    if not path.is_file() or path.read_text("utf-8") != text:
        remove_signatures(path)
        with put_in_place(path) as aside:
            aside.write_text(text, "utf-8")
    return [sign(path, signer)] if signer else []
