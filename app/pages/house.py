"""What every route works with: one per running server."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from ipaddress import ip_address, ip_network
from typing import Annotated
from uuid import UUID

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from app.access.guessing import Guessing
from app.access.sessions import Lookups, Seat, Session
from app.access.staff import Staff, staff_of
from app.access.tries import Tries
from app.realtime.due import DueReport
from app.realtime.rooms import Rooms
from app.realtime.stream import Streams
from app.realtime.watch import Watch
from app.settings import Settings
from app.store.audit import Act, note_alone
from app.store.database import Database
from app.store.log import EventLog

from .front_end import FrontEnd
from .gate import is_own_page
from .workers import Workers


@dataclass(frozen=True)
class House:
    settings: Settings
    database: Database
    sessions: Lookups
    rooms: Rooms
    front_end: FrontEnd
    templates: Jinja2Templates
    watch: Watch
    due: DueReport
    workers: Workers | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    guessing: Guessing = field(default_factory=Guessing)
    tries: Tries = field(default_factory=Tries)

    @cached_property
    def streams(self) -> Streams:
        return Streams(f"{self.workers.number}." if self.workers else "")

    async def session(self, connection: HTTPConnection, conference_id: str) -> Session | None:
        """The session that this browser's cookie stands for in this conference."""
        token = self.cookie(connection, cookie_name(conference_id))
        session = await self.sessions.session_of(token, self.clock()) if token else None
        if session is None or session.seat.conference_id != conference_id:
            return None
        if connection.scope.get("method") == "GET":  # what is read ends with the seat, also half way down
            self.rooms.answers.begin(connection, session)
        return session

    async def seat(self, connection: HTTPConnection, conference_id: str) -> Seat | None:
        session = await self.session(connection, conference_id)
        return session.seat if session else None

    async def noted(
        self, what: str, by: str, conference_id: str, about: str | None = None, **detail: str | int
    ) -> None:
        """Into the audit: ids and codes, never a name."""
        await note_alone(self.database, self.clock(), Act(what, by, conference_id, about, detail))

    def session_ends(self, now: datetime) -> datetime:
        return now + timedelta(hours=self.settings.session_hours)

    def give_cookie(self, answer: Response, name: str, secret: str) -> None:
        """For this browser until it is closed; no script of ours or anybody's can read it."""
        answer.set_cookie(self.own_cookie(name), secret, httponly=True, samesite="strict", secure=self.is_secure)

    def give_language(self, answer: Response, code: str) -> None:
        """It stays for the next meeting, and lax, because an invitation is opened from another site's mail."""
        name = self.own_cookie(LANGUAGE)
        answer.set_cookie(name, code, LANGUAGE_SECONDS, httponly=True, samesite="lax", secure=self.is_secure)

    def cookie(self, connection: HTTPConnection, name: str) -> str:
        """Empty where this browser has none."""
        return connection.cookies.get(self.own_cookie(name), "")

    def drop_cookie(self, answer: Response, name: str) -> None:
        answer.delete_cookie(self.own_cookie(name), httponly=True, samesite="strict", secure=self.is_secure)

    def give_staff(self, answer: Response, token: str) -> None:
        """Lax, because a provider sends people back to us from its own site."""
        answer.set_cookie(self.own_cookie(STAFF), token, httponly=True, samesite="lax", secure=self.is_secure)

    @property
    def confirmed_within(self) -> timedelta:
        return timedelta(minutes=self.settings.confirm_minutes)

    def give_seat(self, answer: Response, seat: Seat, token: str) -> None:
        self.give_cookie(answer, cookie_name(seat.conference_id), token)

    async def staff(self, connection: HTTPConnection) -> Staff | None:
        """Who of staff is signed in on this browser."""
        token = connection.cookies.get(self.own_cookie(STAFF))
        return await staff_of(self.database, token, self.clock()) if token else None

    @property
    def log(self) -> EventLog:
        return self.rooms.log

    @property
    def is_secure(self) -> bool:
        return self.settings.base_url.startswith("https:")

    def own_cookie(self, name: str) -> str:
        """Over https no other host, and no page of a part of ours, can have set it."""
        return f"__Host-{name}" if self.is_secure else name

    def is_own_page(self, connection: HTTPConnection) -> bool:
        return is_own_page(connection, self.settings.base_url)


STAFF, CEREMONY, LANGUAGE = "kinboard_staff", "kinboard_ceremony", "kinboard_language"
LANGUAGE_SECONDS = 365 * 24 * 3600


def cookie_name(conference_id: str) -> str:
    """One for each conference, so that a professional can sit in two meetings in one browser."""
    return f"kinboard_{conference_id.replace('-', '')}"


def address_of(connection: HTTPConnection) -> str:
    """Where somebody is, as far as limits go: the gate has put there what a proxy of ours says. A household has 2^64
    addresses of IPv6, and could take another for every try; so its network counts.
    """
    host = connection.client.host if connection.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(address.ipv4_mapped or ip_network((int(address), 64), strict=False).network_address)


def conferences_of(connection: HTTPConnection, house: House) -> list[str]:
    """The conferences in which this browser has, or had, a seat."""
    ours = house.own_cookie("kinboard_")
    names = [name.removeprefix(ours) for name in connection.cookies if name.startswith(ours)]
    return [str(UUID(name)) for name in names if len(name) == 32 and set(name) <= set("0123456789abcdef")]


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house


async def _house_of(connection: HTTPConnection) -> House:
    """Not a plain function, or each request would wait for a thread that calls it."""
    return house_of(connection)


TheHouse = Annotated[House, Depends(_house_of)]
