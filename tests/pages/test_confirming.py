"""What cannot be taken back waits until the chair has shown again that it is her, and then it is the very same act."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
import websockets
from sqlalchemy import update
from sqlmodel import col

from app.access.assignments import assign
from app.access.sessions import Seat, hash_of, revoke_session
from app.access.tries import PER_NAME
from app.models import SessionRow, StaffSessionRow
from app.models.instant import instant_text
from app.store.audit import noted
from tests.cast import CHAIR, DANA, NURSE, ROBIN, SCRIBE, TANSY
from tests.pages.office import QUICK, Worker, browser_of, worker
from tests.realtime.acts import point
from tests.realtime.nursery import Nursery
from tests.realtime.screen import Screen
from tests.realtime.server import Server, Sitting, serving

NEVER = str(uuid4())
CANNOT_BE_TAKEN_BACK: dict[str, dict[str, Any]] = {
    "record_decision": {
        "child_id": TANSY,
        "outcome": "child_in_need_plan",
        "category": None,
        "reasons": "They are doing it.",
        "views_considered": "",
    },
    "release_item": {"item_id": NEVER, "base_version": NEVER},
    "release_private": {"item_id": NEVER, "base_version": NEVER, "readers": []},
    "let_read": {"key": f"item/{NEVER}", "version": NEVER, "people": []},
    "hand_over": {"person_id": SCRIBE},
}


@pytest.fixture(scope="module")
async def office(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    async with serving(tmp_path_factory.mktemp("confirming"), *QUICK, nursery=nursery) as server:
        yield server


@dataclass
class Chair:
    """A chair who signed in and opened her meeting, on her laptop."""

    worker: Worker
    sitting: Sitting
    screens: list[Screen]

    @classmethod
    async def at(cls, office: Server) -> "Chair":
        assert office.database
        sitting, one = await office.sitting(), await worker(office, "chair", "Hester")
        await assign(office.database, one.account, Seat(sitting.id, CHAIR))
        assert (await one.browser.post(f"/home/{sitting.id}/open")).status_code == 200
        return cls(one, sitting, [])

    @property
    def cookie(self) -> str:
        name = f"kinboard_{self.sitting.id.replace('-', '')}"
        return f"{name}={self.worker.browser.cookies[name]}"

    @property
    def token_hash(self) -> bytes:
        return hash_of(self.cookie.partition("=")[2])

    async def board(self) -> Screen:
        screen = await Screen.open(self.sitting.url, self.cookie, self.sitting.server.base_url)
        self.sitting.screens.append(screen)
        await screen.until(lambda: screen.own)
        return screen

    async def showed_it(self, ago: timedelta | None) -> None:
        """When she last did, as the server has it."""
        at = instant_text(datetime.now(UTC) - ago) if ago is not None else None
        this = col(SessionRow.token_hash) == self.token_hash
        assert self.sitting.server.database
        await self.sitting.server.database.write(
            lambda connection: connection.execute(update(SessionRow).where(this).values(confirmed_at=at)).rowcount
        )

    async def shows_it(self, **wrong: str) -> httpx2.Response:
        said = {"password": "drifting copper lighthouse", "code": self.worker.recovery_codes[0], **wrong}
        return await self.worker.posts("/api/confirm/password", conference=self.sitting.id, **said)

    async def still_counts(self) -> int | None:
        answer = await self.worker.browser.get("/api/confirm", params={"conference": self.sitting.id})
        seconds: int | None = answer.json()["seconds"]
        return seconds


@pytest.fixture
async def chair(office: Server) -> AsyncIterator[Chair]:
    one = await Chair.at(office)
    yield one
    await one.sitting.close()


async def test_whoever_has_just_signed_in_is_asked_nothing_for_a_while(chair: Chair) -> None:
    board = await chair.board()
    assert await board.refused("hand_over", person_id=DANA) == "cannot_chair"  # the rules have the word
    assert 14 * 60 < (await chair.still_counts() or 0) <= 15 * 60
    await chair.showed_it(timedelta(minutes=15))
    assert await chair.still_counts() == 0


@pytest.mark.parametrize("command", CANNOT_BE_TAKEN_BACK)
async def test_what_cannot_be_taken_back_is_refused_and_not_even_judged(chair: Chair, command: str) -> None:
    await chair.showed_it(timedelta(minutes=16))
    board = await chair.board()
    id = str(uuid4())
    assert await board.refused(command, id, **CANNOT_BE_TAKEN_BACK[command]) == "confirm_first"
    assert (await chair.shows_it()).status_code == 200
    answer = await board.send(command, id, **CANNOT_BE_TAKEN_BACK[command])
    assert answer.get("reason") != "confirm_first"


async def test_the_same_decision_goes_through_once_she_has_shown_it_on_the_line_that_is_open(chair: Chair) -> None:
    board = await chair.board()
    await board.does("set_phase", phase="decision")
    await chair.showed_it(timedelta(minutes=16))
    later = await chair.board()  # what was open keeps what it knew; whoever comes now is judged by what is so now
    decision = CANNOT_BE_TAKEN_BACK["record_decision"] | {"override": {"reason": "A short meeting."}}
    id = str(uuid4())
    assert await later.refused("record_decision", id, **decision) == "confirm_first"
    assert f"decision/{TANSY}" not in later.shared
    assert (await chair.shows_it()).status_code == 200
    await later.does("record_decision", id, **decision)
    assert f"decision/{TANSY}" in later.shared
    await chair.showed_it(timedelta(minutes=16))
    again = await chair.board()
    await again.does("record_decision", id, **decision)  # its answer was lost: it is told, and nothing is asked
    assert await again.refused("record_decision", **decision | {"child_id": ROBIN}) == "confirm_first"
    assert chair.sitting.server.database
    said = [one.act for one in await noted(chair.sitting.server.database, conference_id=chair.sitting.id)]
    assert [(act.what, act.by, act.detail) for act in said if act.what.startswith("confirm")] == [
        ("confirmed", f"staff:{chair.worker.account}", {"way": "password"})
    ]


async def test_her_token_is_new_from_then_on_and_a_copied_one_opens_nothing(chair: Chair) -> None:
    board, copied, before = await chair.board(), chair.cookie, chair.token_hash
    assert (await chair.shows_it()).status_code == 200
    assert chair.cookie != copied
    with pytest.raises(websockets.InvalidStatus):
        await Screen.open(chair.sitting.url, copied, chair.sitting.server.base_url)
    await board.does("add_item", **point())
    database, now = chair.sitting.server.database, datetime.now(UTC)
    assert database
    assert not await revoke_session(database, chair.sitting.id, before, now)
    assert await revoke_session(database, chair.sitting.id, chair.token_hash, now)
    assert await board.until_closed() == 4003  # the line that was opened under the old one


async def test_no_paper_leaves_the_house_before_she_has_shown_it(chair: Chair) -> None:
    wanted = {"person_id": DANA, "document": "outline_plan", "format": "csv"}
    address = f"/api/conferences/{chair.sitting.id}/records"
    await chair.showed_it(None)
    no = await chair.worker.posts(address, **wanted)
    assert (no.status_code, no.json()) == (403, {"code": "confirm_first"})
    assert (await chair.shows_it()).status_code == 200
    assert (await chair.worker.posts(address, **wanted)).status_code == 200


async def test_neither_anothers_code_nor_a_wrong_one_shows_it_and_tries_end(chair: Chair, office: Server) -> None:
    await chair.showed_it(None)
    other = await worker(office, "chair", "Else")
    wrongs = ({"password": "wrong wrong wrong"}, {"code": other.recovery_codes[0]}, {"code": "000000"})
    for wrong in wrongs:
        assert (await chair.shows_it(**wrong)).json() == {"code": "not_right"}
    for _ in range(PER_NAME - len(wrongs)):
        await chair.shows_it(code="000000")
    assert (await chair.shows_it()).status_code == 429
    assert (await chair.worker.signs_in(chair.worker.recovery_codes[1])).status_code == 200  # that is counted apart
    assert await chair.still_counts() == 0


async def test_guessing_at_the_door_keeps_no_chair_from_her_decision(chair: Chair, office: Server) -> None:
    stranger = Worker(chair.worker.name, chair.worker.sign_in_name, browser_of(office))
    for _ in range(PER_NAME):
        await stranger.signs_in("000000", "wrong wrong wrong")
    assert (await stranger.signs_in("000000", "wrong wrong wrong")).status_code == 429
    assert (await chair.shows_it()).status_code == 200


async def test_a_link_into_her_seat_is_no_way_around_it(chair: Chair) -> None:
    board = await chair.sitting.open(CHAIR)
    assert await board.refused("hand_over", person_id=DANA) == "confirm_first"
    async with chair.sitting.server.client(
        Cookie=chair.sitting.cookies[CHAIR], Origin=chair.sitting.server.base_url
    ) as browser:
        said = {"conference": chair.sitting.id, "password": "drifting copper lighthouse"}
        code = chair.worker.recovery_codes[3]
        assert (await browser.post("/api/confirm/password", json=said | {"code": code})).status_code == 200
    assert await board.refused("hand_over", person_id=DANA) == "cannot_chair"


async def test_where_a_link_is_all_there_is_nothing_is_asked(office: Server) -> None:
    sitting = await office.sitting()
    chair, nurse = await sitting.begin(CHAIR, NURSE)
    assert await chair.refused("hand_over", person_id=DANA) == "cannot_chair"
    async with office.client(Cookie=sitting.cookies[CHAIR], Origin=office.base_url) as browser:
        query = {"conference": sitting.id}
        assert (await browser.get("/api/confirm", params=query)).json() == {"seconds": None}
        assert (await browser.get("/confirm", params=query)).status_code == 404
        assert (await browser.get("/api/confirm", params={"conference": str(uuid4())})).status_code == 404
    assert await nurse.refused("hand_over", person_id=SCRIBE) == "not_allowed"
    await sitting.close()


async def test_on_the_pages_of_staff_the_token_is_new_too(chair: Chair) -> None:
    old = chair.worker.token
    code = chair.worker.recovery_codes[4]
    said = {"conference": None, "password": "drifting copper lighthouse", "code": code}
    assert (await chair.worker.browser.post("/api/confirm/password", json=said)).status_code == 200
    assert chair.worker.token != old
    assert old
    assert chair.sitting.server.database
    this = col(StaffSessionRow.token_hash) == hash_of(old)
    gone = await chair.sitting.server.database.write(
        lambda connection: connection.execute(update(StaffSessionRow).where(this).values(seen_at="")).rowcount
    )
    assert gone == 0
