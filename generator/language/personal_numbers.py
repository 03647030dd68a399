"""Personal numbers in a text: identity cards, mobile phones, bank accounts and cards.

A number is found only if its check digit, its length or the words before it show what it is; a
document number, a sum and an office telephone are not.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from generator.runtime.patterns import lazy_regex

# full-width digits and other dashes and blanks, read as the ASCII ones; no offset changes
PLAIN = str.maketrans(
    "０１２３４５６７８９Ｘｘ＋（）．\u00a0\u2002\u2003\u2009\u202f\u3000－\u2010\u2011\u2012–—−",
    "0123456789XX+().      -------",
)
PERHAPS = lazy_regex(  # a text without any of these contains no personal number
    r"\d(?:[\s\-－\u2010-\u2012–—−]?\d){9}|[账帐][号户]|卡号"
)
# ID440301199003070019 · 440301 19900307 0019 · 440301-19900307-0019; the first group may belong to
# another number before it, so that the pattern is tried at each group
IDENTITY = lazy_regex(r"(?<!\d)(?=(?P<number>\d(?:[ -]?\d){16}[ -]?[\dXx])(?!\d))")
# a number of which somebody covered a part: 5104**********0019 · 138****5678
COVERED = lazy_regex(
    r"(?<![\dA-Za-z])\d{2,12}[ ]?[*＊×✕xX●■○□█]{4,20}[ ]?\d{0,4}[xX]?(?![\dA-Za-z])"
)
MOST_GROUPS = 6  # 4403 0119 9003 0700 19 has five; more than six are a row of small numbers
# not followed by a unit or 号, which mark a sum or a serial: 13812345678元, 13812345678.5,
# 13812345678号
NO_COUNT = r"(?!\.?\d)(?![ ]?(?:[万亿]?(?:美?元|吨|千瓦)|[万亿]|号(?!码)))"
COUNTRY = r"\(?(?:\+|00)86\)?[ -]?"
# 13812345678 · +86 138-1234-5678 · 138 1234 5678, but not 150 2015 2016
MOBILE = lazy_regex(
    rf"""
    (?<![\d.¥￥$])(?<!\d[-+])(?<![A-Za-z]-)
    (?:
      (?:{COUNTRY}|86[ -]?)?(?P<whole>1[3-9]\d{{9}})
    | (?:{COUNTRY}|(?<!\d[ -]))
      (?P<parts>1[3-9]\d(?![ -](?:19|20)\d\d[ -](?:19|20)\d\d)[ -]\d{{4}}[ -]\d{{4}})(?![ -]\d)
    ){NO_COUNT}
    """,
    re.VERBOSE,
)
# 账号：6222 0212 3456 7890 123 · 账号：中国银行某某分行营业部 6222…
ACCOUNT = lazy_regex(
    r"(?:账号|帐号|账户|帐户|卡号)(?P<between>[^\d\n。；;]{0,30})"
    rf"(?P<digits>\d{{4}}(?:[ -]?\d{{3,4}}){{2,4}}\d{{0,3}}){NO_COUNT}"
)
# the number after these words is of another kind: 账户管理咨询电话0812-3324587
OTHER = lazy_regex(
    r"电话|手机|传真|热线|联系|邮编|编号|代码|税号|证号|[文批]号|[余金总]额|日期|收入|支出"
)
TELEPHONE = lazy_regex(r"0\d{2,3}[ -]?\d{7,8}")
CARD = lazy_regex(rf"(?<![\dA-Za-z.])[3-6]\d{{15,18}}(?![A-Za-z]){NO_COUNT}")
# words before numbers of things: 统一社会信用代码：… · 证书编号为…; 身份证编号 and 证件代码 are
# personal
SERIAL = lazy_regex(
    r"(?<!身份证)(?<!身份)(?<!证件)(?:编号|代码|[文批序单]号|流水号|条码|备案号|登记号|许可证号?)"
    r"[^\w\n]{0,3}[为是]?[^\w\n]?$"
)
BEFORE = 12  # characters before a number that are searched for such words


def personal_numbers(text: str) -> Iterator[tuple[str, int, str]]:
    """Find the personal numbers of a text: the kind, the offset, the number as it is printed."""
    if not PERHAPS.search(text):
        return
    taken: set[int] = set()
    for kind, start, number in _candidates(text.translate(PLAIN)):
        if start not in taken:
            taken |= set(range(start, start + len(number)))
            yield kind, start, text[start : start + len(number)]


def _candidates(text: str) -> Iterator[tuple[str, int, str]]:
    for found in IDENTITY.finditer(text):
        if _is_identity(found["number"]) and not _is_serial(text, found.start()):
            yield "公民身份号码", found.start(), found["number"]
    for found in ACCOUNT.finditer(text):
        if not OTHER.search(found["between"]) and not TELEPHONE.fullmatch(found["digits"]):
            yield "银行账号", found.start("digits"), found["digits"]
    for found in CARD.finditer(text):
        if _is_card(found[0]) and not _is_serial(text, found.start()):
            yield "银行卡号", found.start(), found[0]
    for found in MOBILE.finditer(text):
        if not _is_serial(text, found.start()):
            kind = "whole" if found["whole"] else "parts"
            yield "手机号码", found.start(kind), found[kind]


def _is_card(number: str) -> bool:
    """Whether a number has the check digit of a bank card and is no company's code."""
    # imported here because stdnum takes longer to load than an issue takes to check, and few issues
    # have such numbers
    from stdnum import luhn
    from stdnum.cn import uscc

    return luhn.is_valid(number) and not uscc.is_valid(number)


def _is_identity(number: str) -> bool:
    """Whether a number has the check digit and a possible day of birth of an identity number.

    ric.is_valid is not used: it also requires that the county had its code in the year of birth,
    and 510402 did not exist in 1980.
    """
    if len(re.split(r"[ -]", number)) > MOST_GROUPS:
        return False
    from stdnum.cn import ric, uscc  # imported here for the reason given in _is_card

    digits = re.sub(r"[ -]", "", number).upper()
    if digits[0] == "9" and uscc.is_valid(digits):  # a company in a county 19 or 20
        return False
    if digits[6:8] not in ("19", "20") or ric.calc_check_digit(digits) != digits[-1]:
        return False
    try:
        datetime.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    return True


def _is_serial(text: str, start: int) -> bool:
    return bool(SERIAL.search(text[max(0, start - BEFORE) : start]))
