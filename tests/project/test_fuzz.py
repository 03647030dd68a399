"""Fuzzing: old findings stay repaired, the harness finds planted faults, and a short run passes."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from fuzz import run
from fuzz.checks import TARGETS, check
from tests.conftest import ROOT

pytestmark = pytest.mark.long
FINDINGS = sorted((ROOT / "tests" / "findings").iterdir())
with_atheris = pytest.mark.skipif(
    find_spec("atheris") is None, reason="atheris has no wheel for this system (docs/fuzzing.md)"
)
HARNESS = "from pathlib import Path; from fuzz.harness import Task, fuzz;"
STEADY = "from pathlib import Path; from fuzz.steady import Task, fuzz;"
# a planted fault, and the message that the harness must give
PLANTED = {
    "a rule that loses a character": (
        "normalize",
        "from generator.stages import normalize as n;"
        "lose = lambda t: t.replace('市旅', '市');"
        "lose.__name__ = 'close_up_blanks'; n.TEXT_RULES = (*n.TEXT_RULES, lose);",
        "AssertionError",
    ),
    "a reader that one pair of words overthrows": (
        "parse",
        "from fuzz import checks as c; old = c.parse;"
        "c.parse = lambda s: old(s) if '革附件' not in s.text else {}['planted'];",
        "KeyError",
    ),
    "a finder that is slow where brackets gather": (
        "citations",
        "from fuzz import checks as c; old = c.find_in_text;"
        "wait = lambda t: '（（（' in t and sum(range(10**7));"
        "c.find_in_text = lambda t: wait(t) or old(t);",
        "citations: slow",
    ),
    "a reader of corrections that forgets the line": (
        "corrections",
        "from generator.content import toml_tables as s; s.line_of = lambda *_: 'somewhere';",
        "no file and line",
    ),
}


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.name)
def test_a_finding_stays_mended(path: Path, tmp_path: Path) -> None:
    check(path.name.partition("-")[0], path.read_bytes(), tmp_path)


def assert_found(fault: str, harness: str, folder: Path) -> None:
    """Assert that a run finds a planted fault, and that the program without it passes."""
    target, plant, said = PLANTED[fault]
    start = f"Task({target!r}, 20_000, 240, 1, 0.1, Path({str(folder)!r}), findings=1)"
    done = subprocess.run(
        [sys.executable, "-c", f"{harness}{plant}import sys;sys.exit(fuzz({start}))"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    (finding,) = (path for path in folder.iterdir() if path.suffix != ".txt")
    assert said in done.stdout + finding.with_suffix(".txt").read_text("utf-8")
    check(target, finding.read_bytes(), folder)


@pytest.mark.slow
@pytest.mark.parametrize("fault", PLANTED)
def test_a_steady_run_finds_a_planted_fault(fault: str, tmp_path: Path) -> None:
    assert_found(fault, STEADY, tmp_path)


@with_atheris
@pytest.mark.slow
def test_a_guided_run_finds_a_planted_fault(tmp_path: Path) -> None:
    assert_found("a rule that loses a character", HARNESS, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_a_short_run_finds_nothing(
    target: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run.main([target, "--steady", "--inputs", "2000", "--out", str(tmp_path)]) == 0
    assert f"{target}: 2,000 inputs in" in capfd.readouterr().out


def test_a_steady_run_has_the_same_inputs_everywhere() -> None:
    script = (
        "import hashlib; from itertools import islice; from fuzz.inputs import steady;"
        "print([hashlib.sha256(b'|'.join(islice(steady(t, s), 1500))).hexdigest()"
        " for t in ('normalize', 'corrections') for s in (1, 2)])"
    )
    said = [
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert said[0] == said[1]
    assert len(set(ast.literal_eval(said[0]))) == 4  # each seed has inputs of its own


def test_a_finding_is_replayed_without_atheris(tmp_path: Path) -> None:
    path = tmp_path / "corrections-1"
    path.write_bytes(b"[[correction]]")
    assert run.main(["corrections", "--replay", str(path)]) == 0
