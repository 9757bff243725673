"""Each request is answered in the language that its browser was told to show, or asks for."""

from markupsafe import Markup, escape
from starlette.requests import HTTPConnection, Request
from starlette.templating import Jinja2Templates
from starlette.types import ASGIApp, Receive, Scope, Send

from app.languages.catalogue import offered
from app.languages.dates import day_words, short_day
from app.languages.languages import chosen
from app.languages.speaking import _, many, speaking, spoken

from .front_end import template_folder
from .house import LANGUAGE, House, house_of


class Spoken:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(("/static/", "/health/")):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        house: House = house_of(connection)
        language = chosen(
            offered(),
            cookie=house.cookie(connection, LANGUAGE),
            accepted=connection.headers.get("accept-language", ""),
            setting=house.settings.language,
        )
        with speaking(language):
            await self.app(scope, receive, send)


def load_templates() -> Jinja2Templates:
    templates = Jinja2Templates(template_folder())
    said = {"_": _, "many": many, "tagged": tagged, "day_words": day_words, "short_day": short_day}
    templates.env.globals.update({**said, "spoken": spoken, "offered": offered, "here": here})
    return templates


def here(request: Request) -> str:
    """The address of this page, without what browsers keep to themselves."""
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def tagged(message: str, **attributes: str) -> Markup:
    """A message with the few tags that stand in it, each with what the page says of it. It holds nobody's words."""
    text = str(escape(message))
    for tag, said in attributes.items():
        text = text.replace(f"&lt;{tag}&gt;", f"<{tag} {said}>" if said else f"<{tag}>")
        text = text.replace(f"&lt;/{tag}&gt;", f"</{tag}>")
    return Markup(text)  # noqa: S704 (escaped above)
