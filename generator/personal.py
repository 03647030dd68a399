"""Numbers of persons that nobody should publish by oversight: identity cards, phones, accounts.

Only what its check digit, its length or the words before it say is one; a document's own number,
a sum or a telephone of an office is none. Nothing is removed: only an editor decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.cn import ric

from generator.edits import line_at
from generator.model import Issue, Lines, Table

# digits that stand alone, blanks or hyphens between groups of an account
IDENTITY = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
MOBILE = re.compile(r"(?<![\d.+-])(?:\+?86[- ]?)?1[3-9]\d{9}(?![\d.])")
ACCOUNT = re.compile(
    r"(?:账号|帐号|账户|帐户|卡号)[^\d\n]{0,8}"
    r"(?P<digits>\d{4}(?:[ -]?\d{3,4}){2,4}\d{0,3})(?!\d)"
)
CARD = re.compile(r"(?<![\dA-Za-z.])[3-6]\d{15,18}(?![\dA-Za-z.])")
PERHAPS = re.compile(r"\d{11}|[账帐][号户]|卡号")  # what has none of these has no such number
SHOWN = 4  # digits at each end that a message repeats: enough to find it, too few to use it


def find_personal(issue: Issue) -> Iterator[tuple[Lines, str]]:
    """Find numbers of persons, each with its lines and a message that does not repeat it whole."""
    for document in issue.documents:
        for block in document.all_blocks():
            if isinstance(block, Table):
                for row, line in zip(block.rows, block.row_lines, strict=True):
                    for cell in row:
                        for _, message in _in_text(cell):
                            yield Lines(line, line), message
            else:
                for start, message in _in_text(block.text):
                    line = line_at(block.breaks, start)
                    yield Lines(line, line), message


def _in_text(text: str) -> Iterator[tuple[int, str]]:
    if not PERHAPS.search(text):
        return
    taken: set[int] = set()
    for kind, start, digits in _candidates(text):
        if start not in taken:
            taken |= set(range(start, start + len(digits)))
            shown = f"{digits[:SHOWN]}…{digits[-SHOWN:]}"
            yield start, f"疑似{kind}“{shown}”，涉及个人信息的，请核对是否可以公开"


def _candidates(text: str) -> Iterator[tuple[str, int, str]]:
    for found in IDENTITY.finditer(text):
        if ric.is_valid(found[0].upper()):
            yield "公民身份号码", found.start(), found[0]
    for found in ACCOUNT.finditer(text):
        yield "银行账号", found.start("digits"), found["digits"]
    for found in CARD.finditer(text):
        if luhn.is_valid(found[0]):
            yield "银行卡号", found.start(), found[0]
    for found in MOBILE.finditer(text):
        yield "手机号码", found.start(), found[0]
