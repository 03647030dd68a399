"""The language in which faults are said: Chinese, or English for those who ask for it.

Messages are written in Chinese. english.po gives the English of what editors meet most; a message
that it does not have stays Chinese, and so do the findings of ``check``.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click

from generator.runtime.patterns import lazy_regex

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
VARIABLE = "GAZETTE_LANG"
SYSTEM_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts
KEPT = "gazette.language"  # key of click's meta
CATALOGUE = Path(__file__).with_name("english.po")
# an entry of the catalogue has a line for each language, escaped as JSON is
ENTRY = lazy_regex(r'^msgid (".*")\nmsgstr (".*")$', re.MULTILINE)
PLACEHOLDER = lazy_regex(r"\\{(?P<name>\w+)\\}")
# path:line: or path: before a message; a path may have a colon, as in C:/content
PLACE = lazy_regex(r"(?P<place>(?:\s*gazette: )?(?:[^：；]+?(?::\d+)?: )?)(?P<said>.+)", re.DOTALL)


def _keep(context: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        context.find_root().meta[KEPT] = value


language_option = click.option(
    "--lang", type=click.Choice(LANGUAGES), envvar=VARIABLE, show_envvar=True, is_eager=True,
    expose_value=False, callback=_keep,
    help="Language of faults; English only where LANG names it on a terminal. [default: zh]",
)  # fmt: skip


def chosen_language() -> str:
    """Give the language: of --lang, else of GAZETTE_LANG, else English for LANG=en on a terminal.

    A log that no person watches is Chinese, whatever the machine's LANG: it is for the editors.
    """
    return language_of(click.get_current_context(silent=True))


def language_of(context: click.Context | None) -> str:
    """Give the language that holds in a context of click."""
    kept = context.find_root().meta.get(KEPT) if context else None
    given = kept or os.environ.get(VARIABLE, "")
    if given in LANGUAGES:
        return str(given)
    system = next(filter(None, map(os.environ.get, SYSTEM_VARIABLES)), "")
    is_english = system.partition("_")[0].partition(".")[0].lower() == ENGLISH
    return ENGLISH if is_english and _is_terminal() else CHINESE


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def in_language(text: str) -> str:
    """Give words for the editor in the chosen language."""
    if chosen_language() == CHINESE:
        return text
    return "\n".join(map(_in_english, text.split("\n")))


def _in_english(line: str) -> str:
    found = PLACE.fullmatch(line)
    if not found:
        return line
    whole = _twin_of(found["said"])
    if whole is not None:
        return found["place"] + whole
    clauses = found["said"].split("；")
    twins = [_twin_of(clause) for clause in clauses]
    said = [clause if twin is None else twin for clause, twin in zip(clauses, twins, strict=True)]
    return found["place"] + "; ".join(said)


def _twin_of(said: str) -> str | None:
    for pattern, english in _catalogue():
        if found := pattern.fullmatch(said):
            return english.format(**found.groupdict())
    return None


@cache
def _catalogue() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(_rows())


def _rows() -> Iterator[tuple[re.Pattern[str], str]]:
    """Read the catalogue: a pattern for each Chinese message, and its English."""
    for chinese, english in ENTRY.findall(CATALOGUE.read_text("utf-8")):
        if said := json.loads(chinese):
            pattern = PLACEHOLDER.sub(_any_text, re.escape(said))
            yield re.compile(pattern, re.DOTALL), json.loads(english)


def _any_text(placeholder: re.Match[str]) -> str:
    return f"(?P<{placeholder['name']}>.*?)"
