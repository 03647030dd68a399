"""CPU time of each stage as a text grows: twice the text, about twice the time.

    python -m benchmarks.bench_growth [--sizes 1 2 4]

The texts are shapes that once took quadratic time, or could: one line without end, headings
alone, paragraphs cut at every line, contents of which nothing is found. Printed are seconds for
parse, normalize, find_citations, extract, diagnose, audit and summarise.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from generator.audit import audit
from generator.citations import find_citations, summarise
from generator.diagnose import diagnose
from generator.extract import extract
from generator.model import Source
from generator.normalize import normalize
from generator.parse import parse

SEED = Path(__file__).resolve().parent.parent / "content" / "panzhihua" / "2017-01" / "issue.md"
HEAD = "目录\n甲市关于某事的通知 ..... 1\n\n# 甲市关于某事的通知\n\n"
T = TypeVar("T")
ORDINALS = "一二三四五六七八九"


def _body() -> str:
    text = SEED.read_text("utf-8")
    return text[text.index("# 四川省人民政府\n") :]


def _entries(count: int) -> str:
    return "".join(f"甲市关于第{n}事的通知 ..... 1\n" for n in range(count))


def _documents(count: int, about: str) -> str:
    return "".join(f"\n# 甲市{about}第{n}事的通知\n\n现通知如下。\n" for n in range(count))


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
    "nothing found": lambda k: "目录\n" + _entries(200 * k) + _documents(200 * k, "关乎"),
}


def measure(text: str) -> list[float]:
    """CPU seconds of each stage for a text."""
    seconds: list[float] = []

    def timed(work: Callable[[], T]) -> T:
        start = time.process_time()
        result = work()
        seconds.append(time.process_time() - start)
        return result

    source = Source("a/2020-01", text, "issue.md", "issue.md", "", "utf-8")
    issue = timed(lambda: parse(source))
    issue = timed(lambda: normalize(issue))
    issue = timed(lambda: find_citations(issue))
    issue = timed(lambda: extract(issue, None))
    issue = timed(lambda: diagnose(issue))
    timed(lambda: audit(issue))
    timed(lambda: summarise(issue))
    return seconds


def main() -> int:
    """Print the seconds of each shape at each size, and how they grew."""
    parser = argparse.ArgumentParser(description="growth of the stages with the text")
    parser.add_argument("--sizes", nargs="+", type=int, default=[1, 2, 4])
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=list(SHAPES))
    arguments = parser.parse_args()
    sizes: Sequence[int] = arguments.sizes
    for name in arguments.shapes:
        before = 0.0
        for size in sizes:
            text = SHAPES[name](size)
            seconds = measure(text)
            total = sum(seconds)
            growth = f" ×{total / before:.1f}" if before > 0.05 else ""
            stages = " ".join(f"{s:.2f}" for s in seconds)
            megabytes = len(text.encode()) / 1e6
            sys.stdout.write(f"{name} {megabytes:.2f} MB: {total:.2f} s ({stages}){growth}\n")
            before = total
    return 0


if __name__ == "__main__":
    sys.exit(main())
