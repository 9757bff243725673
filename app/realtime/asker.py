"""Whoever sent a command, and how they are answered."""

import asyncio

from .connection import Connection
from .protocol import Frame
from .turn import Answer

Asker = Connection | asyncio.Future[Answer]  # a screen, or a page of ours that waits


def keep(asker: Asker, answer: Answer, frame: Frame) -> None:
    """What was decided is answered together with the view that shows it."""
    if isinstance(asker, asyncio.Future):
        settle(asker, answer)
    else:
        asker.keep_answer(frame)


def reply(asker: Asker, answer: Answer, frame: Frame) -> None:
    if isinstance(asker, asyncio.Future):
        settle(asker, answer)
    else:
        asker.answer(frame)


def settle(waiting: asyncio.Future[Answer], answer: Answer) -> None:
    if not waiting.done():  # whoever waited may have gone away
        waiting.set_result(answer)
