"""A tool that knows only the contract runs a whole conference on the demonstration, with every command there is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import pytest
import websockets

from app.board.board import COMMANDS
from tests.realtime.program import Demo
from tests.realtime.screen import Closed, Screen

OUTCOMES = ["child_protection_plan", "child_in_need_plan", "no_plan"]


@pytest.fixture(scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("demo"), "--at", "start")
    await demo.start()
    yield demo
    await demo.end()


class Table:
    """Everybody's screens by first name, and a note of each command that somebody used."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.screens: dict[str, Screen] = {}
        self.used: set[str] = set()

    async def sit(self) -> None:
        for seat in self.demo.links["seats"]:
            self.screens[seat["name"]] = await self.demo.open(seat["name"])

    def named(self, name: str) -> Screen:
        return next(screen for full, screen in self.screens.items() if name in full)

    def id(self, name: str) -> str:
        """From the map, as everybody sees it: also those who are not here."""
        people = self.named("Hester").shared
        return next(k.split("/")[1] for k, v in people.items() if k.startswith("person/") and name in v["name"])

    async def does(self, name: str, type: str, /, **fields: Any) -> str:
        """Saved, and everybody has seen what there is to see of it."""
        self.used.add(type)
        made = await self.named(name).does(type, **fields)
        others = [screen for full, screen in self.screens.items() if name not in full]
        await asyncio.gather(*[self.settled(screen) for screen in others])
        return made

    async def settled(self, screen: Screen) -> None:
        with suppress(Closed, websockets.ConnectionClosed):  # whoever was sent away just now
            await screen.settle()

    async def refused(self, name: str, type: str, **fields: Any) -> str:
        return await self.named(name).refused(type, **fields)

    async def all_see(self, key: str) -> None:
        await self.see(key, *self.screens)

    async def see(self, key: str, *people: str) -> None:
        """These people have this key, and nobody else."""
        for name, screen in self.screens.items():
            await screen.settle()
            assert (key in screen.shared) is any(person in name for person in people), f"{name}: {key}"

    async def screens_that_stay(self) -> None:
        """When the meeting is closed, those who have work to do after it; all others are sent away."""
        for name in list(self.screens):
            if not any(who in name for who in ("Hester", "Idris", *self.demo.seats("room_screen"))):
                assert await self.screens.pop(name).until_closed() == 4004

    async def leave(self) -> None:
        for screen in self.screens.values():
            await screen.close()


@pytest.fixture
async def table(demo: Demo) -> AsyncIterator[Table]:
    table = Table(demo)
    await table.sit()
    yield table
    await table.leave()


async def test_the_links_file_has_a_seat_for_everybody_present_and_one_for_the_room_screen(demo: Demo) -> None:
    assert set(demo.links) == {"base_url", "conference", "seats"}
    assert all(set(seat) == {"person", "name", "role", "link"} for seat in demo.links["seats"])
    assert len(demo.seats("chair")) == len(demo.seats("room_screen")) == 1
    assert all(seat["link"].startswith(f"{demo.links['base_url']}/j#") for seat in demo.links["seats"])
    screen = await demo.open("Hester Vale")
    people = {key: value for key, value in screen.shared.items() if key.startswith("person/")}
    here = {key for key, value in people.items() if value["attendance"] in ("in_room", "online")}
    assert {f"person/{seat['person']}" for seat in demo.links["seats"]} == here
    await screen.close()


# Of a meeting with a part without the family, a lost chair, people kept apart or an interpreter: tested by themselves.
OF_OTHER_MEETINGS = {
    *("begin_without_family", "end_without_family", "release_private"),
    *("name_deputy", "take_over", "let_read", "translate_item"),
}


