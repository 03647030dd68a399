"""An issue that is too large is refused in one line before the work; one at the limit is built."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from generator.content import limits
from generator.runtime.errors import SourceError
from generator.stages.pipeline import convert
from tests.conftest import ArchiveMaker, build_quietly
from tests.documents import issue_text

BODY = "某某市停车管理办法\n\n某府发〔2019〕12号\n\n{}\n\n某某市人民政府\n2019年5月1日\n"
DOCUMENT = """某某市关于第{0}项工作的通知

某府发〔2020〕{0}号

请认真执行。

某某市人民政府
2020年5月1日"""


def of_body(body: str) -> str:
    return issue_text(1, BODY.format(body))


def documents(count: int) -> str:
    return issue_text(1, *(DOCUMENT.format(n) for n in range(1, count + 1)))


def paragraphs(count: int) -> str:
    # title, number, signature and date are blocks too
    return of_body("\n\n".join(f"第{n}条 停车{n}。" for n in range(1, count - 3)))


def rows(count: int) -> str:
    return of_body("\n".join(f"{n}\t格" for n in range(count)))


def columns(count: int) -> str:
    return of_body("甲\t乙\n" + "\t".join(f"格{n}" for n in range(count)))


def line(count: int) -> str:
    return of_body("停" * count)


LIMITS: dict[str, tuple[Callable[[int], str], str, str]] = {
    "LONGEST_LINE": (line, "一行有 41 个字符", r"issue\.md:14:"),
    "MOST_ENTRIES": (documents, "目录有 41 条", r"issue\.md:\d+:"),
    "MOST_BLOCKS": (paragraphs, "公文有 41 段", r"issue\.md:10:"),
    "MOST_ROWS": (rows, "41 行、2 列", r"issue\.md:14:"),
}


@pytest.mark.parametrize("name", LIMITS)
def test_one_more_than_the_limit_is_refused(
    name: str, make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, said, place = LIMITS[name]
    monkeypatch.setattr(limits, name, 40)
    folder = make_archive({"2020-01": make(40), "2020-02": make(41)}) / "moumou"
    assert convert(folder / "2020-01").documents
    with pytest.raises(SourceError, match=f"{place}.*{said}"):
        convert(folder / "2020-02")


def test_cells_are_counted_as_the_widest_row_fills_them(
    make_archive: ArchiveMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 40)
    folder = make_archive({"2020-01": columns(20), "2020-02": columns(21)}) / "moumou"
    assert convert(folder / "2020-01").documents
    with pytest.raises(SourceError, match="2 行、21 列"):
        convert(folder / "2020-02")


BOMBS = {
    "a line of a million characters": line(1_000_000),
    "5,000 documents": documents(5_000),
    "100,000 headings": of_body("\n\n".join(f"第{n}章 标题" for n in range(1, 100_001))),
    "100,000 rows": rows(100_000),
    "rows that are filled up": of_body("甲\t乙\n" * 20_000 + "\t" * 40_000 + "丙"),
}


@pytest.mark.medium
@pytest.mark.parametrize("name", BOMBS)
def test_a_real_one_is_refused_soon(name: str, make_archive: ArchiveMaker) -> None:
    content = make_archive({"2020-01": BOMBS[name]})
    begun = time.monotonic()
    with pytest.raises(SourceError, match=r"issue\.md:"):
        build_quietly(content, content.parent)
    assert time.monotonic() - begun < 30
    assert not (content.parent / "site").exists()


@pytest.mark.medium
@pytest.mark.parametrize(
    "text", [line(limits.LONGEST_LINE), rows(10_000), paragraphs(10_000)], ids=str.__len__
)
def test_what_is_large_is_built(text: str, make_archive: ArchiveMaker) -> None:
    content = make_archive({"2020-01": text})
    assert build_quietly(content, content.parent).documents == 1
