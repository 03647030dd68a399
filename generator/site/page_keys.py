"""Which pages of an issue are stale, and why: its text is as before, links or templates are not.

A document's page and the data beside it show the document and its part of the links; the cover
shows the state of each document; issue.json holds all documents, and findings on links. So the key
of a page is that of its part of the links, one for each kind, and that of its templates; the kinds
with other keys than before are the reasons to build the page again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from generator.formats.issue_json import ISSUE_FILE
from generator.model import Links, Summary, mark_of
from generator.render.issue import CORRECTIONS, COVER
from generator.runtime.digests import key_of
from generator.site.manifest import IssuePages
from generator.site.records import ExistingSite

# the kinds of links that no page shows: issue.json has the findings that are made of them
FINDINGS = ("diagnostics", "republished")
FORMERS, COLLATIONS = "formers", "collations"  # the names of all pages of a kind
# why a page is built; the other reasons are kinds of links (model/links.py)
NEW, TEXT, PROGRAM, DAMAGED, LISTED = "new", "text", "program", "damaged", "listed"
TEMPLATE = "template"
WORDS = {  # for an editor
    NEW: "新网页",
    TEXT: "本期文件或 gazette.toml 有改动",
    PROGRAM: "程序、模板或配置有改动",
    TEMPLATE: "这种网页的模板有改动",
    DAMAGED: "现有网站的文件不全或被改过",
    LISTED: "所列内容、网站名称或导航有改动",
    "resolved": "所引公文的去处变了",
    "cited_by": "引用它的公文变了",
    "neighbours": "相关公文变了",
    "diagnostics": "引用方面的提示变了",
    "amends": "所改公文的去处变了",
    "amended": "修改它的决定变了",
    "republished": "重新公布的依据变了",
    "states": "效力状态变了",
    "printings": "同一篇公文的其他刊登变了",
    "marks": "目录里的状态变了",
    "documents": "其中公文的数据变了",
}


def page_keys(
    summary: Summary, links: Links, templates: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Make the keys of what each page of an issue shows beside its text, by the name of the page.

    ``links`` are those of the issue, ``templates`` the keys of the templates of each kind of page.
    All pages at former addresses have one name, and so have all collation pages.
    """
    kinds = {field.name: getattr(links, field.name) for field in fields(links)}
    found: dict[str, dict[str, str]] = {}
    for document in summary.documents:
        own = (summary.name, document.id)
        shown = {
            kind: [(key, value) for key, value in each.items() if key[:2] == own]
            for kind, each in kinds.items()
            if kind not in FINDINGS
        }
        found[document.id] = {kind: key_of(part) for kind, part in shown.items() if part}
        found[document.id][TEMPLATE] = templates["documents"]
    marks = [mark_of(links.states.get((summary.name, d.id))) for d in summary.documents]
    found[COVER] = {"marks": key_of(marks), TEMPLATE: templates["cover"]}
    for name in (CORRECTIONS, FORMERS, COLLATIONS):
        found[name] = {TEMPLATE: templates[name]}
    # keys in JSON must be texts, so mappings become lists of pairs
    found[ISSUE_FILE] = {kind: key_of(list(kinds[kind].items())) for kind in FINDINGS}
    return found


def stale_pages(
    old: IssuePages, now: Mapping[str, Mapping[str, str]]
) -> dict[str, tuple[str, ...]]:
    """Give the pages that show something else than before, each with the kinds of what changed."""
    found: dict[str, tuple[str, ...]] = {}
    for name, keys in now.items():
        before = old.keys.get(name, {})
        changed = [k for k in (*keys, *(before.keys() - keys)) if keys.get(k) != before.get(k)]
        if changed:
            found[name] = tuple(sorted(changed))
    if any(set(kinds) != {TEMPLATE} for kinds in found.values()):
        found[ISSUE_FILE] = found.get(ISSUE_FILE) or ("documents",)
    return found


def in_words(reasons: Iterable[str]) -> str:
    """Say why a page is built, in words for an editor."""
    return "；".join(WORDS[reason] for reason in reasons)


def why_whole(existing: ExistingSite, name: str, key: str, program: str) -> str:
    """Say why all pages of an issue are built: ``key`` is that of its input."""
    build = existing.build
    if build is None or name not in build.issues:
        return NEW
    if build.program.pages != program:
        return PROGRAM
    return DAMAGED if build.issues[name] == key else TEXT
