"""The CI for users: the files of both hosts, with their steps run as scripts in a clean clone."""

from __future__ import annotations

import json
import os
import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import pytest
import yaml

from fuzz.checks import TARGETS
from generator.delivery.report import MARK
from tests.conftest import ROOT
from tests.documents import CITING_ISSUES, LINK_FACTS
from tests.pages import read_tree
from tests.scratch import Runner, copy_project, git, lend_packages
from tools import sbom

pytestmark = pytest.mark.long
WORKFLOWS = ROOT / ".github" / "workflows"
NOTHING = "0" * 40  # hosts give this as the commit before the first one of a branch
ADDED = "2022-03"

Step = TypedDict(
    "Step",
    {"uses": str, "run": str, "if": str, "id": str, "env": dict[str, str], "with": dict[str, str]},
    total=False,
)
Job = TypedDict(
    "Job",
    {
        "needs": str, "if": str, "runs-on": str, "timeout-minutes": int, "steps": list[Step],
        "permissions": dict[str, str], "env": dict[str, str], "environment": dict[str, str],
        "strategy": dict[str, dict[str, list[str]]],
    },
    total=False,
)  # fmt: skip


class GitlabJob(TypedDict, total=False):
    """A job of .gitlab-ci.yml, as far as tests read it."""

    extends: str
    image: str
    needs: list[str]
    cache: dict[str, object]
    rules: list[dict[str, str]]
    before_script: list[str]
    script: list[str]
    parallel: dict[str, list[dict[str, list[str]]]]
    artifacts: dict[str, list[str]]


def jobs(name: str) -> dict[str, Job]:
    """Read the jobs of a workflow."""
    found: dict[str, Job] = yaml.safe_load((WORKFLOWS / f"{name}.yml").read_text("utf-8"))["jobs"]
    return found


def gitlab_jobs() -> dict[str, GitlabJob]:
    found: dict[str, GitlabJob] = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    return found


def scripts(job: Job) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


@dataclass(frozen=True, slots=True)
class Published:
    """A run of a host's steps, and where they ran."""

    runner: Runner
    printed: str
    summary: Path


def clone(origin: Path, folder: Path) -> Runner:
    """Clone as hosts do, without history."""
    git(ROOT, "clone", "--quiet", "--depth=1", f"file://{origin}", str(folder))
    return lend_packages(folder)


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a repository of the program and two issues."""
    folder = tmp_path_factory.mktemp("host") / "origin"
    texts = {f"moumou/{name}": text for name, text in CITING_ISSUES.items() if name != ADDED}
    copy_project(folder, texts, LINK_FACTS)
    return folder


@pytest.fixture(scope="module")
def first(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Publish for the first time: nothing is restored."""
    where = tmp_path_factory.mktemp("first")
    runner = clone(origin, where / "clone")
    summary = where / "summary.md"
    printed = runner.run_all(
        scripts(jobs("pages")["build"]), BASE=NOTHING, GITHUB_STEP_SUMMARY=str(summary)
    )
    return Published(runner, printed, summary)


