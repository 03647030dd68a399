"""The same work in one process, in several, or on a cluster: by concurrent.futures.

Work is handed out in chunks, in order, and its results come back in order; no byte of a result
depends on the process that does the work.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Protocol, TypeVar

from generator.runtime.errors import SiteError, UsageError
from generator.runtime.garbage import PATIENCE, patient_collector

T = TypeVar("T")
R = TypeVar("R")
CLUSTER_CHUNK = 8  # issues: a task on a cluster costs a few milliseconds, an issue a few hundred
LOCAL_CHUNK = 2
AHEAD = 4  # chunks for each process that are handed out before the results are taken
PR_SET_PDEATHSIG = 1  # linux/prctl.h
ENDED = "一个子进程被系统中止，可能内存不足；请把 --jobs 写小一些，再运行一次"


class Run(Protocol):
    """Do a piece of work for each item, and give the results in the order of the items."""

    def __call__(self, work: Callable[[T], R], items: Iterable[T]) -> Iterable[R]:
        """Give the results one by one, as the caller asks for them.

        Items are taken as they are needed, and nothing that was done is kept: what makes the items
        and what uses the results decide how much is in memory.
        """

    def apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Do work that needs much memory, in processes that end and so give their memory back."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Do all work in this process: no module is loaded twice, but no memory is given back."""

    def __call__(self, work: Callable[[T], R], items: Iterable[T]) -> Iterable[R]:
        """Do one item after another."""
        return map(work, items)

    def apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Do one item after another, each in a process of its own."""
        return apart(work, items, 1)


@dataclass(frozen=True, slots=True)
class Pool:
    """Hand work to other processes of this machine; the one that joins an archive stays small."""

    executor: Executor
    jobs: int

    def __call__(self, work: Callable[[T], R], items: Iterable[T]) -> Iterable[R]:
        """Hand out chunks of items."""
        return _share(self.executor, work, items, LOCAL_CHUNK, AHEAD * self.jobs)

    def apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Do each item in a process of its own."""
        return apart(work, items, self.jobs)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hand work to the workers of a Dask cluster, which manage their memory themselves."""

    executor: Executor
    workers: int

    def __call__(self, work: Callable[[T], R], items: Iterable[T]) -> Iterable[R]:
        """Hand out chunks of items."""
        return _share(self.executor, work, items, CLUSTER_CHUNK, AHEAD * self.workers)

    def apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Hand out one item at a time."""
        return _share(self.executor, work, items, 1, AHEAD * self.workers)


def apart(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """Do each piece of work in a new, empty process, which ends when the work is done.

    multiprocessing can also start an empty process ("spawn"), but then runs the caller's main
    module in it; this function does not touch that module.
    """
    with ThreadPoolExecutor(jobs) as threads:
        yield from threads.map(partial(_do_apart, work), items)


def _do_apart(work: Callable[[T], R], item: T) -> R:
    task = pickle.dumps(sys.path) + pickle.dumps((os.getpid(), work, item))
    command = [sys.executable, "-c", APART]
    done = subprocess.run(command, input=task, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        message = ENDED
        raise SiteError(message)
    result: R = pickle.loads(done.stdout)
    return result


APART = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer)
from generator.runtime.parallel import (answer)
answer()
"""


def answer() -> None:
    """Do the work that ``apart`` has sent, and send its result back."""
    parent, work, item = pickle.load(sys.stdin.buffer)
    _begin(parent)
    sys.stdout.buffer.write(pickle.dumps(work(item)))


@contextmanager
def workers(jobs: int, scheduler: str = "") -> Iterator[Run]:
    """Start worker processes on this machine, or use those of the Dask cluster at an address.

    One job is one process beside this one. The processes start before this one holds anything of
    an archive, so neither holds the memory of the other. Raises UsageError when Dask is not
    installed, or the cluster does not answer.
    """
    with ExitStack() as stack:
        stack.enter_context(patient_collector())
        if scheduler:
            yield stack.enter_context(_cluster(scheduler))
        else:
            # the default of Python 3.14 puts a server between this process and its workers, but a
            # worker must be a child of this process, to end with it
            how = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
            pool = ProcessPoolExecutor(
                jobs, mp_context=how, initializer=_begin, initargs=(os.getpid(),)
            )
            executor = stack.enter_context(pool)
            executor.submit(os.getpid).result()
            yield Pool(executor, jobs)


def _begin(parent: int) -> None:
    """Prepare a worker process: it ends when its build ends, however the build ends.

    Otherwise the workers of a killed build would keep its lock, and write into the folders of the
    next build.
    """
    gc.set_threshold(PATIENCE)
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (AttributeError, OSError, TypeError):  # not Linux: look for the parent now and then
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if not _has_parent(parent):
        os._exit(1)


def _watch(parent: int) -> None:
    while _has_parent(parent):
        time.sleep(0.5)
    os._exit(1)


def _has_parent(parent: int) -> bool:
    """Whether the process that gave the work is alive.

    On Windows the number of the parent is no proof: it stays when the parent has ended, and in a
    virtual environment it is that of the launcher ``python.exe``.
    """
    known = multiprocessing.parent_process()
    if known is not None:
        return known.is_alive()
    return sys.platform == "win32" or os.getppid() == parent


@contextmanager
def _cluster(address: str) -> Iterator[Cluster]:
    try:
        from distributed import Client
    except ImportError as error:
        msg = "用 --scheduler 要有 Dask；请先安装：pip install 'gazette-generator[cluster]'"
        raise UsageError(msg) from error
    try:
        client: Any = Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        msg = f"--scheduler {address}: 没有调度程序回应；请检查地址：{error}"
        raise UsageError(msg) from error
    with client, client.get_executor() as executor:
        # workers that come later are used, too: they only have less work waiting for them
        yield Cluster(executor, sum(client.nthreads().values()) or 1)


def _share(
    executor: Executor, work: Callable[[T], R], items: Iterable[T], size: int, ahead: int
) -> Iterator[R]:
    """Hand out chunks of items; one failure cancels all chunks that have not begun.

    No more than ``ahead`` chunks are handed out and not taken yet.
    """
    left = iter(items)
    waiting: deque[Future[Any]] = deque()
    try:
        while chunk := list(islice(left, size)):
            waiting.append(executor.submit(_do, work, chunk))
            if len(waiting) == ahead:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenExecutor as error:
        message = ENDED
        raise SiteError(message) from error
    finally:
        for future in waiting:
            future.cancel()


def _do(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    return [work(item) for item in items]
