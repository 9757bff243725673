"""All that the live regions of one screen say, whole, to somebody who has a screen reader."""

from typing import Any, Self

from tests.surfaces.meeting import Meeting
from tests.surfaces.seat import PATIENCE, Seat

# Every live region is heard, whoever wrote it, unless it cannot be: outside of an open dialog, or under an inert part.
LISTEN = """
  window.heard = []
  const last = new WeakMap()
  const REGIONS = '[aria-live], [role=status], [role=alert], [role=log]'
  const regionOf = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(REGIONS)
  const mute = (region) =>
    region.closest('[inert]') || [...document.querySelectorAll('dialog:modal')].some((one) => !one.contains(region))
  const hear = (region) => {
    const words = region.textContent.trim()
    if (words === (last.get(region) ?? '')) return
    last.set(region, words)
    if (!words || mute(region)) return
    const loud = region.role === 'alert' || region.ariaLive === 'assertive'
    heard.push({ words, loud, at: Date.now() })
  }
  new MutationObserver((changes) => {
    const regions = new Set()
    for (const { target, addedNodes } of changes) {
      for (const node of [target, ...addedNodes]) if (regionOf(node)) regions.add(regionOf(node))
      for (const node of addedNodes)
        node.querySelectorAll?.(REGIONS).forEach((one) => regions.add(one))
    }
    regions.forEach(hear)
  }).observe(document, { childList: true, characterData: true, subtree: true })
"""
COUNT_EVERY_MS = 10_000


class Listener:
    """Somebody with a screen reader: in their seat, with all they were told."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.page = seat.page

    @classmethod
    async def sits_down(cls, meeting: Meeting, whom: str) -> Self:
        listener = cls(await meeting.device(whom))
        await listener.listens()
        await listener.page.goto(await meeting.joining_link(whom))
        await listener.seat.button("Join").click()
        await listener.seat.has_the_board()
        return listener

    async def listens(self) -> None:
        await self.page.add_init_script(LISTEN)

    async def told(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = await self.page.evaluate("heard")
        return told

    async def words(self) -> list[str]:
        return [one["words"] for one in await self.told()]

    async def hears(self, words: str) -> None:
        """Whole, and by itself or beside other sentences of the same moment."""
        try:
            told = "words => heard.some((one) => one.words.includes(words))"
            await self.page.wait_for_function(told, arg=words, timeout=COUNT_EVERY_MS + PATIENCE)
        except Exception as never:
            raise AssertionError(f"“{words}” is not heard, but {await self.words()}") from never

    async def heard_nothing_of(self, *words: str) -> None:
        said = " ".join(await self.words()).lower()
        assert not [one for one in words if one.lower() in said], said
