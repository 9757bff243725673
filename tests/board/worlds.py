"""Two worlds that differ in one secret. Whoever is not entitled to it must not be able to tell them apart."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from app.board.actor import SERVICES_AUDIENCE, Audience, audience_of
from app.board.board import see, see_own
from app.board.memory import Memory
from app.board.refusals import Refused
from tests.board import meeting as moments
from tests.board.meeting import AUDIENCES, EVERYONE, Meeting, command_of, number
from tests.cast import (
    ADVOCATE,
    CALLUM,
    CHAIR,
    DANA,
    GP,
    GRANDMOTHER,
    NURSE,
    OBSERVER,
    POLICE_OFFICER,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    SUPPORTER,
    TANSY,
    TEACHER,
)

SECRET = number(0x5EC)  # the id of what is hidden
GOAL = number(0x90A)
DANGER = number(0xDA0)
CARD = number(0xCA0)

Fields = dict[str, Any]
# Who, which command, under which id, with what; None: this world has no such act, only its time.
Step = tuple[str, str, str, Fields] | None


@dataclass(frozen=True)
class World:
    """A script with one secret in it, the secrets it may hold, and who is entitled to them."""

    base: Callable[[], Meeting]
    script: Callable[[Any], list[Step]]
    secrets: tuple[Any, ...]  # None: nothing at all happened
    entitled: tuple[str, ...]
    from_step: int = 0  # before this, everybody may see it
    audiences: frozenset[Audience] = frozenset()  # entitled as a whole


def differences(world: World, *, remembers: bool = False) -> list[str]:
    """Every step and person that tells two worlds apart; the order of keys and every answer counts too."""
    played = [play(world, secret, remembers) for secret in world.secrets]
    return [
        f"step {step}: {who}"
        for other in played[1:]
        for step, (one, two) in enumerate(zip(played[0], other, strict=True))
        for who in sorted(one.keys() | two.keys())
        if step >= world.from_step and one.get(who) != two.get(who)
    ]


def play(world: World, secret: Any, remembers: bool) -> list[dict[str, str]]:
    meeting, memory = world.base(), Memory() if remembers else None  # one for all audiences, as in a room
    seen: list[dict[str, str]] = []
    for step in world.script(secret):
        seen.append({})
        if step is None:
            meeting.now += timedelta(seconds=1)
        else:
            person, kind, id, fields = step
            answer = meeting.sends(person, command_of(kind, id, **fields))
            if person not in world.entitled:
                said = (answer.reason, answer.sentence) if isinstance(answer, Refused) else "saved"
                seen[-1]["answer"] = repr(said)
        seen[-1].update(look(meeting, world, memory))
    return seen


def look(meeting: Meeting, world: World, memory: Memory | None) -> dict[str, str]:
    entitled = world.entitled
    others = [person for person in EVERYONE if person not in entitled]
    of_entitled = {audience_of(meeting.actor(person)) for person in entitled}
    own_too = {f"own {person}": json.dumps(see_own(meeting.board, meeting.actor(person), memory)) for person in others}
    shared = {
        f"shared {audience}": json.dumps(see(meeting.board, frozenset(EVERYONE), audience, memory))
        for audience in AUDIENCES
        if audience not in world.audiences and (audience not in of_entitled or audience.kind in ("services", "family"))
    }
    return own_too | shared


def life(start: int = 0x100) -> list[Step]:
    """What goes on around a secret: everybody does something, and pokes at what they may not know of."""
    board_card: Fields = {"column": "worry", "sub_category": "past_harm", "kind": "fact", "about_children": [ROBIN]}
    said: Fields = {"source": {"person_id": NURSE, "basis": "said_in_meeting"}, "family_knows": True}
    own: Fields = {"family_knows": True, "source": {"person_id": TEACHER, "basis": "report"}}
    poke: Fields = {"item_id": SECRET, "base_version": SECRET}
    steps: list[tuple[str, str, Fields]] = [
        (SCRIBE, "add_item", {**board_card, **said, "text": "Robin was alone in the street."}),
        (TEACHER, "add_item", {**board_card, **own, "text": "Tansy falls asleep in class."}),
        (TEACHER, "undo", {"of": number(start + 1)}),
        (TEACHER, "undo", {"of": number(start + 2)}),
        (SOCIAL_WORKER, "edit_item", {**poke, "text": "Mine now."}),
        (DANA, "remove_item", {"item_id": SECRET, "why": ""}),
        (CALLUM, "respond_to_item", {"item_id": SECRET, "agrees": "no", "text": "No."}),
        (GRANDMOTHER, "undo", {"of": SECRET}),
        (CALLUM, "ask_meaning", {"on": True, "key": f"item/{SECRET}"}),
        (ADVOCATE, "ask_meaning", {"on": True, "key": f"held/{SECRET}"}),
        (SOCIAL_WORKER, "restore_item", {"item_id": SECRET, "why": ""}),
        (
            SCRIBE,
            "move_item",
            {"item_id": number(start), "column": "worry", "sub_category": "future_danger", "after": None},
        ),
        (CHAIR, "spotlight", {"key": f"item/{number(start)}"}),
        (CHAIR, "give_floor", {"person_id": GRANDMOTHER}),
        (GRANDMOTHER, "add_item", {"column": "strength", "text": "They ring me."}),
        (CHAIR, "blank", {"screens": "all"}),
        (CHAIR, "blank", {"screens": "none"}),
        (CALLUM, "respond_to_item", {"item_id": number(start), "agrees": "partly", "text": "Once."}),
        (SCRIBE, "mark_attendance", {"person_id": POLICE_OFFICER, "how": "online", "left": "2026-11-23T12:30:00Z"}),
    ]
    return [(person, kind, number(start + place), fields) for place, (person, kind, fields) in enumerate(steps)]


def other_hands(start: int) -> list[Step]:
    """The chair goes to the scribe and back; both see what is held or offered anyway."""
    return [
        (CHAIR, "hand_over", number(start), {"person_id": SCRIBE}),
        (SCRIBE, "hand_over", number(start + 1), {"person_id": CHAIR}),
    ]


def hidden_item(person: str, text: str | None, **fields: Any) -> Step:
    if text is None:
        return None
    body = {
        "column": "worry",
        "sub_category": "past_harm",
        "kind": "observation",
        "about_children": [ROBIN],
        "source": {"person_id": person, "basis": "said_in_meeting"},
        "text": text,
    }
    return (person, "add_item", SECRET, {**body, **fields})


def _about_secret(secret: Any, person: str, kind: str, n: int, **fields: Any) -> Step:
    return None if secret is None else (person, kind, number(n), {"item_id": SECRET, **fields})


def held(secret: str | None) -> list[Step]:
    """With a goal that the held point names, which its writer then takes back."""
    statement: Fields = {"danger_id": None, "children": [ROBIN], "text": "Robin may be hurt."}
    goal: Fields = {"goal_id": None, "danger_id": DANGER, "text": "Somebody watches the door."}
    return [
        (SOCIAL_WORKER, "write_danger_statement", DANGER, statement),
        (SOCIAL_WORKER, "write_safety_goal", GOAL, goal),
        hidden_item(
            NURSE, secret, family_knows=False, column="next_step", sub_category="next_step", goal_id=GOAL, who=[DANA]
        ),
        *life(),
        _about_secret(secret, NURSE, "edit_item", 0x300, base_version=SECRET, text=f"{secret}, said again"),
        *life(0x400),
        (SOCIAL_WORKER, "undo", number(0x500), {"of": GOAL}),
        (SOCIAL_WORKER, "undo", number(0x501), {"of": DANGER}),
        _about_secret(secret, CHAIR, "return_item", 0x502, base_version=number(0x300), why="Please say when."),
        *other_hands(0x510),
        *life(0x600),
    ]


def restricted(secret: str | None) -> list[Step]:
    body: Fields = {
        "text": secret,
        "reason": "address_safety",
        "source": {"person_id": DANA, "basis": "letter"},
        "visible_to": [CHAIR, TEACHER],
    }
    step: Step = None if secret is None else (SOCIAL_WORKER, "add_restricted", SECRET, body)
    return [*life(), step, *life(0x400)]


def score(secret: int | str) -> list[Step]:
    """The teacher's number. Those who have shown theirs, changed it or typed for others see no more than the rest."""
    scale = moments.scaling_open().named["scale"]

    def puts_in(person: str, n: int, number_: Any, **fields: Any) -> Step:
        given = {"score": None, "passed": True} if number_ == "pass" else {"score": number_}
        return (person, "answer_scale", number(n), {"scale_id": scale, "why": f"why {number_}", **given, **fields})

    return [
        puts_in(NURSE, 0x700, 4),
        puts_in(TEACHER, 0x701, 6),
        puts_in(TEACHER, 0x702, secret),
        puts_in(DANA, 0x703, 7),
        puts_in(SCRIBE, 0x704, 2, for_person=GRANDMOTHER),
        puts_in(ADVOCATE, 0x705, 3, for_child=TANSY),
        puts_in(ADVOCATE, 0x706, "pass"),
        *life(),
        (SOCIAL_WORKER, "undo", number(0x707), {"of": number(0x702)}),
        (CHAIR, "hide_scale", number(0x708), {"scale_id": scale}),
        (CHAIR, "close_scale", number(0x709), {"scale_id": scale}),
    ]


