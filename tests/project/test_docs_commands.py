"""Every command that a page for people names is run, in a copy of the project with a small archive.

A command that cannot be run here stands in NOT_RUN with its reason, and what can be checked of it
is. A new command in README.md, CONTRIBUTING.md or docs/ is run as it stands, and fails where its
placeholders mean nothing.
"""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import tomllib
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import ROOT, SMALL
from tests.content.intake import results
from tests.doc_files import GUIDE, PAGES, commands, fences
from tests.project.test_docs import OPTION, help_of
from tests.scratch import Runner, copy_project, git, lend_packages

pytestmark = pytest.mark.long
ISSUE = "content/panzhihua/2017-01"
HANDED_IN = "扫描文本.txt"  # the file of an editor

# placeholders on pages → values in the test; the first that matches is used
PLACEHOLDERS = {
    "--content DIR --site DIR --build DIR": "--content content --site site2 --build build2",
    "BASE --content DIR": "main --content content",
    "--jobs N": "--jobs 2",
    "FOLDER [--stage NAME]": f"{ISSUE} --stage normalize",
    "TEXT|FILE": "根据某府发〔2020〕7号，通知如下。",
    "[GAZETTE/ISSUE]": "panzhihua/2017-01",
    "GAZETTE ISSUE PATH...": f"panzhihua 2017-02 {HANDED_IN}",
    "OLD_SITE NEW_SITE": "site site",
    "TARGET --replay FILE": "parse --replay tests/findings/parse-carriage-return",
    "文件夹": ISSUE,
    "COMMAND": "check",
    "<commit>": "HEAD",
    "KEYID": "editor@gazette.example",
}
# mentioned on a page, without the arguments that they need
SHORT = {
    "gazette retake":
        f"gazette new panzhihua 2017-02 {HANDED_IN}"
        f" && gazette retake panzhihua 2017-02 {HANDED_IN}",
    "gazette retake moumou 2024-02 第2期.docx":
        "gazette new moumou 2024-02 第2期.pdf --title 某某市人民政府公报"
        " && gazette retake moumou 2024-02 第2期.docx",
    "gazette new": f"gazette new panzhihua 2017-02 {HANDED_IN}",
    "gazette report --format json": "gazette report site site --format json",
    "cd panzhihua-2017-01 && sha256sum -c SHA256SUMS":
        "cd dist && python -m zipfile -e panzhihua-2017-01.zip ."
        " && cd panzhihua-2017-01 && sha256sum -c SHA256SUMS",
    # as in the page: one line after the other, in one window
    "gazette new moumou 2024-02 第2期.docx":
        "gazette new moumou 2024-02 第2期.docx --title 某某市人民政府公报",
    "gazette new moumou 2024-03 第3期/":
        "gazette new moumou 2024-03 第3期/ --title 某某市人民政府公报",
    "gazette new moumou 2024-04 第4期.zip":
        "gazette new moumou 2024-04 第4期.zip --title 某某市人民政府公报",
    "gazette new moumou 2024-04 第4期_*_res.json":
        "gazette new moumou 2024-04 第4期_*_res.json --title 某某市人民政府公报",
    "gazette new moumou 2024-02 第2期.pdf":
        "gazette new moumou 2024-02 第2期.pdf --title 某某市人民政府公报",
    "gazette new moumou 2024-05 第5期.pdf":
        "cp 第2期.pdf 第5期.pdf"
        " && gazette new moumou 2024-05 第5期.pdf --title 某某市人民政府公报",
    "gazette new moumou 2024-02 通知.html":
        "gazette new moumou 2024-02 通知.html --title 某某市人民政府公报",
}  # fmt: skip
MINISIGN = "minisign -G -W -s gazette.key -p gazette.pub > /dev/null"
GPG = (
    "gpg --batch --quiet --passphrase '' --pinentry-mode loopback"
    " --quick-generate-key editor@gazette.example ed25519 sign never"
)
# preparations before a command, by the program that it needs
BEFORE = {
    "gazette bundle --sign minisign --sign-key gazette.key": MINISIGN,
    "GAZETTE_SIGN=minisign GAZETTE_SIGN_KEY=gazette.key make bundle": MINISIGN,
    "minisign -Vm SHA256SUMS -p gazette.pub":
        f"{MINISIGN} && gazette bundle --sign minisign --sign-key gazette.key"
        " && cd dist && cp ../gazette.pub .",
    "minisign -G -W": "true",
    "gazette bundle --sign gpg --sign-key KEYID": GPG,
    "GAZETTE_SIGN=gpg GAZETTE_SIGN_KEY=KEYID make bundle": GPG,
    "gpg --verify SHA256SUMS.asc SHA256SUMS": f"{GPG} && gazette bundle --sign gpg && cd dist",
}  # fmt: skip

