"""Who is here, leaves, is taken out or takes the chair is known at every server within a second, wherever they sit."""

import asyncio
import signal
from datetime import UTC, datetime, timedelta
from time import monotonic

from sqlalchemy import update
from sqlmodel import col

from app.access.assignments import assign
from app.access.sessions import Seat, hash_of
from app.models import SessionRow
from app.models.instant import instant_text
from tests.cast import CHAIR, DANA, NURSE, SCRIBE, SOCIAL_WORKER, TEACHER
from tests.cluster.cluster import Cluster
from tests.cluster.test_two_servers import SOON
from tests.pages.office import worker
from tests.realtime.acts import point
from tests.realtime.screen import Screen
from tests.realtime.server import Sitting


def present(screen: Screen, person: str) -> bool:
    return bool(screen.shared[f"person/{person}"]["present"])


async def test_who_comes_and_goes_at_one_server_is_seen_at_the_other(here_and_there: list[Sitting]) -> None:
    here, there = here_and_there
    (chair,) = await here.begin(CHAIR)
    assert not present(chair, DANA)
    dana = await there.open(DANA)
    await chair.until(lambda: present(chair, DANA), SOON)
    assert present(dana, CHAIR), "from the first view on"
    second = await here.open(DANA)
    await dana.close()
    await chair.settle()
    nurse = await there.open(NURSE)
    await nurse.until(lambda: present(nurse, DANA) and present(nurse, CHAIR), SOON)
    assert present(chair, DANA), "she has another screen here"
    await second.close()
    for screen in (chair, nurse):
        await screen.until(lambda screen=screen: not present(screen, DANA), SOON)  # type: ignore[misc]


async def test_the_deputy_cannot_take_a_chair_who_sits_at_another_server(here_and_there: list[Sitting]) -> None:
    here, there = here_and_there
    (chair,) = await here.begin(CHAIR)
    await chair.does("name_deputy", person_id=NURSE)
    nurse = await there.open(NURSE)
    assert await nurse.refused("take_over", from_person=CHAIR) == "chair_is_here"
    await chair.close()
    await nurse.until(lambda: not present(nurse, CHAIR), SOON)
    await nurse.does("take_over", from_person=CHAIR)


async def test_whoever_is_taken_out_loses_their_screens_at_every_server_and_is_sent_nothing_more(
    here_and_there: list[Sitting],
) -> None:
    here, there = here_and_there
    (chair,) = await here.begin(CHAIR)
    teacher, nurse = await there.open(TEACHER), await there.open(NURSE)
    await chair.does("remove_person", person_id=TEACHER)
    taken_out = monotonic()
    added = await chair.does("add_item", **point("Not for whoever was taken out."))
    assert await teacher.until_closed() == 4003
    assert monotonic() - taken_out < SOON
    assert f"item/{added}" not in teacher.shared
    await nurse.until(lambda: f"item/{added}" in nurse.shared, SOON)
    async with there.server.client(Origin=there.server.base_url, Cookie=there.cookies[TEACHER]) as browser:
        assert (await browser.get(f"/c/{there.id}")).status_code in (403, 404)


async def test_rested_screens_a_new_chair_and_the_end_reach_every_server(here_and_there: list[Sitting]) -> None:
    here, there = here_and_there
    (chair,) = await here.begin(CHAIR)
    dana, scribe = await there.open(DANA), await there.open(SCRIBE)
    added = await chair.does("add_item", **point("Read by all."))
    await dana.until(lambda: f"item/{added}" in dana.shared, SOON)
    await chair.does("blank", screens="all")
    await dana.until(lambda: f"item/{added}" not in dana.shared and dana.shared["blank"]["screens"] == "all", SOON)
    await chair.does("blank", screens="none")
    await chair.does("hand_over", person_id=SCRIBE)
    await scribe.until(lambda: scribe.own["me"]["role"] == "chair", SOON)
    await scribe.does("blank", screens="room")
    assert await chair.refused("blank", screens="none") == "not_allowed"


async def test_a_chair_who_shows_at_one_server_that_it_is_her_has_shown_it_at_all(
    two: Cluster, here_and_there: list[Sitting]
) -> None:
    here, there = here_and_there
    database = here.server.database
    assert database
    hester = await worker(here.server, "chair", "Hester")
    await assign(database, hester.account, Seat(here.id, CHAIR))
    assert (await hester.browser.post(f"/home/{here.id}/open")).status_code == 200
    cookie = f"kinboard_{here.id.replace('-', '')}"
    old = instant_text(datetime.now(UTC) - timedelta(hours=1))
    token = hash_of(hester.browser.cookies[cookie])
    await database.write(
        lambda connection: (
            connection.execute(
                update(SessionRow).where(col(SessionRow.token_hash) == token).values(confirmed_at=old)
            ).rowcount
        )
    )
    board = await Screen.open(there.url, f"{cookie}={hester.browser.cookies[cookie]}", there.server.base_url)
    here.screens.append(board)
    await board.until(lambda: board.own)
    assert await board.refused("hand_over", person_id=SCRIBE) == "confirm_first"
    shown = {"password": "drifting copper lighthouse", "code": hester.recovery_codes[0]}
    assert (await hester.posts("/api/confirm/password", conference=here.id, **shown)).status_code == 200
    await board.does("hand_over", person_id=SCRIBE)


async def test_a_server_that_is_killed_loses_nothing_and_its_people_go_on_at_another(
    two: Cluster, here_and_there: list[Sitting]
) -> None:
    here, _ = here_and_there
    (chair,) = await here.begin(CHAIR)
    async with two.another() as third:
        there = Sitting(third, here.id, here.cookies, here.screens)
        dana, teacher = await there.open(DANA), await there.open(TEACHER)
        await chair.until(lambda: present(chair, DANA) and present(chair, TEACHER), SOON)
        saved = [await teacher.does("add_item", **point(f"Said to the third server: {n}")) for n in range(5)]
        await third.end(signal.SIGKILL)
        assert await dana.until_closed() == await teacher.until_closed() == 1006
    again = await here.back(teacher, TEACHER)
    await again.until(lambda: {f"mine/item/{id}" for id in saved} <= again.own.keys(), SOON)
    await again.does("add_item", **point("And said to another."))
    await chair.until(lambda: not present(chair, DANA))
    assert present(chair, TEACHER)
    await asyncio.gather(*[screen.settle() for screen in (chair, again)])


async def test_a_server_that_stops_takes_its_people_along_at_once(two: Cluster, here_and_there: list[Sitting]) -> None:
    here, _ = here_and_there
    (chair,) = await here.begin(CHAIR)
    async with two.another() as third:
        worker = await Sitting(third, here.id, here.cookies, here.screens).open(SOCIAL_WORKER)
        await chair.until(lambda: present(chair, SOCIAL_WORKER), SOON)
        await third.end(signal.SIGTERM)
        assert await worker.until_closed() == 1012
    await chair.until(lambda: not present(chair, SOCIAL_WORKER), SOON)
