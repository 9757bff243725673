"""How cost grows, as one small SVG for docs/performance.md: no library, and nothing but lines and words."""

from pathlib import Path
from typing import Any

PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "growth.svg"
WIDE, HIGH, LEFT, BELOW, GAP = 250, 150, 44, 40, 26
CHARTS = (
    ("boards", "boards of 5 people", "us", "CPU of a delivery, us"),
    ("people", "people at each of 20 boards", "us", "CPU of a delivery, us"),
    ("cards", "cards on each of 20 boards", "us", "CPU of a delivery, us"),
    ("history", "events of history", "seconds", "first view after a start, s"),
)


def plot(result: dict[str, Any]) -> Path | None:
    """None where growth was not measured."""
    if "growth" not in result:
        return None
    width, height = 2 * (WIDE + LEFT + GAP), 2 * (HIGH + BELOW + GAP)
    charts = [
        _chart(n % 2 * (WIDE + LEFT + GAP) + LEFT, n // 2 * (HIGH + BELOW + GAP) + GAP, result["growth"][name], *words)
        for n, (name, *words) in enumerate(CHARTS)
    ]
    style = "text{font:11px sans-serif;fill:currentColor}path{fill:none;stroke:currentColor}.line{stroke-width:2}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" color="#333">'
    title = "<title>What a delivery costs as boards, people and cards grow, and how history is opened</title>"
    PICTURE.write_text(f"{head}{title}<style>{style}</style>{''.join(charts)}</svg>\n")
    return PICTURE


def _chart(x: float, y: float, points: dict[Any, dict[str, float]], below: str, figure: str, above: str) -> str:
    numbers = {int(n): each[figure] for n, each in points.items()}
    top = max(numbers.values()) * 1.1
    most = max(numbers)
    spots = [(x + WIDE * n / most, y + HIGH * (1 - value / top)) for n, value in sorted(numbers.items())]
    line = "M" + "L".join(f"{across:.1f} {down:.1f}" for across, down in spots)
    ticks = [
        f'<text x="{across:.0f}" y="{y + HIGH + 14}" text-anchor="middle">{n:,}</text>'
        for (across, _), n in zip(spots, sorted(numbers), strict=True)
        if n in (min(numbers), most) or n * 2.5 > most
    ]
    return (
        f'<path d="M{x} {y}V{y + HIGH}H{x + WIDE}"/><path class="line" d="{line}"/>{"".join(ticks)}'
        f'<text x="{x - 4}" y="{y + 8}" text-anchor="end">{top:.3g}</text>'
        f'<text x="{x - 4}" y="{y + HIGH}" text-anchor="end">0</text>'
        f'<text x="{x}" y="{y - 8}">{above}</text>'
        f'<text x="{x + WIDE}" y="{y + HIGH + 28}" text-anchor="end">{below}</text>'
    )
