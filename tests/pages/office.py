"""An office of a council: its server, and people of staff who sign in to it as their browsers would."""

import re
from base64 import b32decode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self
from uuid import uuid4

import httpx2

from app.access.accounts import StaffRole, add_account, first_administrators_link, issue_account_link
from app.access.codes_by_time import code_at
from tests.realtime.server import Server

PASSWORD = "drifting copper lighthouse"
QUICK = ("--set", "app.access.passwords:MEMORY_KIB=64", "--set", "app.access.passwords:PASSES=1")


def browser_of(server: Server) -> httpx2.AsyncClient:
    """It keeps no line open, so nobody has to close it."""
    return server.client(Origin=server.base_url, Connection="close")


@dataclass
class Worker:
    """One person of staff and their browser."""

    name: str
    sign_in_name: str
    browser: httpx2.AsyncClient
    account: str = ""
    code_secret: bytes = b""
    recovery_codes: tuple[str, ...] = ()

    @classmethod
    def at(cls, server: Server, name: str) -> Self:
        return cls(name, f"{name.lower()}@{uuid4().hex[:8]}", browser_of(server))

    async def posts(self, address: str, **body: Any) -> httpx2.Response:
        return await self.browser.post(address, json=body)

    def code(self, later: int = 0) -> str:
        """What their app shows; every code works once, so those of the steps beside count too."""
        return code_at(self.code_secret, int(datetime.now(UTC).timestamp()) // 30 + later)

    async def begins(self, secret: str, *, code: str | None = None) -> httpx2.Response:
        """By a link, with a password and an app."""
        asked = await self.posts(
            "/api/begin/password/ask", secret=secret, name=self.name, sign_in_name=self.sign_in_name
        )
        if asked.status_code != 200:
            return asked
        self.code_secret = bytes_of(asked.json()["spelled"])
        begun = await self.posts("/api/begin/password", secret=secret, password=PASSWORD, code=code or self.code(-1))
        if begun.status_code == 200:
            self.recovery_codes = tuple(begun.json()["recovery_codes"])
        return begun

    async def signs_in(self, code: str | None = None, password: str = PASSWORD) -> httpx2.Response:
        return await self.posts(
            "/api/sign-in/password", sign_in_name=self.sign_in_name, password=password, code=code or self.code()
        )

    @property
    def token(self) -> str | None:
        return self.browser.cookies.get("kinboard_staff")


def bytes_of(spelled: str) -> bytes:
    return b32decode(spelled + "=" * (-len(spelled) % 8))

    return b32decode(spelled + "=" * (-len(spelled) % 8))


async def worker(server: Server, role: StaffRole, name: str = "") -> Worker:
    """Somebody whose account an administrator made, and who has begun."""
    assert server.database
    one = Worker.at(server, name or role.title())
    now = datetime.now(UTC)
    account = await add_account(server.database, one.name, one.sign_in_name, role, now)
    assert account
    one.account = account
    secret = await issue_account_link(server.database, account, now, now + timedelta(hours=1))
    begun = await one.begins(secret)
    assert begun.status_code == 200, begun.text
    return one


async def first_link(server: Server) -> str:
    assert server.database
    now = datetime.now(UTC)
    secret = await first_administrators_link(server.database, now, now + timedelta(hours=1))
    assert secret
    return secret


def secret_in(link: str) -> str:
    return re.split("#", link)[1]
