"""Ties the house together."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from secure import (
    ContentSecurityPolicy,
    CustomHeader,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
)
from secure.middleware import SecureASGIMiddleware
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.access.passwords import TooBusy
from app.access.sessions import Lookups
from app.languages.speaking import _
from app.logs import place_of
from app.pages import (
    accounts,
    auditing,
    beginning,
    beside,
    boards,
    conferences,
    confirming,
    connecting,
    council_account,
    door,
    health,
    helping,
    home,
    invitations,
    joining,
    languages,
    late,
    lobby,
    looking_back,
    own_ways,
    plain_words,
    practising,
    preparing,
    records,
    screens,
    signing_in,
    streaming,
    tablets,
)
from app.pages.built_files import BuiltFiles
from app.pages.front_end import load_front_end
from app.pages.gate import Gate
from app.pages.house import House
from app.pages.messages import message_page
from app.pages.spoken import Spoken, load_templates
from app.pages.workers import Workers
from app.realtime.due import DueReport
from app.realtime.elsewhere import Elsewhere
from app.realtime.rooms import Rooms
from app.realtime.watch import Watch
from app.settings import Settings
from app.store.bells import bell_for, is_server
from app.store.database import Database
from app.store.keys import Keys, MasterKey
from app.store.log import BrokenLog, EventLog

logger = structlog.get_logger()

MOST_BYTES = 64 * 1024  # in one request; a route may ask for less
ANSWERS: dict[int | str, dict[str, Any]] = {  # any route's, beside its own
    303: {"description": "On to another page"},
    400: {"description": "What was sent cannot be read"},
    401: {"description": "Nobody is signed in, or what was given is not right"},
    403: {"description": "From another page than ours, or for somebody else"},
    404: {"description": "There is no such thing, or not for whoever asks"},
    409: {"description": "Not as things stand"},
    413: {"description": "What was sent is too long"},
    421: {"description": "Another host was meant"},
    422: {"description": "A field is missing or wrong"},
    429: {"description": "Too many at once"},
    503: {"description": "Cannot be saved or read just now"},
}

# Nothing from anywhere but our own origin, and nothing written into a page.
POLICY = (
    ContentSecurityPolicy()
    .default_src("'none'")
    .script_src("'self'")
    .style_src("'self'")
    .connect_src("'self'")
    .font_src("'self'")
    .img_src("'self'")
    .form_action("'self'")
    .base_uri("'none'")
    .frame_src("'self'")
    .frame_ancestors("'self'")  # the chair looks at another's screen in a frame
)


async def open_database(settings: Settings) -> Database:
    """With the keys to it, which lie elsewhere. Raises `StoreUnavailable`."""
    return await Database.open(settings.database_url, keys_of(settings))


def keys_of(settings: Settings) -> Keys:
    given = settings.master_key.get_secret_value() if settings.master_key else None
    return Keys(settings.keys, MasterKey(settings.master_key_file, given))


def create_app(settings: Settings, workers: Workers | None = None) -> FastAPI:
    front_end = load_front_end()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database = await open_database(settings)
        shared = workers is not None or is_server(database)
        bell = bell_for(database, settings.bell, shared=shared)
        elsewhere = Elsewhere(database, bell) if shared else None
        rooms = Rooms(
            EventLog(database),
            confirmed_within=timedelta(minutes=settings.confirm_minutes),
            other_servers=elsewhere,
        )
        templates = load_templates()
        watch = Watch(rooms, database, lambda: datetime.now(UTC), elsewhere)
        due = DueReport(EventLog(database), lambda: datetime.now(UTC))
        app.state.house = House(settings, database, Lookups(database), rooms, front_end, templates, watch, due, workers)
        running = [watch.run(), due.run(), bell.run(watch.hear), *([elsewhere.run()] if elsewhere else [])]
        beside_it = [asyncio.create_task(each) for each in running]
        yield
        for each in beside_it:
            each.cancel()
        await asyncio.gather(*beside_it, return_exceptions=True)
        await rooms.close()
        if elsewhere:
            await elsewhere.close()
        await database.close()

    app = FastAPI(
        title="Kinboard",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        responses=ANSWERS,
    )
    # within OurFault: its way out is an error that is none of ours
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=MOST_BYTES)
    app.add_middleware(Spoken)
    app.add_middleware(BoardSockets)
    app.add_middleware(Gate, settings=settings)
    app.add_middleware(OurFault)
    https = settings.base_url.startswith("https:")
    app.add_middleware(SecureASGIMiddleware, secure=_headers(https=https))  # the last stands around all others
    at_the_door = (joining, lobby, screens, tablets, late, door, invitations)
    of_staff = (
        signing_in,
        beginning,
        council_account,
        confirming,
        own_ways,
        accounts,
        auditing,
        practising,
        preparing,
        conferences,
    )
    # Looked through in this order at each request: first what is asked for most often.
    app.mount("/static", BuiltFiles(directory=front_end.folder))
    for noun in (
        health,
        home,
        helping,
        languages,
        *of_staff,
        *at_the_door,
        boards,
        plain_words,
        streaming,
        connecting,
        looking_back,
        beside,
        records,
    ):
        app.include_router(noun.router)
    app.add_exception_handler(HTTPException, _say_http)
    app.add_exception_handler(BrokenLog, _say_damaged)
    app.add_exception_handler(RequestValidationError, _say_invalid)
    app.add_exception_handler(TooBusy, _say_busy)
    return app


def stop_streams(app: FastAPI) -> None:
    house: House = app.state.house
    house.streams.stop()


class OurFault:
    """What nobody foresaw: a reference for the person, class and place of the error for us, its text for nobody."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            if scope["type"] == "lifespan":
                raise
            reference = token_hex(4)
            logger.error("our fault", reference=reference, kind=type(error).__name__, at=place_of(error))
            if begun:
                raise BrokenOff from None  # the line is dropped, so that nobody takes half an answer for the whole
            answer = JSONResponse({"code": "our_fault", "reference": reference}, status_code=500)
            await answer(scope, receive, send)


