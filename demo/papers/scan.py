"""A document that looks scanned: grey images of pages, slightly rotated, without text."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Sequence
from datetime import date

from PIL import Image, ImageChops, ImageFilter, ImageOps

# Rotation of the pages in degrees.
_TILTS = (0.55, -0.4, 0.3)
_PAPER = 246
_DEPTH = 0.16


def _grain(size: tuple[int, int], chance: random.Random) -> Image.Image:
    """Mid-grey noise: full-size grain over coarser blotches."""
    fine = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    coarse_size = (size[0] // 6 + 1, size[1] // 6 + 1)
    coarse = Image.frombytes("L", coarse_size, chance.randbytes(coarse_size[0] * coarse_size[1]))
    return Image.blend(fine, coarse.resize(size, Image.Resampling.BILINEAR), 0.45)


def _shadow(size: tuple[int, int]) -> Image.Image:
    """A darker edge along the binding; white elsewhere."""
    slope = Image.linear_gradient("L").rotate(90).resize((size[0] // 22, size[1]))
    strip = slope.point([195 + value * 60 // 255 for value in range(256)])
    shadow = Image.new("L", size, 255)
    shadow.paste(strip, (0, 0))
    return shadow


def _sheet(png: bytes, tilt: float, chance: random.Random) -> Image.Image:
    """One page as a flatbed scanner reads it."""
    page = ImageOps.grayscale(Image.open(io.BytesIO(png)).convert("RGB"))
    page = page.point([30 + value * (_PAPER - 30) // 255 for value in range(256)])
    page = page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=_PAPER)
    page = page.filter(ImageFilter.GaussianBlur(0.6))
    page = ImageChops.multiply(page, _shadow(page.size))
    noisy = ImageChops.overlay(page, _grain(page.size, chance))
    return Image.blend(page, noisy, _DEPTH)


def scanned_pdf(pictures: Sequence[bytes], dots_per_inch: float, on: date, title: str) -> bytes:
    """A PDF of JPEG pages from PNG ``pictures``; identical bytes for the same day."""
    chance = random.Random(on.toordinal())  # noqa: S311 - grain, not a secret
    sheets = [
        _sheet(png, _TILTS[index % len(_TILTS)], chance) for index, png in enumerate(pictures)
    ]
    stamp = time.struct_time((on.year, on.month, on.day, 0, 0, 0, on.weekday(), 1, 0))
    out = io.BytesIO()
    sheets[0].save(
        out,
        "PDF",
        save_all=True,
        append_images=sheets[1:],
        resolution=dots_per_inch,
        quality=62,
        title=title,
        creationDate=stamp,
        modDate=stamp,
    )
    return out.getvalue()