async def test_every_command_of_the_contract_works_for_those_who_may(table: Table) -> None:
    chair = table.named("Hester")
    tansy, robin = [key.split("/")[1] for key in chair.shared if key.startswith("child/")]
    if chair.shared[f"child/{tansy}"]["name"] != "Tansy":
        tansy, robin = robin, tansy
    await preparing(table, tansy, robin)
    await opening(table)
    await mapping(table, tansy, robin)
    await steering(table)
    await go_on_without(table)
    danger = await planning(table, robin)
    await scaling(table, tansy, robin, danger)
    await deciding(table, tansy, robin)
    await ending(table, tansy, robin)
    no_plan_from_before = {"mark_progress"}
    assert table.used == set(COMMANDS) - no_plan_from_before - OF_OTHER_MEETINGS


async def preparing(table: Table, tansy: str, robin: str) -> None:
    """Before the first word; a late comer's seat is made in the same way while the meeting runs."""
    await table.does("Hester", "set_phase", phase="prepare")
    agency = await table.does("Idris", "add_agency", name="Night nursery", kind="education")
    seat = {"role": "professional", "agency_id": agency, "children": [robin]}
    sunil = await table.does("Hester", "seat_person", name="Sunil", **seat)
    await table.does("Idris", "change_seat", person_id=sunil, name="Sunil Rao", **seat)
    await table.all_see(f"person/{sunil}")
    shared = table.named("Hester").shared
    children = [{"id": child, "name": shared[f"child/{child}"]["name"]} for child in (tansy, robin)]
    about = {name: shared["conference"][name] for name in ("title", "held_on", "starts_at", "place")}
    scale = {name: shared["conference"]["scale"][name] for name in ("low_end", "high_end")}
    await table.does(
        "Hester", "change_conference", **about, **scale, conference_type="initial", children=children,
        scale_question=shared["conference"]["scale"]["question"], scale_show="chair",
    )  # fmt: skip
    report = await table.does("Idris", "note_report", from_person=sunil, what="Nursery report")
    await table.does("Idris", "note_needs", person_id=table.id("Dana"), needs=["breaks"], text="")
    await table.see("needs", "Hester", "Idris")
    await table.does("Hester", "note_cannot_share", agency_id=agency, text="Who rang.")
    await table.see("cannot_share", "Hester")
    await table.does("Idris", "drop_report", report_id=report)
    await table.does("Hester", "remove_person", person_id=sunil)


async def opening(table: Table) -> None:
    await table.does("Hester", "mark_attendance", person_id=table.id("Dana"), how="in_room")
    await table.does(
        "Idris",
        "mark_attendance",
        person_id=table.id("Rowan"),
        how="online",
        **{"from": "2025-06-24T09:58:00+01:00", "left": None},
    )
    assert await table.refused("Dana", "mark_attendance", person_id=table.id("Dana"), how="absent") == "not_allowed"
    await table.does("Hester", "set_phase", phase="welcome")
    await table.does("Hester", "set_phase", phase="mapping")
    assert table.named("Dana").shared["phase"] == {"phase": "mapping"}


