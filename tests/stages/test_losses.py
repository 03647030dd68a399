"""What intake could not take along is reported until an editor has settled it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from generator.content.intake.taken import (
    LOSS_KINDS,
    Loss,
    Place,
    ReadPage,
    Taken,
    layout_data,
    layout_file_of,
)
from generator.model import Diagnostic
from generator.model.codes import CODES
from generator.stages.check.losses import code_of
from generator.stages.pipeline import convert
from tests.conftest import SMALL, ArchiveMaker
from tests.stages.test_page_order import SENTENCE

LINES = SMALL.split("\n")
CODES_OF_LOSSES = ("page-lost", "not-taken", "scan-poor")


def line_with(words: str, text: str = SMALL) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if words in line)


def write(folder: Path, text: str, *losses: Loss, name: str = "issue.md") -> None:
    """Write a text and the layout.json of it that tells losses."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    places = tuple(
        (n, Place(1, (0.1, 0.1, 0.9, 0.2))) for n, line in enumerate(text.split("\n"), 1) if line
    )
    taken = Taken(text, "scan 1.0", (ReadPage(1, printed="1"),), places, losses)
    layout = layout_data(taken, "issue.pdf", path.name)
    layout_file_of(path).write_text(json.dumps(layout, ensure_ascii=False), "utf-8")


def losses_of(folder: Path) -> list[Diagnostic]:
    return [d for d in convert(folder).diagnostics if d.code in CODES_OF_LOSSES]


@pytest.fixture
def folder(make_archive: ArchiveMaker) -> Path:
    return make_archive({"2020-03": SMALL}) / "moumou" / "2020-03"


def test_an_issue_that_lost_nothing_is_silent(folder: Path) -> None:
    write(folder, SMALL)
    assert losses_of(folder) == []


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("page", "page-lost"),
        ("coarse", "scan-poor"),
        ("upside-down", "scan-poor"),
        ("formula", "not-taken"),
        ("a kind of a later version", "not-taken"),
    ],
)
def test_each_kind_of_loss_has_its_code_and_place(folder: Path, kind: str, code: str) -> None:
    line = line_with("第二条")
    write(folder, SMALL, Loss(4, line, kind, "面积=长×宽"))
    found = losses_of(folder)
    assert [(d.code, d.severity, d.lines.first) for d in found] == [(code, "warning", line)]
    assert "第4张，" in found[0].message
    assert "“面积=长×宽”" in found[0].message


def test_every_kind_has_a_documented_code() -> None:
    assert all(code_of(Loss(1, 1, kind)) in CODES for kind in LOSS_KINDS)


def test_a_loss_behind_a_blank_line_is_reported_at_a_line_that_can_be_confirmed(
    folder: Path,
) -> None:
    line = line_with("第二章")
    write(folder, SMALL, Loss(2, line + 1, "picture"), Loss(1, 0, "picture"))
    assert [d.lines.first for d in losses_of(folder)] == [1, line]


def test_losses_of_one_line_are_one_finding_with_all_of_them(folder: Path) -> None:
    line = line_with("第三条")
    write(folder, SMALL, *(Loss(n, line, "picture", f"图{n}") for n in range(1, 10)))
    (found,) = losses_of(folder)
    assert all(f"图{n}" in found.message for n in range(1, 6))
    assert "等 9 处" in found.message


def test_a_loss_is_reported_until_it_is_confirmed_and_again_when_its_line_changes(
    folder: Path,
) -> None:
    line = line_with("第三条")
    write(folder, SMALL, Loss(2, line, "page"))
    (folder / "issue.toml").write_text(
        f'[[confirmed]]\ncode = "page-lost"\nline = {line}\ntext = "第三条"\nwhy = "空白页"\n',
        "utf-8",
    )
    assert losses_of(folder) == []
    (folder / "issue.md").write_text(SMALL.replace("第三条", "第3条"), "utf-8")
    assert [d.code for d in losses_of(folder)] == ["page-lost"]


