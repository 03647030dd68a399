"""Acts change issue.toml and terms.txt, and nothing else; each can be undone."""

from __future__ import annotations

import tomllib

import pytest

from generator.content import TERMS_FILE
from generator.content.intake.taken import ISSUE_FILE
from generator.edit.requests import place_in_line, unique
from generator.edit.workspace import Workspace
from generator.model import Table
from generator.runtime.data import Json
from generator.runtime.places import Places
from generator.stages.pipeline import convert
from tests.edit.conftest import NAME, TEXT, Client

API = f"/api/issue/{NAME}"
LATIN = next(n for n, line in enumerate(TEXT.split("\n"), 1) if "国家 and" in line)


def facts(places: Places) -> str:
    path = places.content / NAME / "issue.toml"
    return path.read_text("utf-8") if path.exists() else ""


def finding(client: Client, code: str) -> dict[str, Json]:
    found = client.json(API, {})["findings"]
    assert isinstance(found, list)
    return next(one for one in found if isinstance(one, dict) and one["code"] == code)


def test_an_accepted_reading_is_a_correction_and_the_finding_is_gone(
    client: Client, places: Places
) -> None:
    one = finding(client, "latin-word")
    body = {"type": "correct", "line": one["line"], "printed": one["from"], "to": one["to"]}
    answer = client.json(f"{API}/act", {"act": body | {"finding": one["id"]}})
    assert answer["saved"] is True
    (entry,) = tomllib.loads(facts(places))["correction"]
    assert entry["line"] == LATIN
    assert (entry["from"], entry["to"], entry["why"]) == (one["from"], one["to"], "扫描误认")
    assert (places.content / NAME / ISSUE_FILE).read_text("utf-8") == TEXT
    data = client.json(API, {})
    findings = data["findings"]
    assert isinstance(findings, list)
    assert all(isinstance(f, dict) and f["id"] != one["id"] for f in findings)
    assert "国家和省有关规定" in str(data["documents"])


def test_undo_and_redo_give_the_same_bytes(client: Client, places: Places) -> None:
    path = places.content / NAME / "issue.toml"
    path.write_text("# 甲的注\ndraft = true\n", "utf-8")
    client.json(f"{API}/act", {"act": {"type": "decide", "line": LATIN, "begins": "paragraph"}})
    after = facts(places)
    assert after.startswith("# 甲的注\ndraft = true\n\n[[decision]]\n")
    client.json(f"{API}/undo", {})
    assert facts(places) == "# 甲的注\ndraft = true\n"
    client.json(f"{API}/redo", {})
    assert facts(places) == after
    assert client.json(f"{API}/redo", {})["saved"] is False


def test_undo_reaches_over_sittings_and_spares_what_a_hand_wrote(
    client: Client, places: Places
) -> None:
    client.json(
        f"{API}/act", {"act": {"type": "correct", "line": LATIN, "printed": "and", "to": "和"}}
    )
    path = places.content / NAME / "issue.toml"
    path.write_text(
        facts(places) + '\n# 乙补\n[[confirmed]]\ncode = "x"\nline = 1\ntext = "某"\nwhy = "乙"\n',
        "utf-8",
    )
    client.json(f"{API}/undo", {})
    kept = tomllib.loads(facts(places))
    assert "correction" not in kept
    assert kept["confirmed"][0]["why"] == "乙"
    assert "# 乙补" in facts(places)


def test_what_a_hand_cut_cannot_be_undone_and_is_said(client: Client, places: Places) -> None:
    client.json(
        f"{API}/act", {"act": {"type": "correct", "line": LATIN, "printed": "and", "to": "和"}}
    )
    (places.content / NAME / "issue.toml").write_text("draft = true\n", "utf-8")
    answer = client.json(f"{API}/undo", {}, status=409)
    assert "没有改动任何文件" in str(answer["fault"])
    assert facts(places) == "draft = true\n"


def test_a_term_goes_into_terms_and_back(client: Client, places: Places) -> None:
    terms = places.content / "moumou" / TERMS_FILE
    terms.write_text("# 本地词\n攀西", "utf-8")
    client.json(f"{API}/act", {"act": {"type": "term", "word": "古树"}})
    assert terms.read_text("utf-8") == "# 本地词\n攀西\n古树\n"
    client.json(f"{API}/undo", {})
    assert terms.read_text("utf-8") == "# 本地词\n攀西\n"


