"""Official text and facts → Markdown that shows them as they are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2
import msgspec
import yaml
from markupsafe import Markup, escape

from generator.language.unseen import named
from generator.render.line_breaks import Names, parts_of
from generator.render.policy import POLICY, REFERRER
from generator.runtime.patterns import lazy_regex

SPECIAL = lazy_regex(r"[\\`*_{}\[\]]")
# characters that HTML or old JavaScript would interpret
EMBEDDED = lazy_regex(r"[<>&\u2028\u2029]")
INVISIBLE = '<span class="invisible-sign" data-sign="{}"></span>'
# makes a heading, a list, a quotation or a rule at the beginning of a line
LINE_START = lazy_regex(r"^(?P<first>[#>+=-]|\d{1,9}(?=[.)](?:\s|$)))")

# libyaml writes the same text five times as fast, where Python was built with it
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def escape_markdown(text: str) -> str:
    r"""Escape a text so that Markdown and HTML show it as it is.

    ``1. *注* <b>`` → ``1\. \*注\* &lt;b>``
    """
    text = SPECIAL.sub(r"\\\g<0>", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    if found := LINE_START.match(text):
        first, rest = found["first"], text[found.end() :]
        if first in ">=":  # Markdown does not know \= as an escape; a line of = makes a heading
            return f"&#{ord(first)};{rest}"
        return f"{first}\\{rest}" if first.isdecimal() else f"\\{text}"
    return text


def escape_cell(text: str) -> str:
    """Escape a text for a cell of a table."""
    return escape_markdown(text).replace("|", "\\|")


def escape_inside(text: str) -> str:
    """Escape a text that is not at the beginning of its line."""
    return escape_markdown(f"\u4e00{text}")[1:]


def escape_title(text: str) -> str:
    """Escape a text for the title of a link; a straight quotation mark would end it."""
    return escape_inside(text).replace('"', "&quot;")


@jinja2.pass_eval_context
def broken(context: jinja2.nodes.EvalContext, title: str, names: Names = ()) -> str:
    """Write a title with the places where a line may end: as HTML or Markdown, as the template is.

    No copy of the page's text contains them, and no text that the search reads.
    """
    first, *rest = parts_of(title, names)
    if context.autoescape:
        return Markup("<wbr>").join(map(escape, (first, *rest)))
    return "<wbr>".join([escape_markdown(first), *map(escape_inside, rest)])


@cache
def template_environment(
    templates: Path | tuple[Path, ...], compiled: Path | None = None
) -> jinja2.Environment:
    """Make the Jinja environment of the templates in these folders, once per process.

    If two folders have a template of the same name, the first folder wins. Templates of HTML escape
    the values that they print. The folder ``compiled`` keeps the compiled templates for the next
    process.
    """
    if compiled:
        compiled.mkdir(parents=True, exist_ok=True)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        bytecode_cache=jinja2.FileSystemBytecodeCache(str(compiled)) if compiled else None,
    )
    environment.globals |= {"policy": POLICY, "referrer": REFERRER}
    environment.filters["md"] = escape_markdown
    environment.filters["broken"] = broken
    environment.filters["tip"] = escape_title
    environment.filters["cell"] = escape_cell
    environment.filters["named"] = named
    environment.filters["received"] = show_received
    environment.filters["embedded"] = embed_json
    return environment


def show_received(text: str) -> Markup:
    """Show a received text in HTML, with a box for each invisible character."""
    return Markup(named(str(escape(text)), INVISIBLE.format))


def embed_json(value: object) -> Markup:
    """Write data for a <script> element that holds data only: no text in it can end the element."""
    text = msgspec.json.encode(value).decode()
    return Markup(EMBEDDED.sub(lambda m: f"\\u{ord(m[0]):04x}", text))


def front_matter(facts: Mapping[str, object]) -> str:
    """Write facts as the front matter of a page."""
    text: str = yaml.dump(
        dict(facts), Dumper=Dumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return f"---\n{text}---\n"
