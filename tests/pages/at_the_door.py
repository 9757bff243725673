"""The chair's browser at her door, and strangers in front of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2

from tests.cast import CHAIR
from tests.realtime.server import Sitting


class Door:
    """What the chair asks and does."""

    def __init__(self, sitting: Sitting, browser: httpx2.AsyncClient) -> None:
        self.sitting = sitting
        self.browser = browser

    def address(self, what: str) -> str:
        return f"/api/conferences/{self.sitting.id}/{what}"

    async def stands(self) -> dict[str, Any]:
        answer = await self.browser.get(self.address("door"))
        assert answer.status_code == 200
        stands: dict[str, Any] = answer.json()
        return stands

    async def does(self, what: str, status: int = 200, **fields: Any) -> dict[str, Any]:
        answer = await self.browser.post(self.address(what), json=fields)
        assert answer.status_code == status, answer.text
        done: dict[str, Any] = answer.json()
        return done

    async def opens(self) -> str:
        return str((await self.does("door/open"))["code"])

    async def invites(self, *people: str) -> list[str]:
        """The secrets of new invitations."""
        made = (await self.does("invitations", people=list(people)))["invitations"]
        assert [each["person_id"] for each in made] == list(people)
        return [each["link"].partition("#")[2] for each in made]


@asynccontextmanager
async def the_door_of(sitting: Sitting) -> AsyncIterator[Door]:
    headers = {"Origin": sitting.server.base_url, "Cookie": await sitting.join(CHAIR)}
    async with sitting.server.client(**headers) as browser:
        yield Door(sitting, browser)


@asynccontextmanager
async def a_stranger_at(sitting: Sitting) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser that keeps its own cookies."""
    async with sitting.server.client(Origin=sitting.server.base_url) as browser:
        yield browser


async def asks(browser: httpx2.AsyncClient, status: int = 200, **said: str) -> httpx2.Response:
    answer = await browser.post("/api/lobby", json={"name": "Sam Doyle", "why": "work", **said})
    assert answer.status_code == status, answer.text
    return answer


async def state_of(browser: httpx2.AsyncClient) -> str:
    return str((await browser.get("/api/lobby")).json()["state"])
