"""The endpoints of one issue: its text and findings, acts, what was read, news."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import partial

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from generator.edit.changes import changes_data
from generator.edit.desk import desk_data, source_lines
from generator.edit.git import GitState, plain_state, repository_of
from generator.edit.overview import overview_data
from generator.edit.proofed import ReadPage, keep_state, note_reading, read_pages
from generator.edit.remembered import Unsent
from generator.edit.requests import Request as Asked
from generator.edit.wire import answer, as_json, decoded, issue_in, number_in
from generator.edit.workspace import Workspace
from generator.runtime.data import Json
from generator.runtime.errors import GazetteError, UsageError

WAIT, STEP = 20.0, 0.5  # seconds that a page waits for news, and between two looks


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
class IssueEndpoints:
    """What a page asks of one issue."""

    workspace: Workspace

    def routes(self) -> list[Route]:
        """List the routes."""
        issue = "/api/issue/{gazette}/{issue}"
        return [
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
        ]

    async def desk(self, request: Request) -> Response:
        """Give the text, the findings and the entries of an issue."""
        name = issue_in(request)
        asked = await decoded(request, DeskAsked)
        return await answer(lambda: self._desk(name, asked.known))

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
        name = issue_in(request)

        def read() -> Json:
            desk = self.workspace.desk(name)
            keep_state(self.workspace, name, desk)
            return overview_data(desk, self.workspace.journal(name).kept)

        return await answer(read)

    async def source(self, request: Request) -> Response:
        """Give lines of the text as received."""
        name = issue_in(request)
        first, last = number_in(request, "first"), number_in(request, "last")

        def read() -> Json:
            return source_lines(self.workspace.desk(name).issue, first, last)

        return await answer(read)

    async def act(self, request: Request) -> Response:
        """Do what the page asks for."""
        name = issue_in(request)
        asked = (await decoded(request, ActAsked)).act

        def do() -> Json:
            act = self.workspace.act(name, asked)
            return {"saved": True, "label": act.label, "version": self.workspace.version(name)}

        return await answer(do)

    async def step(self, way: str, request: Request) -> Response:
        """Undo or redo."""
        name = issue_in(request)

        def do() -> Json:
            move = self.workspace.undo if way == "undo" else self.workspace.redo
            act = move(name)
            label = act.label if act else ""
            return {"saved": act is not None, "label": label, "finding": act.finding if act else ""}

        return await answer(do)

    async def kept(self, request: Request) -> Response:
        """Keep what was put aside, and who read a sheet."""
        name = issue_in(request)
        asked = await decoded(request, KeptAsked)

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

        return await answer(keep)

    def _page(self, name: str, key: str) -> ReadPage:
        """Find a page of an issue; UsageError if it has none of that name."""
        for page in read_pages(self.workspace.desk(name).issue):
            if page.key == key:
                return page
        msg = f"没有这一页：{key}；请重新打开总览"
        raise UsageError(msg)

    async def changes(self, request: Request) -> Response:
        """Give what the program itself changed in the text."""
        name = issue_in(request)
        return await answer(lambda: changes_data(self.workspace.desk(name).issue))

    async def unsent(self, request: Request) -> Response:
        """Keep what is being typed, against a crash; or forget it."""
        name = issue_in(request)
        asked = await decoded(request, UnsentAsked)

        def keep() -> Json:
            self.workspace.folder(name)
            self.workspace.remembered.keep_unsent(name, asked.unsent)
            return {"saved": True}

        return await answer(keep)

    async def wait(self, request: Request) -> Response:
        """Wait until the files of an issue change, or some seconds."""
        name, page = issue_in(request), request.query_params.get("page", "")
        known = request.query_params.get("version", "")
        end = time.monotonic() + WAIT
        while True:
            try:
                version = await run_in_threadpool(self.workspace.version, name)
            except GazetteError as error:
                return as_json({"fault": str(error)}, 404)
            others = self.workspace.sign(name, page) if page else 0
            if version != known or time.monotonic() > end or await request.is_disconnected():
                return as_json({"version": version, "others": others})
            await asyncio.sleep(STEP)

    async def git(self, request: Request) -> Response:
        """Commit what the desk wrote of an issue (POST), or say what that would be."""
        name = issue_in(request)

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

        return await answer(work)
