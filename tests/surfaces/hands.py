"""Three ways to use what is on a screen: with the keys alone, with a mouse, and with a finger."""

import re
from datetime import date
from typing import Any, ClassVar, Self

from playwright.async_api import CDPSession, Locator, expect

from tests.surfaces.meeting import Meeting
from tests.surfaces.seat import Seat

NOTE_WHAT_IS_USED = """
  window.used = new Set()
  addEventListener('keydown', () => used.add('keys'), true)
  addEventListener('pointerdown', (event) => used.add(event.pointerType), true)
"""
HERE = "one => one === document.activeElement"
# What to press next: nothing where they are there, and what is gone is looked for again.
ON_THE_WAY = """one => {
  if (!one.isConnected) return 'gone'
  if ((%s)(one)) return 'there'
  return one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING ? 'Shift+Tab' : 'Tab'
}"""


class Hands:
    """What a person does, said without how. No way uses anything of another, but for the letters that are written."""

    uses: ClassVar[str]
    device: ClassVar[dict[str, Any]] = {}

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.page = seat.page

    @classmethod
    async def come_in(cls, meeting: Meeting, whom: str) -> Self:
        hands = cls(await meeting.device(whom, **cls.device))
        await hands.page.add_init_script(NOTE_WHAT_IS_USED)
        await hands.page.goto(await meeting.joining_link(whom))
        await hands.presses(hands.seat.button("Join"))
        await hands.seat.has_the_board()
        return hands

    async def used_nothing_else(self) -> None:
        assert await self.page.evaluate("[...used]") == [self.uses]

    async def presses(self, place: Locator) -> None:
        raise NotImplementedError

    async def carries(self, card: Locator, to: Locator) -> None:
        raise NotImplementedError

    async def writes(self, place: Locator, words: str) -> None:
        await self.presses(place)
        await place.fill(words)

    async def chooses(self, place: Locator, value: str) -> None:
        """The list itself is the browser's own, where a test cannot press."""
        await self.presses(place)
        await place.select_option(value)


class Mouse(Hands):
    uses = "mouse"

    async def presses(self, place: Locator) -> None:
        await place.click()

    async def carries(self, card: Locator, to: Locator) -> None:
        await self.lifts(card)
        await self.holds_over(to)
        await self.lets_go()

    async def lifts(self, card: Locator) -> None:
        await card.locator(".words").hover()
        await self.page.mouse.down()
        x, y = await middle_of(card)
        await self.page.mouse.move(x + 20, y + 20, steps=3)
        await expect(self.page.locator(".inhand")).to_be_visible()

    async def holds_over(self, place: Locator) -> None:
        await self.page.mouse.move(*await middle_of(place), steps=5)

    async def lets_go(self) -> None:
        await self.page.mouse.up()


class Finger(Hands):
    uses = "touch"
    device: ClassVar[dict[str, Any]] = {"has_touch": True}
    line: CDPSession | None = None

    async def presses(self, place: Locator) -> None:
        await place.tap()

    async def carries(self, card: Locator, to: Locator) -> None:
        await self.lifts(card)
        await self.holds_over(to)
        await self.lets_go()

    async def lifts(self, card: Locator) -> None:
        """With a long press: as long as it takes."""
        await card.scroll_into_view_if_needed()
        await self._touch("touchStart", *await middle_of(card.locator(".words")))
        await expect(self.page.locator(".inhand")).to_be_visible()

    async def holds_over(self, place: Locator) -> None:
        await self._touch("touchMove", *await middle_of(place))

    async def lets_go(self) -> None:
        await self._touch("touchEnd")

    async def _touch(self, what: str, *point: float) -> None:
        """Playwright itself only taps."""
        self.line = self.line or await self.seat.context.new_cdp_session(self.page)
        points = [{"x": point[0], "y": point[1]}] if point else []
        await self.line.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": points})


