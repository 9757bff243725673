"""Small pictures of every state, kept once somebody has looked at them, and what looks otherwise since.

Of each state there is one at a third of its size, in the light and in English; and a strip of very small ones: in
Polish, in Arabic, in the dark, and in its two other sizes. They are made anew by `make shots ARGS="--keep NAME"`.
"""

import base64
import io
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from itertools import product
from pathlib import Path
from typing import Any, Literal, NamedTuple

from PIL import Image, ImageChops
from playwright.async_api import Browser, CDPSession

from tests.surfaces.barriers import THEMES
from tests.surfaces.gallery import DOCUMENTS, Gallery, sizes_of

LANGUAGES = ("en", "pl", "ar")
KEPT = Path(__file__).resolve().parent.parent / "snapshots"
CHANGED = Path(__file__).resolve().parent.parent.parent / "build" / "looks"
CALM: dict[str, Any] = {"reduced_motion": "reduce", "timezone_id": "Europe/London"}

THIRD = 3
CELL = (96, 144)
LEVELS = 17  # sixteen of each colour are kept
AS_KEPT = [round(value / LEVELS) * LEVELS for value in range(256)] * 3
# Of 255: what is kept is off by 8, and another machine smooths its letters a little otherwise.
ALIKE = 20
SPECKS = 12  # so many small points may be otherwise
# In a very small one an edge falls on this point or on the next, by what the browser has drawn before.
EDGE = CELL[0] // 3

# Whatever only one place can have, has it; nothing stands where it was scrolled to, and everything has been drawn.
STAND_STILL = """async () => {
  document.querySelectorAll('[data-state]').forEach((one) => one.dispatchEvent(new Event('pose')))
  scrollTo(0, 0)
  await document.fonts.ready
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
  return document.documentElement.scrollHeight
}"""
LATER = "(wait) => new Promise((after) => setTimeout(after, wait))"
PATIENCE_MS = (0, 50, 200, 1000)  # a busy machine may not be done drawing


class Way(NamedTuple):
    """How a state is looked at. The size is one of the three of its surface."""

    language: str
    theme: Literal["light", "dark"]
    size: int

    def __str__(self) -> str:
        return f"{self.language}, {self.theme}, size {self.size + 1}"


FIRST = Way("en", "light", 0)
ALL_WAYS = [Way(*each) for each in product(LANGUAGES, THEMES, range(3))]
# In one thing otherwise than the first: another language, the dark, or another size.
ELSEWHERE = [way for way in ALL_WAYS if sum(one != other for one, other in zip(way, FIRST, strict=True)) == 1]


class Camera:
    """Takes pictures of what a gallery shows."""

    def __init__(self, gallery: Gallery, line: CDPSession, way: Way) -> None:
        self.gallery, self.line, self.way = gallery, line, way

    @classmethod
    async def before(cls, gallery: Gallery, way: Way = FIRST) -> "Camera":
        await gallery.page.evaluate("document.documentElement.dataset.still = ''")
        return cls(gallery, await gallery.page.context.new_cdp_session(gallery.page), way)

    async def takes_all(self, wanted: Callable[[str], bool]) -> AsyncIterator[tuple[str, Image.Image]]:
        """A picture of each group, and of each state that is only shown by itself."""
        for group, alone in (await self.gallery.groups()).items():
            await self.stands_before(group)
            for name in [group, *alone] if wanted(group) else filter(wanted, alone):
                await self.gallery.show(name)
                yield name, await self.takes(whole=is_whole(group, name))

    async def stands_before(self, group: str) -> None:
        width, height = sizes_of(group)[self.way.size]
        await self.gallery.page.set_viewport_size({"width": width, "height": height})

    async def takes(self, *, whole: bool) -> Image.Image:
        """What is in the window, or the whole page."""
        tall = await self.gallery.page.evaluate(STAND_STILL)
        size = self.gallery.page.viewport_size
        assert size
        width, height = size["width"], max(size["height"], tall) if whole else size["height"]
        scale = 1 / THIRD if self.way == FIRST else CELL[0] / width
        clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
        how = {"format": "png", "optimizeForSpeed": True, "captureBeyondViewport": whole, "clip": clip}
        taken = await self.line.send("Page.captureScreenshot", how)
        return Image.open(io.BytesIO(base64.b64decode(taken["data"]))).convert("RGB")

    async def finds_changed(self, name: str, *, whole: bool) -> str | None:
        """What is to be said of this state where it looks otherwise than its kept picture."""
        kept = kept_picture(name, self.way)
        if kept is None:
            return f"{name}: no picture of it is kept."
        for wait in PATIENCE_MS:
            await self.gallery.page.evaluate(LATER, wait)
            taken = await self.takes(whole=whole)
            if self.way != FIRST:
                taken = in_cell(taken)
            if not otherwise(kept, taken, SPECKS if self.way == FIRST else EDGE):
                return None
        sheet = laid_beside(kept, taken, "-".join([name, *map(str, self.way)]))
        return f"{name} ({self.way}) looks otherwise: {sheet}"


