"""Pages of each kind, drawn by a real render child: what becomes of them; no colour is lost."""

import io
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pymupdf as _pymupdf
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from documents.render_protocol import Drawn
from documents.rendering.children import WAITED_FOR, DocumentRenderer

pymupdf: Any = _pymupdf
A4 = (595, 842)
RED = (0.8, 0.05, 0.1)

pytestmark = pytest.mark.slow

Build = Callable[[Any], None]
Draw = Callable[..., tuple[Drawn, Image.Image]]


@pytest.fixture
def draw(tmp_path: Path) -> Iterator[Draw]:
    """Draws the first page of a paper that `build` makes from an empty page."""
    made: list[DocumentRenderer] = []

    def drawn(build: Build, width: int = 1200, turned: int = 0) -> tuple[Drawn, Image.Image]:
        paper = pymupdf.open()
        page = paper.new_page(width=A4[0], height=A4[1])
        build(page)
        page.set_rotation(turned)
        path = tmp_path / f"{len(made)}.pdf"
        paper.save(path)
        made.append(DocumentRenderer(path, WAITED_FOR))
        facts = made[-1].render_page(1, width, path.with_suffix(".image"))
        data = path.with_suffix(".image").read_bytes()
        picture = Image.open(io.BytesIO(data))
        picture.load()
        assert picture.size == (facts.width_px, facts.height_px)
        assert len(data) == facts.size
        assert Image.MIME[picture.format or ""] == facts.mime
        return facts, picture

    yield drawn
    for renderer in made:
        renderer.close()


def text(page: Any, ink: tuple[float, ...] = (0,)) -> None:
    for line in range(40):
        page.insert_text((60, 60 + 18 * line), "Nghi quyet cua Hoi dong nhan dan " * 2, color=ink)


def mupdf_drew(build: Build, width: int) -> Image.Image:
    """The page as MuPDF itself draws it, in colour."""
    page = pymupdf.open().new_page(width=A4[0], height=A4[1])
    build(page)
    scale = width / A4[0]
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False)
    return Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)


def likeness(one: Image.Image, other: Image.Image) -> float:
    """Peak signal to noise ratio in decibels."""
    differing = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other)).sum2
    mean = sum(differing) / (3 * other.width * other.height)
    return 10 * math.log10(255**2 / mean) if mean else 99.0


def red_pixels(picture: Image.Image) -> int:
    red, green, _ = picture.convert("RGB").split()
    return sum(ImageChops.subtract(red, green).histogram()[64:])


def is_grey_of_four_bits(picture: Image.Image) -> bool:
    colours = picture.getpalette("RGB") or []
    grey = colours[::3] == colours[1::3] == colours[2::3]
    return picture.mode == "P" and len(colours) <= 3 * 16 and grey


@pytest.mark.parametrize("width", [1200, 2400])
def test_text_is_grey_of_four_bits(draw: Draw, width: int) -> None:
    facts, picture = draw(text, width)
    assert facts.mime == "image/png"
    assert is_grey_of_four_bits(picture)
    assert likeness(picture, mupdf_drew(text, width)) > 40


def stamped(page: Any) -> None:
    text(page)
    page.draw_circle((420, 640), 50, color=RED, width=3)
    page.insert_text((395, 645), "DA KY", color=RED)


def ticked(page: Any) -> None:
    text(page)
    page.draw_line((300, 400), (303, 404), color=RED, width=0.8)


def noted(page: Any) -> None:
    text(page)
    page.add_highlight_annot(pymupdf.Rect(60, 100, 300, 118)).update()


def signed_picture(page: Any) -> None:
    text(page)
    seal = Image.new("RGB", (200, 200), "white")
    ImageDraw.Draw(seal).ellipse((10, 10, 190, 190), outline=(204, 13, 26), width=8)
    page.insert_image(pymupdf.Rect(360, 580, 480, 700), stream=png_of(seal))


def drawn_glyph(page: Any) -> None:
    """A letter of a font whose glyphs are drawings with colours of their own."""
    paper = page.parent
    glyph, font = paper.get_new_xref(), paper.get_new_xref()
    paper.update_object(glyph, "<<>>")
    paper.update_stream(glyph, b"1000 0 d0 0.8 0.05 0.1 rg 0 0 800 800 re f")
    paper.update_object(
        font,
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [0.001 0 0 0.001 0 0]"
        f" /CharProcs << /a {glyph} 0 R >> /Encoding << /Type /Encoding /Differences [97 /a] >>"
        " /FirstChar 97 /LastChar 97 /Widths [1000] >>",
    )
    paper.xref_set_key(page.xref, "Resources", f"<< /Font << /T3 {font} 0 R >> >>")
    text(page)
    content = page.get_contents()[-1]
    more = b"\nBT 0 g /T3 40 Tf 300 60 Td (a) Tj ET"
    paper.update_stream(content, paper.xref_stream(content) + more)


def drawn_glyph_in_an_inherited_pattern(page: Any) -> None:
    """The same letter, where neither the page's words nor its own resources show it."""
    drawn_glyph(page)
    paper = page.parent
    fonts = paper.xref_get_key(page.xref, "Resources/Font")[1]
    tile = paper.get_new_xref()
    paper.update_object(
        tile,
        "<< /Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 60 60] /XStep 60"
        f" /YStep 60 /Resources << /Font {fonts} >> >>",
    )
    paper.update_stream(tile, b"BT /T3 40 Tf 5 5 Td (a) Tj ET")
    parent = int(paper.xref_get_key(page.xref, "Parent")[1].split()[0])
    own = paper.xref_get_key(page.xref, "Resources/Font")[1]
    paper.xref_set_key(page.xref, "Resources", "null")
    paper.xref_set_key(parent, "Resources", f"<< /Font {own} /Pattern << /P1 {tile} 0 R >> >>")
    content = page.get_contents()[-1]
    words = paper.xref_stream(content).rpartition(b"\nBT 0 g /T3")[0]
    paper.update_stream(content, words + b"\n/Pattern cs /P1 scn 300 60 120 60 re f")


