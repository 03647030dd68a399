"""Characters that scans confuse by their shape, in grades of likeness (tools/look_alikes.py)."""

from __future__ import annotations

import lzma
from functools import cache
from pathlib import Path

TABLE_FILE = Path(__file__).with_name("look_alikes.txt.xz")
GRADES = 3  # 0: hardly told apart; 2: alike in part

# what stands in for an ideograph although it is none: kana, letters, signs
FOREIGN = {
    "ロ": "口", "エ": "工", "ニ": "二", "ハ": "八", "ト": "卜", "タ": "夕", "カ": "力", "ミ": "三",
    "ヘ": "八", "ー": "一", "ノ": "丿", "メ": "乂", "ナ": "十", "チ": "千", "オ": "才", "テ": "于",
    "イ": "亻", "ヨ": "彐", "リ": "川", "ム": "厶", "ソ": "丷", "サ": "廾", "T": "丁", "Т": "丁",
    "Ｔ": "丁", "I": "工", "Ｉ": "工", "Х": "乂", "л": "儿", "Л": "八", "Ｘ": "乂", "囗": "口",
    "⼀": "一", "凵": "山", "卩": "部",
}  # fmt: skip


@cache
def look_alikes() -> dict[str, tuple[str, ...]]:
    """Read the table: a character, and those it may be misread from, in a text for each grade."""
    table = lzma.decompress(TABLE_FILE.read_bytes()).decode("utf-8")
    rows = (line.split("\t") for line in table.split("\n"))
    return {character: tuple(groups) for character, *groups in rows}
