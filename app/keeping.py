"""What whoever keeps the database types: copies, checks, deletes, and who did what."""

import asyncio
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.main import keys_of
from app.realtime.due import due_for_purge
from app.records.verifier import SOUND, Verdict
from app.settings import Settings, load_settings
from app.store import purging
from app.store.audit import Act, Noted, keyboard, note_alone, noted, spelled
from app.store.backup import backup
from app.store.commits import UnknownConference
from app.store.database import Database
from app.store.holding import WHYS, held_for, hold, lift_hold
from app.store.keys import MasterKey
from app.store.log import EventLog
from app.store.move import NotMoved, move
from app.store.purging import certificate, certificate_in_words
from app.store.restore import restore, settle
from app.typed import Conference, Data, Failed, new_file, with_database
from app.verifying import verify_audit, verify_conference, verify_file

keeping = typer.Typer()


@keeping.command("backup")
def backup_command(
    target: Annotated[
        Path | None, typer.Argument(help="The file to write; it must not be there yet. None: only the keys.")
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help="Also bring this folder in line with the keys; elsewhere than the backup.")
    ] = None,
    data: Data = None,
) -> None:
    """Copy the whole database, also while the board is in use. Without the keys nobody can read the copy."""

    if target is None and keys is None:
        raise Failed("Name the file to write, or with --keys the folder to bring in line.")

    async def copy(database: Database, _: Settings) -> None:
        held = database.keys
        if target is not None:
            await backup(database, target)
            await note_alone(database, datetime.now(UTC), Act("backed_up", keyboard(os.getuid())))
            typer.echo(f"Saved to {target}.")
        if keys is not None:
            added, destroyed = await asyncio.to_thread(held.copy_to, keys)
            typer.echo(f"Keys in {keys}: {added} added, {destroyed} destroyed.")
        if target is not None:
            typer.echo(f"To read it one needs the keys in {held.folder} and the master key. Neither is in it.")

    with_database(data, copy)


