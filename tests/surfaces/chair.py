"""What the chair does, mostly with the keyboard."""

from playwright.async_api import Locator, expect

from tests.surfaces.seat import Seat


def fold(seat: Seat, words: str) -> Locator:
    """A part of the close form that opens: its line says what is chosen."""
    return seat.page.locator("details.pick").filter(has_text=words).locator("summary")


async def gives_the_floor(chair: Seat, name: str) -> None:
    keyboard = chair.page.keyboard
    await keyboard.press("f")
    await keyboard.type(name)
    await keyboard.press("Enter")
    await expect(chair.page.locator(".seat.floor")).to_contain_text(name)


async def writes(chair: Seat, column: str, words: str) -> None:
    """The column's key, the words, Enter: two keys more than the words."""
    await chair.page.keyboard.press(column)
    await expect(chair.page.get_by_placeholder("Write what was said")).to_be_focused()
    await chair.page.keyboard.type(words)
    await chair.page.keyboard.press("Enter")
    await expect(chair.page.get_by_placeholder("Write what was said")).to_have_value("")
    await expect(chair.card(words)).to_be_visible()
    await chair.page.keyboard.press("Escape")


async def goes_to_card(chair: Seat, words: str) -> None:
    keyboard = chair.page.keyboard
    await keyboard.press("/")
    await keyboard.type(words)
    await keyboard.press("Enter")
    await expect(chair.page.locator("[data-card]:focus")).to_contain_text(words)


async def moves_the_room_to(chair: Seat, stage: str) -> None:
    button = chair.page.get_by_label("Where we are").get_by_role("button").filter(has_text=stage)
    await button.click()
    await expect(button).to_have_attribute("aria-current", "step")


async def explains_the_test(chair: Seat) -> None:
    test = chair.page.get_by_role("group", name="Tick each one as you say it")
    for outcome in await test.get_by_role("checkbox").all():
        await outcome.check()
    await chair.button("We have explained the test").click()
    await chair.sees("with every outcome named.")


async def asks(chair: Seat, who_watches: str) -> None:
    """Opens the question that was prepared."""
    await chair.page.keyboard.press("0")
    await chair.page.get_by_role("radio", name=who_watches).check()
    await chair.button("Ask the question").click()
    await chair.sees("0 of 10 are in")


def spread(chair: Seat) -> Locator:
    """The numbers that are in, without names."""
    return chair.page.get_by_label("Numbers so far, without names").locator(".dot")


async def writes_view_of(chair: Seat, name: str, words: str) -> None:
    await chair.button(f"Write {name}’s view").click()
    await chair.page.get_by_label("In their own words").fill(words)
    await chair.button("Keep this view").click()
    await expect(chair.page.locator("dialog")).to_have_count(0)


def decision_about(chair: Seat, child: str) -> Locator:
    return chair.page.locator("fieldset.kid").filter(has=chair.page.get_by_role("heading", name=child))


async def records(chair: Seat, child: str) -> None:
    """Read aloud first; only then is it recorded."""
    await decision_about(chair, child).get_by_role("button", name="Read back, then record").click()
    aloud = chair.page.get_by_role("dialog", name=f"Read back: {child}")
    await expect(aloud).to_contain_text("It goes on every screen when you record it")
    await aloud.get_by_role("button", name="Record it").click()
    await expect(aloud).to_have_count(0)
    await expect(chair.page.locator("article.decided").filter(has_text=f"{child}:")).to_be_visible()


def danger(chair: Seat) -> Locator:
    return chair.page.get_by_label("Danger statement 1", exact=True)


async def words_the_danger(chair: Seat, words: str) -> None:
    await danger(chair).fill(words)
    await chair.page.keyboard.press("Control+Enter")
    await chair.sees("Danger statement kept")
