"""What somebody might do to a record or to a log: by hand in the file, or with a program that knows its form."""

import copy
import json
from collections.abc import Callable, Iterator
from random import Random
from types import SimpleNamespace
from typing import Any

from app.records.record_json import canonical

Path = tuple[str | int, ...]
HASHES = ("body_hash", "salt", "commitment", "previous_hash", "hash")


# ---- in the bytes


def flips_a_bit(file: bytes, random: Random) -> bytes:
    at = random.randrange(len(file))
    return file[:at] + bytes([file[at] ^ 1 << random.randrange(8)]) + file[at + 1 :]


def takes_bytes_out(file: bytes, random: Random) -> bytes:
    at = random.randrange(len(file))
    return file[:at] + file[at + random.randrange(1, 40) :]


def puts_bytes_in(file: bytes, random: Random) -> bytes:
    at = random.randrange(len(file) + 1)
    return file[:at] + random.choice([b" ", b"\n", b"0", b"not ", random.randbytes(3)]) + file[at:]


def cuts_the_end_off(file: bytes, random: Random) -> bytes:
    return file[: random.randrange(len(file))]


def exchanges_two_places(file: bytes, random: Random) -> bytes:
    one, other = sorted(random.sample(range(len(file) - 8), 2))
    first, second = file[one : one + 8], file[other : other + 8]
    return (file[:one] + second + file[one + 8 :])[:other] + first + file[other + 8 :]


def saves_it_again(file: bytes, random: Random) -> bytes:
    """As an editor would, with every word as it was."""
    return json.dumps(json.loads(file), indent=random.choice([None, 1, 2]), ensure_ascii=random.random() < 0.5).encode()


# ---- in what it says, written down again as records are


def _rewritten(change: Callable[[Any, Random], object]) -> Callable[[bytes, Random], bytes]:
    def edit(file: bytes, random: Random) -> bytes:
        whole = json.loads(file)
        change(whole, random)
        return canonical(whole)

    edit.__name__ = change.__name__
    return edit


def _leaves(part: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(part, dict | list) and part:
        for key, each in part.items() if isinstance(part, dict) else enumerate(part):
            yield from _leaves(each, (*path, key))
    else:
        yield path


def _place(whole: Any, random: Random) -> tuple[Any, Any]:
    """Some leaf: of the record as often as of its chain, which is far longer."""
    part = random.choice([key for key in whole if isinstance(whole[key], dict)])
    path = random.choice(list(_leaves(whole[part])))
    place = whole[part]
    for key in path[:-1]:
        place = place[key]
    return place, path[-1]


def _other(value: Any, random: Random) -> Any:
    if isinstance(value, bool) or value is None:
        return not value
    if isinstance(value, int):
        return random.choice([value + 1, value - 1, float(value), str(value)])
    if isinstance(value, str):
        at = random.randrange(len(value) + 1)
        return random.choice([value[:at] + random.choice("0aé ☃") + value[at:], value[:at] + "~" + value[at + 1 :], 7])
    return None


def changes_a_value(whole: Any, random: Random) -> None:
    place, key = _place(whole, random)
    place[key] = _other(place[key], random)


def takes_a_value_out(whole: Any, random: Random) -> None:
    place, key = _place(whole, random)
    del place[key]


def puts_a_value_in(whole: Any, random: Random) -> None:
    place, _ = _place(whole, random)
    if isinstance(place, list):
        place.insert(random.randrange(len(place) + 1), random.choice(["x", 0, None, {}]))
    else:
        place[f"more{random.randrange(9)}"] = random.choice(["x", 0, None, {}])


def takes_a_row_out(whole: Any, random: Random) -> None:
    del whole["chain"]["rows"][random.randrange(len(whole["chain"]["rows"]))]


def takes_a_row_out_and_counts_anew(whole: Any, random: Random) -> None:
    takes_a_row_out(whole, random)
    for seq, row in enumerate(whole["chain"]["rows"], start=1):
        row["seq"] = seq
    last = whole["chain"]["rows"][-1]
    whole["chain"]["head"] = {"seq": last["seq"], "hash": last["hash"]}


def puts_a_row_in(whole: Any, random: Random) -> None:
    rows = whole["chain"]["rows"]
    rows.insert(random.randrange(len(rows) + 1), copy.deepcopy(random.choice(rows)))


def exchanges_two_rows(whole: Any, random: Random) -> None:
    rows = whole["chain"]["rows"]
    one, other = random.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]


def _another_hash(text: str, random: Random) -> str:
    at = random.randrange(len(text))
    return text[:at] + random.choice([digit for digit in "0123456789abcdef" if digit != text[at]]) + text[at + 1 :]


