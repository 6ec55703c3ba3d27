"""How like MuPDF's own drawing a page of each kind is, and its bytes, beside WebP.

PSNR is the peak signal to noise ratio over the three channels, in decibels; 99 where nothing
differs.
"""

import io
import math
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

from bench.papers import papers
from bench.table import OURS, Table
from documents.rendering.children import WAITED_FOR, DocumentRenderer

WEBP = "WebP q75"
_SAME = 99.0


def note_kinds(table: Table, folder: Path, width: int) -> None:
    """Rows for a page of each kind at a width in pixels."""
    for kind, (source, page) in _made(folder).items():
        out = folder / "kind.image"
        with DocumentRenderer(source, WAITED_FOR) as renderer:
            drawn = renderer.render_page(page, width, out)
        # A scan keeps its own size: it is compared with what MuPDF draws at that size.
        reference = _mupdf(folder, source, page, drawn.width_px)
        webp = io.BytesIO()
        reference.save(webp, "WEBP", quality=75, method=0)
        for subject, data in ((OURS, out.read_bytes()), (WEBP, webp.getvalue())):
            case = f"{kind}, {width} pixels"
            table.note(case, subject, "PSNR", _likeness(data, reference), "dB")
            table.note(case, subject, "bytes", len(data) / 1000, "kB")


def _made(folder: Path) -> dict[str, tuple[Path, int]]:
    """A paper and a page of it, from 1 on, of every kind."""
    ready = papers(folder)
    stamped, photograph, scan = (folder / f"{name}.pdf" for name in ("stamped", "photo", "scan"))
    _run_mupdf("stamp", ready["giay_moi"], stamped)
    _photograph((1000, 1414)).save(photograph, resolution=120)
    text = _mupdf(folder, ready["bao_cao"], 2, 2480).convert("L")
    text.point([0] * 140 + [255] * 116, "1").save(scan, resolution=300)
    return {
        "text": (ready["bao_cao"], 2),
        "table": (ready["du_toan"], 1),
        "stamp": (stamped, 1),
        "photograph": (photograph, 1),
        "bilevel scan": (scan, 1),
    }


def _photograph(size: tuple[int, int]) -> Image.Image:
    """Soft shapes with the grain of a camera: no photograph comes with the product."""
    shapes = Image.effect_mandelbrot(size, (-2.2, -1.4, 0.8, 1.4), 60)
    soft = shapes.filter(ImageFilter.GaussianBlur(3))
    across, down = (Image.linear_gradient("L").rotate(turn).resize(size) for turn in (90, 0))
    channels = [ImageChops.screen(soft, across), ImageChops.multiply(across, down), down]
    grain = [Image.effect_noise(size, 12) for _ in channels]
    return Image.merge(
        "RGB",
        [ImageChops.add(one, noise, 1, -128) for one, noise in zip(channels, grain, strict=True)],
    )


def _mupdf(folder: Path, source: Path, page: int, width: int) -> Image.Image:
    out = folder / "reference.png"
    _run_mupdf("draw", source, page, width, out)
    with Image.open(out) as picture:
        return picture.convert("RGB")


def _run_mupdf(*words: object) -> None:
    command = [sys.executable, "-m", "bench.peers.mupdf_pages", *map(str, words)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _likeness(data: bytes, reference: Image.Image) -> float:
    with Image.open(io.BytesIO(data)) as opened:
        picture = opened.convert("RGB")
    squares = sum(ImageStat.Stat(ImageChops.difference(picture, reference)).sum2)
    if not squares:
        return _SAME
    return 10 * math.log10(255**2 * 3 * picture.width * picture.height / squares)
