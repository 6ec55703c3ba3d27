"""Draws tiles of a page in the render child: what a map shows that is far zoomed in."""

from documents import page_tiles, render_drawing
from documents.page_codec import EncodedPage
from documents.render_drawing import Looked
from documents.render_protocol import Fault


def draw_tile(
    looked: Looked, width: int, column: int, row: int
) -> tuple[EncodedPage, tuple[int, int]] | Fault:
    """The image of a tile and its (width, height) in pixels; or NO_SUCH_TILE, or AS_SHARP: the page
    is but a scan, which its widest image or the level below shows whole.

    Raises what MuPDF raises.
    """
    area = page_tiles.tile_area(looked.size, width, column, row)
    if area is None:
        return Fault.NO_SUCH_TILE
    scan = looked.scan
    if scan is not None and scan.alone and not page_tiles.sharpens(scan.across, width):
        return Fault.AS_SHARP
    return render_drawing.draw_area(looked, width / looked.size[0], area)
