"""Who may do what: one table, read by `decide` and by the `may` list that each screen is given.

Conditions that need the board (one's own item, an answer given already) stand beside the subject's `decide`.
"""

from dataclasses import dataclass

from .terms import FAMILY, SERVICES, Phase, Role

CHAIR: frozenset[Role] = frozenset({"chair"})
TYPISTS: frozenset[Role] = frozenset({"chair", "scribe"})
CONTRIBUTORS: frozenset[Role] = TYPISTS | SERVICES | FAMILY | frozenset({"advocate"})
BRINGERS: frozenset[Role] = SERVICES | frozenset({"child", "advocate"})  # of a child's own view
_SIT_WITH: frozenset[Role] = frozenset({"supporter", "interpreter"})
WITH_A_VOICE: frozenset[Role] = (CONTRIBUTORS | _SIT_WITH) - CHAIR


@dataclass(frozen=True)
class Rule:
    roles: frozenset[Role]
    phases: frozenset[Phase] | None = None  # None: in any phase
    in_prepare: frozenset[Role] | None = None  # who may before the meeting starts; None: all of `roles`
    once_begun: frozenset[Role] | None = None  # who may after that; None: all of `roles`
    while_locked: bool = True  # still open once every child has a decision
    after_close: bool = False
    without_family: bool = False  # still open to those who stay in the part without them


_VIEWS: frozenset[Phase] = frozenset({"agency_views", "decision"})

POLICY: dict[str, Rule] = {
    "add_item": Rule(CONTRIBUTORS, in_prepare=TYPISTS | SERVICES, without_family=True),
    "edit_item": Rule(CONTRIBUTORS, without_family=True),
    "place_item": Rule(TYPISTS),
    "return_item": Rule(TYPISTS),
    "release_item": Rule(CHAIR),
    "move_item": Rule(TYPISTS, without_family=True),
    "remove_item": Rule(CONTRIBUTORS, without_family=True),
    "restore_item": Rule(CONTRIBUTORS, without_family=True),
    "add_restricted": Rule(frozenset({"chair", "social_worker", "advocate"}), without_family=True),
    "fill_house": Rule(BRINGERS, while_locked=False),
    "agree_to_house": Rule(BRINGERS),
    "show_house": Rule(CHAIR, after_close=True),
    "respond_to_item": Rule(TYPISTS | FAMILY, while_locked=False),
    "translate_item": Rule(frozenset({"interpreter"})),
    "write_danger_statement": Rule(TYPISTS | frozenset({"social_worker"}), while_locked=False),
    "write_safety_goal": Rule(TYPISTS | frozenset({"social_worker"}), while_locked=False),
    "set_phase": Rule(CHAIR),
    "give_floor": Rule(CHAIR),
    "spotlight": Rule(CHAIR),
    "blank": Rule(CHAIR, without_family=True),
    "take_break": Rule(CHAIR),
    "end_break": Rule(CHAIR),
    "explain_threshold": Rule(CHAIR),
    "open_scale": Rule(CHAIR, while_locked=False),
    "answer_scale": Rule(CONTRIBUTORS, while_locked=False),
    "reveal_scale": Rule(CHAIR, while_locked=False),
    "hide_scale": Rule(CHAIR),
    "close_scale": Rule(CHAIR, while_locked=False),
    "void_scale": Rule(CHAIR, while_locked=False),
    "give_view": Rule(TYPISTS | SERVICES, phases=_VIEWS, while_locked=False),
    "give_family_view": Rule(TYPISTS | FAMILY, while_locked=False),
    "show_views": Rule(CHAIR, phases=_VIEWS),
    "record_decision": Rule(CHAIR, phases=frozenset({"decision"})),
    "record_dissent": Rule(SERVICES, after_close=True),
    "go_on_without_quorum": Rule(CHAIR),
    "mark_progress": Rule(TYPISTS | SERVICES, in_prepare=TYPISTS, while_locked=False),
    "write_closing": Rule(TYPISTS),
    "write_letter": Rule(TYPISTS, after_close=True),
    "raise_hand": Rule(WITH_A_VOICE, without_family=True),
    "ask_meaning": Rule(WITH_A_VOICE, without_family=True),
    "ask_for_break": Rule(WITH_A_VOICE, without_family=True),
    "mark_attendance": Rule(TYPISTS, without_family=True),
    "admit": Rule(CHAIR, without_family=True),
    "remove_person": Rule(CHAIR, without_family=True),
    "hand_over": Rule(CHAIR, without_family=True),
    "name_deputy": Rule(CHAIR, without_family=True),
    "take_over": Rule(frozenset({"scribe", *SERVICES}), without_family=True),
    "begin_without_family": Rule(CHAIR, without_family=True),
    "end_without_family": Rule(CHAIR, without_family=True),
    "release_private": Rule(CHAIR, without_family=True),
    "let_read": Rule(CHAIR, after_close=True, without_family=True),
    "seat_person": Rule(TYPISTS, once_begun=CHAIR, without_family=True),
    "change_seat": Rule(TYPISTS, once_begun=CHAIR, without_family=True),
    "add_agency": Rule(TYPISTS, once_begun=CHAIR, without_family=True),
    "change_conference": Rule(TYPISTS, phases=frozenset({"prepare"})),
    "note_report": Rule(TYPISTS),
    "drop_report": Rule(TYPISTS),
    "note_needs": Rule(TYPISTS, after_close=True),  # also the language of the papers that follow
    "note_cannot_share": Rule(CHAIR),
    "close_conference": Rule(CHAIR),
    "add_correction": Rule(CHAIR, after_close=True),
    "undo": Rule(CONTRIBUTORS, without_family=True),
}
