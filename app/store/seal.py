"""A conference's seal: AES-256-GCM under its own key, bound to what it seals and where that stands."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.store.chain import prefixed

NONCE_BYTES = 12
SALT_BYTES = 16


class SealBroken(Exception):
    """What was sealed is not what stands there now, or stands in another place."""


class Seal:
    """`id` names the key. Each nonce is random: a conference seals thousands of times, not billions."""

    def __init__(self, id: str, key: bytes) -> None:
        self.id = id
        self._cipher = AESGCM(key)

    def close(self, place: bytes, content: bytes) -> bytes:
        """`place` is where it will stand, such as the conference and the number of a row."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, place)

    def open(self, place: bytes, closed: bytes) -> bytes:
        """Raises `SealBroken`."""
        try:
            return self._cipher.decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], place)
        except (InvalidTag, ValueError):
            raise SealBroken from None


def place_of(conference_id: str, seq: int) -> bytes:
    """Where a row of a log stands."""
    return prefixed([b"kinboard log 1", conference_id.encode(), str(seq).encode()])
