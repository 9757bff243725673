"""Keys: one for each conference, wrapped by the master key, in a folder that is no part of the database or its copies.

So a conference is gone for good once its key is destroyed, from every copy of the database that there is.
"""

import base64
import binascii
import json
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.store.seal import NONCE_BYTES, Seal
from app.store.unavailable import StoreUnavailable

KEY_BYTES = 32
DESTROYED = "destroyed"  # the ids of keys that must never come back, a line each
SUFFIX = ".key"


class KeyGone(Exception):
    """This conference cannot be read any more, by anybody: its key was destroyed, or is not in the folder of keys."""


class MasterKey:
    """Opens the others. It is given, or stands in a file, which is made when the first key is."""

    def __init__(self, file: Path, given: str | None = None) -> None:
        self.file = file
        self.given = given

    def read(self, *, may_make: bool = False) -> bytes:
        """Raises `StoreUnavailable` if there is none, or it is no key."""
        if self.given is not None:
            return _key_in(self.given, "KINBOARD_MASTER_KEY")
        with suppress(FileNotFoundError):
            return _key_in(self.file.read_text(), str(self.file))
        if not may_make:
            raise StoreUnavailable(
                f"The master key is not at {self.file}, and without it nobody can read what the database holds."
            )
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):  # another process was quicker
            write_new(self.file, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
        return _key_in(self.file.read_text(), str(self.file))


class Keys:
    def __init__(self, folder: Path, master: MasterKey) -> None:
        self.folder = folder
        self.master = master
        self._known: dict[str, Seal] = {}

    def make(self) -> Seal:
        """A new key, on disk before anything is sealed with it."""
        master, key, id = self._master(may_make=not self.ids()), secrets.token_bytes(KEY_BYTES), secrets.token_hex(16)
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_new(self._file(id), _wrapped(id, key, master))
        self._known[id] = Seal(id, key)
        return self._known[id]

    def forget(self, id: str) -> None:
        """A key that was made and never used."""
        self._known.pop(id, None)
        self._file(id).unlink()

    def seal(self, id: str) -> Seal:
        """Raises `KeyGone`, or `StoreUnavailable` if the master key is not the one that wrapped it."""
        if id not in self._known:
            self._known[id] = Seal(id, self._unwrapped(id, self._master()))
        return self._known[id]

    def require(self, ids: Iterable[str]) -> None:
        """Raises `StoreUnavailable` with a sentence if what is sealed with these cannot be read at all."""
        there = [id for id in ids if id not in self.destroyed()]
        if not there:
            return
        self._master()
        held = [id for id in there if self._file(id).exists()]
        if not held:
            raise StoreUnavailable(
                f"The keys of the conferences are not in {self.folder}, and without them nobody can read the database."
            )
        for id in held:
            self.seal(id)

    def destroy(self, id: str) -> None:
        """For good. It is written down first, so that a copy of the folder cannot bring it back unnoticed."""
        self._known.pop(id, None)
        if id not in self.destroyed():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(
                os.open(self.folder / DESTROYED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "wb"
            ) as gone:
                gone.write(id.encode() + b"\n")
                _flush(gone)
        file = self._file(id)
        if file.exists():
            with file.open("r+b") as over:
                over.write(secrets.token_bytes(file.stat().st_size))
                _flush(over)
            file.unlink()
            flush_folder(self.folder)

    def destroyed(self) -> frozenset[str]:
        try:
            return frozenset((self.folder / DESTROYED).read_text().split())
        except FileNotFoundError:
            return frozenset()

    def ids(self) -> list[str]:
        return sorted(file.stem for file in self.folder.glob(f"*{SUFFIX}"))

    def rewrap(self, new: MasterKey) -> int:
        """Wrap every key with another master key; how many. Once more after a crash finishes the work."""
        old, master, done = self._master(), new.read(may_make=True), 0
        for id in self.ids():
            if _master_of(self._file(id)) != id_of(master):
                replace_file(self._file(id), _wrapped(id, self._unwrapped(id, old), master))
                done += 1
        return done

    def copy_to(self, folder: Path) -> tuple[int, int]:
        """Bring a second folder in line with this one: how many keys were added, and how many destroyed there."""
        other, gone = Keys(folder, self.master), self.destroyed()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = set(other.ids())
        for id in gone & there:
            other.destroy(id)
        for id in self.ids():
            if not (other._file(id).exists() and other._file(id).read_bytes() == self._file(id).read_bytes()):
                replace_file(other._file(id), self._file(id).read_bytes())
        replace_file(folder / DESTROYED, "".join(f"{id}\n" for id in sorted(gone | other.destroyed())).encode())
        return len(set(self.ids()) - there), len(gone & there)

    def _master(self, *, may_make: bool = False) -> bytes:
        return self.master.read(may_make=may_make)

    def _file(self, id: str) -> Path:
        return self.folder / f"{id}{SUFFIX}"

    def _unwrapped(self, id: str, master: bytes) -> bytes:
        if id in self.destroyed():
            raise KeyGone(id)
        try:
            written = json.loads(self._file(id).read_bytes())
            if written["master"] != id_of(master):
                raise StoreUnavailable(
                    "The master key is not the one with which the keys of the conferences were wrapped."
                )
            return AESGCM(master).decrypt(bytes.fromhex(written["nonce"]), bytes.fromhex(written["key"]), _bound(id))
        except FileNotFoundError:
            raise KeyGone(id) from None
        except (ValueError, KeyError, TypeError, InvalidTag):
            raise StoreUnavailable(f"The key at {self._file(id)} is damaged.") from None


def keys_beside(file: Path) -> Keys:
    """Where an installation that names no place keeps them: beside the database, not inside."""
    return Keys(file.parent / "keys", MasterKey(file.parent / "master.key"))


def id_of(master: bytes) -> str:
    """Says which master key it was, and nothing of what it is."""
    return sha256(b"kinboard master key 1\n" + master).hexdigest()[:16]


def _wrapped(id: str, key: bytes, master: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(master).encrypt(nonce, key, _bound(id))
    written = {"format": "kinboard-key/1", "master": id_of(master), "nonce": nonce.hex(), "key": sealed.hex()}
    return json.dumps(written).encode()


def _bound(id: str) -> bytes:
    return b"kinboard key 1\n" + id.encode()


def _master_of(file: Path) -> str:
    return str(json.loads(file.read_bytes())["master"])


def _key_in(text: str, where: str) -> bytes:
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreUnavailable(f"{where} holds no master key: that is 32 random bytes as base64 (44 characters).")
    return key


def write_new(file: Path, content: bytes) -> None:
    """Whole, flushed and for its owner alone, or not at all. Raises FileExistsError."""
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    _write(part, content)
    try:
        os.link(part, file)
    finally:
        part.unlink()
    flush_folder(file.parent)


def replace_file(file: Path, content: bytes) -> None:
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    _write(part, content)
    part.replace(file)
    flush_folder(file.parent)


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
        opened.write(content)
        _flush(opened)


def _flush(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """A file's new name is flushed with its folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