def score_that_nobody_sees(secret: int | str) -> list[Step]:
    scale = number(0x7FF)
    opened: Fields = {
        "question": "How safe?",
        "direction": "higher_is_safer",
        "low_end": "Not at all",
        "high_end": "Quite",
        "children": [TANSY],
        "show": "nobody",
    }
    steps = [None if step is None else (*step[:3], {**step[3], "scale_id": scale}) for step in score(secret)[:7]]
    return [(CHAIR, "open_scale", scale, opened), *steps, *life()]


def offered(secret: str | None) -> list[Step]:
    return [
        *life(),
        hidden_item(CALLUM, secret, family_knows=None),
        *life(0x400),
        _about_secret(secret, CALLUM, "edit_item", 0x500, base_version=SECRET, text=f"{secret}, said again"),
        *other_hands(0x510),
        *life(0x600),
    ]


def removed_offer(secret: str | None) -> list[Step]:
    return [
        hidden_item(NURSE, secret, family_knows=True),
        *life(),
        _about_secret(secret, CHAIR, "remove_item", 0x300, why="Said twice."),
        *life(0x400),
    ]


def removed_from_board(secret: str | None) -> list[Step]:
    """Everybody saw it; from the moment it is taken off, nothing of it is left."""
    return [
        hidden_item(SCRIBE, secret, family_knows=True, source={"person_id": NURSE, "basis": "said_in_meeting"}),
        _about_secret(secret, CHAIR, "remove_item", 0x300, why="Not for this board."),
        *life(),
    ]