async def mapping(table: Table, tansy: str, robin: str) -> None:
    chair = table.named("Hester")
    letter = {"person_id": table.id("Joel"), "basis": "letter"}
    await table.does(
        "Idris",
        "add_item",
        column="strength",
        sub_category="existing_strength",
        kind="opinion",
        text="I can have Tansy every other weekend.",
        about_children=[tansy],
        source=letter,
        family_knows=None,
    )
    # Offered with everything; placed by the scribe.
    offered = await table.does(
        "Leila",
        "add_item",
        column="worry",
        sub_category="past_harm",
        kind="observation",
        text="Tansy came without a coat.",
        about_children=[tansy],
        source={"person_id": table.id("Leila"), "basis": "report"},
        happened_on="2025-06-02",
        family_knows=True,
    )
    await table.see(f"offered/{offered}", "Hester", "Idris")
    assert f"mine/item/{offered}" in table.named("Leila").own
    edited = await table.does(
        "Leila", "edit_item", item_id=offered, base_version=offered, text="Tansy came without a coat, twice."
    )
    assert await table.refused("Hester", "place_item", item_id=offered, base_version=offered) == "changed_meanwhile"
    await table.does("Idris", "place_item", item_id=offered, base_version=edited)
    await table.all_see(f"item/{offered}")
    assert table.named("Dana").shared[f"item/{offered}"]["earlier"] == []
    # Offered by the family with all left open; the chair chooses.
    danas = await table.does(
        "Dana",
        "add_item",
        column="strength",
        text="I ring my mum when it gets too much.",
        about_children=[],
        family_knows=None,
    )
    assert await table.refused("Hester", "place_item", item_id=danas, base_version=danas) == "group_missing"
    await table.does(
        "Hester",
        "place_item",
        item_id=danas,
        base_version=danas,
        sub_category="existing_safety",
        kind="fact",
        about_children=[tansy, robin],
    )
    # Said to be known, then not: held, and only released.
    held = await table.does(
        "Grace",
        "add_item",
        column="worry",
        sub_category="future_danger",
        kind="allegation",
        text="A neighbour heard shouting.",
        about_children=[robin],
        source={"person_id": table.id("Grace"), "basis": "said_in_meeting"},
        family_knows=True,
    )
    version = await table.does("Grace", "edit_item", item_id=held, base_version=held, family_knows=False)
    await table.see(f"held/{held}", "Hester", "Idris")
    assert await table.refused("Hester", "place_item", item_id=held, base_version=version) == "held_item"
    assert await table.refused("Idris", "release_item", item_id=held, base_version=version) == "not_allowed"
    await table.does(
        "Hester",
        "release_item",
        item_id=held,
        base_version=version,
        told_by=table.id("Naomi"),
        told_at="2025-06-24T10:31:00+01:00",
    )
    assert table.named("Room screen").shared[f"item/{held}"]["new_today"] is True
    # Returned, taken off, put back.
    again = await table.does(
        "Tomasz",
        "add_item",
        column="worry",
        sub_category="complicating_factor",
        kind="opinion",
        text="He is never on time.",
        about_children=[],
        family_knows=True,
    )
    await table.does("Hester", "return_item", item_id=again, base_version=again, why="Whom do you mean?")
    assert table.named("Tomasz").own[f"mine/item/{again}"]["returned_why"] == "Whom do you mean?"
    await table.does("Hester", "remove_item", item_id=offered, why="It is in the report.")
    await table.does("Hester", "restore_item", item_id=offered, why="It belongs here.")
    assert await table.refused("Leila", "remove_item", item_id=offered, why="") == "not_allowed"
    # Moved to the front, behind another, to another column.
    order = "order/worry/past_harm"
    other = await table.does(
        "Hester",
        "add_item",
        column="worry",
        sub_category="past_harm",
        kind="fact",
        text="Robin has lost four teeth.",
        about_children=[robin],
        source={"person_id": table.id("Grace"), "basis": "report"},
        family_knows=True,
    )
    move = {"column": "worry", "sub_category": "past_harm"}
    moved = await table.does("Idris", "move_item", item_id=other, **move, after=None)
    assert chair.shared[order][0] == other
    await table.does("Hester", "move_item", item_id=other, **move, after=offered)
    assert chair.shared[order].index(other) == chair.shared[order].index(offered) + 1
    assert await table.refused("Idris", "undo", of=moved) == "changed_since"
    await table.does("Hester", "move_item", item_id=other, column="worry", sub_category="future_danger", after=None)
    # A child's words, by the adult who brings them; an answer; a typing slip; what not everybody may know.
    words = {
        "column": "worry",
        "text": "I don't like it when the door bangs.",
        "about_children": [tansy],
        "source": {"person_id": tansy, "basis": "childs_own_words"},
        "family_knows": None,
        "child_speaking": tansy,
    }
    assert await table.refused("Bea", "add_item", **words) == "child_not_agreed"
    brought = await table.does("Bea", "add_item", **words, child_agreed=True)
    await table.does(
        "Hester", "place_item", item_id=brought, base_version=brought, sub_category="past_harm", kind="fact"
    )
    await a_house_of_tansys(table, tansy)
    await table.does("Callum", "respond_to_item", item_id=held, agrees="no", text="That was the television.")
    await table.does(
        "Idris", "respond_to_item", item_id=held, agrees="partly", text="Once.", for_person=table.id("Dana")
    )
    answers = table.named("Leila").shared[f"item/{held}"]["responses"]
    assert {answer["name"].split()[0]: answer["agrees"] for answer in answers} == {"Callum": "no", "Dana": "partly"}
    await table.does(
        "Hester",
        "edit_item",
        item_id=other,
        base_version=chair.shared[f"item/{other}"]["version"],
        text="Robin has lost three teeth.",
        why="Grace looked again.",
        said_by=table.id("Grace"),
    )
    assert len(table.named("Maureen").shared[f"item/{other}"]["earlier"]) == 1
    told = await table.does(
        "Naomi",
        "add_restricted",
        text="He has been seen near the school.",
        reason="Callum must not know where they look.",
        source={"person_id": table.id("Rowan"), "basis": "report"},
        visible_to=[table.id("Rowan"), table.id("Naomi")],
    )
    for name, screen in table.screens.items():
        await screen.settle()
        allowed = any(part in name for part in ("Hester", "Rowan", "Naomi"))
        assert (f"mine/restricted/{told}" in screen.own) is allowed, name


