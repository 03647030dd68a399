"""A build that keeps unchanged pages gives the same bytes as a clean build."""

from __future__ import annotations

import os
import shutil
import tempfile
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    rule,
    run_state_machine_as_test,
)

from generator.cli import main
from generator.runtime.parallel import workers
from generator.runtime.places import ROOT, Places
from generator.site import home_site, keys
from generator.site.build import Built, build
from generator.site.manifest import home_pages
from generator.site.survey import survey
from generator.site.template_keys import OF_ISSUES
from tests.amending import DECISION, LATER, REPUBLISHED, RULES
from tests.documents import issue_text, letter
from tests.pages import inodes, read_tree, unexplained

TASKS = "一、建立台账。（市财政局、市卫生局负责）\n\n二、开展检查。（市教育局负责）"
PEOPLE = "任命：\n\n李大明为某某市教育局局长；\n\n免去：\n\n王小红的某某市财政局局长职务。"
BODIES = (TASKS, PEOPLE, "一、按照《某某市停车管理办法》执行。", "一、废止某府发〔{cited}〕1号。")
# each changes what the pages of the rules say: their text, their state, who cites them
AMENDING = {
    "printed again": RULES,
    "amended": DECISION,
    "amended again": LATER,
    "republished": REPUBLISHED,
    "repealed": letter("一、《示范市停车管理办法》（示府令第1号）自2023年1月1日起废止。"),
    "cited": letter("一、停车按照《示范市停车管理办法》第五条执行。"),
}


def run_build(where: Places, jobs: int = 1) -> Built:
    with workers(jobs) as run:
        return build(where, run, lambda *_: None)


def write_issue(content: Path, gazette: str, year: int, number: int, texts: list[str]) -> Path:
    folder = content / gazette / f"{year}-{number:02}"
    folder.mkdir(parents=True)
    (folder / "issue.md").write_text(issue_text(number, *texts, year=year), "utf-8")
    return folder


