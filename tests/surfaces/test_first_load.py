"""A tablet on a weak line: how soon its board can be used, and one's own act is on it. The bounds here are generous."""

from tests.surfaces.conftest import MeetingAt
from tests.surfaces.meeting import DANA

WEAK = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 200_000}  # 1.6 Mbit/s
SLOWER = 4
WHEN_IT_CAN_BE_USED = """
  new MutationObserver((_, watch) => {
    if (!document.querySelector('.tablet')) return
    watch.disconnect()
    window.usable = performance.now()
  }).observe(document, { childList: true, subtree: true })
"""
UNTIL_PAINTED = """
  new Promise((done) => {
    addEventListener('click', () => {
      const pressed = performance.now()
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - pressed)))
    }, { capture: true, once: true })
    document.querySelector('button[data-measured]').click()
  })
"""
MOST_BYTES = 90_000


async def test_a_board_is_soon_there_on_a_tablet_with_a_weak_line(meeting_at_moment: MeetingAt) -> None:
    meeting = await meeting_at_moment("mapping")
    dana = await meeting.sits_down(DANA)
    line = await dana.context.new_cdp_session(dana.page)
    await line.send("Network.enable")
    await line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    await line.send("Network.emulateNetworkConditions", WEAK)
    await line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    await dana.page.add_init_script(WHEN_IT_CAN_BE_USED)
    await dana.page.reload()
    await dana.has_the_board()
    usable = await dana.page.evaluate("usable")
    weighs = await dana.page.evaluate(
        """performance.getEntriesByType('resource').filter((one) => /\\.(js|css)$/.test(one.name))
          .reduce((sum, one) => sum + one.encodedBodySize, 0)"""
    )
    await dana.button("I’d like to say something").evaluate("(button) => (button.dataset.measured = '')")
    painted = await dana.page.evaluate(UNTIL_PAINTED)
    await dana.sees("Hester")
    print(f"usable after {usable:.0f} ms, own act painted after {painted:.0f} ms, {weighs} bytes of script and style")
    assert 0 < weighs <= MOST_BYTES
    assert usable < 15_000
    assert painted < 2000