async def steering(table: Table) -> None:
    chair, dana, room = table.named("Hester"), table.named("Dana"), table.named("Room screen")
    # The floor, and who writes on the board at once.
    await table.does("Leila", "raise_hand", on=True)
    await table.does("Dana", "ask_meaning", on=True, key="column/worry")
    await table.does("Callum", "ask_for_break", on=True)
    await table.does("Callum", "ask_for_break", on=False)
    waiting = {key: set(value) for key, value in chair.shared.items() if key.startswith("help/")}
    assert waiting == {f"help/{table.id('Leila')}": {"speak"}, f"help/{table.id('Dana')}": {"meaning"}}
    assert set(dana.own["mine/help"]) == {"meaning"}
    await table.does("Hester", "give_floor", person_id=table.id("Leila"))
    direct = await table.does(
        "Leila",
        "add_item",
        column="strength",
        sub_category="existing_strength",
        kind="observation",
        text="Tansy reads to the little ones.",
        about_children=[],
        source={"person_id": table.id("Leila"), "basis": "said_in_meeting"},
        family_knows=True,
    )
    await table.all_see(f"item/{direct}")
    await table.does("Hester", "give_floor", person_id=None)
    # The lamp.
    for key in (f"item/{direct}", "column/worry", "column/next_step", "phase", None):
        await table.does("Hester", "spotlight", key=key)
        await room.until(lambda key=key: room.shared["spotlight"] == {"key": key})  # type: ignore[misc]
    waits = await table.does(
        "Dana", "add_item", column="worry", text="The stairs.", about_children=[], family_knows=None
    )
    for key in (f"item/{waits}", f"offered/{waits}", f"mine/item/{waits}", "column/gossip", "prepared", "me"):
        assert await table.refused("Hester", "spotlight", key=key) == "not_on_screen", key
    # Dark screens, and a break.
    await table.does("Hester", "blank", screens="room")
    await room.until(lambda: set(room.all) == {"conference", "blank", "me"})
    await table.does("Hester", "blank", screens="all")
    await dana.until(lambda: set(dana.all) == {"conference", "blank", "me"})
    await table.does("Hester", "blank", screens="none")
    await dana.until(lambda: "phase" in dana.shared)
    await table.does("Hester", "take_break", until="2025-06-24T11:15:00+01:00")
    assert chair.shared["break"]["until"]
    await table.does("Hester", "take_break")
    await table.does("Hester", "end_break")
    assert await table.refused("Hester", "end_break") == "no_break"
    assert "break" not in chair.shared
    # Undone, and done again.
    phase = await table.does("Hester", "set_phase", phase="danger_statements")
    back = await table.does("Hester", "undo", of=phase)
    assert chair.shared["phase"]["phase"] == "mapping"
    await table.does("Hester", "undo", of=back)
    assert chair.shared["phase"]["phase"] == "danger_statements"
    assert await table.refused("Dana", "undo", of=phase) == "not_found"
    # Who sits here.
    await table.does("Hester", "remove_person", person_id=table.id("Tomasz"))
    assert await table.named("Tomasz").until_closed() == 4003
    tomasz = next(name for name in table.screens if "Tomasz" in name)
    person = table.demo.seat(tomasz)["person"]
    await table.does("Hester", "admit", person_id=person)
    table.demo.cookies.pop(tomasz)  # his seat on that device is over; a link of a demonstration works again
    table.screens[tomasz] = await table.demo.open(tomasz)
    await table.does("Hester", "hand_over", person_id=table.id("Idris"))
    await table.named("Idris").until(lambda: table.named("Idris").own["me"]["role"] == "chair")
    await table.does("Idris", "hand_over", person_id=table.id("Hester"))
    await chair.until(lambda: chair.own["me"]["role"] == "chair" and "prepared" in chair.shared)


