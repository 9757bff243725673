"""What a parent does on a tablet, by touch."""

from playwright.async_api import expect

from tests.surfaces.seat import Seat

COLUMNS = ("worry", "strength", "next_step")


async def looks_at(tablet: Seat, column: str) -> None:
    board = tablet.button("The board")
    if await board.count():
        await board.tap()
    tab = tablet.page.locator(f"#tab-{column}")
    await tab.tap()
    await expect(tab).to_have_attribute("aria-selected", "true")


async def whole_board(tablet: Seat) -> list[str]:
    words = []
    for column in COLUMNS:
        await looks_at(tablet, column)
        words += await tablet.page.locator("li[data-key^='item/'] > div > .words:not(.reply)").all_inner_texts()
    return words


async def answers(tablet: Seat, card: str, choice: str, words: str) -> None:
    await tablet.card(card).get_by_role("button", name="I want to answer this").tap()
    await tablet.card(card).get_by_role("radio", name=choice).tap()
    await tablet.card(card).get_by_label("In your own words").fill(words)
    await tablet.button("Put my answer beside it").tap()
    await expect(tablet.button("Put my answer beside it")).to_have_count(0)


async def puts_in(tablet: Seat, number: int, why: str) -> None:
    page = tablet.page
    await page.get_by_role("radio", name=str(number), exact=True).tap()
    await page.get_by_label(f"Why {number}?").fill(why)
    await tablet.button(f"Put in my {number}").tap()
    await tablet.sees("Your number is in.")


async def gives_view(tablet: Seat, words: str) -> None:
    await tablet.page.get_by_label("What do you think should happen?").fill(words)
    await tablet.button("Keep my words").tap()
    await tablet.sees(f"You said: “{words}”")
