"""What geometries have in common, and those that several kinds share."""

from collections.abc import Iterator
from typing import Self

import msgspec

from documents.annotations.codec import pack, unpack
from documents.annotations.rules import (
    GRID,
    MOST_BOXES,
    Box,
    GeometryDoesNotFit,
    Point,
    TooManyPoints,
    box_on_grid,
)

BOX_SCALES = (GRID,) * 4


class Geometry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of geometries: fractions of the page as displayed."""

    def on_grid(self) -> Self:
        """The same with every number on the grid.

        Raises: GeometryDoesNotFit, OffThePage, TooManyPoints.
        """
        raise NotImplementedError

    def points(self) -> Iterator[Point]:
        """Every point, corners of boxes included."""
        raise NotImplementedError

    def packed(self) -> bytes:
        """As kept in a row. The numbers are on the grid."""
        raise NotImplementedError

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """The geometry that was packed."""
        raise NotImplementedError


class Boxes(Geometry, frozen=True):
    """Marked words: one [x0, y0, x1, y1] for each line of them."""

    boxes: list[Box]

    def on_grid(self) -> Self:
        if len(self.boxes) > MOST_BOXES:
            raise TooManyPoints(limit=MOST_BOXES)
        if not self.boxes:
            raise GeometryDoesNotFit()
        return type(self)([box_on_grid(box) for box in self.boxes])

    def points(self) -> Iterator[Point]:
        for x0, y0, x1, y1 in self.boxes:
            yield from ((x0, y0), (x1, y1))

    def packed(self) -> bytes:
        return pack([self.boxes], BOX_SCALES)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        (columns,) = unpack(data, BOX_SCALES)
        return cls(list(zip(*columns, strict=True)))


class Frame(Geometry, frozen=True):
    """The frame of a text or of a rectangle."""

    box: Box

    def on_grid(self) -> Self:
        return type(self)(box_on_grid(self.box))

    def points(self) -> Iterator[Point]:
        x0, y0, x1, y1 = self.box
        yield from ((x0, y0), (x1, y1))

    def packed(self) -> bytes:
        return pack([[self.box]], BOX_SCALES)

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        ((x0,), (y0,), (x1,), (y1,)) = next(unpack(data, BOX_SCALES))
        return cls((x0, y0, x1, y1))
