"""Outlines of pen strokes: wider where the pressure is higher, identical to those in the browser.

A port of perfect-freehand 1.2.3 (licence: LICENSE.perfect-freehand) with the options that
`static/js/ink/model/stroke_outline.js` uses: no streamlining, pressures as given, round ends
without taper, a finished stroke. A test compares both outlines. Long functions with plain floats
are for speed: an export has half a million points.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, hypot, pi, sin, sqrt

Spot = tuple[float, float]
Point = tuple[float, float, float]

PAGE = 4000.0
"""Page width in units while outlines are computed."""
THINNING = 0.5
SMOOTHING = 0.5
SPACING = 0.5
UNSEEN = 0.2
"""Maximum error of an outline in units: 0.03 points on A4, less than half a pixel at 8 × zoom."""
MOST_PIECES = 20_000
"""Points that one stroke is resampled to. A stroke longer than that many pen widths keeps its own
points and a few between."""

MOST_OUTLINED = 2_500_000
"""Outline points per document, about ten seconds. Later strokes are drawn in constant width."""

_NOT_QUITE = pi + 0.0001  # from the library: a half turn that does not fold back on itself
_TOO_NEAR = 3.0  # in units: the library skips points this near the end
_LEAST_RADIUS = 0.01
_DOT_STEPS = 13
_END_STEPS = 29


class OutlineBudget:
    """The number of outline points that may still be drawn in one document."""

    def __init__(self, points: int = MOST_OUTLINED) -> None:
        self.left = points


def outline_of(stroke: Sequence[Point], width: float, aspect: float) -> list[Spot]:
    """Return the outline of a finished stroke on a page of width PAGE, y down.

    stroke: x, y as fractions, pressure. width: of the pen, thousandths. aspect: height / width.
    """
    size = width / 1000 * PAGE
    return _outline(_with_vectors(_dense(stroke, size * SPACING, aspect), size), size)


def smooth(outline: Sequence[Spot]) -> list[Spot]:
    """Return points on the curve that the browser draws, through the midpoints of the edges."""
    if len(outline) < 3:
        return list(outline)
    ends = zip(outline, (*outline[1:], outline[0]), (*outline[2:], *outline[:2]), strict=True)
    return [((a + 6 * b + c) / 8, (d + 6 * e + f) / 8) for (a, d), (b, e), (c, f) in ends]


def thinned(outline: Sequence[Spot], apart: float = UNSEEN) -> list[Spot]:
    """Return the outline without points that deviate at most `apart` units from a straight line.

    A cone from the last kept point contains the directions in which all later points are within
    the tolerance. A point outside the cone, or nearer than the previous one, ends the segment.
    """
    (ax, ay), *rest = outline
    kept, reached = [(ax, ay)], 0.0
    px, py, lx, ly, hx, hy = ax, ay, 0.0, 0.0, 0.0, 0.0
    for x, y in rest:
        dx, dy = x - ax, y - ay
        far = dx * dx + dy * dy
        if reached and (far < reached or lx * dy < ly * dx or dx * hy < dy * hx):
            kept.append((px, py))
            ax, ay, reached = px, py, 0.0
            dx, dy = x - ax, y - ay
            far = dx * dx + dy * dy
        if far > apart * apart:
            wide = apart / sqrt(far)
            low_x, low_y = dx + dy * wide, dy - dx * wide
            high_x, high_y = dx - dy * wide, dy + dx * wide
            if not reached or lx * low_y > ly * low_x:
                lx, ly = low_x, low_y
            if not reached or high_x * hy > high_y * hx:
                hx, hy = high_x, high_y
            reached = far
        px, py = x, y
    kept.append((px, py))
    return kept


def _dense(stroke: Sequence[Point], spacing: float, aspect: float) -> list[Point]:
    """Return the stroke in units, resampled to points at most `spacing` apart."""
    tall = aspect * PAGE
    own = [(x * PAGE, y * tall, pressure) for x, y, pressure in stroke]
    far = sum(hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(own))
    spacing = max(spacing, far / MOST_PIECES)
    points = own[:1]
    for here in own[1:]:
        x, y, pressure = points[-1]
        dx, dy, dp = here[0] - x, here[1] - y, here[2] - pressure
        pieces = ceil(hypot(dx, dy) / spacing)
        for piece in range(1, pieces):
            share = piece / pieces
            points.append((x + dx * share, y + dy * share, pressure + dp * share))
        points.append(here)
    return points


@dataclass(slots=True)  # a frozen class takes twice as long to create
class _Step:
    """A point of the resampled stroke: position, pressure, direction (unit vector), distance."""

    x: float
    y: float
    pressure: float
    vx: float
    vy: float
    far: float


def _with_vectors(points: list[Point], size: float) -> list[_Step]:
    if len(points) == 1:
        x, y, pressure = points[0]
        points = [points[0], (x + 1, y + 1, pressure)]
    elif len(points) == 2:
        (x, y, _), (to_x, to_y, _) = points
        quarters = ((x + (to_x - x) * part / 4, y + (to_y - y) * part / 4) for part in range(1, 5))
        points = [points[0], *((here_x, here_y, 0.5) for here_x, here_y in quarters)]
    x, y, pressure = points[0]
    steps = [_Step(x, y, pressure, 1.0, 1.0, 0.0)]
    last, far, begun = len(points) - 1, 0.0, False
    for at in range(1, len(points)):
        here_x, here_y, pressure = points[at]
        dx, dy = x - here_x, y - here_y
        if dx == 0 and dy == 0:
            continue
        apart = hypot(dx, dy)
        far += apart
        if at < last and not begun:
            # Jitter at the start, shorter than a pen width, has no reliable direction.
            if far < size:
                continue
            begun = True
        x, y = here_x, here_y
        steps.append(_Step(x, y, pressure, dx / apart, dy / apart, far))
    if len(steps) > 1:
        x, y, pressure = points[0]
        steps[0] = _Step(x, y, pressure, steps[1].vx, steps[1].vy, 0.0)
    return steps


def _radius(size: float, pressure: float) -> float:
    return max(_LEAST_RADIUS, size * (0.5 - THINNING * (0.5 - pressure)))


def _outline(steps: list[_Step], size: float) -> list[Spot]:
    first, last = steps[0], steps[-1]
    if len(steps) == 1:
        return _dot(first, _radius(size, first.pressure))
    left, right = _sides(steps, size)
    start = _turns((first.x, first.y), right[0], _NOT_QUITE, _DOT_STEPS, whole=True)
    radius = _radius(size, last.pressure)
    # Perpendicular to the direction, to the left.
    tip = last.x - last.vy * radius, last.y + last.vx * radius
    end = _turns((last.x, last.y), tip, _NOT_QUITE * 3, _END_STEPS, whole=False)
    return [*left, *end, *reversed(right), *start]


def _sides(steps: list[_Step], size: float) -> tuple[list[Spot], list[Spot]]:
    """Return the left and the right side of the stroke."""
    sides = _Sides((size * SMOOTHING) ** 2, steps[0])
    total, last = steps[-1].far, len(steps) - 1
    before = steps[0]
    for at, step in enumerate(steps):
        if at < last and total - step.far < _TOO_NEAR:
            continue
        radius = _radius(size, step.pressure)
        after = steps[at + 1] if at < last else step
        straight = step.vx * after.vx + step.vy * after.vy if at < last else 1.0
        turned_before = step.vx * before.vx + step.vy * before.vy < 0 and not sides.in_corner
        if turned_before or straight < 0:
            sides.corner(step, before, radius)
            sides.in_corner = sides.in_corner or straight < 0
            continue
        sides.in_corner = False
        if at == last:
            sides.both(step, step.vy * radius, -step.vx * radius)
            continue
        vx = after.vx + (step.vx - after.vx) * straight
        vy = after.vy + (step.vy - after.vy) * straight
        sides.both_if_far(step, vy * radius, -vx * radius, always=at <= 1)
        before = step
    return sides.left, sides.right


class _Sides:
    """The two sides while they are built. Points too near to the last one are skipped."""

    def __init__(self, nearest: float, start: _Step) -> None:
        self.left: list[Spot] = []
        self.right: list[Spot] = []
        self.in_corner = False
        self._nearest = nearest
        self._at_left = self._at_right = (start.x, start.y)

    def both(self, step: _Step, ox: float, oy: float) -> None:
        """Add a point to each side, offset by ox and oy."""
        self.left.append((step.x - ox, step.y - oy))
        self.right.append((step.x + ox, step.y + oy))

    def both_if_far(self, step: _Step, ox: float, oy: float, *, always: bool) -> None:
        """Add a point to each side unless it is near the last one."""
        x, y = step.x - ox, step.y - oy
        gx, gy = self._at_left
        if always or (gx - x) ** 2 + (gy - y) ** 2 > self._nearest:
            self.left.append((x, y))
            self._at_left = x, y
        x, y = step.x + ox, step.y + oy
        gx, gy = self._at_right
        if always or (gx - x) ** 2 + (gy - y) ** 2 > self._nearest:
            self.right.append((x, y))
            self._at_right = x, y

    def corner(self, step: _Step, before: _Step, radius: float) -> None:
        """Add a half circle to each side at a sharp turn."""
        x, y, ox, oy = step.x, step.y, before.vy * radius, -before.vx * radius
        self.left += [(x - ox * c + oy * s, y - ox * s - oy * c) for c, s in _HALF_TURN]
        self.right += [(x + ox * c + oy * s, y - ox * s + oy * c) for c, s in _HALF_TURN]
        self._at_left, self._at_right = self.left[-1], self.right[-1]


def _dot(step: _Step, radius: float) -> list[Spot]:
    """Return a circle."""
    side = radius * sqrt(0.5)
    start = step.x + side, step.y - side
    return _turns((step.x, step.y), start, 2 * _NOT_QUITE, _DOT_STEPS, whole=True)


def _turns(centre: Spot, spot: Spot, angle: float, steps: int, *, whole: bool) -> list[Spot]:
    """Rotate a point about a centre in equal steps; whole: including the full angle."""
    x, y = spot[0] - centre[0], spot[1] - centre[1]
    turns = _angles(angle, steps, begin=1 / steps, whole=whole)
    return [(x * c - y * s + centre[0], x * s + y * c + centre[1]) for c, s in turns]


def _angles(angle: float, steps: int, *, begin: float, whole: bool) -> list[Spot]:
    """Return cosine and sine of equal parts of an angle, starting at the fraction `begin`."""
    share, turns = begin, []
    # Accumulates like the library: rounding decides the number of steps, visible in the outline.
    while share <= 1 if whole else share < 1:
        turns.append((cos(angle * share), sin(angle * share)))
        share += 1 / steps
    return turns


_HALF_TURN = _angles(_NOT_QUITE, _DOT_STEPS, begin=0.0, whole=True)
