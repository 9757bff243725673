"""The catalogues: every message of the product, and what it is in each language.

tools/words.py merge               collect the messages, and bring kinboard.pot and every catalogue up to date
tools/words.py check               fails where that was not done, or a catalogue breaks a message or lacks one
tools/words.py missing CODE        the messages that a catalogue lacks, as JSON
tools/words.py fill CODE FILE      put translations in: a JSON list of the same shape, each with its "translation"
tools/words.py compile             what is served: the server's compiled catalogues, and each page's own words
"""

import gettext
import io
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app.languages.catalogue import compiled  # noqa: E402
from app.languages.languages import IN_THE_MAKING, WITH_CATALOGUE, Language  # noqa: E402
from tools.words_found import found_everywhere, said_by_the_board  # noqa: E402
from tools.words_served import write_pages  # noqa: E402
from tools.words_whole import wrong_with  # noqa: E402

FOLDER = ROOT / "app" / "languages"
TEMPLATE = FOLDER / "kinboard.pot"
NEVER = datetime(2026, 11, 30, tzinfo=UTC)  # a file says the same whenever it is made
DRAFTED = "# {language} for Kinboard. Machine-drafted, to be checked by a speaker."
FILES = [each.code for each in WITH_CATALOGUE]


def template() -> Catalog:
    """What the code says now."""
    catalog = _dated(Catalog(project="Kinboard", header_comment="# Every message of Kinboard. English is the key."))
    for found in found_everywhere():
        id = (found.id, found.plural) if found.plural else found.id
        catalog.add(id, context=found.context, locations=[(found.file, 0)])
    return catalog


def merged(code: str, messages: Catalog) -> Catalog:
    """What is translated stays; what nobody says any more goes. Nothing is guessed."""
    catalog = read(code)
    catalog.update(messages, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    return _dated(catalog)


def read(code: str) -> Catalog:
    path = FOLDER / f"{code}.po"
    if path.exists():
        with path.open("rb") as file:
            return read_po(file, locale=code)
    language = Locale.parse(code).get_display_name("en")
    return _dated(Catalog(locale=code, project="Kinboard", header_comment=DRAFTED.format(language=language)))


def text_of(catalog: Catalog, *, template: bool = False) -> str:
    written = io.BytesIO()
    write_po(written, catalog, width=0, no_location=not template, sort_output=True, include_lineno=False)
    return written.getvalue().decode()


def _dated(catalog: Catalog) -> Catalog:
    catalog.creation_date = catalog.revision_date = NEVER
    catalog.fuzzy = False
    catalog.version = "1"
    catalog.msgid_bugs_address = "none"
    catalog.last_translator = "none: machine-drafted, to be checked by a speaker"
    return catalog


def merge() -> None:
    messages = template()
    TEMPLATE.write_text(text_of(messages, template=True))
    for code in FILES:
        (FOLDER / f"{code}.po").write_text(text_of(merged(code, messages)))


def check() -> None:
    messages = template()
    if not TEMPLATE.exists() or TEMPLATE.read_text() != text_of(messages, template=True):
        sys.exit("app/languages/kinboard.pot is not what the code says. Run `make words`.")
    wrong = []
    for code in FILES:
        catalog = read(code)
        if text_of(catalog) != text_of(merged(code, messages)):
            sys.exit(f"app/languages/{code}.po has not the messages of kinboard.pot. Run `make words`.")
        wrong += [f"{code}.po: {each}" for each in wrong_with(catalog, whole=code not in IN_THE_MAKING)]
    if wrong:
        sys.exit("\n".join(wrong))


def missing(code: str) -> list[dict[str, object]]:
    """With the number of plural forms, where a message has any, and the files that say it."""
    catalog = read(code)
    with TEMPLATE.open("rb") as file:
        told = {(each.context, each.id): [name for name, _ in each.locations] for each in read_po(file) if each.id}
    return [
        {
            **_named(each),
            **({"forms": catalog.num_plurals, "categories": categories(catalog)} if each.pluralizable else {}),
            "files": told.get((each.context, each.id), []),
        }
        for each in untranslated(catalog)
    ]


def untranslated(catalog: Catalog) -> Iterator[Message]:
    for each in catalog:
        if each.id and not all(each.string if each.pluralizable else (each.string,)):
            yield each


def fill(code: str, file: Path) -> None:
    """A translation is a text, or the list of its plural forms."""
    catalog = read(code)
    for one in json.loads(file.read_text(encoding="utf-8")):
        message = catalog.get(one["id"], one.get("context"))
        if message is None:
            sys.exit(f"{code}.po has no message {one['id']!r}.")
        given = one["translation"]
        message.string = tuple(given) if message.pluralizable else given
    if wrong := list(wrong_with(catalog, whole=False)):
        sys.exit("\n".join(wrong))
    (FOLDER / f"{code}.po").write_text(text_of(_dated(catalog)))


def compile_all() -> None:
    served: list[tuple[Language, Catalog, list[str]]] = []
    for language in WITH_CATALOGUE:
        path = compiled(language.code)
        if language.code in IN_THE_MAKING:
            path.unlink(missing_ok=True)
            continue
        catalog = read(language.code)
        with path.open("wb") as file:
            write_mo(file, catalog)
        served.append((language, catalog, categories(catalog)))
    write_pages(ROOT / "web" / "dist", served, said_by_the_board())


def categories(catalog: Catalog) -> list[str]:
    """What the browser calls each plural form, in the order of the catalogue."""
    form, names = gettext.c2py(catalog.plural_expr), [""] * catalog.num_plurals
    for n in range(1000):
        names[form(n)] = Locale.parse(str(catalog.locale)).plural_form(n)
    return names


def _named(message: Message) -> dict[str, object]:
    id = {"id": message.id[0], "plural": message.id[1]} if message.pluralizable else {"id": message.id}
    return {**id, **({"context": message.context} if message.context else {})}


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["merge"]:
            merge()
        case ["check"]:
            check()
        case ["missing", code]:
            print(json.dumps(missing(code), ensure_ascii=False, indent=1))
        case ["fill", code, file]:
            fill(code, Path(file))
        case ["compile"]:
            compile_all()
        case _:
            sys.exit(__doc__)
