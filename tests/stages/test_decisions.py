"""[[decision]] and [[confirmed]] of issue.toml: what an editor settles stays settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.content import load
from generator.model import Issue
from generator.runtime.errors import SourceError
from generator.stages.pipeline import convert
from tests.stages.test_heads import ENTRIES, FRONT, NOTICE, OPINION, RULES

TITLE = "某某市人民政府办公室关于支持夜间经济的意见"


def folder_of(tmp_path: Path, text: str, facts: str = "") -> Path:
    folder = tmp_path / "content" / "moumou" / "2024-02"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "gazette.toml").write_text('title = "某某市人民政府公报"\n', "utf-8")
    (folder / "issue.md").write_text(text, "utf-8")
    (folder / "issue.toml").write_text(facts, "utf-8")
    return folder


def text_of(*listed: str, body: str = NOTICE + OPINION + RULES) -> str:
    return f"{FRONT}目  录\n\n{''.join(ENTRIES[part] for part in listed)}\n{body}"


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if words in line)


def decision(line: int, begins: str, text: str) -> str:
    return f'[[decision]]\nline = {line}\nbegins = "{begins}"\ntext = "{text}"\nwhy = "原书如此"\n'


def codes(issue: Issue) -> list[str]:
    return [d.code for d in issue.diagnostics]


def test_a_document_that_the_printed_contents_leave_out_is_settled_by_a_decision(
    tmp_path: Path,
) -> None:
    text = text_of(NOTICE, RULES)
    folder = folder_of(tmp_path, text)
    assert "document-without-entry" in codes(convert(folder))
    folder = folder_of(tmp_path, text, decision(line_of(text, f"# {TITLE}"), "document", TITLE))
    issue = convert(folder)
    assert "document-without-entry" not in codes(issue)
    assert len(issue.documents) == 3


def test_a_head_that_is_no_document_stays_where_it_is(tmp_path: Path) -> None:
    text = text_of(NOTICE, RULES)
    facts = decision(line_of(text, f"# {TITLE}"), "paragraph", TITLE)
    number = decision(line_of(text, "某府办发〔2024〕9号"), "paragraph", "某府办发〔2024〕9号")
    issue = convert(folder_of(tmp_path, text, facts + number))
    assert [d.severity for d in issue.diagnostics if d.severity == "error"] == []
    assert len(issue.documents) == 2


def test_an_entry_whose_document_is_not_printed_is_settled_by_a_decision(tmp_path: Path) -> None:
    text = text_of(NOTICE, OPINION, RULES, body=NOTICE + RULES)
    assert "entry-without-document" in codes(convert(folder_of(tmp_path, text)))
    facts = decision(line_of(text, TITLE), "entry-without-document", TITLE)
    issue = convert(folder_of(tmp_path, text, facts))
    assert "entry-without-document" not in codes(issue)
    assert len(issue.contents) == 3


def test_a_title_that_no_rule_finds_begins_a_document_by_decision(tmp_path: Path) -> None:
    body = NOTICE + "二〇二四年四月大事记\n\n四月一日，召开会议，研究防汛工作。\n"
    text = text_of(NOTICE, body=body)
    facts = decision(line_of(text, "大事记"), "document", "二〇二四年四月大事记")
    issue = convert(folder_of(tmp_path, text, facts))
    assert [d.title for d in issue.documents][1] == "二〇二四年四月大事记"


@pytest.mark.parametrize(("line", "words"), [(1, "不在此行"), (999, "某某")])
def test_a_decision_whose_text_is_not_in_its_line_names_both(
    tmp_path: Path, line: int, words: str
) -> None:
    folder = folder_of(tmp_path, text_of(*ENTRIES), decision(line, "document", words))
    with pytest.raises(SourceError, match=rf"issue\.toml:2: 第{line}行应有一处“{words}”"):
        load(folder)


def test_a_decision_about_something_unknown_is_refused(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, text_of(*ENTRIES), decision(1, "chapter", "某某市"))
    with pytest.raises(SourceError, match=r"issue\.toml:3: "):
        load(folder)


def confirmed(code: str, line: int, text: str) -> str:
    return f'[[confirmed]]\ncode = "{code}"\nline = {line}\ntext = "{text}"\nwhy = "原印如此"\n'


def test_a_confirmed_finding_is_laid_to_rest_until_its_line_changes(tmp_path: Path) -> None:
    text = text_of(*ENTRIES).replace("请清查险段。", "请 and 清查（险段。")
    assert "unbalanced" in codes(convert(folder_of(tmp_path, text)))
    facts = confirmed("unbalanced", line_of(text, "清查"), "清查（险段")
    issue = convert(folder_of(tmp_path, text, facts))
    assert "unbalanced" not in codes(issue)
    assert "latin-word" in codes(issue)  # another finding of the same line
    changed = text.replace("清查（险段", "清查（各险段")
    assert "unbalanced" in codes(convert(folder_of(tmp_path, changed, facts)))


def test_an_error_is_not_confirmed_away(tmp_path: Path) -> None:
    text = text_of(NOTICE, RULES)
    facts = confirmed("document-without-entry", line_of(text, f"# {TITLE}"), TITLE)
    assert "document-without-entry" in codes(convert(folder_of(tmp_path, text, facts)))
