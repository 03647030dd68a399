"""The archive page of the desk: every issue that can be read, and what is wrong with the others."""

from __future__ import annotations

from generator.edit.workspace import MOST_DESKS, Workspace
from generator.runtime.places import Places
from tests.edit.conftest import NAME, TEXT, Client


def test_what_cannot_be_read_does_not_hide_the_other_issues(client: Client, places: Places) -> None:
    (places.content / "moumou" / "2024-03").mkdir()
    (places.content / "other").mkdir()
    data = client.json("/api/archive")
    assert "other/gazette.toml:1: 没有这个文件" in str(data["fault"])
    (gazette,) = (g for g in data["gazettes"] or () if isinstance(g, dict))  # type: ignore[union-attr]
    assert "2024-03/issue.md:1: 没有这个文件" in str(gazette["fault"])
    assert [issue["name"] for issue in gazette["issues"]] == [NAME]  # type: ignore[union-attr,call-overload,index]


def test_few_issues_are_kept_and_the_one_used_last_is_among_them(places: Places) -> None:
    names = [NAME]
    for number in range(3, 3 + MOST_DESKS):
        folder = places.content / "moumou" / f"2024-{number:02}"
        folder.mkdir()
        (folder / "issue.md").write_text(TEXT.replace("第2期", f"第{number}期"), "utf-8")
        names.append(f"moumou/{folder.name}")
    desks = Workspace(places)
    first = desks.desk(NAME)
    for name in names[1:MOST_DESKS]:
        desks.desk(name)
    assert desks.desk(NAME) is first or desks.news  # misreadings that were found renew a desk
    desks.desk(names[-1])
    assert len(desks.read) == MOST_DESKS
    assert NAME in desks.read
    assert names[1] not in desks.read
