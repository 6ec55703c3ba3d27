"""Strokes as a hand writes them: loops that go to the right, a line after the other, 60 points a
second, about three strokes in a second."""

import math
import random
from collections.abc import Iterator

HZ = 60
SHORTEST, LONGEST, TO_THE_NEXT = 10, 20, 5
"""Points of a stroke, and moments between two."""
LEFT, RIGHT, TOP, BOTTOM = 0.1, 0.88, 0.1, 0.9
LINE = 0.03

Point = tuple[float, float, float]


def pen_points(seed: int) -> Iterator[Point | None]:
    """For each sixtieth of a second where the pen is, on the server's grid; None: it is up."""
    rng = random.Random(seed)
    x, y = LEFT + rng.random() * 0.7, TOP + rng.random() * 0.7
    while True:
        loop, lean = rng.uniform(0.5, 1.1), rng.uniform(-0.002, 0.002)
        for step in range(rng.randint(SHORTEST, LONGEST)):
            x += 0.0016 + rng.random() * 0.0008
            up = 0.006 * math.sin(loop * step) + lean * step
            yield on_grid(x), on_grid(y + up), round(0.4 + 0.3 * rng.random(), 2)
        for _ in range(TO_THE_NEXT):
            yield None
        x += 0.004
        if x > RIGHT:
            x, y = LEFT, y + LINE if y + LINE < BOTTOM else TOP


def strokes(seed: int, count: int) -> list[list[Point]]:
    """So many whole strokes of one hand."""
    found: list[list[Point]] = []
    stroke: list[Point] = []
    for point in pen_points(seed):
        if point is not None:
            stroke.append(point)
        elif stroke:
            found.append(stroke)
            stroke = []
        if len(found) == count:
            break
    return found


def on_grid(fraction: float) -> float:
    """As the server keeps it."""
    return round(fraction * 100_000) / 100_000
