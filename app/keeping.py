"""What whoever keeps the database types: copies, checks, deletes, and who did what."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from app.records.verifier import SOUND, Verdict
from app.settings import Settings
from app.store.audit import Noted, noted, spelled
from app.store.backup import backup
from app.store.database import Database
from app.store.keys import MasterKey
from app.store.log import EventLog, UnknownConference
from app.typed import Conference, Data, Failed, new_file, with_database
from app.verifying import verify_audit, verify_conference, verify_file

keeping = typer.Typer()


@keeping.command("backup")
def backup_command(
    target: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")],
    keys: Annotated[
        Path | None, typer.Option(help="Also bring this folder in line with the keys; elsewhere than the backup.")
    ] = None,
    data: Data = None,
) -> None:
    """Copy the whole database, also while the board is in use. Without the keys nobody can read the copy."""

    async def copy(database: Database, _: Settings) -> None:
        await backup(database, target)
        typer.echo(f"Saved to {target}.")
        held = database.keys
        if keys is not None:
            added, destroyed = await asyncio.to_thread(held.copy_to, keys)
            typer.echo(f"Keys in {keys}: {added} added, {destroyed} destroyed.")
        typer.echo(f"To read it one needs the keys in {held.folder} and the master key. Neither is in it.")

    with_database(data, copy)


@keeping.command("rewrap")
def rewrap_command(
    file: Annotated[Path, typer.Argument(help="The file of the new master key; made if it is not there.")],
    data: Data = None,
) -> None:
    """Wrap every key with another master key. Stop the server first; repeating it finishes what was interrupted."""

    async def wrap(database: Database, settings: Settings) -> None:
        wrapped = await asyncio.to_thread(database.keys.rewrap, MasterKey(file))
        typer.echo(f"{wrapped} keys are wrapped with the one in {file}. Set KINBOARD_MASTER_KEY_FILE to it.")

    with_database(data, wrap)


@keeping.command()
def verify(
    target: Annotated[
        str | None, typer.Argument(help="The id of a conference, or a file that was handed out; all logs if left out.")
    ] = None,
    fingerprint: Annotated[str | None, typer.Option(help="As printed on a record.")] = None,
    data: Data = None,
) -> None:
    """Check that nobody has changed a log, the audit, or a file that was handed out, since it was written."""
    if fingerprint and target is None:
        raise Failed("--fingerprint is that of one conference or file: name it.")
    file = Path(target).read_bytes() if target and Path(target).is_file() else None

    async def check(database: Database, _: Settings) -> int:
        log = EventLog(database)
        if file is not None:
            verdicts = [await verify_file(log, file, fingerprint)]
        else:
            verdicts = await _verdicts(log, [target] if target else await log.conferences(), fingerprint)
            verdicts += [] if target else [await verify_audit(database)]
        for verdict in verdicts:
            typer.echo(verdict.sentence)
        return max((verdict.code for verdict in verdicts), default=SOUND)

    raise typer.Exit(with_database(data, check))


async def _verdicts(log: EventLog, conferences: list[str], fingerprint: str | None) -> list[Verdict]:
    try:
        return [await verify_conference(log, each, fingerprint) for each in conferences]
    except UnknownConference:
        raise Failed("There is no such conference, and no such file.") from None


@keeping.command()
def purge(
    conference: Conference,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    data: Data = None,
) -> None:
    """Delete a conference for good, also from the disk."""
    if not yes:
        typer.confirm(f"Delete conference {conference} for good?", abort=True)

    async def delete(database: Database, _: Settings) -> None:
        if conference not in await EventLog(database).conferences():
            raise UnknownConference
        await EventLog(database).delete(conference)
        typer.echo(f"Conference {conference} is gone.")

    with_database(data, delete)


@keeping.command("audit")
def audit_command(
    conference: Annotated[str | None, typer.Option(help="The id of a conference; also of one that is gone.")] = None,
    since: Annotated[datetime | None, typer.Option(help="Not what was before.", formats=["%Y-%m-%d"])] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write it to this new file instead.")] = None,
    data: Data = None,
) -> None:
    """Print who did what: ids and types, never what anybody said."""

    async def print_it(database: Database, _: Settings) -> None:
        from_then = since.replace(tzinfo=UTC) if since else None
        acts = await noted(database, conference_id=conference, since=from_then)
        if json_file is None:
            typer.echo("\n".join(_line(each) for each in acts) or "Nothing is noted.")
        else:
            with new_file(json_file) as file:
                file.write(json.dumps([spelled(each) for each in acts], indent=1).encode())

    with_database(data, print_it)


def _line(each: Noted) -> str:
    act = each.act
    words = [f"{each.at:%Y-%m-%dT%H:%M:%SZ}", act.what, act.by, act.conference_id, act.about]
    words += [f"{name}={value}" for name, value in act.detail.items()]
    return " ".join(word for word in words if word)