class Keys(Hands):
    uses = "keys"

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.pressed = 0

    async def key(self, *names: str) -> None:
        for name in names:
            self.pressed += 1
            await self.page.keyboard.press(name)

    async def presses(self, place: Locator) -> None:
        kind = await place.evaluate("one => one.role ?? one.type")
        if kind == "radio":
            await self._goes(place, "one => document.activeElement.name === one.name")
            await self._steps(place)
            if not await place.is_checked():
                await self.key("Space")
        elif kind == "tab":
            await self._goes(place, "one => one.parentElement.contains(document.activeElement)")
            await self._steps(place)
        else:
            await self._goes(place)
            await self.key("Space" if kind == "checkbox" else "Enter")

    async def writes(self, place: Locator, words: str) -> None:
        await self._goes(place)
        await self.key("Control+a")
        await self.page.keyboard.type(words)

    async def chooses(self, place: Locator, value: str) -> None:
        await self._goes(place)
        for _ in range(20):
            if await place.input_value() == value:
                return
            await self.key("ArrowDown")
        raise AssertionError(f"The arrow keys do not come to {value}.")

    async def picks(self, place: Locator, words: str) -> None:
        """By what the list says."""
        option = place.locator("option").filter(has_text=words)
        await self.chooses(place, await option.first.get_attribute("value") or "")

    async def dates(self, place: Locator, day: date) -> None:
        """In the order of this browser's language: month, day, year."""
        await self._goes(place)
        await self.page.keyboard.type(f"{day:%m%d%Y}")
        await expect(place).to_have_value(day.isoformat())

    async def times(self, place: Locator, clock: str) -> None:
        """Hours to twelve, minutes, and which half of the day."""
        hour, minute = map(int, clock.split(":"))
        await self._goes(place)
        await self.page.keyboard.type(f"{hour % 12 or 12:02}{minute:02}{'PM' if hour >= 12 else 'AM'}")
        await expect(place).to_have_value(clock)

    async def _goes(self, place: Locator, there: str = HERE) -> None:
        """With the Tab key alone, on or back. It is found once: to find it by name costs more than to go there."""
        await expect(place).to_be_enabled()
        found = await place.element_handle()
        for _ in range(80):
            match await found.evaluate(ON_THE_WAY % there):
                case "there":
                    return
                case "gone":
                    found = await place.element_handle()
                case key:
                    await self.key(key)
        raise AssertionError(f"The Tab key does not come to {place}.")

    async def _steps(self, place: Locator) -> None:
        """From one to the next of a few, with the arrow keys."""
        for _ in range(20):
            if await place.evaluate(HERE):
                return
            await self.key("ArrowRight")
        raise AssertionError(f"The arrow keys do not come to {place}.")


async def middle_of(place: Locator) -> tuple[float, float]:
    box = await place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# ---- the chair, who has a key for what is done most


