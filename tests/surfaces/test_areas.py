"""A conference in another area has that area's words on every screen, and none of England's."""

import json
from collections.abc import Callable
from pathlib import Path

from playwright.async_api import expect

from app.areas.areas import area_named
from app.board.area import see_area
from app.script.parts import ConferenceFile, SettingsUsed
from tests.board.test_area import meeting_of
from tests.surfaces import chair, tablet
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, HESTER, ROWAN, SCREEN, Meeting
from tests.surfaces.seat import Seat

GALLERY = Path(__file__).resolve().parent.parent.parent / "web" / "src" / "gallery"
OF_ENGLAND = ("Child Protection plan", "Child in Need", "Category", "Main kind of worry", "The main kind of worry")
PRACTICE = "Practice. Nobody here is real."
ALL_THAT_IS_SENT = """() => {
  window.sent = []
  const noted = (of, name) => {
    const before = of[name]
    of[name] = function (...all) { sent.push(JSON.stringify(all)); return before.apply(this, all) }
  }
  noted(WebSocket.prototype, 'send')
  noted(window, 'fetch')
}"""


def in_area(code: str, **more: object) -> Callable[[ConferenceFile], ConferenceFile]:
    """The worked conference, prepared under this area's rules and words instead of England's."""

    def elsewhere(file: ConferenceFile) -> ConferenceFile:
        area = area_named(code)
        scale, *others = file.scale_questions
        asked = {"text": area.scale.question, "low_anchor": area.scale.low_end, "high_anchor": area.scale.high_end}
        used = SettingsUsed(area=area, scale_direction=area.scale.direction)
        scales = (scale.model_copy(update=asked | {"direction": area.scale.direction}), *others)
        conference = file.conference.model_copy(update=more)
        return file.model_copy(update={"settings_used": used, "scale_questions": scales, "conference": conference})

    return elsewhere


async def seated(meeting: Meeting) -> tuple[Seat, Seat, Seat, Seat]:
    hester, wall = await meeting.sits_down(HESTER), await meeting.sits_down(SCREEN)
    return hester, wall, await meeting.sits_down(ROWAN), await meeting.sits_down(DANA)


async def test_a_scottish_meeting_is_held_in_its_own_words_from_the_test_to_the_decision(
    meeting_at_moment: MeetingAt,
) -> None:
    area = area_named("scotland")
    meeting = await meeting_at_moment("mapping", in_area("scotland"))
    outcomes = area.types[0].outcomes
    hester, wall, rowan, dana = await seated(meeting)

    await hester.page.keyboard.press("0")
    await hester.sees(area.threshold)
    for outcome in outcomes:
        await hester.sees(outcome.means)
    await chair.explains_the_test(hester)

    await chair.moves_the_room_to(hester, "Views")
    for words in (area.threshold, *(outcome.means for outcome in outcomes)):
        await wall.sees(words)
    await dana.sees("What each of us thinks")
    await expect(rowan.page.get_by_role("radio", name="Child’s plan").first).to_be_visible()

    await chair.moves_the_room_to(hester, "Decision")
    about = chair.decision_about(hester, "Tansy")
    await about.get_by_role("radio", name="Child Protection Plan").check()
    await about.get_by_label("Your reasons").fill("She was hurt, and others have to share the watching.")
    await about.get_by_label("Or write why you go on").fill("The rest of the steps come next week.")
    await chair.records(hester, "Tansy")

    await wall.sees("Tansy: Child Protection Plan")
    await dana.sees("Their name goes on the child protection register")
    await rowan.page.get_by_role("button", name="Decision").click()
    await rowan.sees("Child Protection Plan")
    for seat in (hester, wall, rowan, dana):
        for words in OF_ENGLAND:
            await seat.knows_nothing_of(words)


async def test_an_unsure_point_has_a_place_of_its_own_and_the_scale_runs_the_other_way(
    meeting_at_moment: MeetingAt,
) -> None:
    area = area_named("strengthening_families")
    meeting = await meeting_at_moment("mapping", in_area("strengthening_families"))
    hester, wall, rowan, dana = await seated(meeting)
    for seat in (hester, wall, rowan):
        await expect(seat.page.get_by_role("heading", name="Grey area")).to_be_visible()
    await tablet.looks_at(dana, "worry")
    await expect(dana.page.get_by_role("heading", name="What we are not sure about")).to_be_visible()
    await dana.does_not_see("Grey area")

    words = "Somebody else may have a key to the flat."
    await hester.page.keyboard.press("1")
    await hester.page.get_by_label("Group").select_option(label="Grey area")
    await hester.page.get_by_placeholder("Write what was said").fill(words)
    await hester.button("Add", exact=True).click()
    for seat in (hester, wall, rowan, dana):
        grey = seat.page.get_by_role("list", name=("What we are not sure about" if seat is dana else "Grey area"))
        await expect(grey.get_by_role("listitem").filter(has_text=words)).to_be_visible()
    await hester.page.keyboard.press("Escape")

    await chair.asks(hester, "Only me, without names")
    for seat in (hester, wall, rowan, dana):
        await seat.sees(area.scale.question)
        await seat.sees(area.scale.low_end)
        assert await thicker_at(seat) == "0"


async def thicker_at(seat: Seat) -> str:
    """The safe end of the ruler is drawn the thicker one; no screen turns it round."""
    box = """svg => {
      const path = svg.querySelector('path').getAttribute('d'), turned = getComputedStyle(svg).transform !== 'none'
      const thickAtTen = /L1000 0 /.test(path)
      return thickAtTen !== turned ? '10' : '0'
    }"""
    wedges = seat.page.locator("svg[viewBox^='0 0 1000']").filter(visible=True)
    await expect(wedges.first).to_be_visible()
    return " ".join({await one.evaluate(box) for one in await wedges.all()})


