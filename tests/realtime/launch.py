"""Starts the real server on a folder, with a number made smaller or a rule broken on purpose if a test asks for it.

Prints one line once its port is open. What is broken here shows that the tests notice it.
"""

import argparse
import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.board import items, restricted, scale
from app.logs import start_logs
from app.pages.house import House
from app.realtime.shown import Shown
from app.serving import listen, serve
from app.settings import load_settings


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("data", type=Path)
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--set", action="append", default=[], metavar="MODULE:NAME=NUMBER")
    asked.add_argument("--break", dest="broken", choices=BREAK)
    given = asked.parse_args()
    for setting in given.set:
        name, number = setting.split("=")
        module, constant = name.split(":")
        as_it_was = getattr(importlib.import_module(module), constant)
        setattr(importlib.import_module(module), constant, type(as_it_was)(number))
    if given.broken:
        BREAK[given.broken]()
    start_logs()
    listening = listen("127.0.0.1", given.port)
    settings = load_settings(data=given.data, port=listening.getsockname()[1])
    print(settings.base_url, flush=True)
    serve(settings, listening)


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


def fail_on_every_page() -> None:
    """Our own fault, with words of a family in it."""

    async def seat(self: House, connection: Any, conference_id: str) -> None:
        raise RuntimeError("CANARY in an exception")

    House.seat = seat  # type: ignore[method-assign]


BREAK: dict[str, Callable[[], None]] = {
    "held": show_how_many_are_held,
    "versions": move_a_version_for_hidden_things,
    "restricted": show_restricted_to_all,
    "spread": show_the_spread_to_all,
    "pages": fail_on_every_page,
}

if __name__ == "__main__":
    main()
