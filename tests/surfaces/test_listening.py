"""Somebody who reads slowly listens, on a real tablet whose voice makes no sound."""

from playwright.async_api import expect

from tests.surfaces import tablet
from tests.surfaces.barriers import require_no_barrier
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, HESTER
from tests.surfaces.voice import Voice

CARD, OTHER = "A neighbour told police", "On 14 March"
QUESTION = "What are we worried about?"


async def test_a_parent_listens_and_sees_which_word_is_said(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    dana = await meeting.device(DANA, reduced_motion="reduce")
    voice = await Voice.given_to(dana, at_once=False)
    await dana.page.goto(await meeting.joining_link(DANA))
    await dana.button("Join").tap()
    await dana.has_the_board()
    await tablet.looks_at(dana, "worry")
    await voice.learns("Far", local=False)  # its words would leave the device
    await expect(dana.button("Listen")).to_have_count(0)
    await voice.learns("Near", local=True)
    await voice.is_asked_for(QUESTION)
    assert await voice.has_said() == [[QUESTION, "Near"]]

    await dana.tabs_to(dana.button(f"Listen: {CARD}"))
    await dana.page.keyboard.press("Enter")
    assert (await voice.says()).startswith(CARD)
    await expect(dana.button("Stop")).to_have_count(1)
    await voice.is_at("kitchen.")
    await require_no_barrier(dana.page)
    await dana.page.emulate_media(forced_colors="active")
    frame = dana.page.locator(".said")
    assert await frame.evaluate("one => getComputedStyle(one).borderBottom.startsWith('5px solid')")
    await dana.page.emulate_media(forced_colors="none")
    await dana.page.set_viewport_size({"width": 768, "height": 1024})
    await voice.frames("kitchen.")
    await dana.page.keyboard.press("Enter")
    await voice.is_silent()
    await expect(frame).to_have_count(0)
    assert {name for _, name in await voice.has_said()} == {"Near"}


async def test_what_leaves_the_screen_is_not_read_on(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    dana = await meeting.device(DANA)
    voice = await Voice.given_to(dana)
    await dana.page.goto(await meeting.joining_link(DANA))
    await dana.button("Join").tap()
    await dana.has_the_board()
    await tablet.looks_at(dana, "worry")
    head = await meeting.open(meeting.id_of(HESTER))
    key = await dana.card(CARD).get_attribute("data-key")
    other = await dana.card(OTHER).get_attribute("data-key")
    assert key
    assert other

    await voice.is_asked_for(CARD)
    await head.does("spotlight", key=other)
    await expect(dana.card(OTHER)).to_contain_class("lit")
    assert (await voice.says()).startswith(CARD), "the lamp elsewhere cuts nobody short"
    await head.does("spotlight", key=key)
    await expect(dana.card(CARD)).to_contain_class("lit")
    assert (await voice.says()).startswith(CARD)
    await head.does("remove_item", item_id=key.removeprefix("item/"), why="Said twice.")
    await voice.is_silent()

    for act, fields, undone, back in (
        ("blank", {"screens": "all"}, "blank", {"screens": "none"}),
        ("begin_without_family", {"reason": "A word among ourselves."}, "end_without_family", {}),
        ("set_phase", {"phase": "next_steps"}, "set_phase", {"phase": "mapping"}),
    ):
        await voice.is_asked_for(OTHER)
        await head.does(act, **fields)
        await voice.is_silent()
        await head.does(undone, **back)
        await expect(dana.button(f"Listen: {OTHER}").first).to_be_visible()
