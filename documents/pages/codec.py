"""Encodes page images. The only module that depends on image formats.

Pages of text, tables and drawings become PNG: up to 16 greys, or up to 256 colours if they have
a stamp or a tint. Photographs and scans with shades become WebP. Black and white scans become PNG
with one bit per pixel. `pages.kind` contains the rules.
"""

import io
from dataclasses import dataclass
from typing import cast

from PIL import Image

from documents.pages import kind
from documents.pages.kind import ROUNDED, Histogram
from documents.pages.png_writer import png

WEBP = "image/webp"
PNG = "image/png"

# Part of file names and ETags: a change of the encoding changes the bytes of every image.
REVISION = "r3"

_QUALITY = 75
_METHOD = 0  # method 2 takes twice as long for a sixth fewer bytes
_CELLS = kind.LEVELS**3
_OWN_COLOURS = 1 << 14  # a page with more exact colours than this uses the rounded ones
_HALF = [0] * 128 + [255] * 128

Samples = bytes | bytearray  # or a memoryview of bytes


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """One page image: the file's bytes and its media type."""

    data: bytes
    mime: str


def mime_of(start: bytes) -> str:
    """The media type of a page image from its first 12 bytes. Raises: ValueError (not an image)."""
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return WEBP
    if start[:8] == b"\x89PNG\r\n\x1a\n":
        return PNG
    raise ValueError("not a page image")


def encode(
    samples: Samples, width: int, height: int, *, coloured: bool = False, scan: bool = False
) -> EncodedPage:
    """Encode a page that may have colours.

    samples: RGB, 8 bits per channel, rows without padding; width and height in pixels.
    coloured: the page is known to have colours. scan: an image covers the page.
    """
    picture = Image.frombuffer("RGB", (width, height), samples, "raw", "RGB", 0, 1)
    levels = None if coloured else _encode_if_grey(picture, scan)
    few = None if levels is not None or scan else _encode_few_colours(picture)
    return levels or few or _webp(picture)


def encode_grey(samples: Samples, width: int, height: int, *, scan: bool = False) -> EncodedPage:
    """Encode a page without colours.

    samples: one byte per pixel, 0 is black. scan: an image covers the page.
    """
    luma = _sampled(samples, width, height).histogram()
    if kind.is_plain(luma):
        return _encode_greys(
            Image.frombuffer("P", (width, height), samples, "raw", "P", 0, 1), luma, scan
        )
    grey = Image.frombuffer("L", (width, height), samples, "raw", "L", 0, 1)
    return _webp(grey.convert("RGB"))


def encode_bilevel(samples: Samples, width: int, height: int) -> EncodedPage | None:
    """Encode a page of black and white pixels; None when it also has greys.

    samples: one byte per pixel, 0 is black.
    """
    picture = Image.frombuffer("L", (width, height), samples, "raw", "L", 0, 1)
    if not kind.is_black_and_white(picture.histogram()):
        return None
    return _png(picture.point(_HALF, "1"), "1", 1)


def _sampled(samples: Samples, width: int, height: int) -> Image.Image:
    """Every fourth row of a grey image, without copying."""
    step = 4 if height >= 4 else 1
    return Image.frombuffer("L", (width, height // step), samples, "raw", "L", step * width, 1)


def _encode_if_grey(picture: Image.Image, scan: bool) -> EncodedPage | None:
    """Encode an RGB image in levels of grey; None if it has colours or is not plain."""
    parts = picture.convert("YCbCr")
    counts = parts.histogram()
    luma, blue_chroma, red_chroma = counts[:256], counts[256:512], counts[512:]
    if not kind.is_grey(blue_chroma, red_chroma) or not kind.is_plain(luma):
        return None
    grey = parts.getchannel(0)
    return _encode_greys(
        Image.frombuffer("P", grey.size, grey.tobytes(), "raw", "P", 0, 1), luma, scan
    )


def _encode_greys(values: Image.Image, luma: Histogram, scan: bool) -> EncodedPage:
    """Encode with a 4-bit palette. values: a P image whose indexes are grey values."""
    level_of, greys = kind.greys_of(luma, scan=scan)
    return _png(
        values.point(level_of), "P;4", 4, _palette_bytes([(grey, grey, grey) for grey in greys])
    )


def _encode_few_colours(picture: Image.Image) -> EncodedPage | None:
    rounded = picture.point(ROUNDED * 3)
    kept = kind.palette_of(_colours(rounded, _CELLS) or ())
    if kept is None:
        return None
    palette = Image.new("P", (1, 1))
    palette.putpalette(_palette_bytes(kept))
    indexes = rounded.quantize(palette=palette, dither=Image.Dither.NONE)
    del rounded
    own = _colours(picture, _OWN_COLOURS)
    shown = kept if own is None else kind.exact_colours(kept, own)
    return _png(indexes, "P", 8, _palette_bytes(shown))


def _png(
    picture: Image.Image, packing: str, bits: int, palette: bytes | None = None
) -> EncodedPage:
    # Each packed row ends with a zero byte, which is the filter byte of the next row.
    row = (picture.width * bits + 7) // 8 + 1
    rows = b"\0" + picture.tobytes("raw", packing, row)[:-1]
    return EncodedPage(png(rows, picture.size, bits, palette), PNG)


def _webp(picture: Image.Image) -> EncodedPage:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=_METHOD)
    return EncodedPage(out.getvalue(), WEBP)


def _colours(picture: Image.Image, most: int) -> list[tuple[int, kind.Colour]] | None:
    """(pixels, colour) of every colour of an RGB image; None when there are more than `most`."""
    return cast("list[tuple[int, kind.Colour]] | None", picture.getcolors(most))


def _palette_bytes(colours: list[kind.Colour]) -> bytes:
    return bytes(value for colour in colours for value in colour)
