"""The lines of a document's head: number and what stands beside it, in any order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fuzz.checks import read
from generator.model import Document, Issue, Paragraph
from generator.stages.check import audit, diagnose
from generator.stages.check.audit import restores
from generator.stages.normalize import normalize

TITLE = "某某市人民政府关于路灯养护的通知"
NUMBER = "某府发〔2024〕7号"
ADDRESSED = "各区人民政府："
BEFORE = """\
# 某某市人民政府关于古井保护的意见

某府发〔2024〕3号

各区人民政府：

请登记古井。

某某市人民政府
2024年2月2日

"""
BODY = "请检查路灯。\n\n某某市人民政府\n2024年3月6日\n\n"
AFTER = BEFORE.replace("古井保护", "老树保护").replace("3号", "9号")
CONTENTS = f"""\
目  录

某某市人民政府关于古井保护的意见 ..... 1
{TITLE} ..... 3
某某市人民政府关于老树保护的意见 ..... 5

"""


def issue_of(head: tuple[str, ...], *, contents: bool = True) -> Issue:
    lines = (f"# {line}" if line == TITLE else line for line in head)
    text = "\n\n".join(lines)
    front = "某某市人民政府公报\n\n2020年第1期（总第8期）\n\n" + (CONTENTS if contents else "")
    return diagnose(normalize(read(f"{front}{BEFORE}{text}\n\n{BODY}{AFTER}")))


def found(issue: Issue) -> list[tuple[str, int]]:
    told = {"date-later", "no-contents", "picture-missing"}  # of the folder's year, of no contents
    return [(d.code, d.lines.first) for d in issue.diagnostics if d.code not in told]


def kinds(document: Document) -> list[str]:
    blocks = [b for b in document.blocks if isinstance(b, Paragraph)]
    return [b.kind for b in blocks if b.kind not in ("paragraph", "signature", "date")]


HEADS = {
    "urgency below": ((TITLE, "特急", NUMBER, ADDRESSED), "title note number addressees"),
    "urgency above": (("加急", TITLE, NUMBER, ADDRESSED), "note title number addressees"),
    "urgency after": ((TITLE, NUMBER, "平急", ADDRESSED), "title number note addressees"),
    "urgency beside": ((TITLE, f"特提 {NUMBER}", ADDRESSED), "title number addressees"),
    "a label": ((TITLE, f"发文字号：{NUMBER}", ADDRESSED), "title number addressees"),
    "a spaced label": ((TITLE, f"文　号: {NUMBER}", ADDRESSED), "title number addressees"),
    "a label alone": ((TITLE, "发文字号：", NUMBER, ADDRESSED), "title note number addressees"),
    "a register beside": (
        (TITLE, f"{NUMBER} SFCR-2024-0010003", ADDRESSED),
        "title number addressees",
    ),
    "a register above": (
        ("统一编号：SFCR-2024-0010003", TITLE, NUMBER, ADDRESSED),
        "note title number addressees",
    ),
    "a register below": (
        (TITLE, NUMBER, "登记号：某司备〔2024〕12号", ADDRESSED),
        "title number note addressees",
    ),
    "registers in brackets": (
        (TITLE, f"【文号】{NUMBER}", "【登记号】SFCR-2024-0010003", ADDRESSED),
        "title number note addressees",
    ),
    "all above, by GB/T 9704": (
        ("000012", "特急", "某某市人民政府文件", f"{NUMBER}  签发人：王军", TITLE, ADDRESSED),
        "note note label number title addressees",
    ),
    "who signed off, apart": (
        ("某某市人民政府文件", "签发人：王军　李小明", NUMBER, TITLE, ADDRESSED),
        "label note number title addressees",
    ),
    "letterhead above, number below": (
        ("某某市人民政府文件", TITLE, NUMBER, ADDRESSED),
        "label title number addressees",
    ),
    "several pictures above": (
        ("某某市人民政府文件", "![](a.jpg)", NUMBER, "![](b.jpg)", "![](c.png)", TITLE, ADDRESSED),
        "label picture number picture picture title addressees",
    ),
    "a seal below": (
        (TITLE, "![印章](a.jpg)", NUMBER, "![](b.jpg)", ADDRESSED),
        "title picture number picture addressees",
    ),
    "a catalogue": (
        (TITLE, f"索引号：0012-2024 {NUMBER} 有效性：有效", ADDRESSED),
        "title number addressees",
    ),
    "cells": ((TITLE, f"特急\t{NUMBER}\t签发人：王军", ADDRESSED), "title number addressees"),
    "a copy's number": (
        (TITLE, "份号：000012 加急", NUMBER, ADDRESSED),
        "title note number addressees",
    ),
    "traditional print": ((TITLE, "某府發〔2024〕7號", ADDRESSED), "title number addressees"),
}


@pytest.mark.parametrize("contents", [True, False], ids=["listed", "no contents"])
@pytest.mark.parametrize("name", HEADS)
def test_each_line_of_a_head_has_its_kind_and_the_number_is_read(name: str, contents: bool) -> None:
    head, expected = HEADS[name]
    issue = issue_of(head, contents=contents)
    before, document, after = issue.documents
    assert str(document.number) == NUMBER
    assert document.addressees == ADDRESSED[:-1]
    assert kinds(document) == expected.split()
    assert [str(d.number) for d in (before, after)] == ["某府发〔2024〕3号", "某府发〔2024〕9号"]
    assert before.blocks[-1].lines.last == document.lines.first - 2
    assert found(issue) == []
    assert audit(issue) == ()


def test_a_mark_of_secrecy_in_a_head_is_an_error_and_hides_no_number() -> None:
    issue = issue_of((TITLE, f"机密★1年 特急 {NUMBER}", ADDRESSED))
    assert [d.code for d in issue.diagnostics if d.severity == "error"] == ["secrecy"]
    assert str(issue.documents[1].number) == NUMBER


def test_a_number_and_its_addressees_on_one_line_head_a_document() -> None:
    issue = issue_of((TITLE, f"特急 {NUMBER} {ADDRESSED}"), contents=False)
    assert [str(d.number) for d in issue.documents][1] == NUMBER
    assert issue.documents[1].addressees == ADDRESSED[:-1]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("某府发〔2O24〕7号", NUMBER),
        ("某府发〔2〇24〕7号", NUMBER),
        ("某府发〔20Ο4〕7号", "某府发〔2004〕7号"),
        ("某府发〔2024〕l号", "某府发〔2024〕1号"),
        ("某府发〔2024〕I2号", "某府发〔2024〕12号"),
        ("某府发[2024」7号", NUMBER),
        ("特急 某府发〈2024]7号", NUMBER),
    ],
)
def test_a_certain_misreading_is_read_and_named(printed: str, number: str) -> None:
    issue = issue_of((TITLE, printed, ADDRESSED))
    document = issue.documents[1]
    assert str(document.number) == number
    assert document.addressees == ADDRESSED[:-1]
    (said,) = (d for d in issue.diagnostics if d.code == "number-misread")
    assert said.severity == "warning"
    assert printed.removeprefix("特急 ") in said.message
    assert number in said.message
    assert said.lines.first == document.blocks[1].lines.first
    assert number in document.first("number")
    assert audit(issue) == ()


@pytest.mark.parametrize(
    "printed",
    [
        "某府发〔2024〕S号",
        "某府发〔2Z24〕7号",
        "某府发2024〕7号",
        "某府发〔20247号",
        "〔2024〕7号",
        "某府发〔2024〕7导",
        "文号：某府发〔2024〕B号",
        "字第某府发〔2024〕7号等",
    ],
)
def test_a_number_that_may_be_several_is_not_read_and_named_at_its_line(printed: str) -> None:
    issue = issue_of((TITLE, printed, ADDRESSED))
    document = issue.documents[1]
    assert document.number is None
    assert document.addressees == ADDRESSED[:-1]
    line = document.lines.first + 2
    assert ("number-misread", line) in found(issue)
    assert "number-missing" not in [code for code, _ in found(issue)]


def test_a_list_of_numbers_and_a_table_stay_what_they_are() -> None:
    table = "某府发〔2010〕1号\t停车办法\n某府发〔2010〕2号\t供水办法"
    listed = "下列文件继续有效：\n\n某府发〔2010〕1号\n\n某府发〔2010〕S号"
    issue = issue_of((TITLE, NUMBER, ADDRESSED, listed, table))
    document = issue.documents[1]
    assert kinds(document) == ["title", "number", "addressees"]
    assert any(type(block).__name__ == "Table" for block in document.blocks)
    assert found(issue) == []


def test_a_register_number_above_a_title_that_has_its_own_below_stays_above() -> None:
    head = ("SFCR-2024-0010002", TITLE, "SFCR-2024-0010003", NUMBER, ADDRESSED)
    before, document, _ = issue_of(head).documents
    assert document.first("title") == TITLE
    assert kinds(document) == ["title", "note", "number", "addressees"]
    assert before.lines.last == document.lines.first - 2


DATES = {
    "二〇二四年元月六日": "2024-01-06",
    "2024年元月6日": "2024-01-06",
    "中华民国三十七年五月一日": "1948-05-01",
    "民国37年5月1日": "1948-05-01",
    "（2024年1月6日）": "2024-01-06",
    "二Ο二四年一月六日": "2024-01-06",
    "2 0 2 4 年 1 月 6 日": "2024-01-06",
    "2024.1.6": "2024-01-06",
    "成文日期：2024年1月6日": "2024-01-06",
    "2024年1月6日（盖章）": "2024-01-06",
    "2024年1月": "2024-01",
    "二〇二四年元月": "2024-01",
}


def dated(closing: str) -> Issue:
    text = BEFORE.replace("某某市人民政府\n2024年2月2日", closing)
    front = "某某市人民政府公报\n\n2024年第1期（总第8期）\n\n目  录\n\n"
    entry = "某某市人民政府关于古井保护的意见 ..... 1\n\n"
    return diagnose(normalize(read(front + entry + text)))


SIGNED = ("某某市人民政府\n{}", "某某市人民政府\n\n![](seal.png)\n\n{}")


@pytest.mark.parametrize("closing", SIGNED, ids=["below", "under a seal"])
@pytest.mark.parametrize("printed", DATES)
def test_a_date_below_a_signature_is_read_in_each_notation(printed: str, closing: str) -> None:
    (document,) = dated(closing.format(printed)).documents
    assert document.date == DATES[printed]
    assert document.signature == "某某市人民政府"


@pytest.mark.parametrize("printed", ["2024年1月6日", "2024年1月", "二〇二四年元月六日", "2024.1.6"])
def test_a_date_beside_a_signature_is_read(printed: str) -> None:
    (document,) = dated(f"某某市人民政府　　{printed}").documents
    assert document.date.startswith("2024-01")
    assert document.signature == "某某市人民政府"


@pytest.mark.parametrize(
    ("printed", "read_as", "date"),
    [
        ("2O24年1月6曰", "2024年1月6日", "2024-01-06"),
        ("2024年l2月6日", "2024年12月6日", "2024-12-06"),
        ("二〇二四年一月六曰", "二〇二四年一月六日", "2024-01-06"),
    ],
)
def test_a_misread_date_is_read_where_it_is_certain(printed: str, read_as: str, date: str) -> None:
    issue = dated(f"某某市人民政府\n{printed}")
    (document,) = issue.documents
    assert document.date == date
    (said,) = (d for d in issue.diagnostics if d.code == "date-misread")
    assert printed in said.message
    assert read_as in said.message
    assert document.blocks[-1].lines == said.lines
    assert audit(issue) == ()


@pytest.mark.parametrize(
    "printed",
    [
        "2024年2月30日",
        "2024年13月1日",
        "二〇二四年二月三十日",
        "2024年S月6日",
        "24年1月6日",
        "光绪三十年五月一日",
        "2024年1月6",
        "二〇二四年—月六日",
    ],
)
def test_a_date_that_cannot_be_read_is_named_at_its_line(printed: str) -> None:
    for closing in (f"某某市人民政府\n{printed}", f"某某市人民政府　{printed}"):
        issue = dated(closing)
        (document,) = issue.documents
        assert document.date == ""
        assert document.signature == "某某市人民政府"
        (said,) = (d for d in issue.diagnostics if d.code == "date-misread")
        assert said.lines == document.blocks[-1].lines


@pytest.mark.parametrize(
    ("number", "date", "is_later"),
    [
        (1, "2025年1月6日", True),
        (4, "2025年1月6日", False),
        (4, "2025年2月6日", True),
        (12, "2042年1月6日", True),
        (1, "2024年12月31日", False),
        (1, "2025年1月", True),
    ],
)
def test_a_date_after_the_last_day_of_an_issue_is_reported(
    number: int, date: str, is_later: bool
) -> None:
    text = BEFORE.replace("2024年2月2日", date)
    front = f"某某市人民政府公报\n\n2024年第{number}期\n\n目  录\n\n"
    issue = read(f"{front}某某市人民政府关于古井保护的意见 ..... 1\n\n{text}")
    later = [d for d in diagnose(normalize(issue)).diagnostics if d.code == "date-later"]
    assert bool(later) == is_later
    assert all(d.severity == "warning" for d in later)


def test_the_audit_finds_a_restored_digit_that_the_ledger_does_not_list() -> None:
    issue = issue_of((TITLE, "某府发〔2O24〕l号", ADDRESSED))
    assert audit(issue) == ()
    kept = tuple(entry for entry in issue.ledger if entry.after != "1")
    assert [d.lines.first for d in audit(replace(issue, ledger=kept))] == [
        issue.documents[1].lines.first + 2
    ]


@pytest.mark.parametrize(
    ("wanted", "written", "pieces", "is_whole"),
    [
        ("某府发2O24l号", "某府发20241号", [("O", "0"), ("l", "1")], True),
        ("某府发2O24l号", "某府发20241号", [("O", "0")], False),
        ("某府发2O24l号", "某府发20247号", [("O", "0"), ("l", "1")], False),
        ("某府发2024号", "某府发2024号", [("O", "0")], False),
        ("改革革2O24", "改革2024", [("革", ""), ("O", "0")], True),
    ],
)
def test_a_replaced_character_is_put_back_where_the_rule_put_its_own(
    wanted: str, written: str, pieces: list[tuple[str, str]], is_whole: bool
) -> None:
    assert restores(wanted, written, pieces) == is_whole


@pytest.mark.parametrize(
    ("line", "closes", "date"),
    [
        ("成文日期：2024年3月5日", "", "2024-03-05"),
        ("成文日期：2024年3月5日", "2024年3月7日\n", "2024-03-07"),
        ("签发日期 二〇二四年三月五日", "", "2024-03-05"),
        ("【发布日期】 2024-03-09", "2024年3月7日\n", "2024-03-07"),
        ("发布日期：2024年3月9日", "", ""),  # of its publication
    ],
)
def test_a_date_with_its_label_is_no_part_of_the_addressees(
    line: str, closes: str, date: str
) -> None:
    text = (
        "# 某某市人民政府关于加强防汛工作的通知\n\n某府发〔2024〕3号\n\n"
        f"{line}\n\n各区人民政府，市政府各部门：\n\n请清查险段。\n\n某某市人民政府\n{closes}"
    )
    (document,) = normalize(read(text)).documents
    assert document.addressees == "各区人民政府，市政府各部门"
    assert (str(document.number), document.date) == ("某府发〔2024〕3号", date)
