"""Print the program's log while a command runs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def printed_log(*, verbose: bool) -> Iterator[None]:
    """Print the log messages of a command, unless the caller has set up logging already."""
    root = logging.getLogger()
    if root.handlers:
        yield
        return
    handler, before = logging.StreamHandler(), root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO if verbose else logging.WARNING)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
