"""Which language this browser shows from now on. Without script the form leads back to where it stood."""

import json
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.languages.catalogue import language_named

from .answers import NO_STORE, invalid, wrong_origin
from .house import TheHouse

MOST_BYTES = 4096

router = APIRouter(max_body_size=MOST_BYTES)


@router.post("/language")
async def choose(request: Request, house: TheHouse) -> Response:
    if not house.is_own_page(request):
        return wrong_origin()
    by_script = request.headers.get("content-type", "").startswith("application/json")
    fields = said_in(await request.body(), by_script=by_script)
    language = language_named(fields.get("language", ""))
    if language is None:
        return invalid("language")
    answer = Response(status_code=204, headers=NO_STORE)
    if not by_script:
        answer = RedirectResponse(page_of_ours(fields.get("back", "")), 303, NO_STORE)
    house.give_language(answer, language.code)
    return answer


def said_in(body: bytes, *, by_script: bool) -> dict[str, str]:
    try:
        said = json.loads(body) if by_script else dict(parse_qsl(body.decode()))
    except ValueError:
        return {}
    return {name: text for name, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}


def page_of_ours(back: str) -> str:
    """Nobody is led to another site by a form of ours."""
    try:
        parts = urlsplit(back)
    except ValueError:
        return "/"
    is_ours = back.startswith("/") and not back.startswith("//") and not parts.netloc and "\\" not in back
    return back if is_ours and back.isprintable() and back.isascii() else "/"
