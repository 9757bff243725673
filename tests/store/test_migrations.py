import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, create_engine, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.models import Row
from app.store import migrate as migrating
from app.store.database import Database
from app.store.log import EventLog
from app.store.migrate import ADVISORY_LOCK, REACHING_BACK, configuration, number_of
from app.store.unavailable import StoreUnavailable
from tests.store.rows import NOON, change, row_saying


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


# ---- one version apart, both ways

FOLDER = Path(migrating.__file__).parent / "migrations"
BEFORE_ANY_WAS_SERVED = "0009"  # from then on a migration says in its name how far it reaches back
ADDS = """
    op.add_column("log", sa.Column("weight", sa.Integer(), nullable=True))
    op.add_column("session", sa.Column("kind", sa.String(), nullable=False, server_default="old"))
    op.create_table("thing", sa.Column("id", sa.String(), primary_key=True))
"""
TAKES_AWAY = {
    "a column is gone": 'op.drop_column("door", "phone")',
    "a table is gone": 'op.drop_table("snapshot")',
    "a column that nobody fills": 'op.add_column("door", sa.Column("kind", sa.String(), nullable=False))',
    "a column must be filled": """
    with op.batch_alter_table("session") as session:
        session.alter_column("device", existing_type=sa.String(), nullable=False)""",
    "what was taken is refused": 'op.create_index("ix_door_phone", "door", ["phone"], unique=True)',
}


def newest() -> str:
    with create_engine("sqlite://").connect() as connection:
        (head,) = ScriptDirectory.from_config(configuration(connection)).get_heads()
    return head


def newer(folder: Path, changes: str, *, reaches_back: bool = True) -> tuple[Path, str]:
    """The migrations of a later version: ours, and one more."""
    shutil.copytree(FOLDER, folder / "newer")
    last = newest()
    number = f"{int(number_of(last)) + 1:04}"
    name = f"{number}_for_{number_of(last)}" if reaches_back else number
    (folder / "newer" / "versions" / f"{name}.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\n\nrevision = {name!r}\ndown_revision = {last!r}\n"
        f"branch_labels = depends_on = None\n\n\ndef upgrade() -> None:\n    {changes.strip()}\n"
    )
    return folder / "newer", name


async def test_an_older_server_goes_on_and_starts_again_while_a_newer_one_is_there_already(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = EventLog(database)
    await log.create("c", NOON)
    await log.append("c", [row_saying("before")], 0)
    scripts, name = newer(tmp_path, ADDS)
    with monkeypatch.context() as upgraded:
        upgraded.setattr(migrating, "SCRIPTS", str(scripts))
        later = await Database.open(database_url)
    assert await later.read(lambda connection: connection.execute(VERSION).scalar()) == name
    await log.append("c", [row_saying("by the older one, which was there all the time")], 1)
    await EventLog(later).append("c", [row_saying("by the newer one")], 2)
    again = await Database.open(database_url)
    await EventLog(again).append("c", [row_saying("by an older one that was started again")], 3)
    assert await EventLog(later).verify("c") is None
    assert len(await log.read("c")) == 4
    assert await again.read(lambda connection: connection.execute(VERSION).scalar()) == name
    await change(later, f"UPDATE alembic_version SET version_num = '{number_of(name)}_for_{number_of(name)}'")
    with pytest.raises(StoreUnavailable, match="this one is too old"):
        await Database.open(database_url)
    for each in (later, again):
        await each.close()


VERSION = text("SELECT version_num FROM alembic_version")


async def test_where_nothing_is_left_for_the_older_version_it_does_not_start(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scripts, _ = newer(tmp_path, ADDS, reaches_back=False)
    with monkeypatch.context() as upgraded:
        upgraded.setattr(migrating, "SCRIPTS", str(scripts))
        await (await Database.open(sqlite_url)).close()
    with pytest.raises(StoreUnavailable, match="this one is too old"):
        await Database.open(sqlite_url)


def tables_at(scripts: Path, revision: str) -> dict[str, Any]:
    """What there is after these migrations: columns, and what must be unique."""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        config = configuration(connection)
        config.set_main_option("script_location", str(scripts))
        command.upgrade(config, revision)
        found = inspect(connection)
        return {
            table: (
                {column["name"]: column for column in found.get_columns(table)},
                {tuple(index["column_names"]) for index in found.get_indexes(table) if index["unique"]}
                | {tuple(each["column_names"]) for each in found.get_unique_constraints(table)},
            )
            for table in found.get_table_names()
        }


def taken_away(scripts: Path, before: str, after: str) -> list[str]:
    """What a version that knows `before` relies on and does not find after `after`."""
    then, now = tables_at(scripts, before), tables_at(scripts, after)
    missing = [table for table in then if table not in now]
    for table in then.keys() & now.keys():
        (columns, unique), (columns_now, unique_now) = then[table], now[table]
        missing += [f"{table}.{name}" for name in columns.keys() - columns_now.keys()]
        missing += [f"{table} must be unique by {names}" for names in unique_now - unique]
        for name, column in columns_now.items():
            was_free = name not in columns or columns[name]["nullable"]
            if not column["nullable"] and column["default"] is None and was_free:
                missing.append(f"{table}.{name} must be filled")
            elif name in columns and str(column["type"]) != str(columns[name]["type"]):
                missing.append(f"{table}.{name} is of another type")
    return missing


def test_a_migration_takes_nothing_away_from_the_versions_that_it_names() -> None:
    with create_engine("sqlite://").connect() as connection:
        revisions = list(ScriptDirectory.from_config(configuration(connection)).walk_revisions())
    for each in revisions:
        if number_of(each.revision) > BEFORE_ANY_WAS_SERVED:
            name = REACHING_BACK.fullmatch(each.revision)
            assert name, f"{each.revision} does not say how old a version may be beside it (docs/decisions/0038)"
            known = {number_of(other.revision): other.revision for other in revisions}
            assert taken_away(FOLDER, known[name[2]], each.revision) == []


def test_a_migration_that_would_break_the_version_before_is_noticed(tmp_path: Path) -> None:
    scripts, name = newer(tmp_path / "well", ADDS)
    assert taken_away(scripts, newest(), name) == []
    for what, changes in TAKES_AWAY.items():
        scripts, name = newer(tmp_path / what, changes)
        assert len(taken_away(scripts, newest(), name)) == 1, what
