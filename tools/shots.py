"""Pictures of every state of every part of the board, and of every surface at each moment of the worked conference.

make shots                     all of them, in three languages, light and dark, in three sizes, into build/shots/
make shots ARGS="chair pl"     only those whose name holds one of these words, in these of the languages and themes
make shots ARGS="--keep door"  keeps small ones in tests/snapshots/, which tests compare with; without words all of them
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, Page, async_playwright

from app.access.assignments import assign
from app.access.sessions import Seat as TheirSeat
from app.script.demo import MOMENTS
from tests.pages.office import QUICK, worker
from tests.realtime.server import serving
from tests.surfaces.barriers import THEMES
from tests.surfaces.conftest import CHROMIUM, FLAGS
from tests.surfaces.gallery import DESK, DOCUMENTS, PHONE, TABLET, WALL, Gallery, Size, sizes_of
from tests.surfaces.looks import CALM, ELSEWHERE, FIRST, KEPT, LANGUAGES, STAND_STILL, Way, keep, looking
from tests.surfaces.meeting import DANA, HESTER, NAOMI, SCREEN, meeting_at

SHOTS = Path(__file__).resolve().parent.parent / "build" / "shots"
PATIENCE_MS = 60_000  # three languages are taken at a time, and a page may be long
PEOPLE = {"chair": (HESTER, DESK), "work": (NAOMI, DESK), "family": (DANA, TABLET), "room": (SCREEN, WALL)}
OFFICE = {
    "home": ("chair", "/home"),
    "set-up": ("chair", "/home/new"),
    "readiness": ("chair", "/home/{0}"),
    "over": ("chair", "/home/{1}"),
    "review": ("chair", "/home/new?after={1}"),
    "change": ("chair", "/home/{0}/change"),
    "people": ("administrator", "/people"),
    "ways": ("chair", "/ways"),
    "confirm": ("chair", "/confirm?conference={0}"),
    "sign-in": ("", "/sign-in"),
    "front-door": ("", "/"),
}
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


class Album:
    """What has been photographed, and whether a picture is wanted at all."""

    def __init__(self, words: Sequence[str]) -> None:
        self.languages = [each for each in LANGUAGES if each in words] or [*LANGUAGES]
        self.themes = [each for each in THEMES if each in words] or [*THEMES]
        self.words = [word for word in words if word not in (*LANGUAGES, *THEMES)]
        self.pictures: dict[str, list[tuple[str, str]]] = {}

    def wants(self, name: str) -> bool:
        return not self.words or any(word in name for word in self.words)

    async def take(self, page: Page, name: str, language: str, sizes: Sequence[Size], *, whole: bool) -> None:
        for width, height in sizes:
            await page.set_viewport_size({"width": width, "height": height})
            for theme in self.themes:
                await page.emulate_media(color_scheme=theme)
                await page.evaluate(STAND_STILL)
                file = f"{name}-{language}-{width}-{theme}.png"
                await page.screenshot(path=SHOTS / file, full_page=whole, animations="disabled", timeout=PATIENCE_MS)
                self.pictures.setdefault(name, []).append((file, f"{language}, {width} by {height}, {theme}"))

    def bind(self) -> None:
        page = [PAGE]
        for name, taken in sorted(self.pictures.items()):
            page.append(f'<h2 id="{name}">{name}</h2>')
            page += [PICTURE.format(file=file, words=words) for file, words in taken]
        (SHOTS / "index.html").write_text("\n".join(page))


async def gallery_states(browser: Browser, album: Album, language: str) -> None:
    context = await browser.new_context(**CALM)
    gallery = await Gallery.opened(context)
    await gallery.speaks(language)
    for group, alone in (await gallery.groups()).items():
        if album.wants(f"states-{group}"):
            await gallery.show(group)
            await album.take(gallery.page, f"states-{group}", language, sizes_of(group), whole=True)
        for state in filter(album.wants, alone):
            await gallery.show(state)
            await album.take(gallery.page, state, language, sizes_of(group), whole=group in DOCUMENTS)
    await context.close()


async def surfaces(browser: Browser, album: Album, language: str) -> None:
    wanted = [(who, moment) for moment in MOMENTS for who in PEOPLE if album.wants(f"at-{moment}-{who}")]
    if not wanted:
        return
    with tempfile.TemporaryDirectory() as folder:
        async with serving(Path(folder)) as server:
            for moment in dict.fromkeys(moment for _, moment in wanted):
                meeting = await meeting_at(server, moment, browser.new_context)
                for who in [who for who, at in wanted if at == moment]:
                    person, sizes = PEOPLE[who]
                    seat = await meeting.sits_down(person, locale=language, **CALM)
                    await album.take(seat.page, f"at-{moment}-{who}", language, sizes, whole=who == "chair")
                    await seat.context.close()
                await meeting.close()


async def office(browser: Browser, album: Album, language: str) -> None:
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
                context = await browser.new_context(locale=language, **CALM)
                if whose:
                    token = people[whose].token or ""
                    await context.add_cookies([{"name": "kinboard_staff", "value": token, "url": server.base_url}])
                page = await context.new_page()
                await page.goto(server.base_url + address.format(*ids))
                await album.take(page, f"office-{name}", language, DESK if whose else PHONE, whole=True)
                await context.close()


async def keep_small_ones(browser: Browser, album: Album) -> None:
    """Each way of looking by itself, two at a time; what no state has any more is thrown away."""
    taken: dict[str, dict[Way, Image.Image]] = {}
    two = asyncio.Semaphore(2)

    async def look(way: Way) -> None:
        async with two, looking(browser, way) as camera:
            async for name, picture in camera.takes_all(album.wants):
                taken.setdefault(name, {})[way] = picture

    await asyncio.gather(*(look(way) for way in (FIRST, *ELSEWHERE)))
    for name, pictures in taken.items():
        keep(name, pictures)
    if not album.words:
        for path in KEPT.rglob("*.webp"):
            if path.stem not in taken:
                path.unlink()
    print(f"{len(taken)} states: {KEPT}")


async def main(words: Sequence[str]) -> None:
    album = Album([word for word in words if word != "--keep"])
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if "--keep" in words:
            return await keep_small_ones(browser, album)
        shutil.rmtree(SHOTS, ignore_errors=True)
        SHOTS.mkdir(parents=True)
        for part in (gallery_states, surfaces, office):
            await asyncio.gather(*(part(browser, album, language) for language in album.languages))
        await browser.close()
    album.bind()
    print(f"{sum(map(len, album.pictures.values()))} pictures: {SHOTS}/index.html")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
