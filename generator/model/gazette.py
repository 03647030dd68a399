"""What a gazette says of itself, and what it knows of other sites."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A document that another site publishes: an inventory or gazette.toml gives its address."""

    url: str
    title: str
    number: str
    site: str = ""  # what the other site calls itself
    names: tuple[str, ...] = ()  # folded titles that the other site knows it by


@dataclass(frozen=True, slots=True)
class Inventory:
    """The inventory of another site, as gazette.toml names it: its register.json."""

    site: str  # public address of the other site, which the addresses in it start from
    file: str  # the copy in the gazette's folder
    source: str  # where gazette fetch copies it from: an address or a file


@dataclass(frozen=True, slots=True)
class Host:
    """Who publishes the site, as the norms for government sites name it; empty where unknown."""

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
    """What gazette.toml says of a gazette (公报)."""

    id: str  # its folder's name, the first part of its addresses
    title: str
    place: str = ""
    homepage: str = ""  # public address of the site, for links out of a bundle
    contact: str = ""  # where readers report an error: an address or mailto:
    agencies: Mapping[str, str] = field(default_factory=dict)  # name as printed → name known by
    addresses: tuple[Elsewhere, ...] = ()  # of documents that other sites publish
    inventories: tuple[Inventory, ...] = ()
    host: Host = Host()
