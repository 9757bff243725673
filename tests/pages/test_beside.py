"""Two reviews side by side: for the chair alone, with nothing in it that anybody worked out."""

import re
from collections.abc import AsyncIterator
from html import unescape
from typing import get_args
from uuid import uuid4

import httpx2
import pytest

from app.board.terms import Role
from tests import cast
from tests.cast import CHAIR, DANA, EARLIER, EARLIER_GOAL, EARLIER_STEP, NAMES, ROBIN, ROLES
from tests.realtime.acts import question
from tests.realtime.server import Server, Sitting

GOAL, STEP, DANGER = EARLIER.goals[0].text, EARLIER.steps[0].text, EARLIER.dangers[0].text


@pytest.fixture
async def review(server: Server) -> AsyncIterator[Sitting]:
    changes = {"id": str(uuid4()), "conference_type": "review", "earlier": EARLIER}
    sitting = await server.sitting_of(cast.preparation().model_copy(update=changes))
    yield sitting
    await sitting.close()


async def browser_of(sitting: Sitting, person: str) -> httpx2.AsyncClient:
    return sitting.server.client(Cookie=await sitting.join(person))


async def page_of(sitting: Sitting) -> httpx2.Response:
    async with await browser_of(sitting, CHAIR) as browser:
        return await browser.get(f"/c/{sitting.id}/beside")


def rows(page: str) -> list[list[str]]:
    """The words of each row of each table."""
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL))
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


@pytest.mark.parametrize("role", [role for role in get_args(Role) if role != "chair"])
async def test_nobody_but_the_chair_learns_that_there_is_anything(review: Sitting, role: str) -> None:
    async with await browser_of(review, ROLES[role]) as browser:
        page, elsewhere = [await browser.get(f"/c/{id}/beside") for id in (review.id, uuid4())]
    assert page.status_code == 404
    assert page.content == elsewhere.content


async def test_without_a_seat_there_is_nothing(review: Sitting) -> None:
    async with review.server.client() as browser:
        assert (await browser.get(f"/c/{review.id}/beside")).status_code == 404


async def test_what_was_asked_stands_beside_how_it_went_and_the_dangers_beside_each_other(review: Sitting) -> None:
    chair = await review.open(CHAIR)
    await chair.does("set_phase", phase="mapping")
    await chair.does("mark_progress", of=EARLIER_STEP, progress="partly", note="Dana has the lock.", said_by=DANA)
    now = "Robin may reach the stairs."
    await chair.does("write_danger_statement", danger_id=None, children=[ROBIN], text=now)
    page = await page_of(review)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert [f"Goal: {GOAL}", "", "Not marked yet"] in rows(page.text)
    how = f"Partly. Dana has the lock. {NAMES[DANA]} says so."
    assert [STEP, "Dana, Mr Oakes, by Tue 1 September", how] in rows(page.text)
    dangers = page.text[page.text.index("Danger statements") :]
    assert dangers.index(DANGER) < dangers.index(now)
    await chair.does("mark_progress", of=EARLIER_GOAL, progress="done", note="")
    assert [f"Goal: {GOAL}", "", "Done"] in rows((await page_of(review)).text)


async def test_numbers_stand_side_by_side_once_todays_are_shown(review: Sitting) -> None:
    chair, dana = await review.begin(CHAIR, DANA)
    scale = await chair.does("open_scale", **question())
    await dana.does("answer_scale", scale_id=scale, score=8, why="It is quiet.")
    assert "once today’s are shown" in (await page_of(review)).text
    await chair.does("reveal_scale", scale_id=scale)
    table = rows((await page_of(review)).text)
    assert ["Who", "Tuesday 26 May 2026", "Monday 24 August 2026", "Monday 23 November 2026"] in table
    assert [NAMES[DANA], "3", "5", "8"] in table
    bea = NAMES[ROLES["advocate"]]
    assert [bea, "No number", "No number", ""] in table
    assert [f"Tansy, shared by {bea}", "4", "4", ""] in table


async def test_numbers_of_another_question_are_not_laid_beside_these(review: Sitting) -> None:
    (chair,) = await review.begin(CHAIR)
    scale = await chair.does("open_scale", **question(question="How worried are you?"))
    await chair.does("reveal_scale", scale_id=scale)
    page = (await page_of(review)).text
    assert "How worried are you?" not in page
    assert "Tuesday 26 May 2026" not in page


async def test_a_first_conference_has_nothing_beside_it(sitting: Sitting) -> None:
    page = await page_of(sitting)
    assert page.status_code == 200
    assert "No earlier meeting came with this one" in page.text


async def test_words_on_the_page_are_words_and_not_markup(server: Server) -> None:
    goal = EARLIER.goals[0].model_copy(update={"text": "<script>alert(1)</script>"})
    earlier = EARLIER.model_copy(update={"goals": (goal,)})
    changes = {"id": str(uuid4()), "conference_type": "review", "earlier": earlier}
    sitting = await server.sitting_of(cast.preparation().model_copy(update=changes))
    page = await page_of(sitting)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text
    assert "<script" not in page.text
