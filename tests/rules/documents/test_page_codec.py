"""What is encoded comes back: read by Pillow, pixel for pixel or as near as promised."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from documents.pages import codec
from documents.pages.codec import EncodedPage
from documents.pages.png_writer import png

WHITE = (255, 255, 255)


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def shown(page: EncodedPage | None) -> Image.Image:
    assert page is not None
    assert codec.mime_of(page.data[:12]) == page.mime
    return opened(page.data)


def rows_of(packed: bytes, row: int) -> bytes:
    return b"".join(b"\0" + packed[start : start + row] for start in range(0, len(packed), row))


@given(st.data(), st.sampled_from([1, 2, 4, 8]), st.integers(1, 40), st.integers(1, 9))
def test_png_comes_back_as_written(data: st.DataObject, bits: int, width: int, height: int) -> None:
    most = (1 << bits) - 1
    count = width * height
    pixels = data.draw(st.lists(st.integers(0, most), min_size=count, max_size=count))
    palette = data.draw(st.none() | st.binary(min_size=3 * (most + 1), max_size=3 * (most + 1)))
    row = (width * bits + 7) // 8
    packed = bytearray()
    for start in range(0, count, width):
        line = 0
        for value in pixels[start : start + width]:
            line = line << bits | value
        packed += (line << (row * 8 - width * bits)).to_bytes(row, "big")
    picture = opened(png(rows_of(bytes(packed), row), (width, height), bits, palette))
    if palette is None:
        grey = [value * 255 // most for value in pixels]
        assert list(picture.convert("L").tobytes()) == grey
    else:
        flat = [part for value in pixels for part in palette[3 * value : 3 * value + 3]]
        assert list(picture.convert("RGB").tobytes()) == flat


@given(st.integers(1, 70), st.integers(1, 12), st.data())
def test_grey_comes_back_near_what_it_was(width: int, height: int, data: st.DataObject) -> None:
    size = width * height
    samples = data.draw(st.binary(min_size=size, max_size=size))
    page = codec.encode_grey(samples, width, height)
    if page.mime == codec.PNG:
        found = shown(page).convert("L").tobytes()
        assert max(abs(one - other) for one, other in zip(found, samples, strict=True)) <= 26
    else:
        assert shown(page).size == (width, height)


@pytest.mark.parametrize("width", [1200, 1201])
def test_every_grey_of_a_page_of_text_is_near_in_four_bits(width: int) -> None:
    samples = bytes(range(256)) + b"\xff" * (width * 40 - 256)
    in_colour = b"".join(bytes([value]) * 3 for value in samples)
    for page in (
        codec.encode_grey(samples, width, 40),
        codec.encode(in_colour, width, 40),
    ):
        assert page.data[24] == 4  # bits of a pixel
        found = shown(page).convert("L").tobytes()
        assert (found[0], found[255]) == (0, 255)
        assert max(abs(grey - value) for value, grey in enumerate(found[:256])) <= 14
        assert sorted(found[:256]) == list(found[:256])


@pytest.mark.parametrize("tint", [(242, 224), (250, 235), (245, 252)])
def test_a_tinted_row_keeps_its_very_grey(tint: tuple[int, int]) -> None:
    """Two rows of a table, tinted in turns, with words on them."""
    picture = Image.new("L", (1200, 1700), 255)
    pen = ImageDraw.Draw(picture)
    for place, grey in enumerate(tint):
        pen.rectangle((100, 600 + 60 * place, 1100, 659 + 60 * place), fill=grey)
        pen.text((110, 610 + 60 * place), "Nghi quyet cua Hoi dong", fill=0, font_size=30)
    found = shown(codec.encode_grey(picture.tobytes(), *picture.size)).convert("L")
    assert [found.getpixel((1000, y)) for y in (630, 690)] == list(tint)


def test_a_grey_photograph_is_no_text() -> None:
    picture = Image.linear_gradient("L").resize((600, 800))
    page = codec.encode_grey(picture.tobytes(), 600, 800)
    assert page.mime == codec.WEBP
    assert shown(page).size == (600, 800)


@given(st.integers(1, 40), st.integers(1, 9), st.data())
def test_black_and_white_comes_back_bit_for_bit(
    width: int, height: int, data: st.DataObject
) -> None:
    size = width * height
    pixels = data.draw(st.lists(st.sampled_from([0, 255]), min_size=size, max_size=size))
    picture = shown(codec.encode_bilevel(bytes(pixels), width, height))
    assert picture.mode == "1"
    assert picture.convert("L").tobytes() == bytes(pixels)


def test_a_page_with_greys_is_not_black_and_white() -> None:
    assert codec.encode_bilevel(bytes([0, 128, 255, 255]), 2, 2) is None


def page_with(ink: tuple[int, int, int], box: tuple[int, int, int, int]) -> Image.Image:
    """White paper with a line of black and something of a colour."""
    picture = Image.new("RGB", (1200, 1700), WHITE)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((100, 100, 900, 130), fill=(0, 0, 0))
    pen.rectangle(box, fill=ink)
    return picture


def encoded(picture: Image.Image, **known: bool) -> EncodedPage:
    return codec.encode(picture.tobytes(), picture.width, picture.height, **known)


@pytest.mark.parametrize(
    ("ink", "box"),
    [
        ((200, 16, 46), (300, 300, 560, 560)),
        ((255, 0, 0), (300, 300, 303, 302)),
        ((222, 234, 246), (100, 600, 1100, 700)),
        ((255, 255, 204), (100, 600, 1100, 700)),
        ((255, 245, 245), (300, 300, 330, 330)),
    ],
    ids=["stamp", "tick of twelve pixels", "pale blue row", "highlighter", "faint pink stamp"],
)
@pytest.mark.parametrize("known", [{}, {"coloured": True}], ids=["seen", "known"])
def test_a_colour_is_never_lost(
    ink: tuple[int, int, int], box: tuple[int, int, int, int], known: dict[str, bool]
) -> None:
    picture = page_with(ink, box)
    page = encoded(picture, **known)
    assert page.mime == codec.PNG
    assert ImageChops.difference(shown(page).convert("RGB"), picture).getbbox() is None


def test_photographs_and_scans_in_colour_are_webp() -> None:
    across, down = (Image.linear_gradient("L").rotate(turn) for turn in (90, 0))
    rainbow = Image.merge("HSV", [across, down, Image.new("L", (256, 256), 255)]).convert("RGB")
    page = Image.new("RGB", (1200, 1700), WHITE)
    page.paste(rainbow.resize((1000, 600)), (100, 100))
    assert encoded(page).mime == codec.WEBP
    assert encoded(page_with((200, 16, 46), (300, 300, 560, 560)), scan=True).mime == codec.WEBP


def test_what_is_no_page_image_is_told_apart() -> None:
    with pytest.raises(ValueError, match="not a page image"):
        codec.mime_of(b"GIF89a\x01\x00\x01\x00\x00\x00")
