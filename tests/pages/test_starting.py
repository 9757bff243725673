"""What goes wrong at the keyboard is said in one sentence, ends with exit code 2, and leaves nothing behind."""

import ctypes
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.pages.conftest import Typed
from tests.realtime.program import Demo, Ended
from tests.realtime.program import kinboard as kinboard_itself
from tests.realtime.server import Sitting

WITHOUT_FRONT_END = (
    "from pathlib import Path; import app.pages.front_end as f; f.load_front_end.__defaults__ = (Path('nowhere'),)"
)


def require_sentence(ended: Ended, *parts: str) -> None:
    """One line, in words, that names what is wrong."""
    assert ended.code == 2, ended
    assert ended.said == ""
    assert ended.complained.count("\n") == 1, ended.complained
    assert "Traceback" not in ended.complained
    for part in parts:
        assert part in ended.complained


def left_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("command", ["serve", "demo"])
async def test_a_busy_port_is_named(tmp_path: Path, kinboard: Typed, busy_port: int, command: str) -> None:
    ended = await kinboard(command, "--port", str(busy_port), folder=tmp_path)
    require_sentence(ended, str(busy_port), "--port")
    assert left_in(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("KINBOARD_PORT", "eighty", "1 to 65535"),
        ("KINBOARD_PORT", "0", "1 to 65535"),
        ("KINBOARD_PORT", "65536", "1 to 65535"),
        ("KINBOARD_BASE_URL", "board.example.org", "https://board.example.org"),
        ("KINBOARD_BASE_URL", "https://board.example.org/board", "without a path"),
        ("KINBOARD_DATABASE_URL", "mysql://x:secret-word@db/kinboard", "postgresql+asyncpg://"),
        ("KINBOARD_METRICS_TOKEN", "secret-word", "16 characters"),
        ("KINBOARD_LINK_HOURS", "0", "1 to 720"),
        ("KINBOARD_SESSION_HOURS", "7.5", "1 to 720"),
        ("KINBOARD_PROT", "8000", "KINBOARD_PORT"),
    ],
)
@pytest.mark.parametrize("where", ["environment", ".env"])
async def test_a_wrong_setting_is_named_with_what_was_expected(
    tmp_path: Path, kinboard: Typed, name: str, value: str, expected: str, where: str
) -> None:
    settings: dict[str, str] = {}
    if where == ".env":
        (tmp_path / ".env").write_text(f"{name}={value}\n")
    else:
        settings[name] = value
    before = left_in(tmp_path)
    ended = await kinboard("serve", folder=tmp_path, **settings)
    require_sentence(ended, name, expected)
    assert "secret-word" not in ended.complained
    assert left_in(tmp_path) == before


@pytest.mark.parametrize("command", ["serve", "demo"])
async def test_a_front_end_that_was_not_built_is_named(tmp_path: Path, kinboard: Typed, command: str) -> None:
    ended = await kinboard(command, "--port", "0", folder=tmp_path, first=WITHOUT_FRONT_END)
    require_sentence(ended, "front end", "make run")
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("command", ["serve", "demo"])
@pytest.mark.parametrize("data", ["a-file", "a-file/below", "/proc/kinboard", "/dev/null"])
async def test_a_data_folder_that_cannot_be_one_is_named(
    tmp_path: Path, kinboard: Typed, command: str, data: str
) -> None:
    (tmp_path / "a-file").write_text("")
    ended = await kinboard(command, "--port", "0", "--data", data, folder=tmp_path)
    require_sentence(ended, data)
    assert left_in(tmp_path) == ["a-file"]


def without_power_over_files() -> None:
    """Root may write anywhere; the server that is started here may not."""
    drop_from_bounding_set, override, read_search = 24, 1, 2
    prctl = ctypes.CDLL(None).prctl
    if os.geteuid() == 0:
        prctl(drop_from_bounding_set, override, 0, 0, 0)
        prctl(drop_from_bounding_set, read_search, 0, 0, 0)


@pytest.mark.parametrize("command", ["serve", "demo"])
async def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, command: str) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o500)
    ended = await kinboard_itself(
        command, "--port", "0", "--data", data, folder=tmp_path, begin=without_power_over_files
    )
    require_sentence(ended, str(data))
    assert left_in(tmp_path) == ["data"]


