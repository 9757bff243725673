"""Random meetings: people of every role send plausible commands, and nonsense, at any moment."""

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from app.board.actor import Audience
from app.board.area import Area, groups_in
from app.board.board import COMMANDS, View, see
from app.board.private import readers_of
from app.board.refusals import Refused
from app.board.sight import kept_apart, version_of
from app.board.state import Board
from app.board.terms import COLUMNS, FAMILY, PHASES, Command
from app.realtime.turn import Saved
from tests import cast
from tests.board import meeting as moments
from tests.board.bodies import body_of
from tests.board.meeting import AUDIENCES, EVERYONE, OUTCOMES, Meeting, command_of, number
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    DANA,
    EARLIER_GOAL,
    EARLIER_STEP,
    GRANDMOTHER,
    JOEL,
    NURSE,
    OUTSIDER,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    TANSY,
    TEACHER,
)

ASKED = cast.EARLIER.scales[0].question
GROUPS = tuple(groups_in(Area().columns))
SUB_CATEGORIES = {column: [sub for its, sub in GROUPS if its == column] for column in COLUMNS}


def busy(meeting: Meeting) -> Meeting:
    """Something of every sort is there to act on: offered, held and taken off; a break; and a service too few."""
    meeting.adds(TEACHER, "Tansy falls asleep at her desk.", id=number(0xB1))
    meeting.holds(id=number(0xB2))
    meeting.removes(CHAIR, meeting.adds(CHAIR, "Said twice.", id=number(0xB3)))
    meeting.fills(SOCIAL_WORKER)
    meeting.agrees(ADVOCATE, meeting.fills(ADVOCATE))
    meeting.does(CHAIR, "take_break")
    meeting.does(CHAIR, "mark_attendance", person_id=NURSE, how="absent")
    return meeting


def busy_mapping() -> Meeting:
    return busy(moments.mapping())


def busy_scaling() -> Meeting:
    meeting = busy(moments.scaling_open())
    meeting.answers(TEACHER, meeting.named["scale"], 4)
    meeting.does(CHAIR, "reveal_scale", scale_id=meeting.named["scale"])
    return meeting


STARTS = (
    *(moments.mapping, busy_mapping, busy_mapping, moments.scaling_open, moments.scaling_open, busy_scaling),
    *(moments.reviewing, moments.reviewing, moments.views, moments.decided),
    *(moments.apart, moments.apart, moments.family_out),
)
BUSY = (CHAIR, CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER, NURSE, DANA, CALLUM, ADVOCATE, *EVERYONE, OUTSIDER)
FITTING = {
    "place_item": ("offered",),
    "return_item": ("offered", "held"),
    "release_item": ("held",),
    "restore_item": ("removed",),
    "edit_item": ("offered", "held", "on_board"),
    "remove_item": ("offered", "held", "on_board"),
}
OFTEN = ("add_item", "edit_item", "move_item", "place_item", "remove_item", "undo", "answer_scale", "respond_to_item")
KINDS = (*sorted(set(COMMANDS) - {"close_conference"}), *OFTEN, *OFTEN, *OFTEN, "close_conference")
# What a meeting is mostly about in each phase; anything else may happen in it too.
OF_PHASE: dict[str, tuple[str, ...]] = {
    "welcome": ("mark_attendance", "drop_report", "go_on_without_quorum", "give_floor", *["mark_progress"] * 2),
    "mapping": ("add_item", "add_item", "respond_to_item", "place_item", "release_item", "move_item"),
    "danger_statements": ("write_danger_statement",),
    "safety_goals": ("write_safety_goal",),
    "next_steps": ("add_item", "take_break", "end_break"),
    "scaling": ("open_scale", "answer_scale", "answer_scale", "reveal_scale", "void_scale", "hide_scale", "hide_scale"),
    "agency_views": ("give_view", "give_view", "give_family_view", "show_views"),
    "decision": ("give_view", "show_views", "record_decision", "record_decision"),
    "close": ("write_closing", "write_closing", "write_letter", "record_dissent"),
}
EXPECTED = tomllib.loads((Path(__file__).parent / "policy_expectations.toml").read_text(encoding="utf-8"))


