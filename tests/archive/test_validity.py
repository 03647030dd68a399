"""The states of documents, each from a sentence or a title of the archive, with its place."""

from __future__ import annotations

import pytest

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.language.validity import Events
from generator.model import Links, StateNote, mark_of
from generator.stages.extract.validity import events_of
from generator.stages.pipeline import convert
from tests.conftest import ArchiveMaker
from tests.documents import NOTICE, REPEAL, RULES, issue_text, letter

ACTS = """
《某某市停车管理办法》同时废止。 | repealed 2021-06-01
《某某市停车管理办法》（某府发〔2019〕12号）自2021年8月1日起废止。 | repealed 2021-08-01
自2021年8月1日起，《某某市停车管理办法》停止执行。 | repealed 2021-08-01
决定废止《某某市停车管理办法》。 | repealed 2021-06-01
某府发〔2019〕12号文件即行废止。 | repealed 2021-06-01
《某某市停车管理办法》第二条同时废止。 | partly-repealed 2021-06-01
《某某市停车管理办法》第二条第二款自2021年8月1日起停止执行。 | partly-repealed 2021-08-01
《某某市停车管理办法》中有关收费的规定同时停止执行。 | partly-repealed 2021-06-01
《某某市停车管理办法》中关于街道办事处管理的规定同时废止。 | partly-repealed 2021-06-01
现决定废止《某某市停车管理办法》第二条。 | partly-repealed 2021-06-01
《某某市停车管理办法》自2021年7月1日起暂停执行。 | suspended 2021-07-01
《某某市停车管理办法》暂缓施行。 | suspended 2021-06-01
现决定暂停执行《某某市停车管理办法》。 | suspended 2021-06-01
《某某市停车管理办法》中止施行。 | suspended 2021-06-01
市人民政府决定，废止《某某市停车管理办法》。 | repealed 2021-06-01
决定停止执行《某某市停车管理办法》。 | repealed 2021-06-01
原《某某市停车管理办法》自行废止。 | repealed 2021-06-01
《某某市停车管理办法》终止执行。 | repealed 2021-06-01
宣布《某某市停车管理办法》失效。 | repealed 2021-06-01
现对《某某市停车管理办法》作如下修改： | amended 2021-06-01
决定修改《某某市停车管理办法》。 | amended 2021-06-01
将《某某市停车管理办法》第二条修改为：“第二条　停车场由市政府管理。” | amended 2021-06-01
按照《某某市停车管理办法》执行。 |
《某某市停车管理办法》拟于年内废止。 |
违反《某某市停车管理办法》的，停止执行收费政策。 |
根据《某某市停车管理办法》第二条，停止使用。 |
《某某市停车管理办法》第二条暂停执行。 |
一、废止《某某市停车管理办法》。 |
《某某市停车管理办法》第二条自2021年8月1日起暂停执行。 |
《某某市其他办法》同时废止，按《某某市停车管理办法》执行。 |
"""


def links_of(make_archive: ArchiveMaker, *issues: str) -> Links:
    texts = {f"{2019 + n}-0{n}": text for n, text in enumerate(issues, 1)}
    content = make_archive(texts)
    return resolve_citations([summarise(convert(content / "moumou" / name)) for name in texts])


def notes_of(links: Links, issue: str, document: str) -> list[StateNote]:
    state = links.states.get((issue, document))
    own = ("effective", "expires")
    return [note for note in state.notes if note.kind not in own] if state else []


@pytest.mark.guarantee("find_states", 1)
@pytest.mark.guarantee("find_states", 2)
@pytest.mark.parametrize(
    ("body", "said"),
    [[part.strip() for part in row.split("|")] for row in ACTS.strip().split("\n")],
)
def test_a_sentence_makes_the_state_that_it_says(
    body: str, said: str, make_archive: ArchiveMaker
) -> None:
    links = links_of(make_archive, issue_text(1, RULES), issue_text(2, letter(body)))
    notes = notes_of(links, "moumou/2020-01", "moufufa-2019-12")
    assert [f"{note.kind} {note.day}" for note in notes] == ([said] if said else [])
    for note in notes:
        place = (note.issue, note.document, note.number, note.title[:8], note.anchor)
        assert place == (
            "moumou/2021-02",
            "moufufa-2021-9",
            "某府发〔2021〕9号",
            "某某市人民政府关",
            "p1",
        )
        assert note.sentence in body


