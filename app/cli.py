"""What a person types: `kinboard …`. Errors are one sentence, exit codes are real."""

import asyncio
import json
import socket
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Annotated, TypedDict
from urllib.parse import urlsplit

import typer
from sqlalchemy.exc import SQLAlchemyError

from app.access.accounts import first_administrators_link
from app.access.links import issue_link
from app.areas.areas import AreaRefused, area_files, read_area
from app.board.area import Area
from app.board.people import Member
from app.keeping import keeping
from app.logs import start_logs
from app.main import open_database
from app.pages.front_end import FrontEndMissing, load_front_end
from app.pages.issuing import KINDS, councils_own, issue
from app.realtime.room import Room
from app.realtime.rooms import Rooms
from app.records.documents import DOCUMENT_WORDS
from app.records.issue import NO_RECORD, Wanted, recipient_named
from app.records.recipient import DOCUMENTS_OF, NotEntitled
from app.script.demo import STARTS, fill_demo, worked_conferences
from app.script.export import export_conference
from app.script.file import ImportRefused, read_conference_file
from app.script.importer import import_conference
from app.serving import PortTaken, listen_together, serve
from app.settings import Settings, SettingsError, load_settings
from app.store.backup import NoBackup
from app.store.commits import NotSaved, UnknownConference
from app.store.database import Database
from app.store.holding import OnHold, PurgeBegun
from app.store.keys import KeyGone
from app.store.log import BrokenLog, EventLog
from app.store.move import NotMoved
from app.store.restore import NotRestored
from app.store.seal import SealBroken
from app.store.unavailable import StoreUnavailable
from app.supervising import Supervisor
from app.typed import Conference, Data, Failed, Port, new_file, with_database
from app.typed import cli as cli


class Seats(TypedDict):
    """What a links file holds."""

    base_url: str
    conference: str
    seats: list[dict[str, str]]


NO_SUCH_DOCUMENT = "There is no such document for this person in this format, or for this child."
MOST_WORKERS = 64
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  to listen on; nobody can type it

cli.add_typer(keeping)


@cli.command("serve")
def serve_command(
    data: Data = None,
    port: Port = None,
    host: Annotated[str | None, typer.Option(help="Default: 127.0.0.1.")] = None,
    workers: Annotated[int, typer.Option(help="How many processes; one for each core that is to spare.")] = 1,
) -> None:
    """Serve the boards. Links are printed by `kinboard links CONFERENCE` and work once."""
    if not 1 <= workers <= MOST_WORKERS:
        raise Failed(f"--workers must be a whole number from 1 to {MOST_WORKERS}, but is {workers}.")
    settings, listening = _ready_to_serve(data, host, port, workers)
    if urlsplit(settings.base_url).hostname in EVERY_ADDRESS:
        raise Failed(
            "KINBOARD_BASE_URL must be set to the address that people type, such as https://board.example.org."
        )
    first = asyncio.run(_first_link(settings))
    typer.echo(f"Kinboard is at {settings.base_url}")
    if first:
        typer.echo("\nNobody can sign in yet. Whoever opens this link becomes the first administrator; it works once:")
        typer.echo(f"  {settings.base_url}/begin#{first}\n")
    sys.stdout.flush()
    if workers == 1:
        serve(settings, listening)
    else:
        Supervisor(listening, partial(serve, settings)).run()


@cli.command()
def demo(
    data: Data = None,
    port: Port = None,
    links: Annotated[Path | None, typer.Option(help="Write the joining links to this file, as JSON.")] = None,
    once: Annotated[bool, typer.Option("--once", help="Links work once, as in `serve`.")] = False,
    at: Annotated[str, typer.Option(help=f"Where it starts: {', '.join(STARTS)}.")] = "before_scale",
) -> None:
    """Serve the worked example conference, with one joining link for each seat."""
    if at not in STARTS:
        raise Failed(f"--at must be one of {', '.join(STARTS)}, but is {at!r}.")
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
    database = await open_database(settings)
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

    raise typer.Exit(with_database(data, bring_in, new=True))


