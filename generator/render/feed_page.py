"""The page that explains feeds, and makes the address of one that a reader chooses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from generator.language.organ_ranks import organ_rank
from generator.render.home_page import IN_REGISTER, HomePage

FEEDS, FEEDS_TITLE = "feeds/index", "订阅"
# kinds of feeds in the order of the page: what each is called, and what it tells
KINDS = {
    "site": ("全站", "本站新收入的全部公文"),
    "gazette": ("公报", "某种公报新收入的公文"),
    "issuer": ("发文机关", "某个机关发的、新收入的公文"),
    "agency": ("责任单位", "新收入的、写明由某个单位负责或者配合任务的公文"),
    "type": ("文种", "新收入的某种公文：通知、意见、办法……"),
    "terms": ("施行与有效期", "新收入的、写明施行日期或者有效期的公文"),
}
ORGANS = frozenset({"issuer", "agency"})  # sorted by level, as their registers are


class OfferedFeed(NamedTuple):
    """A feed, as readers choose it."""

    kind: str
    name: str
    path: str  # relative to the site's root, without suffix
    suffixes: tuple[str, ...]  # of its files


def feed_page(feeds: Sequence[OfferedFeed], site: str) -> HomePage:
    """Plan the page; ``site`` is the public address of the site, empty if it has none."""
    order = list(KINDS)
    listed = sorted(feeds, key=lambda feed: (order.index(feed.kind), *_place(feed)))
    groups = [
        (kind, *KINDS[kind], list(group)) for kind, group in groupby(listed, key=lambda f: f.kind)
    ]
    values = {"title": FEEDS_TITLE, "above": (), "groups": groups, "site": site}
    return HomePage(FEEDS, "feeds.html.j2", values, {**IN_REGISTER, "makes_feeds": True})


def _place(feed: OfferedFeed) -> tuple[object, ...]:
    if feed.kind in ORGANS:
        return (*organ_rank(feed.name), feed.name)
    return (feed.path,)
