"""For whoever runs the server: is it alive, is it ready, how much is it doing. Numbers only, never content."""

import secrets
from ipaddress import ip_address

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.realtime.protocol import schema

from .answers import not_found
from .house import House, TheHouse
from .workers import came_from_worker

router = APIRouter()


@router.get("/health/live")
async def alive() -> dict[str, str]:
    return {"status": "alive"}


@router.get("/health/ready")
async def ready(house: TheHouse) -> Response:
    """Whether it can be read from the database, and saved there. After a failed write it is tried again here, so that
    whoever watches sees it end also when nobody writes.
    """
    if house.watch.is_cut_off:
        return _not_ready(house)  # at once: to ask would take longer than whoever watches waits
    try:
        await house.database.try_to_read()
        if house.database.standing.why:
            await house.database.try_to_write()
    except Exception:  # whatever the reason, the answer holds no more detail than this
        return _not_ready(house)
    return JSONResponse({"status": "ready"})


def _not_ready(house: House) -> Response:
    why = house.database.standing.why or "The database cannot be read."
    return JSONResponse({"status": "not ready", "why": why}, status_code=503)


@router.get("/metrics")
async def metrics(request: Request, house: TheHouse, worker: str = "") -> Response:
    """To this machine, or to whoever holds the token. Of several processes one answers: `worker` says which."""
    token = house.settings.metrics_token
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    holds_token = token is not None and secrets.compare_digest(given.encode(), token.get_secret_value().encode())
    if not holds_token and not (token is None and _is_this_machine(request)):
        return not_found()
    if worker and not (house.workers and house.workers.knows(worker)):
        return not_found()
    if house.workers and (number := house.workers.other(worker)) is not None:
        return await house.workers.pass_on(request, number)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _is_this_machine(request: Request) -> bool:
    """Not somebody far away whose request a proxy on this machine passes on. Another worker of ours has asked this."""
    if came_from_worker(request.scope):
        return True
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


@router.get("/api/schema/live.json")
async def live_schema() -> dict[str, object]:
    return schema()