@asynccontextmanager
async def looking(browser: Browser, way: Way) -> AsyncIterator[Camera]:
    context = await browser.new_context(color_scheme=way.theme, **CALM)
    gallery = await Gallery.opened(context)
    await gallery.speaks(way.language)
    yield await Camera.before(gallery, way)
    await context.close()


def is_whole(group: str, name: str) -> bool:
    """Whether it is looked at from top to bottom, as a document is, and a sheet of many states."""
    return name == group or group in DOCUMENTS


def otherwise(kept: Image.Image, taken: Image.Image, specks: int) -> bool:
    if kept.size != taken.size:
        return True
    points: Sequence[int] = difference(kept, taken).histogram()
    return points[255] > specks


def difference(kept: Image.Image, taken: Image.Image) -> Image.Image:
    """White where they are not alike."""
    size = (max(kept.width, taken.width), max(kept.height, taken.height))
    red, green, blue = ImageChops.difference(kept.crop((0, 0, *size)), taken.crop((0, 0, *size))).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([0] * (ALIKE + 1) + [255] * (255 - ALIKE))


def laid_beside(kept: Image.Image, taken: Image.Image, name: str) -> Path:
    """As it was, as it is, and where it is otherwise."""
    pictures = [kept, taken, difference(kept, taken).convert("RGB")]
    sheet = Image.new("RGB", (sum(one.width + 8 for one in pictures), max(one.height for one in pictures)), "#888")
    left = 0
    for one in pictures:
        sheet.paste(one, (left, 0))
        left += one.width + 8
    CHANGED.mkdir(parents=True, exist_ok=True)
    sheet.save(CHANGED / f"{name}.png")
    return CHANGED / f"{name}.png"


# ---- what is kept


def kept_picture(name: str, way: Way = FIRST) -> Image.Image | None:
    path = KEPT / f"{name}.webp" if way == FIRST else KEPT / "elsewhere" / f"{name}.webp"
    if not path.exists():
        return None
    picture = Image.open(path).convert("RGB")
    if way == FIRST:
        return picture
    left = ELSEWHERE.index(way) * CELL[0]
    return picture.crop((left, 0, left + CELL[0], CELL[1]))


def keep(name: str, taken: dict[Way, Image.Image]) -> None:
    (KEPT / "elsewhere").mkdir(parents=True, exist_ok=True)
    write(taken[FIRST], KEPT / f"{name}.webp")
    strip = Image.new("RGB", (len(ELSEWHERE) * CELL[0], CELL[1]), "white")
    for place, way in enumerate(ELSEWHERE):
        strip.paste(in_cell(taken[way]), (place * CELL[0], 0))
    write(strip, KEPT / "elsewhere" / f"{name}.webp")


def in_cell(picture: Image.Image) -> Image.Image:
    """What is taller is made shorter."""
    cell = Image.new("RGB", CELL, "white")
    tall = picture.height > CELL[1]
    cell.paste(picture.resize(CELL, Image.Resampling.BOX) if tall else picture, (0, 0))
    return cell


def write(picture: Image.Image, path: Path) -> None:
    picture.point(AS_KEPT).save(path, lossless=True, method=6, exact=True)
