"""Keys of the templates: a change of one renews the pages that use it, and no others.

The templates that another one uses are read from its text: jinja2 is not loaded for it, because a
build that finds nothing changed makes these keys, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from generator.runtime.digests import digest
from generator.runtime.patterns import lazy_regex

# kinds of the pages of issues, and their templates; generator/render/ and generator/formats/ name
# these
OF_ISSUES = {
    "cover": ("issue.md.j2",),
    "corrections": ("corrections.md.j2",),
    "documents": ("document.md.j2", "arranged.md.j2"),
    "formers": ("former.md.j2", "moved.html.j2"),
    "collations": ("collation.html.j2",),
}
ON_EVERY_PAGE = ("head.html.j2", "links.html.j2")  # with theme/: what surrounds the content
# folders of scripts, styles and pictures, which pages name and do not contain
OF_ASSETS = ("compare/", "search/", "theme/assets/")
OF_EDIT = "edit/"  # the desk of ``gazette edit`` is no part of a site
USED = lazy_regex(r"\{%-?\s*(?:extends|include|import|from)\s+\"([^\"]+)\"")


class TemplateKeys(NamedTuple):
    """The keys of the templates of each product."""

    around: str  # of all pages: what surrounds the content
    issues: dict[str, str]  # of the pages of issues, by their kind
    home: dict[str, str]  # of the pages of the home site, by the template of the page
    assets: str


def template_keys(templates: Mapping[str, bytes]) -> TemplateKeys:
    """Make the keys from the templates: name below templates/ → contents."""
    frame, assets, own = [], [], []
    for name in sorted(templates):
        if name.startswith(OF_ASSETS):
            assets.append(name)
        elif "/" not in name and name not in ON_EVERY_PAGE:
            own.append(name)
        elif not name.startswith(OF_EDIT):
            frame.append(name)
    around = _key(templates, frame)
    home = {name: digest(around, _key(templates, closure(templates, name))) for name in own}
    issues = {
        kind: digest(*(_key(templates, closure(templates, name)) for name in names))
        for kind, names in OF_ISSUES.items()
    }
    return TemplateKeys(around, issues, home, _key(templates, assets))


def closure(templates: Mapping[str, bytes], name: str) -> list[str]:
    """Give a template, and all that it uses directly or indirectly, sorted."""
    found: set[str] = set()
    left = [name]
    while left:
        one = left.pop()
        if one in templates and one not in found:
            found.add(one)
            left += USED.findall(templates[one].decode("utf-8", "replace"))
    return sorted(found)


def _key(templates: Mapping[str, bytes], names: list[str]) -> str:
    return digest(*(part for name in names for part in (name, templates[name])))
