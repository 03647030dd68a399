"""The report of ``make canary`` on two sites; the network and the builds are not tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import canary
from tools.canary import CanaryError, Difference, compare, report, without_mkdocs

PAGE = """\
<html><head><meta name="generator" content="mkdocs-1.6.1, mkdocs-material-9.8.1"></head>
<body><nav>目录</nav>
<section class="official"><h1>关于某事的通知</h1><p>现通知如下。</p></section>
</body></html>
"""


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """Write the same small site twice."""
    for name in ("ours", "theirs"):
        folder = tmp_path / name
        (folder / "manifests").mkdir(parents=True)
        (folder / "a.html").write_text(PAGE, "utf-8")
        (folder / "data.json").write_bytes(b'{"a": 1}\n')
        (folder / "manifests" / "build.json").write_text(name, "utf-8")
    return tmp_path / "ours", tmp_path / "theirs"


def test_keys_and_the_name_of_the_generator_do_not_count(sites: tuple[Path, Path]) -> None:
    page = sites[1] / "a.html"
    page.write_text(PAGE.replace("mkdocs-1.6.1", "mkdocs-ProperDocs 1.6.7"), "utf-8")
    assert compare(*sites) == []


def test_a_difference_beside_the_official_text_is_named_with_its_line(
    sites: tuple[Path, Path],
) -> None:
    page = sites[1] / "a.html"
    page.write_text(PAGE.replace("目录", "目　录").replace("1.6.1", "2"), "utf-8")
    found = Difference(
        "a.html", r"<body><nav>目录</nav>\n", r"<body><nav>目\u3000录</nav>\n", is_official=False
    )
    assert compare(*sites) == [found]


@pytest.mark.parametrize("change", [("如下。", "如上。"), ("<p>现通知如下。</p>", "")])
def test_a_difference_in_official_text_is_told_apart(
    sites: tuple[Path, Path], change: tuple[str, str]
) -> None:
    (sites[1] / "a.html").write_text(PAGE.replace(*change), "utf-8")
    (sites[1] / "data.json").write_bytes(b'{"a": 2}\n')
    assert {found.name: found.is_official for found in compare(*sites)} == {
        "a.html": True,
        "data.json": False,
    }


def test_a_page_that_one_site_lacks_is_official_text_that_it_lacks(
    sites: tuple[Path, Path],
) -> None:
    (sites[1] / "a.html").unlink()
    (sites[1] / "new.css").touch()
    assert compare(*sites) == [
        Difference("a.html", "a file", "no such file", is_official=True),
        Difference("new.css", "no such file", "a file", is_official=False),
    ]


def test_the_report_says_each_difference_once_and_official_text_first() -> None:
    same = [Difference(name, "<a>", "<b>") for name in ("x.html", "y.html")]
    text = "\n".join(report([*same, Difference("z.html", "如下", "如上", is_official=True)]))
    assert text == (
        "official text differs:\n  MkDocs      如下\n  ProperDocs  如上\n    z.html\n"
        "differs:\n  MkDocs      <a>\n  ProperDocs  <b>\n    x.html\n    y.html"
    )


def test_locked_requirements_are_taken_but_for_mkdocs() -> None:
    locked = (ROOT / "requirements.txt").read_text("utf-8")
    kept = without_mkdocs(locked)
    assert "\nmkdocs-material==" in kept
    assert "\nmkdocs==" not in kept
    names = [line.split("==")[0] for line in locked.splitlines() if line[:1].isalpha()]
    left = [line.split("==")[0] for line in kept.splitlines() if line[:1].isalpha()]
    assert left == [name for name in names if name != "mkdocs"]
    with pytest.raises(CanaryError):
        without_mkdocs(kept)


@pytest.mark.parametrize(("fails_at", "status"), [("set_up", 2), ("replace_mkdocs", 1)])
def test_the_status_tells_a_canary_that_could_not_start_from_one_that_fell(
    fails_at: str, status: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> Path:
        message = "no"
        raise CanaryError(message)

    for name in ("set_up", "replace_mkdocs", "_build"):
        monkeypatch.setattr(canary, name, fail if name == fails_at else lambda *_: tmp_path)
    assert canary.main(["--folder", str(tmp_path)]) == status
