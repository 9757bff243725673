"""Somebody of staff begins: a link that works once, and the way in that they choose for themselves."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection

from app.access.accounts import Account, account_of_link, is_free, name_account, use_account_link
from app.access.ceremonies import answer_ceremony, begin_ceremony
from app.access.codes_by_time import address_for_apps, new_code_secret, spelled, step_of
from app.access.passkeys import ask_to_make, made
from app.access.passwords import LONGEST, SHORTEST, hashed
from app.access.sessions import hash_of
from app.access.ways_in import keep_passkey, keep_password
from app.board.terms import Label
from app.languages.speaking import _

from .answers import NO_STORE, wrong_origin
from .house import House, TheHouse
from .qr import qr_svg
from .signing_in import (
    MOST_BYTES,
    Credential,
    ceremony_of,
    not_asked,
    not_right,
    signed_in,
    ways_here,
    with_ceremony,
)

router = APIRouter(max_body_size=MOST_BYTES)


class WithLink(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    secret: str = Field(max_length=200)


class Asking(WithLink):
    name: Label | None = None  # the first administrator's: everybody else has been given one
    sign_in_name: Label | None = None


class Passkey(WithLink):
    credential: Credential


class Password(WithLink):
    password: str = Field(min_length=SHORTEST, max_length=LONGEST)
    code: str = Field(max_length=20)


@router.get("/begin", response_class=HTMLResponse)
async def begin_page(request: Request, house: TheHouse) -> Response:
    """The secret stands behind the `#` of the address, which browsers do not send."""
    page = {"ways": ways_here(house), "shortest": SHORTEST, "assets": house.front_end.assets("sign_in")}
    return house.templates.TemplateResponse(request, "begin.html", page, headers=NO_STORE)


@router.post("/api/begin")
async def whose_link(request: Request, sent: WithLink, house: TheHouse) -> Response:
    """Nothing is used up by looking. A link that cannot be used is answered alike, whatever is wrong with it."""
    if not house.is_own_page(request):
        return wrong_origin()
    account = await account_of(house, sent.secret)
    if account is None:
        return not_usable()
    return JSONResponse({"name": account.name, "sign_in_name": account.sign_in_name}, headers=NO_STORE)


@router.post("/api/begin/passkey/ask")
async def ask_for_new_passkey(request: Request, sent: Asking, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    account = await account_of(house, sent.secret)
    if account is None or "passkey" not in ways_here(house):
        return not_usable()
    name, sign_in_name = named(account, sent)
    if not await is_free_for(house, sign_in_name, account):
        return JSONResponse({"code": "name_taken"}, status_code=409)
    asked = ask_to_make(house.settings.base_url, account, sign_in_name, [])
    holds = {"account": account.id, "challenge": asked.challenge, "name": name, "sign_in_name": sign_in_name}
    token = await begin_ceremony(house.database, "passkey_new", holds, house.clock())
    return with_ceremony(house, JSONResponse(asked.options, headers=NO_STORE), token)


@router.post("/api/begin/passkey")
async def begin_with_passkey(request: Request, sent: Passkey, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    now = house.clock()
    holds = await answer_ceremony(house.database, "passkey_new", ceremony_of(house, request), now)
    if holds is None:
        return not_asked()
    passkey = made(house.settings.base_url, holds["account"], holds["challenge"], sent.credential)
    if passkey is None:
        return await not_right(house, "link")

    def begin(connection: Connection) -> bool:
        if not begun(connection, house, hash_of(sent.secret), holds["account"], holds["name"], holds["sign_in_name"]):
            return False
        keep_passkey(connection, passkey, now)
        return True

    return await signed_in(house, request, holds["account"], "passkey", begin)


@router.post("/api/begin/password/ask")
async def ask_for_new_password(request: Request, sent: Asking, house: TheHouse) -> Response:
    """A secret for the app that will make the second factor: as a picture, a link and a text, none to be copied by
    hand.
    """
    if not house.is_own_page(request):
        return wrong_origin()
    account = await account_of(house, sent.secret)
    if account is None or "password" not in ways_here(house):
        return not_usable()
    name, sign_in_name = named(account, sent)
    if not await is_free_for(house, sign_in_name, account):
        return JSONResponse({"code": "name_taken"}, status_code=409)
    code_secret = new_code_secret()
    holds = {"account": account.id, "code_secret": code_secret.hex(), "name": name, "sign_in_name": sign_in_name}
    token = await begin_ceremony(house.database, "password_new", holds, house.clock())
    address = address_for_apps(code_secret, sign_in_name)
    picture = qr_svg(address, _("For your authenticator app"))
    asked = {"address": address, "spelled": spelled(code_secret), "picture": picture}
    return with_ceremony(house, JSONResponse(asked, headers=NO_STORE), token)


@router.post("/api/begin/password")
async def begin_with_password(request: Request, sent: Password, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    now = house.clock()
    holds = await answer_ceremony(house.database, "password_new", ceremony_of(house, request), now)
    if holds is None:
        return not_asked()
    code_secret = bytes.fromhex(holds["code_secret"])
    step = step_of(code_secret, "".join(sent.code.split()), now, 0)
    if step is None:  # a slip of the finger: the same app secret is asked about again
        token = await begin_ceremony(house.database, "password_new", holds, now)
        return with_ceremony(house, JSONResponse({"code": "wrong_code"}, status_code=422), token)
    hash, codes = await hashed(sent.password), list[str]()

    def begin(connection: Connection) -> bool:
        if not begun(connection, house, hash_of(sent.secret), holds["account"], holds["name"], holds["sign_in_name"]):
            return False
        codes.extend(keep_password(connection, holds["account"], hash, code_secret, step))
        return True

    answer = await signed_in(house, request, holds["account"], "password", begin)
    if answer.status_code != 200:
        return answer
    answer.body = answer.render({"to": "/home", "recovery_codes": codes})
    answer.headers["content-length"] = str(len(answer.body))
    return answer


def begun(
    connection: Connection, house: House, secret_hash: bytes, account_id: str, name: str, sign_in_name: str
) -> bool:
    """The link is used, and the account has nothing of before; False where it cannot be, and nothing is changed."""
    account = account_of_link(connection, secret_hash, house.clock())
    if account is None or account.id != account_id or not is_free(connection, sign_in_name, account_id):
        return False
    use_account_link(connection, secret_hash, house.clock())
    name_account(connection, account_id, name, sign_in_name)
    return True


def named(account: Account, sent: Asking) -> tuple[str, str]:
    """Only who has no name yet gives one."""
    if account.name:
        return account.name, account.sign_in_name
    return sent.name or account.sign_in_name, sent.sign_in_name or account.sign_in_name


async def account_of(house: House, secret: str) -> Account | None:
    now = house.clock()
    return await house.database.read(lambda connection: account_of_link(connection, hash_of(secret), now))


async def is_free_for(house: House, sign_in_name: str, account: Account) -> bool:
    return await house.database.read(lambda connection: is_free(connection, sign_in_name, account.id))


def not_usable() -> Response:
    return JSONResponse({"code": "link_not_usable"}, status_code=404, headers=NO_STORE)
