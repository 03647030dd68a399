"""The places in a title where a line may end, with the names of its gazette kept whole."""

from __future__ import annotations

from itertools import pairwise

from generator.language.title_breaks import title_breaks
from generator.model import Gazette
from generator.stages.parse.identity import issuer_length

Names = tuple[str, ...]


def names_of(gazette: Gazette) -> Names:
    """List the names in gazette.toml, which no title cuts: of the place and of the agencies."""
    agencies = (*gazette.agencies, *gazette.agencies.values())
    groups = (name for group in gazette.synonyms for name in group)
    return tuple(dict.fromkeys(filter(None, (gazette.title, gazette.place, *agencies, *groups))))


def breaks_of(title: str, names: Names = ()) -> tuple[int, ...]:
    """List the offsets in a title in front of which a line may begin."""
    return title_breaks(title, names, issuer_length(title))


def parts_of(title: str, names: Names = ()) -> list[str]:
    """Split a title at these places."""
    edges = (0, *breaks_of(title, names), len(title))
    return [title[start:end] for start, end in pairwise(edges)]
