"""Somebody of staff shows again that it is them, in a small page that stands in the one where they work.

A chair shows it for her seat; whoever works on the pages of staff, for being signed in.
"""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.accounts import Account, account_with
from app.access.ceremonies import answer_ceremony, begin_ceremony
from app.access.confirming import confirm_session, confirm_staff
from app.access.passkeys import ask_to_use, id_in, sign_count_after
from app.access.passwords import INSIDE
from app.access.sessions import Session
from app.access.ways_in import account_by_password, count_passkey, passkey_with, passkeys_of
from app.board.terms import Id
from app.languages.speaking import _
from app.store.audit import Act, note_alone, staff

from .answers import NO_STORE, not_found, wrong_origin
from .house import STAFF, House, TheHouse, address_of
from .messages import message_page
from .signing_in import MOST_BYTES, Credential, ceremony_of, not_asked, ways_here, with_ceremony

router = APIRouter(max_body_size=MOST_BYTES)


class Asking(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    conference: Id | None = None  # in whose seat; None: on the pages of staff


class WithPasskey(Asking):
    credential: Credential


class WithPassword(Asking):
    password: str = Field(max_length=1000)
    code: str = Field(max_length=100)


@dataclass(frozen=True)
class Confirming:
    """Who has to show it, and where it will count."""

    account: Account
    session: Session | None  # of a seat

    def ways(self, house: House) -> list[str]:
        theirs = {"passkey": self.account.passkeys > 0, "password": self.account.has_password}
        theirs["oidc"] = self.account.provider is not None
        return [way for way in ways_here(house) if theirs[way]]


async def who_confirms(request: Request, house: House, conference: Id | None) -> Confirming | None:
    session, account = None, None
    if conference is None:
        signed_in = await house.staff(request)
        account = signed_in.account if signed_in else None
    else:
        session = await house.session(request, conference)
        if session and session.account_id:
            account = await account_with(house.database, session.account_id)
    return Confirming(account, session) if account and not account.is_closed else None


def confirm_first() -> Response:
    return JSONResponse({"code": "confirm_first"}, status_code=403, headers=NO_STORE)


@router.get("/confirm", response_class=HTMLResponse)
async def confirm_page(request: Request, house: TheHouse, conference: Id | None = None) -> Response:
    found = await who_confirms(request, house, conference)
    if found is None:
        return message_page(request, 404, _("Nothing is asked of you here"), _("Go back to your own page."))
    page = {
        "ways": found.ways(house),
        "conference": conference or "",
        "seconds": await _seconds_left(request, house, conference) or 0,
        "assets": house.front_end.assets("confirm"),
    }
    return house.templates.TemplateResponse(request, "confirm.html", page, headers=NO_STORE)


@router.get("/api/confirm")
async def how_long(request: Request, house: TheHouse, conference: Id | None = None) -> Response:
    """How many seconds it still counts; null where nothing is asked, because a link is all there is to a seat."""
    try:
        return JSONResponse({"seconds": await _seconds_left(request, house, conference)}, headers=NO_STORE)
    except LookupError:
        return not_found()


async def _seconds_left(request: Request, house: House, conference: str | None) -> int | None:
    """LookupError where nobody is signed in, or sits there."""
    if conference is not None:
        session = await house.session(request, conference)
        if session is None:
            raise LookupError
        asks, confirmed_at = session.account_id is not None, session.confirmed_at
    else:
        signed_in = await house.staff(request)
        if signed_in is None:
            raise LookupError
        asks, confirmed_at = True, signed_in.confirmed_at
    left = confirmed_at + house.confirmed_within - house.clock() if confirmed_at else timedelta(0)
    return max(0, int(left.total_seconds())) if asks else None


@router.post("/api/confirm/passkey/ask")
async def ask_for_passkey(request: Request, sent: Asking, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    found = await who_confirms(request, house, sent.conference)
    if found is None or "passkey" not in found.ways(house):
        return not_found()
    theirs = [one.id for one in await passkeys_of(house.database, found.account.id)]
    asked = ask_to_use(house.settings.base_url, theirs)
    holds = {"challenge": asked.challenge, "account": found.account.id}
    token = await begin_ceremony(house.database, "confirm", holds, house.clock())
    return with_ceremony(house, JSONResponse(asked.options, headers=NO_STORE), token)


@router.post("/api/confirm/passkey")
async def confirm_by_passkey(request: Request, sent: WithPasskey, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    found, now = await who_confirms(request, house, sent.conference), house.clock()
    if found is None:
        return not_found()
    holds = await answer_ceremony(house.database, "confirm", ceremony_of(house, request), now)
    if holds is None or holds["account"] != found.account.id:
        return not_asked()
    id = id_in(sent.credential)
    passkey = await passkey_with(house.database, id) if id and "passkey" in found.ways(house) else None
    if passkey is None or passkey.account_id != found.account.id:
        return await _not_right(house, found, "passkey")
    count = sign_count_after(house.settings.base_url, holds["challenge"], sent.credential, passkey)
    if count is None or not await house.database.write(lambda into: count_passkey(into, passkey.id, count, now)):
        return await _not_right(house, found, "passkey")
    return await confirmed(request, house, found, "passkey", JSONResponse({"done": True}, headers=NO_STORE))


@router.post("/api/confirm/password")
async def confirm_by_password(request: Request, sent: WithPassword, house: TheHouse) -> Response:
    """Tries are counted apart from those at the door, so that no stranger can keep a chair from her decision."""
    if not house.is_own_page(request):
        return wrong_origin()
    found, now = await who_confirms(request, house, sent.conference), house.clock()
    if found is None or "password" not in found.ways(house):
        return not_found()
    name, address = f"confirm {found.account.id}", f"confirm {address_of(request)}"
    if not house.tries.begin(name, address, now):
        return JSONResponse({"code": "too_many_tries"}, status_code=429, headers=NO_STORE)
    whose = await account_by_password(house.database, found.account.sign_in_name, sent.password, sent.code, now, INSIDE)
    if whose != found.account.id:
        return await _not_right(house, found, "password")
    house.tries.succeeded(name, address)
    return await confirmed(request, house, found, "password", JSONResponse({"done": True}, headers=NO_STORE))


async def confirmed(request: Request, house: House, found: Confirming, way: str, answer: Response) -> Response:
    """A new token, in this browser's cookie; what is open under the old one goes on."""
    now = house.clock()
    if found.session:
        renewed = await confirm_session(house.database, found.session, now, way)
        if renewed is None:
            return not_found()
        token, session = renewed
        house.rooms.renew(found.session.id, session)
        house.give_seat(answer, session.seat, token)
        return answer
    old = request.cookies.get(house.own_cookie(STAFF), "")
    staffs = await confirm_staff(house.database, found.account.id, old, now, way)
    if staffs is None:
        return not_found()
    house.give_staff(answer, staffs)
    return answer


async def _not_right(house: House, found: Confirming, way: str) -> Response:
    by = staff(found.account.id)
    conference = found.session.seat.conference_id if found.session else None
    await note_alone(house.database, house.clock(), Act("confirm_failed", by, conference, detail={"way": way}))
    return JSONResponse({"code": "not_right"}, status_code=401, headers=NO_STORE)
