"""What the search finds in tables with merged cells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.search.passages import entries_of


@pytest.mark.medium
def test_a_hit_in_a_merged_cell_leads_to_its_first_row(merged: Path) -> None:
    data = json.loads((merged / "site/moumou/2024-01/issue.json").read_bytes())
    (entry,) = entries_of(data)
    anchors = {passage.text: passage.anchor for passage in entry.passages}
    assert anchors["生态保护"] == anchors["市水务局"] == "t1-r1"
    assert anchors["责任单位"] == anchors["牵头单位"] == "t1"
    assert anchors["基本情况"] == "t3-r1"
    assert [p.anchor for p in entry.passages if p.text == "市水务局"] == ["t1-r1"]
    assert "市水务局" in entry.agencies


@pytest.mark.medium
def test_paragraphs_of_a_cell_a_caption_and_a_note_are_found(merged: Path) -> None:
    data = json.loads((merged / "site/moumou/2024-01/issue.json").read_bytes())
    (entry,) = entries_of(data)
    anchors = {passage.text: passage.anchor for passage in entry.passages}
    assert anchors["加强监管。"] == "t1-r11"
    assert anchors["市公安局"] == "t1-r11"
    assert anchors["表1　河湖管护考核得分（依据《某某市河湖管理办法》）"] == "t2-caption"
    assert anchors["注：得分截至2023年底。"] == "t2-note"
