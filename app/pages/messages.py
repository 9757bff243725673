"""Pages that say one thing: what is wrong, and what to do next."""

from fastapi import Request
from fastapi.responses import Response

from .house import house_of


def message_page(request: Request, status: int, title: str, sentence: str, next_step: str = "") -> Response:
    house = house_of(request)
    context = {
        "title": title,
        "sentence": sentence,
        "next_step": next_step,
        "assets": house.front_end.assets("join"),
    }
    return house.templates.TemplateResponse(request, "message.html", context, status_code=status)
