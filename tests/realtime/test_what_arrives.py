"""What each person is sent, and in which order."""

from uuid import uuid4

import pytest

from tests.cast import (
    ADVOCATE,
    BROTHER,
    CALLUM,
    CHAIR,
    DANA,
    GRANDMOTHER,
    INTERPRETER,
    NURSE,
    OBSERVER,
    PROJECTOR,
    ROBIN,
    SCRIBE,
    SOCIAL_WORKER,
    SUPPORTER,
    TANSY,
    TEACHER,
)
from tests.realtime.acts import point
from tests.realtime.server import Server, Sitting

EVERYBODY = (
    CHAIR,
    SCRIBE,
    SOCIAL_WORKER,
    TEACHER,
    NURSE,
    DANA,
    CALLUM,
    GRANDMOTHER,
    BROTHER,
    ADVOCATE,
    INTERPRETER,
    SUPPORTER,
    OBSERVER,
    PROJECTOR,
)


async def test_everybody_begins_with_a_full_view_and_their_own_part_full(sitting: Sitting) -> None:
    for person in EVERYBODY:
        screen = await sitting.open(person)
        shared, own = screen.frames[:2]
        assert shared["type"] == own["type"] == "view"
        assert shared["full"] is True
        assert shared["drop"] == []
        assert shared["put"]["conference"]["title"]
        assert own["own"] is True
        assert own["full"] is True
        assert own["put"]["me"]["person_id"] == person


