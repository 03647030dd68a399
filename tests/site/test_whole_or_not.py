"""A build that is killed, has no room or meets another build leaves the existing site whole."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.formats.sitemap import sitemaps
from generator.model import DocumentFact, Gazette, Summary
from generator.runtime.errors import SiteError, SourceError
from generator.runtime.parallel import Alone
from generator.runtime.places import ROOT, Places
from generator.site.build import build
from generator.site.swap import beside, only_builder, scan
from tests.conftest import build_quietly, places
from tests.documents import issue_text, letter
from tests.pages import check_links, read_tree

pytestmark = pytest.mark.long
GAZETTE = (sys.executable, "-c", "from generator.cli import main; main()")


def command(where: Path, *more: str) -> list[str]:
    folders = ("--content", where / "content", "--site", where / "site", "--build", where / "build")
    return [*GAZETTE, "build", *map(str, folders), *more]


@pytest.fixture
def archive(citing: Path, tmp_path: Path) -> Path:
    """Give an archive of three built issues, and a fourth, not built yet, that cites them."""
    shutil.copytree(citing, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / "content" / "moumou" / "2023-04"
    folder.mkdir()
    text = issue_text(4, letter("一、按照《某某市停车服务规定》执行。"), year=2023)
    (folder / "issue.md").write_text(text, "utf-8")
    return tmp_path


def finished(archive: Path, tmp_path: Path) -> dict[str, bytes]:
    where = tmp_path / "finished"
    build_quietly(archive / "content", where)
    return read_tree(where / "site")


def left_beside(archive: Path) -> list[str]:
    """Name the files beside the site, except the lock, which may stay."""
    return sorted(p.name for p in archive.glob(".site.*") if p.name != ".site.lock")


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_a_whole_site(archive: Path, tmp_path: Path) -> None:
    before, after = read_tree(archive / "site"), finished(archive, tmp_path)
    assert before != after
    started = time.monotonic()
    subprocess.run(command(archive), check=True, capture_output=True)
    longest = time.monotonic() - started
    chooser = random.Random(20261124)
    seen = set()
    for attempt in range(8):
        # the site of three issues again, of which the fourth is built
        shutil.rmtree(archive / "site")
        for name, data in before.items():
            (archive / "site" / name).parent.mkdir(parents=True, exist_ok=True)
            (archive / "site" / name).write_bytes(data)
        jobs = "2" if attempt % 2 else "1"
        build = subprocess.Popen(
            command(archive, "--jobs", jobs), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(chooser.uniform(0, 1.1 * longest))
        build.send_signal(signal.SIGKILL)
        build.wait()
        found = read_tree(archive / "site")
        assert found in (before, after)
        seen.add(found == after)
        done = subprocess.run(command(archive), check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert read_tree(archive / "site") == after
        assert left_beside(archive) == []
    assert False in seen  # some builds were killed before their end


KILLED = """
import os, signal
from generator.site import swap as publish
{patch}
from generator.cli import (main)
main()
"""
# at each step of the exchange, and where a system can only rename
STEPS = {
    "before the exchange": (
        "publish._exchange = lambda one, other: os.kill(os.getpid(), signal.SIGKILL)",
        "before",
    ),
    "after the exchange": (
        "exchange = publish._exchange\n"
        "def then(one, other):\n"
        "    exchange(one, other)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "publish._exchange = then",
        "after",
    ),
    "between two renames": (
        "publish._exchange = lambda one, other: False\n"
        "move = publish.move\n"
        "def once(source, target):\n"
        "    if source.name == '.site.new': os.kill(os.getpid(), signal.SIGKILL)\n"
        "    move(source, target)\n"
        "publish.move = once",
        "nothing",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_a_build_killed_while_it_publishes_is_mended(
    step: str, archive: Path, tmp_path: Path
) -> None:
    before, after = read_tree(archive / "site"), finished(archive, tmp_path)
    patch, left = STEPS[step]
    script = KILLED.format(patch=patch)
    done = subprocess.run(
        [sys.executable, "-c", script, *command(archive, "--jobs", "1")[3:]], check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert read_tree(archive / "site") == {"before": before, "after": after, "nothing": {}}[left]
    if left == "nothing":  # the old site is whole, one rename away
        assert read_tree(beside(archive / "site", "old")) == before
    subprocess.run(command(archive), check=True, capture_output=True)
    assert read_tree(archive / "site") == after
    assert left_beside(archive) == []


@pytest.mark.slow
def test_a_disk_without_room_leaves_the_site_that_stands(archive: Path) -> None:
    before = read_tree(archive / "site")

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))

    done = subprocess.run(
        command(archive), check=False, capture_output=True, text=True, preexec_fn=no_room
    )
    assert done.returncode == 1
    assert "没有发布，原来的网站不变" in done.stderr
    assert "Traceback" not in done.stderr
    assert read_tree(archive / "site") == before
    assert left_beside(archive) == []


def test_of_two_builds_the_second_names_the_first(archive: Path) -> None:
    before = read_tree(archive / "site")
    with only_builder(archive / "site"):
        done = subprocess.run(command(archive), check=False, capture_output=True, text=True)
    assert done.returncode == 2
    assert f" 的进程 {os.getpid()}（主机 " in done.stderr
    assert read_tree(archive / "site") == before


@pytest.mark.slow
def test_no_clock_no_path_no_locale_no_seed_changes_a_byte(archive: Path, tmp_path: Path) -> None:
    trees = []
    for name, own in {
        "one": {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"},
        "a longer path/with 空格": {
            "PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C", "HOME": "/nonexistent",
            "USER": "somebody", "LOGNAME": "somebody", "SOURCE_DATE_EPOCH": "86400",
        },
    }.items():  # fmt: skip
        where = tmp_path / name
        shutil.copytree(archive / "content", where / "content")
        for file in sorted((where / "content").rglob("*"), reverse=own["PYTHONHASHSEED"] == "2"):
            os.utime(file, (1e9, 1e9 + len(file.name)))
        environment = {**os.environ, **own}
        done = subprocess.run(
            command(where), check=False, capture_output=True, text=True, env=environment
        )
        assert done.returncode == 0, done.stderr
        trees.append(read_tree(where / "site"))
    assert trees[0] == trees[1]
    today = time.strftime("%Y-%m-%d").encode()
    assert [name for name, data in trees[0].items() if today in data] == []


CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        sys.argv = ["gazette", *sys.argv[1:], "--scheduler", cluster.scheduler_address]
        from generator.cli import (main)
        main(standalone_mode=False)
"""


