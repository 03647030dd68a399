"""Report what intake could not take along, and what a new reading of the sheets left behind."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from generator.content.intake.taken import LOSS_KINDS
from generator.model import Diagnostic, Issue, Lines, Loss, SourceFile
from generator.model.codes import diagnostic
from generator.runtime.patterns import lazy_regex

# the codes of kinds that are not parts of a page
CODE_OF_KIND: Mapping[str, str] = {
    "page": "page-lost",
    "upside-down": "scan-poor",
    "coarse": "scan-poor",
    "doubtful": "text-doubtful",
    "numbering": "text-doubtful",
    "ocr-layer": "text-doubtful",
    "signed": "file-signed",
}
OTHER_CODE = "not-taken"
OTHER_KIND = "other"
# kinds whose words were not meant to be read: findings are published in issue.json
UNSAID = frozenset({"hidden", "deleted", "struck"})
# numbers of persons and accounts, of which a finding repeats the ends alone
LONG_NUMBER = lazy_regex(r"(\d{4})[\d -]{3,}([\dXx]{4})")
MOST_SHOWN = 5  # losses of one line that a message describes
LONGEST_SHOWN = 40  # characters of a loss that a message repeats


def find_losses(issue: Issue) -> Iterator[Diagnostic]:
    """Give a diagnostic for each line behind which something is missing, one for each code.

    It is at a line with text, so that an editor can confirm it: the next one above, else below.
    """
    source = issue.source
    if not source.losses:
        return
    texts = [n for n, line in enumerate(source.text.split("\n"), 1) if line.strip()]
    placed = sorted(
        ((_anchor(loss.line, source.parts, texts), code_of(loss), loss) for loss in source.losses),
        key=lambda one: (one[0], one[1], one[2].page),
    )
    for (line, code), found in groupby(placed, key=lambda one: one[:2]):
        losses = [loss for _, _, loss in found]
        yield diagnostic(code, Lines(line, line), MESSAGES[code].format(_described(losses)))


MESSAGES: Mapping[str, str] = {
    "page-lost": (
        "有一页没有文字转入：{}；请对照原件补入，原件这一页没有文字的用 [[confirmed]] 注明"
    ),
    "scan-poor": "扫描不合要求：{}；请重新扫描，或对照原件核对这一页",
    "text-doubtful": "此处的文字没有把握：{}；请对照原件核对",
    "file-signed": "原件有{}；要核验请打开原件",
    OTHER_CODE: "原件此处有内容没有转入：{}；请对照原件补入，不必补的，用 [[confirmed]] 注明",
}


def find_unplaced(issue: Issue) -> Iterator[Diagnostic]:
    """Give a diagnostic for each entry of issue.toml that has no place in the text."""
    for one in issue.source.unplaced:
        message = (
            f"issue.toml 第{one.line}行的 [[{one.kind}]]“{one.words[:LONGEST_SHOWN]}”"
            "在换上的文本里没有找到，没有起作用；请核对后改写 line，不再需要的删去"
        )
        yield diagnostic("entry-unplaced", Lines(1, 1), message)


def code_of(loss: Loss) -> str:
    """Give the code that reports a loss."""
    return CODE_OF_KIND.get(loss.kind, OTHER_CODE)


def _anchor(line: int, parts: Sequence[SourceFile], texts: Sequence[int]) -> int:
    """Give the line with text at which a loss is reported: of its own file, if that has any."""
    nth = bisect_left(parts, line, key=lambda part: part.last)
    own = parts[min(nth, len(parts) - 1)] if parts else None
    first = own.first if own else 1
    n = bisect_right(texts, line)
    if n and texts[n - 1] >= first:
        return texts[n - 1]
    return texts[n] if n < len(texts) and (own is None or texts[n] <= own.last) else first


def _described(losses: Sequence[Loss]) -> str:
    parts = [_words(loss) for loss in losses]
    shown = list(dict.fromkeys(parts))
    more = f"；等 {len(losses)} 处" if len(shown) > MOST_SHOWN else ""
    return "；".join(shown[:MOST_SHOWN]) + more


def _words(loss: Loss) -> str:
    """Say what is missing, on which sheet, and its words: 第3张，没有图片文件的图“图1 位置”."""
    sheet = f"第{loss.page}张，" if loss.page else ""
    kind = LOSS_KINDS.get(loss.kind, LOSS_KINDS[OTHER_KIND])
    words = "" if loss.kind in UNSAID else " ".join(loss.words.split())
    words = LONG_NUMBER.sub(r"\1…\2", words)
    cut = f"{words[:LONGEST_SHOWN]}…" if len(words) > LONGEST_SHOWN else words
    return f"{sheet}{kind}" + (f"“{cut}”" if cut else "")
