"""The seed issue at every stage, and its pages; only ``make golden`` rewrites these files."""

from __future__ import annotations

import os

import pytest

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content import load, read_gazette
from generator.formats.issue_json import issue_data
from generator.render import render, template_environment
from generator.runtime.data import dump
from generator.runtime.places import ROOT
from generator.stages.citations import find_citations
from generator.stages.normalize import normalize
from generator.stages.parse import parse
from tests.conftest import SEED
from tests.outlines import outline

GOLDEN = ROOT / "tests" / "golden" / "panzhihua-2017-01"
REWRITE = os.environ.get("GAZETTE_GOLDEN") == "1"


def stages() -> dict[str, str]:
    parsed = parse(load(SEED))
    normalized = normalize(parsed)
    found = find_citations(normalized)
    links = resolve_citations([summarise(found)])
    texts = {
        "parse.txt": outline(parsed, whole=False),
        "normalize.txt": outline(normalized, whole=True),
        "ledger.txt": "".join(
            f"{e.line} {e.rule} {e.before!r} → {e.after!r}\n"
            for e in normalized.ledger
            if e.rule != "widen_punctuation"
        ),
    }
    data = issue_data(found, links)
    documents = data["documents"]
    assert isinstance(documents, list)
    citations = [d["citations"] for d in documents if isinstance(d, dict)]
    texts["citations.json"] = dump(citations)
    pages = render(
        found, read_gazette(SEED.parent), links, template_environment(ROOT / "templates")
    )
    return texts | {f"pages/{path}": text for path, text in pages.items()}


def test_the_seed_is_unchanged() -> None:
    now = stages()
    if REWRITE:
        for name, text in now.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, "utf-8")
    stored = {
        path.relative_to(GOLDEN).as_posix(): path.read_text("utf-8")
        for path in GOLDEN.rglob("*")
        if path.is_file()
    }
    assert now.keys() == stored.keys()
    for name, text in now.items():
        assert text == stored[name], f"{name} changed: make golden, then read the difference"


@pytest.mark.skipif(not REWRITE, reason="the switch is off, as it should be")
def test_the_switch_is_off() -> None:
    pytest.fail("golden files were rewritten; run the tests again without GAZETTE_GOLDEN")
