"""What gets through between a browser and this server: a plain page for whoever looks after the network.

Nobody has to sign in, nothing of a meeting is here, and what is sent here is not even read.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from time import time_ns

from fastapi import APIRouter, Request, WebSocket
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.websockets import WebSocketDisconnect

from app.realtime.stream import PADDING

from .answers import NO_STORE, wrong_origin
from .house import TheHouse
from .streaming import UNKEPT

PIECES = 4
EVERY_SECONDS = 0.4
MOST_AT_ONCE = 50  # tries that last; there is nothing to gain here by asking for more
LASTS_SECONDS = 10.0

router = APIRouter(max_body_size=1024)
_lasting = 0


@router.get("/connection", response_class=HTMLResponse)
async def connection_page(request: Request, house: TheHouse) -> Response:
    page = {"assets": house.front_end.assets("connection")}
    return house.templates.TemplateResponse(request, "connection.html", page, headers=NO_STORE)


@router.post("/api/connection")
async def there_and_back(request: Request, house: TheHouse) -> Response:
    """The time here, in milliseconds."""
    if not house.is_own_page(request):
        return wrong_origin()
    return JSONResponse({"at": _now()}, headers=UNKEPT)


@router.post("/api/connection/stream")
async def in_pieces(request: Request, house: TheHouse) -> Response:
    """A few events with pauses between them: where they arrive all at once, something holds answers back."""
    if not house.is_own_page(request):
        return wrong_origin()
    if _lasting >= MOST_AT_ONCE:
        return JSONResponse({"code": "not_possible"}, status_code=503)
    return StreamingResponse(_pieces(), media_type="text/event-stream", headers=UNKEPT)


@router.websocket("/api/connection/socket")
async def socket(websocket: WebSocket, house: TheHouse) -> None:
    """Says the time whenever something comes."""
    if not house.is_own_page(websocket) or _lasting >= MOST_AT_ONCE:
        await websocket.close()
        return
    await websocket.accept()
    with suppress(WebSocketDisconnect, TimeoutError), _one_more():
        async with asyncio.timeout(LASTS_SECONDS):
            while True:
                await websocket.receive_text()
                await websocket.send_json({"at": _now()})
        await websocket.close()


async def _pieces() -> AsyncIterator[bytes]:
    with _one_more():
        yield PADDING
        for piece in range(PIECES):
            yield b"data: %d\n\n" % piece
            await asyncio.sleep(EVERY_SECONDS)


@contextmanager
def _one_more() -> Iterator[None]:
    global _lasting
    _lasting += 1
    try:
        yield
    finally:
        _lasting -= 1


def _now() -> int:
    return time_ns() // 1_000_000
