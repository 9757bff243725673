"""Answers that many routes give, the same from each of them."""

from fastapi.responses import JSONResponse, Response

from app.board.refusals import Refused
from app.languages.speaking import _

NO_STORE = {"Cache-Control": "no-store"}


def wrong_origin() -> Response:
    return JSONResponse({"code": "wrong_origin"}, status_code=403)


def not_found() -> Response:
    return JSONResponse({"code": "not_found"}, status_code=404)


def invalid(field: str | None) -> Response:
    return JSONResponse({"code": "invalid", "field": field}, status_code=422)


def refused(no: Refused) -> Response:
    """What the board's rules say, for the page that asked."""
    return JSONResponse({"code": "refused", "reason": no.reason.value, "sentence": sentence_of(no)}, status_code=409)


def sentence_of(no: Refused) -> str:
    """In the language of whoever asked."""
    return _(no.message, **no.places)
