"""The garbage collector during a build; its settings are put back when the build ends."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# objects made before the garbage collector looks: a build makes many and few rings
PATIENCE = 50_000


@contextmanager
def patient_collector() -> Iterator[None]:
    """Let the collector run seldom."""
    before = gc.get_threshold()
    gc.set_threshold(PATIENCE)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def frozen_objects() -> Iterator[None]:
    """Leave what exists now out of all collections, until the block ends.

    The collector unfreezes all that is frozen or nothing: at the end also what was before.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
