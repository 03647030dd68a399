"""The names a document goes by, and the address of a work that is known by a title alone."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from generator.language.document_types import BARE, any_of
from generator.language.organs import STATE
from generator.language.pinyin import romanise
from generator.stages.parse.lines import fold_title

WORK_LENGTH = 60
SHORTEST_NAME = 4  # signs; 《意见》 names nothing outside its document
PLAN = re.compile(rf"(?:印发|转发|批转|公布|发布)《(?P<plan>.+)》(?:的{any_of('carries')})?$")
BARE_PLAN = re.compile(r"(?:印发|转发|批转)(?P<plan>[^《》]{4,})的通知$")
LAW = re.compile(r"法(?:典)?$")
# （试行） is part of a name, but a name without it is known too
TAIL = re.compile(r"[（(](?:试行|暂行|草案|修订|修正|\d{4}年[^（）]{0,8})[）)]$")


@lru_cache(maxsize=65536)
def fold_name(title: str) -> str:
    """Reduce a title to the signs that names are compared by; width and marks do not count."""
    return fold_title(unicodedata.normalize("NFKC", title)).lower()


def is_name(title: str) -> bool:
    """Whether a title names one document, and not 《规定》 or 《实施方案》 of some other."""
    return not BARE.fullmatch(title)


def names_of(title: str, issuer: str, transmitted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Folded titles that a document goes by.

    Whole; with its issuer and without; the plan it transmits; without 中华人民共和国.
    """
    bare = title.removeprefix(issuer)
    names = [title, bare, *transmitted]
    if issuer and not title.startswith(issuer):
        names.append(f"{issuer}{title}")
    plans = (pattern.search(title) for pattern in (PLAN, BARE_PLAN))
    names += [found["plan"] for found in plans if found]
    folded = [fold_name(name) for name in names if is_name(name)]
    for name in names:
        short = name.removeprefix(STATE)
        if short != name and (is_name(short) or LAW.search(short)):
            folded.append(fold_name(short))
    return tuple(
        dict.fromkeys(n for n in folded if len(n) >= (2 if LAW.search(n) else SHORTEST_NAME))
    )


def without_tail(title: str) -> str:
    """Give a title without its last bracket （试行）; the same where there is none."""
    return TAIL.sub("", title)


def title_id(title: str) -> str:
    """Make the id of a work that is known by its title alone (docs/data.md, "Addresses")."""
    folded = fold_title(title)
    digest = hashlib.sha256(folded.encode()).hexdigest()[:6]
    return f"{romanise(folded)[:WORK_LENGTH]}-{digest}"
