"""Nobody who is not entitled to a secret can tell it from another one, or from none: not by any key, count, order,
`may`, answer, or by poking at its id. And each of these comparisons is shown able to fail.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from app.board import board as verbs
from app.board import (
    closing,
    conference,
    heard,
    houses,
    items,
    letters,
    me,
    moving,
    offers,
    plan,
    private,
    quorum,
    reduced,
    restricted,
    rewording,
    running,
    safety_prompt,
    scale,
    sight,
    undo,
    views,
)
from app.board.actor import CHAIR, Actor, Audience
from app.board.refusals import Reason, refuse
from app.board.state import Board
from tests.board.worlds import WORLDS, differences
from tests.cast import ADVOCATE


@pytest.mark.parametrize("remembers", [True, False])
@pytest.mark.parametrize("world", WORLDS)
def test_two_worlds_look_the_same_to_whoever_is_not_entitled(world: str, remembers: bool) -> None:
    assert differences(WORLDS[world], remembers=remembers) == []


def all_to_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    original = items.see_items
    monkeypatch.setattr(items, "see_items", lambda board, leads, memory: original(board, True, memory))


def held_ids_in_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board) -> dict[str, list[str]]:
        return {"order/worry/past_harm": [i.id for i in board.items.by_id.values() if i.standing != "removed"]}

    monkeypatch.setattr(items, "see_order", leaky)


def a_count_of_what_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    original = conference.see_conference

    def leaky(board: Board) -> dict[str, Any]:
        waiting = [i for i in board.items.by_id.values() if i.standing in ("held", "offered")]
        return {**original(board), "waiting": len(waiting)}

    monkeypatch.setattr(conference, "see_conference", leaky)


def a_gap_where_a_card_was(monkeypatch: pytest.MonkeyPatch) -> None:
    original = conference.see_conference
    monkeypatch.setattr(conference, "see_conference", lambda b: {**original(b), "cards": len(b.items.by_id)})


def a_command_more_in_may(monkeypatch: pytest.MonkeyPatch) -> None:
    original = me.see_me

    def leaky(board: Board, actor: Any, may: list[str]) -> Any:
        waits = any(i.standing in ("held", "offered") for i in board.items.by_id.values())
        return original(board, actor, [*may, "release_item"] if waits else may)

    monkeypatch.setattr(verbs, "see_me", leaky)


def own_points_of_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    original = items.waiting_by_author

    def leaky(board: Board) -> dict[str, Any]:
        everything = {key: value for own in original(board).values() for key, value in own.items()}
        return dict.fromkeys(board.people.members, everything)

    monkeypatch.setattr(items, "waiting_by_author", leaky)


def another_answer_for_a_hidden_id(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board, item_id: str, actor: Any) -> items.Item:
        return board.items.by_id.get(item_id) or refuse(Reason.NOT_FOUND)

    for asked_in in (rewording, moving, offers):
        monkeypatch.setattr(asked_in, "require_visible", leaky)


def another_answer_for_anothers_act(monkeypatch: pytest.MonkeyPatch) -> None:
    original = undo.decide_undo

    def leaky(board: Board, command: Any, actor: Any, now: Any) -> Any:
        if command.of in board.ledger.acts and board.ledger.acts[command.of].by != actor.person_id:
            refuse(Reason.NOT_ALLOWED)
        return original(board, command, actor, now)

    decides: dict[Any, Any] = {**verbs._DECIDE, undo.Undo: leaky}
    monkeypatch.setattr(verbs, "_DECIDE", decides)


def a_goal_that_a_hidden_point_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    original = undo.decide_undo

    def leaky(board: Board, command: Any, actor: Any, now: Any) -> Any:
        if any(each.words.goal_id == command.of for each in board.items.by_id.values()):
            refuse(Reason.CHANGED_SINCE)
        return original(board, command, actor, now)

    decides: dict[Any, Any] = {**verbs._DECIDE, undo.Undo: leaky}
    monkeypatch.setattr(verbs, "_DECIDE", decides)


def restricted_without_a_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    original = restricted.see_own_restricted
    as_chair = Actor(person_id="", role="chair")
    monkeypatch.setattr(restricted, "see_own_restricted", lambda board, actor: original(board, as_chair))


def a_count_of_restricted_items(monkeypatch: pytest.MonkeyPatch) -> None:
    original = conference.see_conference
    monkeypatch.setattr(conference, "see_conference", lambda b: {**original(b), "more": len(b.restricted.by_id)})


def the_spread_to_services(monkeypatch: pytest.MonkeyPatch) -> None:
    original = scale.see_scale

    def leaky(board: Board, each: scale.Scale, audience: Audience) -> Any:
        return original(board, each, CHAIR if audience.kind == "services" else audience)

    monkeypatch.setattr(scale, "see_scale", leaky)


def the_spread_in_every_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    original = scale.see_scale

    def leaky(board: Board, each: scale.Scale, audience: Audience) -> Any:
        return {**original(board, each, audience), "spread": scale.spread_of(each.answers.values())}

    monkeypatch.setattr(scale, "see_scale", leaky)


def a_pass_that_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    original = scale.see_scale

    def leaky(board: Board, each: scale.Scale, audience: Audience) -> Any:
        scored = [answer for answer in each.answers.values() if not answer.passed]
        return {**original(board, each, audience), "answered": len(scored)}

    monkeypatch.setattr(scale, "see_scale", leaky)


def answers_before_the_reveal(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board) -> dict[str, Any]:
        return {
            f"answer/{each.id}/{answer.id}": scale.see_answer(answer)
            for each in board.scales.by_id.values()
            for answer in each.answers.values()
        }

    monkeypatch.setattr(scale, "see_answers", leaky)


def other_peoples_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board, person_id: str) -> dict[str, Any]:
        return {
            f"mine/answer/{s.id}": [scale.see_answer(a) for a in s.answers.values()]
            for s in board.scales.by_id.values()
        }

    monkeypatch.setattr(scale, "see_own_answers", leaky)


def the_order_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    original = running.see_help

    def leaky(board: Board) -> dict[str, Any]:
        ranked = {
            f"rank/{s.id}": [a.person_id for a in sorted(s.answers.values(), key=lambda a: a.score or 0)]
            for s in board.scales.by_id.values()
        }
        return {**original(board), **ranked}

    original_running = running.see_running
    monkeypatch.setattr(running, "see_running", lambda board: {**original_running(board), **leaky(board)})


def views_before_they_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    original = views.see_views

    def leaky(board: Board, audience: Audience) -> Any:
        return original(replace(board, views=replace(board.views, shown=True)), audience)

    monkeypatch.setattr(views, "see_views", leaky)


def views_of_other_agencies(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board, actor: Any) -> Any:
        given = {f"mine/view/{child}": views.see_view(v) for (child, _), v in board.views.of_agencies.items()}
        family = {f"mine/family_view/{p}": views.see_family_view(v) for p, v in board.views.of_family.items()}
        return given | family

    monkeypatch.setattr(views, "see_own_views", leaky)


def calls_for_help_to_everyone(monkeypatch: pytest.MonkeyPatch) -> None:
    original = running.see_running
    monkeypatch.setattr(running, "see_running", lambda board: {**original(board), **running.see_help(board)})


def a_prompt_in_every_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety_prompt, "watches_spread", lambda each, audience: True)


def answers_of_a_voided_round(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board, event: scale.ScaleVoided) -> Board:
        voided = replace(board.scales.by_id[event.scale_id], voided=event, closed_at=event.at, on_screens=False)
        return replace(board, scales=board.scales.with_scale(voided))

    evolves: dict[Any, Any] = {**verbs._EVOLVE, scale.ScaleVoided: leaky}
    monkeypatch.setattr(verbs, "_EVOLVE", evolves)


def gaps_of_what_waits(board: Board) -> Any:
    waiting = [replace(item, standing="on_board") for item in board.items.by_id.values()]
    every = replace(board.items, by_id={item.id: item for item in waiting})
    return plan.see_gaps(replace(board, items=every))


def heard_by_what_waits(board: Board) -> Any:
    waiting = [replace(item, standing="on_board") for item in board.items.by_id.values()]
    every = replace(board.items, by_id={item.id: item for item in waiting})
    return heard.see_not_heard(replace(board, items=every))


def how_in_the_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    original = closing.see_closing

    def leaky(board: Board) -> dict[str, Any]:
        return {key: {**value, "recipients": closing.see_recipients(board)} for key, value in original(board).items()}

    monkeypatch.setattr(closing, "see_closing", leaky)


def how_many_get_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    original = closing.see_closing

    def leaky(board: Board) -> dict[str, Any]:
        return {key: {**value, "copies": len(closing.see_recipients(board))} for key, value in original(board).items()}

    monkeypatch.setattr(closing, "see_closing", leaky)


def on_every_screen(see_more: Callable[[Board], Any]) -> Callable[[pytest.MonkeyPatch], None]:
    """What chair and scribe are told, told to everybody."""

    def leak(monkeypatch: pytest.MonkeyPatch) -> None:
        original = verbs._see_board
        monkeypatch.setattr(verbs, "_see_board", lambda board, *more: (*original(board, *more), {"x": see_more(board)}))

    leak.__name__ = see_more.__name__
    return leak


def points_on_the_board(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "goes_inside", lambda board, command, actor: False)
    monkeypatch.setattr(private, "happened_inside", lambda board, event: False)


def the_board_to_those_who_are_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "is_out", lambda audience: False)


def a_count_on_the_holding_page(monkeypatch: pytest.MonkeyPatch) -> None:
    original = private.see_holding
    monkeypatch.setattr(
        private,
        "see_holding",
        lambda board, present: {**original(board, present), "said": len(board.private.items.by_id)},
    )


def one_ledger_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was last undone inside is told to whoever looks at the phase."""
    original = running.see_running

    def leaky(board: Board) -> dict[str, object]:
        return {**original(board), "acts": len(board.private_ledger.acts)}

    monkeypatch.setattr(running, "see_running", leaky)