@pytest.mark.parametrize("kind", ["hidden", "deleted", "struck"])
def test_words_that_were_not_meant_to_be_read_are_not_repeated(folder: Path, kind: str) -> None:
    write(folder, SMALL, Loss(0, line_with("第三条"), kind, "不公开的话"))
    assert [d.code for d in losses_of(folder)] == ["not-taken"]
    assert "不公开的话" not in losses_of(folder)[0].message


def test_of_a_long_number_only_the_ends_are_repeated(folder: Path) -> None:
    write(folder, SMALL, Loss(0, line_with("第三条"), "text-box", "证号360426199101010071，12345"))
    assert "证号3604…0071，12345" in losses_of(folder)[0].message


def test_a_confirmed_picture_does_not_hide_a_lost_page(folder: Path) -> None:
    line = line_with("第三条")
    write(folder, SMALL, Loss(2, line, "page"), Loss(2, line, "picture"))
    (folder / "issue.toml").write_text(
        f'[[confirmed]]\ncode = "not-taken"\nline = {line}\ntext = "第三条"\nwhy = "饰图"\n',
        "utf-8",
    )
    assert [d.code for d in losses_of(folder)] == ["page-lost"]


def test_a_loss_moves_with_the_line_that_it_is_behind(folder: Path) -> None:
    write(folder, SMALL, Loss(2, line_with("第三条"), "page"))
    changed = SMALL.replace("第一条", "补入的一段。\n\n第一条")
    (folder / "issue.md").write_text(changed, "utf-8")
    assert [d.lines.first for d in losses_of(folder)] == [line_with("第三条", changed)]


@pytest.mark.guarantee("with_layout", 2)
def test_a_loss_is_told_of_a_text_that_nothing_is_known_of(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    line = line_with("第三条")
    layout = {
        "sha256": hashlib.sha256(b"another text").hexdigest(),
        "losses": [{"page": 2, "line": line, "kind": "page"}, {"line": 9_999, "kind": "picture"}],
    }
    (folder / "layout.json").write_text(json.dumps(layout), "utf-8")
    last = max(n for n, text in enumerate(LINES, 1) if text)
    assert [d.lines.first for d in losses_of(folder)] == [line, last]
    assert "layout.json" in caplog.text


def test_each_file_of_an_issue_tells_its_own_losses(folder: Path) -> None:
    (folder / "issue.md").unlink()
    text = (
        "某某市人民政府关于加强停车管理的通知\n\n某府发〔2020〕{n}号\n\n各区人民政府：\n\n{body}\n"
    )
    for n in (1, 2):
        write(
            folder / "documents",
            text.format(n=n, body=SENTENCE),
            Loss(1, 0, "picture", f"图{n}"),
            Loss(3, 7, "page"),
            name=f"0{n}-通知.md",
        )
    issue = convert(folder)
    found = [d for d in issue.diagnostics if d.code in CODES_OF_LOSSES]
    places = [(*issue.source.place_of(d.lines.first), d.code) for d in found]
    assert [(path.rpartition("/")[2], line, code) for path, line, code in places] == [
        ("01-通知.md", 1, "not-taken"),
        ("01-通知.md", 7, "page-lost"),
        ("02-通知.md", 1, "not-taken"),
        ("02-通知.md", 7, "page-lost"),
    ]


@pytest.mark.guarantee("with_layout", 1)
def test_places_are_kept_for_the_lines_that_a_change_left(folder: Path) -> None:
    write(folder, SMALL)
    changed = SMALL.replace("第一条 为了", "补入的一段。\n\n第一条 为着").replace("第三条", "第3条")
    (folder / "issue.md").write_text(changed, "utf-8")
    placed = {place.lines.first for place in convert(folder).paper.places}
    texts = {n for n, line in enumerate(changed.split("\n"), 1) if line}
    # one line was changed in its place, one was changed beside a new one
    assert texts - placed == {line_with("补入的一段", changed), line_with("第一条", changed)}
