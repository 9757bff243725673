"""A PostgreSQL server that could lose what it said was saved, or lets us do too little, is refused with a sentence."""

import pytest
from sqlalchemy import make_url

from app.store.database import Database
from app.store.unavailable import StoreUnavailable
from tests.postgres import Postgres


@pytest.mark.parametrize("name", ["fsync", "full_page_writes"])
async def test_a_server_that_does_not_flush_is_refused(postgres: Postgres, postgres_url: str, name: str) -> None:
    async with postgres.connected() as tool:
        await tool.execute(f"ALTER SYSTEM SET {name} = off")
        await tool.execute("SELECT pg_reload_conf()")
        try:
            with pytest.raises(StoreUnavailable, match=f"could lose what it saved: {name} must be on"):
                await opened_soon(postgres, postgres_url, name, "off")
        finally:
            await tool.execute(f"ALTER SYSTEM RESET {name}")
            await tool.execute("SELECT pg_reload_conf()")
    await opened_soon(postgres, postgres_url, name, "on")


async def opened_soon(postgres: Postgres, url: str, name: str, value: str) -> None:
    """Once the server has read its settings again."""
    async with postgres.connected() as tool:
        while await tool.fetchval(f"SHOW {name}") != value:
            pass
    await (await Database.open(url)).close()


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("synchronous_commit = off", "synchronous_commit must be on, but is off for this user"),
        ("default_transaction_read_only = on", "lets this user only read"),
    ],
)
async def test_what_is_set_for_our_user_or_database_counts(
    postgres: Postgres, postgres_url: str, setting: str, sentence: str
) -> None:
    async with postgres.connected() as tool:
        await tool.execute(f"ALTER DATABASE {make_url(postgres_url).database} SET {setting}")
    with pytest.raises(StoreUnavailable, match=sentence):
        await Database.open(postgres_url)


async def test_a_user_who_may_not_change_a_table_is_told_which(postgres: Postgres, postgres_url: str) -> None:
    await (await Database.open(postgres_url)).close()
    async with postgres.connected(postgres_url) as tool:
        await tool.execute("CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        try:
            url = make_url(postgres_url).set(username="reader").render_as_string(hide_password=False)
            with pytest.raises(StoreUnavailable, match="does not let this user read and change the table account"):
                await Database.open(url)
        finally:
            await tool.execute("DROP OWNED BY reader; DROP ROLE reader")


async def test_a_database_in_another_encoding_is_refused(postgres: Postgres, postgres_url: str) -> None:
    name = f"{make_url(postgres_url).database}_latin"
    async with postgres.connected() as tool:
        await tool.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'")
    url = make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    with pytest.raises(StoreUnavailable, match="must have the encoding UTF8"):
        await Database.open(url)
