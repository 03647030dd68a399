"""The index as files: fold, segments, tables. Queries are tried in test_browser_search.py."""

from __future__ import annotations

import base64
import json
import random
import re
import zlib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import UNCHANGED
from generator.model.validity import LABELS
from generator.runtime.places import ROOT
from generator.search import fold, in_order, plan_segments
from generator.search.fold import fold_lines
from generator.search.grams import make_lists
from generator.search.passages import Entry, Passage, entries_of
from generator.search.segment import write_segment
from generator.search.varints import ascending, varint, varints
from tests.documents import write_issue
from tests.pages import index_site

VECTORS = json.loads((Path(__file__).parent / "fold_vectors.json").read_text("utf-8"))


def read_varints(data: bytes) -> list[int]:
    numbers, value, shift = [], 0, 0
    for byte in data:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return numbers


@pytest.mark.parametrize(("text", "folded"), VECTORS)
def test_the_fold_does_what_the_vectors_say(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.sampled_from("第12号 \u3000a[〔（《“—臺①Ⅱ\u200b\nＡ")))
def test_the_fold_is_idempotent_and_knows_no_line_end(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    lines = [line.replace("\r", " ") for line in text.split("\n")]
    assert fold_lines("\n".join(lines)).split("\n") == [fold(line) for line in lines]


@given(st.lists(st.integers(0, 2**28 - 1), max_size=50))
def test_varints_read_what_was_written(numbers: list[int]) -> None:
    assert read_varints(varints(numbers)) == numbers
    assert b"".join(map(varint, numbers)) == varints(numbers)
    rising = sorted(set(numbers))
    gaps = [b - a for a, b in pairwise([0, *rising])]
    assert read_varints(ascending(rising)) == gaps


@given(st.lists(st.text(st.sampled_from("甲乙丙丁𠮷a\n"), max_size=12), min_size=1, max_size=6))
def test_lists_hold_each_place_of_each_bigram(texts: list[str]) -> None:
    documents = [f"{text}\n" for text in texts]
    stream = "".join(documents)
    lists = make_lists(list(documents))
    expected = {
        a + b: [n for n, pair in enumerate(pairwise(stream)) if pair == (a, b)]
        for a, b in pairwise(stream)
        if "\n" not in (a, b)
    }
    found = {}
    for key, value, count in zip(lists.keys, lists.values, lists.counts, strict=True):
        gaps = read_varints(value)
        if len(key) == 2:
            found[key] = [sum(gaps[: n + 1]) for n in range(len(gaps))]
            assert count == len(gaps)
        else:
            place, held = 0, []
            for gap, first in zip(gaps[::2], gaps[1::2], strict=True):
                place += gap
                held.append((place, first))
            assert held == [(n, d.index(key)) for n, d in enumerate(documents) if key in d]
    assert found == expected
    assert lists.keys == sorted(lists.keys)


@pytest.mark.parametrize("count", [0, 1, 7, 8, 9, 63, 64, 65, 255, 256, 257, 300, 600])
def test_segments_hold_each_issue_once_and_in_order(count: int) -> None:
    issues = [f"g/{n}" for n in range(count)]
    plan = plan_segments(issues)
    assert [issue for segment in plan for issue in segment] == issues
    assert all(len(segment) <= 256 for segment in plan)
    assert len(plan) <= count // 256 + 3


def test_one_issue_more_changes_the_last_segment_alone() -> None:
    issues = [f"g/{n:04}" for n in range(301)]
    before, after = plan_segments(issues[:300]), plan_segments(issues)
    assert before[:-1] == after[:-1]
    assert len(after[-1]) == 5


def test_issues_are_ordered_by_their_numbers_and_then_by_gazette() -> None:
    names = ["b/2017-01", "a/2017-02", "a/2016-12", "a/2017-01"]
    assert in_order(names) == ["a/2016-12", "a/2017-01", "b/2017-01", "a/2017-02"]


def entry(place: int, *texts: str) -> Entry:
    passages = tuple(Passage(f"p{n}", text) for n, text in enumerate(texts))
    return Entry(
        f"g/2020-01/{place}.html", texts[0], f"某府发〔2020〕{place}号", "某府", "通知",
        "2020-03-05", "某公报", "g/2020-01", "2020", ("市财政局",), ("张某",), passages,
    )  # fmt: skip


def payload(path: Path) -> Any:
    text = path.read_text("ascii")
    found = re.fullmatch(r'gazette_part\("([^"]+)",(.*)\);\n', text, re.DOTALL)
    assert found
    assert found[1] == path.stem
    return json.loads(found[2])


def test_pieces_hold_the_texts_as_printed_with_their_documents(tmp_path: Path) -> None:
    long = "财政" * 2000
    head = write_segment([entry(1, "标题一", long, long, long), entry(2, "标题〔二〕")], tmp_path)
    pieces = [
        json.loads(zlib.decompress(base64.b64decode(payload(tmp_path / f"t{n}.js"))))
        for n in range(len(list(tmp_path.glob("t*.js"))))
    ]
    assert len(pieces) > 1
    texts = [p[1] for piece in pieces for _, _, passages in piece for p in passages]
    assert texts == ["标题一", long, long, long, "标题〔二〕"]
    assert pieces[0][0][0][:3] == ["g/2020-01/1.html", "标题一", "某府发〔2020〕1号"]
    gaps = read_varints(base64.b64decode(str(head["pieces"])))
    assert len(gaps) == len(pieces)


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        head = write_segment(
            [entry(n, f"标题{n}", "重庆市" * n) for n in range(40)], tmp_path / name
        )
        files = {p.name: p.read_bytes() for p in (tmp_path / name).iterdir()}
        written.append((head, files))
    assert written[0] == written[1]


def test_an_entry_holds_every_text_of_a_document(built: Path) -> None:
    data = json.loads((built / "site/panzhihua/2017-01/issue.json").read_text("utf-8"))
    for found, document in zip(entries_of(data), data["documents"], strict=True):
        blocks = [*document["blocks"], *(b for a in document["attachments"] for b in a["blocks"])]
        said: list[str] = []
        for block in blocks:
            said += [cell for row in block.get("rows", ()) for cell in row if cell]
            said += [block["text"]] if "text" in block else []
        assert sorted(p.text for p in found.passages) == sorted(said)
        assert found.passages[0].text == document["title"]


def test_a_new_issue_leaves_sealed_segments_as_they_are(tmp_path: Path) -> None:
    names = [f"g/20{n // 12:02}-{n % 12 + 1:02}" for n in range(66)]
    chooser = random.Random(7)
    for name in names:
        write_issue(tmp_path, name, ["".join(chooser.choices("甲乙丙丁戊己庚辛", k=60))])
    index_site(tmp_path, names[:65])
    before = {p.name for p in (tmp_path / "search").iterdir() if p.is_dir()}
    index_site(tmp_path, names)
    after = {p.name for p in (tmp_path / "search").iterdir() if p.is_dir()}
    assert len(before & after) == 1  # of sixty-four issues


def test_hits_name_states_as_pages_do() -> None:
    script = (ROOT / "templates" / "search" / "filters.mjs").read_text("utf-8")
    words = dict(
        re.findall(r'"?([a-z-]+)"?: "([^"]+)"', script.partition("STATES = {")[2].partition("}")[0])
    )
    assert {kind: words[kind] for kind in LABELS} == LABELS
    assert words["none"] in UNCHANGED