@pytest.fixture(scope="module")
def added(origin: Path, first: Published, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Add an issue as an editor does; give the commit before it."""
    before = git(origin, "rev-parse", "HEAD")
    text = tmp_path_factory.mktemp("editor") / "scan.txt"
    flawed = CITING_ISSUES[ADDED].replace("按本规定第九条", "按本规定 and 第九条")
    text.write_text(flawed, "utf-8")
    new = f".venv/bin/gazette new moumou {ADDED} {text} --content {origin}/content"
    assert "公文 1 篇" in first.runner.run_all([new])
    git(origin, "add", "--all")
    git(origin, "commit", "--quiet", "--message", "content: an issue more")
    return before


def restored(origin: Path, where: Path, first: Published) -> Runner:
    """Put the files of the cache into a fresh clone."""
    runner = clone(origin, where / "clone")
    shutil.copytree(first.runner.folder / "site", runner.folder / "site")
    return runner


@pytest.fixture(scope="module")
def second(
    origin: Path, first: Published, added: str, tmp_path_factory: pytest.TempPathFactory
) -> Published:
    """Publish again, with the issue that was added."""
    where = tmp_path_factory.mktemp("second")
    runner = restored(origin, where, first)
    summary = where / "summary.md"
    printed = runner.run_all(
        scripts(jobs("pages")["build"]), BASE=added, GITHUB_STEP_SUMMARY=str(summary)
    )
    return Published(runner, printed, summary)


# ---------------------------------------------------------------- the files


@pytest.mark.parametrize("name", ["nightly", "pages", "report", "test"])
def test_workflows_are_sound(name: str) -> None:
    found = jobs(name)
    for job in found.values():
        assert job["runs-on"] == "ubuntu-24.04"
        assert job["timeout-minutes"] <= (300 if name == "nightly" else 60)
        assert job.get("needs", "build") in {*found, "build"}
        for step in job["steps"]:
            assert ("run" in step) != ("uses" in step)
            assert re.fullmatch(r"actions/[a-z/-]+@v\d+", step.get("uses", "actions/any@v1"))
            # an expression in a script would let a branch's name be run
            assert "${{" not in step.get("run", "")


WRITES = ("actions/cache/save", "actions/upload-pages-artifact", "actions/deploy-pages")


def test_what_publishes_saves_or_may_write_runs_on_main_or_a_tag_alone() -> None:
    """A change request may come from anyone: its run reads, and leaves nothing behind."""
    pages = yaml.safe_load((WORKFLOWS / "pages.yml").read_text("utf-8"))
    # pull_request_target would run a stranger's code with the right to write
    assert "pull_request_target" not in pages[True]
    assert set(pages["permissions"].values()) == {"read"}
    guarded = {"github.ref == 'refs/heads/main'", "github.ref_type == 'tag'"}
    found = pages["jobs"]
    for name, job in found.items():
        conditions = {job.get("if"), found.get(job.get("needs"), {}).get("if")}
        if "write" in job.get("permissions", {}).values():
            assert conditions & guarded, name
        for step in job["steps"]:
            if step.get("uses", "").startswith(WRITES):
                assert {step.get("if"), *conditions} & guarded, step
    gitlab = gitlab_jobs()
    assert "public/" in gitlab["pages"]["artifacts"]["paths"]
    for name in ("pages", "freeze", "release"):
        for rule in gitlab[name]["rules"]:
            on_main = "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH" in rule["if"]
            assert on_main or rule["if"] == "$CI_COMMIT_TAG", name


def test_addresses_are_frozen_once_they_are_published() -> None:
    assert jobs("pages")["freeze"]["needs"] == "deploy"
    assert gitlab_jobs()["freeze"]["needs"] == ["pages"]


def test_what_is_saved_is_restored_by_a_later_run() -> None:
    steps = jobs("pages")["build"]["steps"]
    restore, save = (
        next(s["with"] for s in steps if s.get("uses") == f"actions/cache/{what}@v4")
        for what in ("restore", "save")
    )
    assert (restore["path"], restore["key"]) == (save["path"], save["key"])
    assert save["key"].startswith(restore["restore-keys"])
    assert "github.run_id" in save["key"].removeprefix(restore["restore-keys"])  # never saved over


def test_the_job_that_may_comment_runs_nothing_of_the_change_request() -> None:
    report = yaml.safe_load((WORKFLOWS / "report.yml").read_text("utf-8"))
    rights = {**report["permissions"], **report["jobs"]["comment"]["permissions"]}
    assert [right for right, how in rights.items() if how == "write"] == ["pull-requests"]
    checkout, *_ = steps = jobs("report")["comment"]["steps"]
    assert set(checkout["with"]) == {"persist-credentials"}  # no ref: the default branch
    received = next(s for s in steps if "download-artifact" in s.get("uses", ""))
    assert received["with"]["path"] == "received"
    make, post = scripts(jobs("report")["comment"])
    assert make == "make report OLD=received/changed/old NEW=received/changed/new"
    assert "received" not in post


def test_gitlab_jobs_build_on_jobs_that_are_there() -> None:
    found = gitlab_jobs()
    for name, job in found.items():
        assert {job.get("extends", name), *job.get("needs", [])} <= set(found)
        assert all(isinstance(line, str) for line in job.get("script", []))
        assert name.startswith(".") or job["script"]
        # a job with a script that uses a token begins only if the token is given
        for token in re.findall(r"\$(GAZETTE_\w+_TOKEN)", " ".join(job.get("script", []))):
            assert all(f"${token}" in rule.get("if", "") for rule in job["rules"]), name


def test_both_hosts_test_each_python_that_the_metadata_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    prefix = "Programming Language :: Python :: "
    named = [c.removeprefix(prefix) for c in project["classifiers"] if c.startswith(prefix)]
    assert jobs("test")["test"]["strategy"]["matrix"] == {"python-version": named}
    assert gitlab_jobs()["test"]["parallel"] == {"matrix": [{"PYTHON_VERSION": named}]}


@pytest.mark.parametrize("target", ["make test", "make test-slow", "make audit-dependencies"])
def test_what_ci_checks_here_both_hosts_check(target: str) -> None:
    github = [jobs(name) for name in ("test", "dependencies")]
    assert target in [s for found in github for job in found.values() for s in scripts(job)]
    assert target in [s for job in gitlab_jobs().values() for s in job.get("script", [])]
    assert target in (ROOT / ".ci" / "run").read_text("utf-8").split("\n")


def test_both_hosts_fuzz_with_a_million_inputs_a_night() -> None:
    (make,) = (s for s in scripts(jobs("nightly")["fuzz"]) if s.startswith("make fuzz"))
    found = gitlab_jobs()["fuzz"]
    assert found["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "schedule"'}]
    assert found["script"] == [make.replace("$SEED", "$CI_PIPELINE_IID")]
    inputs = re.search(r"INPUTS=(\d+)", make)
    assert inputs
    assert int(inputs[1]) * len(TARGETS) >= 1_000_000


def test_both_hosts_build_with_what_continues_mkdocs_each_night() -> None:
    assert scripts(jobs("nightly")["canary"]) == ["make canary"]
    assert gitlab_jobs()["canary"]["script"] == ["make canary"]
    assert gitlab_jobs()["canary"]["rules"] == gitlab_jobs()["fuzz"]["rules"]


def test_both_hosts_take_the_same_steps() -> None:
    gitlab = gitlab_jobs()
    github = [s for s in scripts(jobs("pages")["build"]) if s.startswith("make ")]
    github.remove("make sbom")  # of a release, which is a job of its own on the other host
    assert gitlab["release"]["script"][0] == "make bundle sbom"
    pages = [s for s in gitlab["pages"]["script"] if s.startswith("make ")]
    change = [s for s in gitlab["change"]["script"] if s.startswith("make ")]
    same = [
        s.replace("$BASE", "$CI_COMMIT_BEFORE_SHA").removesuffix(" FORMAT=github") for s in github
    ]
    assert pages == same
    merged = [s.replace("COMMIT_BEFORE", "MERGE_REQUEST_DIFF_BASE") for s in pages]
    assert change == [s.removesuffix(" public") for s in merged]


# ---------------------------------------------------------------- the steps


@pytest.mark.slow
def test_a_first_push_publishes_everything(first: Published) -> None:
    folder = first.runner.folder
    assert (folder / "public" / "index.html").is_file()
    names = {path.name for path in (folder / "public" / "moumou").iterdir() if path.is_dir()}
    assert names == set(CITING_ISSUES) - {ADDED}
    assert "没有可以比较的旧网站，全部内容都是新的：2 期，3 篇公文，" in first.summary.read_text(
        "utf-8"
    )
    assert "::warning file=content/moumou/2021-02/issue.md,line=" in first.printed


@pytest.mark.slow
def test_an_issue_more_is_published(second: Published) -> None:
    folder = second.runner.folder
    public = read_tree(folder / "public")
    assert f"moumou/{ADDED}/moufufa-2022-6.html" in public
    assert f'href="../moumou/{ADDED}/index.html"' in public["moumou/index.html"].decode()
    assert not any(name.startswith("manifests/") for name in public)
    site = read_tree(folder / "site")
    assert public == {n: data for n, data in site.items() if not n.startswith("manifests/")}
    uploads = [
        s["with"]["path"] for s in jobs("pages")["build"]["steps"] if "upload" in s.get("uses", "")
    ]
    assert [path.split() for path in uploads] == [
        ["report/report.md", "report/changed"], ["dist"], ["public"]
    ]  # fmt: skip
    assert all((folder / path).exists() for paths in uploads for path in paths.split())


@pytest.mark.slow
def test_the_report_names_the_issue_its_documents_and_its_citations(second: Published) -> None:
    text = second.summary.read_text("utf-8")
    assert text == (second.runner.folder / "report" / "report.md").read_text("utf-8")
    url = f"moumou/{ADDED}/moufufa-2022-6.html"
    for words in (
        f"- `moumou/{ADDED}` 某某市人民政府公报2022年第3期，1 篇公文\n",
        f"- 某某市停车服务规定（某府发〔2022〕6号，2022-06-01） `{url}`\n",
        f"在 `{url}#a2`，指向 `moumou/2020-01/moufufa-2019-12.html`（废止）\n",
        f"- `content/moumou/{ADDED}/issue.md:",
    ):
        assert words in text
    assert "删去" not in text
    assert "2021-02" not in text


@pytest.mark.slow
def test_the_comment_is_written_anew_from_what_the_build_left(
    origin: Path, second: Published, tmp_path: Path
) -> None:
    runner = clone(origin, tmp_path / "clone")
    left = second.runner.folder / "report"
    shutil.copytree(left / "changed", runner.folder / "received" / "changed")
    write, _ = scripts(jobs("report")["comment"])
    runner.run_all([write])
    assert read_tree(runner.folder / "report")["report.md"] == (left / "report.md").read_bytes()


@pytest.mark.slow
def test_annotations_stand_in_the_issues_that_changed(second: Published) -> None:
    found = [line for line in second.printed.splitlines() if line.startswith("::")]
    place = f"::warning file=content/moumou/{ADDED}/issue.md,line="
    assert any(line.startswith(place) and "title=latin-word" in line for line in found)
    assert all(f"file=content/moumou/{ADDED}/" in line for line in found)


@pytest.mark.slow
def test_bundles_are_attached(second: Published) -> None:
    names = {path.name for path in (second.runner.folder / "dist").iterdir()}
    assert names >= {"SHA256SUMS", "archive.zip", f"moumou-{ADDED}.zip", "moumou-2020-01.zip"}


@pytest.mark.slow
def test_gitlab_publishes_the_same(
    origin: Path, first: Published, added: str, second: Published, tmp_path: Path
) -> None:
    runner = restored(origin, tmp_path, first)
    printed = runner.run_all(gitlab_jobs()["pages"]["script"], CI_COMMIT_BEFORE_SHA=added)
    assert read_tree(runner.folder / "public") == read_tree(second.runner.folder / "public")
    assert f"content/moumou/{ADDED}/issue.md:" in printed
    assert second.summary.read_text("utf-8") in printed
    for path in gitlab_jobs()["pages"]["artifacts"]["paths"]:
        assert (runner.folder / path).exists()


@pytest.mark.slow
def test_an_error_stops_the_steps_and_says_where(
    origin: Path, first: Published, added: str, tmp_path: Path
) -> None:
    runner = restored(origin, tmp_path, first)
    fault = runner.folder / "content" / "moumou" / ADDED / "issue.md"
    fault.write_text("某某市人民政府公报\n\n没有目录的一期。\n", "utf-8")
    _, check, build, *_ = scripts(jobs("pages")["build"])
    runner.run_all(["git fetch --quiet --depth=1 origin $BASE"], BASE=added)
    done = runner.run(check, BASE=added)
    assert done.returncode
    assert f"::error file=content/moumou/{ADDED}/issue.md,line=1," in done.stdout
    assert runner.run(build, BASE=added).returncode
    assert not (runner.folder / "public").exists()
    assert read_tree(runner.folder / "site") == read_tree(first.runner.folder / "site")


@pytest.mark.slow
def test_a_base_that_cannot_be_had_leaves_the_site_that_stands(
    origin: Path, first: Published, tmp_path: Path
) -> None:
    runner = restored(origin, tmp_path, first)
    base, *_ = scripts(jobs("pages")["build"])
    assert "cannot be built" in runner.run_all([base], BASE="1" * 40)
    kept = read_tree(runner.folder / "report" / "old")
    site = read_tree(runner.folder / "site")
    assert kept == {name: data for name, data in site.items() if name.endswith("issue.json")}


@pytest.mark.slow
def test_a_base_without_a_cache_is_built_by_its_own_program(
    origin: Path, added: str, tmp_path: Path
) -> None:
    runner = clone(origin, tmp_path / "clone")
    (runner.folder / "generator" / "site" / "build.py").unlink()
    base, *_ = scripts(jobs("pages")["build"])
    runner.run_all([base], BASE=added)
    kept = sorted(read_tree(runner.folder / "report" / "old"))
    assert kept == ["moumou/2020-01/issue.json", "moumou/2021-02/issue.json"]


@pytest.mark.slow
def test_published_addresses_are_kept_in_the_branch(origin: Path, tmp_path: Path) -> None:
    host = tmp_path / "host.git"
    git(ROOT, "clone", "--quiet", "--bare", str(origin), str(host))
    branch = git(origin, "rev-parse", "--abbrev-ref", "HEAD")
    runner = clone(origin, tmp_path / "clone")
    runner.run_all([f"git remote set-url origin {host} && git fetch --quiet --unshallow"])
    # somebody edits while the site is published
    editor = tmp_path / "editor"
    git(ROOT, "clone", "--quiet", str(host), str(editor))
    (editor / "content" / "moumou" / "2020-01" / "issue.toml").write_text("# seen\n", "utf-8")
    git(editor, "add", "--all")
    git(editor, "commit", "--quiet", "--message", "content: seen")
    git(editor, "push", "--quiet")
    (step,) = scripts(jobs("pages")["freeze"])
    freeze = step.replace(" main", f" {branch}")
    assert "公文" in runner.run_all([freeze])
    names = git(host, "ls-tree", "-r", "--name-only", branch, "content/moumou/2020-01").split("\n")
    assert [name.rpartition("/")[2] for name in names] == [
        "addresses.json", "issue.md", "issue.toml"]  # fmt: skip
    assert "no address is new" in runner.run_all([freeze])


# ---------------------------------------------------------------- comments and reports posted

STUB = """#!/bin/bash
# replaces gh and curl: writes down each request, and answers from a file
all=$*
printf '%s\\n' "$all" >> "$ASKED"
case $all in
*"--input -"*) cat > "$SENT" ;;
*body@*) file=${all#*body@}; cat "${file%% *}" > "$SENT" ;;
*"--data @-"*) cat > "$SENT" ;;
*pulls*) echo "$PULLS" ;;
*) echo "$COMMENTS" ;;
esac
"""


@pytest.fixture
def poster(tmp_path: Path) -> Runner:
    """Give a folder with a gh and a curl that only write down their requests."""
    if not shutil.which("jq"):
        pytest.skip("no jq: apt-get install jq")
    for name in ("gh", "curl"):
        (tmp_path / "bin").mkdir(exist_ok=True)
        (tmp_path / "bin" / name).write_text(STUB, "utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "work").mkdir()
    environment = {
        "PATH": f"{tmp_path}/bin:{os.environ['PATH']}",
        "ASKED": str(tmp_path / "asked"),
        "SENT": str(tmp_path / "sent"),
        "GITHUB_REPOSITORY": "city/gazette",
        "HEAD": "someone:$(touch evil)",
        "SHA": "abc",
        "RUN": "https://host.example/run/1",
        "PULLS": '[{"number": 6, "head": {"sha": "other"}}, {"number": 7, "head": {"sha": "abc"}}]',
        "COMMENTS": "[]",
        "GAZETTE_REPORT_TOKEN": "secret",
        "CI_API_V4_URL": "https://host.example/api/v4",
        "CI_PROJECT_ID": "5",
        "CI_MERGE_REQUEST_IID": "7",
        "CI_PIPELINE_URL": "https://host.example/run/1",
        "CI_COMMIT_TAG": "v1",
        "CI_JOB_URL": "https://host.example/job/1",
        "CI_JOB_TOKEN": "secret",
    }
    return Runner(tmp_path / "work", environment)


def asked(runner: Runner) -> str:
    return Path(runner.environment["ASKED"]).read_text("utf-8").splitlines()[-1]


def sent(runner: Runner) -> str:
    return Path(runner.environment["SENT"]).read_text("utf-8")


def write_report(runner: Runner) -> str:
    text = f'{MARK}\n"引号" `@all`\n'
    (runner.folder / "report").mkdir()
    (runner.folder / "report" / "report.md").write_text(text, "utf-8")
    return text


def test_github_gets_one_comment_that_is_renewed(poster: Runner) -> None:
    *_, post = scripts(jobs("report")["comment"])
    text = write_report(poster)
    poster.run_all([post])
    assert asked(poster) == "api --method POST repos/city/gazette/issues/7/comments --input -"
    assert json.loads(sent(poster)) == {"body": text}
    bot = {"login": "github-actions[bot]"}
    comments = [
        {"id": 1, "user": {"login": "someone"}, "body": f"{MARK}\n"},
        {"id": 2, "user": bot, "body": "else"},
        {"id": 3, "user": bot, "body": f"{MARK}\nold"},
    ]
    poster.run_all([post], COMMENTS=json.dumps(comments))
    assert asked(poster) == "api --method PATCH repos/city/gazette/issues/comments/3 --input -"
    assert not list(poster.folder.glob("evil"))


def test_github_gets_no_comment_where_the_change_request_moved_on(poster: Runner) -> None:
    *_, post = scripts(jobs("report")["comment"])
    assert "no open change request at abc" in poster.run_all([post], PULLS="[]")
    assert not Path(poster.environment["SENT"]).exists()


def test_a_build_that_failed_is_said_to_have_failed(poster: Runner) -> None:
    *_, post = scripts(jobs("report")["comment"])
    poster.run_all([post])
    body = json.loads(sent(poster))["body"]
    assert body == f"{MARK}\n网站没有生成，原因见[运行记录](https://host.example/run/1)。\n"
    shutil.rmtree(poster.folder / "report")
    poster.run_all(gitlab_jobs()["comment"]["script"])
    assert sent(poster) == body


def test_gitlab_gets_one_note_that_is_renewed(poster: Runner) -> None:
    script = gitlab_jobs()["comment"]["script"]
    text = write_report(poster)
    poster.run_all(script)
    notes = "https://host.example/api/v4/projects/5/merge_requests/7/notes"
    assert "--request POST" in asked(poster)
    assert asked(poster).endswith(f"body@report/report.md {notes}")
    assert sent(poster) == text
    poster.run_all(script, COMMENTS=json.dumps([{"id": 1, "body": "x"}, {"id": 9, "body": text}]))
    assert "--request PUT" in asked(poster)
    assert asked(poster).endswith(f"{notes}/9")


def test_gitlab_releases_name_their_bundles(poster: Runner) -> None:
    (poster.folder / "dist").mkdir()
    names = ("SHA256SUMS", "archive.zip", sbom.TARGET.name)
    for name in names:
        (poster.folder / "dist" / name).touch()
    _, post = gitlab_jobs()["release"]["script"]
    poster.run_all([post])
    assert asked(poster).endswith("https://host.example/api/v4/projects/5/releases")
    release = json.loads(sent(poster))
    files_url = "https://host.example/job/1/artifacts/raw/dist"
    links = [{"name": n, "url": f"{files_url}/{n}"} for n in names]
    assert release["tag_name"] == "v1"
    assert sorted(release["assets"]["links"], key=lambda link: str(link["name"])) == links


def test_github_releases_get_their_bundles(poster: Runner) -> None:
    (poster.folder / "dist").mkdir()
    (poster.folder / "dist" / "archive.zip").touch()
    poster.run_all(scripts(jobs("pages")["release"]), TAG="v1")
    assert asked(poster) == "release upload v1 dist/archive.zip --clobber"
