"""The cast, for tests of every folder, as ids: who they are is in `tests/cast.py`. And where servers start."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from tests import cast
from tests.postgres import Postgres, postgres_running
from tests.realtime.nursery import Nursery
from tests.realtime.server import Server, environment

KeptIn = Callable[[], Awaitable[dict[str, str]]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--on-postgres", action="store_true", help="every server keeps what it keeps in PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("on_postgres"):
        for item in items:
            if item.get_closest_marker("about_the_file"):
                item.add_marker(pytest.mark.skip(reason="It is about SQLite's file."))


@pytest.fixture(scope="session", autouse=True)
def where_servers_keep_it(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.config.getoption("on_postgres"):
        Server.new_database = request.getfixturevalue("postgres").new_database
    yield
    Server.new_database = None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What needs a server runs on both databases: on PostgreSQL always where it is about the protocol or faults, and by
    `make soak` elsewhere; what is marked as about the file never.
    """
    if "kept_in" in metafunc.fixturenames:
        always = metafunc.module.__name__.startswith(("tests.realtime.", "tests.faults."))
        on_postgres = pytest.param("postgres", marks=() if always else pytest.mark.soak)
        about_the_file = metafunc.definition.get_closest_marker("about_the_file")
        kinds = ["sqlite"] if about_the_file else ["sqlite", on_postgres]
        metafunc.parametrize("kept_in", kinds, indirect=True, scope="session")


@pytest.fixture(scope="session")
async def nursery() -> AsyncIterator[Nursery]:
    nursery = await Nursery().open(environment())
    yield nursery
    await nursery.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Started by the first test that asks for it."""
    with postgres_running() as postgres:
        yield postgres


@pytest.fixture(scope="session")
def kept_in(request: pytest.FixtureRequest) -> KeptIn:
    """The settings of one more server with a database of its own: an SQLite file, or one on PostgreSQL."""
    if request.param == "sqlite":
        return in_a_file
    postgres: Postgres = request.getfixturevalue("postgres")

    async def on_postgres() -> dict[str, str]:
        return {"KINBOARD_DATABASE_URL": await postgres.new_database()}

    return on_postgres


async def in_a_file() -> dict[str, str]:
    return {}


@pytest.fixture
async def postgres_url(postgres: Postgres) -> str:
    """A database of its own for each test."""
    return await postgres.new_database()


@pytest.fixture
def chair() -> str:
    return cast.CHAIR


@pytest.fixture
def scribe() -> str:
    return cast.SCRIBE


@pytest.fixture
def social_worker() -> str:
    return cast.SOCIAL_WORKER


@pytest.fixture
def teacher() -> str:
    return cast.TEACHER


@pytest.fixture
def nurse() -> str:
    return cast.NURSE


@pytest.fixture
def police_officer() -> str:
    return cast.POLICE_OFFICER


@pytest.fixture
def parent() -> str:
    return cast.DANA


@pytest.fixture
def other_parent() -> str:
    return cast.CALLUM


@pytest.fixture
def grandmother() -> str:
    return cast.GRANDMOTHER


@pytest.fixture
def advocate() -> str:
    return cast.ADVOCATE


@pytest.fixture
def interpreter() -> str:
    return cast.INTERPRETER


@pytest.fixture
def supporter() -> str:
    return cast.SUPPORTER


@pytest.fixture
def observer() -> str:
    return cast.OBSERVER


@pytest.fixture
def projector() -> str:
    return cast.PROJECTOR


@pytest.fixture
def outsider() -> str:
    return cast.OUTSIDER
