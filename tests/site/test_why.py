"""A page of an issue is built when what it shows changes, and the build says why."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.model import Links
from generator.runtime.places import TEMPLATES
from generator.site.page_keys import WORDS
from tests.amending import DECISION, REPUBLISHED, RULES
from tests.conftest import build_quietly
from tests.documents import CITING_ISSUES, LINK_FACTS, issue_text, letter
from tests.pages import read_tree, unexplained

pytestmark = pytest.mark.medium


def write(content: Path, issues: Mapping[str, str]) -> None:
    for name, text in issues.items():
        (content / "moumou" / name).mkdir(parents=True, exist_ok=True)
        (content / "moumou" / name / "issue.md").write_text(text, "utf-8")
    (content / "moumou" / "gazette.toml").write_text(LINK_FACTS, "utf-8")


def build_upon(where: Path, issues: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Add issues, build, compare with a clean build; give the reasons for pages of issues.

    What the build gives reasons for must be what changed.
    """
    write(where / "content", issues)
    before = read_tree(where / "site")
    why = build_quietly(where / "content", where).why
    after = read_tree(where / "site")
    assert unexplained(why, before, after) == []
    build_quietly(where / "content", where / "clean")
    clean = read_tree(where / "clean" / "site")
    assert [name for name in {**after, **clean} if after.get(name) != clean.get(name)] == []
    return {page: reasons for page, reasons in why.items() if page.startswith("moumou/2")}


def test_only_the_pages_of_cited_documents_are_built_again(tmp_path: Path) -> None:
    own, citing = "moumou/2020-01", "moumou/2021-02"
    rules, notice = f"{own}/moufufa-2019-12.html", f"{own}/moufufa-2020-3.html"
    first, second, third = CITING_ISSUES
    assert build_upon(tmp_path, {first: CITING_ISSUES[first]}) == {f"{own}/": ("new",)}
    assert build_upon(tmp_path, {second: CITING_ISSUES[second]}) == {
        f"{citing}/": ("new",),
        rules: ("cited_by", "neighbours"),
        notice: ("cited_by", "neighbours"),
        f"{own}/issue.json": ("documents",),
    }
    # it repeals the rules, so the contents mark them
    assert build_upon(tmp_path, {third: CITING_ISSUES[third]}) == {
        "moumou/2022-03/": ("new",),
        rules: ("cited_by", "neighbours", "states"),
        f"{own}/index.html": ("marks",),
        f"{own}/issue.json": ("documents",),
    }
    changed = CITING_ISSUES[first].replace("方便老年人就医", "方便居民就医")
    assert build_upon(tmp_path, {first: changed}) == {f"{own}/": ("text",)}


def test_a_decision_and_its_removal_build_the_pages_of_what_it_amends(tmp_path: Path) -> None:
    rules = "moumou/2023-01/shifuling-1.html"
    of_rules = {
        rules: ("amended", "cited_by", "neighbours", "states"),
        "moumou/2023-01/index.html": ("marks",),
        "moumou/2023-01/issue.json": ("documents",),
    }
    texts = [RULES, letter("一、照办。")]
    build_upon(tmp_path, {"2023-01": issue_text(1, *texts, year=2023)})
    decision = issue_text(1, DECISION, year=2024)
    assert build_upon(tmp_path, {"2024-01": decision}) == {"moumou/2024-01/": ("new",), **of_rules}
    site = tmp_path / "site" / "moumou" / "2023-01"
    arranged = ("shifuling-1.2021-06-09.html", "shifuling-1.2021-06-09.js")
    assert all((site / name).exists() for name in arranged)
    build_upon(tmp_path, {"2025-01": issue_text(1, REPUBLISHED, year=2025)})
    shutil.rmtree(tmp_path / "content" / "moumou" / "2024-01")
    assert build_upon(tmp_path, {}) == {
        **of_rules,
        "moumou/2025-01/shifuling-1.html": ("neighbours", "resolved"),
        "moumou/2025-01/issue.json": ("republished",),
    }
    assert not any((site / name).exists() for name in arranged)


def test_a_file_that_is_gone_has_the_whole_issue_built(tmp_path: Path) -> None:
    texts = {"2020-01": CITING_ISSUES["2020-01"]}
    build_upon(tmp_path, texts)
    (tmp_path / "site" / "moumou" / "2020-01" / "moufufa-2019-12.xml").unlink()
    assert build_upon(tmp_path, texts) == {"moumou/2020-01/": ("damaged",)}


def run(where: Path, language: str = "zh") -> list[str]:
    """Run the command in a folder of content, site and build; give the lines of its output."""
    options = [("--content", "content"), ("--site", "site"), ("--build", "build")]
    paths = [f"{part}" for option, name in options for part in (option, where / name)]
    command = ["--lang", language, "build", "--jobs", "1", *paths, "--why"]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output.replace(f"{where}/site/", "").splitlines()


