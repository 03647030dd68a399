"""Fixtures of many tests: the seed issue, a built site, small archives written for a test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from generator.model import Issue
from generator.runtime.parallel import workers
from generator.runtime.places import Places
from generator.site.build import Built, build
from generator.stages.pipeline import convert
from tests.browser import SEALED, Watch, find_chromium, serving
from tests.documents import CITING_ISSUES, LINK_FACTS
from tests.tables import MERGED, reading_drawn_tables

# Every run tries the same examples, however slow the machine, so that a commit that passes here
# passes everywhere.
# pytest --hypothesis-profile=deep: a longer search with new examples, by hand
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("deep", max_examples=3000, derandomize=False)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "content" / "panzhihua" / "2017-01"

# an issue in our own words, in the forms the seed lacks: pages in brackets, no # before titles
SMALL = """\
某某市人民政府公报

第3期（总第15期）
2020年
某某市人民政府办公室
（双月刊）
主 办：某某市人民政府

目  录

【规章】
某某市停车管理办法………………………………（1）
【文件】
某某市人民政府关于修订《某某市停车管理办法》的通知…………（9）

某某市停车管理办法
（2019年5月1日某某市人民政府令第12号公布）

第一章 总 则

第一条 为了加强停车管理，制定本办法。

第二条 本办法所称停车场，包括下列种类：
（一）公共停车场；
（二）专用停车场。

第二章 附则

第三条 本办法自2019年7月1日起施行。

某某市人民政府关于修订
《某某市停车管理办法》的通知

某府发[2020] 7 号

各区人民政府,市级各部门:

根据《某某市停车管理办法》（某某市人民政府令第12号），现通知如下:

一、停车收费按 1.5 元计算。

1.地面停车场。白天收费，夜间免

费。

2.地下停车场。全天收费。

某某市人民政府
二○二○年三月五日
"""


@pytest.hookimpl(tryfirst=True)  # before marks are chosen by -m
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that open a browser as slow, give slow tests more time, and set the order.

    Long files begin first, so that no worker waits for one at the end. Tests of one view of a page
    follow each other, so that it is opened once.
    """
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
        if any(map(item.get_closest_marker, ("slow", "medium"))):
            item.add_marker(pytest.mark.timeout(300))

    def place(item: pytest.Item) -> tuple[bool, str]:
        view = item.callspec.params.get("view", "") if hasattr(item, "callspec") else ""
        return not item.get_closest_marker("long"), f"{view}"

    items.sort(key=place)


@pytest.fixture(scope="session")
def seed() -> Issue:
    return convert(SEED)


ArchiveMaker = Callable[..., Path]


@pytest.fixture
def make_archive(tmp_path: Path) -> ArchiveMaker:
    """Write an archive: folder names of issues → texts (str or bytes)."""

    def make(issues: dict[str, str | bytes], facts: str = 'title = "某某市人民政府公报"\n') -> Path:
        content = tmp_path / "content"
        for name, text in issues.items():
            folder = content / "moumou" / name
            folder.mkdir(parents=True)
            data = text if isinstance(text, bytes) else text.encode()
            (folder / "issue.md").write_bytes(data)
        (content / "moumou" / "gazette.toml").write_text(facts, "utf-8")
        return content

    return make


def places(content: Path, where: Path) -> Places:
    return Places(content, where / "site", where / "build")


def build_quietly(
    content: Path, where: Path, jobs: int = 1, templates: Path | None = None
) -> Built:
    own = places(content, where)
    with workers(jobs) as run:
        return build(replace(own, templates=templates or own.templates), run, lambda *_: None)


@pytest.fixture
def node() -> str:
    """Give Node, whose test runner tests the modules of scripts."""
    found = shutil.which("node")
    if found is None:
        reason = "Node's test runner is missing: apt-get install nodejs"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture
def gpg_home() -> Iterator[Path]:
    """Give a home for keys of GnuPG, whose agent ends with the test.

    The agent listens in it, and the path of a socket has 107 characters at most.
    """
    with tempfile.TemporaryDirectory(prefix="gpg-") as folder:
        yield Path(folder)
        if shutil.which("gpgconf"):
            stop = ["gpgconf", "--homedir", folder, "--kill", "gpg-agent"]
            subprocess.run(stop, check=False, capture_output=True)


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """Give a folder that is made by the first worker that asks for it, and shared by all.

    Nobody may write into it: a test that changes something takes a copy.
    """
    root = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent  # that of all workers
    folder, made = root / name / name, root / f"{name}.made"
    with FileLock(root / f"{name}.lock"):
        if not made.exists():
            shutil.rmtree(folder.parent, ignore_errors=True)  # of a worker that failed
            folder.mkdir(parents=True)
            make(folder)
            made.touch()
    return folder


def write_citing_issues(content: Path, gazette: str) -> None:
    """Write three issues that cite each other in every way."""
    for name, text in CITING_ISSUES.items():
        (content / gazette / name).mkdir(parents=True)
        (content / gazette / name / "issue.md").write_text(text, "utf-8")
    (content / gazette / "gazette.toml").write_text(LINK_FACTS, "utf-8")


@pytest.fixture(scope="session")
def citing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build three issues that cite each other in every way; give the folder of content and site."""

    def make(where: Path) -> None:
        write_citing_issues(where / "content", "moumou")
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "citing", make)


@pytest.fixture(scope="session")
def archive(citing: Path) -> Path:
    """Give the site of the issues that cite each other."""
    return citing / "site"


def write_three_issues(content: Path) -> None:
    """Write the seed and two small issues that cite each other."""
    shutil.copytree(ROOT / "content", content)
    folder = content / "moumou"
    for name, number, total in (("2020-03", 3, 15), ("2020-04", 4, 16)):
        (folder / name).mkdir(parents=True)
        text = SMALL.replace("第3期（总第15期）", f"第{number}期（总第{total}期）")
        if number == 4:
            text = text.replace("第12号", "第13号").replace("[2020] 7 号", "[2020] 8 号")
            text = text.replace("现通知如下", "落实某府发〔2020〕7号，现通知如下")
        (folder / name / "issue.md").write_text(text, "utf-8")
    facts = 'title = "某某市人民政府公报"\ncontact = "mailto:gongbao@gazette.example"\n'
    (folder / "gazette.toml").write_text(facts, "utf-8")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the website of the seed and of two small issues that cite each other."""

    def make(where: Path) -> None:
        write_three_issues(where / "content")
        build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "built", make)


@pytest.fixture(scope="session")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the website of an issue whose tables have merged cells, captions and notes."""

    def make(where: Path) -> None:
        folder = where / "content" / "moumou" / "2024-01"
        folder.mkdir(parents=True)
        (folder / "issue.md").write_text(MERGED, "utf-8")
        facts = 'title = "某某市人民政府公报"\ncontact = "mailto:gongbao@gazette.example"\n'
        (folder.parent / "gazette.toml").write_text(facts, "utf-8")
        with reading_drawn_tables():
            build_quietly(where / "content", where)

    return make_once(tmp_path_factory, "merged", make)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=find_chromium(), args=SEALED)
        except Exception as error:
            message = (
                f"no browser: apt-get install chromium, or playwright install chromium ({error})"
            )
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
        yield found
        found.close()


@pytest.fixture(scope="session", params=["http", "file"])
def base(request: pytest.FixtureRequest, built: Path) -> Iterator[str]:
    """Give the address of the site, over http below a sub-path and from disk."""
    if request.param == "file":
        yield f"file://{built}/site/"
        return
    with serving(built) as root:
        yield f"{root}site/"


@pytest.fixture
def watch(browser: Browser, base: str) -> Iterator[Watch]:
    with Watch.over(browser, base) as watching:
        yield watching
