"""The chair lays two reviews side by side: what was asked, what changed, both their numbers. Nothing is worked out."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.board.actor import CHAIR
from app.board.board import View, see
from app.board.earlier import Earlier, Progress
from app.board.state import Board
from app.board.terms import Id
from app.languages.speaking import _, word
from app.records.times import Times, times_of

from .answers import NO_STORE
from .chairing import chaired_room
from .house import TheHouse
from .messages import message_page

router = APIRouter()

PROGRESS_WORDS: dict[Progress, str] = {"done": word("Done"), "partly": word("Partly"), "not": word("Not done")}
NO_NUMBER = word("No number")


@dataclass(frozen=True)
class Asked:
    """One goal or step of the earlier plan, and how it went."""

    what: str
    who: str
    by: str
    progress: str
    note: str
    said_by: str


@dataclass(frozen=True)
class Asking:
    """A goal of the earlier plan with its steps; `goal` is None for steps that belong to none."""

    goal: Asked | None
    steps: tuple[Asked, ...]


@dataclass(frozen=True)
class Numbers:
    """One question of today, asked in the same words and direction before: a column a day, a row a person."""

    question: str
    low_end: str
    high_end: str
    days: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Dangers:
    earlier: tuple[str, ...]
    now: tuple[str, ...]


@dataclass(frozen=True)
class Beside:
    earlier_title: str
    earlier_on: str
    now_title: str
    now_on: str
    asked: tuple[Asking, ...]
    numbers: tuple[Numbers, ...]
    dangers: Dangers


@router.get("/c/{conference}/beside", response_class=HTMLResponse)
async def beside_page(request: Request, conference: str, house: TheHouse) -> Response:
    chaired = await chaired_room(request, conference, house)
    if chaired is None:
        return message_page(
            request, 404, _("This is not open here"), _("Only the chair of a meeting can lay it beside the one before.")
        )
    room = chaired[0]
    page = {
        "conference": conference,
        "made_up": room.board.conference.meeting.practice,
        "beside": beside(room.board),
        "assets": house.front_end.assets("record"),
    }
    return house.templates.TemplateResponse(request, "beside.html", page, headers=NO_STORE)


def beside(board: Board) -> Beside | None:
    """What the chair sees of both; None where no earlier conference came with this one."""
    earlier = board.conference.earlier
    if earlier is None:
        return None
    seen = see(board, frozenset(), CHAIR)
    meeting = seen["conference"]
    dangers = [each for key, each in seen.items() if key.startswith("danger/")]
    times = times_of(meeting["time_zone"], meeting["held_on"])
    return Beside(
        earlier_title=earlier.title,
        earlier_on=times.long_day(earlier.held_on.isoformat()).words,
        now_title=meeting["title"],
        now_on=times.long_day(meeting["held_on"]).words,
        asked=tuple(_asked(earlier, seen, times)),
        numbers=tuple(_numbers(seen, times)),
        dangers=Dangers(
            earlier=tuple(danger.text for danger in earlier.dangers),
            now=tuple(danger["text"] for danger in sorted(dangers, key=lambda danger: danger["first_at"])),
        ),
    )


def _asked(earlier: Earlier, seen: View, times: Times) -> Iterator[Asking]:
    """In the order in which that conference had them."""
    goals = {goal.id for goal in earlier.goals}
    of_goal = {goal: [step.id for step in earlier.steps if step.goal_id == goal] for goal in goals}
    for goal in earlier.goals:
        steps = tuple(_part(seen, f"earlier_step/{step}", times) for step in of_goal[goal.id])
        yield Asking(_part(seen, f"earlier_goal/{goal.id}", times), steps)
    loose = [step.id for step in earlier.steps if step.goal_id not in goals]
    if loose:
        yield Asking(None, tuple(_part(seen, f"earlier_step/{step}", times) for step in loose))


def _part(seen: View, key: str, times: Times) -> Asked:
    part = seen[key]
    by = times.day(part.get("by"))
    return Asked(
        what=part["text"],
        who=", ".join(part.get("who") or ()),
        by=by.words if by else "",
        progress=_(PROGRESS_WORDS[part["progress"]]) if part["progress"] else _("Not marked yet"),
        note=part["note"],
        said_by=_name(seen, part["said_by"]),
    )


def _numbers(seen: View, times: Times) -> Iterator[Numbers]:
    """Only where the rules sent earlier numbers: this scale is shown, and the question was the same."""
    for key, before in seen.items():
        if not key.startswith("earlier_answers/"):
            continue
        scale_id = key.removeprefix("earlier_answers/")
        scale, today = seen[f"scale/{scale_id}"], seen["conference"]["held_on"]
        answers = [each for name, each in seen.items() if name.startswith(f"answer/{scale_id}/")]
        given = {(_whose(each), today): _number(each["score"]) for each in answers}
        given |= {(_whose(each), each["held_on"]): _number(each["score"]) for each in before}
        days = sorted({day for _, day in given} | {today})
        names = {_whose(each): _who(seen, each) for each in (*before, *answers)}
        yield Numbers(
            question=_(scale["question"]),
            low_end=_(scale["low_end"]),
            high_end=_(scale["high_end"]),
            days=tuple(times.long_day(day).words for day in days),
            rows=tuple(
                (names[whose], tuple(given.get((whose, day), "") for day in days))
                for whose in sorted(names, key=lambda whose: (names[whose], whose))
            ),
        )


def _whose(answer: dict[str, object]) -> tuple[str, str]:
    """Who is in both conferences has one id; an advocate also brings a child's number."""
    return str(answer["person_id"]), str(answer["for_child"] or "")


def _who(seen: View, answer: dict[str, object]) -> str:
    name = _name(seen, str(answer["person_id"])) or str(answer.get("name", ""))
    child = answer["for_child"]
    return _("{child}, shared by {name}", child=_name(seen, str(child)), name=name) if child else name


def _number(score: int | None) -> str:
    return _(NO_NUMBER) if score is None else str(score)


def _name(seen: View, id: Id | None) -> str:
    found = seen.get(f"person/{id}") or seen.get(f"child/{id}") or {}
    return str(found.get("name", ""))