class Archives(RuleBasedStateMachine):
    """Edits of an archive in any order; after some of them a build."""

    issues = Bundle("issues")

    def __init__(self) -> None:
        super().__init__()
        self.where = Path(tempfile.mkdtemp())
        shutil.copytree(ROOT / "templates", self.where / "templates")
        shutil.copyfile(ROOT / "mkdocs.yml", self.where / "mkdocs.yml")
        self.content = self.where / "content"
        self.count = 0
        self.versions = dict.fromkeys(keys.PACKAGES, 1)
        self.own_layer_key = keys.layer_key
        keys.layer_key = lambda layer: f"{layer} {self.versions[layer]}"  # type: ignore[assignment]

    def places(self, name: str) -> Places:
        return Places(
            self.content,
            self.where / name / "site",
            self.where / name / "build",
            self.where / "templates",
            self.where / "mkdocs.yml",
        )

    @initialize(target=issues)
    def first(self) -> Path:
        for gazette in ("moumou", "bieshi"):
            (self.content / gazette).mkdir(parents=True)
            (self.content / gazette / "gazette.toml").write_text('title = "某某公报"\n', "utf-8")
        write_issue(self.content, "bieshi", 1999, 1, [letter("一、照办。", "别府发〔1999〕1号")])
        write_issue(self.content, "bieshi", 1999, 3, [RULES, letter(TASKS, "别府发〔1999〕3号")])
        return write_issue(
            self.content, "moumou", 1999, 2, [letter("一、照办。", "某府发〔1999〕1号")]
        )

    @rule(
        target=issues,
        gazette=st.sampled_from(("moumou", "bieshi")),
        bodies=st.lists(st.sampled_from(BODIES), min_size=1, max_size=3),
        cited=st.integers(1999, 2003),
    )
    def add_issue(self, gazette: str, bodies: list[str], cited: int) -> Path:
        self.count += 1
        year = 2000 + self.count // 4
        texts = [
            letter(
                body.format(cited=cited),
                f"某府发〔{year}〕{10 * self.count + n}号",
                f"{year}年3月{n + 1}日",
            )
            for n, body in enumerate(bodies)
        ]
        return write_issue(self.content, gazette, year, self.count, texts)

    @rule(
        target=issues,
        gazette=st.sampled_from(("moumou", "bieshi")),
        text=st.sampled_from(tuple(AMENDING)),
    )
    def amend(self, gazette: str, text: str) -> Path:
        self.count += 1
        other = letter("一、照办。", f"某府发〔{2030 + self.count}〕1号")
        return write_issue(
            self.content, gazette, 2030 + self.count, self.count, [AMENDING[text], other]
        )

    @rule(issue=issues, word=st.sampled_from(("照办", "市卫生局", "附注")))
    def change_text(self, issue: Path, word: str) -> None:
        if issue.exists():
            file = issue / "issue.md"
            text, signature, close = file.read_text("utf-8").rpartition("\n某某市人民政府\n")
            file.write_text(f"{text}\n{word}若干问题另行通知。\n{signature}{close}", "utf-8")

    @rule(issue=issues)
    def correct(self, issue: Path) -> None:
        if issue.exists():
            lines = (issue / "issue.md").read_text("utf-8").split("\n")
            line = next(n for n, text in enumerate(lines, 1) if text == "市级各部门：")
            facts = f'[[correction]]\nline = {line}\nfrom = "市级"\nto = "市直"\nwhy = "据印刷本"\n'
            (issue / "issue.toml").write_text(facts, "utf-8")

    @rule(target=issues, issue=consumes(issues))
    def rename_issue(self, issue: Path) -> Path:
        target = issue.parent / f"{issue.name}-99"
        if issue.exists() and len(issue.name) == 7:
            return issue.rename(target)
        return issue

    @rule(issue=consumes(issues))
    def remove_issue(self, issue: Path) -> None:
        if issue.exists() and len(list(issue.parent.iterdir())) > 2:
            shutil.rmtree(issue)

    @rule(gazette=st.sampled_from(("moumou", "bieshi")), place=st.sampled_from(("", "某某市")))
    def change_facts(self, gazette: str, place: str) -> None:
        facts = f'title = "某某公报"\nplace = "{place}"\nhomepage = "https://gazette.example/"\n'
        (self.content / gazette / "gazette.toml").write_text(facts, "utf-8")

    @rule(name=st.sampled_from((*chain(*OF_ISSUES.values()), "index.html.j2", "theme/main.html")))
    def change_template(self, name: str) -> None:
        path = self.where / "templates" / name
        path.write_text(f"{path.read_text('utf-8')}{{# changed #}}\n", "utf-8")

    @rule(layer=st.sampled_from(tuple(keys.PACKAGES)))
    def change_code(self, layer: str) -> None:
        self.versions[layer] += 1

    @rule(chosen=st.randoms(use_true_random=False), how=st.sampled_from(("gone", "cut", "more")))
    def damage_site(self, chosen, how: str) -> None:  # type: ignore[no-untyped-def]
        files = sorted(p for p in self.places("own").site.rglob("*") if p.is_file())
        if not files:
            return
        file = chosen.choice(files)
        data = file.read_bytes()
        file.unlink()  # kept files are hard links to the previous site, so it must not be changed
        if how == "cut":
            file.write_bytes(data[: len(data) // 2])
        elif how == "more":
            file.write_bytes(data)
            (file.parent / "stray.html").write_bytes(data)

    @rule(jobs=st.sampled_from((1, 1, 2)), again=st.sampled_from((1, 1, 2)))
    def build_both_ways(self, jobs: int, again: int) -> None:
        own, clean = self.places("own"), self.places("clean")
        before, stood = read_tree(own.site), inodes(own.site)
        why = run_build(own, jobs).why
        assert survey(own).unchanged
        assert unexplained(why, before, read_tree(own.site)) == []
        after = inodes(own.site)
        assert [page for page in why if after.get(page, 0) == stood.get(page)] == []
        shutil.rmtree(clean.site.parent, ignore_errors=True)
        run_build(clean, again)
        ours, theirs = read_tree(own.site), read_tree(clean.site)
        assert sorted(ours) == sorted(theirs)
        assert [name for name in ours if ours[name] != theirs[name]] == []

    def teardown(self) -> None:
        try:
            self.build_both_ways(1, 1)
        finally:
            keys.layer_key = self.own_layer_key
            shutil.rmtree(self.where)


@pytest.mark.slow
@pytest.mark.long
def test_any_edits_built_on_what_stands_give_the_bytes_of_a_clean_build() -> None:
    run_state_machine_as_test(
        Archives,
        settings=settings(
            max_examples=int(os.environ.get("GAZETTE_EXAMPLES", "10")),
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take minutes
        ),
    )


@pytest.mark.medium
def test_pages_of_many_processes_show_the_same_around_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # an archive of many issues builds its home site in chunks of pages; here they are small
    content = tmp_path / "content"
    (content / "moumou").mkdir(parents=True)
    (content / "moumou" / "gazette.toml").write_text('title = "某某公报"\n', "utf-8")

    def places(name: str) -> Places:
        return Places(content, tmp_path / name / "site", tmp_path / name / "build")

    own, clean = places("own"), places("clean")
    monkeypatch.setattr(home_site, "HOME_CHUNK", 4)
    for year in (1999, 2000):
        letters = [
            letter(body, f"某府发〔{year}〕{n}号", f"{year}年3月{n}日")
            for n, body in enumerate(BODIES[:3], 1)
        ]
        write_issue(content, "moumou", year, 1, letters)
        run_build(own)
        frozen = ["freeze", "--content", str(content), "--date", f"{year + 20}-01-05"]
        assert CliRunner().invoke(main, frozen).exit_code == 0
    run_build(own)  # the days of first publication are new, the texts are not
    assert len(home_pages(survey(own).existing)) > 5 * home_site.HOME_CHUNK
    monkeypatch.undo()
    run_build(clean)
    ours, theirs = read_tree(own.site), read_tree(clean.site)
    assert sorted(ours) == sorted(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []
