"""What an installation may choose, read from the environment (`KINBOARD_…`) or a `.env` file and checked at start."""

import os
import warnings
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as SourceError

PREFIX = "KINBOARD_"
SECRETS = "KINBOARD_SECRETS"
# addresses may hold passwords
NEVER_SHOWN = {
    "metrics_token",
    "master_key",
    "oidc_client_secret",
    "database_url",
    "bell",
}

EXPECTED = {
    "secrets": "the path of a folder that is there",
    "data": "the path of a folder",
    "database_url": "sqlite:///<path of a file> or postgresql+asyncpg://<user>:<password>@<host>/<database>",
    "bell": "postgres, nats://<host> or valkey://<host>",
    "host": "a host name or an IP address",
    "port": "a whole number from 1 to 65535",
    "base_url": "the address people type, such as https://board.example.org, without a path",
    "metrics_token": "a word of at least 16 characters",
    "link_hours": "a whole number of hours from 1 to 720",
    "session_hours": "a whole number of hours from 1 to 720",
    "confirm_minutes": "a whole number of minutes from 5 to 720",
    "areas": "the path of a folder",
    "hosts": "host names with blanks between them",
    "proxy": "IP addresses, or networks such as 10.244.0.0/16, with blanks between them",
    "keys": "the path of a folder",
    "master_key": "32 random bytes as base64 (44 characters)",
    "master_key_file": "the path of a file",
    "language": "the code of a language: en, cy, pl, ur, ro or ar",
    "sign_in": "one or more of passkey, password and oidc, with commas between them",
    "oidc_issuer": "the address of a provider over https, such as https://login.microsoftonline.com/<tenant>/v2.0",
    "oidc_client_id": "what the provider calls this installation",
    "oidc_client_secret": "what the provider gave this installation to know it by",
}
WAYS_IN = ("passkey", "password", "oidc")


class SettingsError(Exception):
    """One sentence: which setting, what was found, what was expected. Never holds a secret."""


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    secrets: Path | None = None
    data: Path = Path("data")
    database_url: str = Field(default_factory=lambda found: sqlite_url(found["data"]), repr=False)
    bell: str | None = Field(default=None, pattern=r"^(postgres|nats://.+|valkeys?://.+)$", repr=False)
    host: str = Field(default="127.0.0.1", min_length=1)
    port: int = Field(default=8000, ge=1, le=65535)
    base_url: str = Field(default_factory=lambda found: origin(found["host"], found["port"]))
    metrics_token: SecretStr | None = Field(default=None, min_length=16)
    link_hours: int = Field(default=24, ge=1, le=720)
    session_hours: int = Field(default=12, ge=1, le=720)
    confirm_minutes: int = Field(default=15, ge=5, le=720)
    areas: Path | None = None
    hosts: str | None = Field(default=None, pattern=r"^[a-z0-9.: -]*$")
    proxy: str = Field(default="127.0.0.1 ::1", pattern=r"^[0-9a-f.:/ ]*$")
    keys: Path = Field(default_factory=lambda found: found["data"] / "keys")
    master_key: SecretStr | None = Field(default=None, min_length=44, max_length=44)
    master_key_file: Path = Field(default_factory=lambda found: found["data"] / "master.key")
    language: str = Field(default="en", pattern=r"^(en|cy|pl|ur|ro|ar)$")
    sign_in: str = "passkey,password"
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None

    @property
    def ways_in(self) -> tuple[str, ...]:
        return tuple(each.strip() for each in self.sign_in.split(","))

    @field_validator("sign_in")
    @classmethod
    def names_ways_in(cls, ways: str) -> str:
        if not {each.strip() for each in ways.split(",")} <= set(WAYS_IN):
            raise ValueError(EXPECTED["sign_in"])
        return ways

    @field_validator("proxy")
    @classmethod
    def are_addresses(cls, proxies: str) -> str:
        for each in proxies.split():
            ip_network(each)  # raises ValueError
        return proxies

    @field_validator("oidc_issuer")
    @classmethod
    def is_safe_to_ask(cls, issuer: str | None) -> str | None:
        """What it says lets people in: over http only on this very machine."""
        parts = urlsplit(issuer or "https://unset")
        if parts.scheme != "https" and parts.hostname not in ("localhost", "127.0.0.1"):
            raise ValueError(EXPECTED["oidc_issuer"])
        return issuer

    @model_validator(mode="after")
    def knows_its_provider(self) -> Self:
        if "oidc" in self.ways_in and not (self.oidc_issuer and self.oidc_client_id):
            raise PydanticCustomError("incomplete", "oidc_issuer")
        return self

    @field_validator("database_url")
    @classmethod
    def names_a_database_we_speak(cls, url: str) -> str:
        is_file = url.startswith("sqlite:///") and url.removeprefix("sqlite:///") not in ("", ":memory:")
        if not is_file and not url.startswith("postgresql+asyncpg://"):
            raise ValueError(EXPECTED["database_url"])
        return url

    @field_validator("base_url")
    @classmethod
    def is_an_origin(cls, url: str) -> str:
        """The browser's `Origin` is compared with it, so it must be written as browsers write it."""
        parts = urlsplit(url)
        beyond = parts.path.rstrip("/") or parts.query or parts.fragment or parts.username or parts.password
        if parts.scheme not in ("http", "https") or not parts.hostname or beyond:
            raise ValueError(EXPECTED["base_url"])
        return origin(parts.hostname, parts.port, parts.scheme)


