"""Whole or not at all: the new site is built aside and replaces the existing one in one step.

.site.new is the staged site, .site.old the replaced site (only where a file system cannot exchange
two folders), .site.lock the lock, .site.holder the name of the process that has the lock. The next
build removes what a killed build left of them. site/ is never an incomplete site.
"""

from __future__ import annotations

import ctypes
import errno
import getpass
import json
import os
import shutil
import socket
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from generator.runtime.errors import UsageError
from generator.runtime.moving import move

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


def beside(site: Path, name: str) -> Path:
    """Give the path of a file or folder beside a site that belongs to the site."""
    return site.parent / f".{site.name}.{name}"


@contextmanager
def only_builder(site: Path) -> Iterator[None]:
    """Hold the lock of a site; UsageError names the process that already holds it.

    The operating system releases the lock when its holder ends, however it ends.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    holder = beside(site, "holder")
    lock = FileLock(beside(site, "lock"))
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        message = f"{site}: {_read_holder(holder)}正在生成；请等它完成，或停止它"
        raise UsageError(message) from error
    try:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        who = {"process": os.getpid(), "host": socket.gethostname(), "user": _user(), "since": now}
        holder.write_text(json.dumps(who) + "\n", "utf-8")
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container's user without a name; Windows
        return str(os.getuid()) if hasattr(os, "getuid") else "?"


def _read_holder(path: Path) -> str:
    try:
        who = json.loads(path.read_text("utf-8"))
        where = f"主机 {who['host']}，从 {who['since']} 起"
        return f"{who['user']} 的进程 {who['process']}（{where}）"
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个进程"


def is_settled(site: Path) -> bool:
    """Whether no build of a site is under way or was killed: nothing of one is beside the site."""
    return not any(beside(site, left).exists() for left in ("old", "new", "holder"))


def recover(site: Path) -> None:
    """Remove what a killed build left; put the old site back if the build had moved it away."""
    old, new = beside(site, "old"), beside(site, "new")
    if old.exists() and not site.exists():
        old.rename(site)
    for left in (old, new):
        if left.exists():
            shutil.rmtree(left)


def scan(folder: Path, before: str = "") -> dict[str, int]:
    """List the files of a folder with their sizes in bytes; none if there is no folder."""
    found: dict[str, int] = {}
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return found
    with entries:
        for entry in entries:
            name = f"{before}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                found |= scan(Path(entry.path), f"{name}/")
            else:
                found[name] = entry.stat(follow_symlinks=False).st_size
    return found


def keep(site: Path, staged: Path, names: Iterable[str]) -> None:
    """Take files of the existing site over into the staged one, by hard links where possible.

    Nothing ever writes into a file of an existing site, so both sites may share it.
    """
    made: set[str] = set()
    for name in names:
        folder = os.path.dirname(name)  # noqa: PTH120 - a Path for each file costs more than the link
        if folder not in made:
            (staged / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        source, target = f"{site}/{name}", f"{staged}/{name}"
        try:
            os.link(source, target)
        except OSError as error:
            if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, *UNKNOWN):
                raise
            shutil.copy2(source, target)


def publish(staged: Path, site: Path) -> None:
    """Replace the existing site by a finished one, in one step where Linux can do so.

    Elsewhere two renames follow each other; if a build is killed between them, the next build puts
    the old site back.
    """
    if not site.exists():
        move(staged, site)
        return
    if _exchange(staged, site):
        shutil.rmtree(staged)
        return
    old = beside(site, "old")
    move(site, old)
    try:
        move(staged, site)
    except OSError:
        move(old, site)
        raise
    shutil.rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if rename(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), str(other))


def differing(recorded: Mapping[str, int], existing: Mapping[str, int]) -> set[str]:
    """Name the files that are missing, have another size, or are not recorded."""
    return {name for name, _ in recorded.items() ^ existing.items()}
