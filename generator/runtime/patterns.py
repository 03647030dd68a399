"""Regular expressions that are compiled when they are first used.

The program has about nine hundred patterns, of which a command uses few: to compile all of them
took half of the time of loading. A pattern that is built while the program runs, and used at once,
is compiled by ``re`` itself.
"""

from __future__ import annotations

import re
from typing import AnyStr, cast

# what a compiled pattern has; ``pattern`` is known without compiling
COMPILED = (
    "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer",
    "flags", "groups", "groupindex",
)  # fmt: skip


class _Ready:
    """A compiled pattern: the methods of re.Pattern, each as an attribute of its own.

    A call costs 10 ns more than one of re.Pattern in Python 3.11, and nothing in later ones.
    """

    __slots__ = ("pattern", "wanted", *COMPILED)

    pattern: str | bytes
    wanted: int  # the flags that were given

    def __reduce__(self) -> tuple[object, ...]:
        """Copy and pickle a pattern by what it is made from, as those of ``re`` are."""
        return lazy_regex, (self.pattern, self.wanted)


class _Waiting(_Ready):
    """A pattern that nothing has used: the first use of an attribute compiles it."""

    __slots__ = ()

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern = pattern
        self.wanted = flags

    def __getattr__(self, name: str) -> object:
        if name not in COMPILED:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.wanted)
        for each in COMPILED:
            setattr(self, each, getattr(compiled, each))
        # a class without __getattr__: Python looks attributes up faster in it
        self.__class__ = _Ready  # type: ignore[assignment]
        return getattr(compiled, name)


def lazy_regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Give a pattern that is compiled when it is first used.

    It can do what a re.Pattern can do, except to be passed to a function of ``re``. The pattern of
    a match (``found.re``) is the compiled one: compare its text, not the object.
    """
    return cast("re.Pattern[AnyStr]", _Waiting(pattern, flags))
