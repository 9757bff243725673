"""What is hidden from somebody is answered exactly as what does not exist: same reason, same sentence."""

from typing import Any

import pytest

from app.board.board import COMMANDS
from app.board.refusals import Reason, Refused
from tests.board import meeting as moments
from tests.board.bodies import body_of
from tests.board.meeting import Meeting, number
from tests.board.test_policy import EXPECTED
from tests.cast import ADVOCATE, CALLUM, CHAIR, DANA, GRANDMOTHER, NURSE, ROBIN, ROLES, SCRIBE, SOCIAL_WORKER, TEACHER
from tests.cast import POLICE_OFFICER as POLICE

UNKNOWN = number(0xBAD)

# Every field that takes the id, or the key, of something on the board. A command without a line fails.
ID_FIELDS: dict[str, tuple[str, ...]] = {
    "add_item": ("goal_id",),
    "edit_item": ("item_id", "goal_id"),
    "place_item": ("item_id",),
    "return_item": ("item_id",),
    "release_item": ("item_id",),
    "move_item": ("item_id", "after"),
    "remove_item": ("item_id",),
    "restore_item": ("item_id",),
    "agree_to_house": ("house_id",),
    "show_house": ("house_id",),
    "respond_to_item": ("item_id",),
    "translate_item": ("item_id",),
    "write_danger_statement": ("danger_id",),
    "write_safety_goal": ("goal_id", "danger_id"),
    "spotlight": ("key",),
    "open_scale": ("danger_id", "again_of"),
    "answer_scale": ("scale_id",),
    "reveal_scale": ("scale_id",),
    "hide_scale": ("scale_id",),
    "close_scale": ("scale_id",),
    "void_scale": ("scale_id",),
    "mark_progress": ("of",),
    "raise_hand": ("key",),
    "ask_meaning": ("key",),
    "ask_for_break": ("key",),
    "release_private": ("item_id",),
    "let_read": ("key",),
    "add_correction": ("about",),
    "undo": ("of",),
}
# These take no such id: those of people, children and agencies are on everybody's screen.
WITHOUT = {"add_restricted", "set_phase", "give_floor", "blank", "take_break", "end_break", "explain_threshold"}
WITHOUT |= {"give_view", "give_family_view", "show_views", "record_decision", "record_dissent", "mark_attendance"}
WITHOUT |= {"admit", "remove_person", "hand_over", "close_conference"}
WITHOUT |= {"seat_person", "change_seat", "add_agency", "change_conference", "note_needs", "note_cannot_share"}
WITHOUT |= {"note_report", "drop_report"}  # whoever may say them sees every report
WITHOUT |= {"go_on_without_quorum", "write_closing", "write_letter", "fill_house"}
WITHOUT |= {"name_deputy", "take_over", "begin_without_family", "end_without_family"}


def with_secrets() -> Meeting:
    """Somebody's offered, held, returned and removed points, a restricted item, and acts of other people."""
    meeting = moments.scaling_open()
    meeting.named["offered"] = meeting.adds(POLICE, "Offered.")
    meeting.named["held"] = meeting.holds(POLICE, "Held.")
    meeting.named["returned"] = meeting.adds(POLICE, "Returned.")
    meeting.does(
        CHAIR, "return_item", item_id=meeting.named["returned"], base_version=meeting.named["returned"], why="Why?"
    )
    meeting.named["removed offer"] = meeting.adds(POLICE, "Removed.")
    meeting.removes(CHAIR, meeting.named["removed offer"])
    meeting.named["removed"] = meeting.adds(SCRIBE, "Removed from the board.")
    meeting.removes(CHAIR, meeting.named["removed"])
    meeting.named["restricted"] = meeting.does(
        CHAIR,
        "add_restricted",
        text="The address.",
        reason="He asked.",
        source={"person_id": POLICE, "basis": "report"},
        visible_to=[POLICE],
    )
    meeting.named["house"] = meeting.fills(NURSE, ROBIN)
    meeting.named["agreed house"] = meeting.fills(NURSE, ROBIN, house="worries")
    meeting.agrees(NURSE, meeting.named["agreed house"])
    meeting.named["answer"] = meeting.answers(POLICE, meeting.named["scale"], 2)
    return meeting