def agency_view(secret: tuple[str, str]) -> list[Step]:
    body: Fields = {"child_id": ROBIN, "view": secret[0], "why": secret[1]}
    other: Fields = {"child_id": ROBIN, "view": "child_in_need_plan", "why": "He laughs more."}
    return [
        (NURSE, "give_view", number(0x801), other),
        (TEACHER, "give_view", SECRET, body),
        *life(),
        (CHAIR, "show_views", number(0x802), {"on": False}),
        (CHAIR, "set_phase", number(0x803), {"phase": "decision"}),
        (
            CHAIR,
            "record_decision",
            number(0x804),
            {"child_id": ROBIN, "outcome": "no_plan", "category": None, "reasons": "Safe."},
        ),
    ]


def family_view(secret: str) -> list[Step]:
    body: Fields = {"children": [ROBIN], "text": secret}
    return [(DANA, "give_family_view", SECRET, body), *life()]


def voided_score(secret: int | str) -> list[Step]:
    """Shown to everybody, and then taken back: from that moment nobody is told of it, and the one before it neither."""
    scale = moments.scaling_open().named["scale"]
    return [
        *score(secret)[:7],
        (CHAIR, "reveal_scale", number(0x720), {"scale_id": scale}),
        (CHAIR, "void_scale", number(0x721), {"scale_id": scale, "why": "Half of us read it the other way round."}),
        (TEACHER, "answer_scale", number(0x722), {"scale_id": scale, "score": 5, "why": ""}),
        *life(),
    ]


def way_to_a_recipient(secret: str | None) -> list[Step]:
    """How a copy reaches somebody can say where they live; the rest of the closing is everybody's."""
    recipient: Fields = {"person_id": DANA, "version": "family", "how": secret}
    body: Fields = {
        "base_version": None,
        "lead_social_worker": SOCIAL_WORKER,
        "core_group": [SOCIAL_WORKER, DANA],
        "core_group_on": None,
        "review_on": None,
        "tells": [],
        "recipients": [] if secret is None else [recipient],
        "told_how_to": ["Say that something is wrong."],
    }
    return [(SCRIBE, "write_closing", number(0x730), body), *life(), *other_hands(0x510)]


