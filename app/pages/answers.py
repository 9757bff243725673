"""Answers that many routes give, the same from each of them."""

from fastapi.responses import JSONResponse, Response

NO_STORE = {"Cache-Control": "no-store"}


def wrong_origin() -> Response:
    return JSONResponse({"code": "wrong_origin"}, status_code=403)


def not_found() -> Response:
    return JSONResponse({"code": "not_found"}, status_code=404)
