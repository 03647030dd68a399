"""The benchmark of engines: its gazette, its comparison, and engines that are missing."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import bench_word
from benchmarks.bench_engines import Engine, measure, reading_of, row_of, run_engine
from benchmarks.engine_gazette import TEXTS, Grid, pieces, plain_text, write_all
from benchmarks.same_reading import compare, fold, pair


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("right")
    path = folder / "plain.md"
    path.write_text(plain_text(), "utf-8")
    return reading_of(path, folder / "read")


def test_the_plain_gazette_is_read_without_a_finding(right: dict[str, Any]) -> None:
    assert right["diagnostics"] == []
    titles = [fold(d["title"]) for d in right["documents"]]
    assert titles == [fold("".join(text.title)) for text in TEXTS]
    assert all(d["number"] and d["date"] and d["signature"] for d in right["documents"])
    assert [a["title"] for d in right["documents"] for a in d["attachments"]] == [
        "决定废止的文件目录", "决定修改的文件目录", "示范市城市内涝治理实施方案",
        "示范市夜间文旅消费工作要点",
    ]  # fmt: skip


def test_its_merged_cells_are_read_as_they_are_made(right: dict[str, Any]) -> None:
    made = [
        [y, x, cell.rows, cell.columns]
        for piece in pieces()
        if isinstance(piece, Grid)
        for y, x, cell in piece.placed()
        if cell.rows > 1 or cell.columns > 1
    ]
    blocks = [b for d in right["documents"] for p in (d, *d["attachments"]) for b in p["blocks"]]
    assert [list(span) for block in blocks for span in block.get("spans", [])] == made


def test_word_and_html_are_read_like_the_plain_text(right: dict[str, Any], tmp_path: Path) -> None:
    for n, path in enumerate(write_all(tmp_path)):
        found = measure(path, right, tmp_path / f"read-{n}")
        assert isinstance(found, dict)
        assert {name: value for name, value in found.items() if value < 1} == {}


def changed(data: dict[str, Any]) -> dict[str, Any]:
    return copy.deepcopy(data)


def test_the_same_reading_has_every_measure_at_1(right: dict[str, Any]) -> None:
    assert set(compare(right, right).values()) == {1.0}


def test_a_lost_document_costs_its_share(right: dict[str, Any]) -> None:
    other = changed(right)
    del other["documents"][4]
    found = compare(right, other)
    assert found["documents"] == 18 / 19
    assert found["fields"] < 1
    assert found["text"] < 1


@pytest.mark.parametrize(
    ("measure_name", "change"),
    [
        ("fields", lambda d: d["documents"][0].update(date="2024-03-07")),
        ("outline", lambda d: d["documents"][0]["outline"].pop()),
        ("attachments", lambda d: d["documents"][1]["attachments"].pop()),
        ("joins", lambda d: first(d, "paragraph").update(text="另一段文字。")),
        ("cells", lambda d: first(d, "table")["rows"][0].__setitem__(0, "年份")),
        ("places", lambda d: first(d, "table")["rows"][2].reverse()),
        ("spans", lambda d: first(d, "table")["spans"].pop()),
        ("text", lambda d: first(d, "paragraph").update(text="另一段文字。")),
    ],
)
def test_each_measure_falls_with_its_own_fault(
    right: dict[str, Any], measure_name: str, change: Any
) -> None:
    other = changed(right)
    change(other)
    assert compare(right, other)[measure_name] < 1


def first(data: dict[str, Any], kind: str) -> dict[str, Any]:
    blocks = (b for d in data["documents"] for b in d["blocks"])
    found: dict[str, Any] = next(block for block in blocks if block["kind"] == kind)
    return found


def test_white_space_and_width_do_not_count() -> None:
    assert fold(" 示府发 [2024] 3号，") == fold("示府发〔2024〕3号,")


def test_a_document_is_found_by_its_number_before_its_title() -> None:
    one, two = {"number": "甲1", "title": "同题"}, {"number": "甲2", "title": "同题"}
    assert pair([one, two], [two, one]) == [(one, one), (two, two)]
    assert pair([one], [{"number": None, "title": "不同的题目很长"}]) == [(one, None)]


def test_a_missing_engine_and_a_failing_one_are_said(tmp_path: Path) -> None:
    missing = Engine("none", "x", ("no-such-engine", "{file}"))
    assert run_engine(missing, tmp_path, tmp_path / "a", "") == "not installed"
    failing = Engine("fails", "x", (sys.executable, "-c", "raise SystemExit('too old')"))
    said = run_engine(failing, tmp_path, tmp_path / "b", "")
    assert row_of("fails", str(said)) == "| fails | failed: ['too old'] |"


def test_what_an_engine_wrote_is_compared(right: dict[str, Any], tmp_path: Path) -> None:
    source = tmp_path / "plain.md"
    source.write_text(plain_text(), "utf-8")
    command = (sys.executable, "-c", "import sys; print(open(sys.argv[1]).read())", "{file}")
    made = run_engine(Engine("cat", "plain.md", command), source, tmp_path / "out", "")
    assert isinstance(made, Path)
    found = measure(made, right, tmp_path / "read")
    assert isinstance(found, dict)
    assert row_of("cat", found) == "| cat |" + " 1.000 |" * 9


def test_an_issue_that_is_printed_as_word_is_read_as_its_own_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "shifan" / "2024-03"
    folder.mkdir(parents=True)
    (folder.parent / "gazette.toml").write_text('title = "示范市人民政府公报"\n', "utf-8")
    (folder / "issue.md").write_text(plain_text(), "utf-8")
    assert bench_word.main([str(folder)]) == 0
    row = capsys.readouterr().out.splitlines()[-1].split(" | ")
    assert row[1:-2] == ["1.000"] * 9
    assert row[-2] == "0"  # losses
