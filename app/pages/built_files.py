"""The built front end, as the build has packed it."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

PACKED = {"br": ".br", "gzip": ".gz"}  # the smallest first
KEPT = {
    "Cache-Control": "public, max-age=31536000, immutable",  # a file's name carries a hash of its content
    "Vary": "Accept-Encoding",
}


class BuiltFiles(StaticFiles):
    """Sends the smallest form of a file that the browser takes."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await self._packed(path, scope) or await super().get_response(path, scope)
        response.headers.update(KEPT)
        return response

    async def _packed(self, path: str, scope: Scope) -> Response | None:
        taken = codings(Headers(scope=scope).get("accept-encoding", ""))
        for coding in [coding for coding in PACKED if coding in taken]:
            try:
                response = await super().get_response(path + PACKED[coding], scope)
            except HTTPException:
                continue
            response.headers["Content-Encoding"] = coding
            return response
        return None


def codings(header: str) -> set[str]:
    """What an `Accept-Encoding` names and does not refuse with a weight of 0."""
    taken = set()
    for part in header.lower().split(","):
        coding, _, weight = part.partition(";")
        if weight.replace(" ", "").rstrip("0.") != "q=":
            taken.add(coding.strip())
    return taken