@cli.command("export")
def export_command(conference: Conference, data: Data = None) -> None:
    """Print a conference as JSON, in the format that `import` reads."""

    async def print_it(database: Database, _: Settings) -> None:
        exported = await export_conference(EventLog(database), conference)
        typer.echo(json.dumps(exported, indent=1, ensure_ascii=False))

    with_database(data, print_it)


@cli.command("links")
def links_command(conference: Conference, data: Data = None) -> None:
    """Print a new joining link for each seat; each works once."""

    async def print_them(database: Database, settings: Settings) -> None:
        seats = await _links(database, settings, conference, reusable=False)
        typer.echo(json.dumps(seats, indent=2, ensure_ascii=False))

    with_database(data, print_them)


@cli.command("areas")
def areas_command(
    check: Annotated[Path | None, typer.Option("--check", help="Read this area file, and say what is wrong.")] = None,
) -> None:
    """List the areas whose rules and words a conference can run under."""
    if check:
        _print_area(read_area(check), check)
        return
    for each in area_files(load_settings().areas).values():
        _print_area(each.area, each.file)


def _print_area(area: Area, file: Path) -> None:
    kinds = ", ".join(meeting.code for meeting in area.types)
    typer.echo(f"{area.code}: {area.name} ({kinds}), from {file}")


