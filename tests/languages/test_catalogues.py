"""A catalogue says what the English says, and all of it."""

from gettext import NullTranslations

import pytest
from babel.messages.catalog import Catalog

from app.languages import speaking as speech
from app.languages.languages import WITH_CATALOGUE
from app.languages.speaking import _, many, speaking, spoken
from tools.words import categories, read
from tools.words_whole import wrong_with

WELSH, POLISH = WITH_CATALOGUE[:2]


class Reversed(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Made by {name}.": "{name}: made."}.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return "{n} of them" if n == 3 else msgid2


@pytest.fixture
def _turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "catalogue_of", lambda code: Reversed())


@pytest.mark.usefixtures("_turned")
def test_what_stands_in_a_place_keeps_its_braces_and_goes_where_the_language_puts_it() -> None:
    with speaking(WELSH):
        assert _("Made by {name}.", name="{Dana}") == "{Dana}: made."
        assert many("{n} point", "{n} points", 3) == "3 of them"
        assert spoken() is WELSH
    assert _("Made by {name}.", name="{Dana}") == "Made by {Dana}."
    assert many("{n} point", "{n} points", 1) == "1 point"


def one(id: str | tuple[str, str], text: str | tuple[str, ...], *, whole: bool = True) -> list[str]:
    catalog = Catalog(locale="pl")
    catalog.add(id, text)
    return list(wrong_with(catalog, whole=whole))


def test_a_message_without_a_translation_is_missed_where_the_language_is_offered() -> None:
    assert one("Join", "") == ["'Join' has no translation."]
    assert one("Join", "", whole=False) == []
    assert one("Join", "Dołącz") == []


@pytest.mark.parametrize("text", ["Zrobił.", "Zrobił {nazwa}.", "Zrobił {name} {name2}.", "Zrobił {name", "Zrobił {}."])
def test_a_translation_has_the_places_of_the_english(text: str) -> None:
    assert one("Made by {name}.", text)
    assert not one("Made by {name}.", "Zrobił {name}.")


def test_a_translation_has_every_form_that_its_language_counts_with() -> None:
    assert one(("{n} point", "{n} points"), ("{n} punkt", "{n} punkty")) == ["'{n} point' needs 3 forms."]
    assert one(("{n} point", "{n} points"), ("{n} punkt", "{n} punkty", "")) == ["'{n} point' needs 3 forms."]
    assert one(("{n} point", "{n} points"), ("Jeden punkt", "{n} punkty", "{n} punktów")) == []


def test_a_translation_brings_no_markup_of_its_own() -> None:
    assert one("Join", "<b>Dołącz</b>")
    assert one("Press <b>Join</b>", "Naciśnij <i>Dołącz</i>")
    assert not one("Press <b>Join</b>", "Naciśnij <b>Dołącz</b>")


def test_browser_and_server_count_alike_in_every_language() -> None:
    """The browser knows the forms by name, in the order in which the catalogue has them."""
    found = {each.code: categories(read(each.code)) for each in WITH_CATALOGUE}
    assert found == {
        "cy": ["zero", "one", "two", "few", "many", "other"],
        "pl": ["one", "few", "many"],
        "ur": ["one", "other"],
        "ro": ["one", "few", "other"],
        "ar": ["zero", "one", "two", "few", "many", "other"],
    }
