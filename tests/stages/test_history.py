"""Published addresses never break, earlier readings stay, withdrawn documents give a reason."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator.archive.summary import summarise
from generator.cli import main
from generator.content import load
from generator.content.published_addresses import ADDRESSES_FILE, read_published, write_published
from generator.model import Issue
from generator.model.published import Published
from generator.runtime.alignment import align, stayed
from generator.runtime.errors import SourceError
from generator.stages.history.freeze import freeze
from generator.stages.history.keep import assign, keep_addresses, places_of
from generator.stages.normalize import normalize
from generator.stages.parse import parse
from generator.stages.pipeline import convert
from tests.browser import Watch, serving, until
from tests.conftest import ArchiveMaker, build_quietly
from tests.documents import NOTICE, RULES, issue_text, letter
from tests.pages import check_links, read_page, read_tree

# these tests build many archives, and the machine may be busy
pytestmark = pytest.mark.medium

LETTER = letter("一、供水。\n\n二、供气。\n\n项目\t金额\n水\t5元\n气\t7元")
TEXT = issue_text(1, RULES, NOTICE, LETTER)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def published(make_archive: ArchiveMaker) -> Path:
    """Make an archive of three documents that was published in January."""
    content = make_archive({"2020-01": TEXT})
    assert run("freeze", "--content", content, "--date", "2026-01-05").exit_code == 0
    return content


def folder_of(content: Path) -> Path:
    return content / "moumou" / "2020-01"


def say(content: Path, facts: str) -> None:
    (folder_of(content) / "issue.toml").write_text(facts, "utf-8")


def change(content: Path, old: str, new: str) -> None:
    path = folder_of(content) / "issue.md"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def correction(content: Path, old: str, new: str) -> str:
    lines = (folder_of(content) / "issue.md").read_text("utf-8").split("\n")
    (line,) = [n for n, text in enumerate(lines, 1) if old in text]
    return f'[[correction]]\nline = {line}\nfrom = "{old}"\nto = "{new}"\nwhy = "据印刷本改"\n'


def reread(content: Path, change_it: Callable[[Published], Published]) -> Issue:
    """Convert an issue as if it had been published at other addresses."""
    folder = folder_of(content)
    found = read_published(folder / ADDRESSES_FILE, "moumou/2020-01")
    assert found
    write_published(folder / ADDRESSES_FILE, change_it(found))
    return convert(folder)


def renaming(document: str, anchors: dict[str, str]) -> Callable[[Published], Published]:
    """Change the anchors at which paragraphs of a document were published."""

    def rename(published: Published) -> Published:
        own = published.documents[document]
        places = {anchors.get(a, a): place for a, place in own.places.items()}
        return replace(
            published, documents={**published.documents, document: replace(own, places=places)}
        )

    return rename


@pytest.mark.guarantee("freeze", 2)
def test_an_issue_frozen_unchanged_stays_as_it_is(published: Path, tmp_path: Path) -> None:
    path = folder_of(published) / ADDRESSES_FILE
    data = path.read_bytes()
    assert '"s1": [' in data.decode()  # a line for each paragraph
    build_quietly(published, tmp_path / "with")
    again = run("freeze", "--content", published, "--date", "2026-02-01")
    assert (again.exit_code, again.output, path.read_bytes()) == (0, "", data)
    path.unlink()
    build_quietly(published, tmp_path / "without")
    with_it, without = read_tree(tmp_path / "with/site"), read_tree(tmp_path / "without/site")
    differing = {name for name in with_it.keys() | without.keys()
                 if with_it.get(name) != without.get(name)}  # fmt: skip
    # the pages of what came in last, the facts of the footer and the feeds tell the day
    others = {name for name in differing if not name.startswith("manifests/")}
    feeds = {name for name in others if name.endswith((".xml", ".json"))}
    assert others - feeds <= {"held.js", "index.html", "recent.html"}
    assert all("/2020-01/" not in name for name in feeds)


@pytest.mark.guarantee("freeze", 1)
@pytest.mark.guarantee("keep_addresses", 2)
def test_a_corrected_number_leaves_the_old_address_leading_to_the_new(
    published: Path, tmp_path: Path
) -> None:
    say(published, correction(published, "某府发〔2020〕3号", "某府发〔2020〕8号"))
    build_quietly(published, tmp_path)
    site = tmp_path / "site" / "moumou" / "2020-01"
    page = (site / "moufufa-2020-3.html").read_text("utf-8")
    assert 'href="moufufa-2020-8.html"' in page
    assert '<meta http-equiv="refresh" content="0; url=moufufa-2020-8.html">' in page
    for suffix in (".json", ".xml", ".md", ".collation.html"):
        data = (site / f"moufufa-2020-3{suffix}").read_bytes()
        assert data == (site / f"moufufa-2020-8{suffix}").read_bytes()
    (former,) = json.loads((site / "issue.json").read_text("utf-8"))["formers"]
    assert (former["id"], former["document"]) == ("moufufa-2020-3", "moufufa-2020-8")
    assert "moufufa-2020-3.html" not in (tmp_path / "site" / "index.html").read_text("utf-8")
    # frozen, corrected once more and back again: each address leads to the present one
    for day, number, former in (("2026-02-01", "9", "38"), ("2026-03-01", "3", "89")):
        assert run("freeze", "--content", published, "--date", day).exit_code == 0
        say(published, correction(published, "某府发〔2020〕3号", f"某府发〔2020〕{number}号"))
        build_quietly(published, tmp_path)
        formers = json.loads((site / "issue.json").read_text("utf-8"))["formers"]
        assert {f["id"] for f in formers} == {f"moufufa-2020-{n}" for n in former}
        assert {f["document"] for f in formers} == {f"moufufa-2020-{number}"}
        assert check_links(tmp_path / "site") == []


def test_a_document_with_a_corrected_number_is_not_new(published: Path) -> None:
    say(published, correction(published, "某府发〔2020〕3号", "某府发〔2020〕8号"))

    def came_in() -> dict[str, str]:
        return {d.id: d.since for d in summarise(convert(folder_of(published))).documents}

    assert came_in()["moufufa-2020-8"] == "2026-01-05"
    assert run("freeze", "--content", published, "--date", "2026-02-01").exit_code == 0
    assert came_in()["moufufa-2020-8"] == "2026-01-05"
    say(published, "")  # and back to the number of before
    assert came_in()["moufufa-2020-3"] == "2026-01-05"


@pytest.mark.guarantee("keep_addresses", 4)
def test_a_corrected_paragraph_keeps_its_earlier_reading_with_the_day(
    published: Path, tmp_path: Path
) -> None:
    say(published, correction(published, "二、供气。", "二、供热。"))
    build_quietly(published, tmp_path)
    page = tmp_path / "site" / "moumou" / "2020-01" / "corrections.html"
    assert "本次更新" in page.read_text("utf-8")
    assert run("freeze", "--content", published, "--date", "2026-02-01").exit_code == 0
    build_quietly(published, tmp_path)
    text = page.read_text("utf-8")
    cells = text.partition("曾登载的文字")[2]
    for wanted in ("二、供气。", "2026-02-01", "二、供热。", 'href="moufufa-2021-9.html#s2"'):
        assert wanted in cells
    # and after another correction both
    say(published, correction(published, "二、供气。", "二、供暖。"))
    assert run("freeze", "--content", published, "--date", "2026-03-01").exit_code == 0
    issue = convert(folder_of(published))
    assert [(r.text, r.until) for r in issue.earlier] == [
        ("二、供气。", "2026-02-01"), ("二、供热。", "2026-03-01")]  # fmt: skip


def test_an_earlier_reading_can_be_withheld(published: Path) -> None:
    facts = correction(published, "二、供气。", "二、供热。")
    withheld = '[[withheld]]\ndocument = "moufufa-2021-9"\nanchor = "s2"\nwhy = "个人信息"\n'
    say(published, facts + withheld)
    assert convert(folder_of(published)).earlier == ()
    assert run("freeze", "--content", published).exit_code == 0
    assert "供气" not in (folder_of(published) / ADDRESSES_FILE).read_text("utf-8")


@pytest.mark.guarantee("keep_addresses", 3)
def test_an_anchor_that_changed_stays_as_an_alias(published: Path, tmp_path: Path) -> None:
    issue = reread(published, renaming("moufufa-2021-9", {"s2": "p9", "t1": "t5"}))
    document = issue.documents[2]
    assert document.aliases == {"p9": "s2", "t5": "t1"}
    build_quietly(published, tmp_path)
    page = read_page(tmp_path / "site" / "moumou" / "2020-01" / "moufufa-2021-9.html")
    assert {"p9", "s2", "t5", "t1"} <= set(page.anchors)
    assert run("freeze", "--content", published).exit_code == 0
    assert convert(folder_of(published)).documents[2].aliases == document.aliases


def test_an_anchor_that_another_paragraph_would_take_stays_with_its_own(published: Path) -> None:
    renamed = renaming("moufufa-2021-9", {"s1": "s2", "s2": "s1"})
    document = reread(published, renamed).documents[2]
    texts = {anchor: text for anchor, (_, text) in places_of(document).items()}
    assert (texts["s2"], texts["s1"]) == ("一、供水。", "二、供气。")
    assert document.aliases == {}


def test_an_alias_like_a_row_of_a_renamed_table_stays(
    published: Path,
) -> None:
    name = "moufufa-2021-9"
    rename = renaming(name, {"s2": "t1", "t1": "t2", "t1-r1": "t2-r1", "t1-r2": "t2-r2"})

    def change_it(found: Published) -> Published:
        renamed = rename(found)
        own = replace(renamed.documents[name], aliases={"t1-r1": "s1"})
        return replace(renamed, documents={**renamed.documents, name: own})

    document = reread(published, change_it).documents[2]
    texts = {anchor: text for anchor, (_, text) in places_of(document).items()}
    assert (texts["t2-r1"], texts[document.aliases.get("t1", "t1")]) == ("水\t5元", "二、供气。")
    assert document.aliases["t1-r1"] == "s1"


def test_a_paragraph_is_known_again_in_another_text_of_the_issue(published: Path) -> None:
    folder = folder_of(published)
    before = convert(folder).documents[2]
    change(published, "二、供气。", "一的一、总则从略。\n\n另起一段。\n\n二、供 气工作。")
    document = convert(folder).documents[2]
    now = places_of(document)
    for anchor, (_, text) in places_of(before).items():
        there = now[document.aliases.get(anchor, anchor)][1]
        assert there == text or "供气工作" in there


@pytest.mark.guarantee("withdraw", 2)
def test_a_missing_document_stops_the_build_until_a_reason_is_given(
    published: Path, tmp_path: Path
) -> None:
    path = folder_of(published) / "issue.md"
    path.write_text(issue_text(1, RULES, LETTER), "utf-8")
    with pytest.raises(SourceError, match=r"issue\.toml:1: moufufa-2020-3《.*》已经公布"):
        convert(folder_of(published))
    say(published, '[[withdrawn]]\nid = "moufufa-2020-3"\nwhy = "与法不符，已撤销"\n')
    build_quietly(published, tmp_path)
    page = tmp_path / "site" / "moumou" / "2020-01" / "moufufa-2020-3.html"
    said = page.read_text("utf-8")
    assert "与法不符，已撤销" in said
    assert '<meta name="robots" content="noindex">' in said
    assert "全文可检索" not in said
    # once frozen, the reason is kept with the addresses
    assert run("freeze", "--content", published, "--date", "2026-02-01").exit_code == 0
    say(published, "")
    build_quietly(published, tmp_path)
    assert "2026-02-01" in page.read_text("utf-8")


@pytest.mark.guarantee("withdraw", 1)
def test_only_the_reason_is_published_of_a_withdrawn_document(
    published: Path, tmp_path: Path
) -> None:
    build_quietly(published, tmp_path)
    facts = correction(published, "停车场由街道办事处管理。", "停车场由街道管理。")
    say(published, f'{facts}[[withdrawn]]\nid = "moufufa-2019-12"\nwhy = "应来文机关要求"\n')
    build_quietly(published, tmp_path)
    said = {
        name for name, data in read_tree(tmp_path / "site").items()
        if "街道".encode() in data or "专用停车场".encode() in data
    }  # fmt: skip
    assert said == set()
    page = tmp_path / "site" / "moumou" / "2020-01" / "moufufa-2019-12.html"
    assert "应来文机关要求" in page.read_text("utf-8")
    assert "已撤下的公文" in page.with_name("corrections.html").read_text("utf-8")
    contents = page.with_name("index.html").read_text("utf-8").split('id="contents"')[1]
    assert re.search(r'href="moufufa-2019-12\.html">.+?</a> <em[^>]*>已撤下</em>', contents)
    assert run("freeze", "--content", published).exit_code == 0
    assert "专用停车场" not in (folder_of(published) / ADDRESSES_FILE).read_text("utf-8")


NUMBERED = "moufufa-2020-{}".format
WITHDRAWN = '[[withdrawn]]\nid = "{}"\nwhy = "{}"\n'.format


@pytest.mark.parametrize("number", ["3", "16"])
def test_any_address_that_readers_know_withdraws_a_document(
    published: Path, tmp_path: Path, number: str
) -> None:
    facts = correction(published, "某府发〔2020〕3号", "某府发〔2020〕16号")
    say(published, facts + WITHDRAWN(NUMBERED(number), "应要求撤下"))
    folder = tmp_path / "site" / "moumou" / "2020-01"
    for day in ("2026-02-01", "2026-03-01", "2026-04-01"):
        build_quietly(published, tmp_path)
        for name in (NUMBERED("3"), NUMBERED("16")):
            assert "应要求撤下" in (folder / f"{name}.html").read_text("utf-8")
        said = read_tree(tmp_path / "site").values()
        assert not any("方便老年人就医".encode() in data for data in said)
        assert run("freeze", "--content", published, "--date", day).exit_code == 0
    found = read_published(folder_of(published) / ADDRESSES_FILE, "moumou/2020-01")
    assert found
    assert {w.date for w in found.withdrawn.values()} == {"2026-02-01"}
    assert found.withdrawn.keys() == {NUMBERED("3"), NUMBERED("16")}
    # published again: the old id leads to it again
    say(published, facts)
    (former,) = convert(folder_of(published)).formers
    assert (former.id, former.to, former.why) == (NUMBERED("3"), NUMBERED("16"), "")
    assert run("freeze", "--content", published).exit_code == 0
    assert convert(folder_of(published)).formers == (former,)


def test_a_former_id_withdraws_too_and_two_ids_are_one_withdrawal(published: Path) -> None:
    for number in ("8", "9"):
        say(published, correction(published, "某府发〔2020〕3号", f"某府发〔2020〕{number}号"))
        assert run("freeze", "--content", published).exit_code == 0
    facts = correction(published, "某府发〔2020〕3号", "某府发〔2020〕16号")
    twice = WITHDRAWN(NUMBERED("3"), "一") + WITHDRAWN(NUMBERED("16"), "二")
    say(published, facts + twice)
    for _ in range(2):
        issue = convert(folder_of(published))
        assert {f.id: f.why for f in issue.formers} == dict.fromkeys(
            map(NUMBERED, ("3", "8", "9", "16")), "一")  # fmt: skip
        assert len(issue.formers) == 4
        assert len(issue.documents) == 2
        assert run("freeze", "--content", published).exit_code == 0


def test_a_missing_document_is_withdrawn_by_a_former_id(published: Path) -> None:
    say(published, correction(published, "某府发〔2020〕3号", "某府发〔2020〕8号"))
    assert run("freeze", "--content", published).exit_code == 0
    (folder_of(published) / "issue.md").write_text(issue_text(1, RULES, LETTER), "utf-8")
    say(published, WITHDRAWN(NUMBERED("3"), "已撤销"))
    issue = convert(folder_of(published))
    assert {f.id: f.why for f in issue.formers} == {
        NUMBERED("3"): "已撤销", NUMBERED("8"): "已撤销"}  # fmt: skip


def test_a_withdrawn_document_does_not_come_back_under_a_corrected_number(
    published: Path,
) -> None:
    withdrawn = WITHDRAWN(NUMBERED("3"), "应要求撤下")
    say(published, withdrawn)
    assert run("freeze", "--content", published).exit_code == 0
    facts = correction(published, "某府发〔2020〕3号", "某府发〔2020〕16号")
    say(published, facts + withdrawn)
    with pytest.raises(SourceError, match=r"issue\.toml:7: .*而 moufufa-2020-16 的标题与它相同"):
        convert(folder_of(published))
    say(published, facts + withdrawn + WITHDRAWN(NUMBERED("16"), "应要求撤下"))
    assert len(convert(folder_of(published)).documents) == 2
    say(published, facts)  # another document of that title
    assert len(convert(folder_of(published)).documents) == 3


WITHHELD = '[[withheld]]\ndocument = "{}"\nanchor = "{}"\nwhy = "个人信息"\n'.format


def refreeze(content: Path) -> Issue:
    assert run("freeze", "--content", content).exit_code == 0
    return convert(folder_of(content))


@pytest.mark.parametrize("frozen_before", [False, True])
@pytest.mark.parametrize("anchor", ["s2", "#s2"])
@pytest.mark.parametrize(
    "new", ["", "二、医疗、教育、交通、住房各部门另行安排部署。", "二、供热。"]
)
def test_a_reading_stays_withheld_that_was_deleted_rewritten_or_masked(
    published: Path, new: str, anchor: str, frozen_before: bool
) -> None:
    change(published, "二、供气。\n\n", f"{new}\n\n" if new else "")
    if frozen_before:
        assert [r.text for r in refreeze(published).earlier] == ["二、供气。"]
    say(published, WITHHELD("moufufa-2021-9", anchor))
    assert convert(folder_of(published)).earlier == ()
    for _ in range(2):
        assert refreeze(published).earlier == ()
        assert "供气" not in (folder_of(published) / ADDRESSES_FILE).read_text("utf-8")


@pytest.mark.parametrize("number", ["9", "10", "11"])
def test_a_reading_stays_withheld_after_its_document_gets_another_number(
    published: Path, number: str
) -> None:
    withheld = WITHHELD(f"moufufa-2021-{number}", "s2")
    facts = correction(published, "二、供气。", "二、供热。")
    numbers = [correction(published, "〔2021〕9号", f"〔2021〕{n}号") for n in (10, 11)]
    say(published, facts + numbers[0])
    assert "二、供气。" in {r.text for r in refreeze(published).earlier}
    for _ in range(2):
        say(published, facts + numbers[1] + withheld)
        assert "二、供气。" not in {r.text for r in convert(folder_of(published)).earlier}
        assert "二、供气。" not in {r.text for r in refreeze(published).earlier}
        assert "供气" not in (folder_of(published) / ADDRESSES_FILE).read_text("utf-8")


def test_a_reading_without_a_recorded_place_is_withheld_with_its_document(published: Path) -> None:
    change(published, "二、供气。\n\n", "")
    refreeze(published)
    path = folder_of(published) / ADDRESSES_FILE
    text = re.sub(r',\s+"published_at": "s2"', "", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    assert len(convert(folder_of(published)).earlier) == 1
    say(published, WITHHELD("moufufa-2021-9", "s2"))
    assert refreeze(published).earlier == ()


@pytest.mark.parametrize("is_frozen", [True, False])
@pytest.mark.parametrize(
    ("document", "anchor"), [("moufufa-2021-9x", "s2"), ("moufufa-2021-9", "#p2x")]
)
def test_an_address_that_was_never_published_cannot_be_withheld(
    published: Path, document: str, anchor: str, is_frozen: bool
) -> None:
    if not is_frozen:
        (folder_of(published) / ADDRESSES_FILE).unlink()
    first = WITHHELD("moufufa-2021-9", "s2")
    say(published, f"# {document}\n{first}{WITHHELD(document, anchor)}")
    anchor = anchor.removeprefix("#")
    with pytest.raises(SourceError, match=rf"issue\.toml:7: {document}#{anchor} 从未登载过文字"):
        convert(folder_of(published))


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ('[[withdrawn]]\nid = "no-such"\nwhy = "x"\n', "issue.toml:2: 没有 id 为“no-such”的公文"),
        ('[[withdrawn]]\nid = "moufufa-2020-3"\nwhy = " "\n', "issue.toml:3: why 应"),
        (
            '[[withdrawn]]\nid = "moufufa-2020-3"\n',
            "issue.toml:1: why 应",
        ),
        ('withdrawn = "all"\n', "withdrawn 应写作 [[withdrawn]]，其中有 id、why"),
        ('[[withheld]]\ndocument = "a"\nwhy = "x"\n', "anchor 应为引号括起的文字"),
        (
            '[[withheld]]\nanchor = "s1"\ndocument = "moufufa-2021-9"\nwhy = "　"\n',
            "issue.toml:4: why 应",
        ),
    ],
)
def test_an_incomplete_withdrawal_is_refused_with_a_message(
    published: Path, facts: str, message: str
) -> None:
    say(published, facts)
    result = run("check", "--content", published)
    assert result.exit_code == 1
    assert message in result.output.replace(" unreadable [错误]", "")


@pytest.mark.guarantee("read_published", 1)
@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"moufufa-2020-3":', '"../../../evil":', "不能用在网址里"),
        ('"moufufa-2020-3":', '"index":', "别的网页的网址"),
        ('"s2":', '"s2\\" onclick=\\"x":', "不能用在网址里"),
        ('"moumou/2020-01"', '"moumou/2020-02"', "发布时的文件夹是 'moumou/2020-02'"),
        ("gazette-addresses/1", "gazette-addresses/9", "本程序读的是"),
        (
            '"moufufa-2020-3":',
            '"nul":',
            ":24: 'nul' 不能用在网址里：它是 Windows 的设备名",
        ),
        ('"moufufa-2020-3":', '"Con":', "Windows 的设备名"),
        ('"moufufa-2020-3":', '"issue":', "别的网页的网址"),
        ('"moufufa-2020-3":', '"MOUFUFA-2019-12":', "只有大小写不同"),
        ('"moufufa-2020-3":', '"x.collation":', "id 只能有 a–z、0–9 和 -"),
        (
            '"moved": {}',
            '"moved": {"issue": {"to": "moufufa-2020-3", "title": "x"}}',
            "别的网页",
        ),
        (
            '"moved": {}',
            '"moved": {"b": {"to": "moufufa-2020-x", "title": "x"}}',
            "本期没有这篇公文",
        ),
        (
            '"moved": {}',
            '"moved": {"moufufa-2020-3": {"to": "moufufa-2021-9", "title": ""}}',
            "既是现有的公文，又是",
        ),
        (
            '"moved": {}',
            '"moved": {"b": {"to": "c", "title": "x"},\n"c": {"to": "b", "title": "x"}}',
            "'b' 指向 'c'，又绕回原处",
        ),
        ("2026-01-05", "2026-01-05\u202e", "不是日期"),
        (
            '"earlier": []',
            '"earlier": [{"document": "a", "anchor": "", "text": "x"}]',
            "本期没有 'a' 这篇公文",
        ),
        ('"places"', '"no-places"', "后来改动过：缺少 places（在 $.documents[...]）；请恢复"),
        ("{", "[" * 3000, "不是 gazette freeze 写的"),
    ],
)
def test_a_file_of_addresses_that_is_none_stops_the_build(
    published: Path, old: str, new: str, message: str
) -> None:
    path = folder_of(published) / ADDRESSES_FILE
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    result = run("check", "--content", published)
    assert result.exit_code == 1
    said = result.output.replace(" unreadable [错误]", "")
    assert re.match(rf"{path}:\d+: ", said)
    assert message in said


@pytest.mark.guarantee("read_published", 2)
def test_an_id_that_moved_twice_leads_to_the_last(published: Path) -> None:
    path = folder_of(published) / ADDRESSES_FILE
    moved = {
        "a": {"to": "b", "title": "甲", "anchors": {"p8": "p9", "p7": "s1"}},
        "b": {"to": "moufufa-2021-9", "title": "乙", "anchors": {"p9": "s2"}},
    }
    data = json.loads(path.read_text("utf-8")) | {"moved": moved}
    path.write_text(json.dumps(data), "utf-8")
    formers = {f.id: f for f in convert(folder_of(published)).formers}
    assert {f.to for f in formers.values()} == {"moufufa-2021-9"}
    assert formers["a"].anchors == {"p9": "s2", "p8": "s2", "p7": "s1"}


@pytest.mark.guarantee("read_published", 3)
def test_no_invisible_character_comes_from_an_edited_address_file(
    published: Path, tmp_path: Path
) -> None:
    path = folder_of(published) / ADDRESSES_FILE
    data = json.loads(path.read_text("utf-8"))
    data["withdrawn"] = {"b": {"title": "甲\u202e乙\n丙", "why": "x\u202ey\x07", "date": ""}}
    data["moved"] = {"c": {"to": "moufufa-2021-9", "title": "丁\u2066"}}
    data["earlier"] = [{"document": "moufufa-2021-9", "anchor": "s2", "text": "戊\u202e\x1b\n己"}]
    path.write_text(json.dumps(data), "utf-8")
    build_quietly(published, tmp_path)
    folder = tmp_path / "site" / "moumou" / "2020-01"
    for file in ("b.html", "c.html", "corrections.html", "issue.json"):
        assert not re.search("[\u202e\u2066\x07\x1b]", (folder / file).read_text("utf-8"))
    assert "x〔U+202E〕y〔U+0007〕" in (folder / "b.html").read_text("utf-8")


def test_no_invisible_character_comes_from_a_reason(published: Path) -> None:
    say(published, '[[withdrawn]]\nid = "moufufa-2020-3"\nwhy = "应来\u202e文\n  要求"\n'.replace(
        '"应', '"""应').replace('求"', '求"""'))  # fmt: skip
    (former,) = convert(folder_of(published)).formers
    assert former.why == "应来〔U+202E〕文 要求"


def test_a_pipe_of_addresses_is_not_waited_for(published: Path) -> None:
    path = folder_of(published) / ADDRESSES_FILE
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(SourceError, match="不是文件"):
        convert(folder_of(published))


def test_an_issue_that_may_not_be_published_is_not_frozen(make_archive: ArchiveMaker) -> None:
    content = make_archive(
        {"2020-01": TEXT.replace("某府发〔2020〕3号", "机密★1年\n\n某府发〔2020〕3号")}
    )
    result = run("freeze", "--content", content)
    assert result.exit_code == 1
    assert "secrecy" in result.output
    assert not (folder_of(content) / ADDRESSES_FILE).exists()


FEW = st.lists(st.sampled_from("甲乙丙丁"), max_size=150)


@given(FEW, FEW)
def test_paragraphs_found_by_their_words_keep_their_order(
    before: list[str], after: list[str]
) -> None:
    pairs = stayed(before, after)
    assert all(before[i] == after[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert len(stayed(before, before)) == len(before)


def test_many_changed_paragraphs_are_taken_in_their_order() -> None:
    before = [f"第{n}项工作由各区负责。" for n in range(200)]
    after = [text.replace("各区", "各县") for text in before]
    assert align(before, after) == {n: n for n in range(200)}


WORDS = st.sampled_from(
    ["一、供水。", "二、供气。", "（一）管网。", "1. 检修。", "特此通知。", "停车场由街道管理。",
     "各区应当按照要求办理。", "水\t5元", "气\t7元", "附件：名单"]
)  # fmt: skip


@pytest.mark.guarantee("keep_addresses", 1)
@pytest.mark.guarantee("keep_addresses", 5)
@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS, min_size=1, max_size=9), st.lists(WORDS, min_size=1, max_size=9))
def test_after_any_change_of_the_text_each_published_anchor_leads_somewhere(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("kept") / "moumou" / "2020-01"
    folder.mkdir(parents=True)
    (folder / "issue.md").write_text(issue_text(1, RULES, letter("\n\n".join(before))), "utf-8")
    old = convert(folder)
    write_published(folder / ADDRESSES_FILE, freeze(old, "2026-01-05"))
    (folder / "issue.md").write_text(issue_text(1, RULES, letter("\n\n".join(after))), "utf-8")
    for text in (before, after):
        (folder / "issue.md").write_text(issue_text(1, RULES, letter("\n\n".join(text))), "utf-8")
        plain = normalize(parse(load(folder)))
        issue = keep_addresses(plain)
        assert [[b for _, b in places_of(d).values()] for d in issue.documents] == [
            [b for _, b in places_of(d).values()] for d in plain.documents]  # fmt: skip
        for document, once in zip(issue.documents, old.documents, strict=True):
            anchors = places_of(document)
            assert len({b.anchor for b in document.all_blocks()}) == len([*document.all_blocks()])
            for anchor in places_of(once):
                assert document.aliases.get(anchor, anchor) in anchors
        write_published(folder / ADDRESSES_FILE, freeze(convert(folder), "2026-02-05"))
        assert freeze(convert(folder), "2026-03-05").documents == freeze(issue, "").documents
    # all that was ever published can be withheld, and stays so
    entries = [WITHHELD(d.id, anchor) for d in old.documents for anchor in places_of(d)]
    (folder / "issue.toml").write_text("".join(entries), "utf-8")
    for _ in range(2):
        issue = convert(folder)
        assert issue.earlier == ()
        write_published(folder / ADDRESSES_FILE, freeze(issue, "2026-04-05"))


NAMES = st.lists(st.sampled_from(["p1", "p2", "p3", "s1", "s1-b2"]), max_size=5, unique=True)


@given(NAMES, st.dictionaries(st.sampled_from(["p1", "p2", "p3", "s1", "s9"]), st.integers(0, 4)))
def test_each_reserved_name_is_its_things_or_an_alias_of_it(
    computed: list[str], wanted: dict[str, int]
) -> None:
    reserved = {name: at for name, at in wanted.items() if at < len(computed)}
    names, aliases = assign(computed, reserved)
    assert len({*names}) == len(names) == len(computed)
    for name, at in reserved.items():
        assert names[at] == name or (aliases[name] == at and name not in names)


def test_an_old_address_brings_a_reader_to_the_paragraph(
    published: Path, tmp_path: Path, browser: Browser
) -> None:
    reread(published, renaming("moufufa-2020-3", {"f1-a2": "f1-a9"}))
    say(published, correction(published, "某府发〔2020〕3号", "某府发〔2020〕8号"))
    build_quietly(published, tmp_path)
    with serving(tmp_path) as root:
        for base in (f"{root}site/", f"file://{tmp_path}/site/"):
            with Watch.over(browser, base) as watch:
                watch.open("moumou/2020-01/moufufa-2020-3.html?h=x#f1-a9")
                until(watch.page, "location.pathname.endsWith('moufufa-2020-8.html')")
                assert watch.page.evaluate("location.hash + location.search") == "#f1-a2?h=x"
                watch.open("moumou/2020-01/moufufa-2020-3.html#title")
                until(watch.page, "location.hash === '#title'")
