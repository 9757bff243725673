"""The live board where websockets are blocked: the same frames over answers and requests.

A stream is opened with POST, because a browser then says whose page asks, and nothing on the way keeps the answer.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from app.board.people import actor_of
from app.board.refusals import Refused
from app.realtime.connection import CLOSED_NOT_ADMITTED, Connection
from app.realtime.protocol import MOST_BYTES_UP
from app.realtime.room import CLOSED_DAMAGED
from app.realtime.stream import RESTARTING, Stream, Streams, event
from app.store.log import BrokenLog

from .answers import not_found, wrong_origin
from .boards import NEWER_VERSION, known_version
from .house import House, TheHouse

MOST_BYTES_TOGETHER = 8 * MOST_BYTES_UP  # what was done while one request was under way goes with the next
TOO_BIG = 1009
NOT_UNICODE = 1007
WAITS_AT_MOST = 20.0  # seconds, for one short answer

router = APIRouter(max_body_size=MOST_BYTES_TOGETHER)


class Events(Response):
    """Takes along what a stream has, until it ends; a short answer ends once it has taken something along."""

    media_type = "text/event-stream"

    def __init__(self, stream: Stream, streams: Streams, *, short: bool) -> None:
        super().__init__(headers=dict(UNKEPT))
        del self.headers["content-length"]
        self.stream = stream
        self.streams = streams
        self.short = short

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sending = asyncio.create_task(self._send(send))
        self.stream.picked_up(sending)
        leaving = asyncio.create_task(_left(receive))
        try:
            await asyncio.wait([sending, leaving], return_when=asyncio.FIRST_COMPLETED)
            here = sending.done() and not sending.cancelled()
        except asyncio.CancelledError:
            here = False
            raise
        finally:
            sending.cancel()
            leaving.cancel()
            if self.short and here and not self.stream.is_over:
                self.stream.put_down(lambda: self.streams.end(self.stream))
            else:
                self.streams.end(self.stream)

    async def _send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        while taken := await self._take():
            await send({"type": "http.response.body", "body": taken, "more_body": True})
            if self.short:
                break
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _take(self) -> bytes:
        try:
            async with asyncio.timeout(WAITS_AT_MOST if self.short else None):
                return await self.stream.take()
        except TimeoutError:
            return b""


UNKEPT = {"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"}


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


@router.post("/api/conferences/{conference}/stream")
async def stream(
    request: Request,
    conference: str,
    house: TheHouse,
    epoch: str | None = None,
    version: str = "",
    build: str | None = None,
    short: Annotated[bool, Query()] = False,
) -> Response:
    """Down. Person and origin are checked as for a socket, and it ends with the same codes."""
    if not house.is_own_page(request):
        return wrong_origin()
    if house.watch.is_cut_off:
        return _over(RESTARTING)
    session = await house.session(request, conference)
    try:
        room = await house.rooms.room(conference) if session else None
    except BrokenLog:
        return _over(CLOSED_DAMAGED)
    if session is None or room is None:
        return not_found()
    if build is not None and build != house.front_end.build:
        return _over(NEWER_VERSION)
    try:
        actor_of(room.board, session.seat.person_id)
    except Refused:
        return _over(CLOSED_NOT_ADMITTED)
    return Events(house.streams.begin(room, session, epoch, known_version(version)), house.streams, short=short)


@router.post("/api/conferences/{conference}/stream/{line}/next")
async def stream_next(request: Request, conference: str, line: str, house: TheHouse) -> Response:
    """The next short answer of a stream that was opened for short ones."""
    if (elsewhere := _worker_of(line, house)) is not None:
        return await elsewhere(request)
    found = await _found(request, conference, line, house)
    if isinstance(found, Response):
        return found
    if found[1].is_read:
        return not_found()
    return Events(found[1], house.streams, short=True)


@router.post("/api/conferences/{conference}/stream/{line}")
async def stream_up(request: Request, conference: str, line: str, house: TheHouse) -> Response:
    """Up: frames, one to a line. What becomes of them is told on the stream."""
    if (elsewhere := _worker_of(line, house)) is not None:
        return await elsewhere(request)
    found = await _found(request, conference, line, house)
    if isinstance(found, Response):
        return found
    connection, its_stream = found
    for frame in (await request.body()).split(b"\n"):
        if its_stream.closed:
            break
        if len(frame) > MOST_BYTES_UP:
            connection.close(TOO_BIG)
        elif frame:
            try:
                await connection.take(frame.decode())
            except UnicodeDecodeError:
                connection.close(NOT_UNICODE)
    return Response(status_code=204, headers=UNKEPT)


def _worker_of(line: str, house: House) -> Callable[[Request], Awaitable[Response]] | None:
    """Where another of our processes has this line: the way to it."""
    workers = house.workers
    number = workers.other(line.partition(".")[0]) if workers else None
    return None if workers is None or number is None else lambda request: workers.pass_on(request, number)


async def _found(request: Request, conference: str, line: str, house: House) -> tuple[Connection, Stream] | Response:
    if not house.is_own_page(request):
        return wrong_origin()
    seat = await house.seat(request, conference)
    found = house.streams.of(line, seat) if seat else None
    return found or not_found()


def _over(code: int) -> Response:
    return Response(event(b"close", str(code).encode()), media_type=Events.media_type, headers=UNKEPT)
