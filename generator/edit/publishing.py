"""Build the site in a process of its own, say how it goes, and show the result."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from dataclasses import dataclass, field

from generator.edit.guard import HOST
from generator.runtime.data import Json
from generator.runtime.places import Places

MOST_LINES = 400  # of the build's words that are kept
COMMAND = "from generator.cli import main; main()"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@dataclass(slots=True)
class Publishing:
    """The build that runs or ran last, and the server that shows its site."""

    places: Places
    lines: list[str] = field(default_factory=list)
    status: int | None = None  # of the last build; None: none ended yet
    running: bool = False
    shown: http.server.ThreadingHTTPServer | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self) -> None:
        """Begin a build, unless one runs."""
        with self.lock:
            if self.running:
                return
            self.running, self.status, self.lines = True, None, []
        threading.Thread(target=self._run, daemon=True).start()

    def state(self) -> Json:
        """Say how the build goes, and where its site can be looked at."""
        with self.lock:
            done = self.status == 0
            return {
                "running": self.running,
                "status": self.status,
                "lines": list(self.lines),
                "site": self._address() if done else "",
            }

    def _run(self) -> None:
        places = self.places
        command = [
            sys.executable, "-c", COMMAND, "build", "--content", str(places.content),
            "--site", str(places.site), "--build", str(places.build),
        ]  # fmt: skip
        status = 1
        try:
            with subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                encoding="utf-8", errors="replace",
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

    def _address(self) -> str:
        """Serve the site on a port of its own: its pages cannot speak with the editor's server."""
        if self.shown is None:
            handler = functools.partial(_Quiet, directory=str(self.places.site))
            self.shown = http.server.ThreadingHTTPServer((HOST, 0), handler)
            threading.Thread(target=self.shown.serve_forever, daemon=True).start()
        return f"http://{HOST}:{self.shown.server_address[1]}/"

    def close(self) -> None:
        """End the server of the site."""
        if self.shown is not None:
            self.shown.shutdown()
            self.shown.server_close()
            self.shown = None
