"""What a command costs, with all processes that it starts, and what it wrote."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1e6
RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # bytes in what the system counts memory in


def kilobytes(key: str, process: int | str = "self") -> int | None:
    """Read a size of a process as Linux gives it, VmRSS or VmHWM; None on another system."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        return None
    line = re.search(rf"^{key}:\s*(\d+) kB$", status.read_text("ascii"), re.M)
    return int(line[1]) if line else None


def own_peak() -> float:
    """Say how many megabytes this process has held at most.

    Linux counts in ru_maxrss what the parent held when it started the process, too
    (getrusage(2), execve(2)); VmHWM of proc_pid_status(5) is of the program alone.
    """
    if peak := kilobytes("VmHWM"):
        return peak * 1024 / MEGABYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / MEGABYTE


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took, and what stood when it was done."""

    cpu: float  # seconds of all its processes, the system's included
    wall: float
    peak: float  # megabytes of the largest of them
    files: int = 0
    megabytes: float = 0.0


def cost_of(command: Sequence[str | Path], log: Path, root: Path = ROOT, **variables: str) -> Cost:
    """Run a command from the root of a checkout and wait for all it starts."""
    begun = time.perf_counter()
    environment = {
        **os.environ, "PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1", **variables
    }  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=root, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
        # the usage that comes with the exit status counts the children that were waited for
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(map(str, command))}\n{log.read_text('utf-8', 'replace')[-4000:]}")
    return Cost(
        usage.ru_utime + usage.ru_stime,
        time.perf_counter() - begun,
        usage.ru_maxrss * RSS_UNIT / MEGABYTE,
    )


def with_size(cost: Cost, site: Path) -> Cost:
    """Add the number and the size of the files of a site."""
    return replace(cost, files=sum(1 for _ in _files(site)), megabytes=megabytes(site))


def megabytes(site: Path, wanted: Callable[[PurePosixPath], bool] = lambda _: True) -> float:
    """Megabytes of those files of a site that are wanted by their path in it."""
    paths = ((path, PurePosixPath(path.relative_to(site).as_posix())) for path in _files(site))
    return sum(path.stat().st_size for path, name in paths if wanted(name)) / MEGABYTE


def _files(site: Path) -> list[Path]:
    return [path for path in site.rglob("*") if path.is_file()]