@pytest.mark.parametrize("command", ["serve", "demo"])
async def test_a_file_that_is_no_database_is_named_and_left_alone(
    tmp_path: Path, kinboard: Typed, command: str
) -> None:
    path = tmp_path / "data" / "kinboard.sqlite3"
    path.parent.mkdir()
    path.write_text("Somebody's letter. " * 100)
    ended = await kinboard(command, "--port", "0", "--data", path.parent, folder=tmp_path)
    require_sentence(ended, str(path), "not a Kinboard database")
    assert path.read_text() == "Somebody's letter. " * 100


async def test_a_moment_that_is_none_and_a_links_file_that_cannot_be_written_are_named(
    tmp_path: Path, kinboard: Typed
) -> None:
    require_sentence(await kinboard("demo", "--at", "lunch", folder=tmp_path), "--at", "lunch", "before_scale")
    assert left_in(tmp_path) == []
    ended = await kinboard("demo", "--port", "0", "--links", "nowhere/links.json", folder=tmp_path)
    require_sentence(ended, "nowhere/links.json")


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"no JSON",
        b"[]",
        b"null",
        b"{}",
        b'{"conference": 5}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
        json.dumps({"conference": {"title": "Canary"}, "people": "Canary"}).encode(),
    ],
)
async def test_a_file_that_is_no_conference_is_refused_without_being_quoted(
    tmp_path: Path, kinboard: Typed, content: bytes | None
) -> None:
    file = tmp_path / "conference.json"
    if content is not None:
        file.write_bytes(content)
    before = left_in(tmp_path)
    ended = await kinboard("import", file, folder=tmp_path)
    require_sentence(ended)
    assert "Canary" not in ended.complained
    assert left_in(tmp_path) == before


COMMANDS: list[tuple[Any, ...]] = [
    ("export", str(uuid4())),
    ("links", str(uuid4())),
    ("record", str(uuid4())),
    ("verify", str(uuid4())),
    ("verify",),
    ("purge", "--yes", str(uuid4())),
    ("backup", "copy.sqlite3"),
]


@pytest.mark.parametrize("command", COMMANDS)
async def test_where_there_is_no_database_nobody_makes_one(
    tmp_path: Path, kinboard: Typed, command: tuple[str, ...]
) -> None:
    """Most likely it was the wrong folder: an empty database would say that all is well."""
    ended = await kinboard(*command, folder=tmp_path)
    require_sentence(ended, "no database", "data/kinboard.sqlite3")
    assert left_in(tmp_path) == []


async def test_an_unknown_conference_is_said_to_be_none(tmp_path: Path, kinboard: Typed, sitting: Sitting) -> None:
    data = sitting.server.data
    for command in [command for command in COMMANDS if len(command) > 1 and command[0] != "backup"]:
        ended = await kinboard(*command, "--data", data, folder=tmp_path, **sitting.server.settings)
        require_sentence(ended, "no such conference")


async def test_the_links_of_a_running_conference_can_be_made_anew_and_work_once(
    tmp_path: Path, kinboard: Typed, sitting: Sitting
) -> None:
    """Beside the running server, as somebody would who was asked for a new link."""
    port = sitting.server.base_url.rsplit(":", 1)[1]
    settings = {"KINBOARD_PORT": port, **sitting.server.settings}
    ended = await kinboard("links", sitting.id, "--data", sitting.server.data, folder=tmp_path, **settings)
    assert ended.code == 0
    printed = json.loads(ended.said)
    assert printed["base_url"] == sitting.server.base_url
    secret = printed["seats"][0]["link"].partition("#")[2]
    async with sitting.server.client(Origin=sitting.server.base_url) as browser:
        answers = [await browser.post("/api/join", json={"secret": secret}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 404]


@pytest.mark.parametrize(
    "command", ["", "serve", "demo", "import", "export", "links", "record", "backup", "verify", "purge"]
)
async def test_every_command_explains_itself(tmp_path: Path, kinboard: Typed, command: str) -> None:
    ended = await kinboard(*[command] * bool(command), "--help", folder=tmp_path)
    assert ended.code == 0
    assert "Usage" in ended.said
    assert left_in(tmp_path) == []


async def test_only_its_owner_can_read_the_links_file(tmp_path: Path) -> None:
    demo = Demo(tmp_path, "--once")
    await demo.start()
    try:
        assert (tmp_path / "links.json").stat().st_mode & 0o077 == 0
        screen = await demo.open(demo.seats("chair")[0])
        await screen.close()
        demo.cookies.clear()
        with pytest.raises(AssertionError):
            await demo.open(demo.seats("chair")[0])
    finally:
        await demo.end()
