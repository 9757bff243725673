"""Staff sign in, or begin, with the account that the council's own provider has for them."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from sqlalchemy import Connection

from app.access.accounts import account_with
from app.access.ceremonies import answer_ceremony, begin_ceremony
from app.access.provider import LEEWAY_SECONDS, CameBack, NoProvider, Provider, Visit, send_to, who_came_back
from app.access.sessions import hash_of, session_with
from app.access.ways_in import account_by_provider, keep_provider
from app.board.terms import Id
from app.languages.speaking import _

from .answers import NO_STORE, wrong_origin
from .beginning import Asking, account_of, begun, is_free_for, named, not_usable
from .confirming import Confirming, confirmed, who_confirms
from .house import House, TheHouse, address_of
from .messages import message_page
from .signing_in import MOST_BYTES, ceremony_of, not_right, signed_in, with_ceremony

router = APIRouter(max_body_size=MOST_BYTES)

BACK = "/sign-in/provider/back"
LONG_AGO = datetime.fromtimestamp(0, UTC)
LEEWAY = timedelta(seconds=LEEWAY_SECONDS)


def provider_of(house: House) -> Provider | None:
    settings = house.settings
    if "oidc" not in settings.ways_in or not settings.oidc_issuer or not settings.oidc_client_id:
        return None
    secret = settings.oidc_client_secret.get_secret_value() if settings.oidc_client_secret else None
    return Provider(settings.oidc_issuer, settings.oidc_client_id, secret, f"{settings.base_url}{BACK}")


@router.get("/sign-in/provider")
async def go_to_provider(request: Request, house: TheHouse) -> Response:
    """A link and no form: the page's own policy lets no form lead to another site."""
    provider = provider_of(house)
    if provider is None:
        return message_page(request, 404, _("Nothing is here"), _("Sign in another way."))
    if not house.tries.begin("", f"provider {address_of(request)}", house.clock()):
        return message_page(request, 429, _("Too many tries"), _("Wait ten minutes, or sign in another way."))
    try:
        address, visit = await send_to(provider)
    except NoProvider:
        return _unreachable(request)
    token = await begin_ceremony(house.database, "provider", asdict(visit), house.clock())
    return with_ceremony(house, RedirectResponse(address, status_code=303, headers=NO_STORE), token)


@router.post("/api/begin/provider")
async def begin_with_provider(request: Request, sent: Asking, house: TheHouse) -> Response:
    """The link is used up when they come back."""
    if not house.is_own_page(request):
        return wrong_origin()
    provider, account = provider_of(house), await account_of(house, sent.secret)
    if provider is None or account is None:
        return not_usable()
    name, sign_in_name = named(account, sent)
    if not await is_free_for(house, sign_in_name, account):
        return JSONResponse({"code": "name_taken"}, status_code=409)
    try:
        address, visit = await send_to(provider)
    except NoProvider:
        return JSONResponse({"code": "no_provider"}, status_code=502)
    link = {"account": account.id, "link": hash_of(sent.secret).hex(), "name": name, "sign_in_name": sign_in_name}
    token = await begin_ceremony(house.database, "provider", asdict(visit) | link, house.clock())
    return with_ceremony(house, JSONResponse({"to": address}, headers=NO_STORE), token)


@router.get(BACK, response_class=HTMLResponse)
async def came_back(request: Request, house: TheHouse) -> Response:
    provider = provider_of(house)
    holds = await answer_ceremony(house.database, "provider", ceremony_of(house, request), house.clock())
    if provider is None or holds is None:
        return _page_not_right(request)
    visit = Visit(holds["state"], holds["nonce"], holds["verifier"])
    try:
        back = await who_came_back(provider, visit, request.query_params)
    except NoProvider:
        return _unreachable(request)
    if back is None:
        return await _not_right(request, house)
    if "confirms" in holds:
        return await _confirmed(request, house, back, holds)
    # Whoever was signed in there already has shown nothing now; where it does not say, they have shown nothing at all.
    subject, confirmed_at = back.subject, min(back.signed_in_at or LONG_AGO, house.clock())
    home = RedirectResponse("/home", status_code=303, headers=NO_STORE)
    if "link" not in holds:
        account_id = await account_by_provider(house.database, provider.issuer, subject)
        if account_id is None:
            return await _not_right(request, house)
        house.tries.succeeded("", f"provider {address_of(request)}")
        return await signed_in(house, request, account_id, "provider", answer=home, confirmed_at=confirmed_at)

    def begin(connection: Connection) -> bool:
        secret_hash, account_id = bytes.fromhex(holds["link"]), holds["account"]
        if not begun(connection, house, secret_hash, account_id, holds["name"], holds["sign_in_name"]):
            return False
        return keep_provider(connection, account_id, provider.issuer, subject)

    answer = await signed_in(house, request, holds["account"], "provider", begin, home, confirmed_at)
    return answer if answer is home else _page_not_right(request)


@router.get("/confirm/provider")
async def confirm_at_provider(request: Request, house: TheHouse, conference: Id | None = None) -> Response:
    """In a window of its own: they show there again that it is them, also when they are signed in there."""
    provider, found = provider_of(house), await who_confirms(request, house, conference)
    if provider is None or found is None or "oidc" not in found.ways(house):
        return message_page(request, 404, _("Nothing is asked of you here"), _("Go back to your own page."))
    try:
        address, visit = await send_to(provider, afresh=True)
    except NoProvider:
        return _unreachable(request)
    seat_session = found.session.id.hex() if found.session else None  # its cookie does not come back from there
    holds = asdict(visit) | {"confirms": found.account.id, "session": seat_session, "at": house.clock().isoformat()}
    token = await begin_ceremony(house.database, "provider", holds, house.clock())
    return with_ceremony(house, RedirectResponse(address, status_code=303, headers=NO_STORE), token)


async def _confirmed(request: Request, house: House, back: CameBack, holds: dict[str, Any]) -> Response:
    """Only by the same person, and only if they showed it there after they were asked."""
    account = await account_with(house.database, holds["confirms"])
    session = await session_with(house.database, bytes.fromhex(holds["session"])) if holds["session"] else None
    if account is None or account.is_closed or (holds["session"] and session is None):
        return _page_not_right(request)
    found = Confirming(account, session)
    if await account_by_provider(house.database, account.provider or "", back.subject) != account.id:
        return await _not_right(request, house)
    if back.signed_in_at is None or back.signed_in_at < datetime.fromisoformat(holds["at"]) - LEEWAY:
        return message_page(
            request,
            401,
            _("That did not count"),
            _("Your council’s sign-in did not say that you have just signed in there."),
            _("Go back and try another way, and tell whoever runs Kinboard."),
        )
    done = message_page(request, 200, _("It is you"), _("Close this window. What you were doing goes on by itself."))
    return await confirmed(request, house, found, "provider", done)


async def _not_right(request: Request, house: House) -> Response:
    await not_right(house, "provider")
    return _page_not_right(request)


def _page_not_right(request: Request) -> Response:
    """The same for a stranger and for whatever did not hold."""
    return message_page(
        request,
        401,
        _("That did not work"),
        _("Nobody here has that account, or it took too long."),
        _("Go back and try again."),
    )


def _unreachable(request: Request) -> Response:
    return message_page(
        request, 502, _("Your council’s sign-in cannot be reached"), _("Wait a moment, or sign in another way.")
    )
