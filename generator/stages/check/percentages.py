"""Report percentages that cannot be: over 100 % of a whole, and parts that make more or less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.model import Diagnostic, Table
from generator.runtime.patterns import lazy_regex
from generator.stages.check.texts import Text

LIKELY, DOUBTFUL = 0.8, 0.5  # confidence: more than a whole; parts that are not 100 % together
FIGURE = r"\d{1,7}(?:\.\d{1,4})?"
PERCENT = rf"(?P<figure>{FIGURE})\s?[%％]"
# rates that are a share of a whole; 增长率, 完成率 and 毛入学率 may be more than 100 %
SHARES = (
    r"占(?:比|有率|[^，。；：、%％\d]{0,16}?的?)(?:比[重例])?|比重|份额|权重"
    r"|(?:覆盖|普及|合格|优良|优秀|达标|处理|处置|利用|绿化|参保|参合|参检|巩固|满意|就业|签约|入户|上线|公开"
    r"|办结|到位|见面|抽检|受检|接种|治愈|存活|成活|死亡|发病|出生|失业|贫困发生|净入学|毕业|及格|通过|检出"
    r"|知晓|使用|自给|供水|通[水电路车]|气化|城镇化|森林覆盖|建档|回收|收集|无害化处理|控制|保有|持证)率"
    r"|(?:满意|知晓|支持|认可)度"
)
# words between the rate and its figure
BETWEEN = (
    rf"(?:[由从]\s?{FIGURE}\s?[%％]\s?)?"
    r"(?:要|应|须|需|均|已|分别|力争|稳定|保持|控制|提高|提升|上升|增加|达)?"
    r"(?:在|到|至|达到|为|是|不[低少高]于|超过|以|约)?\s?"
)
SHARE = lazy_regex(rf"(?:{SHARES}){BETWEEN}{PERCENT}")
# 下降120%: nothing falls by more than all of it; a profit may
FALL = lazy_regex(
    rf"(?<!利润)(?:下降|减少|降低|下滑|压减|削减|缩短|减幅|降幅)(?:了|达|为|约|近)?\s?{PERCENT}"
)
MAY_BE_MORE = lazy_regex(r"利润|亏损|收益|净值")
REACH = 12  # characters before a fall that may name a profit
LIST = rf"{FIGURE}\s?[%％](?:\s?[、，和及与或]\s?{FIGURE}\s?[%％]){{1,9}}"
# 分别占30%、40%、30%; the parts of one whole
PARTS = lazy_regex(
    rf"(?:占比|占|比[例重]|权重|构成比)[^，。；%％\d]{{0,12}}?(?:分别|各|依次)(?:占|为|是|占比)?\s?(?P<parts>{LIST})"
    rf"|(?:分别|各|依次)(?:占|占比)[^，。；%％\d]{{0,12}}?\s?(?P<own>{LIST})"
)
LONGEST_SENTENCE = 400  # characters
SENTENCE_ENDS = lazy_regex(r"[。！？\n]")
# 合计100%: all percentages before it in the sentence are parts
WHOLE = lazy_regex(r"(?:合计|总计|共计|总和|之和)[^，。；%％\d]{0,8}100\s?[%％]")
ANY_PERCENT = lazy_regex(rf"(?<![\d.]){PERCENT}")
NEAR = Decimal(3)  # percent by which a list of parts may miss 100 and still be meant to make it


def check_percentages(text: Text) -> Iterator[Diagnostic]:
    """Report the percentages of a text that are more than the whole, or make no whole together."""
    printed = text.text
    if "%" not in printed and "％" not in printed:
        return
    for pattern in (SHARE, FALL):
        for found in pattern.finditer(printed):
            if Decimal(found["figure"]) <= 100:
                continue
            if pattern is FALL and MAY_BE_MORE.search(
                printed, max(found.start() - REACH, 0), found.start()
            ):
                continue
            message = f"“{found[0]}”超过了100%，可能漏了小数点或多了一位数字，请核对"
            yield text.report("percent-over", found.span("figure"), message, None, LIKELY)
    for found in PARTS.finditer(printed):
        group = "parts" if found["parts"] else "own"
        yield from _check_parts(text, found.span(group), near=NEAR)
    for found in WHOLE.finditer(printed):
        start = max(found.start() - LONGEST_SENTENCE, 0)
        ends = [m.end() for m in SENTENCE_ENDS.finditer(printed, start, found.start())]
        start = ends[-1] if ends else start
        yield from _check_parts(text, (start, found.start()), near=None)


SHARE_HEAD = lazy_regex(rf"(?:{SHARES})(?:[（(][%％][）)])?$")
CELL = lazy_regex(rf"{FIGURE}\s?(?P<unit>[%％]?)")


def check_shares(table: Table, lines: Sequence[str]) -> Iterator[Diagnostic]:
    """Report the cells of a column of shares (占比) or rates that are more than 100 %."""
    heads = ["".join("".join(r[c].split()) for r in table.rows[: table.header_rows])
             for c in range(len(table.rows[0]))]  # fmt: skip
    for column, head in enumerate(heads):
        if not SHARE_HEAD.search(head):
            continue
        is_percent = "%" in head or "％" in head
        for row in range(table.header_rows, len(table.rows)):
            cell = table.rows[row][column].strip()
            found = CELL.fullmatch(cell)
            if not found or not (found["unit"] or is_percent):
                continue
            if Decimal(cell.rstrip("%％ ")) > 100:
                text = Text(table.rows[row][column], table, lines, (row, column))
                message = f"“{head}”一栏的“{cell}”超过了100%，可能漏了小数点或多了一位数字，请核对"
                yield text.report("percent-over", (0, len(cell)), message, None, LIKELY)


def _check_parts(
    text: Text, span: tuple[int, int], *, near: Decimal | None
) -> Iterator[Diagnostic]:
    """Report parts that make more than 100 % together, or nearly 100 %; near None: not exactly."""
    figures = [m["figure"] for m in ANY_PERCENT.finditer(text.text, *span)]
    if len(figures) < 2:
        return
    values = [Decimal(figure) for figure in figures]
    places = max(len(figure.partition(".")[2]) for figure in figures)
    rounding = Decimal(len(figures)) / 2 / 10**places if places else Decimal(0)
    total = sum(values, Decimal(0))
    miss = total - 100
    if abs(miss) <= rounding or (near is not None and miss < -near):
        return
    shown = "、".join(f"{figure}%" for figure in figures)
    message = f"“{shown}”合计{total}%，不是100%，请核对"
    yield text.report("percent-over", span, message, None, DOUBTFUL)
