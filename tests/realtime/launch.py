"""Starts the real server on a folder, with a number made smaller or a rule broken on purpose if a test asks for it.

Prints one line once its port is open. What is broken here shows that the tests notice it.
"""

import argparse
import asyncio
import importlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from app.board import board, items, private, reduced, restricted, scale
from app.board.actor import CHAIR as CHAIRS
from app.logs import start_logs
from app.main import open_database
from app.pages.front_end import load_front_end
from app.pages.house import House
from app.realtime import room, showing, turn
from app.realtime.inbox import Inbox
from app.realtime.shown import Shown
from app.serving import listen_together, serve
from app.settings import Settings, load_settings
from app.store.commits import SavedRow
from app.store.database import Database
from app.store.log import EventLog
from app.store.sqlite import Lane, connect_sqlite
from app.supervising import Supervisor


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("data", type=Path)
    asked.add_argument("--host", default="127.0.0.1")
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--set", action="append", default=[], metavar="MODULE:NAME=NUMBER")
    asked.add_argument("--workers", type=int, default=1)
    asked.add_argument("--break", dest="broken", choices=BREAK)
    given = asked.parse_args()
    showing.GATHER_SECONDS = 0.0  # so that each frame has the same in it each time; a test may ask for more
    for setting in given.set:
        name, number = setting.split("=")
        module, constant = name.split(":")
        as_it_was = getattr(importlib.import_module(module), constant)
        setattr(importlib.import_module(module), constant, type(as_it_was)(number))
    if given.broken:
        BREAK[given.broken]()
    start_logs()
    listening = listen_together(given.host, given.port, given.workers)
    settings = load_settings(data=given.data, host=given.host, port=listening[0].getsockname()[1])
    if given.workers == 1:
        print(settings.base_url, flush=True)
        serve(settings, listening)
    else:
        asyncio.run(begin(settings))
        print(settings.base_url, flush=True)
        Supervisor(listening, partial(serve, settings)).run()


async def begin(settings: Settings) -> None:
    """As `kinboard serve` does, before there are several."""
    await (await open_database(settings)).close()


def show_how_many_are_held() -> None:
    """A count is enough to tell that there is something."""
    right = items.see_items

    def wrong(seen_board: Any, *more: Any) -> Any:
        held = sum(item.standing == "held" for item in seen_board.items.by_id.values())
        return {key: {**value, "held": held} for key, value in right(seen_board, *more).items()}

    items.see_items = wrong  # type: ignore[assignment]


def move_a_version_for_hidden_things() -> None:
    """No word gets out, but somebody who counts frames knows that something happened."""
    right = Shown.show

    def wrong(self: Shown, *more: Any) -> None:
        before = self.version
        right(self, *more)
        self.version = before + 1

    Shown.show = wrong  # type: ignore[method-assign, assignment]


def show_restricted_to_all() -> None:
    right = restricted.see_own_restricted

    def wrong(seen_board: Any, actor: Any) -> Any:
        chair = next(m.actor for m in seen_board.people.members.values() if m.role == "chair")
        return right(seen_board, chair if actor.role == "parent" else actor)

    restricted.see_own_restricted = wrong  # type: ignore[assignment]


def show_the_spread_to_all() -> None:
    right = scale.see_scale

    def wrong(seen_board: Any, one: Any, audience: Any) -> Any:
        return {**right(seen_board, one, audience), "spread": scale.spread_of(one.answers.values())}

    scale.see_scale = wrong  # type: ignore[assignment]


def show_how_much_was_said_without_the_family() -> None:
    right = private.see_holding

    def wrong(seen_board: Any, present: Any) -> Any:
        return {**right(seen_board, present), "said": len(seen_board.private.items.by_id)}

    private.see_holding = wrong  # type: ignore[assignment]


def show_the_answers_of_whoever_is_hidden() -> None:
    right = reduced._item

    def wrong(item: Any, *more: Any) -> Any:
        return replace(right(item, *more), responses=item.responses)

    reduced._item = wrong  # type: ignore[assignment]


def fail_on_every_page() -> None:
    """Our own fault, with words of a family in it."""

    async def seat(self: House, connection: Any, conference_id: str) -> None:
        raise RuntimeError("CANARY in an exception")

    House.session = seat  # type: ignore[method-assign]


def say_saved_before_the_commit() -> None:
    """At a pace at which the board does not outgrow everybody: nothing else holds back who is answered at once."""
    right = EventLog.append
    behind: dict[str, asyncio.Task[Any]] = {}

    async def later(log: EventLog, id: str, rows: Any, after: int, before: asyncio.Task[Any] | None) -> None:
        if before:
            await before
        await asyncio.sleep(0.5)
        await right(log, id, rows, after)

    async def wrong(log: EventLog, conference_id: str, rows: Any, after: int) -> Any:
        await asyncio.sleep(0.1)
        writing = later(log, conference_id, rows, after, behind.get(conference_id))
        behind[conference_id] = asyncio.create_task(writing)
        said = enumerate(rows, after + 1)
        return tuple(SavedRow(n, row.id, row.person_id, row.at, row.body_hash, row.body, bytes(32)) for n, row in said)

    EventLog.append = wrong  # type: ignore[method-assign, assignment]


def say_saved_before_the_flush() -> None:
    right = Database.open

    def careless(path: Path) -> sqlite3.Connection:
        connection = connect_sqlite(path)
        connection.execute("PRAGMA synchronous=OFF")
        return connection

    Database.open = partial(right, connect=careless)  # type: ignore[method-assign]


def try_again_after_a_failed_flush() -> None:
    right = Lane.in_transaction

    def wrong(self: Lane, fn: Any) -> Any:
        try:
            return right(self, fn)
        except OperationalError:
            return right(self, fn)

    Lane.in_transaction = wrong  # type: ignore[method-assign]


def forget_which_ids_were_saved() -> None:
    right = turn.take_turn
    vars(room)["take_turn"] = lambda seen, asked, _, now, *more: right(seen, asked, {}, now, *more)


def read_on_however_many_wait() -> None:
    Inbox.is_full = property(lambda _: False)  # type: ignore[method-assign, assignment]


def leave_the_filter_to_the_browser() -> None:
    right = board.see_parts
    vars(showing)["see_parts"] = lambda seen, present, _, *more: right(seen, present, CHAIRS, *more)


def serve_a_newer_front_end() -> None:
    """As after an upgrade: whoever has a page open has an older one."""
    newer = replace(load_front_end(), build="newer")
    setattr(importlib.import_module("app.main"), "load_front_end", lambda: newer)  # noqa: B010


def find_that_uvicorn_has_moved() -> None:
    setattr(importlib.import_module("app.serving"), "moved", lambda: ["everything"])  # noqa: B010


BREAK: dict[str, Callable[[], None]] = {
    "held": show_how_many_are_held,
    "versions": move_a_version_for_hidden_things,
    "restricted": show_restricted_to_all,
    "spread": show_the_spread_to_all,
    "private": show_how_much_was_said_without_the_family,
    "apart": show_the_answers_of_whoever_is_hidden,
    "pages": fail_on_every_page,
    "newer": serve_a_newer_front_end,
    "moved": find_that_uvicorn_has_moved,
    "commit": say_saved_before_the_commit,
    "flush": say_saved_before_the_flush,
    "retry": try_again_after_a_failed_flush,
    "ids": forget_which_ids_were_saved,
    "queue": read_on_however_many_wait,
    "filter": leave_the_filter_to_the_browser,
}

if __name__ == "__main__":
    main()
