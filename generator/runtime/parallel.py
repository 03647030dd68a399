"""The same work on one processor, on several, or on a cluster: through concurrent.futures.

Work is handed out in chunks, in order, and comes back in order; who does it changes no byte.
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
from typing import Any, Protocol, TypeVar

from generator.runtime.errors import SiteError, UsageError
from generator.runtime.garbage import PATIENCE, patient_collector

T = TypeVar("T")
R = TypeVar("R")
CLUSTER_CHUNK = 8  # issues: a task of a cluster costs some milliseconds, an issue some hundred
LOCAL_CHUNK = 2
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Run(Protocol):
    """Do a piece of work for each item, and give the results in the order of the items."""

    def __call__(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Start the work; results are taken as they are asked for."""

    def apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Do work that needs much memory, which a process that goes on would keep."""


@dataclass(frozen=True, slots=True)
class Alone:
    """Do all work in this process: nothing is loaded twice, and nothing is given back."""

    def __call__(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Do one after another."""
        return map(work, items)

    def apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Do one after another, each in a process of its own."""
        return apart(work, items, 1)


@dataclass(frozen=True, slots=True)
class Pool:
    """Hand work to processes of this machine; the one that joins an archive stays small."""

    executor: Executor
    jobs: int

    def __call__(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Hand out chunks of items."""
        return _share(self.executor, work, items, LOCAL_CHUNK)

    def apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Do each in a process of its own."""
        return apart(work, items, self.jobs)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Hand work to the workers of a Dask cluster, which see to their memory themselves."""

    executor: Executor

    def __call__(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Hand out chunks of items."""
        return _share(self.executor, work, items, CLUSTER_CHUNK)

    def apart(self, work: Callable[[T], R], items: Sequence[T]) -> Iterable[R]:
        """Hand out one item at a time."""
        return _share(self.executor, work, items, 1)


def apart(work: Callable[[T], R], items: Sequence[T], jobs: int) -> Iterator[R]:
    """Do each piece of work in a process that begins with nothing and ends with it.

    multiprocessing's own way of beginning with nothing runs the main module of whoever calls;
    this one asks nothing of it.
    """
    with ThreadPoolExecutor(jobs) as threads:
        yield from threads.map(partial(_do_apart, work), items)


def _do_apart(work: Callable[[T], R], item: T) -> R:
    task = pickle.dumps(sys.path) + pickle.dumps((os.getpid(), work, item))
    command = [sys.executable, "-c", APART]
    done = subprocess.run(command, input=task, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        message = "a process that worked apart was ended from outside (out of memory?)"
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
    """Do the work that apart has sent, and send its result back."""
    parent, work, item = pickle.load(sys.stdin.buffer)
    _begin(parent)
    sys.stdout.buffer.write(pickle.dumps(work(item)))


@contextmanager
def workers(jobs: int, scheduler: str = "") -> Iterator[Run]:
    """Engage processes of this machine, or those of the Dask cluster at an address.

    One job is one process beside this one, begun before this one holds anything of an archive: so
    neither bears the memory of the other. Raises UsageError when Dask is not installed, or the
    cluster does not answer.
    """
    with ExitStack() as stack:
        stack.enter_context(patient_collector())
        if scheduler:
            yield Cluster(stack.enter_context(_cluster(scheduler)))
        else:
            # Python 3.14 would put a server between this process and those that end with it
            how = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
            pool = ProcessPoolExecutor(
                jobs, mp_context=how, initializer=_begin, initargs=(os.getpid(),)
            )
            executor = stack.enter_context(pool)
            executor.submit(os.getpid).result()
            yield Pool(executor, jobs)


def _begin(parent: int) -> None:
    """Prepare a process: it ends with the build that it works for, in whatever way that ends.

    Else what is left of a killed build would hold its lock, and write where the next one works.
    """
    gc.set_threshold(PATIENCE)
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    except (AttributeError, OSError, TypeError):  # no Linux: look now and then
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if os.getppid() != parent:
        os._exit(1)


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError as error:
        msg = "--scheduler needs Dask: pip install 'gazette-generator[cluster]'"
        raise UsageError(msg) from error
    try:
        client: Any = Client(address, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        msg = f"--scheduler {address}: no scheduler answers there: {error}"
        raise UsageError(msg) from error
    with client, client.get_executor() as executor:
        yield executor


def _share(
    executor: Executor, work: Callable[[T], R], items: Sequence[T], size: int
) -> Iterator[R]:
    """Hand out chunks of items; one failure ends all that has not begun."""
    chunks = [items[at : at + size] for at in range(0, len(items), size)]
    futures: list[Future[Any]] = [executor.submit(_do, work, chunk) for chunk in chunks]
    try:
        for future in futures:
            yield from future.result()
    except BrokenExecutor as error:
        message = "a process that worked on issues was ended from outside (out of memory?)"
        raise SiteError(message) from error
    finally:
        for future in futures:
            future.cancel()


def _do(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    return [work(item) for item in items]