def test_a_correction_of_a_correction_is_one_correction(client: Client, places: Places) -> None:
    client.json(
        f"{API}/act", {"act": {"type": "correct", "line": LATIN, "printed": " and ", "to": "或"}}
    )
    client.json(
        f"{API}/act",
        {"act": {"type": "correct", "line": LATIN, "printed": "家或省", "to": "家和省"}},
    )
    (entry,) = tomllib.loads(facts(places))["correction"]
    assert (entry["from"], entry["to"]) == ("家 and 省", "家和省")
    client.json(f"{API}/undo", {})
    (entry,) = tomllib.loads(facts(places))["correction"]
    assert entry["to"] == "或"


def test_characters_of_the_published_text_are_found_in_the_source_line() -> None:
    source = "(五)加强统一 社会信用代码,推动使用"
    published = "（五）加强统一社会信用代码，推动使用"
    at = published.index("，推动")
    assert source[slice(*place_in_line(source, published, at, at + 1))] == ","
    at = published.index("一社会")
    assert source[slice(*place_in_line(source, published, at, at + 2))] == "一 社"
    assert place_in_line(source, published, 3, 3) == (-1, -1)


@pytest.mark.parametrize(
    ("line", "start", "end"), [("甲乙甲乙丙", 2, 3), ("己己己", 1, 2), ("甲", 0, 1)]
)
def test_a_text_is_widened_until_it_stands_once(line: str, start: int, end: int) -> None:
    printed, corrected = unique(line, start, end, "丁")
    assert line.count(printed) == 1
    assert line.replace(printed, corrected) == line[:start] + "丁" + line[end:]


def test_entries_whose_text_has_moved_are_named_together_and_moved(
    client: Client, places: Places
) -> None:
    path = places.content / NAME / "issue.toml"
    path.write_text(
        '[[correction]]\nline = 3\nfrom = "湖岸全部还绿"\nto = "湖岸全部复绿"\nwhy = "误认"\n\n'
        '[[decision]]\nline = 1\ntext = "没有这几个字"\nbegins = "paragraph"\nwhy = "核对"\n',
        "utf-8",
    )
    answer = client.json(API, {}, status=422)
    found = answer["misplaced"]
    assert isinstance(found, list)
    first, second = found
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    line = next(n for n, text in enumerate(TEXT.split("\n"), 1) if "还绿" in text)
    assert first["lines"] == [line]
    assert f"现在在 issue.md 第{line}行" in str(first["message"])
    assert second["lines"] == []
    move = {"type": "move", "key": "correction", "values": first["values"], "line": line}
    client.json(f"{API}/act", {"act": move})
    client.json(
        f"{API}/act", {"act": {"type": "drop", "key": "decision", "values": second["values"]}}
    )
    assert "湖岸全部复绿" in str(client.json(API, {})["documents"])
    assert tomllib.loads(facts(places))["correction"][0]["line"] == line
    client.json(f"{API}/undo", {})
    client.json(f"{API}/undo", {})
    assert tomllib.loads(facts(places))["correction"][0]["line"] == 3


ROWS = "\n序号\t事项\t单位\n1\t修堤\t水务局\n2\t\t林业局\n"


def line_of(client: Client, words: str) -> int:
    lines = client.json(f"{API}/source?first=1&last=400")["now"]
    assert isinstance(lines, list)
    return next(n for n, line in enumerate(lines, 1) if words in str(line))


def test_a_cell_is_corrected_by_its_own_words(client: Client, places: Places) -> None:
    path = places.content / NAME / ISSUE_FILE
    path.write_text(TEXT.replace("一、总体要求\n", f"一、总体要求\n{ROWS}"), "utf-8")
    line = line_of(client, "修堤")
    # the words decide where the page counts the characters of a row in another order
    act = {"type": "correct", "line": line, "start": 9, "end": 10, "words": "堤", "to": "坝"}
    client.json(f"{API}/act", {"act": act})
    (entry,) = tomllib.loads(facts(places))["correction"]
    assert (entry["line"], entry["from"], entry["to"]) == (line, "堤", "坝")
    wrong = {"type": "correct", "line": line, "start": 0, "end": 1, "words": "没有", "to": "甲"}
    client.json(f"{API}/act", {"act": wrong}, status=409)


