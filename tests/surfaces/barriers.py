"""What axe says against a page: in the light by every rule that it has, in the dark by those that look at colours."""

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.async_api import Page

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
OF_COLOURS = ("color-contrast", "link-in-text-block")  # all that a theme changes
TARGETS = {"target-size": {"enabled": True}}  # WCAG 2.2 AA, which axe leaves out unless asked

RUN = """options => axe.run(options).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
  nodes.map(({ target, failureSummary }) => {
    const place = document.querySelector(target[0])?.closest('[data-state]')?.id
    return `${place ? `${place}: ` : ''}${id} at ${target}: ${failureSummary.replace(/\\s+/g, ' ')}`
  })))"""


async def barriers_on(page: Page, theme: Literal["light", "dark"], rules: dict[str, Any] | None = None) -> list[str]:
    """Each that axe finds, and where. The page has to be in that theme."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE_SCRIPT)
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if theme == "dark":
        options |= {"runOnly": list(OF_COLOURS)}
    else:
        options |= {"rules": {**TARGETS, **(rules or {})}}
    found: list[str] = await page.evaluate(RUN, options)
    return found


async def require_no_barrier(page: Page) -> None:
    """In the light and in the dark."""
    for theme in THEMES:
        await page.emulate_media(color_scheme=theme)
        found = await barriers_on(page, theme)
        assert not found, "\n".join([theme, *found])
    await page.emulate_media(color_scheme=None)
