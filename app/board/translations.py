"""A point in a second language, beside the first: an interpreter says the same again, and adds nothing of their own."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import StringConstraints
from typing_extensions import TypedDict

from .actor import Actor
from .changing import replace
from .refusals import Reason, refuse
from .stamp import stamp
from .terms import Command, Event, Id, Reply

if TYPE_CHECKING:
    from .state import Board

# A language as browsers name it (BCP 47): "pl", "zh-Hant".
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]
MOST_LANGUAGES = 4  # in which one interpreter says one point: each takes room on the wall


class TranslateItem(Command):
    """In the place of what was there in this language; without words it is taken off."""

    type: Literal["translate_item"] = "translate_item"
    item_id: Id
    base_version: Id
    language: Language
    text: Reply


class ItemTranslated(Event):
    type: Literal["item_translated"] = "item_translated"
    item_id: Id
    language: Language
    text: str


def decide_translation(board: Board, command: TranslateItem, actor: Actor, now: datetime) -> list[Event]:
    """Only of the words that stand there: of others it would say what nobody said."""
    item = board.items.by_id.get(command.item_id)
    if item is None or item.standing != "on_board":
        refuse(Reason.NOT_FOUND)
    if command.base_version != item.version:
        refuse(Reason.CHANGED_MEANWHILE)
    theirs = {each.language: each.text for each in item.translations if each.by == actor.person_id}
    if command.text.strip() == theirs.get(command.language, ""):
        refuse(Reason.NOTHING_CHANGED)
    if len({*theirs, command.language}) > MOST_LANGUAGES:
        refuse(Reason.TOO_MANY_LANGUAGES)
    translated = ItemTranslated(
        item_id=item.id, language=command.language, text=command.text.strip(), **stamp(command, actor, now)
    )
    return [translated]


def evolve_translation(board: Board, event: ItemTranslated) -> Board:
    """Each interpreter's own stands: another may be one whom they may not know of."""
    item = board.items.by_id[event.item_id]
    others = tuple(each for each in item.translations if (each.by, each.language) != (event.by, event.language))
    translations = (*others, event) if event.text else others
    return replace(board, items=board.items.with_item(replace(item, translations=translations)))


class TranslationSeen(TypedDict):
    language: str
    text: str
    person_id: str  # the interpreter
    name: str


def see_translation(board: Board, translation: ItemTranslated) -> TranslationSeen:
    return {
        "language": translation.language,
        "text": translation.text,
        "person_id": translation.by,
        "name": board.people.named(translation.by),
    }


DECIDE = {TranslateItem: decide_translation}
EVOLVE = {ItemTranslated: evolve_translation}
