"""Whatever is asked of a route, right or wrong: no fault of ours, and no answer that the schema does not name."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import status_code_conformance

from app.access.accounts import StaffRole
from app.main import create_app
from app.settings import load_settings
from tests.cast import CHAIR, NURSE
from tests.pages.office import QUICK, worker
from tests.pages.test_office import sets_up
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, Sitting, serving


def ask_everything(server: Server, conference: str, cookie: str, how_often: int) -> int:
    """In a thread of its own. How many questions were asked."""
    schema = schemathesis.openapi.from_dict(create_app(load_settings()).openapi())
    headers = {"Origin": server.base_url, "Cookie": cookie}
    asked = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        if operation.path == "/api/sign-out":
            continue  # whoever asks would be nobody from then on
        right, wrong = (operation.as_strategy(mode) for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE))

        @settings(
            max_examples=how_often,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(right | wrong)
        def ask(case: Any) -> None:
            nonlocal asked
            asked += 1
            if case.path_parameters and asked % 3:
                case.path_parameters |= {"conference": conference} if "conference" in case.path_parameters else {}
            answer = case.call(base_url=server.base_url, headers=headers)
            case.validate_response(answer, checks=[not_a_server_error, status_code_conformance])

        ask()
    return asked


async def ask(sitting: Sitting, how_often: int, *people: str) -> None:
    for person in people:
        cookie = await sitting.join(person)
        asked = await asyncio.to_thread(ask_everything, sitting.server, sitting.id, cookie, how_often)
        assert asked > 30 * how_often / 2
    assert "our fault" not in sitting.server.log.read_text()


async def test_no_route_meets_a_question_that_nobody_foresaw(sitting: Sitting) -> None:
    await ask(sitting, 2, CHAIR, NURSE)


@pytest.mark.soak
@pytest.mark.parametrize("person", [CHAIR, NURSE])
async def test_no_route_meets_a_question_that_nobody_foresaw_for_long(sitting: Sitting, person: str) -> None:
    await ask(sitting, 100, person)


@pytest.mark.soak
@pytest.mark.parametrize("role", ["chair", "office", "administrator", "information_governance"])
async def test_nor_does_it_from_somebody_of_staff(tmp_path: Path, nursery: Nursery, role: StaffRole) -> None:
    """Signed in, and with a conference that is theirs to prepare."""
    async with serving(tmp_path, *QUICK, nursery=nursery) as server:
        one = await worker(server, role)
        conference = await sets_up(await worker(server, "chair")) if role not in ("chair", "office") else ""
        if role == "chair":
            conference = await sets_up(one)
        elif role == "office":
            conference = await sets_up(one, chair=(await worker(server, "chair")).account)
        token = f"kinboard_staff={one.token}"
        asked = await asyncio.to_thread(ask_everything, server, conference, token, 60)
        assert asked > 30 * 60 / 2
        assert "our fault" not in server.log.read_text()
