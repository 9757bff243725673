"""Whatever somebody sends: a clear answer to them, nothing for anybody else, nothing on disk, and the board goes on."""

import json
from typing import Any
from uuid import uuid1, uuid4

import pytest

from app.store.log import EventLog
from tests.cast import CHAIR, NURSE, TEACHER
from tests.realtime.acts import point, question
from tests.realtime.server import Sitting

ME = "11111111-2222-4333-8444-555555555555"  # the id of every frame that has one
HAND = f'"id": "{ME}", "type": "raise_hand"'


def sent(type: str, **fields: Any) -> str:
    return json.dumps({"id": ME, "type": type, **fields})


def answer(**fields: Any) -> str:
    return sent("answer_scale", **{"scale_id": ME, "score": 5, "why": "", **fields})


NO_FRAMES: dict[str, tuple[str | bytes, str | None, str | None]] = {
    # name: what is sent, the id that can be read from it, the field that is wrong
    "binary": (b"\x00\x01\x02", None, None),
    "a command in binary": (sent("raise_hand", on=True).encode(), None, None),
    "nothing": ("", None, None),
    "no JSON": ("let me in", None, None),
    "half of a frame": (sent("raise_hand", on=True)[:-5], None, None),
    "two frames in one": (sent("raise_hand", on=True) * 2, None, None),
    "an array": (f"[{sent('raise_hand', on=True)}]", None, None),
    "a string": ('"raise_hand"', None, None),
    "a number": ("12", None, None),
    "null": ("null", None, None),
    "an empty object": ("{}", None, "type"),
    "deep nesting": ("[" * 10_000 + "]" * 10_000, None, None),
    "deep nesting in a field": (f'{{{HAND}, "on": {"[" * 10_000 + "]" * 10_000}}}', None, None),
    "a comment": (f'{{{HAND}, "on": true}} // please', None, None),
    "an unknown command": (sent("open_the_gates", on=True), ME, "type"),
    "a command from inside": (sent("prepare_conference", title="Mine"), ME, "type"),
    "an event": (sent("hand_raised", by=CHAIR), ME, "type"),
    "no type": (f'{{"id": "{ME}", "on": true}}', ME, "type"),
    "a type that is no word": (f'{{"id": "{ME}", "type": ["raise_hand"], "on": true}}', ME, "type"),
    "no id": ('{"type": "raise_hand", "on": true}', None, "id"),
    "an id of its own making": ('{"id": "1", "type": "raise_hand", "on": true}', None, "id"),
    "an id that tells the time": (f'{{"id": "{uuid1()}", "type": "raise_hand", "on": true}}', None, "id"),
    "an id in capitals": (f'{{"id": "{str(uuid4()).upper()[:-1]}A", "type": "raise_hand", "on": true}}', None, "id"),
    "an id with a line break": (f'{{"id": "{ME}\\n", "type": "raise_hand", "on": true}}', None, "id"),
    "an id that is a number": ('{"id": 7, "type": "raise_hand", "on": true}', None, "id"),
    "an unknown field": (sent("raise_hand", on=True, role="chair"), ME, "role"),
    "somebody else's name on it": (sent("raise_hand", on=True, person_id=CHAIR), ME, "person_id"),
    "a field by its inner name": (sent("mark_attendance", person_id=NURSE, how="online", from_=None), ME, "from_"),
    "a field missing": (sent("raise_hand"), ME, "on"),
    "a field twice": (f'{{{HAND}, "on": true, "on": false}}', ME, "on"),
    "an id twice": (f'{{"id": "{uuid4()}", {HAND}, "on": true}}', None, "id"),
    "a word for a switch": (sent("raise_hand", on="true"), ME, "on"),
    "a number for a switch": (sent("raise_hand", on=1), ME, "on"),
    "a number for a text": (sent("add_item", **{**point(), "text": 5}), ME, "text"),
    "no text at all": (sent("add_item", **point(text="")), ME, "text"),
    "blanks for a text": (sent("add_item", **point(text=" \n\u2003")), ME, "text"),
    "281 characters": (sent("add_item", **point(text="\U0001f600" * 281)), ME, "text"),
    "a bell in the text": (sent("add_item", **point(text="Ring\x07")), ME, "text"),
    "a zero in the text": (sent("add_item", **point(text="Ring\x00")), ME, "text"),
    "half a character in the text": (f'{{"id": "{ME}", "type": "add_item", "text": "\\ud83d"}}', ME, None),
    "an unknown column": (sent("add_item", **point(column="gossip")), ME, "column"),
    "a child that is no id": (sent("add_item", **point(about_children=["Robin"])), ME, "about_children.0"),
    "children that are no list": (sent("add_item", **point(about_children=ME)), ME, "about_children"),
    "a source with more in it": (
        sent("add_item", **point(source={"person_id": NURSE, "basis": "report", "trust": 1})),
        ME,
        "source.trust",
    ),
    "a date that is none": (sent("add_item", **point(happened_on="2026-02-30")), ME, "happened_on"),
    "a date in words": (sent("add_item", **point(happened_on="yesterday")), ME, "happened_on"),
    "a date as a number": (sent("add_item", **point(happened_on=1764000000)), ME, "happened_on"),
    "a time without a zone": (sent("take_break", until="2026-11-23T12:00:00"), ME, "until"),
    "a score of 11": (answer(score=11), ME, "score"),
    "a score of -1": (answer(score=-1), ME, "score"),
    "a score of 7.5": (answer(score=7.5), ME, "score"),
    "a score of 7.0": (answer(score=7.0), ME, "score"),
    "a score in quotes": (answer(score="7"), ME, "score"),
    "a score that is true": (answer(score=True), ME, "score"),
    "a score that is a list": (answer(score=[7]), ME, "score"),
    "a score without end": (f'{{"id": "{ME}", "type": "answer_scale", "score": {"9" * 5000}}}', None, None),
    "a score that is no number": (f'{{"id": "{ME}", "type": "answer_scale", "score": NaN}}', ME, "scale_id"),
    "a score beyond all numbers": (f'{{"id": "{ME}", "type": "answer_scale", "score": Infinity}}', ME, "scale_id"),
    "a direction that is none": (sent("open_scale", **question(direction="sideways")), ME, "direction"),
    "a scale without ends": (sent("open_scale", **question(low_end="")), ME, "low_end"),
    "a phase that is none": (sent("set_phase", phase="lunch"), ME, "phase"),
    "a key that is too long": (sent("spotlight", key="x" * 201), ME, "key"),
}