def freeze_and_correct(content: Path) -> None:
    """Freeze the addresses, then correct the number of a document, so that one leads on."""
    freeze = ["freeze", "--content", str(content), "--date", "2026-01-05"]
    assert CliRunner().invoke(main, freeze).exit_code == 0
    line = CITING_ISSUES["2020-01"].split("\n").index("某府发〔2019〕12号") + 1
    facts = f'[[correction]]\nline = {line}\nfrom = "12号"\nto = "13号"\nwhy = "据印刷本改"\n'
    (content / "moumou" / "2020-01" / "issue.toml").write_text(facts, "utf-8")


def test_an_address_that_leads_on_to_a_document_shows_the_data_of_the_document(
    tmp_path: Path,
) -> None:
    build_upon(tmp_path, {"2020-01": CITING_ISSUES["2020-01"]})
    freeze_and_correct(tmp_path / "content")
    assert build_upon(tmp_path, {}) == {"moumou/2020-01/": ("text",)}
    cited = letter("一、按照《某某市停车管理办法》（某府发〔2019〕13号）执行。")
    why = build_upon(tmp_path, {"2021-02": issue_text(2, cited, year=2021)})
    reasons = ("cited_by", "neighbours")
    assert why["moumou/2020-01/moufufa-2019-13.html"] == reasons
    assert why["moumou/2020-01/moufufa-2019-12.json"] == reasons
    former = tmp_path / "site" / "moumou" / "2020-01" / "moufufa-2019-12.json"
    assert former.read_bytes() == former.with_name("moufufa-2019-13.json").read_bytes()


# a template, words in it, other words, and the pages that show them
CHANGED = [
    ("issue.md.j2", "## 目录", "## 目次", r"20\d\d-01/index\.html"),
    ("document.md.j2", "修改情况", "修改的情况", r"2023-01/shifuling-1\.html"),
    ("arranged.md.j2", "本页不是正式文本", "这不是正式文本", r"2023-01/shifuling-1\.2.*\.html"),
    ("corrections.md.j2", "改正前", "改正以前", r"2020-01/corrections\.html"),
    ("former.md.j2", "本页已移动", "本页移动了", r"2020-01/moufufa-2019-12\.html"),
    ("collation.html.j2", "左为收到的", "左边为收到的", r".*\.collation\.html"),
]


@pytest.mark.slow
def test_another_template_builds_the_pages_of_its_kind_as_a_clean_build_does(
    tmp_path: Path,
) -> None:
    issues = {
        "2020-01": CITING_ISSUES["2020-01"],
        "2023-01": issue_text(1, RULES, letter("一、照办。"), year=2023),
        "2024-01": issue_text(1, DECISION, year=2024),
    }
    build_upon(tmp_path, issues)
    freeze_and_correct(tmp_path / "content")
    build_upon(tmp_path, {})
    templates = tmp_path / "templates"
    shutil.copytree(TEMPLATES, templates)
    build = partial(build_quietly, tmp_path / "content", templates=templates)
    for name, words, others, pattern in CHANGED:
        before = read_tree(tmp_path / "site")
        file = templates / name
        text = file.read_text("utf-8")
        assert words in text
        file.write_text(text.replace(words, others), "utf-8")
        why = build(tmp_path).why
        after = read_tree(tmp_path / "site")
        build(tmp_path / "clean")
        clean = read_tree(tmp_path / "clean" / "site")
        assert [path for path in {**after, **clean} if after.get(path) != clean.get(path)] == []
        differing = {path for path in after if after[path] != before.get(path)}
        shown = {path for path in differing if re.fullmatch(f"moumou/{pattern}", path)}
        assert shown, name
        assert {path for path in differing - shown if path.endswith(".html")} == set(), name
        # a text as a decision changes it belongs to the page of its document
        pages = {re.sub(r"(/[^/.]+)\.2[^/]*\.html$", r"\1.html", path) for path in shown}
        assert {path for path in why if why[path] == ("template",)} >= pages, name
        assert {*why.values()} == {("template",)}, name
        shutil.rmtree(tmp_path / "clean")


def test_the_command_says_in_words_why_pages_were_built(tmp_path: Path) -> None:
    first, second, _ = CITING_ISSUES
    write(tmp_path / "content", {first: CITING_ISSUES[first]})
    assert "moumou/2020-01/: 新网页" in run(tmp_path)
    write(tmp_path / "content", {second: CITING_ISSUES[second]})
    said = run(tmp_path)
    assert "moumou/2020-01/moufufa-2019-12.html: 引用它的公文变了；相关公文变了" in said
    assert "moumou/2020-01/issue.json: 其中公文的数据变了" in said
    assert "moumou/2021-02/: 新网页" in said
    assert "moumou/index.html: 所列内容、网站名称或导航有改动" in said
    assert len(run(tmp_path)) == 1  # nothing has changed
    write(tmp_path / "content", {second: CITING_ISSUES[second].replace("解释", "说明")})
    said = run(tmp_path, "en")
    assert "moumou/2021-02/: the files of the issue or gazette.toml changed" in said
    assert all(line.replace("’", "'").isascii() for line in said)


def test_each_kind_of_links_has_words_for_its_reason() -> None:
    assert {field.name for field in fields(Links)} <= WORDS.keys()
