"""The front door: what this is, and how one gets in."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from .house import TheHouse

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
async def home(request: Request, house: TheHouse) -> Response:
    return house.templates.TemplateResponse(request, "home.html", {"assets": house.front_end.assets("src/join.ts")})
