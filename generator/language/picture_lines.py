"""Pictures of the source: ``![caption](address)``, alone on a line."""

from __future__ import annotations

import posixpath
import re
from typing import NamedTuple
from urllib.parse import unquote

from generator.runtime.patterns import lazy_regex

# ![图1 规划范围](images/map.png) · ![](<images/map 1.png> "规划") · ![](images/map(1).jpg)
PICTURE = lazy_regex(
    r"""
    !\[(?P<caption>[^\]\n]*)\]
    \((?P<place>
      \s*(?:<(?P<framed>[^<>\n]+)>|(?P<bare>[^<>\n"()]++(?:\([^()\n"]*\)[^<>\n"()]*+)?))  # its file
      (?:(?<=[\s>])\s*"[^"\n]*")?\s*                                                      # a title
    )\)
    """,
    re.VERBOSE,
)
ON_THE_WEB = lazy_regex(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")
LONGEST_SHOWN = 60  # characters of an address that a message repeats


class Picture(NamedTuple):
    """A picture as its line names it."""

    caption: str
    image: str  # its file, relative to the folder, or its address on the web
    place: str  # all between the round brackets, as written


def read_picture(line: str) -> Picture | None:
    """Read a line that is a picture; None for any other.

    ``![图1](./images/a%20b.png)`` names the file ``images/a b.png``.
    """
    found = PICTURE.fullmatch(line)
    if not found:
        return None
    image = (found["framed"] or found["bare"]).strip()
    if not is_on_the_web(image) and not image.startswith("data:"):
        image = posixpath.normpath(unquote(image).replace("\\", "/"))
    return Picture(found["caption"].strip(), image, found["place"])


def is_on_the_web(image: str) -> bool:
    """Whether a picture is on another host: such a one is neither fetched nor linked."""
    return ON_THE_WEB.match(image) is not None


def shown_name(image: str) -> str:
    """Shorten the name of a picture for a message; a picture written into the text has none."""
    return image if len(image) <= LONGEST_SHOWN else f"{image[:LONGEST_SHOWN]}…"
