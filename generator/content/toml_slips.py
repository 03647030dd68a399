"""A line of TOML with a slip of the pen → the line as it was likely meant."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass

from generator.runtime.patterns import lazy_regex

HALF_WIDTH_TEXT = lazy_regex(r"\"[^\"]*\"|'[^']*'")
WIDE = str.maketrans(
    "＝［］【】＃，．＂＇｛｝　" + "０１２３４５６７８９", "=[][]#,.\"'{} " + "0123456789"
)
KEY = r"(?P<key>[\w.-]+|\"[^\"]*\"|'[^']*')"
PAIRED = lazy_regex(
    r"(?P<before>^|[=＝:：\[［【,，]\s*)[“”‘’「＂]+(?P<text>[^“”‘’「」＂\"']*)[“”‘’」＂]+"
)
MIXED = lazy_regex(
    rf"^\s*{KEY}\s*=\s*(?:[\"'](?P<one>[^\"'“”‘’]*)[“”‘’]|[“”‘’](?P<two>[^\"'“”‘’]*)[\"'])\s*$"
)
TRUTH = {"True": "true", "TRUE": "true", "是": "true", "yes": "true",
         "False": "false", "FALSE": "false", "否": "false", "no": "false"}  # fmt: skip
TRUTH_WORD = lazy_regex(rf"^\s*{KEY}\s*=\s*(?P<value>{'|'.join(TRUTH)})\s*$")
COLON = lazy_regex(rf"^\s*{KEY}\s*[:：]\s*(?P<value>\S.*)$")
NO_EQUALS = lazy_regex(rf"^\s*{KEY}\s+(?P<value>[^=\s].*)$")
ORDINAL = lazy_regex(rf"^\s*{KEY}\s*=\s*第?(?P<value>\d+)[行页期]$")
BARE = lazy_regex(rf"^\s*{KEY}\s*=\s*(?P<value>[^\"'\[{{\d\s][^\"'#]*?)\s*$")
NO_LAST = lazy_regex(rf"^\s*{KEY}\s*=\s*(?P<quote>[\"'])(?P<value>[^\"']*)$")
NO_FIRST = lazy_regex(rf"^\s*{KEY}\s*=\s*(?P<value>[^\"']+)(?P<quote>[\"'])\s*$")
INNER = lazy_regex(rf"^\s*{KEY}\s*=\s*\"(?P<value>[^']*)\"\s*$")
HEADER = lazy_regex(r"^\s*(?P<open>\[{1,2})\s*(?P<key>[\w.-]+)\s*(?P<close>\]{0,2})\s*$")
NO_OPEN = lazy_regex(r"^\s*(?P<key>[\w.-]+)\s*(?P<close>\]{1,2})\s*$")


@dataclass(frozen=True, slots=True)
class Slip:
    """A kind of slip: what is said of it, and the line without it."""

    says: str
    mended: Callable[[str], str]


def _outside_texts(text: str, change: Callable[[str], str]) -> str:
    """Change a line, except within half-width quotation marks, where any character may stand."""
    parts: list[str] = []
    at = 0
    for found in HALF_WIDTH_TEXT.finditer(text):
        parts += (change(text[at : found.start()]), found[0])
        at = found.end()
    return "".join([*parts, change(text[at:])])


def _unwrapped(text: str) -> str:
    return _outside_texts(text, lambda part: PAIRED.sub(r'\g<before>"\g<text>"', part))


def _narrow(text: str) -> str:
    return _outside_texts(text, lambda part: part.translate(WIDE))


def _same_quotes(text: str) -> str:
    found = MIXED.match(text)
    return f'{found["key"]} = "{found["one"] or found["two"] or ""}"' if found else text


def _truth(text: str) -> str:
    found = TRUTH_WORD.match(text)
    return f"{found['key']} = {TRUTH[found['value']]}" if found else text


def _inner_quotes(text: str) -> str:
    found = INNER.match(text)
    has_quotes = found and '"' in found["value"]
    return f"{found['key']} = '{found['value']}'" if found and has_quotes else text


def _single_quoted(text: str) -> str:
    found = INNER.match(text)
    is_path = found and "\\" in found["value"] and '"' not in found["value"]
    return f"{found['key']} = '{found['value']}'" if found and is_path else text


def _closed_header(text: str) -> str:
    if found := HEADER.match(text):
        count = max(len(found["open"]), len(found["close"]))
    elif found := NO_OPEN.match(text):
        count = len(found["close"])
    else:
        return text
    return f"{'[' * count}{found['key']}{']' * count}"


# each is tried on the line that those before it have mended; the order is that of likelihood
SLIPS: tuple[Slip, ...] = (
    Slip("引号是全角的", _unwrapped),
    Slip("有全角的符号、数字或空格", _narrow),
    Slip("键和值之间是冒号", lambda text: COLON.sub(r"\g<key> = \g<value>", text)),
    Slip("键和值之间没有等号", lambda text: NO_EQUALS.sub(r"\g<key> = \g<value>", text)),
    Slip("数字不要写“第”和“行”", lambda text: ORDINAL.sub(r"\g<key> = \g<value>", text)),
    Slip("是和否写作 true 和 false", _truth),
    Slip("一边的引号是全角的", _same_quotes),
    Slip("文字没有加引号", lambda text: BARE.sub(r'\g<key> = "\g<value>"', text)),
    Slip("少了后一半引号",
         lambda text: NO_LAST.sub(r"\g<key> = \g<quote>\g<value>\g<quote>", text)),
    Slip("少了前一半引号",
         lambda text: NO_FIRST.sub(r"\g<key> = \g<quote>\g<value>\g<quote>", text)),
    Slip("引号里又有引号", _inner_quotes),
    Slip("双引号里有 \\", _single_quoted),
    Slip("方括号没有成对", _closed_header),
)  # fmt: skip


def likely_slip(line: str) -> tuple[str, str]:
    """Give what is likely wrong with a line and the line as it was likely meant; "" if unknown."""
    text = line.strip()
    says: list[str] = []
    if _is_toml(text):
        return "", ""
    for slip in SLIPS:
        mended = slip.mended(text)
        if mended == text:
            continue
        text = mended
        says.append(slip.says)
        if _is_toml(text):
            return "，".join(says), text
    return "", ""


def _is_toml(text: str) -> bool:
    try:
        return bool(tomllib.loads(text))
    except (ValueError, RecursionError):
        return False