# ---------------------------------------------------------------- commands that cannot be run


def is_target(command: str, runner: Runner) -> None:
    """Check that make knows the target and all that it is made of."""
    runner.run_all([command.replace("make ", "make -n ", 1)])


def knows_options(command: str, runner: Runner) -> None:
    """Check that the program is there and knows the options."""
    words = re.sub(r"\[|\]", "", command).split()
    own = words[:2] == ["python", "-m"]
    printed = help_of(words[2]) if own else runner.run_all([" ".join([*words[:2], "--help"])])
    assert {*OPTION.findall(command)} <= {*OPTION.findall(printed)}


def names_packages_of_ci(command: str, _: Runner) -> None:
    """Check that the packages are those that CI installs on a bare Debian, so that they suffice."""
    ci = (ROOT / ".gitlab-ci.yml").read_text("utf-8")
    assert {*command.partition(" install ")[2].split()} <= {*ci.split()}


def is_extra(command: str, runner: Runner) -> None:
    """Check that the package has the extra that is named in brackets."""
    found = re.search(r"\[(?P<extra>\w+)\]", command)
    project = tomllib.loads((runner.folder / "pyproject.toml").read_text("utf-8"))["project"]
    assert found
    assert project["optional-dependencies"][found["extra"]]
    assert command.startswith(("pip install -e '.[", f"pip install '{project['name']}["))