def sight_without_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "sight_of", lambda board, audience: None)


def all_that_is_on_the_board(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reduced, "may_read", lambda board, theirs, key: True)


def their_answers_to_a_point(monkeypatch: pytest.MonkeyPatch) -> None:
    original = reduced._item

    def leaky(item: items.Item, theirs: Any, danger: Any) -> items.Item:
        return replace(original(item, theirs, danger), responses=item.responses)

    monkeypatch.setattr(reduced, "_item", leaky)


def their_numbers_in_the_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reduced, "_scale", lambda each, hidden, danger: replace(each, answers={**each.answers}))
    original = scale.see_answers
    monkeypatch.setattr(scale, "see_answers", lambda board: {} if len(board.people.members) < 17 else original(board))


def who_has_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    original = reduced.reduced

    def leaky(board: Board, theirs: Any) -> Board:
        less = original(board, theirs)
        return replace(less, running=replace(less.running, floor=board.running.floor))

    monkeypatch.setattr(reduced, "reduced", leaky)


def a_wording_that_nobody_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board, theirs: Any, key: str) -> bool:
        return sight.is_of(board, key, theirs.own) or key in board.apart.let

    monkeypatch.setattr(reduced, "may_read", leaky)


def every_house_that_the_child_agreed_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board) -> dict[str, Any]:
        return {f"house/{each.id}": houses._see(board, each) for each in board.houses.by_id.values() if each.agreed}

    monkeypatch.setattr(houses, "see_houses", leaky)


