"""The front door: what this is, and how one gets in."""

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from .front_end import template_folder
from .house import TheHouse

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
async def home(request: Request, house: TheHouse) -> Response:
    return house.templates.TemplateResponse(request, "home.html", {"assets": house.front_end.assets("join")})


@router.get("/icon.svg")
async def icon() -> Response:
    return FileResponse(template_folder() / "icon.svg", headers={"Cache-Control": "public, max-age=86400"})
