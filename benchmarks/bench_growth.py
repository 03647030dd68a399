"""Measure the CPU time of each stage as a text grows: twice the text, about twice the time.

    python -m benchmarks.bench_growth [--sizes 1 2 4] [--shapes NAME…] [--megabytes N]

The texts have shapes that once took quadratic time, or could: one very long line, only headings,
paragraphs cut at every line, contents without any of their documents, thousands of corrections; and
for each regular expression a repetition that may take it too long, as one line and as many lines.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from fuzz.words import HEAD, TITLE
from generator.archive.resolve import resolve_citations
from generator.archive.summary import summarise
from generator.content import limits, load
from generator.formats.akoma_ntoso import akoma_ntoso
from generator.formats.issue_json import issue_data
from generator.model import Gazette
from generator.render import render, template_environment
from generator.render.collation import collate
from generator.runtime.errors import SourceError
from generator.search.passages import entries_of
from generator.search.segment import write_segment
from generator.stages.check.audit import audit
from generator.stages.check.diagnose import diagnose
from generator.stages.citations import find_citations
from generator.stages.extract import extract
from generator.stages.normalize import normalize
from generator.stages.parse import parse

ROOT = Path(__file__).resolve().parent.parent
SEED = ROOT / "content" / "panzhihua" / "2017-01" / "issue.md"
T = TypeVar("T")
ORDINALS = "一二三四五六七八九"
CORRECTED = "这里有一处误识的字，另有一处没有。"


def _body() -> str:
    text = SEED.read_text("utf-8")
    return text[text.index("# 四川省人民政府\n") :]


def _entries(count: int) -> str:
    return "".join(f"甲市关于第{n}事的通知 ..... 1\n" for n in range(count))


def _documents(count: int, about: str) -> str:
    return "".join(f"\n# 甲市{about}第{n}事的通知\n\n现通知如下。\n" for n in range(count))


# texts that a regular expression of the program repeats, or looks for after its match
REPEATED = {
    "digits": "1",
    "numerals": "一",
    "ordinals": "（一）",
    "articles": "第一条",
    "parts": "第三条第（二）项、",
    "brackets": "（",
    "quotes": "“",
    "titles": "《",
    "closed titles": "》",
    "stops": "。",
    "dots": ".",
    "dashes": "—",
    "commas": "、",
    "spaces": " 1",
    "wide spaces": "\u3000甲",
    "tabs": "甲\t",
    "letters": "a(",
    "ideographs": "府",
    "years": "〔2016〕",
    "numbers": "川府发〔2016〕5号、",
    "decrees": "国务院令第7号",
    "dates": "2016年1月1日",
    "months": "6 月 月",
    "short names": "以下简称《",
    "about": "关于",
    "agencies": "市财政局、",
    "duties": "责任单位：",
    "appointments": "任命甲为",
    "marks": "<sub>1</sub>",
    "open marks": "<sub>",
    "unseen": "\u200b",
    "accents": "e\u0301",
    "hashes": "# ",
    "Markdown": "*_`|",
    "addresses": "http://a.cn/",
}
LENGTH = 6_000  # characters of a repetition, for each unit of size
LINES = 40  # characters of each line, if there are many


def _one_line(repeated: str) -> Callable[[int], str]:
    return lambda k: HEAD + "文" + repeated * (LENGTH * k // len(repeated)) + "文\n"


def _many_lines(repeated: str) -> Callable[[int], str]:
    line = repeated * (LINES // len(repeated)) + "\n"
    return lambda k: HEAD + line * (LENGTH * k // len(line))


def _reversed_contents(count: int) -> str:
    documents = [f"\n# 甲市关于第{n}事的通知\n\n现通知如下。\n" for n in range(count)]
    return "目录\n" + _entries(count) + "".join(reversed(documents))


def _same_titles(count: int) -> str:
    return "目录\n" + f"{TITLE} ..... 1\n" * count + f"\n# {TITLE}\n\n如下。\n" * count


SHAPES: dict[str, Callable[[int], str]] = {
    "documents": lambda k: HEAD + _body() * k,
    "one line": lambda k: HEAD + _body().replace("\n", "") * k,
    "headings": lambda k: (
        HEAD + "".join(f"## （{ORDINALS[n % 9]}）小标题\n\n正文。\n\n" for n in range(2500 * k))
    ),
    "open brackets": lambda k: HEAD + "（《“〔" * (5000 * k),
    "cut paragraphs": lambda k: HEAD + "这是没有标点结尾而一直接下去的段落\n\n" * (2000 * k),
    "blanks": lambda k: HEAD + "文 " * (20000 * k),
    "citations": lambda k: HEAD + "《关于某事的通知》（川府发〔2016〕55号）" * (2000 * k),
    "table": lambda k: HEAD + "1\t任务\t市财政局、市教育局\n" * (5000 * k),
    "signatures": lambda k: HEAD + "四川省人民政府\n" * (5000 * k) + "2016年1月1日\n" * (500 * k),
    "contents": lambda k: "目录\n" + _entries(500 * k) + _documents(500 * k, "关于"),
    "contents in another order": lambda k: _reversed_contents(300 * k),
    "one title": lambda k: _same_titles(300 * k),
    "formulas": lambda k: HEAD + "甲乙丙丁戊己庚辛壬癸子丑=寅\n" * (2000 * k),
    "annexes": lambda k: HEAD + "".join(f"附件{n}\n\n某表\n\n甲。\n\n" for n in range(500 * k)),
    "rules": lambda k: HEAD + "".join(f"第{n}条 依照本办法第{n}条。\n" for n in range(999)) * k,
    "tables": lambda k: HEAD + "序号\t任务\n1\t甲\n\n文。\n\n" * (800 * k),
    "corrections": lambda k: HEAD + f"{CORRECTED}\n" * (1000 * k),
    "roles without end": lambda k: HEAD + "（市财政局牵头" + "，甲" * (8000 * k) + "）\n",
    "people with facts": lambda k: (
        HEAD.replace("某事", "任免职务")
        + "张三同志（男，1970年生）、王五（女）、" * (300 * k)
        + "李四。\n"
    ),
    "roles": lambda k: HEAD + "（责任单位：甲局）（市财政局牵头）" * (500 * k) + "\n",
    "a list without end": lambda k: HEAD + "川府发〔2016〕5" + " 、6" * (3000 * k) + "文\n",
    "a gap in a number": lambda k: HEAD + "川府发〔2016〕5" + " " * (6000 * k) + "6第7号\n",
    "a gap in a decree": lambda k: HEAD + "国务院令" + " " * (6000 * k) + "a，国务院令第7号\n",
    "a gap before a letter": lambda k: HEAD + "文" + " " * (6000 * k) + "a\n",
    "nothing found": lambda k: "目录\n" + _entries(200 * k) + _documents(200 * k, "关乎"),
}
SHAPES |= {name: _one_line(text) for name, text in REPEATED.items()}
SHAPES |= {f"{name}, lines": _many_lines(text) for name, text in REPEATED.items()}


def write(text: str, folder: Path) -> None:
    """Write an issue with a correction for every line that is CORRECTED.

    Lines that are longer than the program's limit are cut at the limit.
    """
    folder.mkdir(parents=True)
    text = re.sub(rf"(.{{{limits.LONGEST_LINE}}})(?=.)", r"\1\n", text)
    (folder / "issue.md").write_text(text, "utf-8")
    wanted = [n for n, line in enumerate(text.split("\n"), 1) if line == CORRECTED]
    corrections = "".join(
        f'[[correction]]\nline = {n}\nfrom = "误"\nto = "正"\nwhy = "误识"\n' for n in wanted
    )
    (folder / "issue.toml").write_text(corrections, "utf-8")


def measure(text: str, folder: Path) -> dict[str, float]:
    """Measure the CPU seconds of each stage for a text, which is written as an issue into a folder.

    The garbage collector is off, because its time depends on all objects of the process.
    """
    gc.collect()
    gc.disable()
    try:
        return _measure(text, folder)
    finally:
        gc.enable()


def _measure(text: str, folder: Path) -> dict[str, float]:
    seconds: dict[str, float] = {}
    write(text, folder)

    def timed(name: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        result = work()
        seconds[name] = time.process_time() - start
        return result

    gazette = Gazette("some", "某公报")
    source = timed("load", lambda: load(folder))
    issue = timed("parse", lambda: parse(source))
    issue = timed("normalize", lambda: normalize(issue))
    issue = timed("find", lambda: find_citations(issue))
    issue = timed("extract", lambda: extract(issue, gazette))
    issue = timed("diagnose", lambda: diagnose(issue))
    timed("audit", lambda: audit(issue))
    summary = timed("summarise", lambda: summarise(issue))
    links = timed("resolve", lambda: resolve_citations([summary]))
    environment = template_environment(ROOT / "templates", None)
    timed("render", lambda: render(issue, gazette, links, environment))
    timed("collate", lambda: collate(issue))
    (index := folder / "index").mkdir()
    data = timed("export", lambda: issue_data(issue, links))
    timed("akoma", lambda: [akoma_ntoso(d, issue, gazette, links) for d in issue.documents])
    timed("index", lambda: write_segment(entries_of(data), index))
    return seconds


def main() -> int:
    """Print the seconds of each shape at each size, and how they grew."""
    parser = argparse.ArgumentParser(description="growth of the stages with the text")
    parser.add_argument("--sizes", nargs="+", type=int, default=[1, 2, 4])
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES), metavar="NAME")
    parser.add_argument("--megabytes", type=float, help="one size, so large, instead")
    arguments = parser.parse_args()
    for name in arguments.shapes:
        sizes: Sequence[int] = arguments.sizes
        if arguments.megabytes:
            sizes = [round(arguments.megabytes * 1e6 / len(SHAPES[name](1).encode()))]
        before: dict[str, float] = {}
        for size in sizes:
            text = SHAPES[name](size)
            with TemporaryDirectory() as scratch:
                try:
                    seconds = measure(text, Path(scratch) / "some" / "2020-01")
                except SourceError as error:  # the text exceeds the program's limits
                    sys.stdout.write(f"{name} at {size}: {str(error).partition(': ')[2]}\n")
                    break
            total, earlier = sum(seconds.values()), sum(before.values())
            growth = f" ×{total / earlier:.1f}" if earlier > 0.05 else ""
            stages = " ".join(f"{stage} {s:.2f}" for stage, s in seconds.items() if s >= 0.005)
            megabytes = len(text.encode()) / 1e6
            sys.stdout.write(f"{name} {megabytes:.2f} MB: {total:.2f} s ({stages}){growth}\n")
            sys.stdout.flush()
            before = seconds
    return 0


if __name__ == "__main__":
    sys.exit(main())
