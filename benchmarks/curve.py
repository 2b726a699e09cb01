"""Cost against size as a picture (SVG), both axes by powers of ten: a line a measurement, its name at its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from math import ceil, floor, log10

from .numbers import Number

WIDTH, HEIGHT, LEFT, RIGHT, EDGE = 1140, 560, 110, 430, 40
INK = ("#1B5E9E", "#B45309", "#15803D", "#7E22CE", "#B91C1C", "#0F766E", "#4D7C0F", "#475569")
APART = 17
"""Pixels between two names."""


def curve(numbers: list[Number]) -> str:
    """Of what is called “cost”, in milliseconds."""
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in numbers:
        if one.target == "cost" and one.value > 0:
            lines[f"{one.what.removesuffix(', ms')}, {one.engine}"].append((log10(one.size), log10(one.value)))
    drawn = "".join(parts(lines)) if lines else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>{drawn}</svg>\n'
    )


def parts(lines: dict[str, list[tuple[float, float]]]) -> Iterator[str]:
    points = [point for line in lines.values() for point in line]
    across = (
        floor(min(x for x, _ in points)),
        max(ceil(max(x for x, _ in points)), floor(min(x for x, _ in points)) + 1),
    )
    up = floor(min(y for _, y in points)), max(ceil(max(y for _, y in points)), floor(min(y for _, y in points)) + 1)

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            LEFT + (x - across[0]) / (across[1] - across[0]) * (WIDTH - LEFT - RIGHT),
            HEIGHT - EDGE - (y - up[0]) / (up[1] - up[0]) * (HEIGHT - 2 * EDGE),
        )

    for power in range(across[0], across[1] + 1):
        x, _ = at(power, up[0])
        yield f'<path d="M{x:.0f} {EDGE}V{HEIGHT - EDGE}" stroke="#E5E7EB"/>'
        yield f'<text x="{x:.0f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{10**power:,}</text>'
    for power in range(up[0], up[1] + 1):
        _, y = at(across[0], power)
        yield f'<path d="M{LEFT} {y:.0f}H{WIDTH - RIGHT}" stroke="#E5E7EB"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{_words(power)} ms</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 4}" text-anchor="middle">visits of the province, or of the nation</text>'
    named = float("-inf")
    for place, (name, line) in enumerate(sorted(lines.items(), key=lambda one: -max(one[1])[1])):
        ink, path = INK[place % len(INK)], [at(*point) for point in sorted(line)]
        steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in path)
        dash = ' stroke-dasharray="5 4"' if "raw" in name else ""
        yield f'<polyline points="{steps}" fill="none" stroke="{ink}" stroke-width="2"{dash}/>'
        yield "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>' for x, y in path)
        # The names of lines that end low are many: each as high as it must be for all below it to have room.
        room = HEIGHT - EDGE - (len(lines) - 1 - place) * APART
        named = max(min(path[-1][1], room), named + APART)
        yield f'<text x="{WIDTH - RIGHT + 12}" y="{named + 4:.0f}" fill="{ink}">{name}</text>'


def _words(power: int) -> str:
    return f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
