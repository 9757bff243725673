"""What is wrong with a catalogue: a message without a translation, other places than the English has, missing forms."""

import re
import string
from collections.abc import Iterator

from babel.messages.catalog import Catalog, Message

MARKUP = "<>&"


def wrong_with(catalog: Catalog, *, whole: bool) -> Iterator[str]:
    for each in catalog:
        if each.id:
            ids = each.id if each.pluralizable else (each.id,)
            texts = each.string if each.pluralizable else (each.string,)
            if wrong := _wrong_with(each, ids, texts, catalog, whole=whole):
                yield f"{ids[0]!r} {wrong}"


def _wrong_with(
    message: Message, ids: tuple[str, ...], texts: tuple[str, ...], catalog: Catalog, *, whole: bool
) -> str | None:
    if not any(texts):
        return "has no translation." if whole else None
    if message.fuzzy:
        return "is marked as a guess."
    if message.pluralizable and (len(texts) != catalog.num_plurals or not all(texts)):
        return f"needs {catalog.num_plurals} forms."
    asked = places(ids[-1])
    for text in texts:
        if (found := places(text)) is None:
            return "has braces that do not close."
        # a form that stands for one number may leave the number out
        if found - (asked or set()) or (asked or set()) - found - ({"n"} if message.pluralizable else set()):
            return f"has other places than the English: {sorted(found)} for {sorted(asked or set())}."
        if text.strip() != text and ids[-1].strip() == ids[-1]:
            return "begins or ends with a blank."
        if tags(text) != tags(ids[-1]) or set(text) & set(MARKUP) - set(ids[-1]):
            return "has other tags than the English."
    return None


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"</?\w+>", text))


def places(text: str) -> set[str] | None:
    """What stands in braces."""
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return None
