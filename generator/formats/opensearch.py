"""opensearch.xml (OpenSearch 1.1): browsers offer the site's search among their own.

The template in it must be an absolute address. So the file exists only if gazettes of the site name
a public address, and all of them the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.formats.feeds import xml_text
from generator.formats.planned import PlannedFile
from generator.model import Gazette
from generator.model.addresses import common_address
from generator.runtime.digests import digest

OPENSEARCH_FILE = "opensearch.xml"
OPENSEARCH_TYPE = "application/opensearchdescription+xml"
SPACE = "http://a9.com/-/spec/opensearch/1.1/"  # an XML name, never loaded
LONGEST_NAME = 16  # characters of ShortName, by the specification
LONGEST_TITLE = 48  # of LongName


def opensearch(gazettes: Iterable[Gazette], name: str) -> Iterator[PlannedFile]:
    """Plan the description of a site's search, if the site has a public address."""
    if site := common_address(gazettes):
        yield PlannedFile(OPENSEARCH_FILE, digest(site, name), partial(_describe, site, name))


def _describe(address: str, name: str) -> str:
    site = xml_text(address)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<OpenSearchDescription xmlns="{SPACE}">\n'
        f"<ShortName>{xml_text(name[:LONGEST_NAME])}</ShortName>\n"
        f"<LongName>{xml_text(name[:LONGEST_TITLE])}</LongName>\n"
        "<Description>在公报全文中检索</Description>\n"
        f'<Url type="text/html" template="{site}search/index.html?q={{searchTerms}}"/>\n'
        f'<Url type="{OPENSEARCH_TYPE}" rel="self" template="{site}{OPENSEARCH_FILE}"/>\n'
        "<Language>zh-CN</Language>\n<InputEncoding>UTF-8</InputEncoding>\n"
        "<OutputEncoding>UTF-8</OutputEncoding>\n</OpenSearchDescription>\n"
    )
