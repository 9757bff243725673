"""Keys lie outside the database, are wrapped by the master key, and never come back once destroyed."""

import base64
from pathlib import Path

import pytest

from app.store.keys import DESTROYED, KeyGone, Keys, MasterKey, keys_beside
from app.store.seal import SealBroken
from app.store.unavailable import StoreUnavailable

ANOTHER = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return keys_beside(tmp_path / "kinboard.sqlite3")


def again(keys: Keys, master: MasterKey | None = None) -> Keys:
    """As another process finds them."""
    return Keys(keys.folder, master or keys.master)


def test_what_was_sealed_is_opened_in_its_own_place_and_in_no_other(keys: Keys) -> None:
    seal = keys.make()
    closed = seal.close(b"c 1", b"what a family said")
    assert b"family" not in closed
    assert again(keys).seal(seal.id).open(b"c 1", closed) == b"what a family said"
    for place, bytes_found in [(b"c 2", closed), (b"c 1", closed[:-1]), (b"c 1", b""), (b"c 1", closed[:20] + closed)]:
        with pytest.raises(SealBroken):
            seal.open(place, bytes_found)
    with pytest.raises(SealBroken):
        keys.make().open(b"c 1", closed)


def test_the_same_words_never_look_the_same(keys: Keys) -> None:
    seal = keys.make()
    assert len({seal.close(b"", b"yes")[:12] for _ in range(1000)}) == 1000


def test_only_its_owner_can_read_a_key_and_no_file_holds_one_in_the_clear(keys: Keys, tmp_path: Path) -> None:
    keys.make()
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert sorted(file.suffix for file in files) == [".key", ".key"]
    assert [file for file in (*files, keys.folder) if file.stat().st_mode & 0o077] == []
    assert set(keys.folder.iterdir()).isdisjoint({keys.master.file})


def test_a_missing_or_wrong_master_key_is_told_in_a_sentence(keys: Keys, tmp_path: Path) -> None:
    id = keys.make().id
    with pytest.raises(StoreUnavailable, match="not the one with which"):
        again(keys, MasterKey(tmp_path / "none", ANOTHER)).require([id])
    with pytest.raises(StoreUnavailable, match=r"master key is not at .*none"):
        again(keys, MasterKey(tmp_path / "none")).require([id])
    with pytest.raises(StoreUnavailable, match=r"not at .*none"):
        again(keys, MasterKey(tmp_path / "none")).make()
    assert not (tmp_path / "none").exists()
    for wrong in ("", "open-sesame", ANOTHER[:-4], "ä" * 44):
        with pytest.raises(StoreUnavailable, match="holds no master key") as told:
            again(keys, MasterKey(tmp_path / "none", wrong)).require([id])
        assert wrong == "" or wrong not in str(told.value)
    with pytest.raises(StoreUnavailable, match="keys of the conferences are not in"):
        Keys(tmp_path / "elsewhere", keys.master).require([id])


def test_a_damaged_or_exchanged_key_is_told(keys: Keys) -> None:
    one, two = keys.make().id, keys.make().id
    file = keys.folder / f"{one}.key"
    for content in (b"", b"{}", b"[]", (keys.folder / f"{two}.key").read_bytes()):
        file.write_bytes(content)
        with pytest.raises(StoreUnavailable, match="is damaged"):
            again(keys).seal(one)


def test_a_destroyed_key_is_gone_also_when_somebody_puts_it_back(keys: Keys) -> None:
    id = keys.make().id
    file = keys.folder / f"{id}.key"
    kept = file.read_bytes()
    keys.destroy(id)
    keys.destroy(id)
    assert (keys.folder / DESTROYED).read_text() == f"{id}\n"
    file.write_bytes(kept)
    for each in (keys, again(keys)):
        with pytest.raises(KeyGone):
            each.seal(id)
    again(keys).require([id])


def test_with_a_new_master_key_the_old_one_opens_nothing(keys: Keys, tmp_path: Path) -> None:
    ids = [keys.make().id for _ in range(3)]
    closed = keys.seal(ids[0]).close(b"", b"said")
    new = MasterKey(tmp_path / "new.key")
    assert keys.rewrap(new) == 3
    assert again(keys, new).seal(ids[0]).open(b"", closed) == b"said"
    with pytest.raises(StoreUnavailable, match="not the one"):
        again(keys).seal(ids[0])
    assert again(keys).rewrap(new) == 0


def test_a_second_folder_gets_what_is_new_and_loses_what_was_destroyed(keys: Keys, tmp_path: Path) -> None:
    kept, purged = keys.make().id, keys.make().id
    folder = tmp_path / "safe"
    assert keys.copy_to(folder) == (2, 0)
    keys.destroy(purged)
    assert keys.copy_to(folder) == (0, 1)
    assert Keys(folder, keys.master).ids() == [kept]
    with pytest.raises(KeyGone):
        Keys(folder, keys.master).seal(purged)