async def planning(table: Table, robin: str) -> str:
    chair = table.named("Hester")
    danger = await table.does(
        "Naomi", "write_danger_statement", danger_id=None, children=[robin], text="Robin may be hurt in the street."
    )
    assert (
        await table.refused("Idris", "write_danger_statement", danger_id=danger, children=[robin], text="Other.")
        == "changed_meanwhile"
    )
    await table.does(
        "Hester",
        "write_danger_statement",
        danger_id=danger,
        children=[robin],
        text="Robin may be badly hurt in the street.",
        base_version=danger,
        why="Callum asked for it.",
        said_by=table.id("Callum"),
    )
    goal = await table.does(
        "Idris",
        "write_safety_goal",
        goal_id=None,
        danger_id=danger,
        text="An adult is with Robin whenever the door is open.",
        for_how_long="three months",
    )
    await table.does(
        "Naomi",
        "write_safety_goal",
        goal_id=goal,
        danger_id=danger,
        text="A grown-up is with Robin whenever the door is open.",
        for_how_long="three months",
        base_version=goal,
        why="Plainer.",
    )
    assert [each["text"] for each in chair.shared[f"goal/{goal}"]["earlier"]]
    await table.does(
        "Hester",
        "add_item",
        column="next_step",
        sub_category="next_step",
        text="Grace visits on Tuesday.",
        about_children=[robin],
        family_knows=True,
        who=[table.id("Grace"), table.id("Dana")],
        by="2025-07-01",
        goal_id=goal,
        how_we_will_know="Grace writes it in the book.",
        repeats="every Tuesday",
    )
    await table.does(
        "Idris",
        "add_item",
        column="next_step",
        sub_category="if_things_go_wrong",
        text="Dana rings Maureen.",
        about_children=[],
        family_knows=None,
        who=[],
    )
    assert await table.refused("Hester", "explain_threshold", outcomes_named=OUTCOMES[:2]) == "outcomes_missing"
    await table.does("Hester", "explain_threshold", outcomes_named=OUTCOMES)
    return danger


