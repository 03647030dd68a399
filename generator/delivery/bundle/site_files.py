"""The files of a site: the content of each, and none that loads from another host."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.delivery.bundle.outside import may_load, refuse_outside
from generator.delivery.bundle.pack import Content, content_of, content_of_file
from generator.runtime.parallel import Run
from generator.site import records
from generator.site.swap import scan

BATCH = 64  # files that a process looks at in a row


@dataclass(frozen=True, slots=True)
class _Files:
    """Some files of a site, ready for another process."""

    site: Path
    names: tuple[str, ...]
    known: tuple[str, ...]  # the sum that each had when it was examined before, or empty


def examine(
    site: Path,
    known: Mapping[str, Content],
    run: Run,
    progress: Callable[[str, int, int], None],
) -> dict[str, Content]:
    """List a site's files in the order of their names; refuse files that load from another host.

    ``known`` has the files that this program has examined before.
    """
    notes = f"{records.FOLDER}/"  # the manifests: only builds use them, not readers
    names = sorted(name for name in scan(site) if not name.startswith(notes))
    batches = [names[at : at + BATCH] for at in range(0, len(names), BATCH)]
    work = [
        _Files(site, tuple(b), tuple(known[n].sha256 if n in known else "" for n in b))
        for b in batches
    ]
    found: dict[str, Content] = {}
    for batch, contents in zip(batches, run(_examine, work), strict=True):
        for name, content in zip(batch, contents, strict=True):
            before = known.get(name)
            found[name] = before if before == content else content  # one of them in memory
        progress("检查", len(found), len(names))
    return found


def _examine(files: _Files) -> list[Content]:
    found: list[Content] = []
    for name, known in zip(files.names, files.known, strict=True):
        if not may_load(name):
            found.append(content_of_file(f"{files.site}/{name}"))
            continue
        with open(f"{files.site}/{name}", "rb") as file:  # noqa: PTH123 - see content_of_file
            data = file.read()
        found.append(content_of(data))
        if found[-1].sha256 != known:
            refuse_outside(name, data.decode("utf-8", "replace"))
    return found
