"""Parts of a text that no line should cut: a number and its unit, the year and serial of a number.

Only short parts are named, because a line of twenty characters that is set even on both sides has
visible gaps if a long part moves to the next line as a whole.
"""

from __future__ import annotations

from generator.runtime.patterns import lazy_regex

# 2016年, 11月, 30日, 12.5%, 300万元, 第3期; 〔2016〕55号
UNBROKEN = lazy_regex(
    r"(?P<opening>[〔［])(?P<year>(?:19|20)\d\d)(?P<closing>[〕］])(?P<serial>第?\d{1,5}号)"
    r"|(?<![\d.])\d{1,6}(?:\.\d{1,3})?(?:[%％℃‰]|(?:年度?|月份?|日|号|期|次|届|个|项|条|人|户|件|亩|吨|米"
    r"|元|名|家|所|倍|岁|天|时|分)|[百千万亿](?:元|人|亩|吨|户|米|平)?|公里|公顷|平方|立方)"
)
SIGNS = frozenset("0123456789")  # a cheap test that most texts fail
