"""Geometry in a row of the database: what was packed comes out again, and it is small."""

from math import cos, pi, sin

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.annotations.kinds.arrow import Span
from documents.annotations.kinds.geometry import Boxes, Frame, Geometry
from documents.annotations.kinds.ink import Ink
from documents.annotations.kinds.note import At
from documents.annotations.kinds.registry import KINDS, Kind, read_geometry
from documents.annotations.rules import GRID, MOST_BOXES, MOST_POINTS, PRESSURE_STEPS

PLACE = st.integers(0, GRID).map(lambda place: place / GRID)
PRESSURE = st.integers(0, PRESSURE_STEPS).map(lambda step: step / PRESSURE_STEPS)
STROKE = st.lists(st.tuples(PLACE, PLACE, PRESSURE), min_size=1, max_size=40)
BOX = st.tuples(PLACE, PLACE, PLACE, PLACE)
GEOMETRIES: dict[type[Geometry], st.SearchStrategy[Geometry]] = {
    Ink: st.builds(Ink, st.lists(STROKE, min_size=1, max_size=5)),
    Boxes: st.builds(Boxes, st.lists(BOX, min_size=1, max_size=10)),
    At: st.builds(At, st.tuples(PLACE, PLACE)),
    Frame: st.builds(Frame, BOX),
    Span: st.builds(Span, st.tuples(PLACE, PLACE), st.tuples(PLACE, PLACE)),
}


@pytest.mark.parametrize("kind", Kind)
@given(data=st.data())
def test_what_was_packed_comes_out(kind, data):
    geometry = data.draw(GEOMETRIES[KINDS[kind].geometry])
    unpacked = KINDS[kind].geometry.unpacked(geometry.packed())
    assert unpacked == geometry
    # To the letter: what a tablet is told is what its author's tablet holds.
    told = msgspec.json.encode(unpacked)
    assert told == msgspec.json.encode(geometry)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=1))
def test_what_a_tablet_sent_is_kept_as_it_was_read(stroke):
    sent = msgspec.json.encode({"strokes": [stroke]})
    read = read_geometry(Kind.INK, sent)
    assert Ink.unpacked(read.packed()) == read
    assert read_geometry(Kind.INK, msgspec.json.encode(read)) == read


EXTREMES = {
    "one point": [[(0.5, 0.5, 0.5)]],
    "all corners": [[(0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (0.0, 1.0, 0.0), (1.0, 0.0, 1.0)]],
    "from side to side": [[(float(n % 2), float(n % 2), float(n % 2)) for n in range(MOST_POINTS)]],
    "as many points as may be": [[(n / GRID, n / GRID, 0.5) for n in range(MOST_POINTS)]],
    "as many strokes as may be": [[(n / GRID, 0.5, 1.0)] for n in range(MOST_POINTS)],
    "steps at the edges of a byte": [[(0.0, 0.00127, 0.0), (0.00127, 0.0, 1.0), (0.00255, 0.0, 0)]],
    "steps at the edges of two bytes": [
        [(0.0, 0.32767, 0.0), (0.32767, 0.0, 1.0), (0.65535, 0, 0)]
    ],
    "standing still": [[(0.25, 0.75, 0.5)] * MOST_POINTS],
}


@pytest.mark.parametrize("strokes", EXTREMES.values(), ids=EXTREMES)
def test_extremes_come_out_as_they_went_in(strokes):
    read = read_geometry(Kind.INK, msgspec.json.encode({"strokes": strokes}))
    assert Ink.unpacked(read.packed()) == read == Ink([list(map(tuple, s)) for s in strokes])


def test_as_many_boxes_as_may_be():
    whole = Boxes([(0.0, n / GRID, 1.0, (n + 1) / GRID) for n in range(MOST_BOXES)])
    assert Boxes.unpacked(whole.packed()) == whole


def handwriting(points: int) -> Ink:
    """Letters 3 mm high on a page 210 mm wide, thirty points to each."""
    height = 3 / 210
    stroke = [
        (
            0.1 + 0.8 * n / points + height / 3 * cos(2 * pi * n / 30),
            0.4 + height / 2 * sin(2 * pi * n / 30),
            0.5 + 0.3 * sin(2 * pi * n / 75),
        )
        for n in range(points)
    ]
    read = read_geometry(Kind.INK, msgspec.json.encode({"strokes": [stroke]}))
    assert isinstance(read, Ink)
    return read


def test_handwriting_is_small():
    for points in (60, 600, 6_000):
        ink = handwriting(points)
        assert len(ink.packed()) <= 6 * points
        assert len(ink.packed()) <= len(msgspec.json.encode(ink)) / 3


def test_nothing_takes_more_room_than_its_numbers():
    """Whatever is drawn: 4 bytes a number, and a head for each stroke and column."""
    jumping = EXTREMES["from side to side"]
    alone = EXTREMES["as many strokes as may be"]
    assert len(Ink(jumping).packed()) <= MOST_POINTS * 9 + 30
    assert len(Ink(alone).packed()) <= MOST_POINTS * 17 + 2
