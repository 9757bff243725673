"""What somebody who came for work does on a laptop."""

from playwright.async_api import expect

from tests.surfaces.seat import Seat


async def writes_a_point(officer: Seat, words: str, *, where: str, kind: str, heard: str) -> None:
    page = officer.page
    await page.get_by_label("Write a point").fill(words)
    await page.get_by_role("combobox", name="Where", exact=True).select_option(where)
    await page.get_by_role("combobox", name="Kind", exact=True).select_option(kind)
    about = page.get_by_role("group", name="About")
    for child in ("Tansy", "Robin"):
        await about.get_by_label(child).check()
    await page.get_by_role("group", name="Has the family heard it?").get_by_label(heard).check()
    await officer.button("Offer to Hester").or_(officer.button("Put on the board")).click()


async def offers(officer: Seat, words: str, *, where: str, kind: str, heard: str) -> None:
    await writes_a_point(officer, words, where=where, kind=kind, heard=heard)
    await expect(officer.page.get_by_label("Write a point")).to_have_value("")


async def puts_in(officer: Seat, number: int, why: str) -> None:
    page = officer.page
    await page.get_by_role("radio", name=str(number), exact=True).click()
    await page.get_by_label(f"Why {number}?").fill(why)
    await officer.button(f"Put in my {number}").click()
    await officer.sees("Your number is in.")


async def gives_view(officer: Seat, child: str, plan: str, why: str) -> None:
    form = officer.page.locator("form").filter(has=officer.button(f"Put in our view for {child}"))
    await form.get_by_label(plan).check()
    await form.get_by_label("Why, in one sentence").fill(why)
    await form.get_by_role("button", name="Put in our view").click()
    await expect(officer.button(f"Change it for {child}")).to_be_visible()


async def looks_at(officer: Seat, part: str) -> None:
    button = officer.page.get_by_label("Parts of the board").get_by_role("button", name=part)
    await button.click()
    await expect(button).to_have_attribute("aria-current", "page")
