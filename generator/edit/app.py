"""The routes of the editor's server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import jinja2
import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from generator.edit.archive_list import archive_data
from generator.edit.issue_api import IssueEndpoints
from generator.edit.publishing import Publishing
from generator.edit.remembered import View
from generator.edit.sheets import sheet_picture
from generator.edit.take_in import TakeInAsked, TakingIn
from generator.edit.wire import answer, as_json, decoded, issue_in, number_in
from generator.edit.workspace import Workspace
from generator.runtime.errors import GazetteError


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
        return [
            Route("/", self.archive_page),
            Route("/desk/{gazette}/{issue}", partial(self.issue_page, "desk.html")),
            Route("/overview/{gazette}/{issue}", partial(self.issue_page, "overview.html")),
            Route("/sheet/{gazette}/{issue}/{page:int}", self.sheet),
            *IssueEndpoints(self.workspace).routes(),
            Route("/api/archive", self.archive),
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
        return await answer(lambda: archive_data(self.workspace))

    async def issue_page(self, template: str, request: Request) -> Response:
        """Give a page of one issue; its data come after it."""
        page = self.templates.get_template(f"edit/{template}")
        return HTMLResponse(page.render(name=issue_in(request)))

    async def sheet(self, request: Request) -> Response:
        """Give the picture of a sheet."""
        name, page = issue_in(request), request.path_params["page"]
        width = min(max(number_in(request, "width") or 1200, 200), 3000)

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

    async def view(self, request: Request) -> Response:
        """Give how the desk was set up last (GET), or keep how it is."""
        remembered = self.workspace.remembered
        if request.method == "POST":
            view = await decoded(request, View)
            await run_in_threadpool(remembered.keep_view, view)
            return as_json({"saved": True})
        return await answer(lambda: msgspec.to_builtins(remembered.view()))

    async def build(self, request: Request) -> Response:
        """Begin a build (POST), or say how it goes."""
        if request.method == "POST":
            self.publishing.begin()
        return as_json(self.publishing.state())

    async def take_in_page(self, _: Request) -> Response:
        """Give the page on which files are dropped."""
        return HTMLResponse(self.templates.get_template("edit/take_in.html").render())

    async def file(self, request: Request) -> Response:
        """Keep a file that was dropped, or forget those of a batch."""
        batch = request.path_params["batch"]
        try:
            if request.method == "DELETE":
                await run_in_threadpool(self.taking_in.drop, batch)
                return as_json({"saved": True})
            name = request.query_params.get("name", "")
            size = await self.taking_in.keep(batch, name, request.stream())
        except GazetteError as error:
            return as_json({"fault": str(error)}, 422)
        return as_json({"saved": True, "size": size})

    async def propose(self, request: Request) -> Response:
        """Propose gazette and issue for the files of a batch."""
        batch = request.path_params["batch"]
        return await answer(lambda: self.taking_in.propose(batch))

    async def place(self, request: Request) -> Response:
        """Say how the name of an issue is written, and whether it is there already."""
        asked = request.query_params
        gazette, issue = asked.get("gazette", ""), asked.get("issue", "")
        return await answer(lambda: self.taking_in.place(gazette, issue))

    async def take_in(self, request: Request) -> Response:
        """Begin to take files in (POST), or say how it goes."""
        if request.method == "GET":
            return as_json(self.taking_in.state())
        asked = await decoded(request, TakeInAsked)
        return await answer(
            lambda: {"saved": True, "issue": self.taking_in.begin(asked), "way": asked.way}
        )

    async def stop_taking_in(self, _: Request) -> Response:
        """End the command that takes files in."""
        self.taking_in.process.stop()
        return as_json({"saved": True})

    async def quit(self, _: Request) -> Response:
        """End the server."""
        self.stop()
        return as_json({"saved": True})


def make_app(server: Server) -> Starlette:
    """Make the application."""
    return Starlette(routes=server.routes())
