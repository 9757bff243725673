"""The limits on guessing a room code, played out by the clock. The arithmetic is in docs/decisions."""

from datetime import datetime, timedelta

import pytest

from app.access.codes import CONSONANTS, POSSIBLE, new_code, read_code, spaced
from app.access.guessing import ALL_STRANGERS, PER_ADDRESS, PER_BROWSER, PER_KNOWN_ADDRESS, WINDOW, Guessing
from tests.store.rows import NOON

SECOND = timedelta(seconds=1)


def wrong(guessing: Guessing, browser: str, address: str, now: datetime) -> bool:
    """Whether this guess was looked at."""
    return guessing.begin(browser, address, now) is not None


def right(guessing: Guessing, browser: str, address: str, now: datetime) -> bool:
    guess = guessing.begin(browser, address, now)
    if guess:
        guessing.was_right(guess)
    return guess is not None


def test_a_code_is_eight_consonants_however_it_is_typed() -> None:
    code = new_code()
    assert len(code) == 8
    assert set(code) <= set(CONSONANTS)
    assert not set("AEIOUY") & set(CONSONANTS)
    for typed in (code, code.lower(), spaced(code), f" {code[:4]}-{code[4:]}\n"):
        assert read_code(typed) == code
    for typed in ("", code[:7], code + "B", "AEIOUAEI", "BCDFGHJ1", "\u00df" * 8):
        assert read_code(typed) == ""


def test_a_browser_that_guesses_is_paused_and_its_right_code_too() -> None:
    guessing = Guessing()
    assert [wrong(guessing, "b", "a", NOON) for _ in range(PER_BROWSER + 1)] == [True] * PER_BROWSER + [False]
    assert not right(guessing, "b", "a", NOON)
    assert right(guessing, "other", "a", NOON)
    assert right(guessing, "b", "a", NOON + WINDOW)


def test_right_codes_cost_nothing() -> None:
    guessing = Guessing()
    assert all(right(guessing, "b", "a", NOON) for _ in range(ALL_STRANGERS * 2))


def test_guesses_that_are_under_way_at_once_are_counted_before_anybody_knows() -> None:
    guessing = Guessing()
    under_way = [guessing.begin(f"b{n}", f"a{n}", NOON) for n in range(10_000)]
    assert len([guess for guess in under_way if guess]) == ALL_STRANGERS


@pytest.mark.parametrize("addresses", [1, 100, 10_000])
def test_from_however_many_addresses_somebody_guesses_an_honest_room_gets_in_within_a_minute(addresses: int) -> None:
    """Two windows of guessing without end, and in the middle of it thirty people join in one minute, from the
    address where the chair's invitation was used; each of them mistypes once.
    """
    guessing, looked_at, joined = Guessing(), 0, 0
    per_second = min(addresses, 50)
    for second in range(1200):
        now = NOON + second * SECOND
        if second == 300:
            guessing.invitation_used("room", now)
        for n in range(per_second):
            looked_at += wrong(guessing, "", f"a{(second * per_second + n) % addresses}", now)
        if 900 <= second < 960 and second % 2 == 0:
            assert wrong(guessing, f"honest{second}", "room", now), "a slip of the finger"
            joined += right(guessing, f"honest{second}", "room", now)
    assert joined == 30
    windows = 1200 / WINDOW.total_seconds()
    most = windows * min(ALL_STRANGERS, addresses * PER_ADDRESS)
    assert 0 < looked_at <= most + ALL_STRANGERS
    # Two hundred doors open all day, guessed at all day: less than once in a thousand days, and then it is a lobby.
    assert 24 * 6 * ALL_STRANGERS * 200 / POSSIBLE < 1 / 1000


def test_one_address_alone_cannot_pause_all_others() -> None:
    guessing = Guessing()
    for _ in range(10_000):
        wrong(guessing, "", "loud", NOON)
    assert right(guessing, "b", "quiet", NOON)


def test_a_room_with_a_guesser_in_it_pauses_itself_and_nobody_else() -> None:
    guessing = Guessing()
    guessing.invitation_used("room", NOON)
    looked_at = sum(wrong(guessing, "", "room", NOON) for _ in range(1000))
    assert looked_at == PER_KNOWN_ADDRESS
    assert right(guessing, "b", "elsewhere", NOON)


def test_what_is_remembered_does_not_grow_with_the_guessing() -> None:
    guessing = Guessing()
    for n in range(50_000):
        wrong(guessing, f"b{n}", f"a{n}", NOON + n * SECOND / 10)
    assert guessing.remembered < 5 * ALL_STRANGERS
