"""The modules of the search engine, under Node's test runner."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from generator.runtime.places import TEMPLATES
from generator.site.scripts import join_modules
from tests.documents import write_issue
from tests.pages import index_site

TESTS = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))
TEXTS = (
    "医养结合工作的意见各地要推进医养结合工作。",
    "医养结合工作的试点方案按照国发〔2016〕13号文件，开展工作。",
    "旅游工作的通知各县要做好旅游工作。",
    "医养产业工作的试行办法由各地执行。",
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Make a site of one small issue, with its index and the joined script."""
    write_issue(tmp_path, "g/2020-01", TEXTS)
    data = tmp_path / "g" / "2020-01" / "issue.json"
    issue = json.loads(data.read_text("utf-8"))
    issue["documents"][2]["number"] = "川府发〔2016〕55号"
    data.write_text(json.dumps(issue), "utf-8")
    index_site(tmp_path, ["g/2020-01"])
    script = join_modules("engine.mjs", [TEMPLATES / "search"])
    (tmp_path / "engine.js").write_text(script, "utf-8")
    return tmp_path


@pytest.mark.timeout(120)  # Node begins a process for each file
def test_every_module_does_what_its_tests_say(node: str, site: Path) -> None:
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", *TESTS],
        env={**os.environ, "GAZETTE_TEST_SITE": str(site)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# SKIP" not in done.stdout, done.stdout


@pytest.mark.parametrize("module", sorted(p.stem for p in (TEMPLATES / "search").glob("*.mjs")))
def test_each_module_has_tests_or_is_tested_through_the_engine(module: str) -> None:
    tested = {path.name.removesuffix(".test.mjs") for path in TESTS}
    assert module in tested | {"segment"}