SECRETS = ("offered", "held", "returned", "removed offer", "removed", "restricted", "answer", "house", "agreed house")


def test_every_command_that_takes_an_id_is_here() -> None:
    assert set(ID_FIELDS) | WITHOUT == set(COMMANDS)
    assert not set(ID_FIELDS) & WITHOUT


def answer_to(meeting: Meeting, person: str, kind: str, field: str, id: str) -> tuple[str, str]:
    body: dict[str, Any] = {**body_of(meeting, kind), field: id}
    if "base_version" in body:
        body["base_version"] = id
    if field in ("key", "about"):
        body[field] = f"item/{id}"
    try:
        meeting.fork().does(person, kind, **body)
    except Refused as no:
        return no.reason, no.sentence
    return "saved", ""


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize(
    ("kind", "field", "role"),
    [
        (kind, field, role)
        for kind, fields in ID_FIELDS.items()
        for field in fields
        for role in EXPECTED[kind]["may"]
        if role not in ("chair", "scribe")
    ],
)
def test_a_hidden_id_is_answered_as_an_unknown_one(kind: str, field: str, role: str, secret: str) -> None:
    meeting, person = with_secrets(), ROLES[role]
    hidden = answer_to(meeting, person, kind, field, meeting.named[secret])
    unknown = answer_to(meeting, person, kind, field, UNKNOWN)
    assert hidden == unknown
    assert unknown[0] != "saved"


@pytest.mark.parametrize("role", ["chair", "scribe"])
@pytest.mark.parametrize("kind", [kind for kind in ID_FIELDS if kind != "move_item"])
def test_chair_and_scribe_find_no_restricted_item_among_the_points(kind: str, role: str) -> None:
    """They may know of every point, but what is restricted is no point at all. The chair may undo nothing of it."""
    if role not in EXPECTED[kind]["may"]:
        return
    meeting, person = with_secrets(), ROLES[role]
    for field in ID_FIELDS[kind]:
        hidden = answer_to(meeting, person, kind, field, meeting.named["restricted"])
        unknown = answer_to(meeting, person, kind, field, UNKNOWN)
        if (kind, role) != ("undo", "chair"):  # her own act
            assert hidden == unknown


@pytest.mark.parametrize("secret", ["held", "offered", "removed"])
@pytest.mark.parametrize("prefix", ["item", "held", "offered", "removed", "mine/item", "mine/restricted"])
@pytest.mark.parametrize("person", [TEACHER, DANA, CALLUM, GRANDMOTHER, ADVOCATE, SOCIAL_WORKER, NURSE])
def test_asking_about_a_hidden_key_is_asking_about_nothing(person: str, prefix: str, secret: str) -> None:
    meeting = with_secrets()
    with pytest.raises(Refused) as hidden:
        meeting.does(person, "ask_meaning", on=True, key=f"{prefix}/{meeting.named[secret]}")
    with pytest.raises(Refused) as unknown:
        meeting.does(person, "ask_meaning", on=True, key=f"{prefix}/{UNKNOWN}")
    assert (hidden.value.reason, hidden.value.sentence) == (unknown.value.reason, unknown.value.sentence)


@pytest.mark.parametrize("prefix", ["item", "held", "offered", "removed", "help"])
def test_the_lamp_never_lights_what_the_room_has_not_got(prefix: str) -> None:
    meeting = with_secrets()
    meeting.does(DANA, "raise_hand", on=True)
    for id in (meeting.named["held"], meeting.named["offered"], meeting.named["removed"], UNKNOWN, DANA):
        with moments.refused(Reason.NOT_ON_SCREEN):
            meeting.does(CHAIR, "spotlight", key=f"{prefix}/{id}")
