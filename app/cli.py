"""What a person types: `kinboard …`. Errors are one sentence, exit codes are real."""

import asyncio
import json
import socket
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypedDict, TypeVar
from urllib.parse import urlsplit

import typer
from sqlalchemy.exc import SQLAlchemyError

from app.access.links import issue_link
from app.board.people import Member
from app.logs import start_logs
from app.pages.front_end import FrontEndMissing, load_front_end
from app.realtime.room import Room
from app.realtime.rooms import Rooms
from app.script.demo import MOMENTS, fill_demo, worked_conferences
from app.script.export import export_conference
from app.script.file import ImportRefused, read_conference_file
from app.script.importer import import_conference
from app.serving import PortTaken, listen, serve
from app.settings import Settings, SettingsError, load_settings
from app.store.backup import NoBackup, backup
from app.store.database import Database
from app.store.log import EventLog, NotSaved, UnknownConference
from app.store.unavailable import StoreUnavailable

T = TypeVar("T")


class Seats(TypedDict):
    """What a links file holds."""

    base_url: str
    conference: str
    seats: list[dict[str, str]]


cli = typer.Typer(
    help="The live whiteboard of a child protection conference.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path | None, typer.Option(help="Folder of the database. Default: ./data.")]
Port = Annotated[int | None, typer.Option(help="Default: 8000. 0 takes any free port.")]
Conference = Annotated[str, typer.Argument(help="The id of a conference.")]


EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  to listen on; nobody can type it


class Failed(Exception):
    """A sentence for the person at the keyboard."""


@cli.command("serve")
def serve_command(
    data: Data = None,
    port: Port = None,
    host: Annotated[str | None, typer.Option(help="Default: 127.0.0.1.")] = None,
) -> None:
    """Serve the boards. Links are printed by `kinboard links CONFERENCE` and work once."""
    settings, listening = _ready_to_serve(data, host, port)
    if urlsplit(settings.base_url).hostname in EVERY_ADDRESS:
        raise Failed(
            "KINBOARD_BASE_URL must be set to the address that people type, such as https://board.example.org."
        )
    asyncio.run(_require_database(settings))
    typer.echo(f"Kinboard is at {settings.base_url}")
    serve(settings, listening)


@cli.command()
def demo(
    data: Data = None,
    port: Port = None,
    links: Annotated[Path | None, typer.Option(help="Write the joining links to this file, as JSON.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Links work once, as in `serve`.")] = False,
    at: Annotated[str, typer.Option(help=f"The moment of the meeting: {', '.join(MOMENTS)}.")] = "before_scale",
) -> None:
    """Serve the worked example conference, with one joining link for each seat."""
    if at not in MOMENTS:
        raise Failed(f"--at must be one of {', '.join(MOMENTS)}, but is {at!r}.")
    settings, listening = _ready_to_serve(data, None, port)
    seats = asyncio.run(_demo_seats(settings, at, reusable=not once))
    if links:
        links.touch(mode=0o600)  # whoever reads it may sit down as anybody
        links.write_text(json.dumps(seats, indent=2, ensure_ascii=False))
    typer.echo("Kinboard, with a made-up conference. Open each link in a browser profile of its own.\n")
    for seat in seats["seats"]:
        typer.echo(f"  {seat['role']:<15} {seat['name']:<32} {seat['link']}")
    typer.echo("\nStop with Ctrl-C.")
    sys.stdout.flush()
    serve(settings, listening)


async def _demo_seats(settings: Settings, at: str, *, reusable: bool) -> Seats:
    database = await Database.open(settings.database_url)
    try:
        log = EventLog(database)
        if set(await log.conferences()) - worked_conferences():
            raise Failed(
                "This database holds conferences of your own, and the links of a demonstration work again and again. "
                "Choose another folder with --data."
            )
        conference_id = await fill_demo(log, at, datetime.now(UTC))
        return await _links(database, settings, conference_id, reusable=reusable)
    finally:
        await database.close()


@cli.command("import")
def import_command(
    file: Annotated[Path, typer.Argument(help="A conference as JSON.")],
    data: Data = None,
) -> None:
    """Bring in a conference, through the real rules. Repeating it adds nothing."""

    read = read_conference_file(file)

    async def bring_in(database: Database, _: Settings) -> int:
        imported = await import_conference(EventLog(database), read)
        typer.echo(f"Conference {imported.conference_id}: {imported.added} added, {imported.already} there already.")
        for refused in imported.refused:
            typer.echo(f"Refused: {refused}", err=True)
        return 1 if imported.refused else 0

    raise typer.Exit(_with_database(data, bring_in, new=True))


@cli.command("export")
def export_command(conference: Conference, data: Data = None) -> None:
    """Print a conference as JSON, in the format that `import` reads."""

    async def print_it(database: Database, _: Settings) -> None:
        exported = await export_conference(EventLog(database), conference)
        typer.echo(json.dumps(exported, indent=1, ensure_ascii=False))

    _with_database(data, print_it)


@cli.command("links")
def links_command(conference: Conference, data: Data = None) -> None:
    """Print a new joining link for each seat; each works once."""

    async def print_them(database: Database, settings: Settings) -> None:
        seats = await _links(database, settings, conference, reusable=False)
        typer.echo(json.dumps(seats, indent=2, ensure_ascii=False))

    _with_database(data, print_them)


@cli.command("backup")
def backup_command(
    target: Annotated[Path, typer.Argument(help="The file to write; it must not be there yet.")], data: Data = None
) -> None:
    """Copy the whole database, also while the board is in use."""

    async def copy(database: Database, _: Settings) -> None:
        await backup(database, target)
        typer.echo(f"Saved to {target}.")

    _with_database(data, copy)


@cli.command()
def verify(
    conference: Annotated[str | None, typer.Argument(help="The id of a conference; all if left out.")] = None,
    data: Data = None,
) -> None:
    """Check that nobody has changed a log since it was written."""

    async def check(database: Database, _: Settings) -> int:
        log = EventLog(database)
        broken = 0
        for conference_id in [conference] if conference else await log.conferences():
            first = await log.verify(conference_id)
            broken += first is not None
            typer.echo(f"{conference_id}: " + ("sound" if first is None else f"not what was written, from row {first}"))
        return 1 if broken else 0

    raise typer.Exit(_with_database(data, check))


@cli.command()
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

    _with_database(data, delete)


def _ready_to_serve(data: Path | None, host: str | None, port: int | None) -> tuple[Settings, socket.socket]:
    start_logs()
    load_front_end()
    settings = load_settings(data=data, host=host, port=port or None)
    listening = listen(settings.host, 0 if port == 0 else settings.port)
    if port == 0:
        settings = load_settings(data=data, host=host, port=listening.getsockname()[1])
    return settings, listening


async def _require_database(settings: Settings) -> None:
    """Opened once before serving, so that whoever starts the server reads a sentence if it cannot be."""
    database = await Database.open(settings.database_url)
    await database.close()


async def _links(database: Database, settings: Settings, conference_id: str, *, reusable: bool) -> Seats:
    rooms = Rooms(EventLog(database))
    room = await rooms.room(conference_id)
    if room is None:
        raise UnknownConference
    seats = [await _seat(database, settings, room, member, reusable=reusable) for member in _seated(room)]
    await rooms.close()
    return {"base_url": settings.base_url, "conference": conference_id, "seats": seats}


def _seated(room: Room) -> list[Member]:
    """A seat for each person at the meeting, and one for the room screen."""
    return [member for member in room.board.people.members.values() if member.is_here or member.role == "room_screen"]


async def _seat(
    database: Database, settings: Settings, room: Room, member: Member, *, reusable: bool
) -> dict[str, str]:
    now = datetime.now(UTC)
    expires_at = now + timedelta(hours=settings.link_hours)
    secret = await issue_link(database, room.id, member.id, now, reusable=reusable, expires_at=expires_at)
    link = f"{settings.base_url}/j#{secret}"
    return {"person": member.id, "name": member.name, "role": member.role, "link": link}


def _with_database(data: Path | None, work: Callable[[Database, Settings], Awaitable[T]], *, new: bool = False) -> T:
    """A database that is not there is a wrong folder, unless something new may begin in it."""
    settings = load_settings(data=data)
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    if not new and settings.database_url.startswith("sqlite:") and not path.exists():
        raise Failed(f"There is no database at {path}.")

    async def run() -> T:
        database = await Database.open(settings.database_url)
        try:
            return await work(database, settings)
        finally:
            await database.close()

    return asyncio.run(run())


def main() -> None:
    """The console script. Whatever is expected to go wrong ends with one sentence and exit code 2."""
    try:
        cli()
    except UnknownConference:
        _end("There is no such conference.")
    except (Failed, SettingsError, PortTaken, FrontEndMissing, StoreUnavailable, ImportRefused, NoBackup) as why:
        _end(str(why))
    except (NotSaved, SQLAlchemyError) as why:
        _end(f"The database could not be written or read ({type(why.__cause__ or why).__name__}).")
    except OSError as why:
        _end(f"{why.filename or 'A file'} cannot be used ({why.strerror}).")


def _end(sentence: str) -> None:
    typer.echo(sentence, err=True)
    sys.exit(2)
