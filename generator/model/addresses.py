"""Public addresses: a site has one where gazette.toml names it (homepage), else none."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from functools import cache, lru_cache
from urllib.parse import quote

from generator.model import Gazette

# names of what has no address; changing it would change them all
SPACE = uuid.uuid5(uuid.NAMESPACE_OID, "gazette-generator")
INDEX = re.compile(r"(?<=/)index\.html$")
RESERVED = ":/?#[]@!$&'()*+,;=%~"


@cache
def _home(homepage: str) -> str:
    home = INDEX.sub("", homepage)
    return home if not home or home.endswith("/") else f"{home}/"


@cache
def _address(homepage: str) -> str:
    return quote(_home(homepage), safe=RESERVED)


def site_address(gazette: Gazette) -> str:
    """Give the public address that the paths of a site start from; empty where none is named."""
    return _address(gazette.homepage)


def address_of(gazette: Gazette, path: str) -> str:
    """Give the public address of a file of the site, in the letters of gazette.toml.

    Empty where it names none. What takes nothing but ASCII (feeds, sitemaps) quotes: site_address.
    """
    return f"{_home(gazette.homepage)}{path}" if gazette.homepage else ""


def common_address(gazettes: Iterable[Gazette]) -> str:
    """Give the one address that the gazettes of a site name; empty where they name two, or none."""
    found = {site_address(gazette) for gazette in gazettes} - {""}
    return found.pop() if len(found) == 1 else ""


@lru_cache(4096)
def issue_path(issue: str) -> str:
    """Write the name of an issue as addresses do; the id of a document needs no such care."""
    return quote(issue)


def lasting_id(address: str, path: str) -> str:
    """Name something for good: by its address, else by a urn made of its path in the archive."""
    return f"{address}{quote(path)}" if address else uuid.uuid5(SPACE, path).urn
