"""Structure, tables, registers and readiness of an issue, to be read once over."""

from __future__ import annotations

from generator.edit.overview import QUESTIONS
from generator.model.codes import CODES
from generator.runtime.data import Json
from generator.runtime.places import Places
from tests.edit.conftest import NAME, TEXT, Client

API = f"/api/issue/{NAME}"


def listed(data: dict[str, Json], key: str) -> list[dict[str, Json]]:
    found = data[key]
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, dict)]


def test_each_code_of_a_question_is_one_of_the_program() -> None:
    codes = [code for _, codes in QUESTIONS for code in codes]
    assert set(codes) <= CODES.keys()
    assert len(codes) == len(set(codes))


def test_contents_and_documents_stand_beside_each_other(client: Client) -> None:
    rows = listed(client.json(f"{API}/overview"), "rows")
    assert len(rows) == 2
    for row in rows:
        entry, document = row["entry"], row["document"]
        assert isinstance(entry, dict)
        assert isinstance(document, dict)
        assert entry["title"] == document["title"]
    assert [d["number"] for d in (r["document"] for r in rows) if isinstance(d, dict)] == [
        "某府发〔2024〕5号",
        "某府发〔2024〕6号",
    ]


def test_a_document_without_its_entry_stops_publication_and_says_where(
    client: Client, places: Places
) -> None:
    lost = TEXT.replace("某某市人民政府关于公布古树名录的通知 ..... 5\n", "")
    (places.content / NAME / "issue.md").write_text(lost, "utf-8")
    data = client.json(f"{API}/overview")
    (row,) = (row for row in listed(data, "rows") if row["entry"] is None)
    findings = row["findings"]
    assert isinstance(findings, list)
    assert findings
    question = next(q for q in listed(data, "questions") if q["question"] == "目录与公文一致")
    assert question["stops"] == 1


def test_who_read_a_sheet_is_kept_and_a_second_reader_too(client: Client) -> None:
    client.json(f"{API}/kept", {"proofed": "3", "by": "甲"})
    client.json(f"{API}/kept", {"proofed": "3", "by": "乙"})
    proofed = client.json(f"{API}/overview")["proofed"]
    assert isinstance(proofed, dict)
    readers = proofed["3"]
    assert isinstance(readers, list)
    assert [str(one)[0] for one in readers] == ["甲", "乙"]


def test_a_missing_document_shows_where_it_probably_is_and_is_begun_there(
    client: Client, places: Places
) -> None:
    title = "某某市人民政府关于公布古树名录的通知"
    head = f"# {title}\n\n某府发〔2024〕6号\n\n各区人民政府：\n"
    lost = TEXT.replace(head, "某某市人民政府美于公布\n\n古树名录旳通知\n")
    (places.content / NAME / "issue.md").write_text(lost, "utf-8")
    (row,) = (r for r in listed(client.json(f"{API}/overview"), "rows") if r["document"] is None)
    (place,) = listed(row, "places")
    line = lost.split("\n").index("某某市人民政府美于公布") + 1
    assert place["line"] == line
    client.json(f"{API}/act", {"act": {"type": "decide", "line": line, "begins": "document"}})
    rows = listed(client.json(f"{API}/overview"), "rows")
    begun = [r["document"] for r in rows if isinstance(r["document"], dict)]
    assert [d["line"] for d in begun][-1] == line


def test_a_title_is_joined_from_the_lines_at_the_head_of_its_document(
    client: Client, places: Places
) -> None:
    cut = TEXT.replace(
        "# 某某市人民政府关于公布古树名录的通知",
        "# 某某市人民政府关于公布\n\n古树名录\n\n的通知",
    )
    (places.content / NAME / "issue.md").write_text(cut, "utf-8")

    def last() -> dict[str, Json]:
        found = listed(client.json(f"{API}/overview"), "rows")[-1]["document"]
        assert isinstance(found, dict)
        return found

    lines = {str(one["text"]): one["line"] for one in listed(last(), "head")}
    for text in ("古树名录", "的通知"):
        act = {"type": "decide", "line": lines[text], "begins": "title"}
        client.json(f"{API}/act", {"act": act})
    assert last()["title"] == "某某市人民政府关于公布古树名录的通知"
