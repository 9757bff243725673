"""An interpreter says a card again in Polish, on the tablet beside the mother, and the wall shows both."""

from playwright.async_api import expect

from app.script.parts import ConferenceFile
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, INES, SCREEN


def with_interpreter(file: ConferenceFile) -> ConferenceFile:
    dana = next(person for person in file.people if person.id == DANA)
    seat = {"id": INES, "name": "Ines Lis", "role": "interpreter", "sits_with": DANA, "makes_legal_decisions_for": None}
    ines = dana.model_copy(update={**seat, "job_or_relationship": "Interpreter"})
    return file.model_copy(update={"people": (*file.people, ines)})


async def test_an_interpreter_says_a_card_in_polish_and_the_wall_shows_it_beside_the_first(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping", with_interpreter)
    ines, wall = await meeting.sits_down(INES), await meeting.sits_down(SCREEN)
    hung = wall.page.locator(".item").first  # the wall does not show all of them
    card = ines.page.locator("li.f").filter(has_text=await hung.locator(".words").inner_text())
    await card.get_by_role("button", name="Say this in another language").tap()
    await card.get_by_label("The same words in this language").fill("W sobotę sąsiad zadzwonił na policję.")
    await card.get_by_role("button", name="Put it beside the card").tap()
    await ines.sees("Choose the language first.")
    await card.get_by_role("combobox").select_option(label="polski")
    words = card.get_by_label("The same words in this language")
    await expect(words).to_have_attribute("lang", "pl")
    await words.fill("W sobotę sąsiad zadzwonił na policję.")
    await card.get_by_role("button", name="Put it beside the card").tap()
    for same in (card.locator("[lang=pl]:not(textarea, option)"), hung.locator("[lang=pl]")):
        await expect(same).to_have_text("W sobotę sąsiad zadzwonił na policję.")
        await expect(same).to_be_visible()
    await expect(card.get_by_role("button", name="Say this in another language")).to_be_focused()
    assert not await ines.page.get_by_role("button", name="Answer this").count()
