"""Bundles over earlier ones: what has not changed is copied; every byte is as in a clean run."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

import generator.delivery.bundle as bundles
from generator import search
from generator.delivery.bundle import bundle, pack, site_files
from generator.delivery.bundle.earlier import Label, read_earlier
from generator.delivery.bundle.issue import write_issue as pack_issue
from generator.delivery.bundle.pack import (
    Copy,
    Member,
    content_of,
    content_of_file,
    file_sum,
    write_zip,
)
from generator.runtime.errors import SiteError
from generator.runtime.parallel import workers
from generator.search.passages import Entry
from tests.delivery.test_bundle import PUBLIC, contents, make_site
from tests.documents import write_issue

T = TypeVar("T")
R = TypeVar("R")
LINKS = '<a href="index.html">本期</a><a href="../20{:02}-01/a.html">另一期</a>'
PROGRAM, KEY = "0" * 32, "0" * 64


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a site of three issues with pages that link to each other."""
    site = make_site(tmp_path / "site", 3, 3_000)
    for n in (1, 2, 3):
        (site / f"g/20{n:02}-01/a.html").write_text(LINKS.format(n % 3 + 1), "utf-8")
    return site


@pytest.fixture
def deflated(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Collect all that is compressed."""
    found: list[bytes] = []
    deflate = pack.deflate

    def note(data: bytes) -> bytes:
        found.append(data)
        return deflate(data)

    monkeypatch.setattr(pack, "deflate", note)
    return found


def clean(site: Path, target: Path, *, text_only: bool = False) -> dict[str, bytes]:
    """Bundle a site where there is no earlier bundle; give all files."""
    shutil.rmtree(target, ignore_errors=True)
    bundle(site, target, PUBLIC, text_only=text_only)
    return contents(target)


def rewrite(site: Path, name: str, text: str) -> None:
    """Write the text of an issue anew; its other files stay."""
    write_issue(site / ".text", name, [text])
    (site / name).mkdir(exist_ok=True)
    (site / ".text" / name / "issue.json").replace(site / name / "issue.json")
    shutil.rmtree(site / ".text")


# --- every byte as in a clean run -------------------------------------------------------------


def add_issue(site: Path) -> None:
    """Add an issue, and what it changes on the pages of others."""
    write_issue(site, "g/2004-01", ["第四期所载的文件，甲乙丙丁戊己庚辛"])
    (site / "g/2004-01/index.html").write_text('<a href="../../index.html">首页</a>', "utf-8")
    (site / "g/2002-01/a.html").write_text('<a href="../2004-01/index.html">四</a>', "utf-8")
    (site / "index.html").write_text('<a href="g/2004-01/index.html">四</a>', "utf-8")


def cite(site: Path) -> None:
    """Have another issue cite a document, whose text stays the same."""
    path = site / "g/2001-01/issue.json"
    data = json.loads(path.read_bytes())
    data["documents"][0]["cited_by"] = [{"issue": "2003-01", "text": "《某某办法》"}]
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    (site / "g/2001-01/a.html").write_text('<a href="../2003-01/a.html">三</a>', "utf-8")


def name_agencies(site: Path) -> None:
    """Give the search other names of an agency."""
    (site / "search").mkdir(exist_ok=True)
    names = json.dumps({"format": "gazette-search/1", "names": [["市财政局", "财政局"]]})
    (site / "search/manifest.js").write_text(f'gazette_part("manifest",{names});\n', "ascii")


CHANGES: dict[str, Callable[[Path], object]] = {
    "an issue is added": add_issue,
    "a page changes": lambda site: (site / "g/2003-01/a.html").write_text("<p>新</p>", "utf-8"),
    "a document is cited": cite,
    "a text changes": lambda site: rewrite(site, "g/2002-01", "另一份文件，说的是别的事情"),
    "a page is added": lambda site: (site / "g/2001-01/b.html").write_text(
        '<a href="a.html">甲</a><a href="c.html">丙</a>', "utf-8"
    ),
    "a page is gone": lambda site: (site / "g/2001-01/a.html").unlink(),
    "a style changes": lambda site: (site / "assets/a.css").write_text("p { margin: 0 }", "utf-8"),
    "a picture changes": lambda site: (site / "g/2002-01/p.png").write_bytes(b"\x89PNG"),
    "an agency has another name": name_agencies,
    "an issue is gone": lambda site: shutil.rmtree(site / "g/2003-01"),
}


@pytest.mark.guarantee("bundle", 1)
@pytest.mark.parametrize("text_only", [False, True], ids=["whole", "text"])
def test_after_each_change_every_byte_is_as_in_a_clean_run(
    site: Path, tmp_path: Path, *, text_only: bool
) -> None:
    bundle(site, tmp_path / "dist", PUBLIC, text_only=text_only)
    for name, change in CHANGES.items():
        change(site)
        bundle(site, tmp_path / "dist", PUBLIC, text_only=text_only)
        wanted = clean(site, tmp_path / "clean", text_only=text_only)
        assert contents(tmp_path / "dist") == wanted, name


@pytest.mark.parametrize("seed", range(4))
def test_after_random_edits_every_byte_is_as_in_a_clean_run(
    seed: int, site: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    for _ in range(4):
        bundle(site, tmp_path / "dist", PUBLIC)
        for path in chance.sample(sorted((site / "g").rglob("*.*ml")), 3):
            if chance.random() < 0.3:
                path.unlink()
            else:
                path.write_text(LINKS.format(chance.randint(1, 5)), "utf-8")
        rewrite(site, f"g/20{chance.randint(1, 5):02}-01", f"第{chance.random()}号文件")
    bundle(site, tmp_path / "dist", PUBLIC)
    assert contents(tmp_path / "dist") == clean(site, tmp_path / "clean")


def test_another_program_or_another_kind_of_bundle_copies_nothing(
    site: Path, tmp_path: Path, deflated: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "dist"
    bundle(site, target, {})
    for version in ("whole", "text", "another program"):
        if version == "another program":
            monkeypatch.setattr(bundles, "code_key", lambda _: "other")
        text_only = version == "text"
        deflated.clear()
        wanted = clean(site, tmp_path / "clean", text_only=text_only)
        first = [*deflated]
        deflated.clear()
        if version != "whole":
            bundle(site, target, PUBLIC, text_only=text_only)
            assert deflated == first
            assert contents(target) == wanted


def test_several_processes_write_the_same_bytes(site: Path, tmp_path: Path) -> None:
    with workers(2) as run:
        bundle(site, tmp_path / "dist", PUBLIC, run=run)
        add_issue(site)
        bundle(site, tmp_path / "dist", PUBLIC, run=run)
    assert contents(tmp_path / "dist") == clean(site, tmp_path / "clean")


# --- what is copied ---------------------------------------------------------------------------


@pytest.mark.guarantee("bundle", 5)
def test_only_what_is_new_is_compressed(site: Path, tmp_path: Path, deflated: list[bytes]) -> None:
    target = tmp_path / "dist"
    bundle(site, target, {})
    style = (site / "assets/a.css").read_bytes()
    assert deflated.count(style) == 1  # the zips of three issues have it too
    add_issue(site)
    deflated.clear()
    bundle(site, target, {})
    new = [site / name for name in ("index.html", "g/2002-01/a.html", "g/2004-01/index.html")]
    new.append(site / "g/2004-01/issue.json")
    assert sorted(deflated[: len(new)]) == sorted(path.read_bytes() for path in new)
    pages = [data for data in deflated[len(new) :] if not data.startswith(b"gazette_")]
    assert sum(b"data-outside" in page for page in pages) == 2  # 2002-01/a, 2004-01/index
    assert len(pages) == 4  # and the start page of 2004-01, its held.js


def test_an_index_is_not_made_again_when_others_cite_its_documents(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Path] = []
    write_index = search.write_index

    def note(folder: Path, entries: Iterable[Entry], names: Iterable[Sequence[str]]) -> None:
        made.append(folder)
        write_index(folder, entries, names)

    monkeypatch.setattr(search, "write_index", note)
    bundle(site, tmp_path / "dist", {})
    assert len(made) == 3
    cite(site)
    bundle(site, tmp_path / "dist", {})
    assert len(made) == 3
    rewrite(site, "g/2001-01", "另一份文件，说的是别的事情")
    bundle(site, tmp_path / "dist", {})
    assert len(made) == 4


def test_what_was_examined_is_not_examined_again(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examined: list[str] = []
    monkeypatch.setattr(site_files, "refuse_outside", lambda name, _: examined.append(name))
    bundle(site, tmp_path / "dist", {})
    assert len(examined) == 8  # the start page, a style, two pages in each issue
    examined.clear()
    (site / "g/2001-01/a.html").write_text("<p>新</p>", "utf-8")
    bundle(site, tmp_path / "dist", {})
    assert examined == ["g/2001-01/a.html"]


# --- what is not believed ---------------------------------------------------------------------


def flip(path: Path, at: float) -> None:
    """Change a byte of a file."""
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 1
    path.write_bytes(data)


def record(target: Path) -> None:
    """Write the sums of the zips as they are."""
    sums = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in target.glob("*.zip")}
    text = "".join(f"{digest}  {name}\n" for name, digest in sums.items())
    (target / "SHA256SUMS").write_text(text, "ascii")


def pack_again(path: Path, *, comment: bool) -> None:
    """Pack a zip's members by another program, which may keep its comment."""
    with zipfile.ZipFile(path) as old:
        members = {entry.filename: old.read(entry) for entry in old.infolist()}
        said = old.comment
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name, data in members.items():
            new.writestr(name, data)
        new.comment = said if comment else b""


def rotate(target: Path) -> None:
    """Give each zip the name of the next."""
    paths = sorted(target.glob("*.zip"))
    for path, data in zip(paths, [p.read_bytes() for p in [*paths[1:], paths[0]]], strict=True):
        path.write_bytes(data)


def each(change: Callable[[Path], object]) -> Callable[[Path], None]:
    """Do the same to each zip of a folder."""

    def change_all(target: Path) -> None:
        for path in sorted(target.glob("*.zip")):
            change(path)

    return change_all


DAMAGES: dict[str, Sequence[Callable[[Path], object]]] = {
    "a byte": [each(lambda path: flip(path, 0.4))],
    "no record": [lambda target: (target / "SHA256SUMS").unlink()],
    "cut off": [each(lambda path: path.write_bytes(path.read_bytes()[:-400]))],
    "empty": [each(lambda path: path.write_bytes(b""))],
    "of another program, with its sum": [each(partial(pack_again, comment=False)), record],
    "packed again": [each(partial(pack_again, comment=True))],
    "another zip": [rotate],
    "another zip, with its sum": [rotate, record],
}


@pytest.mark.parametrize("is_changed", [True, False], ids=["changed", "same"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_or_foreign_zip_leads_to_a_full_run(
    damage: str, site: Path, tmp_path: Path, deflated: list[bytes], *, is_changed: bool
) -> None:
    target = tmp_path / "dist"
    bundle(site, target, PUBLIC)
    for step in DAMAGES[damage]:
        step(target)
    if is_changed:
        add_issue(site)
    deflated.clear()
    bundle(site, target, PUBLIC)
    again = [*deflated]
    deflated.clear()
    assert contents(target) == clean(site, tmp_path / "clean")
    assert again == deflated


@pytest.mark.parametrize("text", [b"\xff\xfe", b"archive.zip\n", b"x  archive.zip\n" * 3])
def test_damaged_sums_are_not_believed(text: bytes, site: Path, tmp_path: Path) -> None:
    target = tmp_path / "dist"
    wanted = clean(site, tmp_path / "clean")
    bundle(site, target, PUBLIC)
    flip(target / "archive.zip", 0.3)
    (target / "SHA256SUMS").write_bytes(text)
    bundle(site, target, PUBLIC)
    assert contents(target) == wanted


@pytest.mark.parametrize("seed", range(20))
def test_a_zip_with_its_sum_but_not_as_we_write_it_raises_nothing(
    seed: int, tmp_path: Path
) -> None:
    path = tmp_path / "a.zip"
    members = [Member(f"{n}.txt", content_of(b"a" * n), b"a" * n) for n in range(6)]
    write_zip(path, Label(PROGRAM, KEY).write(), members)
    assert read_earlier(path, PROGRAM, file_sum(path))
    assert read_earlier(path, "1" * 32, file_sum(path)) is None
    assert read_earlier(path, PROGRAM, "") is None
    flip(path, (seed + 0.5) / 20)
    read_earlier(path, PROGRAM, file_sum(path))


# --- the zip itself ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Renewing:
    """Do all work in this process; before an issue is packed, another process renews a page."""

    page: Path

    def __call__(self, work: Callable[[T], R], items: Iterable[T]) -> Iterable[R]:
        if work is pack_issue:
            self.page.write_text("<p>新</p>", "utf-8")
        return map(work, items)

    apart = __call__


def test_a_site_that_changes_meanwhile_is_not_packed(site: Path, tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"a\.html: 打包时网站变了"):
        bundle(site, tmp_path / "dist", {}, run=Renewing(site / "g/2002-01/a.html"))
    assert not (tmp_path / "dist" / "SHA256SUMS").exists()


def files(folder: Path) -> list[Member]:
    """Write files that are compressed or stored, small or (by LARGE below) large."""
    chance = random.Random(0)
    folder.mkdir()
    for n, size in enumerate((0, 10, 400, 5_000, 90_000)):
        (folder / f"{n}.txt").write_bytes(b"ab" * (size // 2))
        (folder / f"{n}.png").write_bytes(chance.randbytes(size))
        (folder / f"{n}字.txt").write_bytes(chance.randbytes(size))
    paths = sorted(folder.iterdir())
    return [Member(path.name, content_of_file(str(path)), path) for path in paths]


@pytest.mark.guarantee("write_zip", 3)
@pytest.mark.parametrize("limit", [zipfile.ZIP64_LIMIT, 4_000, 100])
def test_a_copy_has_the_bytes_of_what_is_compressed_however_large_the_zip(
    limit: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files, offsets and counts beyond the limits of a plain zip: the limits are made low."""
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", limit)
    if limit < zipfile.ZIP_FILECOUNT_LIMIT:
        monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 7)
    monkeypatch.setattr(pack, "LARGE", 20_000)
    members = files(tmp_path / "files")
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
    first, second, third = (tmp_path / name / "a.zip" for name in ("one", "two", "three"))
    held = write_zip(first, b"said", members)
    copies = [Member(m.name, m.content, Copy(first, held[m.name])) for m in members]
    assert write_zip(second, b"said", copies) == held
    mixed = [
        copy if n % 2 else member
        for n, (copy, member) in enumerate(zip(copies, members, strict=True))
    ]
    write_zip(third, b"said", mixed)
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()
    for path in (first, second):
        with zipfile.ZipFile(path) as archive:
            assert archive.comment == b"said"
            assert archive.testzip() is None
            for member in members:
                entry = archive.getinfo(f"a/{member.name}")
                assert isinstance(member.source, Path)
                assert archive.read(entry) == member.source.read_bytes()
    if shutil.which("unzip"):  # and by another program
        subprocess.run(["unzip", "-tq", first], check=True, capture_output=True)


def test_a_zip_that_grows_shorter_while_it_is_copied_is_an_error(tmp_path: Path) -> None:
    data = random.Random(0).randbytes(1_000)
    held = write_zip(tmp_path / "a.zip", b"", [Member("a.txt", content_of(data), data)])
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes()[:500])
    copy = Member("a.txt", content_of(data), Copy(tmp_path / "a.zip", held["a.txt"]))
    with pytest.raises(SiteError, match="变短了"):
        write_zip(tmp_path / "b.zip", b"", [copy])
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]
