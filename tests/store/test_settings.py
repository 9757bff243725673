import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import EXPECTED, Settings, SettingsError, load_settings


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("KINBOARD_")]:
        monkeypatch.delenv(name)


def test_nothing_has_to_be_set() -> None:
    settings = load_settings()
    assert settings.data == Path("data")
    assert settings.database_url == "sqlite:///data/kinboard.sqlite3"
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert (settings.link_hours, settings.session_hours, settings.metrics_token) == (24, 12, None)


def test_the_environment_goes_before_the_file_and_an_override_before_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("KINBOARD_PORT=1\nKINBOARD_HOST=file\nKINBOARD_LINK_HOURS=1\nPATH_TO_ELSEWHERE=x\n")
    monkeypatch.setenv("KINBOARD_PORT", "2")
    monkeypatch.setenv("KINBOARD_HOST", "environment")
    settings = load_settings(port=3, host=None)
    assert (settings.port, settings.host, settings.link_hours) == (3, "environment", 1)
    assert settings.base_url == "http://environment:3"


def test_the_database_stands_in_the_data_folder(tmp_path: Path) -> None:
    assert load_settings(data=tmp_path).database_url == f"sqlite:///{tmp_path}/kinboard.sqlite3"


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("https://Board.Example.org/", "https://board.example.org"),
        ("https://board.example.org:443", "https://board.example.org"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_base_url_is_written_as_browsers_write_an_origin(given: str, meant: str) -> None:
    assert load_settings(base_url=given).base_url == meant


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("PORT", "abc", "KINBOARD_PORT must be a whole number from 1 to 65535, but is 'abc'."),
        ("PORT", "0", "KINBOARD_PORT must be a whole number from 1 to 65535, but is '0'."),
        ("LINK_HOURS", "-1", "KINBOARD_LINK_HOURS must be a whole number of hours from 1 to 720, but is '-1'."),
        (
            "PROXY",
            "10.0.0.0/8 10.1",
            "KINBOARD_PROXY must be IP addresses, or networks such as 10.244.0.0/16, with blanks between them, "
            "but is '10.0.0.0/8 10.1'.",
        ),
        ("SESSION_HOURS", "1.5", "KINBOARD_SESSION_HOURS must be a whole number of hours from 1 to 720, but is '1.5'."),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_found_and_expected(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"KINBOARD_{variable}", value)
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    "url",
    ["board.example.org", "ftp://board", "https://board/path", "https://board?x", "https://u:p@board", "http://a:b"],
)
def test_a_base_url_that_is_no_origin_is_named(url: str) -> None:
    with pytest.raises(SettingsError, match="KINBOARD_BASE_URL must be the address people type"):
        load_settings(base_url=url)


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DATABASE_URL", "postgres://kin:open-sesame@host/board"), ("METRICS_TOKEN", "open-sesame")],
)
def test_a_wrong_secret_is_named_but_not_shown(monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
    monkeypatch.setenv(f"KINBOARD_{variable}", value)
    with pytest.raises(SettingsError, match=f"KINBOARD_{variable}") as told:
        load_settings()
    assert "open-sesame" not in str(told.value)
    assert told.value.__cause__ is None


def test_secrets_are_not_in_what_settings_look_like() -> None:
    settings = load_settings(
        metrics_token="open-sesame-open-sesame", database_url="postgresql+asyncpg://kin:open-sesame@host/board"
    )
    assert "open-sesame" not in f"{settings!r} {settings}"


@pytest.mark.parametrize("where", ["environment", "file"])
def test_a_misspelt_setting_is_not_silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, where: str) -> None:
    if where == "environment":
        monkeypatch.setenv("KINBOARD_PROT", "8080")
    else:
        (tmp_path / ".env").write_text("KINBOARD_PROT=8080\n")
    with pytest.raises(SettingsError) as told:
        load_settings()
    assert str(told.value) == "KINBOARD_PROT is not a setting of Kinboard; the nearest one is KINBOARD_PORT."


def test_secrets_may_lie_in_files_of_a_folder_and_a_variable_goes_before_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As container platforms and systemd hand them in."""
    folder = tmp_path / "secrets"
    folder.mkdir()
    monkeypatch.setenv("KINBOARD_SECRETS", str(folder))
    (folder / "KINBOARD_METRICS_TOKEN").write_text("open-sesame-open-sesame\n")
    (folder / "kinboard_database_url").write_text("postgresql+asyncpg://kin:open-sesame@host/board\n")
    (folder / "KINBOARD_PORT").write_text("9")
    (folder / "postgres_password").write_text("somebody else's")
    monkeypatch.setenv("KINBOARD_PORT", "10")
    settings = load_settings()
    assert settings.metrics_token
    assert settings.metrics_token.get_secret_value() == "open-sesame-open-sesame"
    assert (settings.database_url, settings.port) == ("postgresql+asyncpg://kin:open-sesame@host/board", 10)
    assert "open-sesame" not in f"{settings!r} {settings}"


def test_a_secret_that_cannot_be_used_is_not_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    monkeypatch.setenv("KINBOARD_SECRETS", str(folder))
    with pytest.raises(SettingsError, match="KINBOARD_SECRETS must be the path of a folder that is there, but is"):
        load_settings()
    folder.mkdir()
    (folder / "KINBOARD_METRICS_TOKE").write_text("open-sesame-open-sesame")
    with pytest.raises(SettingsError, match="KINBOARD_METRICS_TOKE is not a setting of Kinboard"):
        load_settings()
    (folder / "KINBOARD_METRICS_TOKE").rename(tmp_path / "token")
    (folder / "KINBOARD_METRICS_TOKEN").symlink_to(tmp_path / "token")
    with pytest.raises(SettingsError, match="each must be text and no link to elsewhere"):
        load_settings()
    (folder / "KINBOARD_METRICS_TOKEN").unlink()
    (folder / "KINBOARD_METRICS_TOKEN").write_text("short")
    with pytest.raises(SettingsError, match="KINBOARD_METRICS_TOKEN must be a word of at least 16") as told:
        load_settings()
    assert "short" not in str(told.value)


def test_a_setting_left_empty_counts_as_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KINBOARD_METRICS_TOKEN", "")
    assert load_settings().metrics_token is None


def test_settings_do_not_change_once_they_are_read() -> None:
    with pytest.raises(ValidationError):
        load_settings().port = 1  # type: ignore[misc]


def test_what_is_expected_is_said_for_every_setting() -> None:
    assert set(EXPECTED) == set(Settings.model_fields)