def png_of(picture: Image.Image, dpi: int | None = None) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", **({} if dpi is None else {"dpi": (dpi, dpi)}))
    return out.getvalue()


@pytest.mark.parametrize(
    "build",
    [stamped, ticked, signed_picture, drawn_glyph, drawn_glyph_in_an_inherited_pattern],
)
@pytest.mark.parametrize("width", [1200, 2400])
def test_red_on_a_page_of_text_stays_red(draw: Draw, build: Build, width: int) -> None:
    facts, picture = draw(build, width)
    reference = mupdf_drew(build, width)
    assert (facts.mime, picture.mode) == ("image/png", "P")
    assert red_pixels(picture) >= 0.95 * red_pixels(reference) > 0
    assert likeness(picture, reference) > 40


def test_a_mark_that_the_paper_brings_keeps_its_colour(draw: Draw) -> None:
    _, picture = draw(noted)
    yellow = picture.convert("RGB").getpixel((int(290 * 1200 / 595), int(101 * 1200 / 595)))
    assert isinstance(yellow, tuple)
    assert yellow[2] < 60 < 200 < yellow[0]


def photograph(mode: str, size: tuple[int, int] = (500, 700)) -> Image.Image:
    """Soft shades and some noise."""
    across, down = (Image.linear_gradient("L").rotate(turn).resize(size) for turn in (90, 0))
    noise = Image.effect_noise(size, 20)
    grey = ImageChops.add(ImageChops.multiply(across, down), noise, scale=1.5)
    return grey if mode == "L" else Image.merge("RGB", [grey, across, down])


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_scan_with_shades_is_drawn_at_its_own_size(draw: Draw, mode: str) -> None:
    def scanned(page: Any) -> None:
        page.insert_image(page.rect, stream=png_of(photograph(mode)), keep_proportion=False)

    for width in (1200, 2400):
        facts, _ = draw(scanned, width)
        assert facts.mime == "image/webp"
        assert 500 <= facts.width_px <= 501


def test_words_over_a_coarse_picture_stay_sharp(draw: Draw) -> None:
    def titled(page: Any) -> None:
        page.insert_image(page.rect, stream=png_of(photograph("RGB")), keep_proportion=False)
        page.insert_text((60, 60), "Nghi quyet", fontsize=30)

    facts, _ = draw(titled, 2400)
    assert facts.width_px == 2400


def bits(size: tuple[int, int]) -> Image.Image:
    """A scan in black and white with single pixels and thin strokes."""
    picture = Image.new("1", size, 1)
    pen = ImageDraw.Draw(picture)
    for step in range(0, size[1], 40):
        pen.line((10, step, size[0] - 10, step + step % 7), fill=0)
        pen.point([(x, step + 9) for x in range(5, size[0], 3)], fill=0)
    pen.rectangle((40, 60, 200, 90), fill=0)
    return picture


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("width", [1653, 2480])
def test_a_scan_in_black_and_white_is_kept_bit_for_bit(draw: Draw, width: int, turned: int) -> None:
    scan = bits((width, round(width * A4[1] / A4[0])))

    def scanned(page: Any) -> None:
        page.insert_image(page.rect, stream=png_of(scan), keep_proportion=False)

    facts, picture = draw(scanned, 2400, turned)
    if turned % 180 and max(scan.size) > 3000:
        assert facts.width_px == 2400
        return
    assert (facts.mime, picture.mode) == ("image/png", "1")
    assert picture.tobytes() == scan.rotate(-turned, expand=True).tobytes()
    small, picture = draw(scanned, 1200, turned)
    assert small.width_px == 1200
    assert is_grey_of_four_bits(picture)
    assert len(picture.getpalette("RGB") or []) == 3 * 16  # a scan needs every level


@pytest.mark.parametrize("ink", [(204, 13, 26), (0, 0, 90)], ids=["red", "navy"])
def test_a_scan_of_one_ink_keeps_its_ink(draw: Draw, ink: tuple[int, int, int]) -> None:
    scan = bits((1240, 1755)).convert("P")
    scan.putpalette([*ink, 255, 255, 255])
    scan = scan.point([0] + [1] * 255)

    def printed(page: Any) -> None:
        out = io.BytesIO()
        scan.save(out, "PNG", bits=1)
        page.insert_image(page.rect, stream=out.getvalue(), keep_proportion=False)

    facts, picture = draw(printed, 2400)
    assert 1240 <= facts.width_px <= 1241
    found = picture.convert("RGB").getpixel((100, 75))
    assert isinstance(found, tuple)
    assert all(abs(one - other) <= 12 for one, other in zip(found, ink, strict=True))


def test_what_lies_over_a_scan_is_seen(draw: Draw) -> None:
    def approved(page: Any) -> None:
        scan = png_of(bits((2480, 3509)))
        page.insert_image(page.rect, stream=scan, keep_proportion=False)
        page.insert_text((300, 700), "PHE DUYET", fontsize=30, color=RED)

    facts, picture = draw(approved, 2400)
    assert facts.width_px == 2400
    assert red_pixels(picture) > 1_000


def test_words_that_recognition_laid_over_a_scan_do_not_count(draw: Draw) -> None:
    def recognised(page: Any) -> None:
        scan = png_of(bits((2480, 3509)))
        page.insert_image(page.rect, stream=scan, keep_proportion=False)
        page.insert_text((60, 60), "Nghi quyet", render_mode=3)

    assert draw(recognised, 2400)[1].mode == "1"