@keeping.command("restore")
def restore_command(
    backup_file: Annotated[
        Path | None,
        typer.Argument(metavar="[BACKUP]", help="A file that kinboard backup made; none after pg_restore."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Also where there is a database already.")] = False,
    data: Data = None,
) -> None:
    """Put a backup in the place of the database. Stop the server first; its screens come back by themselves.

    After pg_restore or a recovery of PostgreSQL: check what it brought back, and take out again what was purged since.
    """
    settings, by, now = load_settings(data=data), keyboard(os.getuid()), datetime.now(UTC)
    if settings.database_url.startswith("sqlite:"):
        if backup_file is None:
            raise Failed("Name the backup.")
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        restored = asyncio.run(restore(path, backup_file, keys_of(settings), by, now, replace=replace))
        where = str(path)
    elif backup_file is not None:
        raise Failed("Bring it back with pg_restore, while Kinboard stands still; then say kinboard restore alone.")
    else:
        restored = with_database(data, lambda database, _: settle(database, by, now))
        where = "the PostgreSQL database"
    many = restored.conferences != 1
    back = f"{restored.conferences} conferences, all as they were" if many else "1 conference, as it was"
    typer.echo(f"Restored to {where}: {back} written.")
    if restored.purged_again:
        gone = "1 conference" if restored.purged_again == 1 else f"{restored.purged_again} conferences"
        typer.echo(
            f"{gone} had been purged since, and {'was' if restored.purged_again == 1 else 'were'} taken out again."
        )


@keeping.command("move")
def move_command(
    to: Annotated[str, typer.Option("--to", help="postgresql+asyncpg://USER@HOST/DATABASE, an empty one.")],
    data: Data = None,
) -> None:
    """Move everything from the SQLite file to a PostgreSQL database. Stop the server first.

    A password in --to can be read by others on this machine: leave it out and set PGPASSWORD, or name it in ~/.pgpass.
    """
    settings, keys = load_settings(data=data), keys_of(load_settings(data=data))
    if not settings.database_url.startswith("sqlite:"):
        raise Failed("Everything is in PostgreSQL already: a move begins at an SQLite file and goes nowhere else.")
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    if not path.exists():
        raise Failed(f"There is no database at {path}.")
    try:
        target = make_url(to)
    except ArgumentError:
        raise NotMoved(f"--to must be {POSTGRES}.") from None  # it may hold a password
    if target.drivername != "postgresql+asyncpg" or not target.database:
        raise NotMoved(f"--to must be {POSTGRES}: a move leads to PostgreSQL and nowhere else.")
    moved = asyncio.run(move(path, target, keys, keyboard(os.getuid()), datetime.now(UTC), _tell))
    conferences = "1 conference" if moved.conferences == 1 else f"{moved.conferences} conferences"
    typer.echo(
        f"Moved: {moved.rows} rows, {conferences}. Each row was read back and is the same, and "
        "every chain of hashes was followed to its end.\n"
        "Set KINBOARD_DATABASE_URL to it. The keys are not in it: every server needs the master key and "
        f"KINBOARD_KEYS={keys.folder}.\n"
        f"{path} is as it was. Put it away, so that nobody serves it by mistake."
    )
    for id, first in moved.broken.items():
        why = "has no key, so nobody can read it" if first is None else f"is not what was written, from row {first}"
        typer.echo(f"Conference {id} {why}. That was so before, and it was moved as it is.", err=True)
    raise typer.Exit(1 if moved.broken else 0)


POSTGRES = "postgresql+asyncpg://<user>@<host>/<database>"


def _tell(table: str, done: int, of: int) -> None:
    if done == of or done % 10_000 == 0:
        typer.echo(f"{table}: {done} of {of}")


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
    conference: Annotated[str | None, typer.Argument(help="The id of a conference.")] = None,
    due: Annotated[bool, typer.Option("--due", help="All that have been here as long as their area says.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask; with --due: not only show them.")] = False,
    certificates: Annotated[
        Path | None, typer.Option(help="Folder for the certificates. Default: certificates, beside the database.")
    ] = None,
    data: Data = None,
) -> None:
    """Destroy a conference for good, also on the disk and in every backup, and write a certificate."""
    if due == (conference is not None):
        raise Failed("Name one conference, or say --due.")
    if conference and not yes:
        typer.confirm(f"Destroy conference {conference} for good, in every backup too?", abort=True)

    async def destroy(database: Database, settings: Settings) -> None:
        log, now = EventLog(database), datetime.now(UTC)
        folder = certificates or settings.data / "certificates"
        if conference:
            await _purge(log, conference, "asked", folder)
            return
        listed = await due_for_purge(log, now.date())
        for each, since in listed.items():
            held = await held_for(database, each)
            typer.echo(f"{each}: due since {since}" + (f", but on hold ({held})" if held else ""))
            if yes and not held:
                await _purge(log, each, "retention", folder)
        if not listed:
            typer.echo("Nothing is due.")
        elif not yes:
            typer.echo("Nothing was purged: say --yes to do it.")

    with_database(data, destroy)


async def _purge(log: EventLog, conference: str, why: str, folder: Path) -> None:
    purged = await purging.purge(log, conference, keyboard(os.getuid()), datetime.now(UTC), why)
    name = _write_certificate(purged, folder)
    typer.echo(f"Conference {conference} is gone. Its certificate is {name}.json, and in words {name}.txt.")


def _write_certificate(purged: Noted, folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = folder / f"purged-{purged.seq}"
    for suffix, content in ((".json", certificate(purged)), (".txt", certificate_in_words(purged).encode())):
        with new_file(name.with_suffix(suffix)) as file:
            file.write(content)
    return name


@keeping.command("hold")
def hold_command(
    conference: Conference,
    because: Annotated[str, typer.Option(help=f"{', '.join(WHYS)}.")] = "",
    lift: Annotated[bool, typer.Option("--lift", help="It is no longer needed; --because says which.")] = False,
    data: Data = None,
) -> None:
    """Keep a conference until the hold is lifted, whatever its area says."""
    why = next((each for each in WHYS if each == because), None)
    if why is None:
        raise Failed(f"--because must be one of {', '.join(WHYS)}.")

    async def keep(database: Database, _: Settings) -> None:
        if conference not in await EventLog(database).conferences():
            raise UnknownConference
        act = lift_hold if lift else hold
        await act(database, conference, keyboard(os.getuid()), datetime.now(UTC), why)
        typer.echo(f"Conference {conference} is {'no longer ' if lift else ''}on hold.")

    with_database(data, keep)


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
