import asyncio
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.models import Row
from app.store.database import Database
from app.store.migrate import ADVISORY_LOCK


async def test_the_migrations_make_the_tables_the_models_describe(database: Database) -> None:
    def differences(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "compare_server_default": True}
        found: list[Any] = compare_metadata(MigrationContext.configure(connection, opts=options), Row.metadata)
        return found

    assert await database.read(differences) == []


async def test_the_migrations_make_the_checks_the_models_describe(database: Database) -> None:
    """Alembic does not compare these."""

    def checks(connection: Connection) -> set[str | None]:
        inspector = inspect(connection)
        return {check["name"] for table in Row.metadata.tables for check in inspector.get_check_constraints(table)}

    described = {
        str(constraint.name)
        for table in Row.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert described
    assert await database.read(checks) == described


async def test_servers_that_start_together_migrate_once(database_url: str) -> None:
    databases = await asyncio.gather(*(Database.open(database_url) for _ in range(4)))
    await asyncio.gather(*(database.close() for database in databases))


async def test_migrating_prints_nothing(sqlite_url: str, capfd: pytest.CaptureFixture[str]) -> None:
    await (await Database.open(sqlite_url)).close()
    assert capfd.readouterr() == ("", "")


async def test_a_server_waits_while_another_one_migrates(postgres_url: str) -> None:
    """Within one process they wait for each other anyway."""
    other = create_async_engine(postgres_url)
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    async with other.begin() as migrating:
        await migrating.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_LOCK})")
        opening = asyncio.create_task(Database.open(postgres_url))
        async with asyncio.timeout(10), other.connect() as onlooker:
            while not await onlooker.scalar(waiting):
                assert not opening.done()
    await (await opening).close()
    await other.dispose()