class Chairing:
    """With what is there to be pressed on the screen."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.seat = hands.seat
        self.page = hands.page

    async def gives_the_floor(self, name: str) -> None:
        seats = self.page.get_by_label("People", exact=True)
        await self.hands.presses(seats.get_by_role("button", name=re.compile(f"^(PC )?{name}")))
        await self.hands.presses(self.page.get_by_role("menuitem", name="the floor"))

    async def gives_the_floor_to_who_waits(self, name: str) -> None:
        await self.gives_the_floor(name)

    async def adds(self, column: str, words: str) -> None:
        place = self.page.locator(f".col.{column}")
        await self.hands.presses(place.get_by_role("button", name="Write what was said"))
        await self.hands.writes(place.get_by_placeholder("Write what was said"), words)
        await self.hands.presses(place.get_by_role("button", name="Add", exact=True))
        await self.hands.presses(place.get_by_role("button", name="Back to the map"))

    async def moves_to_the_next_group(self, words: str, group: str) -> None:
        await self.hands.carries(self.seat.card(words), self.page.locator(f"[data-group={group}] h3"))

    async def lights(self, words: str) -> None:
        await self._does(words, "Light it on every screen")

    async def puts_the_lamp_out(self, words: str) -> None:
        await self._does(words, "Lamp off")

    async def _does(self, words: str, what: str) -> None:
        await self.hands.presses(self.seat.card(words).get_by_role("button", name="What can be done with"))
        await self.hands.presses(self.page.get_by_role("menuitem", name=what))

    async def places(self, words: str) -> None:
        await self.hands.presses(self.seat.button("1 point offered"))
        await self._takes(words, "Put on the board")

    async def releases(self, words: str) -> None:
        await self.hands.presses(self.seat.button("new to the family"))
        await self._takes(words, "Release")

    async def _takes(self, words: str, how: str) -> None:
        waiting = self.page.locator("dialog li").filter(has_text=words)
        await self.hands.presses(waiting.get_by_role("button", name=how))
        await expect(waiting).to_have_count(0)
        await self._closes()

    async def _closes(self) -> None:
        await self.hands.presses(self.page.get_by_role("dialog").get_by_role("button", name="Close"))

    async def moves_the_room_to(self, stage: str) -> None:
        button = self.page.get_by_label("Where we are").get_by_role("button").filter(has_text=stage)
        await self.hands.presses(button)
        await expect(button).to_have_attribute("aria-current", "step")

    async def opens_the_break(self) -> None:
        await self.hands.presses(self.seat.button("Find a card"))
        await self.hands.presses(self.page.get_by_role("dialog").get_by_role("button", name=re.compile("^Break")))

    async def shows_the_numbers(self) -> None:
        await self.hands.presses(self.seat.button("Show the numbers"))
        await self.hands.presses(self.seat.button("Yes, show the numbers"))


class ChairingByKeys(Chairing):
    """A key each. What they cost is counted: the letters of what was said are not."""

    hands: Keys

    async def gives_the_floor(self, name: str) -> None:
        await self.hands.key("f")
        await self.page.keyboard.type(name)
        await self.hands.key("Enter")

    async def gives_the_floor_to_who_waits(self, name: str) -> None:
        await self.hands.key("w")

    async def adds(self, column: str, words: str) -> None:
        before = self.hands.pressed
        await self.hands.key({"worry": "1", "strength": "2", "next_step": "3"}[column])
        await expect(self.page.get_by_placeholder("Write what was said")).to_be_focused()
        await self.page.keyboard.type(words)
        await self.hands.key("Enter")
        await expect(self.seat.card(words)).to_be_visible()
        assert self.hands.pressed - before == 2
        await self.hands.key("Escape")

    async def moves_to_the_next_group(self, words: str, group: str) -> None:
        """It was written last, so it is in focus."""
        await expect(self.page.locator("[data-card]:focus")).to_contain_text(words)
        await self.hands.key("Shift+ArrowDown")

    async def lights(self, words: str) -> None:
        await expect(self.page.locator("[data-card]:focus")).to_contain_text(words)
        await self.hands.key("s")

    async def puts_the_lamp_out(self, words: str) -> None:
        await self.lights(words)

    async def places(self, words: str) -> None:
        await self.hands.key("o")
        await expect(self.page.locator("dialog li:focus-within")).to_contain_text(words)
        await self.hands.key("Enter")
        await expect(self.page.locator("dialog")).to_contain_text("Nobody has offered a point.")
        await self.hands.key("Escape")

    async def releases(self, words: str) -> None:
        await self.hands.key("n")
        await self._takes(words, "Release")

    async def _closes(self) -> None:
        await self.hands.key("Escape")

    async def opens_the_break(self) -> None:
        await expect(self.page.get_by_role("dialog")).to_have_count(0)  # its keys are the board's again
        await self.hands.key("b")

    async def shows_the_numbers(self) -> None:
        await self.hands.key("r")
        await self.hands.presses(self.seat.button("Yes, show the numbers"))


def chairing(hands: Hands) -> Chairing:
    return ChairingByKeys(hands) if isinstance(hands, Keys) else Chairing(hands)
