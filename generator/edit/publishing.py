"""Build the site, and show the result."""

from __future__ import annotations

import functools
import http.server
import threading
from dataclasses import dataclass, field

from generator.edit.guard import HOST
from generator.edit.processes import Process
from generator.edit.proofed import keep_built_states
from generator.edit.site_changes import changes_of, keep_record
from generator.edit.workspace import Workspace
from generator.runtime.data import Json


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing."""


@dataclass(slots=True)
class Publishing:
    """The build that runs or ran last, and the server that shows its site."""

    workspace: Workspace
    process: Process = field(default_factory=Process)
    changes: Json = None  # what the last build changed
    shown: http.server.ThreadingHTTPServer | None = None

    def begin(self) -> None:
        """Begin a build, unless one runs."""
        if self.process.running:
            return
        places = self.workspace.places
        before = places.build / "edit" / "before"
        keep_record(places.site, before)
        self.changes = None

        def after(status: int) -> None:
            if status == 0:
                self.changes = changes_of(before, places.site)
                keep_built_states(self.workspace)

        self.process.begin(
            ["build", "--content", str(places.content), "--site", str(places.site),
             "--build", str(places.build)],
            after,
        )  # fmt: skip

    def state(self) -> Json:
        """Say how the build goes, what it changed, and where its site can be looked at."""
        state = self.process.state()
        is_done = state["status"] == 0
        return {
            **state,
            "site": self._address() if is_done else "",
            "changes": self.changes if is_done else None,
        }

    def _address(self) -> str:
        """Serve the site on a port of its own: its pages cannot speak with the editor's server."""
        if self.shown is None:
            handler = functools.partial(_Quiet, directory=str(self.workspace.places.site))
            self.shown = http.server.ThreadingHTTPServer((HOST, 0), handler)
            threading.Thread(target=self.shown.serve_forever, daemon=True).start()
        return f"http://{HOST}:{self.shown.server_address[1]}/"

    def close(self) -> None:
        """End the server of the site."""
        if self.shown is not None:
            self.shown.shutdown()
            self.shown.server_close()
            self.shown = None
        self.process.stop()
