"""What the process that joins an archive holds of each issue, and what it lets go."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.formats.offers import plan_offers
from generator.language.document_numbers import DocumentNumber
from generator.language.pinyin import romanise
from generator.model import DutyFact, Gazette, Issue, Quote, Summary, for_registers, share_names
from generator.render import Beside, plan_home
from generator.runtime.deflated import Deflated, written_out
from generator.runtime.digests import digest
from generator.runtime.parallel import AHEAD, LOCAL_CHUNK, Pool
from generator.site.home_site import in_chunks
from generator.site.manifest import HomeEntry, PageFacts, pack_facts, read_home, write_home
from generator.stages.citations.names import fold_name

KILOBYTE = 1000
GAZETTE = Gazette("panzhihua", "攀枝花市人民政府公报")


def copies(seed: Issue, count: int) -> Iterator[Summary]:
    """Copy the summary of an issue; each copy has its own texts, as if it came from a file."""
    text = msgspec.json.encode(summarise(seed)).decode()
    for n in range(count):
        own = text.replace("2017-01", f"{1900 + n // 12}-{n % 12 + 1:02}")
        own = own.replace("关于", f"关于第{n}次").replace("〔20", f"〔{20 + n % 60}")
        yield share_names(msgspec.json.decode(own, type=Summary))


def memory_of_joining(seed: Issue, count: int) -> tuple[int, int]:
    """Give the bytes that joined issues take, and the most that planning their registers adds."""
    forget_names()
    tracemalloc.start()
    try:
        summaries = list(copies(seed, count))
        links = resolve_citations(summaries)
        forget_names()
        held = tracemalloc.get_traced_memory()[0]
        keys = {summary.name: digest(summary.name) for summary in summaries}
        summaries, links = [for_registers(s) for s in summaries], links.for_registers()
        offers = plan_offers(
            [GAZETTE], summaries, "公报", keys, str.encode, links.states, links.printings
        )
        assert offers.files
        for chunk in in_chunks(plan_home([GAZETTE], summaries, links, "公报", keys, Beside())):
            assert all(page.key for page in chunk)
            forget_names()
        return held, tracemalloc.get_traced_memory()[1] - held
    finally:
        tracemalloc.stop()


def forget_names() -> None:
    """Empty the caches of names: they are bounded, but grow in a small archive."""
    for cached in (fold_name, romanise, DocumentNumber.parse):
        if clear := getattr(cached, "cache_clear", None):
            clear()
    gc.collect()


@pytest.mark.medium
def test_an_issue_more_takes_little_of_the_joining_process(
    seed: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.site.home_site.SORTED", 100)
    memory_of_joining(seed, 2)  # modules are loaded, and tables read
    few, many = memory_of_joining(seed, 20), memory_of_joining(seed, 60)
    held, planned = ((b - a) / 40 for a, b in zip(few, many, strict=True))
    # wanted: 80; the feeds are planned together, which takes 4 of the 87 that it takes now
    assert held + planned < 95 * KILOBYTE


def test_deflated_values_are_read_as_they_were() -> None:
    quotes = [Quote(f"《第{n}号》", f"根据《第{n}号》，现通知如下。" * 5) for n in range(40)]
    deflated = Deflated(quotes, Quote)
    assert [*deflated] == quotes
    assert (len(deflated), deflated[3], deflated[-2:]) == (40, quotes[3], tuple(quotes[-2:]))
    assert msgspec.json.encode(deflated, enc_hook=written_out) == msgspec.json.encode(quotes)
    kept = sum(len(text.encode()) for quote in quotes for text in quote)
    assert len(msgspec.json.encode(quotes)) > kept > 10 * len(deflated._data)
    none = Deflated((), DutyFact)
    assert (len(none), [*none], bool(none)) == (0, [], False)
    with pytest.raises(NotImplementedError, match="object"):
        msgspec.json.encode(object(), enc_hook=written_out)


def test_a_summary_is_written_with_all_that_was_deflated(seed: Issue) -> None:
    summary = summarise(seed)
    assert summary.duties
    assert summary.quotes
    written = msgspec.json.encode(share_names(summary), enc_hook=written_out)
    assert written == msgspec.json.encode(summary)


def test_the_manifest_of_pages_is_read_line_by_line(tmp_path: Path) -> None:
    facts = {
        f"works/甲-{n}.html": PageFacts(("a", "{},\n"), {"x.html": ("s1",), "y.html": ()})
        for n in range(3)
    }
    entries = {name: HomeEntry(f"{n}", pack_facts(f)) for n, (name, f) in enumerate(facts.items())}
    for listed in (entries, {}):
        write_home(tmp_path / "home.json", listed)
        found = read_home(tmp_path / "home.json")
        assert {name: (entry.key, entry.facts) for name, entry in found.items()} == {
            name: (entry.key, facts[name]) for name, entry in listed.items()
        }
        # it is JSON as a whole, too
        assert {*msgspec.json.decode((tmp_path / "home.json").read_bytes())} == {*listed}


def test_items_are_taken_as_they_are_needed_and_results_let_go() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(1000):
            taken.append(n)
            yield n

    with ThreadPoolExecutor(2) as executor:
        results = iter(Pool(executor, 2)(str, items()))
        most = 0
        for used, result in enumerate(results):
            assert result == str(used)
            most = max(most, len(taken) - used)
    assert most <= (2 * AHEAD + 1) * LOCAL_CHUNK
    assert len(taken) == 1000


def test_one_failure_cancels_what_has_not_begun() -> None:
    done: list[int] = []

    def work(n: int) -> int:
        if n == 5:
            message = "5"
            raise ValueError(message)
        done.append(n)
        return n

    items: Sequence[int] = range(1000)
    with ThreadPoolExecutor(2) as executor, pytest.raises(ValueError, match="5"):
        list(Pool(executor, 2)(work, items))
    assert len(done) < 40