class History:
    """One meeting and everything that was sent to it."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting
        meeting.gone = dict.fromkeys(EVERYONE, meeting.now - timedelta(minutes=5))  # so that a deputy may take over
        self.sent: list[tuple[str, Command, Saved | Refused]] = []
        self.count = 0

    @property
    def saved(self) -> list[tuple[str, Command]]:
        return [(person, command) for person, command, answer in self.sent if isinstance(answer, Saved)]

    def fresh_id(self) -> str:
        self.count += 1
        return number(0x10000 + self.count)

    def sends(self, person: str, command: Command) -> Saved | Refused:
        answer = self.meeting.sends(person, command)
        self.sent.append((person, command, answer))
        return answer

    def leads(self, kind: str, **fields: Any) -> Saved | Refused:
        """By whoever is in the chair now."""
        members = self.meeting.board.people.members.values()
        chair = next(member.id for member in members if member.role == "chair")
        return self.sends(chair, command_of(kind, self.fresh_id(), **fields))

    def text(self) -> str:
        """Words that nobody else has said."""
        return f"Point {self.count:05d}."


@st.composite
def histories(draw: st.DrawFn, longest: int = 30) -> History:
    history = History(draw(st.sampled_from(STARTS))())
    for _ in range(draw(st.integers(1, longest))):
        person, command = an_act(draw, history)
        history.sends(person, command)
    return history


@st.composite
def whole_conferences(draw: st.DrawFn, longest_phase: int = 5) -> History:
    """From before the welcome to after the close, a first meeting or a review, with whatever happens in between."""
    history = History(moments.prepared(review=draw(st.booleans())))
    if draw(st.booleans()):
        history.leads("change_conference", **body_of(history.meeting, "change_conference"))
    for phase, kinds in OF_PHASE.items():
        history.leads("end_without_family")
        history.leads("set_phase", phase=phase)
        if phase == "welcome" and draw(st.booleans()):
            history.leads("mark_attendance", person_id=NURSE, how="absent")
        if phase == "mapping":
            for person, known in ((CHAIR, True), (TEACHER, True), (SOCIAL_WORKER, False)):
                point = {**body_of(history.meeting, "add_item"), "text": history.text(), "family_knows": known}
                point["source"] = {"person_id": NURSE if person == CHAIR else person, "basis": "said_in_meeting"}
                history.sends(person, command_of("add_item", history.fresh_id(), **point))
        if phase == "scaling":
            history.leads("open_scale", **{**body_of(history.meeting, "open_scale"), "question": ASKED})
        for _ in range(draw(st.integers(1, longest_phase))):
            history.sends(*an_act(draw, history, (*kinds, *kinds, *sorted(set(COMMANDS) - {"close_conference"}))))
        if phase == "decision":
            history.leads("set_phase", phase=phase)
            for child in (TANSY, ROBIN):
                decision = {"outcome": history.meeting.board.conference.outcomes[-1], "category": None}
                why = {"reasons": "She is safe.", "override": {"reason": "Time."}}
                history.leads("record_decision", child_id=child, **decision, **why)
    history.leads("end_without_family")
    history.leads("close_conference")
    for _ in range(draw(st.integers(1, 4))):
        history.sends(*an_act(draw, history, ("write_letter", "record_dissent", "add_correction", *KINDS)))
    return history


def an_act(draw: st.DrawFn, history: History, kinds: tuple[str, ...] = KINDS) -> tuple[str, Command]:
    """Mostly by somebody who may, about something that it fits; else by anybody, about anything."""
    rare = _rare_kinds(history.meeting.board)
    kind = draw(st.sampled_from(rare if rare and draw(st.integers(0, 7)) == 7 else kinds))
    nonsense = draw(st.integers(0, 9)) == 9
    person = draw(st.sampled_from(BUSY)) if nonsense else _somebody_who_may(draw, history, kind)
    item_id = _an_item(draw, history, kind, nonsense)
    item = history.meeting.board.items.by_id.get(item_id)
    if item and not nonsense and kind in ("edit_item", "remove_item", "restore_item"):
        waiting = item.standing in ("offered", "held") or (item.standing == "removed" and item.stood != "on_board")
        person = item.author if waiting and kind == "edit_item" else draw(st.sampled_from([CHAIR, item.author]))
    if kind == "agree_to_house" and not nonsense and history.meeting.board.houses.by_id:
        person = draw(st.sampled_from([house.filled.by for house in history.meeting.board.houses.by_id.values()]))
    if kind == "take_over" and not nonsense:
        person = history.meeting.board.seat.deputy or person
    if kind == "undo" and not nonsense and history.saved:
        person = draw(st.sampled_from([person for person, _ in history.saved[-6:]]))
    id = history.fresh_id()
    return person, command_of(kind, id, **fields_of(draw, history, kind, person, item_id))


def _rare_kinds(board: Board) -> list[str]:
    """What seldom fits, where it does."""
    houses = board.houses.by_id.values()
    fits = {
        "release_private": bool(board.private.items.by_id),
        "let_read": bool(kept_apart(board)),
        "take_over": board.seat.deputy is not None,
        "agree_to_house": any(not house.agreed for house in houses),
        "show_house": any(house.agreed and not house.shown for house in houses),
        "restore_item": any(item.standing == "removed" for item in board.items.by_id.values()),
    }
    return [kind for kind, fitting in fits.items() if fitting]


def _somebody_who_may(draw: st.DrawFn, history: History, kind: str) -> str:
    roles = EXPECTED[kind]["may"]
    members = history.meeting.board.people.members.values()
    able = [member.id for member in members if member.role in roles and member.admitted]
    if kind in ("place_item", "move_item"):
        able = [*able, *able]
    return draw(st.sampled_from(able or list(EVERYONE)))


def _an_item(draw: st.DrawFn, history: History, kind: str, nonsense: bool) -> str:
    items = history.meeting.board.items.by_id
    fits = FITTING.get(kind, ("on_board",))
    fitting = [item.id for item in items.values() if nonsense or item.standing in fits][-3:]
    return draw(st.sampled_from(fitting or [*list(items)[-6:], number(0xDEAD)]))


def fields_of(draw: st.DrawFn, history: History, kind: str, person: str, item_id: str) -> dict[str, Any]:
    meeting = history.meeting
    board = meeting.board

    def one_of(*choices: Any) -> Any:
        return draw(st.sampled_from(choices))

    body = body_of(meeting, kind)
    anybody = one_of(*EVERYONE)
    named = one_of(None, DANA, CALLUM, GRANDMOTHER, JOEL)
    if person in (DANA, CALLUM, GRANDMOTHER):
        named = one_of(None, person)
    item = board.items.by_id.get(item_id)
    column = one_of(*SUB_CATEGORIES)
    if "item_id" in body:
        body["item_id"] = item_id
    if "base_version" in body:
        body["base_version"] = one_of(*[item.version if item else item_id] * 7, number(0xDEAD))
    if "scale_id" in body and board.scales.by_id:
        body["scale_id"] = one_of(*board.scales.by_id)
    if "text" in body:
        body["text"] = history.text()
    match kind:
        case "add_item":
            family = board.people.members[person].role in FAMILY if person in board.people.members else False
            body |= {
                "column": column,
                "sub_category": one_of(*SUB_CATEGORIES[column], *([None] if family else [])),
                "kind": one_of("fact", "allegation", *([None] if family else [])),
                "family_knows": one_of(None, None, None, True) if family else one_of(True, True, False, None),
                "goal_id": one_of(None, *board.danger.goals),
            }
            source = one_of(*[person] * 7, anybody) if person not in (CHAIR, SCRIBE) else one_of(NURSE, DANA)
            body["source"] = {"person_id": source, "basis": one_of("said_in_meeting", "said_in_meeting", "letter")}
            if person == ADVOCATE:
                body |= {"child_speaking": TANSY, "child_agreed": True, "family_knows": None}
        case "edit_item":
            more = {
                "text": history.text(),
                "kind": one_of("fact", "opinion"),
                "sub_category": one_of(*SUB_CATEGORIES[item.column if item else column]),
                "family_knows": False,
                "goal_id": one_of(None, *board.danger.goals),
                "why": "Said more clearly.",
            }
            names = draw(st.sets(st.sampled_from(sorted(more)), min_size=1))
            body = {name: value for name, value in body.items() if name != "text"} | {n: more[n] for n in names}
        case "place_item":
            body |= {
                "sub_category": one_of(None, *SUB_CATEGORIES[item.column if item else column]),
                "kind": one_of(None, "fact"),
            }
        case "move_item":
            body |= {"column": column, "sub_category": one_of(*SUB_CATEGORIES[column])}
            body["after"] = one_of(None, *list(board.items.by_id)[-5:])
        case "respond_to_item" | "give_family_view":
            body["for_person"] = named
        case "write_danger_statement":
            body["danger_id"] = one_of(None, *board.danger.statements)
            if known := board.danger.statements.get(body["danger_id"] or ""):
                body["base_version"] = known.version
        case "write_safety_goal":
            body["goal_id"] = one_of(None, *board.danger.goals)
            body["danger_id"] = one_of(*(board.danger.statements or [number(0xDEAD)]))
            if goal := board.danger.goals.get(body["goal_id"] or ""):
                body["base_version"] = goal.version
        case "set_phase":
            body["phase"] = one_of(*PHASES)
        case "give_floor":
            body["person_id"] = one_of(None, anybody)
        case "spotlight":
            body["key"] = one_of(None, f"item/{item_id}", "column/worry", "conference")
        case "blank":
            body["screens"] = one_of("none", "none", "room", "all")
        case "answer_scale":
            score = one_of(None, *range(11))
            body |= {"score": score, "passed": score is None, "for_person": named}
            body["for_child"] = TANSY if person == ADVOCATE else None
        case "open_scale":
            body |= {"show": one_of("chair", "everyone", "nobody"), "again_of": one_of(None, *board.scales.by_id)}
        case "record_decision":
            body["child_id"] = one_of(TANSY, ROBIN)
        case "give_view":
            body |= {"child_id": one_of(TANSY, ROBIN), "view": one_of(*OUTCOMES, "not_able_to_say", "plan_continues")}
        case "raise_hand" | "ask_meaning" | "ask_for_break":
            body |= {"on": one_of(True, False), "key": one_of(None, "column/worry", f"item/{item_id}")}
        case "mark_attendance":
            body |= {"person_id": one_of(anybody, NURSE, SOCIAL_WORKER), "how": one_of("in_room", "online", "absent")}
            body["left"] = one_of(None, None, "2026-11-23T12:30:00Z")
        case "admit" | "remove_person":
            body["person_id"] = one_of(anybody, DANA, TEACHER)
        case "mark_progress":
            body |= {
                "of": one_of(EARLIER_GOAL, EARLIER_STEP, EARLIER_GOAL, item_id),
                "progress": one_of("done", "partly", "not"),
            }
            body |= {"note": history.text(), "said_by": one_of(None, anybody, TANSY)}
        case "write_closing":
            whose, version = one_of((DANA, "family"), (NURSE, "professional"), (CHAIR, "full"), (anybody, "plan_only"))
            about = one_of([], [ROBIN])
            body["recipients"] = [{"person_id": whose, "version": version, "children": about, "how": history.text()}]
            body |= {"core_group": one_of([], [DANA], [SOCIAL_WORKER, DANA])}
            body["base_version"] = board.closing.written.id if board.closing.written else None
        case "go_on_without_quorum":
            body["reason"] = history.text()
        case "write_letter":
            body |= {"child_id": one_of(TANSY, ROBIN), "worried": history.text()}
            letter = board.letters.by_child.get(body["child_id"])
            body["base_version"] = letter.id if letter else None
        case "fill_house":
            body |= {"child_id": one_of(TANSY, TANSY, ROBIN), "house": one_of("good_things", "worries")}
            was = board.houses.of(body["child_id"], body["house"], person)
            body |= {"words": history.text(), "base_version": was.version if was else None}
        case "agree_to_house" | "show_house":
            houses = [each for each in board.houses.by_id.values() if kind == "show_house" or each.filled.by == person]
            if houses:
                filled = one_of(*houses)
                body |= {"house_id": filled.id, "base_version": filled.version}
                body |= {"on": not filled.shown} if kind == "show_house" else {"agreed": not filled.agreed}
        case "hand_over":
            body["person_id"] = one_of(anybody, SCRIBE, CHAIR)
        case "name_deputy":
            body["person_id"] = one_of(None, anybody, SCRIBE, NURSE)
        case "begin_without_family" | "end_without_family":
            pass
        case "release_private":
            private = board.private.items.by_id
            body["item_id"] = one_of(*(private or [item_id]))
            if said := private.get(body["item_id"]):
                body |= {"base_version": said.version, "readers": readers_of(board, said)}
        case "let_read":
            keys = [f"item/{id}" for id in board.items.by_id] or ["conference"]
            keys += [f"danger/{id}" for id in board.danger.statements]
            body["key"] = one_of(*keys)
            body |= {"version": version_of(board, body["key"]) or number(0xDEAD)}
            body["people"] = draw(st.lists(st.sampled_from([DANA, CALLUM, GRANDMOTHER]), max_size=2, unique=True))
        case "add_restricted":
            body |= {
                "visible_to": draw(st.lists(st.sampled_from(EVERYONE), max_size=3)),
                "source": {"person_id": anybody, "basis": "letter"},
            }
        case "undo":
            own = [command.id for by, command in history.saved if by == person][-6:]
            body["of"] = one_of(*(own or [number(0xDEAD)])[::-1], *[command.id for _, command in history.saved][-1:])
    return body


def screens_of_everyone(meeting: Meeting) -> dict[str, View]:
    """What reaches each admitted person, and each audience, by name."""
    admitted = [person for person in EVERYONE if meeting.board.people.members[person].admitted]
    shared: dict[str, View] = {name_of(a): see(meeting.board, frozenset({DANA}), a) for a in AUDIENCES}
    return shared | {person: meeting.screen(person) for person in admitted}


def name_of(audience: Audience) -> str:
    return f"{audience.kind} {audience.whose or ''}"
