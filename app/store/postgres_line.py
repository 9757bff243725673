"""A line to PostgreSQL that carries nothing any more is noticed within seconds, at either end.

Left to itself TCP goes on trying for a quarter of an hour where nobody answers, and waits for hours where nobody asks;
and so long the database keeps locked what a server had in hand that it cannot hear any more (docs/decisions/0044).
"""

import socket
from typing import Any

import asyncpg

GIVE_UP_SECONDS = 5
ASK_SECONDS = 2  # between questions whether anybody is there
OURS = {
    "TCP_USER_TIMEOUT": GIVE_UP_SECONDS * 1000,
    "TCP_KEEPIDLE": GIVE_UP_SECONDS,
    "TCP_KEEPINTVL": ASK_SECONDS,
    "TCP_KEEPCNT": 3,
}
THEIRS = {  # what we ask of the database for its end of the line
    "tcp_user_timeout": str(GIVE_UP_SECONDS * 1000),
    "tcp_keepalives_idle": str(GIVE_UP_SECONDS),
    "tcp_keepalives_interval": str(ASK_SECONDS),
    "tcp_keepalives_count": "3",
    "idle_in_transaction_session_timeout": str(GIVE_UP_SECONDS * 1000),
}


class PostgresConnection(asyncpg.Connection):  # type: ignore[misc]
    def __init__(self, protocol: Any, transport: Any, *more: Any) -> None:
        super().__init__(protocol, transport, *more)
        raw = transport.get_extra_info("socket")
        if raw.family == socket.AF_UNIX:
            return
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in OURS.items():
            if option := getattr(socket, name, None):  # not every system has all of them
                raw.setsockopt(socket.IPPROTO_TCP, option, value)


def lines_named(name: str) -> dict[str, Any]:
    """What to hand to asyncpg, for lines of this name."""
    return {"connection_class": PostgresConnection, "server_settings": {"application_name": name, **THEIRS}}
