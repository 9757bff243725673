"""Nobody meets a barrier on any page that the server sends, in three languages and both themes."""

from itertools import chain
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from app.access.accounts import StaffRole
from app.access.assignments import assign
from app.access.sessions import Seat as TheirSeat
from tests.languages.test_every_page import FOR_ANYBODY, every_page, shape_of
from tests.pages.office import QUICK, worker
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, serving
from tests.surfaces.barriers import THEMES, barriers_on
from tests.surfaces.looks import CALM, LANGUAGES, STAND_STILL
from tests.surfaces.meeting import HESTER, meeting_at

OF_THE_CHAIR = (
    *("/home", "/home/new", "/home/new?after={1}", "/home/{0}", "/home/{0}/change", "/home/{1}", "/ways", "/confirm"),
    *("/c/{0}", "/c/{0}/record", "/c/{0}/door", "/c/{0}/back", "/c/{0}/beside", "/c/{0}/houses", "/seen/chair"),
    *("/c/{1}", "/c/{1}/record", "/c/{1}/door", "/c/{1}/back"),
)
OF_STAFF: dict[StaffRole, tuple[str, ...]] = {
    "chair": OF_THE_CHAIR,
    "administrator": ("/people", "/ways"),
    "information_governance": ("/audit?check=yes",),
}


@pytest.mark.soak
@pytest.mark.parametrize("language", LANGUAGES)
async def test_nobody_meets_a_barrier_on_any_page(
    browser: Browser, nursery: Nursery, front_end: None, tmp_path: Path, language: str
) -> None:
    met: list[str] = []
    async with serving(tmp_path, *QUICK, nursery=nursery) as server:
        assert server.database
        staff = {role: await worker(server, role, "Hester Vale") for role in OF_STAFF}
        ids = []
        for moment in ("mapping", "end"):
            meeting = await meeting_at(server, moment, browser.new_context)
            await assign(server.database, staff["chair"].account, TheirSeat(meeting.id, meeting.id_of(HESTER)))
            ids.append(meeting.id)
        pages = {role: [path.format(*ids) for path in paths] for role, paths in OF_STAFF.items()}
        assert every_page() <= {shape_of(path, *ids) for path in chain(FOR_ANYBODY, *pages.values())}
        for role, paths in [(None, FOR_ANYBODY), *pages.items()]:
            context = await browser.new_context(locale=language, **CALM)
            page = await context.new_page()
            if role:
                cookie = {"name": "kinboard_staff", "value": staff[role].token, "url": server.base_url}
                await context.add_cookies([cookie])  # type: ignore[list-item]
            if role == "chair":
                for id in ids:
                    await opens_the_room(page, server, id)
            for path in paths:
                await page.goto(server.base_url + path)
                assert (await page.get_attribute("html", "lang") or "").startswith(language), path
                met += [f"{path}: {barrier}" for barrier in await in_both_themes(page, is_frame="/seen/" in path)]
            await context.close()
    assert not met, "\n".join(met)


async def opens_the_room(page: Page, server: Server, id: str) -> None:
    await page.goto(f"{server.base_url}/home/{id}")
    await page.locator(f"form[data-send='/home/{id}/open'] button").click()
    await page.wait_for_url("**/c/*")


async def in_both_themes(page: Page, *, is_frame: bool) -> list[str]:
    met = []
    rules = {"page-has-heading-one": {"enabled": not is_frame}}  # what stands around a frame has one
    for theme in THEMES:
        await page.emulate_media(color_scheme=theme)
        await page.evaluate(STAND_STILL)
        met += [f"{theme}: {barrier}" for barrier in await barriers_on(page, "light", rules)]
    return met
