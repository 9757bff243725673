"""What every route works with: one per running server."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.templating import Jinja2Templates

from app.access.sessions import Seat, seat_of
from app.realtime.rooms import Rooms
from app.settings import Settings
from app.store.database import Database

from .front_end import FrontEnd


@dataclass(frozen=True)
class House:
    settings: Settings
    database: Database
    rooms: Rooms
    front_end: FrontEnd
    templates: Jinja2Templates
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def seat(self, connection: HTTPConnection, conference_id: str) -> Seat | None:
        """The seat that this browser's cookie stands for in this conference."""
        token = connection.cookies.get(cookie_name(conference_id))
        seat = await seat_of(self.database, token, self.clock()) if token else None
        return seat if seat and seat.conference_id == conference_id else None

    def is_own_page(self, connection: HTTPConnection) -> bool:
        """Whether a page of ours asks, and no other site's: exactly our origin, or the browser's word for it.

        One check for sockets and for whatever changes something over HTTP.
        """
        origin = connection.headers.get("origin")
        if origin is not None:
            return origin == self.settings.base_url
        return connection.scope["type"] == "http" and connection.headers.get("sec-fetch-site") == "same-origin"


def cookie_name(conference_id: str) -> str:
    """One for each conference, so that a professional can sit in two meetings in one browser."""
    return f"kinboard_{conference_id.replace('-', '')}"


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house


TheHouse = Annotated[House, Depends(house_of)]