async def scaling(table: Table, tansy: str, robin: str, danger: str) -> None:
    chair = table.named("Hester")
    await table.does("Hester", "set_phase", phase="scaling")
    ask = {
        "question": "How safe are the children today?",
        "direction": "higher_is_safer",
        "low_end": "They cannot live at home.",
        "high_end": "Nobody needs to be involved.",
        "children": [tansy, robin],
    }
    who_sees_the_spread = {"chair": {"Hester"}, "everyone": set(table.screens), "nobody": set()}
    first = ""
    for show, watchers in who_sees_the_spread.items():
        more: dict[str, Any] = {"danger_id": danger} if show == "chair" else {"again_of": first}
        scale = await table.does("Hester", "open_scale", **ask, show=show, **more)
        first = first or scale
        await table.does("Leila", "answer_scale", scale_id=scale, score=3, why="The door.")
        await table.does("Leila", "answer_scale", scale_id=scale, score=4, passed=False, why="The chain.")
        await table.does("Callum", "answer_scale", scale_id=scale, score=None, passed=True, why="")
        await table.does("Bea", "answer_scale", scale_id=scale, score=2, why="She said so.", for_child=tansy)
        await table.does("Bea", "answer_scale", scale_id=scale, score=None, passed=True, why="")
        await table.does("Idris", "answer_scale", scale_id=scale, score=6, why="", for_person=table.id("Maureen"))
        assert await table.refused("Bea", "answer_scale", scale_id=scale, score=5, why="") == "not_yours_to_score"
        assert await table.refused("Hester", "answer_scale", scale_id=scale, score=5, why="") == "not_yours_to_score"
        assert await table.refused("Dana", "answer_scale", scale_id=scale, score=None, why="") == "score_or_pass"
        for name, screen in table.screens.items():
            await screen.settle()
            seen = screen.shared[f"scale/{scale}"]
            assert ("spread" in seen) is any(part in name for part in watchers), f"{show}: {name}"
            assert seen["answered"] == 5
            assert not any(key.startswith(f"answer/{scale}") for key in screen.shared)
        assert (f"still_thinking/{scale}" in chair.shared) is (show == "nobody")
        assert table.named("Leila").own[f"mine/answer/{scale}"][0]["score"] == 4
        await table.does("Hester", "reveal_scale", scale_id=scale)
        await table.does("Dana", "answer_scale", scale_id=scale, score=7, why="We try.")
        assert await table.refused("Leila", "answer_scale", scale_id=scale, score=9, why="") == "already_answered"
        for screen in table.screens.values():
            await screen.settle()
            assert screen.shared[f"scale/{scale}"]["spread"] == [0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0]
            assert len([key for key in screen.shared if key.startswith(f"answer/{scale}/")]) == 6
        await table.does("Hester", "hide_scale", scale_id=scale)
        assert chair.shared[f"scale/{scale}"]["on_screens"] is False
        await table.does("Hester", "reveal_scale", scale_id=scale)
        await table.does("Hester", "close_scale", scale_id=scale)
        assert await table.refused("Naomi", "answer_scale", scale_id=scale, score=5, why="") == "scale_closed"
    assert chair.shared[f"scale/{scale}"]["round"] == 2
    aside = await table.does("Hester", "open_scale", **ask, show="nobody", again_of=first)
    await table.does("Leila", "answer_scale", scale_id=aside, score=1, why="Asked too soon.")
    await table.does("Hester", "void_scale", scale_id=aside, why="Not everybody had heard the question.")
    for screen in table.screens.values():
        await screen.settle()
        assert screen.shared[f"scale/{aside}"]["voided"] is True
        assert "spread" not in screen.shared[f"scale/{aside}"]
        assert f"mine/answer/{aside}" not in screen.own


