"""Converts fractions of a page as displayed to the page's coordinates.

Drawing uses the *upright* page: as displayed, x to the right and y up from the lower left corner,
in units of the page. One matrix maps it to the page's user space, through rotation and crop box;
so text and icons are upright on rotated pages.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
Spot = tuple[float, float]

UNTURNED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PageSpace:
    """One page. width, height: as displayed, in page units. matrix: upright to user space."""

    width: float
    height: float
    matrix: Matrix

    def upright(self, x: float, y: float) -> Spot:
        """Convert fractions of the page to an upright point."""
        return x * self.width, (1 - y) * self.height

    def upright_box(self, box: Box) -> Box:
        """Convert fractions of the page to an upright box: left, bottom, right, top."""
        x0, y0, x1, y1 = box
        return (*self.upright(x0, y1), *self.upright(x1, y0))

    def thousandths(self, of_width: float) -> float:
        """Convert thousandths of the page width to page units."""
        return of_width / 1000 * self.width

    def in_page(self, spot: Spot) -> Spot:
        """Convert an upright point to user space."""
        return transformed(self.matrix, spot)

    def clipped(self, box: Box) -> Box:
        """Return the part of an upright box that is on the page."""
        x0, x1 = (min(self.width, max(0.0, box[i])) for i in (0, 2))
        y0, y1 = (min(self.height, max(0.0, box[i])) for i in (1, 3))
        return x0, y0, x1, y1

    def rectangle(self, box: Box) -> Box:
        """Convert an upright box to a user space rectangle: left, bottom, right, top."""
        x0, y0, x1, y1 = box
        return around((self.in_page((x0, y0)), self.in_page((x1, y1))))

    def fraction(self, spot: Spot) -> Spot:
        """Convert a user space point to fractions of the page as displayed."""
        x, y = transformed(inverse(self.matrix), spot)
        return x / self.width, 1 - y / self.height


def page_space(displayed: Matrix, width: float, height: float) -> PageSpace:
    """Return the space of a page.

    displayed: maps user space to points as displayed, y down; its scale is the page's UserUnit.
    width, height: as displayed, in points. Raises ValueError: the page has no extent.
    """
    unit = sqrt(abs(displayed[0] * displayed[3] - displayed[1] * displayed[2]))
    if not (unit > 0 and width > 0 and height > 0):
        raise ValueError("a page without extent")
    standing = (1 / unit, 0.0, 0.0, -1 / unit, 0.0, height / unit)
    to_upright = product(displayed, standing)
    return PageSpace(width / unit, height / unit, inverse(to_upright))


def transformed(matrix: Matrix, spot: Spot) -> Spot:
    """Apply a matrix to a point."""
    a, b, c, d, e, f = matrix
    x, y = spot
    return a * x + c * y + e, b * x + d * y + f


def product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that applies `first`, then `second`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        *(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j),
        *(e * g + f * i + k, e * h + f * j + m),
    )


def inverse(matrix: Matrix) -> Matrix:
    """Return the inverse matrix. Raises ZeroDivisionError."""
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    return (
        *(d / size, -b / size, -c / size, a / size),
        *((c * f - d * e) / size, (b * e - a * f) / size),
    )


def around(spots: Iterable[Spot]) -> Box:
    """Return the bounding box of points: left, bottom, right, top."""
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
