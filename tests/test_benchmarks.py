"""Benchmarks: composed archives, and the report on them."""

from pathlib import Path

import pytest

from benchmarks.archive import compose, shift_years
from generator.archive import convert
from generator.citations import resolve_citations, summarise
from generator.diagnose import errors

CONTENT = Path(__file__).resolve().parent.parent / "content"
SEED = CONTENT / "panzhihua" / "2017-01"


@pytest.mark.parametrize(
    ("text", "shifted"),
    [
        ("川府发〔2016〕55号", "川府发〔1950〕55号"),
        (
            "国办发[2016] 7号、（ 2014）8号、﹝1999﹞9号",
            "国办发[1950] 7号、（ 1948）8号、﹝1933﹞9号",
        ),
        ("到2020 年，规划期限为2016~2020年", "到1954 年，规划期限为1950~1954年"),
        ("二○一六年十一月三十日，二〇一一年", "一九五○年十一月三十日，一九四五年"),
        ("一九八六年，２０１６年", "一九二〇年，１９５０年"),
        ("投资2016万元，第2016号，(2016人)，12016年", "投资2016万元，第2016号，(2016人)，12016年"),
    ],
)
def test_a_shift_moves_years_and_nothing_else(text: str, shifted: str) -> None:
    assert shift_years(text, -66) == shifted


def test_a_shift_stays_within_four_digits() -> None:
    assert shift_years("2016年", 8000) == "2016年"
    assert shift_years("二○一六年", 20) == "二○三六年"


def test_a_composed_issue_lies_in_its_own_years_and_is_sound(tmp_path: Path) -> None:
    compose([SEED], 14, tmp_path)
    issues = [convert(tmp_path / "bench" / name) for name in ("1950-01", "1951-02")]
    seed = summarise(convert(SEED))
    for issue, shift in zip(issues, (-67, -66), strict=True):
        assert not errors(issue.diagnostics)
        summary = summarise(issue)
        assert summary.year == (seed.year or 0) + shift
        dates = [d.date for d in seed.documents if d.date]
        moved = [f"{int(date[:4]) + shift}{date[4:]}" for date in dates]
        assert [d.date for d in summary.documents if d.date] == moved
        found = resolve_citations([summary]).resolved.values()
        held = resolve_citations([seed]).resolved.values()
        assert sum(1 for r in found if r.target) == sum(1 for r in held if r.target)


def test_composing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        compose([SEED], 2, tmp_path / name)
    for path in (tmp_path / "a").rglob("*.*"):
        twin = tmp_path / "b" / path.relative_to(tmp_path / "a")
        assert path.read_bytes() == twin.read_bytes()