async def test_a_person_reads_saved_only_after_the_view_that_shows_it(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    made = await chair.does("add_item", **point())
    shown = next(n for n, frame in enumerate(chair.frames) if f"item/{made}" in frame.get("put", {}))
    said = next(n for n, frame in enumerate(chair.frames) if frame.get("id") == made)
    assert shown < said


async def test_what_a_command_creates_takes_its_id(sitting: Sitting) -> None:
    (chair,) = await sitting.begin(CHAIR)
    ids = [str(uuid4()) for _ in range(4)]
    await chair.does("add_item", ids[0], **point())
    await chair.does("write_danger_statement", ids[1], danger_id=None, children=[ROBIN], text="Robin may be hurt.")
    await chair.does("write_safety_goal", ids[2], goal_id=None, danger_id=ids[1], text="An adult is with Robin.")
    await chair.does(
        "open_scale",
        ids[3],
        question="How safe?",
        direction="higher_is_safer",
        low_end="Not",
        high_end="Very",
        children=[TANSY],
        show="chair",
    )
    made = [f"{kind}/{id}" for kind, id in zip(("item", "danger", "goal", "scale"), ids, strict=True)]
    assert set(made) <= set(chair.shared)
    assert [chair.shared[key]["id"] for key in made] == ids


async def test_whoever_returns_with_epoch_and_version_gets_the_difference(sitting: Sitting) -> None:
    chair, teacher, _ = await sitting.begin(CHAIR, TEACHER, NURSE)
    stays = await chair.does("add_item", **point("Stays."))
    goes = await chair.does("add_item", **point("Goes."))
    await teacher.settle()
    await teacher.close()
    await chair.does("remove_item", item_id=goes, why="")
    comes = await chair.does("add_item", **point("Comes."))
    again = await sitting.back(teacher, TEACHER)
    first = again.frames[0]
    assert "full" not in first
    assert f"item/{comes}" in first["put"]
    assert f"item/{stays}" not in first["put"]
    assert first["drop"] == [f"item/{goes}"]
    assert again.frames[1]["full"] is True, "the own part is whole on each connection"
    fresh = await sitting.open(NURSE)
    await again.settle()
    assert again.shared == fresh.shared


async def test_whoever_returns_to_nothing_new_still_begins_with_a_view(sitting: Sitting) -> None:
    _, teacher, _ = await sitting.begin(CHAIR, TEACHER, NURSE)
    second = await sitting.open(TEACHER)
    await second.settle()
    third = await sitting.back(second, TEACHER)
    assert third.frames[0]["put"] == {}
    assert third.frames[0]["version"] == second.version
    assert teacher.version == second.version


@pytest.mark.parametrize(
    "query",
    [
        "?epoch=another&version=1",
        "?epoch={epoch}",
        "?version=1",
        "?epoch={epoch}&version=999999",
        "?epoch={epoch}&version=-1",
        "?epoch={epoch}&version=x",
        "?epoch={chairs}&version=1",
        "?epoch={epoch}&version=" + "9" * 400,
        "?epoch=%00%ff&version=%F0%9F%92%A9",
    ],
)
async def test_whoever_returns_with_anything_else_gets_the_whole(sitting: Sitting, query: str) -> None:
    chair, teacher = await sitting.begin(CHAIR, TEACHER)
    again = await sitting.open(TEACHER, query.format(epoch=teacher.epoch, chairs=chair.epoch))
    assert again.frames[0]["full"] is True
    assert again.shared == teacher.shared


async def test_people_of_one_audience_read_the_same_bytes(sitting: Sitting) -> None:
    chair, teacher, nurse = await sitting.begin(CHAIR, TEACHER, NURSE)
    await teacher.settle()
    before = len(teacher.raw), len(nurse.raw)
    for n in range(5):
        await chair.does("add_item", **point(f"Point {n}"))
        await teacher.settle()
        await nurse.settle()
    teachers = [raw for raw in teacher.raw[before[0] :] if '"view"' in raw]
    nurses = [raw for raw in nurse.raw[before[1] :] if '"view"' in raw]
    assert len(teachers) == 5
    assert teachers == nurses


async def test_hidden_activity_reaches_nobody_and_moves_no_version(sitting: Sitting) -> None:
    """Offered, held, edited, returned, restricted; calls for help; a number before the reveal shows only how many."""
    chair, scribe, worker, teacher, dana, callum, room = await sitting.begin(
        CHAIR, SCRIBE, SOCIAL_WORKER, TEACHER, DANA, CALLUM, PROJECTOR
    )
    others = [teacher, dana, callum, room]
    before = [(screen.version, len(screen.views), dict(screen.all)) for screen in others]
    offered = await worker.does("add_item", **point("Offered."))
    held = await worker.does("add_item", **point("Held.", family_knows=False))
    edited = await worker.does("edit_item", item_id=held, base_version=held, text="Held, and put better.")
    await scribe.does("add_item", **point("Held by the scribe.", family_knows=False))
    await chair.does("return_item", item_id=offered, base_version=offered, why="Say who saw it.")
    await worker.does("remove_item", item_id=held, why="")
    await chair.does("restore_item", item_id=held, why="")
    await chair.does(
        "add_restricted",
        text="Restricted.",
        reason="Safety",
        source={"person_id": SOCIAL_WORKER, "basis": "report"},
        visible_to=[SOCIAL_WORKER],
    )
    await worker.does("raise_hand", on=True)
    await worker.does("ask_meaning", on=True, key="column/worry")
    assert f"help/{SOCIAL_WORKER}" in chair.shared
    assert chair.shared[f"held/{held}"]["version"] == edited
    for screen, (version, views, everything) in zip(others, before, strict=True):
        await screen.settle()
        assert screen.version == version
        assert len(screen.views) == views
        assert screen.all == everything
    await chair.does("release_item", item_id=held, base_version=edited)
    for screen, (version, _, _) in zip(others, before, strict=True):
        await screen.until(lambda screen=screen: f"item/{held}" in screen.shared)  # type: ignore[misc]
        assert screen.version == (version or 0) + 1
        assert screen.shared[f"item/{held}"]["earlier"] == []


async def test_a_blanked_screen_has_a_title_and_nothing_else(sitting: Sitting) -> None:
    chair, scribe, teacher, dana, observer, room = await sitting.begin(
        CHAIR, SCRIBE, TEACHER, DANA, OBSERVER, PROJECTOR
    )
    await chair.does("add_item", **point())
    mine = await dana.does("add_item", **point("My own.", source=None, family_knows=None))
    await chair.does("blank", screens="room")
    await room.settle()
    assert set(room.shared) == {"conference", "blank"}
    assert set(room.shared["conference"]) == {"title"}
    assert set(room.own) == {"me"}
    assert "phase" in dana.shared
    await chair.does("blank", screens="all")
    for screen in (scribe, teacher, dana, observer, room):
        await screen.settle()
        assert set(screen.shared) == {"conference", "blank"}
        assert set(screen.own) == {"me"}
    assert "phase" in chair.shared
    late = await sitting.open(CALLUM)
    assert set(late.all) == {"conference", "blank", "me"}
    offered = await teacher.does("add_item", **point("Sent from a dark screen."))
    await chair.settle()
    assert f"offered/{offered}" in chair.shared
    await chair.does("blank", screens="none")
    await dana.settle()
    await room.settle()
    assert f"mine/item/{mine}" in dana.own
    assert "phase" in room.shared


async def test_everybody_sees_who_has_a_screen_open(sitting: Sitting) -> None:
    screens = await sitting.begin(CHAIR, TEACHER, DANA, PROJECTOR)
    key = f"person/{NURSE}"
    assert not any(screen.shared[key]["present"] for screen in screens)
    nurse = await sitting.open(NURSE)
    second = await sitting.open(NURSE)
    assert second.shared == nurse.shared
    for screen in screens:
        await screen.until(lambda screen=screen: screen.shared[key]["present"])  # type: ignore[misc]
    await nurse.close()
    for screen in [*screens, second]:
        await screen.settle()
        assert screen.shared[key]["present"], "the other tab is still open"
    await second.close()
    for screen in screens:
        await screen.until(lambda screen=screen: not screen.shared[key]["present"])  # type: ignore[misc]


async def test_two_tabs_of_one_person_show_the_same(sitting: Sitting) -> None:
    chair, one = await sitting.begin(CHAIR, TEACHER)
    two = await sitting.open(TEACHER)
    made = await one.does("add_item", **point("From the first tab."))
    await two.until(lambda: f"mine/item/{made}" in two.own)
    assert two.own == one.own
    assert two.answers_to(made) == [], "the answer goes to the tab that asked"
    await chair.does("place_item", item_id=made, base_version=made)
    for tab in (one, two):
        await tab.settle()
        assert f"item/{made}" in tab.shared
        assert f"mine/item/{made}" not in tab.own


async def test_whoever_takes_the_chair_gets_the_chairs_view_whole(sitting: Sitting) -> None:
    chair, worker, teacher = await sitting.begin(CHAIR, SOCIAL_WORKER, TEACHER)
    held = await teacher.does("add_item", **point("Held.", family_knows=False))
    epochs = chair.epoch, worker.epoch
    await chair.does("hand_over", person_id=SOCIAL_WORKER)
    await worker.until(lambda: worker.own["me"]["role"] == "chair")
    await chair.until(lambda: chair.own["me"]["role"] == "social_worker")
    for screen in (chair, worker):
        assert screen.views[-1]["full"] is True
    assert worker.epoch == epochs[0]
    assert chair.epoch == teacher.epoch == epochs[1]
    assert f"held/{held}" in worker.shared
    assert f"held/{held}" not in chair.shared
    assert not any(key.startswith(("held/", "help/", "missing/", "prepared")) for key in chair.shared)
    await chair.settle()
    await teacher.settle()
    assert chair.shared == teacher.shared
    assert await chair.refused("set_phase", phase="welcome") == "not_allowed"


async def test_a_quiet_screen_hears_that_it_is_live(impatient: Server) -> None:
    sitting = await impatient.sitting()
    teacher = await sitting.open(TEACHER)
    await teacher.until(lambda: [frame["type"] for frame in teacher.frames[-2:]] == ["still", "still"])
    assert teacher.raw[-1] == '{"type":"still"}'
    await sitting.close()
