"""Staff sign in: by passkey, or by password and second factor. Whatever is wrong, the answer is the same."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from app.access.ceremonies import OPEN_FOR, answer_ceremony, begin_ceremony
from app.access.passkeys import ask_to_use, id_in, sign_count_after, suits_passkeys
from app.access.staff import begin_staff_session, end_staff_session
from app.access.ways_in import account_by_password, count_passkey, passkey_with
from app.board.terms import Label
from app.store.audit import STRANGER, Act, note, note_alone, staff

from .answers import NO_STORE, not_found, wrong_origin
from .house import CEREMONY, STAFF, House, TheHouse, address_of

MOST_BYTES = 16_384  # read before anybody looks at who sends it

router = APIRouter(max_body_size=MOST_BYTES)

Credential = dict[str, Any]  # as the browser hands it over; `webauthn` reads it


class WithPassword(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    sign_in_name: Label
    password: str = Field(max_length=1000)
    code: str = Field(max_length=100)


class WithPasskey(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    credential: Credential


@router.get("/sign-in", response_class=HTMLResponse)
async def sign_in_page(request: Request, house: TheHouse) -> Response:
    page = {"ways": ways_here(house), "assets": house.front_end.assets("sign_in")}
    return house.templates.TemplateResponse(request, "sign_in.html", page, headers=NO_STORE)


def ways_here(house: House) -> list[str]:
    """Those that are on; a passkey only where browsers make one."""
    ways = house.settings.ways_in
    return [way for way in ways if way != "passkey" or suits_passkeys(house.settings.base_url)]


@router.post("/api/sign-in/passkey/ask")
async def ask_for_passkey(request: Request, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    if "passkey" not in ways_here(house):
        return not_found()
    if not house.tries.begin("", passkeys_at(request), house.clock()):
        return JSONResponse({"code": "too_many_tries"}, status_code=429, headers=NO_STORE)
    asked = ask_to_use(house.settings.base_url)
    token = await begin_ceremony(house.database, "passkey", {"challenge": asked.challenge}, house.clock())
    return with_ceremony(house, JSONResponse(asked.options, headers=NO_STORE), token)


@router.post("/api/sign-in/passkey")
async def sign_in_by_passkey(request: Request, sent: WithPasskey, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    now = house.clock()
    holds = await answer_ceremony(house.database, "passkey", ceremony_of(house, request), now)
    id = id_in(sent.credential)
    passkey = await passkey_with(house.database, id) if id and holds and "passkey" in ways_here(house) else None
    if holds is None:
        return not_asked()
    if passkey is None:
        return await not_right(house, "passkey")
    count = sign_count_after(house.settings.base_url, holds["challenge"], sent.credential, passkey)
    if count is None:
        return await not_right(house, "passkey")
    house.tries.succeeded("", passkeys_at(request))
    counted = lambda connection: count_passkey(connection, passkey.id, count, now)  # noqa: E731
    return await signed_in(house, request, passkey.account_id, "passkey", counted)


@router.post("/api/sign-in/password")
async def sign_in_by_password(request: Request, sent: WithPassword, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    if "password" not in ways_here(house):
        return not_found()
    name, address, now = sent.sign_in_name.strip().casefold(), address_of(request), house.clock()
    if not house.tries.begin(name, address, now):
        return JSONResponse({"code": "too_many_tries"}, status_code=429, headers=NO_STORE)
    account_id = await account_by_password(house.database, name, sent.password, sent.code, now)
    if account_id is None:
        return await not_right(house, "password")
    house.tries.succeeded(name, address)
    return await signed_in(house, request, account_id, "password")


@router.post("/api/sign-out")
async def sign_out(request: Request, house: TheHouse) -> Response:
    """Of this browser. Seats that were taken by signing in are another matter: a meeting may go on."""
    if not house.is_own_page(request):
        return wrong_origin()
    token = request.cookies.get(house.own_cookie(STAFF))
    here = await house.staff(request)
    if token and here:
        await end_staff_session(house.database, token)
        await note_alone(house.database, house.clock(), Act("signed_out", staff(here.account.id)))
    answer = JSONResponse({"to": "/sign-in"}, headers=NO_STORE)
    answer.delete_cookie(house.own_cookie(STAFF), secure=house.is_secure, httponly=True, samesite="lax")
    return answer


def passkeys_at(request: Request) -> str:
    """Counted apart, so that whoever tries passwords from here pauses no passkey."""
    return f"passkeys {address_of(request)}"


def not_asked() -> Response:
    """The same answer to what answers nothing that we asked. It is not noted: a stranger can send it without end, and
    what is noted stays for good.
    """
    return JSONResponse({"code": "not_right"}, status_code=401, headers=NO_STORE)


async def not_right(house: House, way: str) -> Response:
    """One answer to whatever was wrong: name, password, code or key."""
    await note_alone(house.database, house.clock(), Act("sign_in_failed", STRANGER, detail={"way": way}))
    return JSONResponse({"code": "not_right"}, status_code=401, headers=NO_STORE)


async def signed_in(
    house: House,
    request: Request,
    account_id: str,
    way: str,
    also: Callable[[Connection], bool] = lambda connection: True,
    answer: Response | None = None,
    confirmed_at: datetime | None = None,
) -> Response:
    """A new session with a new token; whatever this browser held before is over. `also` is done with it, or neither.
    `confirmed_at` is when they showed that it is them, if not now.
    """
    now, old = house.clock(), request.cookies.get(house.own_cookie(STAFF))
    ends = now + timedelta(hours=house.settings.session_hours)

    def begin(connection: Connection) -> str | None:
        if not also(connection):
            return None
        token = begin_staff_session(connection, account_id, old, now, ends, confirmed_at or now)
        note(connection, now, Act("signed_in", staff(account_id), detail={"way": way}))
        return token

    token = await house.database.write(begin)
    if token is None:
        return await not_right(house, way)
    answer = answer or JSONResponse({"to": "/home"}, headers=NO_STORE)
    house.give_staff(answer, token)
    answer.delete_cookie(house.own_cookie(CEREMONY), secure=house.is_secure, httponly=True, samesite="lax")
    return answer


def with_ceremony(house: House, answer: Response, token: str) -> Response:
    answer.set_cookie(
        house.own_cookie(CEREMONY),
        token,
        max_age=int(OPEN_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=house.is_secure,
    )
    return answer


def ceremony_of(house: House, request: Request) -> str | None:
    return request.cookies.get(house.own_cookie(CEREMONY))
