import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.access.device_keys import device_key_of
from app.access.links import issue_link, revoke_links, use_link
from app.access.sessions import Seat, revoke_sessions, seat_of
from app.store.database import Database
from app.store.log import EventLog
from tests.store.rows import NOON

LATER = NOON + timedelta(hours=12)
TOMORROW = NOON + timedelta(days=1)


async def link_for(database: Database, conference: str, person: str = "priya", *, reusable: bool = False) -> str:
    return await issue_link(database, conference, person, NOON, reusable=reusable, expires_at=TOMORROW)


async def test_a_link_seats_the_person_it_was_made_for(database: Database, conference: str) -> None:
    seated = await use_link(database, await link_for(database, conference), NOON, LATER)
    assert seated is not None
    token, seat = seated
    assert seat == Seat(conference, "priya")
    assert await seat_of(database, token, NOON) == seat


async def test_a_one_use_link_used_fifty_times_at_once_seats_one(
    database: Database, database_url: str, conference: str
) -> None:
    secret, second_server = await link_for(database, conference), await Database.open(database_url)
    servers = [database, second_server] * 25
    seated = await asyncio.gather(*(use_link(server, secret, NOON, LATER) for server in servers))
    assert len([one for one in seated if one is not None]) == 1
    sessions = await database.read(lambda connection: connection.execute(text("SELECT count(*) FROM session")).scalar())
    assert sessions == 1
    await second_server.close()


async def test_a_demonstration_link_works_again(database: Database, conference: str) -> None:
    secret = await link_for(database, conference, reusable=True)
    first, second = await use_link(database, secret, NOON, LATER), await use_link(database, secret, NOON, LATER)
    assert first is not None
    assert second is not None
    assert first[1] == second[1]
    assert first[0] != second[0]


async def test_used_expired_revoked_and_unknown_links_get_the_same_answer(database: Database, conference: str) -> None:
    used, expired = await link_for(database, conference), await link_for(database, conference, reusable=True)
    revoked = await link_for(database, conference, "dana", reusable=True)
    assert await use_link(database, used, NOON, LATER)
    await revoke_links(database, conference, "dana", NOON)
    answers = [
        await use_link(database, used, NOON, LATER),
        await use_link(database, expired, TOMORROW, TOMORROW + timedelta(hours=1)),
        await use_link(database, revoked, NOON, LATER),
        await use_link(database, "never-issued", NOON, LATER),
        await use_link(database, "", NOON, LATER),
        await use_link(database, "\ud800", NOON, LATER),
    ]
    assert answers == [None] * 6


async def test_revoking_one_persons_links_leaves_everybody_elses(database: Database, conference: str) -> None:
    dana, priya = await link_for(database, conference, "dana"), await link_for(database, conference)
    await revoke_links(database, conference, "dana", NOON)
    assert await use_link(database, priya, NOON, LATER)
    assert await use_link(database, dana, NOON, LATER) is None


async def test_a_session_ends_when_it_expires(database: Database, conference: str) -> None:
    token, seat = await seated(database, conference)
    assert await seat_of(database, token, LATER - timedelta(microseconds=1)) == seat
    assert await seat_of(database, token, LATER) is None


async def test_a_revoked_session_ends_at_once_and_only_that_one(database: Database, conference: str) -> None:
    dana, _ = await seated(database, conference, "dana")
    priya, seat = await seated(database, conference)
    await revoke_sessions(database, conference, "dana", NOON)
    assert await seat_of(database, dana, NOON) is None
    assert await seat_of(database, priya, NOON) == seat


async def test_a_seat_keeps_its_device_key_over_sessions_until_they_are_revoked(
    database: Database, conference: str
) -> None:
    _, dana = await seated(database, conference, "dana")
    _, priya = await seated(database, conference)
    key, others = await device_key_of(database, dana), await device_key_of(database, priya)
    assert key
    assert len(key) == 32
    assert key != others
    _, again = await seated(database, conference, "dana")
    assert await device_key_of(database, again) == key
    await revoke_sessions(database, conference, "dana", NOON)
    assert await device_key_of(database, dana) not in (key, None)
    assert await device_key_of(database, priya) == others
    await EventLog(database).delete(conference)
    assert await device_key_of(database, priya) is None


async def test_a_token_nobody_was_given_has_no_seat(database: Database) -> None:
    for token in ("", "never-given", "\ud800", "x" * 10_000):
        assert await seat_of(database, token, NOON) is None


async def test_a_session_outlives_a_restart_and_the_link_stays_used(database_url: str) -> None:
    first = await Database.open(database_url)
    conference = str(uuid4())
    await EventLog(first).create(conference, NOON)
    secret = await link_for(first, conference)
    token, seat = await used(first, secret)
    await first.close()
    second = await Database.open(database_url)
    assert await seat_of(second, token, NOON) == seat
    assert await use_link(second, secret, NOON, LATER) is None
    await second.close()


async def test_no_secret_stands_in_the_database(database: Database, conference: str) -> None:
    secret = await link_for(database, conference)
    token, _ = await used(database, secret)
    kept = ""
    for table in ("joining_link", "session"):
        query = text(f"SELECT * FROM {table}")
        rows = await database.read(lambda connection, q=query: [tuple(row) for row in connection.execute(q)])  # type: ignore[misc]
        kept += repr(rows)
    assert kept
    assert secret not in kept
    assert token not in kept


async def test_a_link_that_could_never_be_used_is_not_made(database: Database, conference: str) -> None:
    with pytest.raises(ValueError, match="usable"):
        await issue_link(database, conference, "priya", NOON, reusable=False, expires_at=NOON)


async def seated(database: Database, conference: str, person: str = "priya") -> tuple[str, Seat]:
    return await used(database, await link_for(database, conference, person))


async def used(database: Database, secret: str) -> tuple[str, Seat]:
    seated = await use_link(database, secret, NOON, LATER)
    assert seated is not None
    return seated
