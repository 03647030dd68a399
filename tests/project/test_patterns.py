"""Patterns are compiled when they are used, and can then do what those of ``re`` can do."""

from __future__ import annotations

import copy
import json
import pickle
import re
import subprocess
import sys
from collections.abc import Callable

import pytest

from generator.runtime.patterns import COMPILED, lazy_regex
from tests.conftest import ROOT

YEAR = r"(?P<year>\d{4})年"
TEXT = "2016年、2017年"
# Prints which modules of the program compile a pattern of ``re`` while they are loaded, then which
# of the lazy patterns were used, then how many were not, and those that cannot be compiled.
REPORT = """
import gc, json, pkgutil, re, sys
compiling = set()
def watch(frame, event, _):
    if event == "call" and frame.f_code is re.compile.__code__:
        compiling.add(frame.f_back.f_globals.get("__name__", ""))
sys.setprofile(watch)
import generator, generator.cli, generator.site.build
sys.setprofile(None)
loaded = [n for n in compiling if n.startswith("generator.")]
from generator.runtime.patterns import _Ready, _Waiting
kinds = [type(each) for each in gc.get_objects() if isinstance(each, _Ready)]
for module in pkgutil.walk_packages(generator.__path__, "generator."):
    try:
        __import__(module.name)
    except ImportError as error:  # recognition and Dask are not installed everywhere
        assert not (error.name or "").startswith("generator"), error
wrong = []
for each in [each for each in gc.get_objects() if isinstance(each, _Waiting)]:
    try:
        each.groups
    except re.error as error:
        wrong.append(f"{each.pattern}: {error}")
print(json.dumps([loaded, kinds.count(_Ready), kinds.count(_Waiting), wrong]))
"""


def test_loading_the_build_compiles_no_pattern_of_the_program_and_all_can_be_compiled() -> None:
    program = [sys.executable, "-c", REPORT]
    done = subprocess.run(program, cwd=ROOT, check=True, capture_output=True, text=True)
    loaded, used, waiting, wrong = json.loads(done.stdout)
    # a pattern of a module is made by lazy_regex, or each command pays for it
    assert loaded == ["generator.runtime.patterns"] * (used > 0)
    assert used == 0
    assert waiting > 500
    assert wrong == []


def test_a_pattern_is_compiled_by_its_first_use_and_no_more(
    recwarn: pytest.WarningsRecorder,
) -> None:
    lazy = lazy_regex(YEAR, re.IGNORECASE)
    assert lazy.pattern == YEAR
    assert not hasattr(lazy, "_fields")
    assert type(lazy).__name__ == "_Waiting"
    assert lazy.findall(TEXT) == ["2016", "2017"]
    assert type(lazy).__name__ == "_Ready"
    assert lazy.flags & re.IGNORECASE
    with pytest.raises(AttributeError, match="nothing"):
        lazy.nothing  # type: ignore[attr-defined]  # noqa: B018
    assert not recwarn


@pytest.mark.parametrize(
    "use",
    [
        lambda p: p.match(TEXT).groupdict(),
        lambda p: p.match(TEXT, 1, 7),
        lambda p: p.search(TEXT, pos=2).span(),
        lambda p: p.fullmatch("2016年")["year"],
        lambda p: p.sub(r"\g<year>.", TEXT, count=1),
        lambda p: p.subn(lambda found: found[1], TEXT),
        lambda p: p.split(TEXT, 1),
        lambda p: p.findall(TEXT, 3),
        lambda p: [found.start() for found in p.finditer(TEXT)],
        lambda p: (p.flags, p.groups, dict(p.groupindex), p.pattern),
    ],
)
def test_a_lazy_pattern_does_what_a_compiled_one_does(
    use: Callable[[re.Pattern[str]], object],
) -> None:
    lazy, compiled = lazy_regex(YEAR), re.compile(YEAR)
    for _ in range(2):  # the first use, and one after it
        assert use(lazy) == use(compiled)


def test_nothing_that_a_compiled_pattern_has_is_missing() -> None:
    public = {name for name in dir(re.Pattern) if not name.startswith("_")}
    assert public - {"scanner"} == {*COMPILED, "pattern"}  # scanner has no documentation


def test_a_lazy_pattern_of_bytes_and_copies_of_a_pattern_work() -> None:
    assert lazy_regex(rb"\d+").findall(b"1 22") == [b"1", b"22"]
    fresh, used = lazy_regex(YEAR, re.ASCII), lazy_regex(YEAR, re.ASCII)
    assert used.search(TEXT)
    for one in (fresh, used):
        for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
            assert again.findall(TEXT) == ["2016", "2017"]
            assert again.flags == re.ASCII


def test_no_module_compares_the_pattern_of_a_match_with_a_lazy_one() -> None:
    for path in (ROOT / "generator").rglob("*.py"):  # a match knows the compiled pattern alone
        assert not re.search(r"\.re (?:is|in|==|!=) ", path.read_text("utf-8")), path


def test_a_wrong_pattern_is_refused_when_it_is_used() -> None:
    with pytest.raises(re.error):
        lazy_regex("(").search("")
