"""Diagnostics: what stops publication, what is reported, what is left in peace."""

from __future__ import annotations

import pytest

from generator.archive import convert
from generator.errors import GazetteError
from tests.conftest import SMALL, ArchiveMaker, build_quietly


def codes(make_archive: ArchiveMaker, text: str, facts: str = "") -> list[tuple[str, str]]:
    folder = make_archive({"2020-03": text}) / "moumou" / "2020-03"
    if facts:
        (folder / "issue.toml").write_text(facts, "utf-8")
    return [(d.code, d.severity) for d in convert(folder).diagnostics]


MARKED = SMALL.replace("某府发[2020] 7 号", "机密★1年\n\n某府发[2020] 7 号")


@pytest.mark.parametrize("mark", ["机密★1年", "秘 密", "绝密★长期", "内部资料 注意保存"])
def test_a_mark_of_secrecy_in_a_head_is_an_error(mark: str, make_archive: ArchiveMaker) -> None:
    found = codes(make_archive, MARKED.replace("机密★1年", mark))
    assert ("secrecy", "error") in found


def test_a_mark_stops_publication_until_it_is_lifted(
    make_archive: ArchiveMaker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = make_archive({"2020-03": MARKED})
    line = MARKED.split("\n").index("机密★1年") + 1
    with pytest.raises(GazetteError, match=rf"issue\.md:{line}: secrecy"):
        build_quietly(content, tmp_path_factory.mktemp("stopped"))
    lift = f'[[lift]]\nline = {line}\nwhy = "2021年解密"\n'
    (content / "moumou" / "2020-03" / "issue.toml").write_text(lift, "utf-8")
    assert build_quietly(content, tmp_path_factory.mktemp("published")).documents == 2


def test_the_same_words_in_a_sentence_are_no_mark(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("地面停车场。", "保守商业秘密，加强内部审计。")
    assert codes(make_archive, text) == []


@pytest.mark.parametrize(
    ("printed", "damaged", "code"),
    [
        ("2.地下停车场", "4.地下停车场", "number-gap"),
        ("（二）专用停车场", "（一）专用停车场", "number-repeat"),
        ("第3期", "第5期", "masthead-differs"),
        (
            "《某某市停车管理办法》的通知…",
            "《某某市停车管理暂行办法》的通知…",
            "title-differs",
        ),
    ],
)
def test_what_differs_is_reported_and_nothing_else(
    printed: str, damaged: str, code: str, make_archive: ArchiveMaker
) -> None:
    assert codes(make_archive, SMALL.replace(printed, damaged)) == [(code, "warning")]


def test_an_unbalanced_bracket_is_reported(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("白天收费", "白天（含节假日收费")
    assert ("unbalanced", "warning") in codes(make_archive, text)


def test_an_entry_without_document_is_reported(make_archive: ArchiveMaker) -> None:
    text = SMALL.replace("【文件】", "某某市绿化养护技术规程与验收规范………（7）\n【文件】")
    assert ("entry-without-document", "warning") in codes(make_archive, text)
