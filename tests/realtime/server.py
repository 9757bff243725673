"""A real server in a process of its own, and conferences made in its database."""

import asyncio
import os
import signal
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Self
from uuid import uuid4

import httpx2

from app.access.links import issue_link
from app.board.actor import Actor
from app.board.board import decide
from app.board.conference import PrepareConference
from app.board.state import EMPTY
from app.realtime.turn import row_of
from app.settings import sqlite_url
from app.store.database import Database
from app.store.keys import keys_beside
from app.store.log import EventLog
from tests import cast
from tests.cast import CHAIR
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen

ROOT = Path(__file__).resolve().parent.parent.parent
# Our servers speak http here: to read all the certificates of the world for each browser is most of what it costs.
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def environment(**more: str) -> dict[str, str]:
    """Nothing of whoever runs the tests reaches the server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KINBOARD_")}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


class Server:
    """Keeps its folder and port, so that it can be ended and started again."""

    trusts: ssl.SSLContext | bool = PLAIN
    new_database: ClassVar[Callable[[], Awaitable[str]] | None] = None  # for those of whom nothing else is said

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        nursery: Nursery | None = None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "stderr"
        self.arguments = arguments
        self.nursery = nursery
        self.settings = dict(settings or {})
        self.base_url = ""
        self.pid = 0
        self.database: Database | None = None
        self.sittings: list[Sitting] = []
        self._ended: Callable[[], Awaitable[object]] | None = None

    async def start(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        if Server.new_database and "KINBOARD_DATABASE_URL" not in self.settings:
            self.settings = {**self.settings, "KINBOARD_DATABASE_URL": await Server.new_database()}
        port = ["--port", self.base_url.rsplit(":", 1)[1]] if self.base_url else []
        with self.log.open("ab") as log:
            said = await self._begin([str(self.data), *port, *self.arguments], log.fileno())
        async with asyncio.timeout(90):
            line = (await said.readline()).decode().strip()
        assert line.startswith("http"), self.log.read_text()
        self.base_url = line
        if self.database is None:
            url = self.settings.get("KINBOARD_DATABASE_URL") or sqlite_url(self.data)
            self.database = await Database.open(url, keys_beside(self.data / "kinboard.sqlite3"))
        return self

    async def _begin(self, arguments: list[str], log: int) -> asyncio.StreamReader:
        if self.nursery:
            forked = await self.nursery.fork(
                "launch", arguments, folder=self.folder, complaints=log, settings=self.settings
            )
            self.pid, self._ended = forked.pid, forked.ended.wait
            return forked.said
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.realtime.launch", *arguments),
            cwd=self.folder,
            env=environment(**self.settings),
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        assert process.stdout
        self.pid, self._ended = process.pid, process.wait
        return process.stdout

    @property
    def is_running(self) -> bool:
        return self._ended is not None

    async def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Tells it to stop and waits until it has."""
        assert self._ended
        os.kill(self.pid, how)
        async with asyncio.timeout(20):
            await self._ended()
        self._ended = None

    async def close(self) -> None:
        for sitting in self.sittings:
            await sitting.let_go()
        if self.database:
            await self.database.close()
        if self._ended:
            await self.end(signal.SIGKILL)

    def client(self, **headers: str) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(base_url=self.base_url, headers=headers, timeout=20, verify=self.trusts)

    async def sitting(self, **settings: Any) -> "Sitting":
        """A new conference with the whole cast, prepared and not begun."""
        conference_id = str(uuid4())
        prepared = cast.preparation(**settings).model_copy(update={"id": conference_id})
        return await self.sitting_of(prepared)

    async def sitting_of(self, prepared: PrepareConference) -> "Sitting":
        assert self.database
        log, now = EventLog(self.database), datetime.now(UTC)
        await log.create(prepared.id, now)
        events = decide(EMPTY, prepared, Actor(CHAIR, "chair"), now)
        await log.append(prepared.id, [row_of(prepared, CHAIR, events, now)], 0)
        self.sittings.append(Sitting(self, prepared.id))
        return self.sittings[-1]


@dataclass
class Sitting:
    """One conference on that server, and the screens that are open in it."""

    server: Server
    id: str
    cookies: dict[str, str] = field(default_factory=dict)
    screens: list[Screen] = field(default_factory=list)

    async def link(self, person: str, *, reusable: bool = False, hours: float = 1) -> str:
        """The secret of a new joining link."""
        assert self.server.database
        now = datetime.now(UTC)
        begins = now if hours > 0 else now + timedelta(hours=hours - 1)
        return await issue_link(
            self.server.database, self.id, person, begins, reusable=reusable, expires_at=now + timedelta(hours=hours)
        )

    async def join(self, person: str) -> str:
        """The cookie of this person's browser: through the door, as everybody comes in."""
        if person not in self.cookies:
            async with self.server.client(Origin=self.server.base_url) as browser:
                answer = await browser.post("/api/join", json={"secret": await self.link(person)})
            assert answer.status_code == 200, answer.text
            assert answer.json()["person"] == person
            self.cookies[person] = "; ".join(f"{name}={value}" for name, value in answer.cookies.items())
        return self.cookies[person]

    @property
    def url(self) -> str:
        return f"{self.server.base_url.replace('http', 'ws')}/api/conferences/{self.id}/live"

    async def open(self, person: str, query: str = "", **more: Any) -> Screen:
        """This person's board, with the first view on it."""
        screen = await self.open_unseen(person, query, **more)
        await screen.until(lambda: screen.own)
        return screen

    async def open_unseen(self, person: str, query: str = "", **more: Any) -> Screen:
        cookie = await self.join(person)
        screen = await Screen.open(self.url + query, cookie, self.server.base_url, **more)
        self.screens.append(screen)
        return screen

    async def back(self, screen: Screen, person: str) -> Screen:
        """The same tablet again, with the map, epoch and version that it kept."""
        again = await self.open_unseen(person, f"?epoch={screen.epoch}&version={screen.version}")
        again.shared, again.epoch, again.version = dict(screen.shared), screen.epoch, screen.version
        await again.until(lambda: again.own)
        return again

    async def begin(self, *people: str) -> list[Screen]:
        """These people's screens, in the middle of the meeting."""
        screens = [await self.open(person) for person in people]
        await screens[people.index(CHAIR)].does("set_phase", phase="mapping")
        for screen in screens:
            await screen.settle()
        return screens

    async def close(self) -> None:
        for screen in self.screens:
            await screen.close()

    async def let_go(self) -> None:
        """What a test that failed left open, so that the next one does not find it."""
        for screen in self.screens:
            await screen.let_go()


@asynccontextmanager
async def serving(
    folder: Path, *arguments: str, nursery: Nursery | None = None, settings: Mapping[str, str] | None = None
) -> AsyncIterator[Server]:
    server = Server(folder, *arguments, nursery=nursery, settings=settings)
    try:
        yield await server.start()
    finally:
        await server.close()
