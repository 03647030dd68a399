"""Start and end the editor's server."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import jinja2
import msgspec
import uvicorn

from generator.edit.app import Server, make_app
from generator.edit.files import write_text
from generator.edit.guard import HOST, Guard
from generator.edit.publishing import Publishing
from generator.edit.take_in import TakingIn
from generator.edit.workspace import Workspace
from generator.runtime.errors import UsageError
from generator.runtime.places import Places

LOCK_FILE = "server.json"
GRACE = 2  # seconds that open connections have to end


class Running(msgspec.Struct, frozen=True):
    """A server that works on an archive: its process, and the address that opens it."""

    process: int
    address: str


@dataclass(slots=True)
class Opened:
    """A server that listens but does not answer yet."""

    server: uvicorn.Server
    listening: socket.socket
    guard: Guard
    publishing: Publishing
    taking_in: TakingIn
    lock: Path

    @property
    def address(self) -> str:
        """The address that opens it in a browser, token included."""
        return self.guard.first_address

    def run(self) -> None:
        """Answer until Ctrl-C or the page's button; then tidy up."""
        try:
            with suppress(KeyboardInterrupt):  # uvicorn raises it again after its own end
                self.server.run(sockets=[self.listening])
        finally:
            self.publishing.close()
            self.taking_in.process.stop()
            self.lock.unlink(missing_ok=True)


def running(places: Places) -> Running | None:
    """Give the server that works on an archive already, if its process is alive."""
    path = places.build / "edit" / LOCK_FILE
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Running)
    except (OSError, msgspec.DecodeError):
        return None
    return found if _is_alive(found) else None


def _is_alive(found: Running) -> bool:
    """Whether something listens at the address; a process number alone may be another's."""
    port = int(found.address.partition("//")[2].partition("/")[0].partition(":")[2] or 0)
    with socket.socket() as probe:
        probe.settimeout(1)
        return found.process != os.getpid() and probe.connect_ex((HOST, port)) == 0


def open_server(places: Places, port: int) -> Opened:
    """Listen on a port, any free one for 0; UsageError when it is taken."""
    listening = socket.socket()
    if os.name != "nt":  # there it would let another program take the port
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()  # a browser that comes at once waits
    except OSError as error:
        listening.close()
        msg = f"端口 {port} 已被占用；请用 --port 换一个，或不写 --port"
        raise UsageError(msg) from error
    workspace = Workspace(places)
    publishing = Publishing(workspace)
    opened: list[uvicorn.Server] = []

    def stop() -> None:
        opened[0].should_exit = True

    taking_in = TakingIn(workspace)
    taking_in.forget_all()
    app = make_app(Server(workspace, _templates(places), publishing, taking_in, stop))
    guard = Guard(app, listening.getsockname()[1])
    config = uvicorn.Config(
        guard, log_level="warning", access_log=False, timeout_graceful_shutdown=GRACE,
        lifespan="off", server_header=False,
    )  # fmt: skip
    opened.append(uvicorn.Server(config))
    lock = places.build / "edit" / LOCK_FILE
    write_text(lock, msgspec.json.encode(Running(os.getpid(), guard.first_address)).decode())
    lock.chmod(0o600)  # it holds the token
    return Opened(opened[0], listening, guard, publishing, taking_in, lock)


def _templates(places: Places) -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(places.template_folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
