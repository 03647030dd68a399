"""A planned page of the home site: its key shows whether the existing site has it already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import jinja2

from generator.archive.registers import Mention
from generator.model import RegisterName
from generator.render.careers import tenure_rows
from generator.render.escape import front_matter
from generator.render.printings import Compared
from generator.render.sayings import (
    SaidOf,
    Statement,
    by_due_year,
    statements,
    task_rows,
)
from generator.runtime.digests import key_of

Quoted: TypeAlias = "tuple[str, str]"  # an issue that a page quotes, and the key of its own stages

# what templates use to write rows of statements
ROWS = {"by_due_year": by_due_year, "task_rows": task_rows, "tenure_rows": tenure_rows}
IN_REGISTER = {"page_kind": "register"}


@dataclass(frozen=True, slots=True)
class Quotes:
    """The statements about one person, post or agency that a page quotes from issues."""

    register: RegisterName
    name: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class TaskFile:
    """A list beside the page of an agency, with the tasks that the page shows."""

    path: str
    site: str  # the public address of the site; empty if it has none


@dataclass(frozen=True, slots=True)
class HomePage:
    """A planned page: its template, and the values that the template prints."""

    path: str  # relative to the site's root, without its suffix
    template: str  # a .md.j2 writes Markdown, a .html.j2 HTML
    values: Mapping[str, object]
    facts: Mapping[str, object]  # its front matter
    headings: tuple[tuple[str, str], ...] = ()  # of an HTML page, below its title: (anchor, name)
    quoted: tuple[Quoted, ...] = ()
    task_file: TaskFile | None = None

    @property
    def key(self) -> str:
        """Give its cache key: a digest of its template, its values and the issues it quotes."""
        own = (
            self.template, self.values, self.facts, self.headings, self.quoted, self.task_file,
        )  # fmt: skip
        return key_of(own)

    @property
    def is_html(self) -> bool:
        """Say whether it is HTML from the start; its Markdown is then front matter alone."""
        return self.template.endswith(".html.j2")

    @property
    def files(self) -> tuple[str, ...]:
        """Give the paths of the files that are written with it: the page, and its list."""
        return (f"{self.path}.html", *([self.task_file.path] if self.task_file else []))

    def markdown(self, environment: jinja2.Environment) -> str:
        """Write its Markdown, with the front matter."""
        head = front_matter(self.facts)
        if self.is_html:
            return head
        return environment.get_template(self.template).render(front_matter=head, **self.values)

    def html(
        self,
        environment: jinja2.Environment,
        sayings: Callable[[str], SaidOf],
        compared: Compared,
    ) -> str:
        """Write the HTML of a page; ``sayings`` gives the statements of an issue (sayings.py).

        ``compared`` gives the differences between two printings (printings.py).
        """

        def told(quotes: Quotes) -> list[Statement]:
            return statements(quotes.register, quotes.name, quotes.mentions, sayings)

        return environment.get_template(self.template).render(
            **self.values, told=told, compared=compared, **ROWS
        )

    def tasks(self, sayings: Callable[[str], SaidOf]) -> list[Statement]:
        """Give the statements that the page of an agency shows, for its list."""
        quotes = self.values.get("quotes")
        if not isinstance(quotes, Quotes):
            return []
        return statements(quotes.register, quotes.name, quotes.mentions, sayings)


def list_page(
    path: str,
    title: str,
    above: Sequence[tuple[str, str]],
    listed: tuple[str, Mapping[str, object]],
    headings: Iterable[tuple[str, str]] = (),
    quoted: tuple[Quoted, ...] = (),
    task_file: TaskFile | None = None,
) -> HomePage:
    """Plan a page of a register; ``listed`` is the template and the values of its list."""
    template, own = listed
    values = {"title": title, "above": above, **own}
    return HomePage(path, template, values, IN_REGISTER, tuple(headings), quoted, task_file)


def moved_page(path: str, title: str, above: Sequence[tuple[str, str]], address: str) -> HomePage:
    """Plan a page that keeps an address of before, and leads to the page that has its contents."""
    return list_page(path, title, above, ("register_moved.html.j2", {"address": address}))


def quoted_issues(mentions: Iterable[Mention], keys: Mapping[str, Quoted]) -> tuple[Quoted, ...]:
    """Give the issues that mentions are from, with their keys."""
    issues = sorted({mention.issue for mention in mentions})
    return tuple(keys[issue] for issue in issues)
