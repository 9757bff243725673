"""Orca, the screen reader, on a display and a bus of its own, and all that it says.

What is heard here is what Orca gives to its voice, word for word; the voice itself is left out. Keys are pressed on the
display, as a keyboard does, so that Orca takes those that are its own.
"""

import asyncio
import json
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

NEEDED = ("orca", "Xvfb", "dbus-daemon", "xdotool", "chromium")
BUS_OF_ACCESSIBILITY = "/usr/libexec/at-spi-bus-launcher"
SAY_WHERE = ("Xvfb", "dbus-daemon")
MISSING = [name for name in NEEDED if not shutil.which(name)]
SCREEN = "1280x900x24"
WAIT_S = 20.0
ENDS_WITHIN_S = 5.0

# Orca runs this when it starts. Each thing that it says is one line of the file.
LISTENS = """
import json, logging
class Told(logging.Handler):
    def emit(self, record):
        with open({path!r}, "a") as file:
            file.write(json.dumps(record.getMessage()) + "\\n")
logging.getLogger("speech").addHandler(Told())
"""
SAID = re.compile(
    r"SPEECH OUTPUT: '(.*)'(?: voice=\w+)?", re.DOTALL
)  # what is told of the keys themselves ends otherwise


class Orca:
    def __init__(self, env: dict[str, str], log: Path) -> None:
        self.env = env
        self._log = log
        self._from = 0

    def said(self) -> list[str]:
        """Everything, in order."""
        if not self._log.exists():
            return []
        lines = [SAID.fullmatch(json.loads(line)) for line in self._log.read_text().splitlines()]
        return [" ".join(line[1].split()) for line in lines if line]

    def since(self) -> list[str]:
        """What was said behind what was last waited for."""
        return self.said()[self._from :]

    async def says(self, words: str) -> str:
        """Waits for it, and goes on behind it."""
        try:
            async with asyncio.timeout(WAIT_S):
                while True:
                    for place, said in enumerate(self.since()):
                        if words in said:
                            self._from += place + 1
                            return said
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"Orca does not say “{words}”. It says {self.since()}") from None

    async def press(self, *keys: str) -> None:
        for key in keys:
            await run(self.env, "xdotool", "key", "--clearmodifiers", key)
            await asyncio.sleep(0.3)  # as fast as fingers: what it says of the last key is not cut short

    async def keeps_its_keys_to_itself(self) -> None:
        """From now on letters are the page's, whatever has the focus: Orca's modifier and A, twice."""
        await run(self.env, "xdotool", "key", "Insert+a", "Insert+a")
        await self.says("Focus mode is sticky.")

    async def types(self, words: str) -> None:
        await run(self.env, "xdotool", "type", "--delay", "40", words)

    async def tabs_to(self, words: str, key: str = "Tab", most: int = 60) -> str:
        """On with one key, listening after each press until nothing more is said of that place."""
        for _ in range(most):
            await self.press(key)
            before = -1
            while len(self.said()) != before:
                before = len(self.said())
                await asyncio.sleep(0.3)
            for said in self.since():
                if words in said:
                    self._from = before
                    return said
        raise AssertionError(f"“{words}” is at no place that the {key} key comes to: {self.since()}")


@asynccontextmanager
async def orca(folder: Path) -> AsyncIterator[Orca]:
    said = folder / "said"
    preferences = folder / ".local" / "share" / "orca"
    preferences.mkdir(parents=True)
    (preferences / "orca-customizations.py").write_text(LISTENS.format(path=str(said)))
    (folder / "run").mkdir(mode=0o700)
    env = {**os.environ, "XDG_RUNTIME_DIR": str(folder / "run"), "HOME": str(folder), "LANG": "C.UTF-8"}
    async with AsyncExitStack() as stack:
        display = await stack.enter_async_context(running(env, "Xvfb", "-displayfd", "1", "-screen", "0", SCREEN))
        env["DISPLAY"] = f":{await first_line(display)}"
        bus = await stack.enter_async_context(running(env, "dbus-daemon", "--session", "--nofork", "--print-address"))
        env["DBUS_SESSION_BUS_ADDRESS"] = await first_line(bus)
        await stack.enter_async_context(running(env, BUS_OF_ACCESSIBILITY, "--launch-immediately"))
        await stack.enter_async_context(running(env, "orca", "--disable", "braille"))
        reader = Orca(env, said)
        await reader.says("Screen reader on.")
        yield reader


@asynccontextmanager
async def running(env: dict[str, str], *command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    # Nobody waits for an end of what is not read: whatever the bus of accessibility began may hold it open for ever.
    pipe, null = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    said = pipe if command[0] in SAY_WHERE else null
    process = await asyncio.create_subprocess_exec(*command, env=env, stdout=said, stderr=null)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            try:
                await asyncio.wait_for(process.wait(), ENDS_WITHIN_S)
            except TimeoutError:
                process.kill()


async def first_line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout
    return (await process.stdout.readline()).decode().strip()


async def run(env: dict[str, str], *command: str) -> None:
    process = await asyncio.create_subprocess_exec(*command, env=env)
    assert await process.wait() == 0
