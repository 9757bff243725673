"""Instants are kept as text of one fixed shape, so both databases keep, hash and order the same bytes."""

from datetime import UTC, datetime


def instant_text(at: datetime) -> str:
    """`2026-11-21T10:00:00.000000+00:00`: UTC, always with microseconds. An instant without a time zone is refused."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def instant_from(text: str) -> datetime:
    return datetime.fromisoformat(text)