def letter(secret: str | None) -> list[Step]:
    body: Fields = {"child_id": TANSY, "base_version": None, "going_well": "", "will_happen": [], "if_worried": ""}
    step: Step = None if secret is None else (CHAIR, "write_letter", SECRET, {**body, "worried": secret})
    return [step, *life(), *other_hands(0x510)]


def a_house(secret: str | None) -> list[Step]:
    """What Tansy told Bea. Others who work with Tansy bring a house of their own, and poke."""
    theirs: Fields = {"child_id": TANSY, "house": "worries", "base_version": None, "drawing": [], "described": ""}
    poke: Fields = {"house_id": SECRET, "base_version": SECRET}
    drawn = [{"pencil": "ink", "thickness": "thin", "path": f"M{len(secret or '')} 5L9 9"}]
    kept: Fields = {**theirs, "words": secret, "drawing": drawn, "described": f"How {secret} looks."}
    return [
        None if secret is None else (ADVOCATE, "fill_house", SECRET, kept),
        (SOCIAL_WORKER, "fill_house", number(0x7C0), {**theirs, "words": "The stairs."}),
        (SOCIAL_WORKER, "agree_to_house", number(0x7C1), {**poke, "agreed": True}),
        (TEACHER, "show_house", number(0x7C2), {**poke, "on": True}),
        (DANA, "ask_meaning", number(0x7C3), {"on": True, "key": f"house/{SECRET}"}),
        *life(),
    ]


def house_unagreed(secret: str | None) -> list[Step]:
    poke: Fields = {"house_id": SECRET, "base_version": SECRET, "on": True}
    return [*a_house(secret), (CHAIR, "show_house", number(0x7C4), poke), *other_hands(0x510), *life(0x400)]


def house_unseen(secret: str | None) -> list[Step]:
    agreed: Fields = {"house_id": SECRET, "base_version": SECRET, "agreed": True}
    step: Step = None if secret is None else (ADVOCATE, "agree_to_house", number(0x7C5), agreed)
    return [*a_house(secret), step, *life(0x400)]


def house_taken_back(secret: str | None) -> list[Step]:
    """Everybody saw it; then the child does not want it there any more."""
    it: Fields = {"house_id": SECRET, "base_version": SECRET}
    return [
        *house_unseen(secret),
        None if secret is None else (CHAIR, "show_house", number(0x7C6), {**it, "on": True}),
        None if secret is None else (ADVOCATE, "agree_to_house", number(0x7C7), {**it, "agreed": False}),
        *life(0x600),
    ]


def reason_to_go_on(secret: str | None) -> list[Step]:
    """The school and the nurse have gone. Who is here is on every screen, and why it goes on is not."""
    gone: list[Step] = [
        (CHAIR, "mark_attendance", number(0x740 + place), {"person_id": person, "how": "absent"})
        for place, person in enumerate((TEACHER, NURSE))
    ]
    step: Step = None if secret is None else (CHAIR, "go_on_without_quorum", SECRET, {"reason": secret})
    return [*gone, step, *life(), *other_hands(0x510)]


def unfinished_plan(secret: str | None) -> list[Step]:
    """A held step fills a gap for nobody, and who was heard with a point that waits is told to nobody."""
    statement: Fields = {"danger_id": None, "children": [ROBIN], "text": "Robin may be hurt."}
    goal: Fields = {"goal_id": None, "danger_id": DANGER, "text": "Somebody watches the door."}
    step: Fields = {"family_knows": False, "column": "next_step", "sub_category": "next_step", "goal_id": GOAL}
    return [
        (SOCIAL_WORKER, "write_danger_statement", DANGER, statement),
        (SOCIAL_WORKER, "write_safety_goal", GOAL, goal),
        hidden_item(POLICE_OFFICER, secret, **step),
        *life(),
    ]


def call_for_help(secret: str | None) -> list[Step]:
    step: Step = None if secret is None else (DANA, "ask_meaning", SECRET, {"on": True, "key": secret})
    return [step, *life()]


