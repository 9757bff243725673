"""Rubbish by the thousand: nothing changes, nobody but its sender is disconnected, and memory stays what it was."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
import websockets
from websockets.typing import Origin

from app.store.log import EventLog
from tests.cast import CHAIR, NURSE, OBSERVER
from tests.realtime.acts import point
from tests.realtime.server import Sitting
from tests.realtime.test_bad_frames import NO_FRAMES, answer, sent

MOST_MEGABYTES_MORE = 24
ANSWERED = ('"type":"error"', '"type":"refused"')
VALID = [
    sent("add_item", **point("x" * 200)),
    answer(),
    sent("raise_hand", on=True),
    sent("set_phase", phase="closing"),
]
PIECES = ["{", "}", "[", "]", '"', "\\", "\\u0000", "\ud7ff", "null", "1e999", "-0", '"id":', '"type":', "\x00", "​"]


def rubbish(seed: int, how_many: int) -> Iterator[str | bytes]:
    """Frames that are nearly right, cut, doubled, swapped and sprinkled; the same for the same seed."""
    dice = random.Random(seed)
    known = VALID + [frame for frame, _, _ in NO_FRAMES.values() if isinstance(frame, str)]
    for _ in range(how_many):
        text = dice.choice(known)
        for _ in range(dice.randint(1, 6)):
            at, to = sorted(dice.choices(range(len(text) + 1), k=2))
            match dice.randrange(5):
                case 0:
                    text = text[:at] + text[to:]
                case 1:
                    text = (text[:to] + text[at:])[:20_000]
                case 2:
                    text = text[:at] + dice.choice(PIECES) + text[at:]
                case 3:
                    text = text[:at] + text[at:to][::-1] + text[to:]
                case _:
                    text = text[:at] + dice.choice(known)[: dice.randint(1, 400)] + text[to:]
        yield text.encode(errors="replace") if dice.random() < 0.1 else text.encode(errors="replace").decode()


def megabytes(pid: int) -> float:
    (line,) = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS:")]
    return int(line.split()[1]) / 1024


async def require_unmoved(sitting: Sitting, seed: int, how_many: int) -> None:
    """Sent by somebody who may watch and do nothing, so that what is right by chance changes nothing either."""
    chair, nurse = await sitting.begin(CHAIR, NURSE)
    assert sitting.server.database
    log = EventLog(sitting.server.database)
    cookie, origin = await sitting.join(OBSERVER), Origin(sitting.server.base_url)
    before = await log.read(sitting.id)  # with their coming in
    frames, socket, warm, opened = rubbish(seed, how_many), None, 0.0, 0
    codes: set[int | None] = set()
    for number, frame in enumerate(frames):
        if number == how_many // 5:
            warm = megabytes(sitting.server.pid)
        try:
            if socket is None:
                opened += 1
                socket = await websockets.connect(
                    sitting.url,
                    origin=origin,
                    additional_headers={"Cookie": cookie},
                    compression=None,
                )
            await socket.send(frame)
            while not str(await socket.recv()).startswith(tuple("{" + each for each in ANSWERED)):
                pass
        except websockets.ConnectionClosed as closed:
            codes.add(closed.rcvd.code if closed.rcvd else None)
            socket = None
    if socket is not None:
        await socket.close()
    assert codes <= {1007, 1008, 1009}
    assert opened > how_many / 30, "it was let go again and again"
    assert await log.read(sitting.id) == before
    for screen in (chair, nurse):
        assert screen.code is None
        await screen.settle()
    assert megabytes(sitting.server.pid) - warm < MOST_MEGABYTES_MORE
    await chair.does("add_item", **point("And the meeting goes on."))


async def test_five_hundred_frames_of_rubbish_change_nothing(sitting: Sitting) -> None:
    await require_unmoved(sitting, seed=1, how_many=500)


@pytest.mark.soak
async def test_ten_thousand_frames_of_rubbish_change_nothing(sitting: Sitting) -> None:
    await require_unmoved(sitting, seed=2, how_many=10_000)