@pytest.mark.slow
def test_a_cluster_builds_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    where = tmp_path / "cluster"
    script = where / "run.py"
    where.mkdir()
    script.write_text(CLUSTER, "utf-8")
    shutil.copytree(archive / "content", where / "content")
    done = subprocess.run(
        [sys.executable, str(script), *command(where)[3:]],
        check=False, capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "4 期" in done.stdout
    assert read_tree(where / "site") == finished(archive, tmp_path)


@pytest.mark.slow
def test_an_unreachable_cluster_is_one_line(archive: Path) -> None:
    done = subprocess.run(
        command(archive, "--scheduler", "nonsense://x"), check=False, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr.startswith("gazette: --scheduler nonsense://x")


def test_a_site_of_another_program_is_built_anew(archive: Path) -> None:
    """Manifests that are cut short, of another form or of no issue are ignored."""
    site = archive / "site"
    for data in (b"", b"{}", b'{"format": "gazette-manifest/9"}', b"[" * 100_000):
        (site / "manifests" / "build.json").unlink(missing_ok=True)
        (site / "manifests" / "build.json").write_bytes(data)
        built = build_quietly(archive / "content", archive)
        assert built.renewed == built.issues == 4
    assert build_quietly(archive / "content", archive).renewed == 0


def test_a_failed_build_leaves_nothing_beside_the_site(archive: Path) -> None:
    (archive / "content" / "moumou" / "2023-04" / "issue.md").write_text("空", "utf-8")
    done = subprocess.run(command(archive), check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert left_beside(archive) == []
    assert scan(places(archive / "content", archive).staged) == {}


@pytest.mark.medium
@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("[x](../../nowhere.html)", "链接 nowhere.html 无效：没有这个文件；"),
        ("[x](../2020-01/index.html#s9-9)", "index.html#s9-9 无效：网页里没有这个位置；"),
        ("[x](moufufa-2020-3.html#nothing)", "#nothing 无效：网页里没有这个位置；"),
    ],
)
def test_one_dead_link_in_a_page_that_is_kept_stops_the_build(
    link: str, said: str, archive: Path, tmp_path: Path
) -> None:
    """A link to a missing place of an issue is found, even if its own page is not built again."""
    where = tmp_path / "own"
    shutil.copytree(ROOT / "templates", where / "templates")
    shutil.copyfile(ROOT / "mkdocs.yml", where / "mkdocs.yml")
    page = where / "templates" / "issue.md.j2"
    page.write_text(f"{page.read_text('utf-8')}\n\n{link}\n", "utf-8")
    own = Places(
        archive / "content",
        where / "site",
        where / "build",
        where / "templates",
        where / "mkdocs.yml",
    )
    with pytest.raises(SiteError) as raised:
        build(own, Alone(), lambda *_: None)
    first = str(raised.value).split("\n")[0]
    assert said in first
    assert first.startswith("moumou/20")
    assert not own.site.exists()


def test_a_document_that_goes_takes_no_link_with_it(archive: Path) -> None:
    """An issue that others cite is removed: they are built again, and lead to its entry."""
    built = build_quietly(archive / "content", archive)
    assert built.issues == 4
    shutil.rmtree(archive / "content" / "moumou" / "2020-01")
    assert build_quietly(archive / "content", archive).renewed == 2
    assert check_links(archive / "site") == []


def test_a_gazette_does_not_bear_the_name_of_a_folder_of_the_site(archive: Path) -> None:
    (archive / "content" / "moumou").rename(archive / "content" / "works")
    with pytest.raises(SourceError, match="请给公报的文件夹改名"):
        build_quietly(archive / "content", archive)


def test_a_sitemap_bears_no_day_that_never_was() -> None:
    facts = tuple(
        DocumentFact(f"0{n}", "某通知", "", "某府", "通知", day, "", None, ())
        for n, day in enumerate(("2020-02-30", "2020-02-07"), 1)
    )
    summary = Summary("g/2020-01", 2020, 1, None, facts, ())
    pages = sitemaps([Gazette("g", "某公报", homepage="https://g.example")], [summary])
    text = pages["sitemaps/g-2020.xml"]
    assert re.findall(r"<lastmod>(.*?)</lastmod>", text) == ["2020-02-07", "2020-02-07"]
    assert text.count("<loc>") == 3


def test_sitemaps_bear_the_dates_of_documents(archive: Path) -> None:
    facts = archive / "content" / "moumou" / "gazette.toml"
    text = f'homepage = "https://gazette.example/公报/"\n{facts.read_text("utf-8")}'
    facts.write_text(text, "utf-8")
    build_quietly(archive / "content", archive)
    index = (archive / "site" / "sitemap.xml").read_text("utf-8")
    assert "<loc>https://gazette.example/%E5%85%AC%E6%8A%A5/sitemaps/moumou-2020.xml</loc>" in index
    assert "<lastmod>2023-" not in index.split("moumou-2020.xml")[1].split("</sitemap>")[0]
    pages = (archive / "site" / "sitemaps" / "moumou-2020.xml").read_text("utf-8")
    address = "https://gazette.example/%E5%85%AC%E6%8A%A5/moumou/2020-01/moufufa-2019-12.html"
    assert f"<url><loc>{address}</loc><lastmod>2019-05-01</lastmod></url>" in pages
    for path in sorted((archive / "site" / "moumou").glob("2020-01/mou*.html")):
        is_page = not path.name.endswith(".collation.html")
        assert (f"/{path.name}</loc>" in pages) == is_page
