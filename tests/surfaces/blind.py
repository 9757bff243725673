"""Somebody who cannot see the screen: keys, what a screen reader says of where they are, and what live regions tell.

Nothing here looks at the page as it is drawn. What is heard of a place is what Chromium's accessibility tree says of
it, which is what it hands to a screen reader: name, role, value, description and state.
"""

import asyncio
from collections.abc import Iterator
from typing import Any, Self

from playwright.async_api import CDPSession, Error

from tests.surfaces.listener import Listener
from tests.surfaces.meeting import Meeting
from tests.surfaces.seat import PATIENCE, Seat

STATES = ("checked", "pressed", "selected", "expanded", "disabled", "invalid", "current")
FOCUSED = "document.activeElement"


class Blind(Listener):
    line: CDPSession

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self.spoken: list[str] = []  # of every place that they came to, in order

    @classmethod
    async def comes_in(cls, meeting: Meeting, whom: str) -> Self:
        blind = cls(await meeting.device(whom, viewport={"width": 1280, "height": 800}))
        await blind.listens()
        blind.line = await blind.seat.context.new_cdp_session(blind.page)
        await blind.line.send("Accessibility.enable")
        await blind.page.goto(await meeting.joining_link(whom))
        await blind.tabs_to("button Join")
        await blind.key("Enter")
        await blind.seat.has_the_board()
        return blind

    async def is_at(self) -> str:
        """What is said of the place that has the keys: "button Join", "radio 7, checked"."""
        try:
            said = speech_of(await self._focused())
        except Error:  # the page was left for another one between the two questions
            await self.page.wait_for_load_state()
            said = speech_of(await self._focused())
        if not self.spoken or self.spoken[-1] != said:
            self.spoken.append(said)
        return said

    async def _focused(self) -> dict[str, Any]:
        found = await self.line.send("Runtime.evaluate", {"expression": FOCUSED})
        tree = await self.line.send(
            "Accessibility.getPartialAXTree", {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        )
        node: dict[str, Any] = tree["nodes"][0]
        return node

    async def key(self, *names: str) -> str:
        for name in names:
            await self.page.keyboard.press(name)
        return await self.is_at()

    async def is_put(self, words: str) -> str:
        """Where the keys are once the screen has settled: somebody who cannot see does not look for them."""
        said = ""
        try:
            async with asyncio.timeout(PATIENCE / 1000):
                while words not in (said := await self.is_at()):
                    await self.page.evaluate("new Promise(requestAnimationFrame)")
        except TimeoutError:
            raise AssertionError(f"The keys are at “{said}”, not at “{words}”.") from None
        return said

    async def types(self, words: str) -> None:
        await self.page.keyboard.type(words)

    async def tabs_to(self, words: str, key: str = "Tab", most: int = 120) -> str:
        """On with one key until these words are heard."""
        heard = []
        for _ in range(most):
            said = await self.is_at()
            if words in said:
                return said
            heard.append(said)
            await self.page.keyboard.press(key)
        raise AssertionError(f"“{words}” is at no place that the {key} key comes to: {heard}")

    async def reads(self) -> list[str]:
        """All that there is to read, from the top, as with the key that reads on."""
        tree = await self.line.send("Accessibility.getFullAXTree")
        nodes = {node["nodeId"]: node for node in tree["nodes"]}
        return list(_in_order(nodes, tree["nodes"][0]))


def _in_order(nodes: dict[str, dict[str, Any]], node: dict[str, Any]) -> Iterator[str]:
    if node["role"]["value"] == "InlineTextBox":  # the same again, line by line
        return
    said = "" if node["ignored"] else speech_of(node)
    if said:
        yield said
    for child in node["childIds"]:
        if child in nodes:
            yield from _in_order(nodes, nodes[child])


def speech_of(node: dict[str, Any]) -> str:
    def words(part: str) -> str:
        return str(node.get(part, {}).get("value", "")).strip()

    said = [" ".join(filter(None, [words("role"), words("name")])), words("value"), words("description")]
    for each in node.get("properties", ()):
        value = each["value"].get("value")
        if each["name"] in STATES and value not in (False, "false", None, ""):
            said.append(each["name"] if value in (True, "true") else f"{each['name']}: {value}")
        elif each["name"] in ("checked", "pressed", "expanded"):
            said.append(f"not {each['name']}")
    return ", ".join(filter(None, said))
