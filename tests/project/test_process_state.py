"""Importing the program changes nothing of the process or of a library; neither does a run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, SMALL, ArchiveMaker

BEGIN = """
import json, sys
from pathlib import Path
from tests.process_state import (
    changes, import_all, libraries, library_state, own_modules, process_state, replaced
)
fresh = process_state()
import_all(libraries())
found = {"libraries": changes(fresh, process_state())}
process, library = process_state(), library_state()
import_all(own_modules())
"""
END = """
found["process"] = changes(process, process_state())
found["library"] = replaced(library, library_state())
found["modules"] = len(own_modules())
print(json.dumps(found))
"""
RUN = """
from generator.cli import main
from generator.runtime.parallel import Alone, workers
from generator.runtime.places import Places
from generator.site.build import build
content = Path(sys.argv[1])
process, library = process_state(), library_state()
def build_into(where, run):
    places = Places(content, content.parent / where / "site", content.parent / where / "build")
    build(places, run, lambda *_: None)
with workers(1) as run:
    build_into("pool", run)
build_into("alone", Alone())
main(["check", str(content / "moumou/2020-03")], standalone_mode=False)
"""


def run(script: str, *arguments: Path) -> dict[str, dict[str, str]]:
    """Run a script in a new process, with nothing set that the program could find set already."""
    environment = {k: v for k, v in os.environ.items() if k != "NO_MKDOCS_2_WARNING"}
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found: dict[str, dict[str, str]] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.timeout(60)
def test_importing_any_module_changes_no_state() -> None:
    found = run(BEGIN + END)
    assert found["modules"]
    assert found["process"] == {}
    assert found["library"] == {}
    # changes that libraries make when they are imported: numpy adds four filters, OpenCV names the
    # folder of its own libraries, RapidOCR and what it loads begin to log
    own = ("pypinyin", "logging RapidOCR", "logging charset", "logging requests", "logging urllib3")
    about = {name for name in found["libraries"] if not name.startswith(own)}
    assert about <= {"warnings.filters", "os.environ LD_LIBRARY_PATH"}


@pytest.mark.slow
def test_a_build_and_a_check_leave_no_state_behind(make_archive: ArchiveMaker) -> None:
    content = make_archive({"2020-03": SMALL})
    found = run(BEGIN + RUN + END, content)
    assert (content.parent / "alone" / "site" / "index.html").is_file()
    assert found["process"] == {}
    assert found["library"] == {}