async def deciding(table: Table, tansy: str, robin: str) -> None:
    chair = table.named("Hester")
    view = {"view": "child_protection_plan", "why": "The door is open."}
    assert await table.refused("Leila", "give_view", child_id=tansy, **view) == "wrong_phase"
    await table.does("Hester", "set_phase", phase="agency_views")
    for name in ("Naomi", "Rowan", "Leila", "Grace"):
        for child in (tansy, robin):
            await table.does(name, "give_view", child_id=child, **view)
    doctor = chair.shared[f"person/{table.id('Kerrow')}"]["agency_id"]
    await table.does(
        "Hester", "give_view", child_id=robin, view="not_able_to_say", why="From the report.", agency_id=doctor
    )
    school = chair.shared[f"person/{table.id('Leila')}"]["agency_id"]
    absent = {"child_id": robin, "agency_id": school}
    assert await table.refused("Hester", "give_view", **absent, **view) == "not_your_agency"
    await table.does("Dana", "give_family_view", children=[tansy, robin], text="We can do this with help.")
    await table.does("Idris", "give_family_view", children=[robin], text="I agree.", for_person=table.id("Callum"))
    assert f"mine/view/{tansy}" in table.named("Leila").own
    assert not any(key.startswith(("view/", "family_view/")) for key in chair.shared)
    await table.does("Hester", "show_views", on=True)
    await table.all_see(f"view/{robin}/{doctor}")
    await table.all_see(f"family_view/{table.id('Callum')}")
    await table.does("Hester", "show_views", on=False)
    decision = {
        "child_id": robin,
        "outcome": "child_protection_plan",
        "category": "neglect",
        "plain_words": "Robin needs more looking after.",
        "reasons": "The door and the street.",
    }
    assert await table.refused("Hester", "record_decision", **decision) == "wrong_phase"
    await table.does("Hester", "set_phase", phase="decision")
    answer = await chair.send("record_decision", **decision)
    assert answer["reason"] == "steps_missing"
    assert "agencies_asked" in chair.shared[f"missing/{robin}"]
    assert await table.refused("Idris", "record_decision", **decision) == "not_allowed"
    await table.does("Hester", "record_decision", **decision, override={"reason": "Tomasz had to leave."})
    await table.all_see(f"decision/{robin}")
    await table.all_see("fingerprint")
    assert await table.refused("Hester", "record_decision", **decision) == "already_decided"
    await table.does("Rowan", "record_dissent", child_id=robin, why="It is not enough.")
    assert await table.refused("Dana", "record_dissent", child_id=robin, why="No.") == "not_allowed"
    no_plan = {"child_id": tansy, "outcome": "child_in_need_plan", "plain_words": "", "reasons": "School is good."}
    override = {"reason": "Nobody else is left to ask."}
    missing = await table.refused("Hester", "record_decision", **no_plan, category="neglect", override=override)
    assert missing == "category_not_needed"
    await table.does(
        "Hester",
        "record_decision",
        **no_plan,
        category=None,
        views_considered="Dana's and Callum's.",
        override=override,
    )
    assert chair.shared["conference"]["locked"] is True


async def ending(table: Table, tansy: str, robin: str) -> None:
    chair = table.named("Hester")
    worry = next(key for key in chair.shared["order/worry/past_harm"])
    assert await table.refused("Hester", "remove_item", item_id=worry, why="") == "locked"
    await table.does(
        "Hester",
        "add_item",
        column="next_step",
        sub_category="next_step",
        text="Naomi rings on Friday.",
        about_children=[],
        family_knows=True,
    )
    await table.does("Hester", "set_phase", phase="close")
    await closing(table, tansy)
    await table.does("Grace", "record_dissent", child_id=tansy, why="It should be a plan.")
    await table.does("Hester", "close_conference")
    letter = {"worried": "The shouting.", "going_well": "You told Bea.", "will_happen": [], "if_worried": "Tell Bea."}
    await table.does("Hester", "write_letter", child_id=tansy, base_version=None, **letter)
    await table.screens_that_stay()
    await table.see(f"letter/{tansy}", "Hester", "Idris")
    assert chair.shared["conference"]["closed_at"]
    assert await table.refused("Hester", "set_phase", phase="mapping") == "closed"
    about = f"item/{worry}"
    fixed = await table.does("Hester", "add_correction", about=about, text="It was in May.", why="Dana wrote to us.")
    await table.all_see(f"correction/{fixed}")
    table.demo.cookies.clear()  # most sessions ended with the meeting; a demonstration's links work again
    assert len(chair.shared[f"decision/{robin}"]["dissent"]) == 1


