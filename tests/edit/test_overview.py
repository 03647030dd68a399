"""Structure, tables, registers and readiness of an issue, to be read once over."""

from __future__ import annotations

from generator.edit.overview import LINKS, QUESTIONS
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


def readers(page: dict[str, Json]) -> list[str]:
    return [str(one["who"]) for one in listed(page, "readers")]


def test_who_read_a_page_is_kept_and_a_second_reader_too(client: Client) -> None:
    first, second = listed(client.json(f"{API}/overview"), "pages")
    assert first["label"] == "某某市人民政府关于加强湖泊保护的意见"  # where no paper is known
    for who in ("甲", " 乙  丙 "):
        client.json(f"{API}/kept", {"proofed": first["key"], "by": who})
    data = client.json(f"{API}/overview")
    first, second = listed(data, "pages")
    assert readers(first) == ["甲", "乙 丙"]
    assert readers(second) == []
    assert data["reader"] == "乙 丙"
    client.json(f"{API}/kept", {"unproofed": first["key"]})
    assert readers(listed(client.json(f"{API}/overview"), "pages")[0]) == ["甲"]
    assert "没有这一页" in str(client.json(f"{API}/kept", {"proofed": "99", "by": "甲"}, 422))


def test_sheets_and_printed_pages_are_read_one_by_one(client: Client, places: Places) -> None:
    marked = TEXT.replace("# 某某市人民政府关于公布", "— 2 —\n\n# 某某市人民政府关于公布")
    (places.content / NAME / "issue.md").write_text(f"{marked}\n— 3 —\n", "utf-8")
    pages = listed(client.json(f"{API}/overview"), "pages")
    assert [(page["key"], page["label"]) for page in pages] == [("p2", "第2页"), ("p3", "第3页")]


def test_the_archive_shows_the_state_of_an_issue_until_it_changes(
    client: Client, places: Places
) -> None:
    def state() -> Json:
        gazette = listed(client.json("/api/archive"), "gazettes")[0]
        return listed(gazette, "issues")[0]["state"]

    assert state() is None
    page = listed(client.json(f"{API}/overview"), "pages")[0]
    client.json(f"{API}/kept", {"proofed": page["key"], "by": "甲"})
    client.json(f"{API}/overview")
    assert state() == {
        "stops": 0, "warnings": 2, "pages": 2, "once": 1, "twice": 0, "fresh": True,
    }  # fmt: skip
    (places.content / NAME / "issue.toml").write_text("draft = true\n", "utf-8")
    found = state()
    assert isinstance(found, dict)
    assert found["fresh"] is False


def test_every_finding_is_asked_for_and_leads_to_its_line(client: Client) -> None:
    data = client.json(f"{API}/overview")
    questions = listed(data, "questions")
    counts = data["counts"]
    assert isinstance(counts, dict)
    asked = [one for one in questions if one["question"] != LINKS]
    assert sum(int(str(one["count"])) for one in asked) == sum(map(int, map(str, counts.values())))
    lines = [one["line"] for question in questions for one in listed(question, "findings")]
    assert lines
    assert all(isinstance(line, int) and line > 0 for line in lines)


def test_a_reference_to_what_is_not_there_is_a_link_without_a_place(
    client: Client, places: Places
) -> None:
    text = TEXT.replace("湖岸全部还绿。", "湖岸全部还绿，按照本意见第九条执行。")
    (places.content / NAME / "issue.md").write_text(text, "utf-8")
    found = listed(client.json(f"{API}/overview"), "questions")
    (links,) = (one for one in found if one["question"] == LINKS)
    assert ["第九条" in str(one["message"]) for one in listed(links, "findings")] == [True]


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
