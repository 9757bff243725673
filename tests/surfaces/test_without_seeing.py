"""Two people who cannot see their screens, by keys and ears alone: one leads the conference, one is a mother in it."""

from typing import Any

from tests.realtime.screen import Screen
from tests.surfaces.blind import Blind
from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA, GRACE, HESTER, ROBIN, TANSY, Meeting

SAID = "Dana counts to ten before she answers Callum."
OFFERED = "Robin has a cough."
QUESTION = "How safe are Tansy and Robin this week?"
ANSWER = "I saw the doctor with him."
REASONS = "Tansy was hurt, and others have to share the watching."
WITHOUT = "Views were given aloud round the table."


def cough(meeting: Meeting) -> dict[str, Any]:
    return {
        "column": "worry",
        "sub_category": "past_harm",
        "kind": "observation",
        "text": OFFERED,
        "about_children": [meeting.id_of(ROBIN)],
        "family_knows": True,
    }


async def test_a_chair_who_cannot_see_leads_from_the_map_to_a_decision(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    hester = await Blind.comes_in(meeting, HESTER)
    grace, dana = await meeting.open(meeting.id_of(GRACE)), await meeting.open(meeting.id_of(DANA))
    await the_keys_say_what_they_do(hester)
    await a_card_is_written_moved_and_lit(hester)
    await what_is_offered_is_put_on_the_board(hester, meeting, grace)
    await a_number_is_asked_for_and_shown(hester, grace, dana)
    await a_decision_is_read_back_and_recorded(hester)


async def the_keys_say_what_they_do(hester: Blind) -> None:
    assert "Letters and numbers work as keys, checked" in await hester.key("?")
    assert any("Keys" in said for said in await hester.reads())
    await hester.key("Escape")


async def a_card_is_written_moved_and_lit(hester: Blind) -> None:
    await hester.key("f")
    await hester.is_put("textbox Find a card, a name, a command")
    await hester.types("Dana")
    await hester.key("Enter")
    await hester.hears("Dana has the floor.")
    await hester.key("2")
    await hester.is_put("textbox What’s working well? Write what was said")
    await hester.types(SAID)
    await hester.key("Enter")
    await hester.hears("Added to Existing strengths: Dana.")
    await hester.key("Escape")
    await hester.is_put(f"group {SAID} Dana, Mum.")
    await hester.key("Shift+ArrowDown")
    await hester.hears("Moved to What’s working well, Existing safety, 1 of 1.")
    await hester.is_put(f"group {SAID}")
    await hester.key("s")
    await hester.hears(f"We are talking about: {SAID}")
    await hester.is_put("On every screen")


async def what_is_offered_is_put_on_the_board(hester: Blind, meeting: Meeting, grace: Screen) -> None:
    await grace.does("add_item", **cough(meeting))
    await hester.hears("A point is offered.")
    await hester.key("o")
    assert any(OFFERED in said for said in await hester.reads())
    await hester.tabs_to("button Put on the board")
    await hester.key("Enter")
    await hester.hears(f"Put on the board: {OFFERED}")
    await hester.key("Escape")
    await hester.is_put(f"group {SAID}")


async def a_number_is_asked_for_and_shown(hester: Blind, grace: Screen, dana: Screen) -> None:
    await hester.key("0")
    await hester.is_put("heading Open a question")
    await hester.tabs_to("textbox The question")
    await hester.key("Control+a")
    await hester.types(QUESTION)
    await hester.tabs_to("button Ask the question")
    await hester.key("Enter")
    await hester.hears("0 of 10 numbers are in.")
    await hester.is_put(f"heading {QUESTION}")
    await dana.until(lambda: any(key.startswith("scale/") for key in dana.shared))
    scale = next(key for key in dana.shared if key.startswith("scale/")).removeprefix("scale/")
    await dana.does("answer_scale", scale_id=scale, score=5, passed=False, why="It is quieter now.")
    await grace.does("answer_scale", scale_id=scale, score=3, passed=False, why="Two calls.")
    await hester.hears("2 of 10 numbers are in.")
    await hester.key("r")
    await hester.is_put("button Yes, show the numbers, 8 not in yet. This cannot be undone.")
    await hester.key("Enter")
    await hester.hears("Numbers shown. Lowest 3, Grace. Highest 5, Dana.")
    await hester.is_put(f"heading {QUESTION}")
    await hester.is_put(QUESTION)
    said = await hester.reads()
    assert {"button Grace, health visitor: 3", "button Dana, Mum: 5"} <= set(said)


async def a_decision_is_read_back_and_recorded(hester: Blind) -> None:
    await hester.tabs_to("button Decision")
    await hester.key("Enter")
    await hester.is_put("button Decision , now")
    await hester.tabs_to("radio Child Protection plan, not checked")
    assert "checked" in await hester.key("Space")
    await hester.tabs_to("radio Neglect, not checked")
    await hester.key("Space")
    await hester.tabs_to("button Say how you took the views in")
    await hester.key("Enter")
    await hester.is_put("textbox How you took the views into account")
    await hester.types("Each was heard in the room.")
    await hester.tabs_to("textbox Your reasons, in words Tansy’s family can use")
    await hester.types(REASONS)
    await hester.tabs_to("textbox Or write why you go on without them")
    await hester.types(WITHOUT)
    await hester.tabs_to("button Read back, then record")
    await hester.key("Enter")
    await hester.is_put("Read it aloud. It goes on every screen when you record it, and cannot change after that.")
    said = await hester.reads()
    assert "dialog Read back: Tansy" in said
    assert any(REASONS in line for line in said)
    await hester.tabs_to("button Record it")
    await hester.key("Enter")
    await hester.hears("Recorded for Tansy.")
    await hester.is_put("region Your decision")


async def test_a_mother_who_cannot_see_follows_answers_and_gives_her_number(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    dana = await Blind.comes_in(meeting, DANA)
    head = await meeting.open(meeting.id_of(HESTER))
    from_grace = {"person_id": meeting.id_of(GRACE), "basis": "said_in_meeting"}
    said = await head.does("add_item", **cough(meeting), source=from_grace)
    await dana.hears(f"Grace, health visitor, added to What has happened: {OFFERED} Seen or heard.")
    await head.does("spotlight", key=f"item/{said}")
    await dana.hears(f"We are talking about: {OFFERED}")

    await dana.tabs_to(f"button I want to answer this: {OFFERED}")
    await dana.key("Enter")
    await dana.is_put("radio Yes, that’s right, not checked")
    assert "radio Part of it, checked" in await dana.key("ArrowRight")
    await dana.tabs_to("textbox In your own words. You can leave this empty.")
    await dana.types(ANSWER)
    await dana.tabs_to("button Put my answer beside it")
    await dana.key("Enter")
    await dana.hears("Your answer is beside the card.")
    await dana.is_put(f"button Change my answer: {OFFERED}")
    assert any(ANSWER in line for line in await dana.reads())

    await head.does("set_phase", phase="scaling")
    ends = {"direction": "higher_is_safer", "low_end": "Not safe at all", "high_end": "Safe enough for us all"}
    await head.does(
        "open_scale", question=QUESTION, **ends, children=[meeting.id_of(TANSY)], danger_id=None, show="chair"
    )
    await dana.is_put("region The number")  # what she was in is gone
    assert f"heading {QUESTION}" in await dana.reads()
    await dana.tabs_to("radio 0, 0 Not safe at all, not checked")
    for number in range(1, 5):
        assert f"radio {number}, checked" in await dana.key("ArrowRight")
    await dana.tabs_to("textbox Why 4? You can leave this empty.")
    await dana.types("It is better now.")
    await dana.tabs_to("button Put in my 4")
    await dana.key("Enter")
    await dana.hears("Your number is in.")
    await dana.is_put(f"region {QUESTION}")
    await dana.tabs_to("button I need a break, not pressed")
    await dana.key("Enter")
    await dana.hears("Hester knows you need a break")
    assert "pressed" in await dana.is_at()
