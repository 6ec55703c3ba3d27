"""Base class of geometries, and geometries that several kinds share."""

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
    """Base of geometries. Coordinates are fractions of the page as displayed."""

    def on_grid(self) -> Self:
        """Return the geometry with every number on the grid.

        Raises: GeometryDoesNotFit, OffThePage, TooManyPoints.
        """
        raise NotImplementedError

    def points(self) -> Iterator[Point]:
        """Return every point, including the corners of boxes."""
        raise NotImplementedError

    def packed(self) -> bytes:
        """Return the binary format (`codec`). The numbers must be on the grid."""
        raise NotImplementedError

    @classmethod
    def unpacked(cls, data: bytes) -> Self:
        """Return the geometry of packed bytes."""
        raise NotImplementedError


class Boxes(Geometry, frozen=True):
    """Boxes of marked words: one [x0, y0, x1, y1] per line of text."""

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
    """The box of a text box or a rectangle."""

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