@pytest.mark.guarantee("find_states", 2)
def test_a_repeal_without_day_counts_from_when_its_document_is_in_force(
    make_archive: ArchiveMaker,
) -> None:
    links = links_of(make_archive, issue_text(1, RULES), issue_text(2, REPEAL))
    (note,) = notes_of(links, "moumou/2020-01", "moufufa-2019-12")
    assert (note.day, note.date) == ("2022-07-01", "2022-06-01")
    assert note.sentence == "《某某市停车管理办法》（某府发〔2019〕12号）同时废止。"
    assert mark_of(links.states["moumou/2020-01", "moufufa-2019-12"]).label == "已废止"


def test_a_list_of_repealed_documents_repeals_each(make_archive: ArchiveMaker) -> None:
    listed = "1．《某某市停车管理办法》（某府发〔2019〕12号）\n\n2．某府发〔2020〕3号"
    body = f"决定废止下列文件：\n\n{listed}"
    texts = (issue_text(1, RULES, NOTICE), issue_text(2, letter(body)))
    links = links_of(make_archive, *texts)
    for document in ("moufufa-2019-12", "moufufa-2020-3"):
        assert [n.kind for n in notes_of(links, "moumou/2020-01", document)] == ["repealed"]


@pytest.mark.guarantee("find_states", 1)
def test_an_older_document_repeals_no_newer_one(make_archive: ArchiveMaker) -> None:
    early = letter(
        "《某某市停车管理办法》中有关收费的规定废止。", "某府发〔2018〕1号", "2018年1月1日"
    )
    links = links_of(make_archive, issue_text(1, RULES), issue_text(2, early))
    assert notes_of(links, "moumou/2020-01", "moufufa-2019-12") == []


@pytest.mark.guarantee("find_states", 1)
def test_each_printing_of_a_document_is_repealed(make_archive: ArchiveMaker) -> None:
    texts = (issue_text(1, RULES), issue_text(2, RULES), issue_text(3, REPEAL))
    links = links_of(make_archive, *texts)
    for issue in ("moumou/2020-01", "moumou/2021-02"):
        (note,) = notes_of(links, issue, "moufufa-2019-12")
        assert (note.kind, note.document) == ("repealed", "moufufa-2022-6")


NEWER = RULES.replace("2019〕12号", "2023〕4号").replace("2019年5月1日", "2023年5月1日")


@pytest.mark.guarantee("find_states", 3)
@pytest.mark.parametrize(
    ("newer", "noted"),
    [
        (NEWER, True),
        (NEWER.replace("停车管理办法\n", "停车管理办法（试行）\n", 1), True),
        (NEWER.replace("\n某某市人民政府\n", "\n某某市交通局\n"), False),  # of another organ
        (NEWER.replace("2023〕4号", "2019〕12号"), False),  # a reprint
        (NEWER.replace("停车管理办法\n", "停车收费办法\n", 1), False),
        (NEWER.replace("2023年5月1日", "2019年5月1日"), False),  # not newer
    ],
)
def test_a_newer_text_of_the_same_title_and_issuer_is_noted(
    newer: str, noted: bool, make_archive: ArchiveMaker
) -> None:
    links = links_of(make_archive, issue_text(1, RULES), issue_text(2, newer))
    notes = notes_of(links, "moumou/2020-01", "moufufa-2019-12")
    assert [(n.kind, n.document) for n in notes] == (
        [("superseded", "moufufa-2023-4")] if noted else []
    )
    assert not notes_of(links, "moumou/2021-02", "moufufa-2023-4")


def test_letters_of_one_title_follow_each_other_without_a_note(make_archive: ArchiveMaker) -> None:
    newer = letter("一、照办。", "某府发〔2022〕1号", "2022年1月1日")
    links = links_of(make_archive, issue_text(1, letter("一、照办。")), issue_text(2, newer))
    assert not notes_of(links, "moumou/2020-01", "moufufa-2021-9")


def test_its_own_words_are_notes_too(make_archive: ArchiveMaker) -> None:
    text = RULES.replace("自公布之日起施行。", "自2020年7月1日起施行，有效期5年。")
    links = links_of(make_archive, issue_text(1, text))
    state = links.states["moumou/2020-01", "moufufa-2019-12"]
    assert [(n.kind, n.day, n.anchor) for n in state.notes] == [
        ("effective", "2020-07-01", "a3"),
        ("expires", "2025-06-30", "a3"),
    ]
    assert state.kind is None
    # all dates of the issue lie before the day, so that its reader may not have reached it
    assert (state.awaited, state.ends) == ("2020-07-01", "2025-06-30")


