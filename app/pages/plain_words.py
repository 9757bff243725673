"""The everyday words for the words of the trade, which a board's page fetches once it is there."""

import asyncio
import gzip
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic_core import to_json

from app.areas.areas import AreaRefused, plain_words_in
from app.areas.plain_words import Term, for_every_area
from app.board.people import actor_of
from app.board.refusals import Refused

from .answers import NO_STORE, not_found
from .built_files import codings
from .house import TheHouse

router = APIRouter()

Stamps = tuple[tuple[str, int], ...]


@router.get("/api/conferences/{conference}/words")
async def plain_words(request: Request, conference: str, house: TheHouse, meanings: bool = False) -> Response:
    """For whoever writes, what to write instead; or with `meanings`, for whoever reads, what each word means."""
    seat = await house.seat(request, conference)
    room = await house.rooms.room(conference) if seat else None
    try:
        if seat is None or room is None or not actor_of(room.board, seat.person_id):
            return not_found()
    except Refused:
        return not_found()
    area, folder = room.board.conference.settings.area.code, house.settings.areas
    packed = await asyncio.to_thread(packed_now, area, folder, meanings=meanings)
    headers = {**NO_STORE, "Vary": "Accept-Encoding"}
    if "gzip" in codings(request.headers.get("accept-encoding", "")):
        headers["Content-Encoding"] = "gzip"
    else:
        packed = gzip.decompress(packed)
    return Response(packed, headers=headers, media_type="application/json")


def packed_now(area: str, folder: Path | None, *, meanings: bool) -> bytes:
    """An area's file that was edited counts from now on; one that is wrong takes nobody's words away."""
    try:
        stamps = tuple((file.name, file.stat().st_mtime_ns) for file in sorted(folder.glob("*.toml"))) if folder else ()
        return _packed(area, folder, stamps, meanings=meanings)
    except (AreaRefused, OSError):
        return _pack(for_every_area(), meanings=meanings)


@lru_cache(maxsize=32)
def _packed(area: str, folder: Path | None, stamps: Stamps, *, meanings: bool) -> bytes:
    return _pack(plain_words_in(area, folder), meanings=meanings)


def _pack(terms: tuple[Term, ...], *, meanings: bool) -> bytes:
    """Nobody is sent what is only for others: a tablet on a weak line half the list."""
    seen = [_meaning(term) for term in terms if term.means] if meanings else [_instead(term) for term in terms]
    return gzip.compress(to_json(seen))


def _meaning(term: Term) -> dict[str, object]:
    return {"words": term.spellings, "say": term.means, "unless": term.unless}


def _instead(term: Term) -> dict[str, object]:
    return {"write": term.write, "words": term.words, "say": term.say or "", "unless": term.unless}
