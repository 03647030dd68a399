"""The names by which a document is cited, and the id of a work that is known only by a title."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

from generator.language.document_types import BARE, any_of
from generator.language.organs import STATE
from generator.language.pinyin import romanise
from generator.runtime.patterns import lazy_regex
from generator.stages.parse.lines import fold_title

WORK_LENGTH = 60
SHORTEST_NAME = 4  # characters; 《意见》 identifies nothing outside its document
PLAN = lazy_regex(rf"(?:印发|转发|批转|公布|发布)《(?P<plan>.+)》(?:的{any_of('carries')})?$")
BARE_PLAN = lazy_regex(r"(?:印发|转发|批转)(?P<plan>[^《》]{4,})的通知$")
LAW = lazy_regex(r"法(?:典)?$")
# （试行） is part of a title, but a document is also cited without it
TAIL = lazy_regex(r"[（(](?:试行|暂行|草案|修订|修正|\d{4}年[^（）]{0,8})[）)]$")


@lru_cache(maxsize=8192)  # bounded, because all titles of an archive are folded
def fold_name(title: str) -> str:
    """Reduce a title to the form in which names are compared.

    Width, case and punctuation do not count.
    """
    return fold_title(unicodedata.normalize("NFKC", title)).lower()


def is_name(title: str) -> bool:
    """Whether a title identifies one document; 《规定》 and 《实施方案》 do not."""
    return not BARE.fullmatch(title)


def names_of(title: str, issuer: str, transmitted: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the folded titles by which a document is cited.

    These are the whole title, the title with its issuer and without it, the title of a plan that
    it transmits, and each of these without 中华人民共和国.
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
    """Remove a last bracket such as （试行） from a title; give other titles unchanged."""
    return TAIL.sub("", title)


def title_id(title: str) -> str:
    """Give the id of a work that is known only by its title (docs/data.md, "Addresses")."""
    folded = fold_title(title)
    digest = hashlib.sha256(folded.encode()).hexdigest()[:6]
    return f"{romanise(folded)[:WORK_LENGTH]}-{digest}"