def without_family(secret: str | None) -> list[Step]:
    """Said, reworded, moved and taken off while they are out. In one world nothing at all is said."""
    out: Fields = {"reason": "One person told us something that is theirs alone."}
    return [
        *life(),
        (CHAIR, "begin_without_family", number(0x780), out),
        hidden_item(NURSE, secret, family_knows=None, without_family=True),
        *life_outside(0x400),
        _about_secret(secret, SCRIBE, "edit_item", 0x781, base_version=SECRET, text=f"{secret}, said again"),
        _about_secret(
            secret, CHAIR, "move_item", 0x782, column="strength", sub_category="existing_strength", after=None
        ),
        None if secret is None else (SCRIBE, "add_item", number(0x783), {**_said_inside, "text": "More of it."}),
        None if secret is None else (SCRIBE, "undo", number(0x784), {"of": number(0x783)}),
        *life_outside(0x500),
        (CHAIR, "end_without_family", number(0x785), {}),
        *life(0x600),
        *other_hands(0x510),
    ]


_said_inside: Fields = {
    "column": "worry",
    "sub_category": "past_harm",
    "kind": "opinion",
    "source": {"person_id": TEACHER, "basis": "said_in_meeting"},
}


def life_outside(start: int) -> list[Step]:
    """What those who are out can do meanwhile, and poke at."""
    steps: list[tuple[str, str, Fields]] = [
        (DANA, "raise_hand", {"on": True}),
        (CALLUM, "ask_meaning", {"on": True, "key": f"private/{SECRET}"}),
        (GRANDMOTHER, "add_item", {"column": "strength", "text": "They ring me."}),
        (GRANDMOTHER, "undo", {"of": SECRET}),
        (DANA, "respond_to_item", {"item_id": SECRET, "agrees": "no", "text": "No."}),
        (ADVOCATE, "edit_item", {"item_id": SECRET, "base_version": SECRET, "text": "Mine now."}),
        (DANA, "raise_hand", {"on": False}),
    ]
    return [(person, kind, number(start + place), fields) for place, (person, kind, fields) in enumerate(steps)]


def others_part(secret: str | None) -> list[Step]:
    """What Dana says, and what others say that the chair lets nobody read who is kept apart."""
    own: Fields = {"source": {"person_id": DANA, "basis": "said_in_meeting"}, "family_knows": None}
    told: Fields = {"danger_id": None, "children": [ROBIN], "text": secret}
    card = moments.apart().named["worry"]
    answer: Fields = {"item_id": card, "agrees": "no", "text": secret}
    return [
        *life(),
        hidden_item(SCRIBE, secret, **own),
        *life(0x400),
        _about_secret(secret, SCRIBE, "edit_item", 0x790, base_version=SECRET, about_children=[TANSY]),
        None if secret is None else (DANA, "respond_to_item", number(0x791), answer),
        None if secret is None else (SOCIAL_WORKER, "write_danger_statement", number(0x792), told),
        None if secret is None else (DANA, "give_family_view", number(0x793), {"children": [ROBIN], "text": secret}),
        (CHAIR, "give_floor", number(0x794), {"person_id": DANA if secret else None}),
        (CHAIR, "give_floor", number(0x795), {"person_id": NURSE}),
        (CALLUM, "respond_to_item", number(0x796), {"item_id": card, "agrees": "yes", "text": "So it was."}),
        *life(0x600),
        *other_hands(0x510),
    ]


def others_number(secret: int | str | None) -> list[Step]:
    """Dana's number, or none of hers; shown to everybody at last."""
    scale = moments.apart().named["scale"]
    passed: Fields = {"score": None, "passed": True} if secret == "pass" else {"score": secret}
    given: Fields = {"scale_id": scale, "why": f"because {secret}", **passed}
    return [
        (NURSE, "answer_scale", number(0x7A0), {"scale_id": scale, "score": 4, "why": "Since May."}),
        None if secret is None else (DANA, "answer_scale", number(0x7A1), given),
        (CALLUM, "answer_scale", number(0x7A2), {"scale_id": scale, "score": 6, "why": "It is better."}),
        (CHAIR, "reveal_scale", number(0x7A3), {"scale_id": scale}),
        *life(),
    ]


def about_the_other(secret: str | None) -> list[Step]:
    """What others say of Dana: let read in one wording, and then said again in another."""
    return [
        hidden_item(SCRIBE, secret, family_knows=True, source={"person_id": NURSE, "basis": "said_in_meeting"}),
        None
        if secret is None
        else (CHAIR, "let_read", number(0x7B0), {"key": f"item/{SECRET}", "version": SECRET, "people": [DANA]}),
        *life(),
        _about_secret(secret, SCRIBE, "edit_item", 0x7B1, base_version=SECRET, text=f"{secret}, said again"),
        *life(0x400),
    ]


