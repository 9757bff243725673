"""Accounts on either database."""

import asyncio

from sqlalchemy import update

from app.access.accounts import add_account, close_account
from app.access.passwords import MOST_WAITING, Press, TooBusy
from app.models import AccountRow
from app.store.database import Database
from tests.store.rows import NOON


async def test_two_administrators_who_close_each_other_leave_one(database: Database) -> None:
    can_sign_in, closed = (
        update(AccountRow).values(password_hash="of somebody"),
        update(AccountRow).values(closed_at="x"),
    )
    for number in range(5):
        ids = [await add_account(database, name, f"{name}{number}", "administrator", NOON) for name in ("ada", "bo")]
        await database.write(lambda connection: connection.execute(can_sign_in).rowcount)
        answers = await asyncio.gather(*(close_account(database, id or "", NOON) for id in ids))
        assert sorted(map(str, answers)) == ["None", "last_administrator"]
        await database.write(lambda connection: connection.execute(closed).rowcount)


async def test_a_flood_of_passwords_waits_only_so_long_and_nobody_who_is_inside_waits_behind_it() -> None:
    """From however many addresses it comes."""
    door, inside, go_on = Press(2), Press(1), asyncio.Event()

    async def tries(press: Press) -> str:
        try:
            async with press.turn():
                await go_on.wait()
                return "looked at"
        except TooBusy:
            return "too busy"

    flood = [asyncio.create_task(tries(door)) for _ in range(MOST_WAITING + 25)]
    hers = asyncio.create_task(tries(inside))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    go_on.set()
    answers = await asyncio.gather(*flood)
    assert (answers.count("looked at"), answers.count("too busy")) == (MOST_WAITING, 25)
    assert await hers == "looked at"
    assert await tries(door) == "looked at"