def test_an_empty_cell_is_filled_in_its_whole_line(client: Client, places: Places) -> None:
    path = places.content / NAME / ISSUE_FILE
    path.write_text(TEXT.replace("一、总体要求\n", f"一、总体要求\n{ROWS}"), "utf-8")
    line = line_of(client, "林业局")
    act = {"type": "correct", "line": line, "printed": "2\t\t林业局", "to": "2\t种树\t林业局"}
    client.json(f"{API}/act", {"act": act})
    (entry,) = tomllib.loads(facts(places))["correction"]
    assert "种树" in entry["to"]
    assert len(entry["from"]) < len("2\t\t林业局")
    tables = [
        block
        for document in convert(places.content / NAME).documents
        for block in document.all_blocks()
        if isinstance(block, Table)
    ]
    assert tables[0].rows[-1] == ("2", "种树", "林业局")


@pytest.mark.parametrize("begins", ["paragraph", "heading", "furniture"])
def test_a_decision_begins_at_characters_within_a_line(
    client: Client, places: Places, begins: str
) -> None:
    line = line_of(client, "为保护湖泊")
    act = {
        "type": "decide", "line": line, "start": 6, "end": 8, "words": "根据", "begins": begins,
    }  # fmt: skip
    client.json(f"{API}/act", {"act": act})
    (entry,) = tomllib.loads(facts(places))["decision"]
    assert entry["text"].startswith("根据")
    assert (entry["text"] == "根据") == (begins == "furniture")
    assert client.json(API, {})["findings"] is not None


def test_unsent_text_and_the_view_come_back_after_the_server_has_ended(
    client: Client, places: Places
) -> None:
    unsent = {"line": LATIN, "words": "and", "to": "和", "printed": "and"}
    client.json(f"{API}/unsent", {"unsent": unsent})
    client.json("/api/view", {"zoom": 1.5, "left": 30, "marked": True})
    again = Workspace(places).remembered  # as a new process reads it
    kept = again.unsent(NAME)
    assert kept is not None
    assert (kept.line, kept.to) == (LATIN, "和")
    assert (again.view().zoom, again.view().left, again.view().marked) == (1.5, 30, True)
    client.json(f"{API}/unsent", {})
    assert again.unsent(NAME) is None
    assert again.view().zoom == 1.5


def test_what_the_program_changed_is_told_at_its_place(client: Client, places: Places) -> None:
    path = places.content / NAME / ISSUE_FILE
    path.write_text(
        TEXT.replace("坚持保护优先，到2026年底前，", "坚持保护优先,到 2026年底前，"), "utf-8"
    )
    line = line_of(client, "坚持保护优先")
    told = client.json(f"{API}/changes")[str(line)]
    assert isinstance(told, dict)
    edits = told["edits"]
    assert isinstance(edits, list)
    assert [6, 7, ","] in edits
    assert any(isinstance(edit, list) and edit[2] == " " for edit in edits)


def test_a_correction_takes_the_decision_about_its_text_along(
    client: Client, places: Places
) -> None:
    line = line_of(client, "现公布本市")
    client.json(f"{API}/act", {"act": {"type": "decide", "line": line, "begins": "paragraph"}})
    act = {"type": "correct", "line": line, "printed": "古树名录", "to": "古木名录"}
    client.json(f"{API}/act", {"act": act})
    (decided,) = tomllib.loads(facts(places))["decision"]
    assert "古木名录" in decided["text"]
    assert "古木名录" in str(client.json(API, {})["documents"])
    client.json(f"{API}/undo", {})
    (decided,) = tomllib.loads(facts(places))["decision"]
    assert "古树名录" in decided["text"]


def test_an_act_that_would_lose_the_text_of_another_entry_is_refused(
    client: Client, places: Places
) -> None:
    line = line_of(client, "现公布本市")
    path = places.content / NAME / "issue.toml"
    held = f'[[decision]]\nline = {line}\ntext = "古树名录，请"\nbegins = "paragraph"\nwhy = "乙"\n'
    path.write_text(held, "utf-8")
    act = {"type": "correct", "line": line, "printed": "一批古树", "to": "一批大树"}
    answer = client.json(f"{API}/act", {"act": act}, status=409)
    assert "请先撤回那一条" in str(answer["fault"])
    assert facts(places) == held
