"""Any file that looks like one of ours is imported or refused, and nothing else ever happens."""

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.script.export import file_of
from app.script.file import ImportRefused, conference_file_from
from app.script.ids import conference_id_of
from app.script.play import Played, play
from app.script.script import script_of
from tests.script.worked import FILES, everything_seen, imported, saved, worked

MANY = settings(
    deadline=None, max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
IDS = ["p01", "p03", "p05", "p08", "p09", "p12", "p99", "c1", "c2", "b01", "b14", "d1", "g2", "s1", "a2", "a9", "r1"]
VALUES = st.one_of(
    st.sampled_from([None, True, False, 0, 3, 11, 10**30, -1, 0.5, "", " ", "-", [], {}, [None], "everyone", "10: "]),
    st.sampled_from(["09:00", "10:50", "11:02", "23:59:59.999999", "2025-06-24", "2025-06-24T09:30", *IDS]),
    st.sampled_from(["worry", "strength", "next_step", "past_harm", "existing_safety", "if_things_go_wrong", "fact"]),
    st.sampled_from(["chair", "scribe", "parent", "child", "advocate", "interpreter", "observer", "room_screen"]),
    st.sampled_from(["online", "absent", "paused", "prepare", "close", "no_plan", "offered", "returned", "removed"]),
    st.sampled_from(["direct", "everyone", "nobody", "lower_is_safer", "America/Los_Angeles", "plan_continues"]),
    st.text(max_size=12),
)


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield (*path, key)
        yield from places(value, (*path, key))


def at(raw: Any, place: tuple[Any, ...]) -> Any:
    for step in place:
        raw = raw[step]
    return raw


PLACES = {name: list(places(worked(name).raw)) for name in FILES}
LIKE: dict[Any, list[Any]] = {}  # what else stands under a key of this name
for _name in FILES:
    for _place in PLACES[_name]:
        LIKE.setdefault(_place[-1], []).append(at(worked(_name).raw, _place))


@st.composite
def files(draw: st.DrawFn) -> Any:
    """A worked file in which somebody changed, dropped, doubled or reordered a few things."""
    name = draw(st.sampled_from(FILES))
    raw = copy.deepcopy(worked(name).raw)
    for place in draw(st.lists(st.sampled_from(PLACES[name]), min_size=1, max_size=4)):
        try:
            _change(draw, at(raw, place[:-1]), place[-1])
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took it away
    return raw


def _change(draw: st.DrawFn, part: Any, key: Any) -> None:
    match draw(st.sampled_from(["like", "like", "like", "like", "put", "drop", "double", "reverse"])):
        case "like":
            part[key] = copy.deepcopy(draw(st.sampled_from(LIKE[key])))
        case "drop":
            del part[key]
        case "double" if isinstance(part, list):
            part.append(copy.deepcopy(part[key]))
        case "reverse" if isinstance(part[key], list):
            part[key].reverse()
        case _:
            part[key] = draw(VALUES)


def played_from(raw: Any) -> tuple[str, Played]:
    file = conference_file_from(json.dumps(raw).encode())
    return conference_id_of(file.conference.id), play(script_of(file))


@MANY
@given(files())
def test_whatever_a_file_says_it_is_refused_with_a_sentence_or_comes_back_for_every_audience(raw: Any) -> None:
    try:
        conference_id, played = played_from(raw)
    except ImportRefused as refused:
        sentence = str(refused)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return
    assert all(str(each).count(": ") >= 2 for each in played.refused)
    again = imported(file_of(conference_id, saved(played.rows)))
    assert again.refused == ()
    assert everything_seen(again.board) == everything_seen(played.board)
