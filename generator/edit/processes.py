"""Run a command of the program in a process of its own, and say how it goes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.runtime.data import Json

MOST_LINES = 400  # of a command's words that are kept
COMMAND = "from generator.cli import main; main()"


@dataclass(slots=True)
class Process:
    """The command that runs or ran last."""

    lines: list[str] = field(default_factory=list)
    status: int | None = None  # of the last command; None: none ended yet
    running: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, arguments: Sequence[str]) -> bool:
        """Begin a command, unless one runs; say whether it was begun."""
        with self.lock:
            if self.running:
                return False
            self.running, self.status, self.lines = True, None, []
        threading.Thread(target=self._run, args=(list(arguments),), daemon=True).start()
        return True

    def state(self) -> dict[str, Json]:
        """Say how the command goes."""
        with self.lock:
            return {"running": self.running, "status": self.status, "lines": list(self.lines)}

    def _run(self, arguments: list[str]) -> None:
        status = 1
        try:
            with subprocess.Popen(
                [sys.executable, "-u", "-c", COMMAND, *arguments],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                text=True, encoding="utf-8", errors="replace",
                env={**os.environ, "PYTHONIOENCODING": "utf-8"},  # else that of Windows
            ) as process:  # fmt: skip
                assert process.stdout is not None
                for line in process.stdout:
                    with self.lock:
                        self.lines = [*self.lines, line.rstrip()][-MOST_LINES:]
                status = process.wait()
        except OSError as error:
            with self.lock:
                self.lines.append(str(error))
        with self.lock:
            self.running, self.status = False, status
