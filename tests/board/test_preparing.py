"""What is said before the meeting about who may not see whom, and who takes the chair if she is lost."""

import pytest

from app.board.actor import Actor
from app.board.board import decide
from app.board.conference import PrepareConference
from app.board.refusals import Reason
from app.board.state import EMPTY
from tests import cast
from tests.board.meeting import refused
from tests.cast import CALLUM, CHAIR, DANA, INTERPRETER, NOON, NURSE, OUTSIDER, PROJECTOR, SCRIBE, SUPPORTER, TEACHER


def prepared(hidden: dict[str, tuple[str, ...]], deputy: str | None = None) -> PrepareConference:
    people = tuple(
        person.model_copy(update={"hidden_from": hidden.get(person.id, ())}) for person in cast.preparation().people
    )
    return cast.preparation().model_copy(update={"people": people, "deputy": deputy})


def test_two_parents_are_kept_apart_from_the_start() -> None:
    (event,) = decide(EMPTY, prepared({DANA: (CALLUM,), CALLUM: (DANA,)}, deputy=SCRIBE), Actor(CHAIR, "chair"), NOON)
    assert [person.hidden_from for person in event.people if person.id == DANA] == [(CALLUM,)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("person", "other"), [(DANA, TEACHER), (TEACHER, DANA), (DANA, PROJECTOR), (CHAIR, CALLUM), (DANA, OUTSIDER)]
)
def test_services_and_screens_are_kept_from_nobody(person: str, other: str) -> None:
    with refused(Reason.NOT_FOUND):
        decide(EMPTY, prepared({person: (other,)}), Actor(CHAIR, "chair"), NOON)


@pytest.mark.parametrize(("person", "other"), [(DANA, INTERPRETER), (SUPPORTER, CALLUM)])
def test_nobody_is_kept_from_whom_they_share_a_screen_with(person: str, other: str) -> None:
    with refused(Reason.NOT_ALLOWED):
        decide(EMPTY, prepared({person: (other,)}), Actor(CHAIR, "chair"), NOON)


@pytest.mark.parametrize("person", [DANA, PROJECTOR, cast.OBSERVER, OUTSIDER])
def test_the_deputy_is_somebody_who_could_be_handed_the_chair(person: str) -> None:
    with refused(Reason.CANNOT_CHAIR):
        decide(EMPTY, prepared({}, deputy=person), Actor(CHAIR, "chair"), NOON)
    decide(EMPTY, prepared({}, deputy=NURSE), Actor(CHAIR, "chair"), NOON)
