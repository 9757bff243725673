"""Which language somebody is shown."""

import pytest

from app.languages.languages import ENGLISH, WITH_CATALOGUE, chosen, wanted
from app.pages.languages import page_of_ours, said_in
from app.settings import Settings, SettingsError, load_settings

ALL = (ENGLISH, *WITH_CATALOGUE)


@pytest.mark.parametrize(
    ("cookie", "accepted", "setting", "shown"),
    [
        ("", "", "en", "en"),
        ("", "", "cy", "cy"),
        ("", "pl-PL,pl;q=0.9,en;q=0.8", "cy", "pl"),
        ("ur", "pl-PL,pl;q=0.9", "cy", "ur"),
        ("", "de;q=0.9, ro;q=0.5", "en", "ro"),
        ("", "en-US,en;q=0.9,pl;q=0.8", "cy", "en"),
        ("xx", "xx", "cy", "cy"),
        ("", "pl;q=0", "en", "en"),
        ("", "pl;q=none,;;,*", "en", "en"),
    ],
)
def test_what_the_browser_was_told_goes_before_what_it_asks_for(
    cookie: str, accepted: str, setting: str, shown: str
) -> None:
    assert chosen(ALL, cookie=cookie, accepted=accepted, setting=setting).code == shown


def test_nobody_is_shown_a_language_that_is_still_in_the_making() -> None:
    assert chosen([ENGLISH], cookie="pl", accepted="pl", setting="pl") is ENGLISH


def test_the_dearest_language_comes_first_whatever_order_it_stands_in() -> None:
    assert wanted("en;q=0.5, AR-eg, pl;q=0.7") == ["ar", "pl", "en"]


def test_an_installation_can_name_each_language_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    for each in ALL:
        assert Settings(language=each.code).language == each.code
    monkeypatch.setenv("KINBOARD_LANGUAGE", "fr")
    with pytest.raises(
        SettingsError, match="KINBOARD_LANGUAGE must be the code of a language: en, cy, pl, ur, ro or ar"
    ):
        load_settings()


@pytest.mark.parametrize("back", ["/j", "/in", "/home/new?area=wales"])
def test_the_form_leads_back_to_where_it_stood(back: str) -> None:
    assert page_of_ours(back) == back


@pytest.mark.parametrize(
    "back",
    ["", "j", "//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example/", "/a\r\nb", "/\tx", "//["],
)
def test_the_form_leads_to_no_other_site(back: str) -> None:
    assert page_of_ours(back) == "/"


def test_what_cannot_be_read_names_no_language() -> None:
    for body, by_script in ((b"[", True), (b'["language"]', True), (b'{"language": 5}', True), (b"\xff=\xff", False)):
        assert said_in(body, by_script=by_script) == {}
    assert said_in(b"language=cy&back=%2Fj", by_script=False) == {"language": "cy", "back": "/j"}