def changes_a_hash(whole: Any, random: Random) -> None:
    row, name = random.choice(whole["chain"]["rows"]), random.choice(HASHES)
    row[name] = _another_hash(row[name], random)


def changes_the_head(whole: Any, random: Random) -> None:
    head = whole["chain"]["head"]
    seq, hash = head["seq"], head["hash"]
    others = [{"seq": seq + 1}, {"seq": seq - 1}, {"seq": float(seq)}, {"hash": _another_hash(hash, random)}, {"x": 0}]
    whole["chain"]["head"] = head | random.choice(others)


def adds_to_the_chain(whole: Any, random: Random) -> None:
    whole["chain"][f"more{random.randrange(9)}"] = 0


def exchanges_two_bodies(whole: Any, random: Random) -> None:
    one, other = random.sample(whole["chain"]["rows"], 2)
    for name in ("body", "salt", "commitment"):
        one[name], other[name] = other[name], one[name]


def cuts_rows_off_and_moves_the_head(whole: Any, random: Random) -> None:
    rows = whole["chain"]["rows"]
    del rows[random.randrange(1, len(rows)) :]
    whole["chain"]["head"] = {"seq": rows[-1]["seq"], "hash": rows[-1]["hash"]}


def names_another_conference(whole: Any, random: Random) -> None:
    whole["chain"]["conference"] = f"another-{random.randrange(9)}"


IN_BYTES = (
    flips_a_bit,
    takes_bytes_out,
    puts_bytes_in,
    cuts_the_end_off,
    exchanges_two_places,
    saves_it_again,
)
IN_WORDS = tuple(_rewritten(change) for change in (changes_a_value, takes_a_value_out, puts_a_value_in))
IN_CHAIN = tuple(
    _rewritten(change)
    for change in (
        takes_a_row_out,
        takes_a_row_out_and_counts_anew,
        puts_a_row_in,
        exchanges_two_rows,
        exchanges_two_bodies,
        changes_a_hash,
        changes_the_head,
        adds_to_the_chain,
        cuts_rows_off_and_moves_the_head,
        names_another_conference,
    )
)


# ---- in the log, by somebody with a database tool. Each changes the list and hands back the head.

Edit = Callable[[list[Any], Any, Random], Any]
COLUMNS = ("seq", "command_id", "person_id", "at", "body_hash", "body", "salt", "commitment", "previous_hash", "hash")


def changes_a_column(links: list[Any], head: Any, random: Random) -> Any:
    at, column = random.randrange(len(links)), random.choice(COLUMNS)
    value = getattr(links[at], column)
    if isinstance(value, bytes):
        value = flips_a_bit(value, random)
    else:
        value = value + random.choice([1, -1]) if isinstance(value, int) else value + random.choice("0 ~")
    links[at] = SimpleNamespace(**vars(links[at]) | {column: value})
    return head


def deletes_a_row(links: list[Any], head: Any, random: Random) -> Any:
    del links[random.randrange(len(links))]
    return head


def deletes_a_row_and_counts_anew(links: list[Any], head: Any, random: Random) -> Any:
    del links[random.randrange(len(links) - 1)]
    links[:] = [SimpleNamespace(**vars(link) | {"seq": seq}) for seq, link in enumerate(links, start=1)]
    return links[-1]


def repeats_a_row(links: list[Any], head: Any, random: Random) -> Any:
    at = random.randrange(len(links))
    links.insert(random.randrange(len(links) + 1), links[at])
    return head


def exchanges_rows(links: list[Any], head: Any, random: Random) -> Any:
    one, other = random.sample(range(len(links)), 2)
    numbers = links[one].seq, links[other].seq
    links[one], links[other] = (
        SimpleNamespace(**vars(link) | {"seq": seq})
        for link, seq in zip((links[other], links[one]), numbers, strict=True)
    )
    return head


def cuts_the_log_off(links: list[Any], head: Any, random: Random) -> Any:
    del links[random.randrange(len(links)) :]
    return head


def moves_the_head(links: list[Any], head: Any, random: Random) -> Any:
    changed = random.choice([{"seq": head.seq + random.choice([1, -1])}, {"hash": flips_a_bit(head.hash, random)}])
    return SimpleNamespace(**vars(head) | changed)


IN_LOG: tuple[Edit, ...] = (
    changes_a_column,
    deletes_a_row,
    deletes_a_row_and_counts_anew,
    repeats_a_row,
    exchanges_rows,
    cuts_the_log_off,
    moves_the_head,
)
