"""A meeting of every area, from the welcome to the close over real sockets, under that area's rules and no other's."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from app.areas.areas import area_named
from app.board.area import Area, groups_in
from app.board.conference import settings_of
from app.board.refusals import Reason
from app.board.terms import PHASES
from tests import cast
from tests.cast import CHAIR, DANA, NURSE, PROJECTOR, ROBIN, SOCIAL_WORKER, TANSY, TEACHER
from tests.realtime.acts import point
from tests.realtime.screen import Frame, Screen
from tests.realtime.server import Server, Sitting

WORKERS = (CHAIR, SOCIAL_WORKER, TEACHER, NURSE)
SEATED = (*WORKERS, DANA, PROJECTOR)
CHILDREN = (TANSY, ROBIN)
SENTENCE = re.compile(r"[A-Z][^_]+\.")


@dataclass
class Table:
    """One meeting, and everybody's screen in it."""

    area: Area
    screens: dict[str, Screen]

    @property
    def chair(self) -> Screen:
        return self.screens[CHAIR]

    @property
    def words(self) -> Frame:
        words: Frame = self.chair.shared["area"]
        return words

    @property
    def phases(self) -> list[str]:
        return [phase for stage in self.words["stages"] for phase in stage["phases"]]

    async def everybody_sees(self, key: str) -> list[Any]:
        return [(await screen.settle()).shared.get(key) for screen in self.screens.values()]

    async def enters(self, phase: str) -> None:
        await self.chair.does("set_phase", phase=phase)
        assert {seen["phase"] for seen in await self.everybody_sees("phase")} == {phase}


Seating = Callable[..., Awaitable[Table]]


@pytest.fixture
async def seated(server: Server) -> AsyncIterator[Seating]:
    """Seats these people in a meeting of this kind, before it begins."""
    held: list[Sitting] = []

    async def seat(area: Area, kind: str = "initial", seats: tuple[str, ...] = SEATED) -> Table:
        people = tuple(person for person in cast.PEOPLE if person.id in seats)
        changes = {"settings": settings_of(area, ()), "conference_type": kind, "people": people}
        sitting = await server.sitting_of(cast.preparation().model_copy(update=changes | {"id": str(uuid4())}))
        held.append(sitting)
        return Table(area, {person: await sitting.open(person) for person in seats})

    yield seat
    for sitting in held:
        await sitting.close()


async def says_no(screen: Screen, reason: Reason, type: str, /, **fields: Any) -> None:
    answer = await screen.send(type, **fields)
    assert (answer["type"], answer["reason"]) == ("refused", reason)
    assert SENTENCE.fullmatch(answer["message"])


async def begins(table: Table) -> None:
    """Everybody has the area's words, and is marked as here."""
    screens = await table.everybody_sees("area")
    assert all(seen == screens[0] for seen in screens)
    await table.enters("welcome")
    for person in table.screens:
        if person != PROJECTOR:
            await table.chair.does("mark_attendance", person_id=person, how="in_room")


async def goes_through_no_stage_but_its_own(table: Table) -> None:
    for phase in set(PHASES) - {"prepare", *table.phases}:
        answer = await table.chair.send("set_phase", phase=phase)
        assert (answer["reason"], answer["message"]) == (
            "wrong_phase",
            "This kind of meeting does not have that stage.",
        )


async def maps(table: Table, *, not_a_group: str) -> None:
    """A card in each of its groups, and none in another area's."""
    await table.enters("mapping")
    for column, group in groups_in(table.area.columns):
        card = await table.chair.does("add_item", **point(f"About {group}.", column=column, sub_category=group))
        assert all(card in seen for seen in await table.everybody_sees(f"order/{column}/{group}"))
    await says_no(table.chair, Reason.WRONG_GROUP, "add_item", **point(sub_category=not_a_group))


async def plans(table: Table) -> None:
    await table.enters("danger_statements")
    danger: Frame = {"danger_id": None, "children": [ROBIN], "text": "Robin may be hurt in the street."}
    made = await table.chair.does("write_danger_statement", **danger)
    await table.enters("safety_goals")
    goal: Frame = {"goal_id": None, "danger_id": made, "text": "An adult is with Robin at the door."}
    aim = await table.chair.does("write_safety_goal", **goal)
    await table.enters("next_steps")
    step: Frame = {
        "column": "next_step",
        "sub_category": "next_step",
        "who": [NURSE],
        "by": "2026-12-01",
        "goal_id": aim,
    }
    await table.chair.does("add_item", **point("Grace comes on Tuesday.", **step))


