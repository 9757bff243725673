"""One turn of several people's commands, without a server around it."""

from datetime import timedelta
from typing import Any

import pytest

from app.board import adding
from app.board import board as verbs
from app.realtime.turn import Asked, Broken, Saved, take_turn
from tests.board import meeting as moments
from tests.board.meeting import command_of, number
from tests.cast import CHAIR, NURSE, ROBIN


def test_a_fault_of_ours_stays_with_the_command_that_met_it(monkeypatch: pytest.MonkeyPatch) -> None:
    meeting = moments.mapping()

    def faulty(board: Any, command: Any, actor: Any, now: Any) -> Any:
        if command.text == "This one breaks.":
            raise RuntimeError
        return adding.decide_add(board, command, actor, now)

    decides: dict[Any, Any] = {**verbs._DECIDE, adding.AddItem: faulty}
    monkeypatch.setattr(verbs, "_DECIDE", decides)
    said: dict[str, Any] = {"column": "worry", "sub_category": "past_harm", "kind": "fact", "family_knows": True}
    said["about_children"] = [ROBIN]
    texts = ["The first.", "This one breaks.", "The last."]
    commands = [command_of("add_item", number(0x900 + n), **said, text=text) for n, text in enumerate(texts)]
    asked = [Asked(command, person) for command, person in zip(commands, (CHAIR, NURSE, NURSE), strict=True)]
    turned = take_turn(meeting.board, asked, meeting.known, meeting.now + timedelta(seconds=1))
    first, broken, last = turned.answers
    assert isinstance(first, Saved)
    assert isinstance(last, Saved)
    assert isinstance(broken, Broken)
    assert [row.id for row in turned.rows] == [commands[0].id, commands[2].id]
    assert commands[1].id not in turned.board.items.by_id
