"""A server on a port that was taken before anything else was done, so that a busy one is known at once."""

import gc
import socket

import structlog
import uvicorn

from app.main import create_app, stop_streams
from app.pages.workers import Workers
from app.realtime.answering import Answering
from app.realtime.protocol import MOST_BYTES_UP
from app.realtime.wire import SEND_BUFFER_BYTES, Wire, moved
from app.settings import Settings

logger = structlog.get_logger()

PING_SECONDS = 20.0
PONG_SECONDS = 20.0  # a screen that vanished without a word is let go after both


class PortTaken(Exception):
    """One sentence for whoever starts the server."""


def listen_together(host: str, port: int, count: int) -> list[socket.socket]:
    """As many for the same port, among which the kernel shares out who comes. No other program is let in by it."""
    first = listen(host, port)
    if count == 1:
        return [first]
    taken: int = first.getsockname()[1]
    first.close()
    return [listen(host, taken, together=True) for _ in range(count)]


def listen(host: str, port: int, *, together: bool = False) -> socket.socket:
    """A listening socket; port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if together:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER_BYTES)  # of each that it will accept
    try:
        listening.bind((host, port))
        listening.listen(1024)
    except OSError as why:
        listening.close()
        raise PortTaken(
            f"Port {port} on {host} cannot be used ({why.strerror}). Stop what uses it, or choose another with --port."
        ) from None
    return listening


def serve(settings: Settings, listening: list[socket.socket], workers: Workers | None = None) -> None:
    """Until it is told to stop. Exits with 3 if it could not start."""
    otherwise = moved()
    if otherwise:
        logger.error("uvicorn has moved, so each frame is sent by itself", what=otherwise)
    config = uvicorn.Config(
        create_app(settings, workers),
        http=Answering,
        ws="websockets-sansio" if otherwise else Wire,
        ws_per_message_deflate=False,  # three times the time for small messages
        ws_max_size=MOST_BYTES_UP,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PONG_SECONDS,
        loop="uvloop",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=5,
    )
    gc.collect()
    gc.freeze()  # what is loaded by now stays; no collection needs to look at it again
    gc.set_threshold(50_000, 20, 100)  # nor at thousands of people who have just come
    Serving(config).run(sockets=listening)


class Serving(uvicorn.Server):
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """uvicorn tells the websockets that it restarts; whoever is here without one is told by us."""
        stop_streams(self.config.app)  # type: ignore[arg-type]
        await super().shutdown(sockets)
