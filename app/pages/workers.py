"""The other processes of a server that has several on one port: what only one of them can answer is passed on to it.

Each also listens on a socket in a folder that only our own account may enter.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import httpx2
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from .answers import not_found

LONGEST_SECONDS = 30.0  # more than a short answer takes
PASSED_BACK = ("content-type", "cache-control", "x-accel-buffering")


def socket_of(folder: Path, number: int) -> Path:
    return folder / f"{number}.socket"


def came_from_worker(scope: Scope) -> bool:
    """By such a socket: it has no port."""
    return bool(scope.get("server")) and scope["server"][1] is None


@dataclass(frozen=True)
class Workers:
    """`number` is this one's, from 0 on."""

    number: int
    count: int
    folder: Path

    def knows(self, number: str) -> bool:
        return number.isascii() and number.isdigit() and len(number) < 4 and int(number) < self.count

    def other(self, number: str) -> int | None:
        """None for this one, and for what is no worker."""
        return int(number) if self.knows(number) and int(number) != self.number else None

    async def pass_on(self, request: Request, number: int) -> Response:
        """The same request to that worker. If whoever asks goes away, it goes away there too."""
        asking = asyncio.create_task(self._ask(request, await request.body(), number))
        leaving = asyncio.create_task(_left(request))
        try:
            await asyncio.wait([asking, leaving], return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else not_found()
        except (httpx2.HTTPError, OSError):  # it has died: its lines are over
            return not_found()
        finally:
            asking.cancel()
            leaving.cancel()

    async def _ask(self, request: Request, body: bytes, number: int) -> Response:
        there = httpx2.AsyncHTTPTransport(uds=str(socket_of(self.folder, number)))
        async with httpx2.AsyncClient(transport=there, timeout=LONGEST_SECONDS) as client:
            url = httpx2.URL("http://worker", path=request.url.path, query=request.url.query.encode())
            answer = await client.request(request.method, url, headers=request.headers.raw, content=body)
        headers = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
        return Response(answer.content, answer.status_code, headers)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
