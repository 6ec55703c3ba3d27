"""Draws pages and tiles in the render child: in grey without colours, a scan at its own size.

Only this module, `child` and `pdf_writing` import PyMuPDF.
"""

import io
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import pymupdf as _pymupdf
from PIL import Image, ImageFilter

from documents.pages import codec, resolutions, tile_plan
from documents.pages import kind as page_kind
from documents.pages.codec import EncodedPage
from documents.pages.kind import Placed, Scan
from documents.render_protocol import RenderFault

# The library is untyped: from here on it is Any.
pymupdf: Any = _pymupdf
mupdf: Any = pymupdf.mupdf

_TINGE = 0.02  # maximum difference between channels of grey, where 1 is the full range
_SMALLEST_SCAN = 200_000  # pixels; smaller images are logos and signatures
MOST_SCAN_DPI, COARSE_SCAN_DPI = 300, 170
"""Resolutions for recognition: above the first a scan is reduced, below the second enlarged."""
_DEEPEST_TREE = 64
_INVISIBLE = "ignore-text"  # the invisible OCR text over a scan


class Colours(IntEnum):
    """Whether a page has colours, as known before drawing. The values are those of MuPDF."""

    NONE = 0
    UNKNOWN = 1
    SOME = 2


@dataclass(frozen=True, slots=True)
class Looked:
    """The properties of a page that all its drawings share. shown: its display list;
    size: (width, height) in points."""

    shown: Any
    size: resolutions.PageSize
    scan: Scan | None
    colours: Colours


def displayed_size(page: Any) -> resolutions.PageSize:
    """Width and height in points as displayed; at least 0.01 each."""
    return max(0.01, float(page.rect.width)), max(0.01, float(page.rect.height))


def inspect_page(page: Any) -> Looked:
    """Read and classify a page. Raises: the errors of MuPDF."""
    size = displayed_size(page)
    shown = page.get_displaylist(annots=True)
    return Looked(shown, size, _covering_scan(page, shown, size), _colours_of(page, shown))


def render_page(page: Any, width: int) -> tuple[EncodedPage, tuple[int, int]]:
    """A page image at a resolution, and its (width, height) in pixels.

    Raises: the errors of MuPDF, when the page is broken or too large for the available memory.
    """
    looked = inspect_page(page)
    shown, size, scan, colours = looked.shown, looked.size, looked.scan, looked.colours
    if scan is not None and scan.alone and scan.bilevel and colours is Colours.NONE:
        unscaled = _draw_unscaled(shown, size, scan, width)
        if unscaled is not None:
            return unscaled
    if scan is not None and scan.alone:
        width = resolutions.scan_width(scan.across, width)
    scale = resolutions.drawing_scale(size, width)
    return _encode(_render(shown, scale, scale, _colour_space(looked)), looked)


def draw_tile(
    looked: Looked, width: int, column: int, row: int
) -> tuple[EncodedPage, tuple[int, int]] | RenderFault:
    """The image of a tile and its (width, height) in pixels; or NO_SUCH_TILE; or AS_SHARP when the
    page is only a scan and the widest image or the level below already shows all its pixels.

    Raises: the errors of MuPDF.
    """
    # Rounded as in `measure`: web processes compute rows from that size.
    measured = round(looked.size[0], 2), round(looked.size[1], 2)
    area = tile_plan.tile_area(measured, width, column, row)
    if area is None:
        return RenderFault.NO_SUCH_TILE
    scan = looked.scan
    if scan is not None and scan.alone and not tile_plan.sharpens(scan.across, width):
        return RenderFault.AS_SHARP
    box = mupdf.FzIrect(*area)
    # A pixmap with an exact box: a rectangle in points would be rounded, and tiles would not align.
    pixels = mupdf.fz_new_pixmap_with_bbox(
        _colour_space(looked).this, box, mupdf.FzSeparations(), 0
    )
    mupdf.fz_clear_pixmap_with_value(pixels, 255)
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixels)
    scale_matrix = mupdf.fz_scale(width / looked.size[0], width / looked.size[0])
    mupdf.fz_run_display_list(
        looked.shown.this, device, scale_matrix, mupdf.FzRect(box), mupdf.FzCookie()
    )
    mupdf.fz_close_device(device)
    return _encode(pymupdf.Pixmap("raw", pixels), looked)


def draw_scan(page: Any) -> tuple[EncodedPage, tuple[int, int]] | None:
    """The scan that covers a page as a grey PNG for recognition; None when there is none.

    At its own resolution, where it is drawn as it is; a coarse one is enlarged, because letters of
    20 pixels are read best, and single dots are removed. Raises: the errors of MuPDF.
    """
    looked = inspect_page(page)
    if looked.scan is None:
        return None
    inches = looked.size[0] / 72
    own = looked.scan.across / inches
    scale = min(own, MOST_SCAN_DPI) * inches / looked.size[0]
    pixels = _render(looked.shown, scale, scale, pymupdf.csGRAY)
    image = Image.frombytes("L", (pixels.width, pixels.height), pixels.samples)
    if own < COARSE_SCAN_DPI:
        image = image.resize((image.width * 2, image.height * 2), Image.Resampling.BICUBIC)
    image = image.filter(ImageFilter.MedianFilter(3))
    made = io.BytesIO()
    image.save(made, "PNG", compress_level=1)
    return EncodedPage(made.getvalue(), "image/png"), image.size