async def closing(table: Table, tansy: str) -> None:
    arranged = {
        "lead_social_worker": table.id("Naomi"),
        "core_group": [table.id("Naomi"), table.id("Dana")],
        "core_group_on": "2025-07-03",
        "review_on": "2025-09-16",
        "tells": [{"child_id": tansy, "person_id": table.id("Bea")}],
        "recipients": [{"person_id": table.id("Dana"), "version": "family", "children": [], "how": "by hand"}],
        "told_how_to": ["say something in the record is wrong"],
    }
    written = await table.does("Idris", "write_closing", base_version=None, **arranged)
    stale = await table.refused("Hester", "write_closing", base_version=None, **arranged)
    assert stale == "changed_meanwhile"
    await table.all_see("closing")
    await table.see("recipients", "Hester", "Idris")
    assert table.named("Dana").shared["closing"]["version"] == written


async def go_on_without(table: Table) -> None:
    """Half the services leave, and come back."""
    assert await table.refused("Hester", "go_on_without_quorum", reason="Late.") == "enough_here"
    for name in ("Leila", "Grace", "Rowan", "Tomasz"):
        await table.does("Idris", "mark_attendance", person_id=table.id(name), how="absent")
    await table.does("Hester", "go_on_without_quorum", reason="The family has come a long way.")
    await table.see("quorum", "Hester", "Idris")
    for name in ("Leila", "Grace", "Rowan", "Tomasz"):
        await table.does("Idris", "mark_attendance", person_id=table.id(name), how="in_room")


def board_of(screen: Screen) -> dict[str, Any]:
    """All that is kept. Whose screen is open is not: those whom the close sent away sit here again afterwards."""
    return {
        key: {**value, "present": None} if key.startswith("person/") else value for key, value in screen.all.items()
    }


async def test_after_a_restart_everybody_has_the_same_board(demo: Demo, table: Table) -> None:
    """Played by the test above, and kept: a second start of the demonstration adds nothing."""
    for screen in table.screens.values():
        await screen.settle()
    before = {name: board_of(screen) for name, screen in table.screens.items()}
    conference = demo.links["conference"]
    await demo.end()
    for screen in table.screens.values():
        assert await screen.until_closed() == 1012
    await demo.start()
    assert demo.links["conference"] == conference
    await table.sit()
    for name, screen in table.screens.items():
        await screen.settle()
        assert board_of(screen) == before[name]
        seats = [f"person/{seat['person']}" for seat in demo.links["seats"]]
        await screen.until(lambda: all(screen.shared[seat]["present"] for seat in seats))  # noqa: B023


async def a_house_of_tansys(table: Table, tansy: str) -> None:
    """Nobody has a word or a line of it before Tansy agreed, nor but the chair before she looked."""
    chair, others = table.named("Hester"), [each for name, each in table.screens.items() if "Bea" not in name]
    drawing = [{"pencil": "lake", "thickness": "thick", "path": "M10 10L990 740"}]
    fields = {"child_id": tansy, "house": "wishes", "base_version": None, "described": "A door that shuts."}
    house = await table.does("Bea", "fill_house", **fields, words="A dor that shuts", drawing=drawing)
    version = {"house_id": house, "base_version": house}
    assert not any("A dor that shuts" in str({**screen.shared, **screen.own}) for screen in others)
    await table.does("Bea", "agree_to_house", **version, agreed=True)
    assert chair.shared[f"house_to_look_at/{house}"]["drawing"] == drawing
    assert not any("A dor that shuts" in str({**screen.shared, **screen.own}) for screen in others if screen != chair)
    await table.does("Hester", "show_house", **version, on=True)
    assert all(f"house/{house}" in screen.shared for screen in others)
    await table.does("Bea", "agree_to_house", **version, agreed=False)
    assert not any("A dor that shuts" in str({**screen.shared, **screen.own}) for screen in others)
