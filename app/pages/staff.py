"""What only staff may ask for: who is not signed in is sent to sign in, anybody else finds nothing."""

from fastapi import Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from app.access.accounts import Account, StaffRole
from app.languages.speaking import _

from .answers import not_found, wrong_origin
from .house import House
from .messages import message_page


async def signed_in_as(request: Request, house: House, *roles: StaffRole) -> Account | Response:
    """Who asks, or the answer to give instead. An act of another site's page is refused before anybody is looked up."""
    page = request.method == "GET"
    if not page and not house.is_own_page(request):
        return wrong_origin()
    staff = await house.staff(request)
    if staff is None:
        if page:
            return RedirectResponse("/sign-in", status_code=303)
        return JSONResponse({"code": "not_signed_in"}, status_code=401)
    if staff.account.role not in roles:
        return nothing_here(request)
    return staff.account


def nothing_here(request: Request) -> Response:
    """The same for what is not theirs and for what does not exist."""
    if request.method == "GET":
        return message_page(request, 404, _("Nothing is here"), _("Go back to your own page."))
    return not_found()
