"""The facts of gazette.toml: about the gazette, and about other sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A document that another site publishes: an inventory or gazette.toml gives its address."""

    url: str
    title: str
    number: str
    site: str = ""  # the name that the other site gives itself
    names: tuple[str, ...] = ()  # folded titles under which the other site lists it


@dataclass(frozen=True, slots=True)
class Inventory:
    """The inventory (register.json) of another site, as gazette.toml names it."""

    site: str  # public address of the other site; the addresses in the inventory are relative to it
    file: str  # the copy in the gazette's folder
    source: str  # the original that gazette fetch copies: an address or a file


@dataclass(frozen=True, slots=True)
class Host:
    """The publisher of the site, with the items that norms for government sites require.

    An unknown item is empty.
    """

    site: str = ""  # 网站名称
    domain: str = ""  # 网站域名
    code: str = ""  # 网站标识码
    column: str = ""  # 栏目名称
    organ: str = ""  # 主办单位
    phone: str = ""  # 联系电话
    icp: str = ""  # ICP备案号
    police: str = ""  # 公安备案号


@dataclass(frozen=True, slots=True)
class Gazette:
    """A gazette (公报), as its gazette.toml describes it."""

    id: str  # the name of its folder, the first part of its addresses
    title: str
    place: str = ""
    homepage: str = ""  # public address of the site, for feeds, canonical links, links in a bundle
    contact: str = ""  # for readers who report an error: an address or mailto:
    agencies: Mapping[str, str] = field(default_factory=dict)  # printed name → name in registers
    # groups of names of one agency, for the search: known name, former and short names
    synonyms: tuple[tuple[str, ...], ...] = ()
    addresses: tuple[Elsewhere, ...] = ()  # of documents that other sites publish
    inventories: tuple[Inventory, ...] = ()
    host: Host = Host()
