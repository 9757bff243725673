"""Every state that the design names is there, mounted from the product; in no theme does anybody meet a barrier, and
whoever reads another language finds no English and nothing cut off; each looks as somebody saw it and kept it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from itertools import chain

import pytest
from playwright.async_api import Browser, ViewportSize

from tests.surfaces.barriers import barriers_on
from tests.surfaces.gallery import PIECES, Gallery
from tests.surfaces.looks import ALL_WAYS, CALM, CHANGED, ELSEWHERE, FIRST, KEPT, Camera, Way, is_whole, looking

# From the design, by hand: what has to be seen of each part of the board.
STATES = {
    "cards": "normal focus moving lit sending kept held new changed taken-off locked answered not-asked "
    "fact observation allegation opinion step nobody two-editors",
    "column": "empty empty-group lit full steps",
    "line": "shut open asks long too-long hint fits sentence age step refused",
    "points": "offered held returned placed changing chair",
    "scale": "not-asked strip-collecting strip-shown form collecting-chair collecting nobody everyone sure shown off "
    "round-2 aside set-aside safety safety-shown earlier per-child many small lower",
    "number": "chair everyone nobody laptop chosen in in-everyone passed again aside earlier "
    "earlier-laptop refused typed",
    "seats": "quiet floor speak waiting meaning break floor-break not-heard ready lost out many long on-a-break",
    "here": "enough too-few writing went-on sign",
    "plan": "steps decision",
    "asking": "map next card danger scale moved",
    "saved": "saved sending offline back back-empty connecting",
    "row": "undo shown refused offered",
    "views": "hidden shown form all family family-shown",
    "decision": "empty draft steps read-back recorded half locked map-locked",
    "close": "empty written open sure wrong-day meanwhile refused closed letter letter-hint "
    "letter-meanwhile room work family",
    "review": "chair shut room work tablet family",
    "family": "welcome empty board lit listen listen-sentence new answering words word help help-all turn offline "
    "break blank removed statements number numbers writing write-refused over",
    "room": "welcome rest break late removed empty 3 22 30 60 long danger steps collecting shown aside "
    "earlier round-2 many",
    "houses": "street begun sheet drawn refused meanwhile agreed shown rest look look-none read none tablet work room "
    "room-words",
    "out": "family wall chair work begin refused release",
    "seat": "lost typed taken handed",
    "apart": "waiting none",
    "work": "floor blank refused hint chair-offline",
    "join": "ready no-link joining used offline trouble practice",
    "lobby": "asking wrong paused offline waiting link telling not-today shut ended",
    "pairing": "words offline",
    "late": "form used kept done",
    "door": "waiting new second nobody shut early refused lost over",
}
PREFIX = {"cards": "card", "points": "point", "seats": "seat"}
PAGES = {"join", "lobby", "pairing", "late"}  # whose words are the server's, which has a test of its own
HOW_TO_KEEP = 'Look at them; where they are meant so: make shots ARGS="--keep {group}"'
NOBODYS = "en-XA"  # a language in which every message has accents and is longer by two fifths


@pytest.fixture(scope="module")
async def light(browser: Browser) -> AsyncIterator[Camera]:
    """A page in English."""
    async with looking(browser, FIRST) as camera:
        yield camera


@pytest.fixture(scope="module")
async def dark(browser: Browser) -> AsyncIterator[Gallery]:
    """A page that speaks nobody's language."""
    wide = ViewportSize(width=1440, height=900)
    context = await browser.new_context(viewport=wide, color_scheme="dark", **CALM)
    yield await Gallery.opened(context)
    await context.close()


@pytest.fixture(scope="module", autouse=True)
def nothing_has_changed_yet() -> None:
    shutil.rmtree(CHANGED, ignore_errors=True)


@pytest.mark.parametrize("group", STATES)
async def test_nobody_meets_a_barrier_in_any_state_and_each_looks_as_in_its_kept_picture(
    light: Camera, dark: Gallery, group: str
) -> None:
    (met, changed), unlit = await asyncio.gather(found_in(light, group), barriers_in_the_dark(dark, group))
    assert not met, "\n".join(met)
    assert not unlit, "\n".join(["In the dark:", *unlit])
    assert not [*light.gallery.troubles, *dark.troubles]
    assert not changed, "\n".join([*changed, HOW_TO_KEEP.format(group=group)])


async def found_in(camera: Camera, group: str) -> tuple[list[str], list[str]]:
    """Barriers, and what looks otherwise."""
    gallery = camera.gallery
    gallery.troubles.clear()
    await camera.stands_before(group)
    await gallery.show(group)
    states = await states_of(gallery, group)
    met = await barriers_on(gallery.page, "light", PIECES)
    changed = [await camera.finds_changed(group, whole=True)]
    for state in [name for name, alone in states.items() if alone]:
        await gallery.show(state)
        met += await barriers_on(gallery.page, "light")
        changed.append(await camera.finds_changed(state, whole=is_whole(group, state)))
    return met, [words for words in changed if words]