def _asking() -> Meeting:
    """Agency views are asked for, and none is in."""
    meeting = moments.scaling_open()
    meeting.enters("agency_views")
    return meeting


_LEADS = (CHAIR, SCRIBE)
_STAYING = (*_LEADS, SOCIAL_WORKER, TEACHER, NURSE, POLICE_OFFICER, GP)
# Whoever sits with Callum, and every screen that he may come to stand before.
_NOT_CALLUMS = tuple(person for person in EVERYONE if person not in (CALLUM, SUPPORTER, PROJECTOR, OBSERVER))
_NOT_HIS_AUDIENCE = frozenset(a for a in AUDIENCES if a.whose != CALLUM and a.kind not in ("room", "observer"))
WORLDS: dict[str, World] = {
    "held": World(moments.mapping, held, ("He was hit.", "He fell.", None), (*_LEADS, NURSE)),
    "restricted": World(
        moments.mapping, restricted, ("12 Mill Street", "The refuge", None), (CHAIR, SOCIAL_WORKER, TEACHER)
    ),
    "score": World(moments.scaling_open, score, (3, 9, "pass"), (CHAIR, TEACHER)),
    "score, shown to nobody": World(moments.scaling_open, score_that_nobody_sees, (3, 9, "pass"), (TEACHER,)),
    "offered": World(moments.mapping, offered, ("I pushed her.", "I left.", None), (*_LEADS, CALLUM)),
    "removed offer": World(moments.mapping, removed_offer, ("He was hit.", "He fell.", None), (*_LEADS, NURSE)),
    "removed from the board": World(
        moments.mapping, removed_from_board, ("He was hit.", "He fell.", None), _LEADS, from_step=1
    ),
    "agency view": World(_asking, agency_view, (("no_plan", "Well."), ("child_protection_plan", "Ill.")), (TEACHER,)),
    "family view": World(_asking, family_view, ("We manage.", "I am afraid of him."), (DANA,)),
    "score so low, shown to nobody": World(moments.scaling_open, score_that_nobody_sees, (0, 2, 3, "pass"), (TEACHER,)),
    "score of a voided round": World(moments.scaling_open, voided_score, (0, 9, "pass"), (), from_step=8),
    "way to a recipient": World(moments.mapping, way_to_a_recipient, ("12 Mill Street", "The refuge", None), _LEADS),
    "letter": World(moments.mapping, letter, ("He was hit.", "He fell.", None), _LEADS),
    "child's house before the child agreed": World(
        moments.mapping, house_unagreed, ("He hits her.", "He fell.", None), (ADVOCATE,)
    ),
    "child's house before the chair looked": World(
        moments.mapping, house_unseen, ("He hits her.", "He fell.", None), (ADVOCATE, CHAIR)
    ),
    "child's house, agreement taken back": World(
        moments.mapping, house_taken_back, ("He hits her.", "He fell.", None), (ADVOCATE,), from_step=45
    ),
    "reason to go on": World(moments.mapping, reason_to_go_on, ("He is dying.", "The road is closed.", None), _LEADS),
    "unfinished plan": World(
        moments.mapping, unfinished_plan, ("He was hit.", "He fell.", None), (*_LEADS, POLICE_OFFICER)
    ),
    "call for help": World(moments.mapping, call_for_help, ("column/worry", "column/strength", None), (CHAIR, DANA)),
    "said without the family": World(
        moments.mapping,
        without_family,
        ("He was hit.", "He fell.", None),
        _STAYING,
        audiences=frozenset({SERVICES_AUDIENCE}),
    ),
    "the other parent's part": World(
        moments.apart, others_part, ("He hits me.", "He left.", None), _NOT_CALLUMS, audiences=_NOT_HIS_AUDIENCE
    ),
    "the other parent's number": World(
        moments.apart, others_number, (0, 9, "pass", None), _NOT_CALLUMS, audiences=_NOT_HIS_AUDIENCE
    ),
    "about the other parent": World(
        moments.apart, about_the_other, ("She is ill.", "She left.", None), _NOT_CALLUMS, audiences=_NOT_HIS_AUDIENCE
    ),
}