@pytest.mark.parametrize("name", NO_FRAMES)
async def test_what_is_no_command_is_answered_to_its_sender_and_to_nobody_else(sitting: Sitting, name: str) -> None:
    frame, id, field = NO_FRAMES[name]
    chair, nurse = await sitting.begin(CHAIR, NURSE)
    teacher = await sitting.open(TEACHER)
    await chair.settle()
    await nurse.settle()
    assert sitting.server.database
    rows = await EventLog(sitting.server.database).read(sitting.id)
    before = len(chair.frames), len(nurse.frames), dict(teacher.all)
    await teacher.socket.send(frame)
    await teacher.until(lambda: teacher.frames[-1]["type"] == "error")
    assert teacher.frames[-1] == {"type": "error", "id": id, "code": "invalid", "field": field, "reference": None}
    assert await EventLog(sitting.server.database).read(sitting.id) == rows
    assert (len(chair.frames), len(nurse.frames), teacher.all) == before
    await teacher.does("raise_hand", on=True)
    await chair.until(lambda: f"help/{TEACHER}" in chair.shared)


async def test_text_that_is_no_unicode_ends_the_socket(sitting: Sitting) -> None:
    chair, _ = await sitting.begin(CHAIR, NURSE)
    teacher = await sitting.open(TEACHER)
    await teacher.socket.send(b'{"id": "\xff\xfe"}', text=True)
    assert await teacher.until_closed() == 1007
    await chair.settle()


async def test_words_are_kept_exactly_as_they_were_sent(sitting: Sitting) -> None:
    """Line breaks, right-to-left, composed and decomposed letters, emoji, markup: nothing is put right."""
    (chair,) = await sitting.begin(CHAIR)
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    text = f" Tansy said:\r\n e\u0301 \u00e9 {family} \u202eabc <b>&amp;</b> {{{{x}}}} "
    made = await chair.does("add_item", **point(text))
    assert chair.shared[f"item/{made}"]["text"] == text
    exactly = "\U0001f600" * 280
    made = await chair.does("add_item", **point(exactly))
    assert chair.shared[f"item/{made}"]["text"] == exactly


async def test_ids_of_another_conference_are_unknown_here(sitting: Sitting) -> None:
    (there,) = await sitting.begin(CHAIR)
    elsewhere = await sitting.server.sitting()
    here, teacher = await elsewhere.begin(CHAIR, TEACHER)
    item = await there.does("add_item", **point())
    danger = await there.does("write_danger_statement", danger_id=None, children=[], text="There.")
    scale = await there.does("open_scale", **question())
    rows = len(await EventLog(sitting.server.database).read(elsewhere.id)) if sitting.server.database else 0
    views = len(teacher.views)
    refusals = [
        await here.refused("remove_item", item_id=item, why=""),
        await here.refused("edit_item", item_id=item, base_version=item, text="Here."),
        await here.refused("place_item", item_id=item, base_version=item),
        await here.refused("release_item", item_id=item, base_version=item),
        await here.refused("move_item", item_id=item, column="worry", sub_category="past_harm", after=None),
        await here.refused("write_safety_goal", goal_id=None, danger_id=danger, text="Here."),
        await here.refused("reveal_scale", scale_id=scale),
        await here.refused("open_scale", **question(again_of=scale)),
        await here.refused("undo", of=item),
        await here.refused("add_item", **point(about_children=[str(uuid4())])),
        await here.refused("give_floor", person_id=str(uuid4())),
        await here.refused("add_item", **point(source={"person_id": str(uuid4()), "basis": "report"})),
    ]
    assert set(refusals) == {"not_found"}
    assert await here.refused("spotlight", key=f"item/{item}") == "not_on_screen"
    assert await teacher.refused("raise_hand", on=True, key=f"item/{item}") == "not_found"
    assert sitting.server.database
    assert len(await EventLog(sitting.server.database).read(elsewhere.id)) == rows
    assert len(teacher.views) == views
    await elsewhere.close()


async def test_a_hidden_point_is_answered_as_one_that_does_not_exist(sitting: Sitting) -> None:
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    held = await nurse.does("add_item", **point("Held.", family_knows=False))
    for id in (held, str(uuid4())):
        assert await teacher.refused("edit_item", item_id=id, base_version=id, text="Mine now.") == "not_found"
        assert await teacher.refused("remove_item", item_id=id, why="") == "not_found"
        assert await teacher.refused("undo", of=id) == "not_found"
        assert await teacher.refused("ask_meaning", on=True, key=f"item/{id}") == "not_found"
        assert await chair.refused("spotlight", key=f"item/{id}") == "not_on_screen"
