"""The bell of installations that run Valkey anyway. Nothing is kept in it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from secrets import token_hex
from typing import Any

from app.store.bell import SEND_SECONDS, BellOverLine, Hear, Line, heard_in
from app.store.unavailable import StoreUnavailable

CHANNEL = "kinboard"


class ValkeyLine:
    """Whoever publishes hears it too, so each message begins with a line that says whose it is."""

    def __init__(self, client: Any, ours: str) -> None:
        self.client = client
        self.ours = ours
        self.is_broken = False

    async def send(self, messages: list[str]) -> None:
        for message in messages:
            await self.client.publish(CHANNEL, f"{self.ours}\n{message}")

    async def ask(self) -> None:
        await self.client.ping()


def valkey_bell(address: str) -> BellOverLine:
    """Raises `StoreUnavailable` where its package is not there."""
    try:
        from valkey.asyncio import Valkey
    except ImportError:
        raise StoreUnavailable("KINBOARD_BELL names Valkey, and the package valkey is not installed.") from None

    @asynccontextmanager
    async def call(hear: Hear, broken: Callable[[], None]) -> AsyncIterator[Line]:
        client: Any = Valkey.from_url(address, socket_connect_timeout=SEND_SECONDS, client_name="kinboard")
        subscribed = client.pubsub(ignore_subscribe_messages=True)
        line = ValkeyLine(client, f"from {token_hex(8)}")

        async def listen() -> None:
            try:
                async for told in subscribed.listen():
                    message = told["data"].decode(errors="replace")
                    if not message.startswith(line.ours):
                        hear(heard_in(message))
            finally:
                line.is_broken = True
                broken()

        try:
            await subscribed.subscribe(CHANNEL)
            listening = asyncio.create_task(listen())
            try:
                yield line
            finally:
                listening.cancel()
                with suppress(Exception, asyncio.CancelledError):
                    await listening
        finally:
            await subscribed.aclose()
            await client.aclose()

    return BellOverLine(call)
