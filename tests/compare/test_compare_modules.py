"""The modules that compare two documents, under Node's test runner; the library that they use."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

import pytest

from generator.delivery.bundle.outside import find_outside
from generator.runtime.places import TEMPLATES
from generator.site.scripts import join_modules

TESTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))
LIBRARY = TEMPLATES / "theme" / "assets" / "gazette" / "compare" / "diff.min.js"
# dist/diff.min.js of jsdiff 9.0.0 (npm: diff); tools/licences.toml names it
DIGEST = "b51a9d2885f2c090dc97b981027395f7e7e6558a46c75ae3747db267913a89ab"


@pytest.mark.timeout(120)  # Node begins a process for each file
def test_every_module_does_what_its_tests_say(node: str) -> None:
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", *TESTS], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# SKIP" not in done.stdout, done.stdout


@pytest.mark.parametrize("module", sorted(p.stem for p in (TEMPLATES / "compare").glob("*.mjs")))
def test_each_module_has_tests_or_is_tested_through_the_others(module: str) -> None:
    assert module in {path.name.removesuffix(".test.mjs") for path in TESTS} | {"likeness"}


def test_the_modules_join_to_a_script_that_runs(node: str, tmp_path: Path) -> None:
    script = tmp_path / "compare.js"
    run = "console.log(gazetteCompare([], [], null).rows.length)\n"
    script.write_text(join_modules("compare.mjs", [TEMPLATES / "compare"]) + run, "utf-8")
    done = subprocess.run([node, script], capture_output=True, text=True, check=True)
    assert done.stdout == "0\n"


def test_the_library_is_the_published_file_and_loads_nothing() -> None:
    data = LIBRARY.read_bytes()
    assert hashlib.sha256(data).hexdigest() == DIGEST
    assert list(find_outside("assets/gazette/compare/diff.min.js", data.decode())) == []
