"""An administrator's page: who of staff can sign in, and as what. It leads to no conference."""

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict

from app.access.accounts import (
    Account,
    StaffRole,
    account_with,
    add_account,
    all_accounts,
    change_account,
    close_account,
    issue_account_link,
    reopen_account,
)
from app.board.terms import Id, Label
from app.languages.speaking import _, said, word
from app.store.audit import Act, note_alone, staff

from .answers import NO_STORE
from .house import House, TheHouse
from .signing_in import MOST_BYTES
from .staff import nothing_here, signed_in_as

router = APIRouter(max_body_size=MOST_BYTES)

ROLE_WORDS: dict[StaffRole, str] = {
    "chair": word("Chair"),
    "office": word("Office"),
    "information_governance": word("Information governance"),
    "administrator": word("Administrator"),
}


class Named(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: Label
    sign_in_name: Label
    role: StaffRole


@router.get("/people", response_class=HTMLResponse)
async def people_page(request: Request, house: TheHouse) -> Response:
    account = await signed_in_as(request, house, "administrator")
    if isinstance(account, Response):
        return account
    everybody = await all_accounts(house.database)
    page = {
        "me": account,
        "open": [(one, ways_of(one)) for one in everybody if not one.is_closed],
        "closed": [one for one in everybody if one.is_closed],
        "role_words": said(ROLE_WORDS),
        "due": sorted((house.due.found or {}).items(), key=lambda each: each[1]),
        "link_hours": house.settings.link_hours,
        "assets": house.front_end.assets("office"),
    }
    return house.templates.TemplateResponse(request, "people.html", page, headers=NO_STORE)


def ways_of(account: Account) -> str:
    ways = [_("Passkey")] * bool(account.passkeys) + [_("Password and code")] * account.has_password
    ways += [_("Council account")] * (account.provider is not None)
    return ", ".join(ways) or _("Has not begun yet")


@router.post("/api/accounts")
async def add(request: Request, sent: Named, house: TheHouse) -> Response:
    by = await signed_in_as(request, house, "administrator")
    if isinstance(by, Response):
        return by
    account_id = await add_account(house.database, sent.name, sent.sign_in_name, sent.role, house.clock())
    if account_id is None:
        return JSONResponse({"code": "name_taken"}, status_code=409)
    await note_alone(house.database, house.clock(), Act("account_made", staff(by.id), about=account_id))
    return await _link(house, account_id)


@router.post("/api/accounts/{account_id}")
async def change(request: Request, account_id: Id, sent: Named, house: TheHouse) -> Response:
    by = await signed_in_as(request, house, "administrator")
    if isinstance(by, Response):
        return by
    if await account_with(house.database, account_id) is None:
        return nothing_here(request)
    now = house.clock()
    no = await change_account(house.database, account_id, sent.name, sent.sign_in_name, sent.role, now)
    if no is None:
        act = Act("account_changed", staff(by.id), about=account_id, detail={"role": sent.role})
        await note_alone(house.database, now, act)
    return JSONResponse({"code": no}, status_code=409) if no else JSONResponse({"to": "/people"})


@router.post("/api/accounts/{account_id}/link")
async def new_link(request: Request, account_id: Id, house: TheHouse) -> Response:
    """For somebody new, or who lost what they sign in with: whoever uses it starts afresh."""
    by = await signed_in_as(request, house, "administrator")
    if isinstance(by, Response):
        return by
    account = await account_with(house.database, account_id)
    if account is None or account.is_closed:
        return nothing_here(request)
    await note_alone(house.database, house.clock(), Act("account_link_issued", staff(by.id), about=account_id))
    return await _link(house, account_id)


@router.post("/api/accounts/{account_id}/close")
async def close(request: Request, account_id: Id, house: TheHouse) -> Response:
    by = await signed_in_as(request, house, "administrator")
    if isinstance(by, Response):
        return by
    if await account_with(house.database, account_id) is None:
        return nothing_here(request)
    no = await close_account(house.database, account_id, house.clock())
    if no is None:
        await note_alone(house.database, house.clock(), Act("account_closed", staff(by.id), about=account_id))
    return JSONResponse({"code": no}, status_code=409) if no else JSONResponse({"to": "/people"})


@router.post("/api/accounts/{account_id}/reopen")
async def reopen(request: Request, account_id: Id, house: TheHouse) -> Response:
    by = await signed_in_as(request, house, "administrator")
    if isinstance(by, Response):
        return by
    if await account_with(house.database, account_id) is None:
        return nothing_here(request)
    await reopen_account(house.database, account_id)
    await note_alone(house.database, house.clock(), Act("account_reopened", staff(by.id), about=account_id))
    return JSONResponse({"to": "/people"})


async def _link(house: House, account_id: str) -> Response:
    now = house.clock()
    secret = await issue_account_link(house.database, account_id, now, now + timedelta(hours=house.settings.link_hours))
    return JSONResponse({"link": f"{house.settings.base_url}/begin#{secret}"}, headers=NO_STORE)
