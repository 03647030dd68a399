"""Public addresses of a site and its files; there are none if gazette.toml has no homepage."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import cache, lru_cache
from urllib.parse import quote

from generator.model import Gazette
from generator.runtime.patterns import lazy_regex

# namespace for ids of things without an address; another value would change all these ids
SPACE = uuid.uuid5(uuid.NAMESPACE_OID, "gazette-generator")
INDEX = lazy_regex(r"(?<=/)index\.html$")
RESERVED = ":/?#[]@!$&'()*+,;=%~"


@cache
def _home(homepage: str) -> str:
    home = INDEX.sub("", homepage)
    return home if not home or home.endswith("/") else f"{home}/"


@cache
def _address(homepage: str) -> str:
    return quote(_home(homepage), safe=RESERVED)


def site_address(gazette: Gazette) -> str:
    """Give the public address of a site, percent-encoded, with / at its end; empty if unknown."""
    return _address(gazette.homepage)


def address_of(gazette: Gazette, path: str) -> str:
    """Give the public address of a file of the site, written as in gazette.toml (not encoded).

    It is empty if gazette.toml names no homepage. Formats that allow only ASCII (feeds, sitemaps)
    use site_address, which is percent-encoded.
    """
    return f"{_home(gazette.homepage)}{path}" if gazette.homepage else ""


def common_address(gazettes: Iterable[Gazette]) -> str:
    """Give the one address that the gazettes of a site name; empty if they name several or none."""
    found = {site_address(gazette) for gazette in gazettes} - {""}
    return found.pop() if len(found) == 1 else ""


@lru_cache(4096)
def issue_path(issue: str) -> str:
    """Encode the name of an issue for an address; the id of a document needs no encoding."""
    return quote(issue)


def lasting_id(address: str, path: str) -> str:
    """Make a permanent id: the address of a file, or without one a URN made from its path."""
    return f"{address}{quote(path)}" if address else uuid.uuid5(SPACE, path).urn
