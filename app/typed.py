"""What the commands share: the options, how one ends that cannot be done, and the database they work on."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, TypeVar

import typer

from app.main import open_database
from app.settings import Settings, load_settings
from app.store.database import Database

T = TypeVar("T")

cli = typer.Typer(
    help="The live whiteboard of a child protection conference.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)

Data = Annotated[Path | None, typer.Option(help="Folder of the database. Default: ./data.")]
Port = Annotated[int | None, typer.Option(help="Default: 8000. 0 takes any free port.")]
Conference = Annotated[str, typer.Argument(help="The id of a conference.")]


class Failed(Exception):
    """A sentence for the person at the keyboard."""


def with_database(data: Path | None, work: Callable[[Database, Settings], Awaitable[T]], *, new: bool = False) -> T:
    """A database that is not there is a wrong folder, unless something new may begin in it."""
    settings = load_settings(data=data)
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    if not new and settings.database_url.startswith("sqlite:") and not path.exists():
        raise Failed(f"There is no database at {path}.")

    async def run() -> T:
        database = await open_database(settings)
        try:
            return await work(database, settings)
        finally:
            await database.close()

    return asyncio.run(run())


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """For its owner's eyes; gone again if nothing came of it."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        try:
            yield file
        except BaseException:
            path.unlink()
            raise
