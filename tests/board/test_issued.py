"""That a copy left the house is written down: for whom, what, and the hash of it."""

from collections.abc import Callable

import pytest
from pydantic import ValidationError

from app.board.board import ANY_COMMAND, COMMANDS
from app.board.issued import IssueRecord
from app.board.refusals import Reason, Refused
from app.realtime.turn import Saved
from tests.board import meeting as moments
from tests.board.meeting import EVERYONE, Meeting, number
from tests.cast import CHAIR, DANA, SCRIBE, SOCIAL_WORKER, TANSY

HASH = "0f" * 32


def copy(n: int = 1, **more: str) -> IssueRecord:
    fields = {"person_id": DANA, "document": "family_copy", "version": "family", "sha256": HASH, "fingerprint": ""}
    return IssueRecord.model_validate({"id": number(0xABC0 + n), **fields, **more})


@pytest.mark.parametrize("moment", [moments.prepared, moments.views, moments.closed])
def test_each_copy_is_listed_for_the_chair_alone(moment: Callable[[], Meeting]) -> None:
    meeting = moment()
    assert meeting.shared(CHAIR)["issued"] == []
    for n, letter in ((1, {}), (2, {"document": "child_letter", "child_id": TANSY})):
        assert meeting.sends(CHAIR, copy(n, **letter)) == Saved(number(0xABC0 + n))
    one, two = meeting.shared(CHAIR)["issued"]
    assert (one["child_id"], two["child_id"]) == (None, TANSY)
    assert (one["person_id"], one["document"], one["version"]) == (DANA, "family_copy", "family")
    assert (one["sha256"], one["fingerprint"], one["by"]) == (HASH, "", CHAIR)
    assert one["at"] < two["at"]
    for person in EVERYONE:
        assert ("issued" in meeting.screen(person)) is (person == CHAIR)
        assert (HASH in str(meeting.screen(person))) is (person == CHAIR)


@pytest.mark.parametrize("person", [SCRIBE, SOCIAL_WORKER, DANA])
def test_only_for_the_chair_is_one_made(views: Meeting, person: str) -> None:
    answer = views.sends(person, copy())
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.NOT_ALLOWED


def test_it_is_for_somebody_of_this_conference(views: Meeting) -> None:
    answer = views.sends(CHAIR, copy(person_id=number(0xDEAD)))
    assert isinstance(answer, Refused)
    assert answer.reason is Reason.NOT_FOUND


def test_no_screen_can_say_it(views: Meeting) -> None:
    assert "issue_record" not in COMMANDS
    assert "issue_record" not in views.may(CHAIR)
    with pytest.raises(ValidationError):
        ANY_COMMAND.validate_json(copy().model_dump_json())


@pytest.mark.parametrize(
    "wrong", [{"sha256": "0f"}, {"sha256": "G" * 64}, {"fingerprint": "Dana"}, {"document": "A copy for Dana"}]
)
def test_no_words_of_anybody_fit_into_it(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        copy(1, **wrong)
