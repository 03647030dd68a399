"""Lines that are complete because of their neighbours: items of lists, members of groups."""

from __future__ import annotations

from collections.abc import Sequence

from generator.language.ordinals import parse_ordinal
from generator.model import Block, Paragraph, Table
from generator.runtime.patterns import lazy_regex
from generator.stages.normalize.people import vouched_members

# the line above a list: 先进集体名单, 现将获奖项目公布如下：, 一等奖
LIST_HEAD = lazy_regex(
    r"(?:名单|名录|名册)(?:[（(][^（）()]{1,20}[）)])?[：:]?\Z"
    r"|(?:名单|单位|集体|个人|项目|作品|成果|同志)[^。；，,;]{0,16}如下[：:]\Z"
    r"|(?:称号|表彰|奖励)[：:]\Z"
    r"|\A(?:特|[一二三四]|优秀|优胜)等?奖[：:]?\Z"
)
# the last character of such a line; this quick test saves most lines the search
HEAD_ENDS = frozenset("单录册：:奖）)")
MARKS = frozenset("，。；：！？、,;:!?")
# punctuation that cannot begin a line: the line above is cut
NEVER_FIRST = frozenset("，。、；：？！）》〉”’〕,;:?!)")
OPENING = frozenset("（(《〈“‘〔[")
LONGEST_ITEM = 60  # characters
FULL_LINE = 25  # characters; an item of this length above a sentence may be its beginning
LONGEST_GROUP = 20  # characters of a line above a group of items: 某某县：
HEADS = 40  # characters at the end of a line that show whether it introduces a list


def whole_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """Give the first source line of each block that is complete, even without a stop at its end."""
    whole = {blocks[n].lines.first for n in vouched_members(blocks)}
    items: list[Block] = []
    in_list = False
    for block in blocks:
        if not in_list:
            in_list = (
                not isinstance(block, Table) and block.text[-1:] in HEAD_ENDS and _heads_list(block)
            )
        elif _is_item(block):
            items.append(block)
        elif not _heads_group(block):
            whole |= _whole_items(items, block)
            items, in_list = [], _heads_list(block)
    return frozenset(whole | _whole_items(items, None))


def _heads_list(block: Block) -> bool:
    return not isinstance(block, Table) and bool(LIST_HEAD.search(block.text[-HEADS:]))


def _is_item(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.kind != "paragraph":
        return False
    text = block.text
    if not text or len(text) > LONGEST_ITEM or LIST_HEAD.search(text):
        return False
    return MARKS.isdisjoint(text) and text[-1] not in OPENING and parse_ordinal(text) is None


def _heads_group(block: Block) -> bool:
    """Whether a line introduces items of a list: a numbered heading, 二等奖, 某某县：."""
    if isinstance(block, Table) or not 0 < len(block.text) <= LONGEST_GROUP:
        return False
    return (
        MARKS.isdisjoint(block.text[:-1])
        or parse_ordinal(block.text) is not None
        or bool(LIST_HEAD.search(block.text))
    ) and block.text[-1] not in "，。；、"


def _whole_items(items: Sequence[Block], following: Block | None) -> set[int]:
    """Give the lines of the complete items: not the last one if the next block may continue it."""
    if len(items) < 2:
        return set()
    last = items[-1]
    if isinstance(following, Paragraph) and not isinstance(last, Table):
        is_cut = following.text[:1] in NEVER_FIRST or len(last.text) >= FULL_LINE
        items = items[:-1] if is_cut and following.kind == "paragraph" else items
    return {item.lines.first for item in items}