def answers(command: str, runner: Runner) -> None:
    """Start the preview, ask it once, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [*command.split(), "--address", f"127.0.0.1:{port}"], cwd=runner.folder,
        env={**runner.environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert "某某市人民政府公报" in ask(f"http://127.0.0.1:{port}/")
    finally:
        process.terminate()
        process.wait(10)


def opens(command: str, runner: Runner) -> None:
    """Start the editor's workspace, open the address that it prints, and stop it."""
    process = subprocess.Popen(
        [*command.split(), "--no-browser"], cwd=runner.folder, env={**runner.environment},
        stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        jar = urllib.request.HTTPCookieProcessor()
        with urllib.request.build_opener(jar).open(address, timeout=60) as answer:
            assert "校对台" in answer.read().decode()
    finally:
        process.terminate()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()


def ask(address: str) -> str:
    """Ask until there is an answer."""
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


BENCHMARK = (
    "takes minutes: its options are asked for; tests/project/test_benchmarks.py runs a small one"
)
PACKAGES = "changes the machine"
NETWORK = "asks the network"
CLUSTER = "never ends, or needs a cluster: tests/site/test_whole_or_not.py builds on one"
NOT_RUN: dict[str, tuple[str, Callable[[str, Runner], None]]] = {
    "make test": ("runs other tests", is_target),
    "make test-slow": ("runs this very test", is_target),
    "make golden": ("runs other tests", is_target),
    "make lint": ("make test runs it, before any test", is_target),
    "make serve": ("never ends; gazette serve is asked once", is_target),
    "gazette serve": ("never ends; asked once", answers),
    "gazette edit": ("never ends; opened once", opens),
    "gazette edit panzhihua/2017-01": ("never ends; opened once", opens),
    "gazette new moumou 2024-05 扫描件/":
        ("recognises pages; tests/content/intake/test_scans.py does it", knows_options),
    "make ocr": (NETWORK, is_target),
    "make lock": (NETWORK, is_target),
    "make pdf": ("gazette pdf is run", is_target),
    "make compare BASE=main": ("python -m benchmarks.compare is run", is_target),
    "sudo apt-get install git make python3-venv": (PACKAGES, names_packages_of_ci),
    "apt-get install chromium nodejs fonts-noto-cjk": (PACKAGES, names_packages_of_ci),
    "pip install -e '.[bench]'": (NETWORK, is_extra),
    "pip install 'gazette-generator[cluster]'": (NETWORK, is_extra),
    "pip install 'gazette-generator[docling]'": (NETWORK, is_extra),
    "dask scheduler &": (CLUSTER, knows_options),
    "dask worker tcp://host:8786 --nworkers 8 --nthreads 1": (CLUSTER, knows_options),
    "gazette build --scheduler tcp://host:8786": (CLUSTER, knows_options),
    "mkdocs build": ("for an issue's folder; tests/site/test_site.py does it", knows_options),
    "python -m tools.screenshots": ("takes two hundred pictures", knows_options),
    "python -m benchmarks.bench_archive [FOLDER…] --issues 300 --rounds 1 --adds 5":
        (BENCHMARK, knows_options),
    "python -m benchmarks.bench_growth [--sizes 1 2 4] [--shapes NAME…]":
        (BENCHMARK, knows_options),
    "python -m benchmarks.bench_page SITE PAGE… --lighthouse node_modules/.bin/lighthouse":
        (BENCHMARK, knows_options),
    "gazette edit --no-browser": ("never ends; opened once", opens),
    "python -m benchmarks.bench_amendments CONTENT --truth INDEX --after 2001-22 --after 2001-23":
        (BENCHMARK, knows_options),
    "python -m benchmarks.bench_added GAZETTE --first 20 --against CHECKOUT": (
        BENCHMARK, knows_options,
    ),
    "python -m benchmarks.bench_archive FOLDER --issues 1 --adds 0 --skip hugo,stock,pages"
    " --growth 100 1000 5000": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_bundle FOLDER… --rounds 2 --against CHECKOUT": (
        BENCHMARK, knows_options,
    ),
    "python -m benchmarks.bench_cluster FOLDER --issues 100 --rounds 2": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_desk content/panzhihua/2017-01": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_engines --bin FOLDER": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_page": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_resolve FOLDER…": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_search FOLDER… --issues 300": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_stages FOLDER…": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_startup FOLDER --against CHECKOUT": (BENCHMARK, knows_options),
    "python -m benchmarks.bench_word FOLDER…": (BENCHMARK, knows_options),
    "python -m fuzz.run TARGET --inputs 250000 --seed 1": (BENCHMARK, knows_options),
    "make canary": ("builds with packages from the network; the nightly jobs do it", is_target),
    "make fuzz": ("takes an hour; tests/project/test_fuzz.py runs a little of it", is_target),
}  # fmt: skip

# the guide's own blocks are run in their order by tests/project/test_guide.py
IN_ORDER = {
    line for f in fences(GUIDE) if f.language == "sh" for line in f.text.splitlines()
}  # fmt: skip
ALL = [c for page in PAGES for c in commands(page) if page != GUIDE or c.text not in IN_ORDER]
NAMED = {command.text.replace(".venv/bin/", ""): command for command in ALL}


def spell_out(text: str) -> str:
    """Replace the placeholders of a page by values."""
    text = SHORT.get(text, text)
    for placeholder, value in PLACEHOLDERS.items():
        text = text.replace(placeholder, value)
    return text


# several ways of writing one command are run once
RUN = {spell_out(text): text for text in NAMED if text not in NOT_RUN}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """Give a copy of the project, its small archive built and bundled, with an editor's files."""
    folder = tmp_path_factory.mktemp("docs") / "gazette"
    copy_project(folder, {"panzhihua/2017-01": SMALL}, 'title = "某某市人民政府公报"\n')
    git(folder, "checkout", "--quiet", "-B", "main")
    shutil.rmtree(folder / "docs" / "screenshots")
    runner = lend_packages(folder)
    runner.run_all(["make site bundle"])
    write_scans(folder)
    return runner