async def asks(table: Table, numbers: dict[str, int]) -> str:
    """The area's question in the area's direction; then the numbers are shown."""
    await table.enters("scaling")
    rules = table.area.scale
    ends = {"low_end": rules.low_end, "high_end": rules.high_end, "direction": rules.direction}
    scale = await table.chair.does(
        "open_scale", question=rules.question, children=list(CHILDREN), show=rules.show, **ends
    )
    for person, number in numbers.items():
        await table.screens[person].does("answer_scale", scale_id=scale, score=number, passed=False, why="")
    for seen in await table.everybody_sees(f"scale/{scale}"):
        assert {name: seen[name] for name in ends} == ends
    await table.chair.does("reveal_scale", scale_id=scale)
    return scale


async def explains(table: Table, *, not_an_outcome: str) -> None:
    outcomes = [outcome["code"] for outcome in table.words["outcomes"]]
    for wrong in ([*outcomes, not_an_outcome], outcomes[:-1]):
        assert (await table.chair.send("explain_threshold", outcomes_named=wrong))["type"] == "refused"
    await table.chair.does("explain_threshold", outcomes_named=outcomes)


async def thinks(table: Table, *, not_a_view: str) -> None:
    await table.enters("agency_views")
    for person in (SOCIAL_WORKER, TEACHER, NURSE):
        for child in CHILDREN:
            view = {"child_id": child, "why": "For them to be safe."}
            await says_no(table.screens[person], Reason.WRONG_OUTCOME, "give_view", view=not_a_view, **view)
            await table.screens[person].does("give_view", view="child_protection_plan", **view)
    await table.screens[DANA].does("give_family_view", children=list(CHILDREN), text="We manage with help.")
    await table.chair.does("show_views", on=True)


def decision(child: str, outcome: str = "child_protection_plan", **more: Any) -> Frame:
    return {"child_id": child, "outcome": outcome, "category": None, "reasons": f"About {child}."} | more


async def closes(table: Table) -> None:
    await table.enters("close")
    await table.chair.does("close_conference")
    for person, screen in table.screens.items():
        if person in (CHAIR, PROJECTOR):
            await screen.until(lambda screen=screen: screen.shared["conference"]["closed_at"])  # type: ignore[misc]
        else:
            assert await screen.until_closed() == 4004
    await says_no(table.chair, Reason.CLOSED, "set_phase", phase="mapping")


async def test_in_wales_practitioners_decide_and_a_plan_is_named_after_more_than_one_kind_of_harm(
    seated: Seating,
) -> None:
    table = await seated(area_named("wales"))
    chair = table.chair
    await begins(table)
    assert (table.words["decision_mode"], table.words["categories"]["at_most"]) == ("practitioners_decide", 5)
    await chair.does("mark_attendance", person_id=NURSE, how="absent")
    assert (await chair.settle()).shared["quorum"]["missing"] == ["one other agency that knows a child"]
    await chair.does("mark_attendance", person_id=NURSE, how="in_room")
    assert (await chair.settle()).shared["quorum"]["met"] is True
    await says_no(chair, Reason.ENOUGH_HERE, "go_on_without_quorum", reason="Nobody has to.")

    await maps(table, not_a_group="grey_area")
    await plans(table)
    await explains(table, not_an_outcome="plan_continues")
    await asks(table, {SOCIAL_WORKER: 3, DANA: 6})
    await thinks(table, not_a_view="plan_continues")

    await table.enters("decision")
    harm: Frame = {"category": "neglect", "also_categories": ["financial_abuse"]}
    await says_no(chair, Reason.WRONG_CATEGORY, "record_decision", **decision(TANSY, category="drift"))
    await says_no(chair, Reason.WRONG_CATEGORY, "record_decision", **decision(TANSY, **harm | {"category": "drift"}))
    await says_no(
        chair, Reason.LISTED_TWICE, "record_decision", **decision(TANSY, **harm | {"also_categories": ["neglect"]})
    )
    await says_no(chair, Reason.WRONG_OUTCOME, "record_decision", **decision(TANSY, "plan_continues", **harm))
    await chair.does("record_decision", **decision(TANSY, **harm))
    await chair.does("record_decision", **decision(ROBIN, "child_in_need_plan"))
    for seen in await table.everybody_sees(f"decision/{TANSY}"):
        assert (seen["category"], seen["also_categories"]) == ("neglect", ["financial_abuse"])
        assert (seen["decided_how"], seen["override"]) == ("practitioners_decide", None)
    await closes(table)


