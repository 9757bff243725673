"""How somebody of staff signs in: the passkeys they have, one more, one less."""

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from app.access.accounts import Account
from app.access.ceremonies import answer_ceremony, begin_ceremony
from app.access.passkeys import ask_to_make, made
from app.access.ways_in import drop_passkey, keep_passkey, passkeys_of
from app.languages.speaking import _
from app.store.audit import Act, note, staff

from .accounts import ROLE_WORDS
from .answers import NO_STORE
from .confirming import confirm_first
from .house import House, TheHouse
from .signing_in import MOST_BYTES, Credential, ceremony_of, not_asked, ways_here, with_ceremony
from .staff import nothing_here, signed_in_as

router = APIRouter(max_body_size=MOST_BYTES)

EVERYBODY = tuple(ROLE_WORDS)


class WithCredential(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    credential: Credential


class Removing(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    passkey: str = Field(pattern=r"^([0-9a-f]{2}){1,1023}$")


@router.get("/ways", response_class=HTMLResponse)
async def ways_page(request: Request, house: TheHouse) -> Response:
    account = await signed_in_as(request, house, *EVERYBODY)
    if isinstance(account, Response):
        return account
    page = {
        "account": account,
        "role": _(ROLE_WORDS[account.role]),
        "can_add": "passkey" in ways_here(house),
        "passkeys": await passkeys_of(house.database, account.id),
        "others": account.has_password or account.provider is not None,
        "assets": house.front_end.assets("office"),
    }
    return house.templates.TemplateResponse(request, "ways.html", page, headers=NO_STORE)


@router.post("/api/ways/passkey/ask")
async def ask_for_another(request: Request, house: TheHouse) -> Response:
    account = await _sure(request, house)
    if isinstance(account, Response):
        return account
    if "passkey" not in ways_here(house):
        return nothing_here(request)
    known = [one.id for one in await passkeys_of(house.database, account.id)]
    asked = ask_to_make(house.settings.base_url, account, account.sign_in_name, known)
    holds = {"account": account.id, "challenge": asked.challenge}
    token = await begin_ceremony(house.database, "passkey_more", holds, house.clock())
    return with_ceremony(house, JSONResponse(asked.options, headers=NO_STORE), token)


@router.post("/api/ways/passkey")
async def add(request: Request, sent: WithCredential, house: TheHouse) -> Response:
    account, now = await _sure(request, house), house.clock()
    if isinstance(account, Response):
        return account
    holds = await answer_ceremony(house.database, "passkey_more", ceremony_of(house, request), now)
    if holds is None or holds["account"] != account.id:
        return not_asked()
    passkey = made(house.settings.base_url, account.id, holds["challenge"], sent.credential)
    if passkey is None:
        return not_asked()

    def keep(connection: Connection) -> None:
        keep_passkey(connection, passkey, now)
        note(connection, now, Act("passkey_added", staff(account.id)))

    await house.database.write(keep)
    return JSONResponse({"to": "/ways"}, headers=NO_STORE)


@router.post("/api/ways/passkey/remove")
async def remove(request: Request, sent: Removing, house: TheHouse) -> Response:
    """Never the last way in: whoever has lost theirs asks an administrator for a new link."""
    account, now = await _sure(request, house), house.clock()
    if isinstance(account, Response):
        return account

    def drop(connection: Connection) -> bool:
        if not drop_passkey(connection, account.id, bytes.fromhex(sent.passkey)):
            return False
        note(connection, now, Act("passkey_removed", staff(account.id)))
        return True

    if not await house.database.write(drop):
        return JSONResponse({"code": "last_way_in"}, status_code=409)
    return JSONResponse({"to": "/ways"}, headers=NO_STORE)


async def _sure(request: Request, house: House) -> Account | Response:
    """Who asks, if they have shown a moment ago that it is them: what they do here decides who gets in."""
    account = await signed_in_as(request, house, *EVERYBODY)
    signed_in = await house.staff(request)
    if isinstance(account, Response) or signed_in is None:
        return account if isinstance(account, Response) else nothing_here(request)
    return account if _is_fresh(signed_in.confirmed_at, house) else confirm_first()


def _is_fresh(confirmed_at: datetime, house: House) -> bool:
    return confirmed_at + house.confirmed_within > house.clock()
