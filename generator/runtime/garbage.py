"""Settings of the garbage collector for a build; the end of the build restores the old ones."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# the collector runs after this many new objects: a build makes many objects, but few cycles
PATIENCE = 50_000


@contextmanager
def patient_collector() -> Iterator[None]:
    """Let the collector run rarely."""
    before = gc.get_threshold()
    gc.set_threshold(PATIENCE)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def loading() -> Iterator[None]:
    """Load modules without collections: what they make stays until the process ends.

    A fourth of the time of loading the program went into looking at these objects again and again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


@contextmanager
def frozen_objects() -> Iterator[None]:
    """Leave all existing objects out of the collections, until the block ends.

    gc can only unfreeze all frozen objects together: the end of the block also unfreezes those
    that were frozen before it.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