def houses_to_the_chair_before_the_child_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board) -> dict[str, Any]:
        return {f"house_to_look_at/{each.id}": houses._see(board, each) for each in board.houses.by_id.values()}

    monkeypatch.setattr(houses, "see_houses_to_look_at", leaky)


def houses_of_others_among_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    original = houses.see_own_houses
    monkeypatch.setattr(houses, "see_own_houses", lambda board, actor: original(board, Actor(ADVOCATE, "advocate")))


def one_house_for_all_who_bring_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who else writes the same child's house is told that somebody was there first."""

    def leaky(self: houses.Houses, child_id: str, house: str, by: str) -> houses.House | None:
        return next((h for h in self.by_id.values() if (h.filled.child_id, h.filled.house) == (child_id, house)), None)

    monkeypatch.setattr(houses.Houses, "of", leaky)


def a_house_that_stays_when_agreement_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaky(board: Board, event: houses.HouseAgreed) -> Board:
        house = replace(board.houses.by_id[event.house_id], agreed=event.agreed)
        return replace(board, houses=board.houses.with_house(house))

    evolves: dict[Any, Any] = {**verbs._EVOLVE, houses.HouseAgreed: leaky}
    monkeypatch.setattr(verbs, "_EVOLVE", evolves)


LEAKS: list[tuple[str, Callable[[pytest.MonkeyPatch], None]]] = [
    ("held", all_to_everyone),
    ("held", held_ids_in_the_order),
    ("held", a_count_of_what_waits),
    ("held", a_command_more_in_may),
    ("held", own_points_of_everybody),
    ("held", another_answer_for_a_hidden_id),
    ("held", another_answer_for_anothers_act),
    ("held", a_goal_that_a_hidden_point_keeps),
    ("restricted", restricted_without_a_filter),
    ("restricted", a_count_of_restricted_items),
    ("score", the_spread_to_services),
    ("score", a_pass_that_does_not_count),
    ("score", answers_before_the_reveal),
    ("score", other_peoples_numbers),
    ("score", the_order_of_numbers),
    ("score, shown to nobody", the_spread_in_every_mode),
    ("offered", all_to_everyone),
    ("offered", a_count_of_what_waits),
    ("offered", own_points_of_everybody),
    ("removed offer", all_to_everyone),
    ("removed offer", a_gap_where_a_card_was),
    ("removed from the board", all_to_everyone),
    ("removed from the board", a_gap_where_a_card_was),
    ("agency view", views_before_they_are_shown),
    ("agency view", views_of_other_agencies),
    ("family view", views_before_they_are_shown),
    ("family view", views_of_other_agencies),
    ("score so low, shown to nobody", a_prompt_in_every_mode),
    ("score of a voided round", answers_of_a_voided_round),
    ("way to a recipient", how_in_the_closing),
    ("way to a recipient", how_many_get_a_copy),
    ("way to a recipient", on_every_screen(closing.see_recipients)),
    ("letter", on_every_screen(letters.see_letters)),
    ("child's house before the child agreed", houses_to_the_chair_before_the_child_agreed),
    ("child's house before the child agreed", one_house_for_all_who_bring_it),
    ("child's house before the chair looked", every_house_that_the_child_agreed_to),
    ("child's house before the chair looked", houses_of_others_among_ones_own),
    ("child's house, agreement taken back", a_house_that_stays_when_agreement_goes),
    ("reason to go on", on_every_screen(quorum.see_quorum)),
    ("unfinished plan", on_every_screen(gaps_of_what_waits)),
    ("unfinished plan", on_every_screen(heard_by_what_waits)),
    ("call for help", calls_for_help_to_everyone),
    ("said without the family", points_on_the_board),
    ("said without the family", the_board_to_those_who_are_out),
    ("said without the family", a_count_on_the_holding_page),
    ("said without the family", one_ledger_for_both),
    ("the other parent's part", sight_without_a_limit),
    ("the other parent's part", all_that_is_on_the_board),
    ("the other parent's part", their_answers_to_a_point),
    ("the other parent's part", who_has_the_floor),
    ("the other parent's number", sight_without_a_limit),
    ("the other parent's number", their_numbers_in_the_spread),
    ("about the other parent", all_that_is_on_the_board),
    ("about the other parent", a_wording_that_nobody_read),
]


@pytest.mark.parametrize(("world", "leak"), LEAKS, ids=[f"{world}: {leak.__name__}" for world, leak in LEAKS])
def test_the_comparison_notices(
    world: str, leak: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    leak(monkeypatch)
    assert differences(WORLDS[world]), "this leak went unnoticed"


def test_every_world_has_a_leak_that_is_noticed() -> None:
    assert {world for world, _ in LEAKS} == set(WORLDS)
