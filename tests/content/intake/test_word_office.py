"""Older formats go through LibreOffice where it is installed; else a line says the way out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.content.handed_in import places_of
from generator.content.intake import OFFICE_FILES, take_in, word_office
from generator.content.intake.taken import Loss, layout_file_of
from generator.content.intake.word import convert_docx
from generator.content.intake.word_office import convert_office
from generator.runtime.errors import SourceError
from tests.content.intake.word_files import docx, docx_bytes, p

OLE = bytes.fromhex("D0CF11E0A1B11AE1")
DOC = OLE + bytes(500) + "WordDocument".encode("utf-16-le")
LOCKED = OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le")
RTF = rb"{\rtf1 \u20844?}"
FILES = {
    ".doc": DOC, ".dot": DOC, ".wps": DOC, ".wpt": DOC, ".rtf": RTF,
    ".odt": b"PK\x03\x04 mimetype", ".ott": b"PK\x03\x04 mimetype",
}  # fmt: skip

# writes down what it was called with, and copies what it has beside it
FAKE = """#!/bin/sh
here=$(dirname "$0")
if [ "$1" = --version ]; then echo "LibreOffice 7.4.7.2 40(Build:2)"; exit; fi
echo "$@" > "$here/called"
while [ "$1" != --outdir ]; do shift; done
for source; do :; done
cp "$source" "$here/source"
mkdir -p "$2"
if [ -f "$here/made.docx" ]; then cp "$here/made.docx" "$2/source.docx"; fi
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program in the place of LibreOffice that gives a document of one line."""
    folder = tmp_path / "office"
    folder.mkdir()
    program = folder / "soffice"
    program.write_text(FAKE, "utf-8")
    program.chmod(0o755)
    (folder / "made.docx").write_bytes(docx_bytes(p("一、总则")))
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


@pytest.fixture
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def test_every_suffix_has_a_file_to_test() -> None:
    assert set(FILES) == set(OFFICE_FILES)


@pytest.mark.parametrize("suffix", OFFICE_FILES)
def test_an_older_file_is_converted_with_a_warning_about_its_numbers(
    office: Path, tmp_path: Path, suffix: str
) -> None:
    folder = tmp_path / "2024-01"
    folder.mkdir()
    (folder / f"issue{suffix}").write_bytes(FILES[suffix])
    written = take_in(folder)
    assert written is not None
    assert written.read_text("utf-8") == "一、总则\n"
    layout = json.loads(layout_file_of(written).read_text("utf-8"))
    assert layout["engine"] == "LibreOffice 7.4.7.2"
    assert layout["source"] == f"issue{suffix}"
    assert layout["losses"] == [{"page": 0, "line": 0, "kind": "numbering", "words": suffix}]
    assert (office / "source").read_bytes() == FILES[suffix]
    called = (office / "called").read_text("utf-8")
    assert "--headless" in called
    assert "-env:UserInstallation=file://" in called  # never the profile of the user
    assert not Path(called.split()[-1]).exists()  # the folder is gone


def test_a_wps_file_is_given_to_libreoffice_as_the_doc_that_it_is(
    office: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.wps"
    path.write_bytes(DOC)
    convert_office(path)
    assert (office / "called").read_text("utf-8").strip().endswith("source.doc")


@pytest.mark.parametrize("suffix", OFFICE_FILES)
@pytest.mark.usefixtures("no_office")
def test_without_libreoffice_the_way_out_is_told_of_the_file_that_was_handed_in(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"第2期{suffix}"
    path.write_bytes(FILES[suffix])
    with pytest.raises(SourceError) as caught:
        places_of([path])
    message = str(caught.value)
    assert message.startswith(f"{path}:1: 是 {suffix} 文件")
    assert "另存为 .docx 再放入" in message
    assert "\n" not in message


@pytest.mark.parametrize("suffix", [".doc", ".wps", ".rtf", ".odt"])
@pytest.mark.usefixtures("office")
def test_a_word_file_under_an_older_name_is_read_as_what_it_is(tmp_path: Path, suffix: str) -> None:
    path = docx(tmp_path, p("文"), name=f"issue{suffix}")
    taken = convert_office(path)
    assert (taken.text, taken.losses, taken.engine) == ("文\n", (), "")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", b"<html><body>x</body></html>", "其实是网页"),
        ("a.wps", b"\xef\xbb\xbf<!DOCTYPE html><p>x", "其实是网页"),
        ("a.doc", LOCKED, "有密码"),
        ("a.doc", b"x", "不是能读的 .doc 文件"),
        ("a.rtf", DOC, "不是能读的 .rtf 文件"),
        ("a.odt", b"", "不是能读的 .odt 文件"),
        ("a.wps", b"\x00\x01\x02", "不是能读的 .wps 文件"),
    ],
)
@pytest.mark.usefixtures("office")
def test_a_file_that_is_something_else_is_refused_in_one_line(
    tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        places_of([path])
    assert words in str(caught.value)
    assert str(caught.value).startswith(f"{path}:1: ")


@pytest.mark.parametrize("made", [None, b"", b"PK\x03\x04", docx_bytes()])
def test_what_libreoffice_cannot_convert_is_refused_by_its_own_name(
    office: Path, tmp_path: Path, made: bytes | None
) -> None:
    (office / "made.docx").unlink()
    if made is not None:
        (office / "made.docx").write_bytes(made)
    path = tmp_path / "a.doc"
    path.write_bytes(DOC)
    with pytest.raises(SourceError) as caught:
        convert_office(path)
    assert str(caught.value).startswith(f"{path}:1: ")
    assert "source" not in str(caught.value)


def test_a_conversion_that_does_not_end_is_ended(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_office, "TIMEOUT", 0.2)
    (office / "soffice").write_text("#!/bin/sh\nsleep 60 & wait\n", "utf-8")
    path = tmp_path / "a.doc"
    path.write_bytes(DOC)
    with pytest.raises(SourceError, match="LibreOffice 转换不了；请用 Word 或 WPS 打开"):
        convert_office(path)


@pytest.mark.parametrize("is_installed", [True, False])
def test_an_inserted_rtf_is_converted_where_it_can_be(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_installed: bool
) -> None:
    if not is_installed:
        monkeypatch.setenv("PATH", "")
    body = (p("第一条"), '<w:altChunk r:id="rId9"/>', p("第三条"))
    path = docx(tmp_path, *body, parts={"rId9": ("aFChunk", "a.rtf", RTF)})
    taken = convert_docx(path)
    if is_installed:
        assert taken.text == "第一条\n\n一、总则\n\n第三条\n"
        assert taken.losses == (Loss(0, 3, "numbering", "a.rtf"),)
        assert (office / "source").read_bytes() == RTF
    else:
        assert taken.text == "第一条\n\n第三条\n"
        assert taken.losses == (Loss(0, 1, "part", "a.rtf"),)
