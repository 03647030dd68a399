"""Feeds, lists, calendars and the search description obey the rules of their formats."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.archive.registers import UNKNOWN_DAY
from generator.formats.duties import LARGEST, WIDTH, fold, plan_calendars
from generator.formats.feeds import plan_feeds
from generator.formats.feeds.entries import LONGEST_FEED
from generator.formats.offers import Offers, plan_offers
from generator.language.deadlines import Due
from generator.model import DocumentFact, DutyFact, Gazette, Summary
from generator.model.addresses import address_of, common_address, site_address
from generator.model.validity import LABELS
from generator.site.swap import scan
from tests.conftest import ROOT, build_quietly, make_once
from tests.documents import issue_text, letter

ATOM = "{http://www.w3.org/2005/Atom}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
# RFC 3339
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
HOME = "https://gazette.example/公报"
QUOTED = "https://gazette.example/%E5%85%AC%E6%8A%A5/"
SINGLE = Gazette("g", "某某市人民政府公报", homepage=HOME)
ALONE = Gazette("g", "某某市人民政府公报")


def document(number: int, day: str = "", title: str = "", issuer: str = "某府") -> DocumentFact:
    return DocumentFact(
        id=f"{number:02}", title=title or f"第{number}件", number=f"某府发〔2020〕{number}号",
        issuer=issuer, type="通知", date=day, category="文件", page=number, names=(),
    )  # fmt: skip


def issue(name: str, *documents: DocumentFact, duties: tuple[DutyFact, ...] = ()) -> Summary:
    year, _, number = name.rpartition("/")[2].partition("-")
    return Summary(name, int(year), int(number), None, documents, (), (), duties)


def offers(gazettes: tuple[Gazette, ...], *summaries: Summary) -> Offers:
    keys = {summary.name: summary.name for summary in summaries}
    return plan_offers(gazettes, summaries, gazettes[0].title, keys)


def texts(planned: Offers) -> dict[str, str]:
    return {file.path: file.write() for file in planned.files}


def titles(planned: Offers, path: str) -> list[str]:
    return [item["title"] for item in json.loads(texts(planned)[path])["items"]]


TWO = (
    issue("g/2020-01", document(1, "2020-01-05"), document(2, "2019-12-30", issuer="某府、某办")),
    issue("g/2020-02", document(3, "2020-02-07"), document(4)),
)


# ---- Atom and JSON Feed


def check_atom(data: bytes) -> None:
    """Check a feed against the requirements of RFC 4287 (4.1.1, 4.1.2)."""
    feed = etree.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    assert all(isinstance(e.tag, str) and e.tag.startswith(ATOM) for e in feed.iter())
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
        assert urlsplit(element.findtext(f"{ATOM}id")).scheme in ("https", "urn")
        for name in ("updated", "published"):
            for moment in element.findall(f"{ATOM}{name}"):
                assert MOMENT.fullmatch(str(moment.text))
                assert datetime.fromisoformat(str(moment.text)).hour == 0
        alternates = [
            (link.get("type"), link.get("hreflang"))
            for link in element.findall(f"{ATOM}link")
            if link.get("rel") == "alternate"
        ]
        assert alternates
        assert len(set(alternates)) == len(alternates)
        assert all(category.get("term") for category in element.findall(f"{ATOM}category"))
        assert all(author.findtext(f"{ATOM}name") for author in element.findall(f"{ATOM}author"))
    # entries without an author take the feed's
    assert feed.findall(f"{ATOM}author")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids) > 0
    newest = max(str(entry.findtext(f"{ATOM}updated")) for entry in entries)
    assert feed.findtext(f"{ATOM}updated") == newest


def check_json(data: str) -> None:
    """Check a feed against jsonfeed.org/version/1.1: required keys and types."""
    feed = json.loads(data)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert isinstance(feed["items"], list)
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids) > 0
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item["content_text"], str)
        assert item["content_text"]
        assert all(author["name"] for author in item["authors"])
        assert all(isinstance(tag, str) for tag in item["tags"])
        assert MOMENT.fullmatch(item["date_modified"])


@pytest.mark.parametrize("gazette", [SINGLE, ALONE], ids=["homepage", "no homepage"])
def test_feeds_hold_what_their_formats_demand(gazette: Gazette) -> None:
    written = texts(offers((gazette,), *TWO))
    feeds = {"feed", "g/feed", "issuers/moufu", "issuers/mouban"}
    assert {f"{path}.xml" for path in feeds} < set(written)
    for path in feeds:
        check_atom(written[f"{path}.xml"].encode())
        check_json(written[f"{path}.json"])


def test_both_formats_tell_the_same() -> None:
    written = texts(offers((SINGLE,), *TWO))
    feed = etree.fromstring(written["feed.xml"].encode())
    entries = feed.findall(f"{ATOM}entry")
    items = json.loads(written["feed.json"])["items"]
    assert [e.findtext(f"{ATOM}id") for e in entries] == [item["id"] for item in items]
    assert [e.findtext(f"{ATOM}title") for e in entries] == [item["title"] for item in items]
    assert [e.findtext(f"{ATOM}summary") for e in entries] == [i["content_text"] for i in items]
    assert [e.findtext(f"{ATOM}updated") for e in entries] == [i["date_modified"] for i in items]
    assert [[c.get("term") for c in e.findall(f"{ATOM}category")] for e in entries] == [
        item["tags"] for item in items
    ]


def test_the_newest_issue_comes_first_and_its_documents_in_order() -> None:
    planned = offers((SINGLE,), *TWO)
    assert titles(planned, "feed.json") == ["第3件", "第4件", "第1件", "第2件"]
    assert titles(planned, "issuers/mouban.json") == ["第2件"]
    item = json.loads(texts(planned)["issuers/mouban.json"])["items"][0]
    assert item["authors"] == [{"name": "某府"}, {"name": "某办"}]
    assert item["tags"] == ["通知", "文件"]
    about = "某府发〔2020〕2号，某府、某办，2019年12月30日，载《某某市人民政府公报》2020年第1期"
    assert item["content_text"] == about
    assert item["_gazette"]["page"] == 2


def test_issues_of_several_gazettes_are_merged_by_date() -> None:
    other = Gazette("h", "另一公报")
    planned = offers(
        (SINGLE, other),
        *TWO,
        issue("h/2020-01", document(7, "2020-01-20")),
        issue("h/2020-02", document(8, "2020-03-01")),
    )
    assert titles(planned, "feed.json") == ["第8件", "第3件", "第4件", "第7件", "第1件", "第2件"]
    assert titles(planned, "h/feed.json") == ["第8件", "第7件"]


def test_a_feed_is_bounded() -> None:
    many = [issue(f"g/{year}-01", *map(document, range(1, 25))) for year in range(2001, 2011)]
    for feed in plan_feeds((SINGLE,), many, "某公报"):
        assert len(feed.told) == LONGEST_FEED
        assert feed.told[0][0].summary.year == 2010


DATED = (
    # a document without a date; with an impossible date; in an issue without any date
    (issue("g/2020-03", document(1, "2020-02-07"), document(2)), 1, "2020-02-07"),
    (issue("g/2020-03", document(1, "2020-02-07"), document(2, "2020-02-31")), 1, "2020-02-07"),
    (issue("g/2020-03", document(1), document(2)), 1, "2020-01-01"),
    (Summary("g/增刊", None, None, None, (document(1),), ()), 0, UNKNOWN_DAY),
    # a date after the issue's year moves no feed
    (issue("g/2020-03", document(1, "2071-02-07"), document(2)), 1, "2020-01-01"),
    (issue("g/2020-03", document(1, "2071-02-07"), document(2)), 0, "2020-01-01"),
    # a month alone is no day
    (issue("g/2020-03", document(1, "2020-02"), document(2, "2020-02-07")), 0, "2020-02-07"),
)


@pytest.mark.parametrize(("summary", "place", "day"), DATED)
def test_a_document_without_a_date_takes_its_issue_s(
    summary: Summary, place: int, day: str
) -> None:
    written = texts(offers((ALONE,), summary))
    item = json.loads(written["feed.json"])["items"][place]
    assert item["date_modified"] == f"{day}T00:00:00Z"
    assert ("date_published" in item) == (summary.documents[place].date == day)
    check_atom(written["feed.xml"].encode())


def test_ids_are_addresses_or_the_same_wherever_the_site_stands() -> None:
    (public,) = json.loads(texts(offers((SINGLE,), TWO[0]))["issuers/mouban.json"])["items"]
    assert public["id"] == public["url"] == f"{QUOTED}g/2020-01/02.html"
    feed = json.loads(texts(offers((ALONE,), TWO[0]))["issuers/mouban.json"])
    (private,) = feed["items"]
    assert private["id"] == "urn:uuid:80b2489f-e3d5-5c98-9e1b-8709a3f3ee18"
    other = json.loads(texts(offers((Gazette("g", "另一公报"),), TWO[0]))["issuers/mouban.json"])
    assert other["items"][0]["id"] != private["id"]  # another archive, the same folder
    assert private["url"] == "../g/2020-01/02.html"
    assert "feed_url" not in feed
    atom = texts(offers((ALONE,), TWO[0]))["feed.xml"]
    assert 'href="g/2020-01/02.html"' in atom
    assert "xml:base" not in atom


def test_a_site_has_an_address_where_its_gazettes_agree() -> None:
    indexed = Gazette("g", "", homepage=f"{HOME}/index.html")
    assert site_address(SINGLE) == site_address(indexed)
    assert address_of(SINGLE, "g/a.html") == address_of(indexed, "g/a.html") == f"{HOME}/g/a.html"
    assert address_of(Gazette("g", "", homepage=f"{HOME}-index.html"), "") == f"{HOME}-index.html/"
    assert common_address((SINGLE, Gazette("h", ""))) == QUOTED
    assert common_address((SINGLE, Gazette("h", "", homepage="https://other.example/"))) == ""
    assert common_address((ALONE,)) == ""


@given(st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_any_words_make_well_formed_files(title: str, issuer: str, name: str) -> None:
    gazette = Gazette("g", name, homepage="https://gazette.example/?a=1&b='<")
    due = (Due("2020-12-31"),)
    duty = DutyFact("01", "t1-r1", title, issuer, due, name, (issuer or "某局",))
    words = issue("g/2020-01", document(1, "2020-01-05", title, issuer), duties=(duty,))
    for path, text in texts(offers((gazette,), words)).items():
        data = text.encode()
        if path.endswith(".xml"):
            assert etree.fromstring(data).tag in (
                f"{ATOM}feed",
                f"{OPENSEARCH}OpenSearchDescription",
            )
        elif path.endswith(".ics"):
            assert len(read_events(data)) == 1


# ---- lists

CELLS = st.text(st.sampled_from("=+-@\t\r\n＝＋－＠'\",; 甲1"), min_size=1, max_size=6)


@given(CELLS, CELLS)
def test_a_csv_runs_no_formula_and_loses_no_sign(title: str, issuer: str) -> None:
    text = texts(offers((ALONE,), issue("g/2020-01", document(1, "", title, issuer))))[
        "g/gazette.csv"
    ]
    assert text.startswith("\ufeff期,编号,标题,")
    _, row = csv.reader(io.StringIO(text[1:], newline=""))
    assert not any(cell[:1] in set("=+-@\t\r\n＝＋－＠") for cell in row if cell)
    assert [row[2].removeprefix("'"), row[4].removeprefix("'")] == [title, issuer]
    assert text.endswith("\r\n")


def test_a_csv_bears_the_mark_by_which_spreadsheets_know_utf_8() -> None:
    text = texts(offers((SINGLE,), *TWO))["g/gazette.csv"]
    assert text.encode().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    assert [row["编号"] for row in rows] == ["01", "02", "03", "04"]
    assert rows[1] == {
        "期": "2020-01", "编号": "02", "标题": "第2件", "发文字号": "某府发〔2020〕2号",
        "发文机关": "某府、某办", "文种": "通知", "成文日期": "2019-12-30", "栏目": "文件",
        "印刷页码": "2", "网址": f"{QUOTED}g/2020-01/02.html", "效力": "", "同文编号": "",
    }  # fmt: skip


# ---- the search of the site


def test_a_browser_can_take_the_search_of_a_site_with_an_address() -> None:
    written = texts(offers((SINGLE,), *TWO))
    root = etree.fromstring(written["opensearch.xml"].encode())
    assert len(str(root.findtext(f"{OPENSEARCH}ShortName"))) <= 16
    assert len(str(root.findtext(f"{OPENSEARCH}Description"))) <= 1024
    template = root.find(f"{OPENSEARCH}Url[@type='text/html']")
    assert template is not None
    assert template.get("template") == f"{QUOTED}search/index.html?q={{searchTerms}}"
    planned = offers((ALONE,), *TWO)
    assert "opensearch.xml" not in texts(planned)
    assert planned.search == ()


# ---- calendars


def duties_of(*due: Due, count: int = 1) -> tuple[DutyFact, ...]:
    agencies = ("市财政局", "市教育局")
    return tuple(
        DutyFact("01", f"t1-r{n}", f"第{n}项", "按时", due, "牵头单位", agencies)
        for n in range(1, count + 1)
    )


def read_events(data: bytes) -> list[dict[str, str]]:
    """Read the events of a calendar with icalendar: texts unescaped, other values as written."""
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    assert not calendar.errors
    events = []
    for event in calendar.events:
        assert not event.errors
        assert event.start == event.DTSTART
        events.append(
            {
                name: str(value) if isinstance(value, str) else value.to_ical().decode()
                for name, value in event.items()
            }
        )
    return events


def events_of(gazette: Gazette, *summaries: Summary) -> dict[str, list[dict[str, str]]]:
    written = texts(offers((gazette,), *summaries))
    calendars = {path: text.encode() for path, text in written.items() if path.endswith(".ics")}
    return {path: read_events(data) for path, data in calendars.items()}


def test_an_agency_has_a_calendar_of_what_it_must_do_by_a_day() -> None:
    due = (Due("2020-12-31"), Due("2021-03-31", "FREQ=YEARLY;UNTIL=20251231"))
    summary = issue("g/2020-01", document(1, "2020-01-05"), duties=duties_of(*due))
    found = events_of(SINGLE, summary)
    assert [path.rpartition("-")[0] for path in found] == [
        "agencies/shicaizhengju",
        "agencies/shijiaoyuju",
    ]
    for yearly, once in found.values():
        assert once["DTSTART"] == "20201231"
        assert once["DTSTAMP"] == "20200105T000000Z"
        assert once["SUMMARY"] == "第1项（按时）"
        said = once["DESCRIPTION"].split("\n")
        assert said[0] == "某府发〔2020〕1号 第1件"
        assert said[2:4] == ["时限：按时", "角色：牵头单位"]
        assert said[4] == f"原文：{once['URL']}" == f"原文：{QUOTED}g/2020-01/01.html#t1-r1"
        assert yearly["RRULE"] == "FREQ=YEARLY;UNTIL=20251231"
    uids = [event["UID"] for events in found.values() for event in events]
    assert len(set(uids)) == 4


def test_a_document_with_another_address_keeps_its_id_and_its_events() -> None:
    for gazette in (SINGLE, ALONE):
        found = []
        for renamed in (document(1, "2020-01-05"), replace(document(9), id="09", first_id="01")):
            duty = duties_of(Due("2020-12-31"))[0]._replace(document=renamed.id)
            summary = issue("g/2020-01", renamed, duties=(duty,))
            (item,) = json.loads(texts(offers((gazette,), summary))["feed.json"])["items"]
            uids = {e["UID"] for events in events_of(gazette, summary).values() for e in events}
            found.append((item["id"], uids, item["url"]))
        (before, after) = found
        assert before[:2] == after[:2]
        assert after[2].endswith("g/2020-01/09.html")


def test_an_event_is_known_by_the_same_name_when_others_come() -> None:
    def summary(count: int) -> Summary:
        duties = duties_of(Due("2020-12-31"), count=count)
        return issue("g/2020-01", document(1, "2020-01-05", f"{count}"), duties=duties)

    one, two = events_of(SINGLE, summary(1)), events_of(SINGLE, summary(2))
    for path, (event,) in one.items():
        assert event["UID"] in {other["UID"] for other in two[path]}


def test_a_calendar_keeps_what_falls_due_last() -> None:
    once = duties_of(*(Due(f"{year}-12-31") for year in range(2000, 2000 + 2 * LARGEST)))
    yearly = duties_of(Due("1990-12-31", "FREQ=YEARLY"))
    old = issue("g/2020-01", document(1, "2020-01-05"), duties=(*once, *yearly))
    for calendar in plan_calendars((SINGLE,), [old]):
        days = [event.due.day[:4] for event in calendar.events]
        assert len(days) == LARGEST
        assert days[:2] == ["1990", str(1999 + 2 * LARGEST)]


def test_what_names_no_day_has_no_calendar() -> None:
    planned = offers((SINGLE,), *TWO)
    assert planned.calendar_paths == {}
    assert not any(path.endswith(".ics") for path in texts(planned))


@given(st.text(st.sampled_from("甲ab;\\,😀é \t："), max_size=200))
def test_lines_are_folded_at_75_octets_between_characters(text: str) -> None:
    folded = fold(f"SUMMARY:{text}")
    assert folded.replace("\r\n ", "") == f"SUMMARY:{text}"
    assert all(len(line.encode()) <= WIDTH for line in folded.split("\r\n"))


@given(st.text(st.sampled_from('甲ab;\\,😀n："'), min_size=1, max_size=60))
def test_words_of_an_event_come_back_as_they_were(text: str) -> None:
    duty = DutyFact("01", "t1-r1", text, "按时", (Due("2020-12-31"),), "", ("市财政局",))
    summary = issue("g/2020-01", document(1, "2020-01-05"), duties=(duty,))
    ((event,),) = events_of(SINGLE, summary).values()
    assert event["SUMMARY"] == f"{text}（按时）"


# ---- on a built site

TABLE = (
    "现将任务分解如下。\n\n"
    "工作任务\t责任单位\t完成时限\n"
    "修建停车场\t市住房城乡建设局、市财政局\t2021年6月底前\n"
    "清理乱停车，做好宣传\t市公安局\t每年12月底前\n"
    "长期宣传\t市财政局\t持续推进\n"
)
FACTS = f'title = "某某市人民政府公报"\nhomepage = "{HOME}/"\n'


def write_archive(content: Path, issues: int) -> None:
    for number in range(1, issues + 1):
        folder = content / "moumou" / f"2021-{number:02}"
        folder.mkdir(parents=True, exist_ok=True)
        listed = letter(TABLE, f"某府发〔2021〕{number}号") if number < 3 else ""
        plain = letter("一、请照办。", f"某办发〔2021〕{number}号", "2021年7月1日").replace(
            "某某市人民政府", "某某市人民政府办公室" if number % 2 else "@某某市教育局"
        )
        found = [text for text in (listed, plain) if text]
        (folder / "issue.md").write_text(issue_text(number, *found, year=2021), "utf-8")
    (content / "moumou" / "gazette.toml").write_text(FACTS, "utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(where: Path) -> None:
        write_archive(where / "content", 2)
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "offers", make) / "site"


def told(site: Path) -> Iterator[tuple[str, str]]:
    """List the addresses in the files for programs, each with the name of its file."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if re.fullmatch(r"(?:issuers/\w+|(?:\w+/)?feed)\.xml", name):
            feed = etree.fromstring(path.read_bytes())
            yield from ((name, str(link.get("href"))) for link in feed.iter(f"{ATOM}link"))
        elif name.endswith("gazette.jsonl"):
            rows = map(json.loads, path.read_text("utf-8").splitlines())
            yield from ((name, row["url"]) for row in rows)
        elif name.endswith(".ics"):
            yield from ((name, event["URL"]) for event in read_events(path.read_bytes()))


