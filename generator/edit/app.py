"""The routes of the editor's server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import jinja2
import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from generator.content.misplaced import MisplacedError
from generator.edit.acts import Conflict
from generator.edit.archive_list import archive_data
from generator.edit.changes import changes_data
from generator.edit.desk import desk_data, misplaced_data, source_lines
from generator.edit.git import GitState, plain_state, repository_of
from generator.edit.overview import overview_data
from generator.edit.proofed import ReadPage, keep_state, note_reading, read_pages
from generator.edit.publishing import Publishing
from generator.edit.remembered import Unsent, View
from generator.edit.requests import Request as Asked
from generator.edit.sheets import sheet_picture
from generator.edit.take_in import TakeInAsked, TakingIn
from generator.edit.workspace import Workspace
from generator.runtime.data import Json, dump
from generator.runtime.errors import GazetteError, UsageError

LARGEST_BODY = 1_000_000  # bytes of a request that is no file
WAIT, STEP = 20.0, 0.5  # seconds that a page waits for news, and between two looks

T = TypeVar("T")


class DeskAsked(msgspec.Struct, frozen=True):
    """What a page knows of an issue already."""

    known: tuple[str, ...] = ()  # digests of documents


class KeptAsked(msgspec.Struct, frozen=True):
    """What was put aside or read; nothing changes of what it does not name."""

    doubtful: str = ""  # a finding that is put aside
    settled: str = ""  # … that is put aside no longer
    proofed: str = ""  # a page that was read
    by: str = ""  # who read it
    unproofed: str = ""  # a page whose last reading is taken back


class ActAsked(msgspec.Struct, frozen=True):
    """What an editor does."""

    act: Asked


class UnsentAsked(msgspec.Struct, frozen=True):
    """What is being typed; None: it was stored or given up."""

    unsent: Unsent | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """The endpoints, over one archive."""

    workspace: Workspace
    templates: jinja2.Environment
    publishing: Publishing
    taking_in: TakingIn
    stop: Callable[[], None]

    def routes(self) -> list[Route | Mount]:
        """List the routes."""
        assets = self.workspace.places.template_folders[-1] / "edit" / "assets"
        issue = "/api/issue/{gazette}/{issue}"
        return [
            Route("/", self.archive_page),
            Route("/desk/{gazette}/{issue}", partial(self.issue_page, "desk.html")),
            Route("/overview/{gazette}/{issue}", partial(self.issue_page, "overview.html")),
            Route("/sheet/{gazette}/{issue}/{page:int}", self.sheet),
            Route("/api/archive", self.archive),
            Route(issue, self.desk, methods=["POST"]),
            Route(f"{issue}/overview", self.overview),
            Route(f"{issue}/source", self.source),
            Route(f"{issue}/act", self.act, methods=["POST"]),
            Route(f"{issue}/undo", partial(self.step, "undo"), methods=["POST"]),
            Route(f"{issue}/redo", partial(self.step, "redo"), methods=["POST"]),
            Route(f"{issue}/kept", self.kept, methods=["POST"]),
            Route(f"{issue}/wait", self.wait),
            Route(f"{issue}/git", self.git, methods=["GET", "POST"]),
            Route(f"{issue}/changes", self.changes),
            Route(f"{issue}/unsent", self.unsent, methods=["POST"]),
            Route("/api/view", self.view, methods=["GET", "POST"]),
            Route("/api/build", self.build, methods=["GET", "POST"]),
            Route("/take-in", self.take_in_page),
            Route("/api/file/{batch}", self.file, methods=["PUT", "DELETE"]),
            Route("/api/propose/{batch}", self.propose),
            Route("/api/place", self.place),
            Route("/api/take-in", self.take_in, methods=["GET", "POST"]),
            Route("/api/take-in/stop", self.stop_taking_in, methods=["POST"]),
            Route("/api/quit", self.quit, methods=["POST"]),
            Mount("/assets", StaticFiles(directory=assets)),
        ]

    async def archive_page(self, _: Request) -> Response:
        """Give the page with the list of gazettes and issues."""
        return HTMLResponse(self.templates.get_template("edit/archive.html").render())

    async def archive(self, _: Request) -> Response:
        """Give the state of each issue."""
        return await self._answer(lambda: archive_data(self.workspace))

    async def issue_page(self, template: str, request: Request) -> Response:
        """Give a page of one issue; its data come after it."""
        page = self.templates.get_template(f"edit/{template}")
        return HTMLResponse(page.render(name=_name(request)))

    async def sheet(self, request: Request) -> Response:
        """Give the picture of a sheet."""
        name, page = _name(request), request.path_params["page"]
        width = min(max(_number(request, "width") or 1200, 200), 3000)

        def draw() -> tuple[bytes, str] | None:
            folder, desk = self.workspace.folder(name), self.workspace.desk(name)
            return sheet_picture(folder, desk.issue.source, page, width)

        try:
            drawn = await run_in_threadpool(draw)
        except GazetteError:
            drawn = None
        if drawn is None:
            return Response(status_code=404)
        return Response(drawn[0], media_type=drawn[1], headers={"cache-control": "private"})

    async def desk(self, request: Request) -> Response:
        """Give the text, the findings and the entries of an issue."""
        name = _name(request)
        asked = await _decoded(request, DeskAsked)
        return await self._answer(lambda: self._desk(name, asked.known))

    def _desk(self, name: str, known: tuple[str, ...]) -> Json:
        version = self.workspace.version(name)
        data = desk_data(self.workspace.desk(name), known)
        kept = self.workspace.journal(name).kept
        assert isinstance(data, dict)
        return {
            **data,
            "version": version,
            "doubtful": list(kept.doubtful),
            "searching": name in self.workspace.searching,
            "undo": kept.done[-1].label if kept.done else "",
            "redo": kept.undone[-1].label if kept.undone else "",
            "unsent": msgspec.to_builtins(self.workspace.remembered.unsent(name)),
            "done": len(kept.done),
        }

    async def overview(self, request: Request) -> Response:
        """Give structure, tables, registers and readiness of an issue."""
        name = _name(request)

        def read() -> Json:
            desk = self.workspace.desk(name)
            keep_state(self.workspace, name, desk)
            return overview_data(desk, self.workspace.journal(name).kept)

        return await self._answer(read)

    async def source(self, request: Request) -> Response:
        """Give lines of the text as received."""
        name = _name(request)
        first, last = _number(request, "first"), _number(request, "last")

        def read() -> Json:
            return source_lines(self.workspace.desk(name).issue, first, last)

        return await self._answer(read)

    async def act(self, request: Request) -> Response:
        """Do what the page asks for."""
        name = _name(request)
        asked = (await _decoded(request, ActAsked)).act

        def do() -> Json:
            act = self.workspace.act(name, asked)
            return {"saved": True, "label": act.label, "version": self.workspace.version(name)}

        return await self._answer(do)

    async def step(self, way: str, request: Request) -> Response:
        """Undo or redo."""
        name = _name(request)

        def do() -> Json:
            move = self.workspace.undo if way == "undo" else self.workspace.redo
            act = move(name)
            label = act.label if act else ""
            return {"saved": act is not None, "label": label, "finding": act.finding if act else ""}

        return await self._answer(do)

    async def kept(self, request: Request) -> Response:
        """Keep what was put aside, and who read a sheet."""
        name = _name(request)
        asked = await _decoded(request, KeptAsked)

        def keep() -> Json:
            with self.workspace.lock:
                journal = self.workspace.journal(name)
                doubtful = [one for one in journal.kept.doubtful if one != asked.settled]
                if asked.doubtful and asked.doubtful not in doubtful:
                    doubtful.append(asked.doubtful)
                journal.kept.doubtful = doubtful
                if asked.proofed and asked.by.strip():
                    note_reading(journal.kept, self._page(name, asked.proofed), asked.by)
                if asked.unproofed:
                    journal.kept.proofed.get(asked.unproofed, [])[-1:] = []
                journal.store()
            return {"saved": True}

        return await self._answer(keep)

    def _page(self, name: str, key: str) -> ReadPage:
        """Find a page of an issue; UsageError if it has none of that name."""
        for page in read_pages(self.workspace.desk(name).issue):
            if page.key == key:
                return page
        msg = f"没有这一页：{key}；请重新打开总览"
        raise UsageError(msg)

    async def changes(self, request: Request) -> Response:
        """Give what the program itself changed in the text."""
        name = _name(request)
        return await self._answer(lambda: changes_data(self.workspace.desk(name).issue))

    async def unsent(self, request: Request) -> Response:
        """Keep what is being typed, against a crash; or forget it."""
        name = _name(request)
        asked = await _decoded(request, UnsentAsked)

        def keep() -> Json:
            self.workspace.folder(name)
            self.workspace.remembered.keep_unsent(name, asked.unsent)
            return {"saved": True}

        return await self._answer(keep)

    async def view(self, request: Request) -> Response:
        """Give how the desk was set up last (GET), or keep how it is."""
        remembered = self.workspace.remembered
        if request.method == "POST":
            view = await _decoded(request, View)
            await run_in_threadpool(remembered.keep_view, view)
            return _json({"saved": True})
        return await self._answer(lambda: msgspec.to_builtins(remembered.view()))

    async def wait(self, request: Request) -> Response:
        """Wait until the files of an issue change, or some seconds."""
        name, page = _name(request), request.query_params.get("page", "")
        known = request.query_params.get("version", "")
        end = time.monotonic() + WAIT
        while True:
            try:
                version = await run_in_threadpool(self.workspace.version, name)
            except GazetteError as error:
                return _json({"fault": str(error)}, 404)
            others = self.workspace.sign(name, page) if page else 0
            if version != known or time.monotonic() > end or await request.is_disconnected():
                return _json({"version": version, "others": others})
            await asyncio.sleep(STEP)

    async def git(self, request: Request) -> Response:
        """Commit what the desk wrote of an issue (POST), or say what that would be."""
        name = _name(request)

        def work() -> Json:
            folder = self.workspace.folder(name)
            repository = repository_of(self.workspace.places.content)
            if repository is None:
                return plain_state(GitState())
            with self.workspace.lock:
                journal = self.workspace.journal(name)
                if request.method == "GET":
                    return plain_state(repository.state(folder, journal.kept.taken))
                done = repository.commit(folder, journal.kept.taken)
                journal.kept.taken = []
                journal.store()
                return plain_state(done)

        return await self._answer(work)

    async def build(self, request: Request) -> Response:
        """Begin a build (POST), or say how it goes."""
        if request.method == "POST":
            self.publishing.begin()
        return _json(self.publishing.state())

    async def take_in_page(self, _: Request) -> Response:
        """Give the page on which files are dropped."""
        return HTMLResponse(self.templates.get_template("edit/take_in.html").render())

    async def file(self, request: Request) -> Response:
        """Keep a file that was dropped, or forget those of a batch."""
        batch = request.path_params["batch"]
        try:
            if request.method == "DELETE":
                await run_in_threadpool(self.taking_in.drop, batch)
                return _json({"saved": True})
            name = request.query_params.get("name", "")
            size = await self.taking_in.keep(batch, name, request.stream())
        except GazetteError as error:
            return _json({"fault": str(error)}, 422)
        return _json({"saved": True, "size": size})

    async def propose(self, request: Request) -> Response:
        """Propose gazette and issue for the files of a batch."""
        batch = request.path_params["batch"]
        return await self._answer(lambda: self.taking_in.propose(batch))

    async def place(self, request: Request) -> Response:
        """Say how the name of an issue is written, and whether it is there already."""
        asked = request.query_params
        gazette, issue = asked.get("gazette", ""), asked.get("issue", "")
        return await self._answer(lambda: self.taking_in.place(gazette, issue))

    async def take_in(self, request: Request) -> Response:
        """Begin to take files in (POST), or say how it goes."""
        if request.method == "GET":
            return _json(self.taking_in.state())
        asked = await _decoded(request, TakeInAsked)
        return await self._answer(
            lambda: {"saved": True, "issue": self.taking_in.begin(asked), "way": asked.way}
        )

    async def stop_taking_in(self, _: Request) -> Response:
        """End the command that takes files in."""
        self.taking_in.process.stop()
        return _json({"saved": True})

    async def quit(self, _: Request) -> Response:
        """End the server."""
        self.stop()
        return _json({"saved": True})

    async def _answer(self, work: Callable[[], Json]) -> Response:
        """Do the work in a thread; faults are for the editor."""
        try:
            return _json(await run_in_threadpool(work))
        except Conflict as conflict:
            return _json({"fault": str(conflict.args[0])}, 409)
        except MisplacedError as error:
            return _json({"fault": str(error), "misplaced": misplaced_data(error)}, 422)
        except GazetteError as error:
            return _json({"fault": str(error)}, 422)


def make_app(server: Server) -> Starlette:
    """Make the application."""
    return Starlette(routes=server.routes())


def _number(request: Request, key: str) -> int:
    given = request.query_params.get(key, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0


def _name(request: Request) -> str:
    return f"{request.path_params['gazette']}/{request.path_params['issue']}"


async def _decoded(request: Request, kind: type[T]) -> T:
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_BODY:
            raise HTTPException(413)
    try:
        return msgspec.json.decode(data or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise HTTPException(400, str(error)) from error


def _json(data: Json, status: int = 200) -> Response:
    return Response(dump(data), status, media_type="application/json")
