"""The Python outline of a pen's stroke is the one that the tablets draw."""

import json
import random
import subprocess
from itertools import pairwise
from math import hypot
from typing import Any

import pytest

from documents.annotations.pdf import pen_outline
from documents.annotations.pdf.pen_outline import MOST_PIECES, UNSEEN, outline_of, smooth, thinned
from tests.factories import ROOT

ASKED = """
import { outlineOf } from "./static/js/ink/model/stroke_outline.js";
let given = "";
for await (const part of process.stdin) given += part;
const outlines = JSON.parse(given).map((one) => outlineOf(...one));
process.stdout.write(JSON.stringify(outlines));
"""
Case = tuple[list[list[float]], float, float]


def strokes(count: int) -> list[Case]:
    """Strokes of one point, of two, with sharp corners, with points that lie on each other."""
    chance = random.Random(11)
    cases: list[Case] = []
    for _ in range(count):
        x, y = chance.random(), chance.random()
        stroke = []
        for _ in range(chance.choice([1, 1, 2, 3, 5, 20, 60])):
            stroke.append([round(x, 5), round(y, 5), round(chance.random(), 2)])
            if chance.random() > 0.1:
                x = min(1.0, max(0.0, x + chance.gauss(0, chance.choice([0.0002, 0.005, 0.03]))))
                y = min(1.0, max(0.0, y + chance.gauss(0, 0.01)))
        cases.append((stroke, chance.choice([1.6, 2.6, 4.5, 20.0]), chance.choice([1.414, 0.7, 1])))
    return cases


@pytest.fixture(scope="module")
def both() -> list[tuple[Case, Any, list[tuple[float, float]]]]:
    """Strokes with their outlines by JavaScript and by Python."""
    cases = strokes(300)
    done = subprocess.run(
        ["node", "--no-warnings", "--input-type=module", "-e", ASKED],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    ours = [outline_of(stroke, width, aspect) for stroke, width, aspect in cases]  # type: ignore[arg-type]
    return list(zip(cases, json.loads(done.stdout), ours, strict=True))


def test_both_languages_draw_the_same_outline(both) -> None:
    for case, theirs, ours in both:
        assert len(theirs) == len(ours), case
        for one, other in zip(theirs, ours, strict=True):
            assert one == pytest.approx(other, abs=1e-6), case


def test_points_left_out_are_not_missed(both) -> None:
    for case, _, ours in [one for one in both if len(one[2]) < 400][:60]:
        curve = smooth(ours)
        kept = thinned(curve)
        assert kept[0] == curve[0]
        assert kept[-1] == curve[-1]
        worst = max(_apart(spot, kept) for spot in curve)
        assert worst <= 2 * UNSEEN, (case, worst)


def test_most_points_of_a_line_are_left_out() -> None:
    line = [[0.1 + 0.001 * at, 0.5, 0.5] for at in range(500)]
    outline = smooth(outline_of(line, 2.6, 1.4))  # type: ignore[arg-type]
    assert len(outline) > 300
    assert len(thinned(outline)) < 60


def test_a_stroke_without_end_costs_no_more_than_so_many_points() -> None:
    zigzag = [[at % 2, (at % 7) / 7, 0.5] for at in range(10_000)]
    outline = outline_of(zigzag, 0.1, 1.4)  # type: ignore[arg-type]
    # Every point is a sharp corner, with half a circle on each side of it.
    assert len(outline) < 2 * MOST_PIECES + 10_000 * 40


def _apart(spot: tuple[float, float], path: list[tuple[float, float]]) -> float:
    """How far a place is from a path."""
    return min(_from_line(spot, a, b) for a, b in pairwise(path))


def _from_line(spot: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    share = ((spot[0] - a[0]) * dx + (spot[1] - a[1]) * dy) / length if length else 0
    share = min(1.0, max(0.0, share))
    return hypot(spot[0] - a[0] - share * dx, spot[1] - a[1] - share * dy)


def test_constants_are_those_of_the_tablets() -> None:
    script = (ROOT / "static/js/ink/model/stroke_outline.js").read_text()
    for name, value in (
        ("OUTLINE_PAGE", pen_outline.PAGE),
        ("THINNING", pen_outline.THINNING),
        ("SMOOTHING", pen_outline.SMOOTHING),
        ("SPACING", pen_outline.SPACING),
        ("STREAMLINE", 0),
    ):
        assert f"export const {name} = {value:g};" in script