async def test_in_scotland_the_chair_goes_on_without_the_police_with_a_reason_and_a_plan_has_no_category(
    seated: Seating,
) -> None:
    table = await seated(area_named("scotland"))
    chair = table.chair
    await begins(table)
    assert table.words["meeting_word"] == "child protection planning meeting"
    await maps(table, not_a_group="grey_area")
    await plans(table)
    await explains(table, not_an_outcome="plan_continues")
    await asks(table, {TEACHER: 2, DANA: 7})
    await thinks(table, not_a_view="register")

    await table.enters("decision")
    assert (await chair.settle()).shared["quorum"]["missing"] == ["police"]
    answer = await chair.send("record_decision", **decision(TANSY))
    assert answer["reason"] == Reason.STEPS_MISSING
    assert answer["message"].startswith("Some steps come first: write why you go on without enough services.")
    await chair.does("go_on_without_quorum", reason="The officer is ill, and both must be safe tonight.")
    await says_no(chair, Reason.CATEGORY_NOT_NEEDED, "record_decision", **decision(TANSY, category="neglect"))
    for child in CHILDREN:
        await chair.does("record_decision", **decision(child))
    for seen in await table.everybody_sees(f"decision/{TANSY}"):
        assert (seen["category"], seen["also_categories"], seen["override"]) == (None, [], None)
    for person, screen in table.screens.items():
        assert ("quorum" in screen.shared) is (person == CHAIR)
    await closes(table)


async def test_where_families_are_strengthened_a_high_number_worries_and_what_is_unsure_has_a_group(
    seated: Seating,
) -> None:
    table = await seated(area_named("strengthening_families"))
    chair = table.chair
    await begins(table)
    await maps(table, not_a_group="financial_abuse")
    await plans(table)
    await explains(table, not_an_outcome="plan_continues")
    scale = await asks(table, {SOCIAL_WORKER: 8, TEACHER: 7, DANA: 1})
    prompts = await table.everybody_sees(f"safety_prompt/{scale}")
    assert prompts == [{"at_or_above": 8, "people": [SOCIAL_WORKER]}, *[None] * (len(SEATED) - 1)]
    turned = {"question": table.area.scale.question, "direction": "higher_is_safer", "again_of": scale}
    ends = {"low_end": "Safe", "high_end": "Unsafe", "children": [], "show": "chair"}
    await says_no(chair, Reason.DIFFERENT_QUESTION, "open_scale", **turned, **ends)
    await thinks(table, not_a_view="plan_continues")

    await table.enters("decision")
    await says_no(chair, Reason.CATEGORY_MISSING, "record_decision", **decision(TANSY))
    await says_no(chair, Reason.WRONG_CATEGORY, "record_decision", **decision(TANSY, category="financial_abuse"))
    two: Frame = {"category": "neglect", "also_categories": ["physical_abuse"]}
    await says_no(chair, Reason.TOO_MANY_CATEGORIES, "record_decision", **decision(TANSY, **two))
    await chair.does("record_decision", **decision(TANSY, category="neglect"))
    await chair.does("record_decision", **decision(ROBIN, "no_plan"))
    await closes(table)


async def test_workers_think_together_without_the_family_and_decide_nothing(seated: Seating) -> None:
    table = await seated(area_named("england"), "supervision", (*WORKERS, PROJECTOR))
    chair = table.chair
    await begins(table)
    assert (table.words["family"], table.words["decides"], table.words["outcomes"]) == (False, False, [])
    assert not {"agency_views", "decision"} & set(table.phases)
    await goes_through_no_stage_but_its_own(table)
    await maps(table, not_a_group="grey_area")
    await plans(table)
    await asks(table, {SOCIAL_WORKER: 3, NURSE: 5})
    await says_no(chair, Reason.WRONG_OUTCOME, "explain_threshold", outcomes_named=[])
    nurse, view = table.screens[NURSE], {"child_id": ROBIN, "why": "It is needed."}
    assert (await nurse.send("give_view", view="child_protection_plan", **view))["type"] == "refused"
    assert (await chair.send("record_decision", **decision(ROBIN, "no_plan")))["type"] == "refused"
    await closes(table)
    for screen in table.screens.values():
        assert not [key for key in screen.all if key.startswith(("decision/", "view/", "missing/"))]


async def test_a_practice_conference_is_held_like_a_real_one_and_says_on_every_screen_that_it_is_not(
    seated: Seating,
) -> None:
    table = await seated(area_named("england"), "practice")
    chair = table.chair
    await begins(table)
    assert all(seen["practice"] for seen in await table.everybody_sees("area"))
    await maps(table, not_a_group="grey_area")
    await plans(table)
    await explains(table, not_an_outcome="plan_continues")
    await asks(table, {NURSE: 2, DANA: 6})
    await table.enters("decision")
    answer = await chair.send("record_decision", **decision(TANSY, category="neglect"))
    assert answer["reason"] == Reason.STEPS_MISSING
    await thinks(table, not_a_view="plan_continues")
    await chair.does("blank", screens="all")
    for seen in (await table.everybody_sees("conference"))[1:]:  # all but the chair's are blank
        assert (set(seen), seen["practice"]) == ({"title", "practice"}, True)
    await chair.does("blank", screens="none")
    await table.enters("decision")
    await chair.does("record_decision", **decision(TANSY, category="neglect"))
    await chair.does("record_decision", **decision(ROBIN, "no_plan"))
    await closes(table)
