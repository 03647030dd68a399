"""One sheet of an issue is exchanged: its picture, its losses, in a text that was edited since."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from generator.content.engine_results import Placed
from generator.content.intake.taken import line_digest
from generator.content.load import received_text
from generator.content.one_sheet import exchange_sheet
from generator.content.retaken_files import exchange, prepare_sheet
from generator.content.sheets import read_sheets
from generator.runtime.errors import UsageError

SHEETS = (
    "封面\n\n公报",
    "第一段文字，说的是湖泊。",
    "第二段文字，说的是古树名木。",
    "第三段文字，说的是道路。",
)
TEXT = "\n\n".join(SHEETS) + "\n"


def write(folder: Path, text: str = TEXT, **more: object) -> Path:
    """Write an issue of four sheets, each with its picture."""
    (folder / "pages").mkdir(parents=True)
    lines = TEXT.split("\n")
    places = []
    for sheet, words in enumerate(SHEETS, 1):
        (folder / "pages" / f"{sheet:04}.jpg").write_bytes(b"old %d" % sheet)
        places += [{"line": lines.index(one) + 1, "page": sheet}
                   for one in words.split("\n") if one]  # fmt: skip
    layout = {
        "source": "pages",
        "engine": "rapidocr 3",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "pages": [{"page": n, "image": f"pages/{n:04}.jpg"} for n in range(1, 5)],
        "lines": places,
        "losses": [
            {"page": 2, "line": lines.index(SHEETS[1]) + 1, "kind": "seal", "words": ""},
            {"page": 3, "line": lines.index(SHEETS[2]) + 1, "kind": "picture", "words": ""},
            {"page": 4, "line": lines.index(SHEETS[2]) + 1, "kind": "chart", "words": ""},
            {"page": 4, "line": lines.index(SHEETS[3]) + 1, "kind": "table", "words": ""},
        ],
        "formulas": [{"line": lines.index(SHEETS[3]) + 1, "text": "x", "mathml": "<math/>"}],
        "digests": [line_digest(line) for line in lines],
        **more,
    }
    (folder / "issue.md").write_text(text, "utf-8")
    (folder / "layout.json").write_text(json.dumps(layout, ensure_ascii=False), "utf-8")
    return folder


def reading(folder: Path, text: str, picture: str = "issue.png") -> Path:
    """Write a reading of one sheet, as intake does."""
    folder.mkdir(parents=True)
    (folder / "issue.md").write_text(text, "utf-8")
    (folder / picture).write_bytes(b"new")
    count = text.rstrip("\n").count("\n") + 1
    layout = {
        "engine": "rapidocr 4",
        "sha256": "",
        "pages": [{"page": 1, "width": 100.0, "height": 140.0}],
        "lines": [{"line": n, "page": 1, "box": [0, 0, 1, 1]} for n in range(1, count + 1, 2)],
        "losses": [{"page": 1, "line": 1, "kind": "doubtful", "words": "树"}],
    }
    (folder / "layout.json").write_text(json.dumps(layout), "utf-8")
    return folder


BETTER = "第二段文字，说的是古树、名木。\n\n还有一段，原来漏了。\n"


def test_losses_and_formulas_move_with_their_lines(tmp_path: Path) -> None:
    folder = write(tmp_path / "issue")
    new = exchange_sheet(folder, 3, reading(tmp_path / "new", BETTER))
    lines = new.text.split("\n")
    layout = json.loads(json.dumps(new.layout))
    at = {one["kind"]: lines[one["line"] - 1] for one in layout["losses"]}
    assert at == {  # without the picture that was missing on the sheet
        "seal": SHEETS[1],
        "doubtful": "第二段文字，说的是古树、名木。",
        "chart": "还有一段，原来漏了。",
        "table": SHEETS[3],
    }
    assert [lines[one["line"] - 1] for one in layout["formulas"]] == [SHEETS[3]]
    assert new.layout["digests"] == [line_digest(line) for line in lines]


def test_the_picture_of_the_sheet_is_exchanged_and_the_old_one_kept(tmp_path: Path) -> None:
    folder = write(tmp_path / "moumou" / "2024-03")
    handed = reading(tmp_path / "new", BETTER)
    placed = Placed({path.name: path for path in handed.iterdir()}, {}, ())
    prepared = prepare_sheet(folder, placed, tmp_path / "aside", 3)
    exchange(folder, prepared, tmp_path / "old")
    assert sorted(path.name for path in (folder / "pages").iterdir()) == [
        "0001.jpg", "0002.jpg", "0003.png", "0004.jpg",
    ]  # fmt: skip
    kept = folder / "received" / "before-1"
    assert (kept / "pages" / "0003.jpg").read_bytes() == b"old 3"
    assert (kept / "issue.md").read_text("utf-8") == TEXT
    pages = json.loads((folder / "layout.json").read_bytes())["pages"]
    assert pages[2] == {
        "page": 3, "image": "pages/0003.png", "retaken": "rapidocr 4",
        "width": 100.0, "height": 140.0,
    }  # fmt: skip


def test_what_a_sheet_was_read_from_is_kept_and_is_no_scan_of_the_issue(tmp_path: Path) -> None:
    folder = write(tmp_path / "moumou" / "2024-03", source="结果.json", pages=[])
    for n, text in enumerate((BETTER, BETTER.replace("漏了", "漏掉了")), 1):
        page = tmp_path / f"第3张-{n}.txt"
        page.write_text(text, "utf-8")
        placed = Placed({"issue.md": page}, {}, ())
        exchange(folder, prepare_sheet(folder, placed, tmp_path / "aside", 3), tmp_path / "old")
        placed_lines = json.loads((folder / "layout.json").read_bytes())["lines"]
        assert [one["page"] for one in placed_lines] == [1, 1, 2, 3, 3, 4]
        own = folder / "received" / ("sheet-3" if n == 1 else "sheet-3-2")
        assert (own / page.name).read_text("utf-8") == text
        (own / "x.pdf").write_bytes(b"%PDF-1.7")
    shown = read_sheets(folder, received_text(folder))
    assert not any(sheet.file.endswith(".pdf") for sheet in shown)


def test_a_text_that_was_edited_since_keeps_its_edits(tmp_path: Path) -> None:
    edited = TEXT.replace("公报", "公报\n\n补入的一行").replace("道路", "道路、桥梁")
    folder = write(tmp_path / "issue", edited)
    layout = json.loads((folder / "layout.json").read_bytes())
    new = exchange_sheet(folder, 4, reading(tmp_path / "new", "第三段文字，说的是道路和桥梁。\n"))
    assert new.text == edited.replace(SHEETS[3].replace("道路", "道路、桥梁"),
                                      "第三段文字，说的是道路和桥梁。")  # fmt: skip
    # a line that nobody knows a sheet of is beside the second one
    with pytest.raises(UsageError, match="没有说这一行在哪一张"):
        exchange_sheet(folder, 2, reading(tmp_path / "other", SHEETS[1]))
    assert layout["sha256"] != new.layout["sha256"]


def test_pictures_that_a_file_has_several_of_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "issue", pages=[{"page": n} for n in range(1, 5)])
    with pytest.raises(UsageError, match="一个文件有几张"):
        exchange_sheet(folder, 3, reading(tmp_path / "new", BETTER))


def test_lines_of_two_sheets_that_alternate_are_refused(tmp_path: Path) -> None:
    lines = TEXT.split("\n")
    places = [{"line": lines.index(words.split("\n")[-1]) + 1, "page": sheet}
              for words, sheet in zip(SHEETS, (3, 2, 3, 4), strict=True)]  # fmt: skip
    folder = write(tmp_path / "issue", lines=places)
    with pytest.raises(UsageError, match="交错"):
        exchange_sheet(folder, 3, reading(tmp_path / "new", BETTER))


def test_a_sheet_without_words_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "issue")
    with pytest.raises(UsageError, match="没有认出文字"):
        exchange_sheet(folder, 3, reading(tmp_path / "new", "\n\n"))


def test_an_issue_of_several_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "issue" / "documents").mkdir(parents=True)
    with pytest.raises(UsageError, match="一篇一个文件"):
        exchange_sheet(tmp_path / "issue", 3, reading(tmp_path / "new", BETTER))
