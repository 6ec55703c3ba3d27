"""What the pictures of pages are compared with: MuPDF's own, in full colour and without loss.

`python -m bench.peers.mupdf_pages draw PDF PAGE WIDTH OUT.png`, and `… stamp PDF OUT.pdf`, which
puts a red seal and a signature on the last page. A program of its own: nothing else in the
benchmarks knows PyMuPDF.
"""

import sys
from collections.abc import Callable
from typing import Any

import pymupdf as _pymupdf

from documents.pages.resolutions import drawing_scale

pymupdf: Any = _pymupdf

_RED, _BLUE = (0.78, 0.06, 0.18), (0.1, 0.15, 0.6)


def draw(source: str, number: str, width: str, out: str) -> None:
    """One page at a width in pixels, as PNG."""
    page = pymupdf.open(source)[int(number) - 1]
    scale = drawing_scale((page.rect.width, page.rect.height), int(width))
    page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False).save(out)


def stamp(source: str, out: str) -> None:
    """A copy of the paper with a seal and a signature."""
    paper = pymupdf.open(source)
    page = paper[-1]
    middle = pymupdf.Point(page.rect.width * 0.68, page.rect.height * 0.72)
    for radius, line in ((48, 2.5), (34, 1)):
        page.draw_circle(middle, radius, color=_RED, width=line)
    for turn in range(0, 360, 30):
        place = middle + pymupdf.Point(40, 0) * pymupdf.Matrix(turn)
        page.insert_text(place, "H", fontsize=9, color=_RED, rotate=0)
    curve = [middle + pymupdf.Point(x, 14 * (x % 25) / 25 - x / 9) for x in range(-60, 70, 5)]
    page.draw_polyline(curve, color=_BLUE, width=1.2)
    paper.save(out)


if __name__ == "__main__":
    programs: dict[str, Callable[..., None]] = {"draw": draw, "stamp": stamp}
    programs[sys.argv[1]](*sys.argv[2:])