async def barriers_in_the_dark(gallery: Gallery, group: str) -> list[str]:
    gallery.troubles.clear()
    spoken = group not in PAGES
    if spoken:  # a page at the door, shown before, has asked for its own language
        await gallery.speaks(NOBODYS)
    await gallery.show(group)
    states = await states_of(gallery, group)
    barriers = await barriers_on(gallery.page, "dark", PIECES)
    if spoken:
        barriers += await gallery.unspoken()
    for state in [name for name, alone in states.items() if alone]:
        await gallery.show(state)
        barriers += await barriers_on(gallery.page, "dark")
        if spoken:
            barriers += [f"{state}: {words}" for words in await gallery.unspoken()]
    return barriers


async def states_of(gallery: Gallery, group: str) -> dict[str, bool]:
    states = await gallery.states()
    wanted = {f"{PREFIX.get(group, group)}-{name}" for name in STATES[group].split()}
    assert not wanted - states.keys()
    return states


async def test_a_picture_is_kept_of_each_state_and_of_nothing_else(light: Camera) -> None:
    groups = await light.gallery.groups()
    assert {path.stem for path in KEPT.glob("*.webp")} == {*groups, *chain(*groups.values())}


@pytest.mark.soak
@pytest.mark.parametrize("way", ELSEWHERE, ids=str)
async def test_each_state_looks_as_in_its_kept_picture_in_other_languages_themes_and_sizes(
    browser: Browser, way: Way
) -> None:
    async with looking(browser, way) as camera:
        changed: list[str | None] = []
        for group, alone in (await camera.gallery.groups()).items():
            await camera.stands_before(group)
            for name in (group, *alone):
                await camera.gallery.show(name)
                changed.append(await camera.finds_changed(name, whole=is_whole(group, name)))
    assert not any(changed), "\n".join(filter(None, changed))


@pytest.mark.soak
@pytest.mark.parametrize("way", [way for way in ALL_WAYS if way.size == 0], ids=str)
async def test_nobody_meets_a_barrier_in_any_state_in_three_languages(browser: Browser, way: Way) -> None:
    """By all rules in the dark too, and each state in a window of its surface's own size."""
    async with looking(browser, way) as camera:
        met: list[str] = []
        for group, alone in (await camera.gallery.groups()).items():
            await camera.stands_before(group)
            for name in (group, *alone):
                await camera.gallery.show(name)
                pieces = PIECES if name == group else {}
                met += await barriers_on(camera.gallery.page, "light", pieces)  # as if in the light: by all rules
        assert not [*met, *camera.gallery.troubles]


async def test_whoever_reads_from_right_to_left_sees_the_board_mirrored(dark: Gallery) -> None:
    gallery = dark
    await gallery.speaks("ar")
    try:
        await gallery.show("scale-everyone")
        nought_to_ten = await lefts_of(gallery, ".ruler li")
        assert nought_to_ten == sorted(nought_to_ten, reverse=True)
        wedge = gallery.page.locator("#scale-everyone svg.wedge").first
        assert await wedge.evaluate("one => getComputedStyle(one).scale") == "-1 1"
        await gallery.show("work-floor")
        reading, map_ = await lefts_of(gallery, ".wrap > .left, .wrap > :not(.left)")
        assert reading > map_
        worries, working_well, steps = await lefts_of(gallery, ".col")
        assert worries > working_well > steps
        assert not [words for words in await gallery.unspoken() if words == "cut: the whole page"]
        await gallery.show("lobby-not-today")
        first, last = [await left_of_words(gallery, words) for words in ("01632", "001")]
        assert first < last, "The parts of the telephone number have changed places."
    finally:
        await gallery.speaks(NOBODYS)


async def left_of_words(gallery: Gallery, words: str) -> float:
    left: float = await gallery.page.evaluate(
        """words => {
          const all = document.createNodeIterator(document.querySelector('main'), NodeFilter.SHOW_TEXT)
          for (let one = all.nextNode(); one; one = all.nextNode()) {
            const at = one.data.indexOf(words)
            if (at < 0 || !one.parentElement.checkVisibility()) continue
            const found = document.createRange()
            found.setStart(one, at)
            found.setEnd(one, at + words.length)
            return found.getBoundingClientRect().left
          }
        }""",
        words,
    )
    return left


async def lefts_of(gallery: Gallery, what: str) -> list[float]:
    lefts: list[float] = await gallery.page.evaluate(
        "what => [...document.querySelectorAll(what)].map((one) => one.getBoundingClientRect().left)", what
    )
    return lefts
