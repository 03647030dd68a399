"""docs/add-an-issue.md, followed word for word: the commands print the output that it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image

from tests.conftest import SMALL
from tests.doc_files import GUIDE, Fence, fences, spans
from tests.pages import read_tree
from tests.scratch import Runner, copy_project, lend_packages, own_world

CHANGES_THE_MACHINE = "sudo "  # tests/project/test_docs_commands.py checks the packages
PLACE = "gongbao"  # where the guide clones the project to
ISSUE = "moumou/2024-02"


@dataclass(frozen=True, slots=True)
class Step:
    """A block of commands of the guide: the output that it shows, and the real output."""

    line: int
    shown: str | None
    printed: str
    errors: str  # output on the error stream
    ended_well: bool


@dataclass(frozen=True, slots=True)
class Followed:
    """The guide, followed to its end."""

    steps: list[Step]
    runner: Runner

    @property
    def folder(self) -> Path:
        """Where the guide took its reader."""
        return self.runner.folder


def shows(page: str, printed: str) -> bool:
    """Whether a page shows the output: … is any text, and alone on a line any lines."""
    pattern = ""
    for line in page.splitlines():
        if line == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.split("…"))) + "\n"
    return bool(re.fullmatch(pattern, printed))


def enter(fence: Fence, after: Fence | None, runner: Runner) -> Step:
    """Type a block of commands."""
    lines = [n for n in fence.text.splitlines() if not n.startswith(CHANGES_THE_MACHINE)]
    done = runner.run("\n".join(lines))
    shown = after.text if after and after.language == "text" and not after.file else None
    return Step(fence.line, shown, done.stdout, done.stderr, done.returncode == 0)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    """Do what the guide says, in its order: copy its texts into files, type its commands."""
    home = tmp_path_factory.mktemp("newcomer")
    copy_project(home / "origin", {"panzhihua/2017-01": SMALL}, 'title = "某市公报"\n')
    found = list(fences(GUIDE))
    (cloning,) = (n for n, f in enumerate(found) if "git clone" in f.text)
    # the first block ends in the cloned folder, where all others are typed
    typed = found[cloning].text.replace("仓库地址", str(home / "origin"))
    first = Fence(GUIDE, found[cloning].line, "sh", "", f"{typed}\ntest -f Makefile\n")
    world = {**own_world(), "LC_ALL": "C.UTF-8"}
    steps = [enter(first, None, Runner(home, world))]
    folder = home / PLACE
    lend_packages(folder)
    runner = Runner(folder, {**world, "PYTHONPATH": str(folder)})
    # "随便找一张图片和一个 PDF"
    Image.new("RGB", (40, 30), "green").save(folder / "古树.png")
    Image.new("RGB", (210, 297), "white").save(folder / "扫描件.pdf")
    for fence, after in zip_longest(found[cloning + 1 :], found[cloning + 2 :]):
        if fence.file:
            with (folder / fence.file).open("a", encoding="utf-8") as file:
                file.write(fence.text)
        elif fence.language == "sh":
            steps.append(enter(fence, after, runner))
    return Followed(steps, runner)


@pytest.mark.parametrize(
    ("page", "printed", "same"),
    [
        ("a\n", "a\n", True),
        ("a\n", "a\nb\n", False),
        ("a\n…\n", "a\nb\nc\n", True),
        ("a\n…\n", "a\n", True),
        ("…\nc\n", "a\nb\nd\n", False),
        ("site: … 期\n", "site: 3 期\n", True),
        ("site: … 期\n", "site: 3\n 期\n", False),
    ],
)
def test_dots_stand_for_what_differs(page: str, printed: str, *, same: bool) -> None:
    assert shows(page, printed) is same


@pytest.mark.slow
def test_each_block_of_commands_prints_what_the_guide_shows(followed: Followed) -> None:
    assert len(followed.steps) >= 7
    for step in followed.steps:
        place = f"add-an-issue.md:{step.line}:\n{step.printed}{step.errors}"
        assert step.ended_well is ("Error" not in (step.shown or "")), place
        if step.shown is None:
            assert step.printed == "", place  # "什么也不显示"
        else:
            assert shows(step.shown, step.printed + step.errors), place


@pytest.mark.slow
def test_every_file_that_the_guide_names_is_made(followed: Followed) -> None:
    paths = re.compile(r"(?:site|dist|content)/[^<>]+")
    named = {text for _, text in spans(GUIDE) if paths.fullmatch(text)}
    foreign = {"content/panzhihua/2017-02/issue.md"}  # an example for the browser
    assert named > foreign
    assert [n for n in sorted(named - foreign) if not (followed.folder / n).exists()] == []


@pytest.mark.slow
def test_the_site_is_what_the_guide_says_it_is(followed: Followed) -> None:
    pages = {
        name: data.decode()
        for name, data in read_tree(followed.folder / "site").items()
        if name.endswith(".html")
    }
    first, second = (pages[f"{ISSUE}/moufufa-2024-{n}.html"] for n in (5, 6))
    assert "某某市人民政府公报" in pages["index.html"]
    assert 'title="扫描文本作“国家 and 省”">国家和省<' in first
    assert "全市湖泊水质全面改善，湖岸全部还绿。" in first
    assert ">某府发〔2024〕5号<" in first
    assert 'src="%E5%8F%A4%E6%A0%91.png"' in second
    assert f'href="{quote("扫描件.pdf")}#page=5">第5页（印刷版）' in second
    assert 'href="moufufa-2024-5.html"' in second
    corrections = pages[f"{ISSUE}/corrections.html"]
    assert "<h1" in corrections
    assert "勘误" in corrections
    for words in ("国家 and 省", "国家和省", "扫描误识，据印刷本改"):
        assert words in corrections
    assert f"{ISSUE}/moufufa-2024-5.collation.html" in pages
    # a reason for lifting a mark stays in issue.toml
    assert not any("某府办〔2024〕33号" in text for text in pages.values())


@pytest.mark.slow
def test_a_misprint_found_after_publication_is_corrected_and_listed(followed: Followed) -> None:
    folder = followed.folder
    facts = folder / "content" / ISSUE / "issue.toml"
    text = (folder / "content" / ISSUE / "issue.md").read_text("utf-8").split("\n")
    line = next(n for n, words in enumerate(text, 1) if "违法建筑" in words)
    more = f'\n[[correction]]\nline = {line}\nfrom = "违法"\nto = "违章"\nwhy = "据印刷本改"\n'
    facts.write_text(facts.read_text("utf-8") + more, "utf-8")
    followed.runner.run_all(["make site"])
    corrected = (folder / "site" / ISSUE / "moufufa-2024-5.html").read_text("utf-8")
    assert 'title="扫描文本作“违法”">违章<' in corrected
    listed = (folder / "site" / ISSUE / "corrections.html").read_text("utf-8")
    assert re.search(rf"<td>{line}</td>\s*<td>违法</td>\s*<td>违章</td>", listed)
