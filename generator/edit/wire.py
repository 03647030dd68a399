"""Requests and answers of the editor's server: what goes in is decoded, what comes out is JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from generator.content.misplaced import MisplacedError
from generator.edit.acts import Conflict
from generator.edit.desk import misplaced_data
from generator.runtime.data import Json, dump
from generator.runtime.errors import GazetteError

LARGEST_BODY = 1_000_000  # bytes of a request that is no file

T = TypeVar("T")


async def answer(work: Callable[[], Json]) -> Response:
    """Do the work in a thread; faults are for the editor."""
    try:
        return as_json(await run_in_threadpool(work))
    except Conflict as conflict:
        return as_json({"fault": str(conflict.args[0])}, 409)
    except MisplacedError as error:
        return as_json({"fault": str(error), "misplaced": misplaced_data(error)}, 422)
    except GazetteError as error:
        return as_json({"fault": str(error)}, 422)


def number_in(request: Request, key: str) -> int:
    """Give a number of the query; 0 if there is none."""
    given = request.query_params.get(key, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0


def issue_in(request: Request) -> str:
    """Give the name of the issue in the path: panzhihua/2017-01."""
    return f"{request.path_params['gazette']}/{request.path_params['issue']}"


async def decoded(request: Request, kind: type[T]) -> T:
    """Decode the body; HTTPException when it is too large or of another form."""
    data = b""
    async for piece in request.stream():
        data += piece
        if len(data) > LARGEST_BODY:
            raise HTTPException(413)
    try:
        return msgspec.json.decode(data or b"{}", type=kind)
    except msgspec.DecodeError as error:
        raise HTTPException(400, str(error)) from error


def as_json(data: Json, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(dump(data), status, media_type="application/json")