def _colour_space(looked: Looked) -> Any:
    return pymupdf.csGRAY if looked.colours is Colours.NONE else pymupdf.csRGB


def _encode(pixels: Any, looked: Looked) -> tuple[EncodedPage, tuple[int, int]]:
    scan = looked.scan is not None
    if looked.colours is Colours.NONE:
        encoded = codec.encode_grey(pixels.samples_mv, pixels.width, pixels.height, scan=scan)
    else:
        encoded = codec.encode(
            pixels.samples_mv,
            pixels.width,
            pixels.height,
            coloured=looked.colours is Colours.SOME,
            scan=scan,
        )
    return encoded, (pixels.width, pixels.height)


def _render(shown: Any, across: float, down: float, space: Any) -> Any:
    return shown.get_pixmap(matrix=pymupdf.Matrix(across, down), colorspace=space, alpha=0)


def _draw_unscaled(
    shown: Any, size: resolutions.PageSize, scan: Scan, width: int
) -> tuple[EncodedPage, tuple[int, int]] | None:
    """A black and white scan without scaling; None when it is too large or does not fit."""
    if not resolutions.suits_as_it_is(scan.across, scan.down, width):
        return None
    pixels = _render(shown, scan.across / size[0], scan.down / size[1], pymupdf.csGRAY)
    encoded = codec.encode_bilevel(pixels.samples_mv, pixels.width, pixels.height)
    return None if encoded is None else (encoded, (pixels.width, pixels.height))


def _colours_of(page: Any, shown: Any) -> Colours:
    """Whether the page has colours, determined without drawing it.

    UNKNOWN for images that are not in grey colour spaces and for parts that cannot be inspected:
    only their pixels show it.
    """
    # The device writes into this object until it is deleted.
    found = mupdf.ll_fz_new_test_device_outparams()
    device = mupdf.FzDevice(mupdf.ll_fz_new_test_device_outparams_fn(_TINGE, 0, None, found))
    everything = mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE)
    try:
        mupdf.fz_run_display_list(
            shown.this, device, mupdf.FzMatrix(), everything, mupdf.FzCookie()
        )
        mupdf.fz_close_device(device)
    except mupdf.FzErrorAbort:
        pass  # the device aborts as soon as the result is known
    finally:
        del device
    colours = Colours(found.is_color)
    return Colours.UNKNOWN if colours is Colours.NONE and _has_uninspected_parts(page) else colours


def _has_uninspected_parts(page: Any) -> bool:
    """Whether a page has parts that the device does not inspect: Type 3 glyphs, and patterns and
    annotations, which may contain them. Patterns also take longer to draw in grey."""
    if page.first_annot is not None or page.first_widget is not None:
        return True
    document, number = page.parent, page.number
    resource_holders = [page.xref, *(form[0] for form in document.get_page_xobjects(number))]
    if any(_has_patterns(document, holder) for holder in resource_holders):
        return True
    return any(font[2] == "Type3" for font in document.get_page_fonts(number))


def _has_patterns(document: Any, holder: int) -> bool:
    """Whether a page or form has patterns in its own or inherited resources."""
    for _ in range(_DEEPEST_TREE):
        if document.xref_get_key(holder, "Resources")[0] != "null":
            return bool(document.xref_get_key(holder, "Resources/Pattern")[0] != "null")
        kind, parent = document.xref_get_key(holder, "Parent")
        if kind != "xref":
            return False
        holder = int(parent.split()[0])
    return True


def _covering_scan(page: Any, shown: Any, size: resolutions.PageSize) -> Scan | None:
    """The image that covers the page, or None."""
    listed = page.parent.get_page_images(page.number)
    if not any(entry[2] * entry[3] >= _SMALLEST_SCAN for entry in listed):
        return None
    text = pymupdf.TextPage(shown.get_textpage(pymupdf.TEXT_PRESERVE_IMAGES))
    images = [_placed(entry) for entry in text.extractIMGINFO()]
    covering = [image for image in images if page_kind.covers(image, size)]
    if not covering:
        return None
    alone = len(images) == 1 and _draws_one_image(page)
    return page_kind.scan_of(covering[-1], size, alone=alone)


def _draws_one_image(page: Any) -> bool:
    visible = [what for what, _ in page.get_bboxlog() if what != _INVISIBLE]
    return len(visible) == 1 and visible[0].startswith("fill-im")


def _placed(entry: dict[str, Any]) -> Placed:
    channels = entry["colorspace"]
    matrix = entry["transform"]
    return Placed(entry["width"], entry["height"], entry["bpc"], channels, tuple(matrix))
