"""A new gazette: the form on the page → gazette.toml, checked before anything is taken in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from generator.content import GAZETTE_FILE, TAKEN, read_gazette
from generator.content.toml_blocks import quoted
from generator.language.file_names import fault_of
from generator.language.pinyin import romanise
from generator.runtime.errors import GazetteError, UsageError
from generator.runtime.patterns import lazy_regex

ID = lazy_regex(r"[a-z0-9][a-z0-9-]*")
# what the name of a gazette has beside its place, from the end: 某某市人民政府办公室公报
KINDS = lazy_regex(r"(?:人民)?(?:政府|委员会)?(?:办公厅|办公室)?(?:公报|政报|公告|通报|月刊)+$")
RANKS = lazy_regex(r"(?<=..)(?:特别行政区|自治[区州县]|[省市县区])$")
LONGEST_ID = 30
# the keys of the form by their names on the page
LABELS: Mapping[str, str] = {
    "title": "名称", "place": "地方", "homepage": "网站的公开地址", "contact": "读者报错的地址",
    "organ": "主办单位", "phone": "联系电话", "site": "网站名称", "domain": "网站域名",
    "code": "网站标识码", "column": "栏目名称", "icp": "ICP 备案号", "police": "公安备案号",
}  # fmt: skip
OWN = ("title", "place", "homepage", "contact")  # the others are of [host]


class GazetteForm(msgspec.Struct, frozen=True):
    """What the form asks; the title alone is required."""

    title: str = ""
    place: str = ""
    homepage: str = ""
    contact: str = ""
    organ: str = ""
    phone: str = ""
    site: str = ""
    domain: str = ""
    code: str = ""
    column: str = ""
    icp: str = ""
    police: str = ""


def proposed_id(title: str, taken: Collection[str]) -> str:
    """Propose the English name of a gazette: 示范市人民政府公报 → shifan; shifanshi if taken."""
    place = KINDS.sub("", title) or title
    for words in (RANKS.sub("", place), place, title):
        if (made := romanise(words)[:LONGEST_ID]) and made not in taken:
            return made
    return ""


def refuse_id(name: str, taken: Mapping[str, str]) -> None:
    """Refuse an English name that cannot be a part of addresses, or is another gazette's."""
    if not ID.fullmatch(name):
        msg = f"网址里的英文名只能有小写字母、数字和 -，并以字母或数字开头，现为“{name}”；请改正"
        raise UsageError(msg)
    if name in TAKEN or fault_of(name):
        msg = f"英文名不能叫“{name}”，网站或 Windows 已用了它；请换一个"
        raise UsageError(msg)
    if name in taken:
        msg = f"英文名“{name}”已是《{taken[name]}》的；请换一个，或在上面选这种公报"
        raise UsageError(msg)


def gazette_text(form: GazetteForm) -> str:
    """Write gazette.toml; UsageError, in the words of the form, for what cannot be in it."""
    values = {
        key: value.strip()
        for key, value in msgspec.structs.asdict(form).items()
        if value.strip()
    }  # fmt: skip
    if "title" not in values:
        msg = "请写公报的名称"
        raise UsageError(msg)
    if "contact" in values and "@" in values["contact"] and ":" not in values["contact"]:
        values["contact"] = f"mailto:{values['contact']}"
    lines = [f"{key} = {quoted(values[key])}" for key in OWN if key in values]
    host = [f"{key} = {quoted(value)}" for key, value in values.items() if key not in OWN]
    text = "\n".join([*lines, *(["", "[host]", *host] if host else [])]) + "\n"
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "gazette"
        folder.mkdir()
        (folder / GAZETTE_FILE).write_text(text, "utf-8", newline="\n")
        try:
            read_gazette(folder)
        except GazetteError as error:
            msg = str(error).partition(": ")[2] or str(error)
            key, _, rest = msg.partition(" ")
            raise UsageError(f"{LABELS[key]}{rest}" if key in LABELS else msg) from error
    return text
