"""The one policy of every request, before any route: whose host, by which line, from which page, how often."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address, ip_network
from time import monotonic
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.pages.workers import came_from_worker
from app.settings import Settings

READS = ("GET", "HEAD", "OPTIONS", "TRACE")
FOR_THE_MACHINE = ("/health/", "/metrics")  # asked by whoever watches, not by a browser
REQUESTS_PER_SECOND = 300.0
BURST = 3000.0  # a whole building behind one address opens its boards
MOST_ADDRESSES = 10_000


def is_own_page(connection: HTTPConnection, base_url: str) -> bool:
    """Whether a page of ours asks, and no other site's: exactly our origin, or the browser's word for it."""
    origin = connection.headers.get("origin")
    if origin not in (None, "null"):  # a form without script says null, because our pages give no referrer
        return origin == base_url
    return connection.scope["type"] == "http" and connection.headers.get("sec-fetch-site") == "same-origin"


@dataclass(frozen=True)
class Refusal:
    status: int
    code: str


@dataclass
class Pace:
    """How often each address may ask; far above what people do, so that one machine cannot take all there is."""

    spent: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, address: str) -> bool:
        now = monotonic()
        left, at = self.spent.pop(address, (BURST, now))
        left = min(BURST, left + (now - at) * REQUESTS_PER_SECOND)
        self.spent[address] = (max(left - 1, 0), now)
        if len(self.spent) > MOST_ADDRESSES:
            self.spent.popitem(last=False)
        return left >= 1


def proxies_named(names: str) -> Callable[[str], bool]:
    """Whether an address is that of a proxy of ours. What is no address at all is not."""
    networks = [ip_network(each) for each in names.split()]

    @lru_cache(maxsize=1024)
    def is_proxy(address: str) -> bool:
        try:
            return any(ip_address(address) in network for network in networks)
        except ValueError:
            return False

    return is_proxy


class Gate:
    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.base_url = settings.base_url
        self.hosts = {urlsplit(settings.base_url).hostname, *(settings.hosts or "").split()}
        self.is_proxy = proxies_named(settings.proxy)
        self.needs_https = settings.base_url.startswith("https:")
        self.pace = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if came_from_worker(scope):  # by the socket between workers: another of ours let it in at its gate
            await self.app(scope, receive, _unstored(send))
            return
        by_proxy = bool(scope.get("client")) and self.is_proxy(scope["client"][0])
        if by_proxy:
            scope["client"] = (self._behind(scope), 0)
        refusal = self._refusal(scope, by_proxy=by_proxy)
        if refusal is None:
            await self.app(scope, receive, send if scope["type"] == "websocket" else _unstored(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            answer = JSONResponse({"code": refusal.code}, refusal.status, {"Cache-Control": "no-store"})
            await answer(scope, receive, send)

    def _behind(self, scope: Scope) -> str:
        """Who asks the proxy: the last address on the way that is no proxy of ours."""
        way = [each.strip() for each in Headers(scope=scope).get("x-forwarded-for", "").split(",") if each.strip()]
        strangers = [address for address in way if not self.is_proxy(address)]
        peer: str = scope["client"][0]
        return strangers[-1] if strangers else peer

    def _refusal(self, scope: Scope, *, by_proxy: bool) -> Refusal | None:
        connection = HTTPConnection(scope)
        machine = scope["path"].startswith(FOR_THE_MACHINE)
        if not machine and _host_of(connection) not in self.hosts:
            return Refusal(421, "wrong_host")
        by_https = by_proxy and connection.headers.get("x-forwarded-proto") == "https"
        if not machine and self.needs_https and not by_https:
            return Refusal(403, "https_only")
        changes = scope["type"] == "websocket" or scope["method"] not in READS
        if changes and not is_own_page(connection, self.base_url):
            return Refusal(403, "wrong_origin")
        if not machine and not self.pace.take(connection.client.host if connection.client else ""):
            return Refusal(429, "too_many")
        return None


def _host_of(connection: HTTPConnection) -> str | None:
    try:
        return urlsplit(f"//{connection.headers.get('host', '')}").hostname
    except ValueError:
        return None


def _unstored(send: Send) -> Send:
    """Nothing is kept by any browser or proxy, unless a route says so of a built file."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending
