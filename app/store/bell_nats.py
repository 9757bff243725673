"""The bell of installations that run NATS anyway, or have very many servers."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from app.store.bell import SEND_SECONDS, BellOverLine, Hear, Line, heard_in
from app.store.unavailable import StoreUnavailable

SUBJECT = "kinboard.bell"


class NatsLine:
    def __init__(self, client: Any) -> None:
        self.client = client

    @property
    def is_broken(self) -> bool:
        return not self.client.is_connected

    async def send(self, messages: list[str]) -> None:
        for message in messages:
            await self.client.publish(SUBJECT, message.encode())
        await self.ask()

    async def ask(self) -> None:
        await self.client.flush(timeout=SEND_SECONDS)


def nats_bell(address: str) -> BellOverLine:
    """Raises `StoreUnavailable` where its package is not there."""
    try:
        from nats.aio.client import Client
    except ImportError:
        raise StoreUnavailable("KINBOARD_BELL names NATS, and the package nats-py is not installed.") from None

    @asynccontextmanager
    async def call(hear: Hear, broken: Callable[[], None]) -> AsyncIterator[Line]:
        client = Client()

        async def gone(*_: object) -> None:
            broken()

        async def told(message: Any) -> None:
            hear(heard_in(message.data.decode(errors="replace")))

        await client.connect(
            address,
            name="kinboard",
            no_echo=True,
            allow_reconnect=False,  # we come back ourselves, and then look at once
            connect_timeout=int(SEND_SECONDS),
            disconnected_cb=gone,
            error_cb=gone,
        )
        try:
            await client.subscribe(SUBJECT, cb=told)
            await client.flush(timeout=int(SEND_SECONDS))
            yield NatsLine(client)
        finally:
            await client.close()

    return BellOverLine(call)
