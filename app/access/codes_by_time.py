"""The second factor of a password: six digits that an app works out from a shared secret and the time (RFC 6238)."""

import hmac
import secrets
from base64 import b32encode
from datetime import datetime
from hashlib import sha1
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6


def new_code_secret() -> bytes:
    return secrets.token_bytes(20)


def code_at(secret: bytes, step: int) -> str:
    """RFC 4226, 5.3: four bytes of the sum, found by its own last half byte."""
    whole = hmac.new(secret, step.to_bytes(8, "big"), sha1).digest()
    at = whole[-1] & 15
    number = int.from_bytes(whole[at : at + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(secret: bytes, code: str, now: datetime, after: int) -> int | None:
    """The step to which this code belongs, now or one to either side; none that is not later than `after` counts."""
    this = int(now.timestamp()) // STEP_SECONDS
    found = [
        step
        for step in (this - 1, this, this + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), code.encode(errors="replace"))
    ]
    return next((step for step in found if step > after), None)


def address_for_apps(secret: bytes, sign_in_name: str) -> str:
    """What an authenticator app reads from a QR code, or opens from a link."""
    known = urlencode({"secret": spelled(secret), "issuer": "Kinboard"})
    return f"otpauth://totp/Kinboard:{quote(sign_in_name)}?{known}"


def spelled(secret: bytes) -> str:
    return b32encode(secret).decode().rstrip("=")
