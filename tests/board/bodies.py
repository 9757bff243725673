"""A plausible body for every command, with ids that the prepared boards have, or that nobody has."""

from typing import Any

from tests.board.meeting import OUTCOMES, Meeting, number
from tests.cast import DANA, EARLIER_GOAL, GRANDMOTHER, HEALTH, NURSE, POLICE, ROBIN, SOCIAL_WORKER, TANSY

UNKNOWN = number(0xDEAD)


def body_of(meeting: Meeting, kind: str) -> dict[str, Any]:
    named = meeting.named
    item = named.get("worry", UNKNOWN)
    version = meeting.version(item) if item in meeting.board.items.by_id else UNKNOWN
    scale = {"scale_id": named.get("scale", UNKNOWN)}
    help_: dict[str, Any] = {"on": True}
    closing, letter = meeting.board.closing.written, meeting.board.letters.by_child.get(TANSY)
    bodies: dict[str, dict[str, Any]] = {
        "add_item": {
            "column": "worry",
            "sub_category": "past_harm",
            "kind": "fact",
            "text": "Robin was found in the street.",
            "about_children": [ROBIN],
            "source": {"person_id": NURSE, "basis": "said_in_meeting"},
            "family_knows": True,
        },
        "seat_person": {"name": "Sunil", "role": "professional", "agency_id": HEALTH, "children": [ROBIN]},
        "change_seat": {"person_id": NURSE, "name": "Grace T", "role": "professional", "agency_id": HEALTH},
        "add_agency": {"name": "Housing", "kind": "housing"},
        "change_conference": {
            "title": "About Tansy and Robin",
            "conference_type": meeting.board.conference.type,
            "held_on": "2026-11-24",
            "children": [{"id": TANSY, "name": "Tansy", "age": 9}, {"id": ROBIN, "name": "Robin", "age": 3}],
            "scale_question": "How safe?",
            "low_end": "Cannot live at home",
            "high_end": "Nobody is needed",
            "scale_show": "chair",
        },
        "note_report": {"from_person": NURSE, "what": "Health report", "shared_at": "2026-11-20T10:00:00Z"},
        "drop_report": {"report_id": next((one.id for one in meeting.board.conference.reports), UNKNOWN)},
        "note_needs": {"person_id": GRANDMOTHER, "needs": ["large_text"], "text": "She has her glasses with her."},
        "note_cannot_share": {"agency_id": POLICE, "text": "Who rang."},
        "fill_house": {
            "child_id": TANSY,
            "house": "wishes",
            "base_version": None,
            "words": "A door that shuts.",
            "drawing": [{"pencil": "lake", "thickness": "thick", "path": "M10 10L20 20"}],
            "described": "A door.",
        },
        "agree_to_house": {"house_id": UNKNOWN, "base_version": UNKNOWN, "agreed": True},
        "show_house": {"house_id": UNKNOWN, "base_version": UNKNOWN, "on": True},
        "edit_item": {"item_id": item, "base_version": version, "text": "Robin was found in Mill Street."},
        "place_item": {"item_id": item, "base_version": version},
        "return_item": {"item_id": item, "base_version": version, "why": "Please say when."},
        "release_item": {"item_id": item, "base_version": version},
        "move_item": {"item_id": item, "column": "worry", "sub_category": "future_danger", "after": None},
        "remove_item": {"item_id": item, "why": ""},
        "restore_item": {"item_id": item, "why": ""},
        "add_restricted": {
            "text": "The new address is not given to anyone.",
            "reason": "He asked for that.",
            "source": {"person_id": TANSY, "basis": "letter"},
            "visible_to": [],
        },
        "respond_to_item": {"item_id": item, "agrees": "partly", "text": "It was once."},
        "translate_item": {"item_id": item, "base_version": item, "language": "pl", "text": "Tak było."},
        "write_danger_statement": {"danger_id": None, "children": [ROBIN], "text": "Robin may be hurt."},
        "write_safety_goal": {"goal_id": None, "danger_id": named.get("danger", UNKNOWN), "text": "Somebody watches."},
        "set_phase": {"phase": "next_steps"},
        "give_floor": {"person_id": DANA},
        "spotlight": {"key": "column/worry"},
        "blank": {"screens": "room"},
        "take_break": {},
        "end_break": {},
        "open_scale": {
            "question": "How safe?",
            "direction": "higher_is_safer",
            "low_end": "Cannot live at home",
            "high_end": "Nobody is needed",
            "children": [TANSY],
            "show": "chair",
        },
        "answer_scale": {**scale, "score": 5, "why": ""},
        "reveal_scale": scale,
        "hide_scale": scale,
        "close_scale": scale,
        "void_scale": {**scale, "why": "Not everybody had heard the question."},
        "explain_threshold": {"outcomes_named": OUTCOMES},
        "give_view": {"child_id": TANSY, "view": "no_plan", "why": "She is well."},
        "give_family_view": {"children": [TANSY], "text": "We manage."},
        "show_views": {"on": True},
        "record_decision": {
            "child_id": TANSY,
            "outcome": "no_plan",
            "category": None,
            "reasons": "She is safe.",
            "override": {"reason": "There was no time for the rest."},
        },
        "record_dissent": {"child_id": TANSY, "why": "I see it otherwise."},
        "go_on_without_quorum": {"reason": "Both must be safe tonight."},
        "mark_progress": {"of": EARLIER_GOAL, "progress": "partly", "note": "Since January."},
        "write_closing": {
            "base_version": closing.id if closing else None,
            "lead_social_worker": SOCIAL_WORKER,
            "core_group": [SOCIAL_WORKER, DANA],
            "core_group_on": "2026-12-03",
            "review_on": None,
            "tells": [{"child_id": TANSY, "person_id": DANA}],
            "recipients": [{"person_id": DANA, "version": "family", "children": [], "how": "by hand"}],
            "told_how_to": ["say that something in the record is wrong"],
        },
        "write_letter": {
            "child_id": TANSY,
            "base_version": letter.id if letter else None,
            "worried": "We were worried about the door.",
            "going_well": "You are at school every day.",
            "will_happen": ["Grace comes on Tuesday."],
            "if_worried": "Tell Bea.",
        },
        "raise_hand": help_,
        "ask_meaning": help_,
        "ask_for_break": help_,
        "mark_attendance": {"person_id": DANA, "how": "online"},
        "admit": {"person_id": DANA},
        "remove_person": {"person_id": DANA},
        "hand_over": {"person_id": NURSE},
        "name_deputy": {"person_id": NURSE},
        "take_over": {"from_person": meeting.board.people.chair},
        "begin_without_family": {"reason": "One person told us something that is theirs alone."},
        "end_without_family": {},
        "release_private": {"item_id": UNKNOWN, "base_version": UNKNOWN, "readers": []},
        "let_read": {"key": f"item/{item}", "version": version, "people": []},
        "close_conference": {},
        "add_correction": {"about": "conference", "text": "It was Tuesday.", "why": "A slip."},
        "undo": {"of": UNKNOWN},
    }
    return bodies[kind]
