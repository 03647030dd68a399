"""Run a command of the program in a process of its own, and say how it goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from generator.runtime.data import Json
from generator.runtime.errors import GazetteError
from generator.runtime.progress import WRITTEN, Step, read_step

MOST_LINES = 400  # of a command's words that are kept
COMMAND = "from generator.cli import main; main()"
LOOKED_BACK = 12  # steps from which the time is reckoned that is left
# output in UTF-8, also where the system writes Chinese otherwise
ENVIRONMENT = {WRITTEN: "1", "PYTHONIOENCODING": "utf-8"}

# what is done when the command has ended, with its exit status
After = Callable[[int], None]


@dataclass(slots=True)
class Pace:
    """How far a task is, and how long its last steps took."""

    step: Step
    times: deque[tuple[int, float]]  # steps done, and when

    def left(self) -> float | None:
        """Give the seconds that are left; None as long as no step was done since the first look."""
        (first, then), (last, now) = self.times[0], self.times[-1]
        if last <= first or self.step.done >= self.step.count:
            return None
        pace = (now - then) / (last - first)
        return max(0.0, pace * (self.step.count - last) - (time.monotonic() - now))


@dataclass(slots=True)
class Process:
    """The command that runs or ran last."""

    lines: list[str] = field(default_factory=list)
    status: int | None = None  # of the last command; None: none ended yet
    running: bool = False
    stopped: bool = False  # by the editor
    pace: Pace | None = None
    child: subprocess.Popen[str] | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, arguments: Sequence[str], after: After = lambda _: None) -> bool:
        """Begin a command, unless one runs; say whether it was begun."""
        with self.lock:
            if self.running:
                return False
            self.running, self.status, self.lines, self.pace = True, None, [], None
            self.stopped = False
        threading.Thread(target=self._run, args=(list(arguments), after), daemon=True).start()
        return True

    def state(self) -> dict[str, Json]:
        """Say how the command goes."""
        with self.lock:
            return {
                "running": self.running,
                "status": self.status,
                "stopped": self.stopped,
                "lines": list(self.lines),
                "progress": self._progress() if self.running else None,
            }

    def _progress(self) -> Json:
        if self.pace is None:
            return None
        step, left = self.pace.step, self.pace.left()
        return {
            "task": step.task,
            "done": step.done,
            "count": step.count,
            "step": step.step,
            "left": None if left is None else round(left),
        }

    def stop(self) -> None:
        """End the command that runs, as Ctrl-C does: it tidies up."""
        child = self.child
        if child is None or child.poll() is not None:
            return
        self.stopped = True
        with suppress(OSError):
            if os.name == "nt":
                child.terminate()
            else:
                child.send_signal(signal.SIGINT)

    def _run(self, arguments: list[str], after: After) -> None:
        status = 1
        try:
            with subprocess.Popen(
                [sys.executable, "-u", "-c", COMMAND, *arguments],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                text=True, encoding="utf-8", errors="replace",
                # in UTF-8 on Windows, too
                env={**os.environ, "PYTHONIOENCODING": "utf-8", **ENVIRONMENT},
            ) as process:  # fmt: skip
                self.child = process
                assert process.stdout is not None
                for line in process.stdout:
                    self._hear(line.rstrip())
                status = process.wait()
        except OSError as error:
            self._hear(str(error))
        try:
            after(status)
        except (GazetteError, OSError) as error:
            self._hear(str(error))
            status = status or 1
        with self.lock:
            self.running, self.status, self.child = False, status, None

    def _hear(self, line: str) -> None:
        step = read_step(line)
        with self.lock:
            if step is None:
                self.lines = [*self.lines, line][-MOST_LINES:]
                return
            now = (step.done, time.monotonic())
            if self.pace is None or self.pace.step.task != step.task:
                self.pace = Pace(step, deque([now], maxlen=LOOKED_BACK))
                return
            self.pace.step = step
            if step.done != self.pace.times[-1][0]:
                self.pace.times.append(now)