async def test_a_practice_conference_says_on_every_screen_that_nobody_in_it_is_real(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping", in_area("england", type="practice"))
    seats = await seated(meeting)
    for seat in seats:
        await seat.sees(PRACTICE)
    await seats[0].page.keyboard.press("Shift+P")
    await seats[3].sees("The screens are resting")
    for seat in seats:
        await seat.sees(PRACTICE)
        await seat.page.reload()
        await seat.sees(PRACTICE)


async def test_a_real_conference_never_says_that_it_is_practice(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    for seat in await seated(meeting):
        await seat.knows_nothing_of(PRACTICE)


async def test_workers_who_think_together_are_asked_for_no_view_no_decision_and_nothing_about_a_family(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("start", among_workers)
    hester, wall, rowan = [await meeting.sits_down(one) for one in (HESTER, SCREEN, ROWAN)]
    stages = hester.page.get_by_label("Where we are").get_by_role("button")
    assert [words.splitlines()[0] for words in await stages.all_inner_texts()] == [
        "Welcome",
        "Map",
        "Danger and goal",
        "Next steps",
        "Scale",
        "Close",
    ]
    for part in ("Views", "Decision"):
        await expect(rowan.page.get_by_role("button", name=part, exact=True)).to_have_count(0)

    await chair.moves_the_room_to(hester, "Map")
    await chair.writes(hester, "1", "We have not seen Robin alone.")
    page = rowan.page
    await page.get_by_label("Write a point").fill("Nobody has asked his nursery.")
    await page.get_by_label("Where").select_option(label="Past harm")
    await page.get_by_label("Kind").select_option(label="Fact")
    await page.get_by_role("checkbox", name="Robin").check()
    await rowan.does_not_see("Has the family heard it?")
    await rowan.button("Offer to Hester").click()
    await rowan.sees("Offered to Hester.")

    await chair.moves_the_room_to(hester, "Close")
    await hester.sees("Nothing is decided in this kind of meeting.")
    await expect(wall.page.get_by_role("heading", name="What needs to happen?")).to_be_visible()
    await hester.button("Close the meeting").click()
    await hester.button("Yes, close the meeting").click()
    await hester.sees("The meeting was closed at")


async def test_a_word_of_the_trade_is_hinted_to_who_writes_it_and_explained_to_the_family(
    meeting_at_moment: MeetingAt,
) -> None:
    meeting = await meeting_at_moment("mapping", in_area("scotland"))
    hester, _, rowan, dana = await seated(meeting)
    keyboard, line = hester.page.keyboard, hester.page.get_by_placeholder("Write what was said")
    await chair.gives_the_floor(hester, "Rowan")
    await hester.page.evaluate(ALL_THAT_IS_SENT)
    await keyboard.press("1")
    await keyboard.type("CPPM saw that his siblings left.")
    fits = hester.button("Write “brothers and sisters”")
    await expect(fits).to_be_visible()
    await keyboard.press("Alt+Enter")
    await expect(line).to_have_value("CPPM saw that his brothers and sisters left.")
    await keyboard.press("Control+z")
    await expect(line).to_have_value("CPPM saw that his siblings left.")
    await fits.click()
    await expect(line).to_have_value("CPPM saw that his brothers and sisters left.")
    await expect(hester.button("Write “Planning meeting to keep a child safe”")).to_be_visible()  # Scotland's own
    await hester.page.get_by_label("Said by").select_option(label="Dana, Mum")
    await expect(hester.page.locator(".suggestion")).to_have_count(0)  # her words are hers
    await hester.page.get_by_label("Said by").select_option(label="Rowan, police officer")
    await expect(hester.page.locator(".suggestion")).to_have_count(1)
    assert not [sent for sent in await hester.page.evaluate("sent") if "siblings" in sent or "CPPM" in sent]
    await line.press("Enter")  # and nobody has to take it
    await expect(hester.card("CPPM saw")).to_be_visible()

    await tablet.looks_at(dana, "worry")
    word = dana.page.get_by_role("button", name="CPPM, what it means")
    sheet = dana.page.get_by_role("dialog", name="CPPM")
    await word.press("Enter")
    await expect(sheet).to_contain_text("family and services plan together what keeps a child safe")
    await dana.page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await expect(word).to_be_focused()
    await word.tap()
    await dana.button("I still don’t understand").tap()
    await dana.sees("Hester knows you didn’t understand “CPPM”.")
    await hester.sees("Didn’t follow")
    await rowan.does_not_see("Didn’t follow")

    await rowan.page.get_by_label("Write a point").fill("There was a safeguarding concern.")
    await rowan.button("Write “worry about a child’s safety”").click()
    await expect(rowan.page.get_by_label("Write a point")).to_have_value("There was a worry about a child’s safety.")


def among_workers(file: ConferenceFile) -> ConferenceFile:
    workers = tuple(each for each in file.people if each.role in ("chair", "scribe", "social_worker", "professional"))
    conference = file.conference.model_copy(update={"type": "supervision"})
    return file.model_copy(update={"people": workers, "conference": conference})


def test_the_gallery_shows_englands_words_as_the_server_sends_them() -> None:
    assert json.loads((GALLERY / "england.json").read_bytes()) == see_area(meeting_of().board)