def load_settings(**overrides: Any) -> Settings:
    """The settings in force; an override of None counts as not given. Raises `SettingsError`."""
    given = {name: value for name, value in overrides.items() if value is not None}
    folder = secrets_folder()
    for name in [*given_variables(), *secrets_in(folder), *(PREFIX + name.upper() for name in given)]:
        require_known(name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)  # a secret that is passed over would leave a default in force
            return Settings(**given, _secrets_dir=folder)
    except ValidationError as invalid:
        raise SettingsError(sentence_for(invalid)) from None  # the cause would show what was found, secrets too
    except SourceError:
        raise SettingsError(f"A file in {folder} cannot be read: each must be text and no link to elsewhere.") from None


def given_variables() -> list[str]:
    """Every KINBOARD_ variable of the environment and of `.env`, also those we do not know."""
    return [name.upper() for name in (*os.environ, *in_file()) if name.upper().startswith(PREFIX)]


def in_file() -> Mapping[str, str | None]:
    return DotEnvSettingsSource(Settings).env_vars


def secrets_folder() -> Path | None:
    """Where each file is a setting: its name the variable's, what it holds the value."""
    named = os.environ.get(SECRETS) or in_file().get(SECRETS.lower())
    if not named:
        return None
    if not Path(named).is_dir():
        raise SettingsError(f"{SECRETS} must be {EXPECTED['secrets']}, but is {named!r}.")
    return Path(named)


def secrets_in(folder: Path | None) -> list[str]:
    names = [file.name.upper() for file in folder.iterdir()] if folder else []
    return [name for name in names if name.startswith(PREFIX)]


def require_known(variable: str) -> None:
    """A typo in a setting must not be silent: the default it leaves in force may be the unsafe one."""
    known = [PREFIX + field.upper() for field in Settings.model_fields]
    if variable not in known:
        nearest = get_close_matches(variable, known, n=1, cutoff=0.0)[0]
        raise SettingsError(f"{variable} is not a setting of Kinboard; the nearest one is {nearest}.")


def sentence_for(invalid: ValidationError) -> str:
    """About the first thing that is wrong; the others show themselves once it is right."""
    error = invalid.errors(include_url=False)[0]
    if error["type"] == "incomplete":
        return f"{PREFIX}SIGN_IN names oidc, which needs {PREFIX}OIDC_ISSUER and {PREFIX}OIDC_CLIENT_ID as well."
    field = str(error["loc"][0])
    found = "something else" if field in NEVER_SHOWN else repr(str(error["input"]))
    return f"{PREFIX}{field.upper()} must be {EXPECTED[field]}, but is {found}."


def sqlite_url(data: Path) -> str:
    return f"sqlite:///{data / 'kinboard.sqlite3'}"


def origin(host: str, port: int | None, scheme: str = "http") -> str:
    """Written as browsers write it: lower case, no port where it is the usual one, brackets around IPv6."""
    host = f"[{host}]" if ":" in host else host.lower()
    usual = {"http": 80, "https": 443}[scheme]
    return f"{scheme}://{host}" if port in (None, usual) else f"{scheme}://{host}:{port}"