@pytest.mark.medium
def test_every_address_leads_to_a_page_and_its_paragraph(site: Path) -> None:
    addresses = list(told(site))
    kinds = {Path(name).suffix for name, _ in addresses}
    assert kinds == {".xml", ".jsonl", ".ics"}
    for name, address in addresses:
        assert address.startswith(QUOTED)
        path, _, anchor = unquote(address.removeprefix(QUOTED)).partition("#")
        assert (site / path).is_file(), f"{name}: {address}"
        if anchor:
            assert f'id="{anchor}"' in (site / path).read_text("utf-8")


@pytest.mark.medium
def test_lists_say_what_issue_json_says(site: Path) -> None:
    rows = [
        json.loads(line)
        for line in (site / "moumou" / "gazette.jsonl").read_text("utf-8").splitlines()
    ]
    names = ("id", "title", "number", "issuer", "type", "date", "category", "page")
    said = []
    for path in sorted((site / "moumou").glob("*/issue.json")):
        data = json.loads(path.read_bytes())
        for d in data["documents"]:
            url = f"{QUOTED}{d['url']}"
            kinds = [LABELS[note["kind"]] for note in d["state"] if note["kind"] in LABELS]
            state = {"state": kinds[0] if kinds else None}  # the gravest comes first
            said.append(
                {
                    "issue": data["issue"],
                    **{n: d[n] for n in names},
                    "url": url,
                    **state,
                    "work": None,
                }
            )
    assert rows == said
    assert len(rows) == 4
    text = (site / "moumou" / "gazette.csv").read_text("utf-8-sig")
    cells = csv.reader(io.StringIO(text, newline=""))
    next(cells)
    assert [[c.removeprefix("'") for c in row] for row in cells] == [
        ["" if value is None else str(value) for value in row.values()] for row in rows
    ]


