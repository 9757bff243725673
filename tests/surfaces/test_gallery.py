"""Every state that the design names is there, mounted from the product, and nobody meets a barrier in any of them."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, ViewportSize

from tests.surfaces.gallery import PIECES, Gallery

COLOURS = {"runOnly": ["color-contrast"]}  # all that another theme changes

# From the design, by hand: what has to be seen of each part of the board.
STATES = {
    "cards": "normal focus moving lit sending kept held new changed taken-off locked answered not-asked "
    "fact observation allegation opinion step nobody two-editors",
    "column": "empty empty-group lit full steps",
    "line": "shut open asks long too-long hint step refused",
    "points": "offered held returned placed changing chair",
    "scale": "not-asked strip-collecting strip-shown form collecting-chair collecting nobody everyone sure shown off "
    "round-2 many small lower",
    "number": "chair everyone nobody laptop chosen in in-everyone passed again refused typed",
    "seats": "quiet floor speak waiting meaning break floor-break not-heard ready lost out many long on-a-break",
    "saved": "saved sending offline back back-empty connecting",
    "row": "undo shown refused offered",
    "views": "hidden shown form all family family-shown",
    "decision": "empty draft steps read-back recorded half locked map-locked",
    "family": "welcome empty board lit new answering help help-all turn offline break blank removed statements number "
    "numbers writing write-refused over",
    "room": "welcome rest break late removed empty 3 22 30 60 long danger steps collecting shown round-2 many",
    "work": "floor blank refused hint chair-offline",
    "join": "ready no-link joining used offline trouble",
}
PREFIX = {"cards": "card", "points": "point", "seats": "seat"}


@pytest.fixture(scope="module")
async def gallery(browser: Browser) -> AsyncIterator[Gallery]:
    wide = ViewportSize(width=1440, height=900)
    context = await browser.new_context(viewport=wide, reduced_motion="reduce", color_scheme="light")
    yield await Gallery.opened(context)
    await context.close()


@pytest.mark.parametrize("group", STATES)
async def test_nobody_meets_a_barrier_in_any_state(gallery: Gallery, group: str) -> None:
    gallery.troubles.clear()
    await gallery.show(group)
    states = await gallery.states()
    wanted = {f"{PREFIX.get(group, group)}-{name}" for name in STATES[group].split()}
    assert not wanted - states.keys()
    barriers = await in_both_themes(gallery, rules=PIECES)
    for state in [name for name, alone in states.items() if alone]:
        await gallery.show(state)
        barriers += await in_both_themes(gallery)
    assert not barriers, "\n".join(barriers)
    assert not gallery.troubles


async def in_both_themes(gallery: Gallery, **options: object) -> list[str]:
    await gallery.theme("light")
    barriers = await gallery.barriers(**options)
    await gallery.theme("dark")
    return barriers + await gallery.barriers(**COLOURS)