def write_scans(folder: Path) -> None:
    """Write the texts that pages call handed in: as text, Word, and PDF."""
    (folder / HANDED_IN).write_text(SMALL, "utf-8")
    (folder / "第3期").mkdir()
    for nth, title in enumerate(
        ("某某市人民政府关于防汛的通知", "某某市人民政府关于夜市的意见"), 1
    ):
        notice = f"{title}\n\n某府发〔2024〕{nth}号\n\n请认真执行。\n"
        (folder / "第3期" / f"{nth}.txt").write_text(notice, "utf-8")
    word = Document()
    for line in filter(str.strip, SMALL.split("\n")):
        word.add_paragraph(line)
    word.save(str(folder / "第2期.docx"))
    lines = "".join(f"<p>{line}</p>" for line in SMALL.split("\n"))
    (folder / "通知.html").write_text(f'<meta charset="utf-8"><body>{lines}</body>', "utf-8")
    results.write_mineru(folder.parent / "第4期", results.content_list())
    shutil.make_archive(str(folder / "第4期"), "zip", folder.parent / "第4期")
    for page in range(results.PAGES):
        results.write(folder / f"第4期_{page}_res.json", results.paddle_page(page))
    font = UnicodeCIDFont("STSong-Light")  # known by name, its text needs no file
    pdfmetrics.registerFont(font)
    canvas = Canvas(str(folder / "第2期.pdf"), pagesize=A4)
    text = canvas.beginText(80, 780)
    text.setFont("STSong-Light", 10)
    text.textLines(SMALL)
    canvas.drawText(text)
    canvas.save()


# commands that do not change the project are run in the first copy
HARMLESS = re.compile(
    r"make (?:help|check|setup|site|serve|report|-n)\b|python -m benchmarks\.compare\b"
    r"|gazette (?:-h|audit|check|cite|fetch|pdf|report|show|\w+ --help)\b|gazette build$"
)


def lend(folder: Path, project: Runner) -> Runner:
    """Give the environment of a folder: its own program, and a home without keys."""
    world = {
        **project.environment,
        "PATH": f"{folder}/.venv/bin:{project.environment['PATH']}",
        "PYTHONPATH": str(folder),
        "HOME": str(folder.parent),
        "LC_ALL": "C.UTF-8",
    }
    return Runner(folder, world)


@pytest.fixture
def scratch(project: Runner, tmp_path: Path, gpg_home: Path) -> Runner:
    """Give a copy of the copy, which a command may change."""
    runner = lend(tmp_path / "gazette", project)
    shutil.copytree(
        project.folder, runner.folder, symlinks=True, ignore=shutil.ignore_patterns(".git")
    )
    # Git writes no file of its own twice, and most of the copy is its history
    subprocess.run(["cp", "-al", project.folder / ".git", runner.folder / ".git"], check=True)
    return replace(runner, environment={**runner.environment, "GNUPGHOME": str(gpg_home)})


@pytest.mark.slow
@pytest.mark.parametrize("command", RUN, ids=[str(NAMED[text]) for text in RUN.values()])
def test_a_command_of_a_page_runs(
    command: str, project: Runner, request: pytest.FixtureRequest
) -> None:
    before = BEFORE.get(RUN[command], "")
    for program in ("minisign", "gpg"):
        if f"{program} " in f"{before} {command}" and not shutil.which(program):
            pytest.skip(f"{program} is not installed")
    runner: Runner = (
        lend(project.folder, project)
        if HARMLESS.match(command)
        else request.getfixturevalue("scratch")
    )
    done = runner.run(" && ".join(filter(None, (before, command))))
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


@pytest.mark.slow
@pytest.mark.parametrize("text", NOT_RUN, ids=list(NOT_RUN))
def test_what_cannot_be_run_is_checked(text: str, project: Runner) -> None:
    reason, check = NOT_RUN[text]
    assert reason
    assert text in {*NAMED, *IN_ORDER}, "no page names it any more"
    check(text, lend(project.folder, project))


def test_every_table_is_needed() -> None:
    assert {*SHORT, *BEFORE} <= {*NAMED}
    text = "\n".join(NAMED)
    assert [placeholder for placeholder in PLACEHOLDERS if placeholder not in text] == []