@pytest.mark.medium
def test_agencies_with_deadlines_have_calendars_beside_their_page(site: Path) -> None:
    found = {path.stem: path for path in (site / "agencies").glob("*.ics")}
    names = {anchor.rpartition("-")[0] for anchor in found}
    assert names == {"shizhufangchengxiangjiansheju", "shicaizhengju", "shigonganju"}
    pages = "".join(p.read_text("utf-8") for p in (site / "agencies").glob("[a-z].html"))
    assert all(f'id="{anchor}"' in pages for anchor in found)
    police = next(path for anchor, path in found.items() if anchor.startswith("shigonganju"))
    events = read_events(police.read_bytes())
    assert [event["RRULE"] for event in events] == ["FREQ=YEARLY"] * 2
    assert {event["SUMMARY"] for event in events} == {"清理乱停车，做好宣传（每年12月底前）"}
    assert b"\n" not in police.read_bytes().replace(b"\r\n", b"")


@pytest.mark.medium
def test_what_did_not_change_is_taken_over(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write_archive(content, 2)
    build_quietly(content, tmp_path)
    before = {name: (tmp_path / "site" / name).stat().st_ino for name in scan(tmp_path / "site")}
    write_archive(content, 3)  # issued by the office, without the table
    build_quietly(content, tmp_path)
    after = {name: (tmp_path / "site" / name).stat().st_ino for name in scan(tmp_path / "site")}
    offered = [n for n in after if n.endswith((".ics", ".csv", ".jsonl")) or "feed" in n]
    offered += [n for n in after if n.startswith("issuers/") and not n.endswith(".html")]
    kept = {name for name in offered if after[name] == before.get(name)}
    assert {Path(name).suffix for name in kept} == {".ics", ".csv", ".xml", ".json"}
    assert {"feed.xml", "moumou/feed.json", "moumou/gazette.csv"}.isdisjoint(kept)
    assert any(name.startswith("issuers/") for name in kept)
    # a clean build writes the same bytes
    clean = tmp_path / "clean"
    build_quietly(content, clean)
    for name in offered:
        assert (tmp_path / "site" / name).read_bytes() == (clean / "site" / name).read_bytes()


PLAN = """
import sys, time, datetime
time.time = lambda: 4e9
class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2099, 1, 1, tzinfo=tz)
    utcnow = today = now
datetime.datetime = Later
from tests.formats.test_feeds import SINGLE, TWO, Due, document, duties_of, issue, offers, texts
dated = issue("g/2020-05", document(1, "2020-05-05"), duties=duties_of(Due("2020-12-31")))
for path, text in texts(offers((SINGLE,), *TWO, dated)).items():
    sys.stdout.buffer.write(f"{path}\\n{text}\\n".encode())
"""


@pytest.mark.medium
def test_neither_clock_nor_zone_nor_hash_decides() -> None:
    dated = issue("g/2020-05", document(1, "2020-05-05"), duties=duties_of(Due("2020-12-31")))
    here = "".join(f"{p}\n{t}\n" for p, t in texts(offers((SINGLE,), *TWO, dated)).items())
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": "America/New_York"}
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", PLAN],
            cwd=ROOT, env={**environment, "PYTHONHASHSEED": seed}, capture_output=True, check=True,
        )  # fmt: skip
        assert run.stdout == here.encode()


def test_pages_know_what_is_beside_them() -> None:
    dated = issue("g/2020-05", document(1, "2020-05-05"), duties=duties_of(Due("2020-12-31")))
    planned = offers((SINGLE,), *TWO, dated)
    written = texts(planned)
    heads = planned.heads
    assert set(heads) == {"index", "g/index", "issuers/moufu", "issuers/mouban"}
    named = [link.path for links in (*heads.values(), planned.search) for link in links]
    assert {*named, *planned.calendar_paths.values()} == set(written)
    assert [link.type for link in heads["g/index"]] == [
        "application/atom+xml", "application/feed+json", "text/csv", "application/jsonl",
    ]  # fmt: skip