def test_a_plan_speaks_for_its_notice_and_a_forwarded_one_for_itself(
    make_archive: ArchiveMaker,
) -> None:
    plan = NOTICE.replace("具体措施另行规定。", "自2020年4月1日起施行。").replace(
        "第二条 由", "第二条 本方案由"
    )
    links = links_of(make_archive, issue_text(1, plan))
    (note,) = links.states["moumou/2020-01", "moufufa-2020-3"].notes
    assert (note.kind, note.day, note.anchor) == ("effective", "2020-04-01", "f1-a2")


def test_words_quoted_over_several_paragraphs_are_not_the_documents_own(
    make_archive: ArchiveMaker,
) -> None:
    quoted = "“第九条 甲事。\n\n“第十条 本办法自2021年9月1日起施行。”"
    body = f"将末条修改为：\n\n{quoted}\n\n本函自2021年7月1日起施行。"
    links = links_of(make_archive, issue_text(1, letter(body)))
    days = [note.day for note in links.states["moumou/2020-01", "moufufa-2021-9"].notes]
    assert days == ["2021-07-01"]


def test_the_date_of_a_document_is_its_publication_unless_a_note_says_otherwise(
    make_archive: ArchiveMaker,
) -> None:
    noted = RULES.replace("某府发〔2019〕12号", "（2019年4月1日某某省人民政府批准）").replace(
        "2019年5月1日\n", ""
    )
    content = make_archive({"2020-01": issue_text(1, RULES), "2020-02": issue_text(2, noted)})
    dated, approved = (
        convert(content / "moumou" / name).documents[0] for name in ("2020-01", "2020-02")
    )
    expected: Events = {"published": "2019-05-01"}
    assert events_of(dated) == expected
    assert "published" not in events_of(approved)
    assert approved.terms == ()


@pytest.mark.guarantee("find_states", 1)
@pytest.mark.parametrize(
    ("words", "ends"),
    [("有效期延长至2023年12月31日。", "2023-12-31"), ("有效期延长。", ""), ("继续有效。", "")],
)
def test_a_term_that_a_later_document_extends_is_not_over(
    words: str, ends: str, make_archive: ArchiveMaker
) -> None:
    short = RULES.replace("自公布之日起施行。", "自公布之日起施行，有效期二年。")
    later = letter(f"《某某市停车管理办法》{words}", "某府发〔2021〕2号", "2021年4月1日")
    links = links_of(make_archive, issue_text(1, short), issue_text(2, later))
    state = links.states["moumou/2020-01", "moufufa-2019-12"]
    assert (state.kind, state.ends) == (None, ends)
    assert "2021-04-30" in [note.day for note in state.notes]


def test_a_decision_repeals_what_it_lists(make_archive: ArchiveMaker) -> None:
    decision = """
某某市人民政府关于废止部分文件的决定

某府发〔2021〕5号

一、废止《某某市停车管理办法》（某府发〔2019〕12号）。

二、对下列文件予以废止：

1．某某市人民政府关于印发某某市医养结合工作方案的通知（某府发〔2020〕3号）

某某市人民政府
2021年3月5日
"""
    links = links_of(make_archive, issue_text(1, RULES, NOTICE), issue_text(2, decision))
    for document in ("moufufa-2019-12", "moufufa-2020-3"):
        assert [n.kind for n in notes_of(links, "moumou/2020-01", document)] == ["repealed"]


def test_what_two_printings_of_a_repeal_say_is_said_once(make_archive: ArchiveMaker) -> None:
    texts = (issue_text(1, RULES), issue_text(2, REPEAL), issue_text(3, REPEAL))
    links = links_of(make_archive, *texts)
    (note,) = notes_of(links, "moumou/2020-01", "moufufa-2019-12")
    assert note.issue == "moumou/2021-02"


@pytest.mark.parametrize("matter", ["转发", "修改"])
def test_the_text_that_is_forwarded_or_amended_speaks_for_itself_alone(
    matter: str, make_archive: ArchiveMaker
) -> None:
    title = {
        "转发": "某某市人民政府转发《某某市医养结合工作方案》的通知",
        "修改": "某某市人民政府关于修改《某某市医养结合工作方案》的决定",
    }[matter]
    text = NOTICE.replace("某某市人民政府关于印发《某某市医养结合工作方案》的通知", title)
    text = text.replace("请认真执行。", "本件自2020年5月1日起施行。")
    text = text.replace("第二条 由", "第二条 本方案自2019年4月1日起施行，由")
    links = links_of(make_archive, issue_text(1, text))
    notes = links.states["moumou/2020-01", "moufufa-2020-3"].notes
    assert [note.day for note in notes] == ["2020-05-01"]
