"""Build the site, and show the result."""

from __future__ import annotations

import functools
import http.server
import threading
from dataclasses import dataclass, field

from generator.edit.guard import HOST
from generator.edit.processes import Process
from generator.runtime.data import Json
from generator.runtime.places import Places


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@dataclass(slots=True)
class Publishing:
    """The build that runs or ran last, and the server that shows its site."""

    places: Places
    process: Process = field(default_factory=Process)
    shown: http.server.ThreadingHTTPServer | None = None

    def begin(self) -> None:
        """Begin a build, unless one runs."""
        places = self.places
        self.process.begin(
            ["build", "--content", str(places.content), "--site", str(places.site),
             "--build", str(places.build)]
        )  # fmt: skip

    def state(self) -> Json:
        """Say how the build goes, and where its site can be looked at."""
        state = self.process.state()
        return {**state, "site": self._address() if state["status"] == 0 else ""}

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
