"""An issue says what it came as: each file with its digest, and what read it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path, PurePosixPath

import pytest
from click.testing import CliRunner

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.cli import main
from generator.content import read_gazette
from generator.content.intake.taken import Taken, layout_data
from generator.formats.issue_json import issue_data
from generator.model import Received
from generator.render import render, template_environment
from generator.stages.pipeline import convert
from tests.conftest import ROOT, SMALL, ArchiveMaker


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def layout(text: str, source: str, engine: str, name: str = "issue.md") -> str:
    return json.dumps(layout_data(Taken(text, engine), source, name))


@pytest.fixture
def folder(make_archive: ArchiveMaker) -> Path:
    return make_archive({"2020-03": SMALL}) / "moumou" / "2020-03"


def came_as(folder: Path) -> tuple[Received, ...]:
    return convert(folder).source.came_as


def test_a_text_came_as_itself(folder: Path) -> None:
    assert came_as(folder) == (Received("issue.md", digest(SMALL.encode())),)


@pytest.mark.parametrize(
    ("written", "name", "version"),
    [
        ("pypdfium2 5.0.0", "pypdfium2", "5.0.0"),
        ("MinerU 2.5.4 (pipeline)", "MinerU", "2.5.4"),
        ("PaddleOCR v5", "PaddleOCR", "5"),
        ("docling", "docling", ""),
        ("", "", ""),
    ],
)
def test_a_text_that_was_made_names_its_original_and_what_read_it(
    folder: Path, written: str, name: str, version: str
) -> None:
    (folder / "issue.pdf").write_bytes(b"%PDF-1.7 as received")
    (folder / "layout.json").write_text(layout(SMALL, "issue.pdf", written), "utf-8")
    own = digest(b"%PDF-1.7 as received")
    assert came_as(folder) == (Received("issue.pdf", own, name, version),)


def test_what_was_handed_in_is_listed_from_its_checksums(folder: Path) -> None:
    received = folder / "received"
    received.mkdir()
    (received / "SHA256SUMS").write_text(
        f"{'1' * 64}  第3期.zip\n{'2' * 64}  读我.txt\nx\n", "utf-8"
    )
    (folder / "layout.json").write_text(layout(SMALL, "第3期.zip", "MinerU 2.5.4"), "utf-8")
    assert came_as(folder) == (
        Received("received/第3期.zip", "1" * 64, "MinerU", "2.5.4"),
        Received("received/读我.txt", "2" * 64),
    )


def test_each_document_names_its_own_file(folder: Path) -> None:
    (folder / "issue.md").unlink()
    text = "某某市人民政府关于停车管理的通知\n\n某府发〔2020〕7号\n\n各区人民政府：\n\n请执行。\n"
    documents = folder / "documents"
    documents.mkdir()
    (documents / "01-通知.docx").write_bytes(b"word")
    (documents / "01-通知.md").write_text(text, "utf-8")
    (documents / "02-意见.txt").write_text(text.replace("7号", "8号"), "utf-8")
    (documents / "01-通知.layout.json").write_text(
        layout(text, "01-通知.docx", "python-docx 1.2.0", "01-通知.md"), "utf-8"
    )
    assert came_as(folder) == (
        Received("documents/01-通知.docx", digest(b"word"), "python-docx", "1.2.0"),
        Received("documents/02-意见.txt", digest(text.replace("7号", "8号").encode())),
    )


def test_the_data_and_the_page_of_the_issue_say_it(folder: Path) -> None:
    (folder / "issue.ofd").write_bytes(b"ofd")
    (folder / "layout.json").write_text(layout(SMALL, "issue.ofd", "reader 1.0"), "utf-8")
    issue = convert(folder)
    links = resolve_citations([summarise(issue)])
    data = issue_data(issue, links)
    assert data["received"] == [
        {"file": "issue.ofd", "sha256": digest(b"ofd"), "engine": "reader", "version": "1.0"}
    ]
    shown = CliRunner().invoke(main, ["show", str(folder), "--alone"])
    assert json.loads(shown.output)["received"] == data["received"]
    templates = template_environment(ROOT / "templates")
    pages = render(issue, read_gazette(folder.parent), links, templates)
    cover = pages[PurePosixPath("index.md")]
    assert f"issue.ofd（由 reader 1.0 转成文本），SHA-256：`{digest(b'ofd')}`" in cover
