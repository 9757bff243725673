"""Pictures of every state of every part of the board, and of every surface at each moment of the worked conference.

make shots                  all of them, light and dark, in three sizes, into build/shots/ with an index.html
make shots ARGS="chair"     only those whose name holds one of these words
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright

from app.access.assignments import assign
from app.access.sessions import Seat as TheirSeat
from app.script.demo import MOMENTS
from tests.pages.office import QUICK, worker
from tests.realtime.server import serving
from tests.surfaces.barriers import THEMES
from tests.surfaces.conftest import FLAGS
from tests.surfaces.gallery import Gallery
from tests.surfaces.meeting import DANA, HESTER, NAOMI, SCREEN, meeting_at

SHOTS = Path(__file__).resolve().parent.parent / "build" / "shots"
Size = tuple[int, int]

DESK: list[Size] = [(1440, 900), (1024, 768), (720, 900)]
TABLET: list[Size] = [(1024, 768), (768, 1024), (320, 640)]
WALL: list[Size] = [(1920, 1080), (1280, 720), (1024, 768)]
PHONE: list[Size] = [(1024, 768), (390, 844), (320, 640)]
PEOPLE = {"chair": (HESTER, DESK), "work": (NAOMI, DESK), "family": (DANA, TABLET), "room": (SCREEN, WALL)}
OFFICE = {
    "home": ("chair", "/home"),
    "set-up": ("chair", "/home/new"),
    "readiness": ("chair", "/home/{0}"),
    "over": ("chair", "/home/{1}"),
    "review": ("chair", "/home/new?after={1}"),
    "change": ("chair", "/home/{0}/change"),
    "people": ("administrator", "/people"),
    "sign-in": ("", "/sign-in"),
    "front-door": ("", "/"),
}
POSE = "document.querySelectorAll('[data-state]').forEach((one) => one.dispatchEvent(new Event('pose')))"
PICTURE = (
    '<a href="{file}"><figure><img loading="lazy" src="{file}" alt=""><figcaption>{words}</figcaption></figure></a>'
)
PAGE = """<!doctype html>
<html lang="en-GB">
<meta charset="utf-8">
<title>Pictures of the board</title>
<style>body { font-family: sans-serif } figure { display: inline-block; margin: 4px } img { width: 300px }</style>
<h1>Pictures of the board</h1>
"""
CALM: dict[str, Any] = {"reduced_motion": "reduce", "color_scheme": "light", "locale": "en-GB"}
GALLERY_SIZES = {"family": TABLET, "room": WALL, "join": PHONE, "lobby": PHONE, "late": PHONE, "pairing": WALL}
DOCUMENTS = ("join", "lobby", "late", "door")


class Album:
    """What has been photographed, and whether a picture is wanted at all."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.pictures: dict[str, list[tuple[str, str]]] = {}

    def wants(self, name: str) -> bool:
        return not self.words or any(word in name for word in self.words)

    async def take(self, page: Page, name: str, sizes: Sequence[Size], *, whole: bool) -> None:
        for width, height in sizes:
            await page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                await page.emulate_media(color_scheme=theme)
                await page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn, 30)))")
                await page.evaluate("scrollTo(0, 0)")
                await page.evaluate(POSE)
                file = f"{name}-{width}-{theme}.png"
                await page.screenshot(path=SHOTS / file, full_page=whole, animations="disabled")
                self.pictures.setdefault(name, []).append((file, f"{width} by {height}, {theme}"))

    def bind(self) -> None:
        page = [PAGE]
        for name, taken in sorted(self.pictures.items()):
            page.append(f'<h2 id="{name}">{name}</h2>')
            page += [PICTURE.format(file=file, words=words) for file, words in taken]
        (SHOTS / "index.html").write_text("\n".join(page))


async def gallery_states(browser: Browser, album: Album) -> None:
    context = await browser.new_context(**CALM)
    gallery = await Gallery.opened(context)
    await gallery.show("")
    groups: dict[str, list[str]] = await gallery.page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.group')].map((group) =>
          [group.id, [...group.querySelectorAll('[data-alone]')].map((one) => one.id)]))"""
    )
    for group, alone in groups.items():
        sizes = GALLERY_SIZES.get(group, DESK)
        if album.wants(f"states-{group}"):
            await gallery.show(group)
            await album.take(gallery.page, f"states-{group}", sizes, whole=True)
        for state in filter(album.wants, alone):
            await gallery.show(state)
            await album.take(gallery.page, state, sizes, whole=group in DOCUMENTS)
    await context.close()


async def surfaces(browser: Browser, album: Album) -> None:
    wanted = [(who, moment) for moment in MOMENTS for who in PEOPLE if album.wants(f"at-{moment}-{who}")]
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder)) as server:
            for moment in dict.fromkeys(moment for _, moment in wanted):
                meeting = await meeting_at(server, moment, browser.new_context)
                for who in [who for who, at in wanted if at == moment]:
                    person, sizes = PEOPLE[who]
                    seat = await meeting.sits_down(person, **CALM)
                    await album.take(seat.page, f"at-{moment}-{who}", sizes, whole=who == "chair")
                    await seat.context.close()
                await meeting.close()


async def office(browser: Browser, album: Album) -> None:
    """The pages of staff, as a chair with three conferences and an administrator find them."""
    wanted = [name for name in OFFICE if album.wants(f"office-{name}")]
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder), *QUICK) as server:
            if (database := server.database) is None:
                return
            people = {"chair": await worker(server, "chair", "Hester Vale")}
            people["administrator"] = await worker(server, "administrator", "Ada Brook")
            ids: list[str] = []
            for moment in ("start", "end", "before_scale"):
                meeting = await meeting_at(server, moment, browser.new_context)
                await assign(database, people["chair"].account, TheirSeat(meeting.id, meeting.id_of(HESTER)))
                ids.append(meeting.id)
            for name in wanted:
                whose, address = OFFICE[name]
                context = await browser.new_context(**CALM)
                if whose:
                    token = people[whose].token or ""
                    await context.add_cookies([{"name": "kinboard_staff", "value": token, "url": server.base_url}])
                page = await context.new_page()
                await page.goto(server.base_url + address.format(*ids))
                await album.take(page, f"office-{name}", DESK if whose else PHONE, whole=True)
                await context.close()


async def main(words: Sequence[str]) -> None:
    album = Album(words)
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir(parents=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        await gallery_states(browser, album)
        await surfaces(browser, album)
        await office(browser, album)
        await browser.close()
    album.bind()
    print(f"{sum(map(len, album.pictures.values()))} pictures: {SHOTS}/index.html")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
