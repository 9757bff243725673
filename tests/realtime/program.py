"""The program as somebody types it, and a tool that knows nothing but the links it wrote."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from tests.realtime.nursery import Nursery, reader_of
from tests.realtime.screen import Screen
from tests.realtime.server import PLAIN, environment

KINBOARD = [sys.executable, "-c", "from app.cli import main; main()"]


@dataclass(frozen=True)
class Ended:
    code: int
    said: str
    complained: str


async def start_kinboard(
    *arguments: str | Path, folder: Path, begin: Callable[[], None] | None = None, **settings: str
) -> asyncio.subprocess.Process:
    """`begin` runs in the new process before the program does."""
    return await asyncio.create_subprocess_exec(
        *KINBOARD,
        *map(str, arguments),
        cwd=folder,
        env=environment(**settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=begin,
    )


async def kinboard(
    *arguments: str | Path, folder: Path, begin: Callable[[], None] | None = None, **settings: str
) -> Ended:
    """In a process of its own."""
    process = await start_kinboard(*arguments, folder=folder, begin=begin, **settings)
    try:
        async with asyncio.timeout(30):
            said, complained = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    return Ended(process.returncode or 0, said.decode(), complained.decode())


async def forked_kinboard(
    nursery: Nursery, *arguments: str | Path, folder: Path, first: str = "", **settings: str
) -> Ended:
    """The same, without waiting for its imports."""
    complaints, complaining = os.pipe()
    forked = await nursery.fork(
        "kinboard",
        [str(each) for each in arguments],
        folder=folder,
        complaints=complaining,
        settings=settings,
        first=first,
    )
    os.close(complaining)
    try:
        async with asyncio.timeout(30):
            complained, said, code = await asyncio.gather(
                (await reader_of(complaints)).read(), forked.said.read(), forked.code.read()
            )
    finally:
        if not forked.ended.is_set():
            with suppress(ProcessLookupError):
                os.kill(forked.pid, signal.SIGKILL)
    return Ended(int(code), said.decode(), complained.decode())


class Demo:
    """`kinboard demo`, started as a tool would start it; everything else it learns from the links file."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.folder = folder
        self.arguments = arguments
        self.links: dict[str, Any] = {}
        self.cookies: dict[str, str] = {}
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        port = self.links["base_url"].rsplit(":", 1)[1] if self.links else "0"
        links = self.folder / "links.json"
        self.process = await start_kinboard(
            *("demo", "--port", port, "--data", self.folder / "data", "--links", links, *self.arguments),
            folder=self.folder,
        )
        assert self.process.stdout
        async with asyncio.timeout(30):
            while b"Ctrl-C" not in (line := await self.process.stdout.readline()):
                assert line, await self.process.communicate()
        self.links = json.loads(links.read_text())

    async def end(self) -> None:
        if self.process and self.process.returncode is None:
            self.process.terminate()
            async with asyncio.timeout(20):
                await self.process.communicate()

    def seats(self, role: str) -> list[str]:
        return [seat["name"] for seat in self.links["seats"] if seat["role"] == role]

    def seat(self, name: str) -> dict[str, str]:
        found: dict[str, str] = next(seat for seat in self.links["seats"] if seat["name"] == name)
        return found

    async def open(self, name: str) -> Screen:
        base_url, conference = self.links["base_url"], self.links["conference"]
        if name not in self.cookies:
            async with httpx2.AsyncClient(base_url=base_url, headers={"Origin": base_url}, verify=PLAIN) as browser:
                secret = self.seat(name)["link"].partition("#")[2]
                answer = await browser.post("/api/join", json={"secret": secret})
            seat = self.seat(name)
            assert answer.json() == {"conference": conference, "person": seat["person"], "role": seat["role"]}
            self.cookies[name] = "; ".join(f"{cookie}={value}" for cookie, value in answer.cookies.items())
        url = f"{base_url.replace('http', 'ws')}/api/conferences/{conference}/live"
        screen = await Screen.open(url, self.cookies[name], base_url)
        await screen.until(lambda: screen.own)
        return screen