class BoardSockets:
    """The sockets of boards go round the router, but through the gate like everything else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_board = scope["type"] == "websocket" and boards.LIVE.fullmatch(scope["path"])
        await (boards.open_board if is_board else self.app)(scope, receive, send)


class BrokenOff(Exception):
    """Says nothing of what it stands for."""


def _headers(*, https: bool) -> Secure:
    return Secure(
        hsts=StrictTransportSecurity().max_age(63072000).include_subdomains() if https else None,
        csp=POLICY,
        referrer=ReferrerPolicy().no_referrer(),
        xcto=XContentTypeOptions(),
        custom=[
            CustomHeader("Cross-Origin-Opener-Policy", "same-origin"),
            CustomHeader("Cross-Origin-Resource-Policy", "same-origin"),
            CustomHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        ],
    )


async def _say_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.url.path.startswith(("/api/", "/static/", "/health/")):
        return JSONResponse({"code": "not_found" if status == 404 else "not_possible"}, status_code=status)
    return message_page(request, status, _("Nothing is here"), _("Open the joining link that you were given."))


async def _say_damaged(request: Request, error: Exception) -> Response:
    """One conference cannot be trusted any more; all others are served."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"code": "damaged"}, status_code=503)
    sentence = _("What is kept of this meeting on the disk is not what was written, so nobody should rely on it.")
    return message_page(
        request, 503, _("This board cannot be opened"), sentence, _("Tell whoever runs Kinboard at once.")
    )


async def _say_busy(request: Request, error: Exception) -> Response:
    return JSONResponse({"code": "too_many_at_once"}, status_code=429, headers={"Retry-After": "5"})


async def _say_invalid(request: Request, error: Exception) -> Response:
    """Which field, and nothing of what stood there."""
    first = error.errors()[0]["loc"] if isinstance(error, RequestValidationError) else ()
    field = ".".join(str(part) for part in first[1:]) or None
    return JSONResponse({"code": "invalid", "field": field}, status_code=422)
