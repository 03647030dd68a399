"""What a build changed is told in words, and the addresses that lead nowhere now."""

from __future__ import annotations

from pathlib import Path

from generator.edit.site_changes import changes_of, keep_record
from generator.runtime.data import Json
from tests.delivery.test_report import ONE, TWO, site
from tests.documents import issue_text


def told(before: Path, after: Path) -> dict[str, list[str]]:
    found = changes_of(before, after)
    assert isinstance(found, dict)
    sections = found["sections"]
    assert isinstance(sections, list)
    return {str(one["heading"]): texts(one) for one in sections if isinstance(one, dict)}


def texts(section: dict[str, Json]) -> list[str]:
    items = section["items"]
    assert isinstance(items, list)
    return [str(one["text"]) for one in items if isinstance(one, dict)]


def test_the_record_of_a_site_stays_when_the_site_is_replaced(tmp_path: Path) -> None:
    built = site(tmp_path / "a", ONE)
    keep_record(built, tmp_path / "before")
    for path in built.rglob("issue.json"):
        path.unlink()  # as a new site takes the place of the old one
        path.write_text("{}", "utf-8")
    after = site(tmp_path / "b", TWO)
    assert set(told(tmp_path / "before", after)) == {"新增的期", "新增的公文"}


def test_a_first_build_is_all_new(tmp_path: Path) -> None:
    keep_record(tmp_path / "nowhere", tmp_path / "before")
    found = changes_of(tmp_path / "before", site(tmp_path / "a", ONE))
    assert isinstance(found, dict)
    assert found["first"] is True
    assert set(told(tmp_path / "before", tmp_path / "a" / "site")) == {"新增的期"}


def test_addresses_that_died_are_named(tmp_path: Path) -> None:
    before, after = site(tmp_path / "a", TWO), site(tmp_path / "b", ONE)
    found = told(before, after)
    assert found["失效的网址"] == [
        "moumou/2021-02/moufufa-2021-9.html",
        "moumou/2021-02/index.html",
    ]
    (after / "moumou" / "2021-02").mkdir(parents=True)
    (after / "moumou" / "2021-02" / "moufufa-2021-9.html").write_text("→")  # it leads on
    assert told(before, after)["失效的网址"] == ["moumou/2021-02/index.html"]


def test_a_changed_document_says_what_changed(tmp_path: Path) -> None:
    text = issue_text(1, *[])
    assert text
    other = {name: one.replace("2020〕3号", "2020〕8号") for name, one in ONE.items()}
    assert other != ONE
    found = told(site(tmp_path / "a", ONE), site(tmp_path / "b", other))
    (changed,) = found["有改动的公文"]
    assert "文号“某府发〔2020〕3号”改为“某府发〔2020〕8号”" in changed
    assert found["失效的网址"] == ["moumou/2020-01/moufufa-2020-3.html"]


def test_the_same_site_has_no_changes(tmp_path: Path) -> None:
    built = site(tmp_path / "a", ONE)
    keep_record(built, tmp_path / "before")
    assert told(tmp_path / "before", built) == {}