@cli.command("record")
def record_command(
    conference: Conference,
    person: Annotated[str | None, typer.Option("--for", help="The id of the person who gets it.")] = None,
    document: Annotated[str | None, typer.Option(help=f"{', '.join(DOCUMENT_WORDS)}.")] = None,
    format: Annotated[str | None, typer.Option(help=f"{', '.join(KINDS)}.")] = None,
    child: Annotated[str | None, typer.Option(help="The id of the child whom a letter is to.")] = None,
    chain: Annotated[
        bool, typer.Option("--chain", help="The council's own copy: with the whole log, which holds everything.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="The file to write; it must not be there yet.")] = None,
    data: Data = None,
) -> None:
    """Make one file of one person's record, and note in the log that it was made. Without options: who may get what."""

    async def make(database: Database, _: Settings) -> None:
        rooms = Rooms(EventLog(database))
        room = await rooms.room(conference)
        if room is None:
            raise UnknownConference
        try:
            if not any((person, document, format, child, out)):
                typer.echo("\n".join(_who_may_get_what(room)))
            else:
                wanted = _wanted(room, person, document, format, child)
                if chain and (wanted.format, wanted.recipient.version) != ("json", "full"):
                    raise Failed("--chain needs --format json, and somebody who gets the full version.")
                await _write_record(room, wanted, out, chain=chain)
        finally:
            await rooms.close()

    with_database(data, make)


def _ready_to_serve(
    data: Path | None, host: str | None, port: int | None, workers: int = 1
) -> tuple[Settings, list[socket.socket]]:
    start_logs()
    load_front_end()
    settings = load_settings(data=data, host=host, port=port or None)
    listening = listen_together(settings.host, 0 if port == 0 else settings.port, workers)
    if port == 0:
        settings = load_settings(data=data, host=host, port=listening[0].getsockname()[1])
    return settings, listening


async def _first_link(settings: Settings) -> str | None:
    """Opened once before serving, so that whoever starts the server reads a sentence if the database cannot be."""
    database = await open_database(settings)
    try:
        now = datetime.now(UTC)
        return await first_administrators_link(database, now, now + timedelta(hours=settings.link_hours))
    finally:
        await database.close()


async def _links(database: Database, settings: Settings, conference_id: str, *, reusable: bool) -> Seats:
    rooms = Rooms(EventLog(database))
    room = await rooms.room(conference_id)
    if room is None:
        raise UnknownConference
    seats = [await _seat(database, settings, room, member, reusable=reusable) for member in _seated(room)]
    await rooms.close()
    return {"base_url": settings.base_url, "conference": conference_id, "seats": seats}


def _who_may_get_what(room: Room) -> list[str]:
    people, children = room.board.people.members.values(), room.board.conference.children
    copies = [recipient_named(room.board, one.id) for one in people if one.role not in NO_RECORD]
    return [
        f"{copy.person_id}  {copy.version:<12} {room.board.people.named(copy.person_id)}"
        f": {', '.join(DOCUMENTS_OF[copy.version])}"
        for copy in copies
    ] + [f"{id}  child        {child.name}" for id, child in children.items()]


def _wanted(room: Room, person: str | None, document: str | None, format: str | None, child: str | None) -> Wanted:
    known_document = next((code for code in DOCUMENT_WORDS if code == document), None)
    known_format = next((each for each in KINDS if each == format), None)
    if person is None:
        raise Failed("--for must be the id of the person who gets it; without options this command lists them.")
    if known_document is None:
        raise Failed(f"--document must be one of {', '.join(DOCUMENT_WORDS)}.")
    if known_format is None:
        raise Failed(f"--format must be one of {', '.join(KINDS)}.")
    try:
        return Wanted(recipient_named(room.board, person), known_document, known_format, child)
    except NotEntitled:
        raise Failed(NO_SUCH_DOCUMENT) from None


async def _write_record(room: Room, wanted: Wanted, out: Path | None, *, chain: bool) -> None:
    """The file comes first, so that nothing is noted that cannot be kept."""
    chair = next(one.id for one in room.board.people.members.values() if one.role == "chair")
    if out is None:
        raise Failed("--out must be the file to write.")
    with new_file(out) as file:
        try:
            issued = await issue(room, chair, wanted, datetime.now(UTC))
            file.write(await councils_own(room, issued) if chain else issued.content)
        except NotEntitled:
            raise Failed(NO_SUCH_DOCUMENT) from None


def _seated(room: Room) -> list[Member]:
    """A seat for each person at the meeting, the room screen, and the chair, who has work to do after it."""
    always = ("room_screen", "chair")
    return [member for member in room.board.people.members.values() if member.is_expected or member.role in always]


async def _seat(
    database: Database, settings: Settings, room: Room, member: Member, *, reusable: bool
) -> dict[str, str]:
    now = datetime.now(UTC)
    expires_at = now + timedelta(hours=settings.link_hours)
    secret = await issue_link(database, room.id, member.id, now, reusable=reusable, expires_at=expires_at)
    link = f"{settings.base_url}/j#{secret}"
    return {"person": member.id, "name": member.name, "role": member.role, "link": link}


def main() -> None:
    """The console script. Whatever is expected to go wrong ends with one sentence and exit code 2."""
    try:
        cli()
    except UnknownConference:
        _end("There is no such conference.")
    except BrokenLog as broken:
        _end(f"What is kept of conference {broken.conference_id} is not what was written; see kinboard verify.")
    except (
        Failed,
        SettingsError,
        PortTaken,
        FrontEndMissing,
        StoreUnavailable,
        ImportRefused,
        NoBackup,
        NotMoved,
        NotRestored,
        OnHold,
        PurgeBegun,
        AreaRefused,
    ) as why:
        _end(str(why))
    except KeyGone:
        _end("This conference cannot be read any more: its key was destroyed, or is not in the folder of keys.")
    except SealBroken:
        _end("What is kept of this conference is not what was written: see kinboard verify.")
    except (NotSaved, SQLAlchemyError) as why:
        _end(f"The database could not be written or read ({type(why.__cause__ or why).__name__}).")
    except OSError as why:
        _end(f"{why.filename or 'A file'} cannot be used ({why.strerror}).")


def _end(sentence: str) -> None:
    typer.echo(sentence, err=True)
    sys.exit(2)
