"""The process that converts images to a PDF, one page for each: upright, without their metadata.

`python -m documents.conversion.image_child FOLDER` reads FOLDER/source and writes FOLDER/result.pdf
and FOLDER/facts.txt. The name of a fault is its last line on stdout. A photograph is reduced to
what a page at MOST_DPI shows; pages in black and white stay so. Started by `conversion.converter`.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from pi_heif import register_heif_opener
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from documents.sandbox.confinement import MEGABYTE, Limits, confine
from documents.sandbox.landlock import PROGRAM, Access, restrict
from documents.sandbox.processes import end_with_parent

LIMITS = Limits(memory_bytes=1536 * MEGABYTE, file_bytes=512 * MEGABYTE, cpu_seconds=120)
MOST_PIXELS = 150_000_000
MOST_PAGES = 500
GROUP = 16
"""Pages in memory at one time; in colour they are as large as A4 at MOST_DPI."""
MOST_DPI = 300
LEAST_DPI = 72
A4_INCHES = (8.27, 11.69)
JPEG_QUALITY = 88


class NoImage(Exception):
    """The file cannot be shown; the text is the name of a `ConversionFault`."""


def main(folder: Path) -> int:
    """Confine this process, then convert. Returns the exit code."""
    confine(name=b"image-child", limits=LIMITS)
    restrict([(PROGRAM, Access.CODE), ([folder], Access.WORK)])
    end_with_parent()
    return write_pdf(folder)


def write_pdf(folder: Path) -> int:
    """Write folder/result.pdf from folder/source. Returns the exit code."""
    # Ours is checked before anything is decoded; the library's own only warns up to twice of it.
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    register_heif_opener(thumbnails=False)
    target = folder / "result.pdf"
    count = 0
    try:
        for group in _groups(_pages(folder / "source")):
            first, *others = group
            # A page in black and white is compressed without loss, and takes no quality.
            quality = {} if first.mode == "1" else {"quality": JPEG_QUALITY}
            more = {"save_all": True, "append_images": others, "append": count > 0}
            first.save(target, "PDF", resolution=_dpi(first), **more, **quality)
            count += len(group)
            if count > MOST_PAGES:
                raise NoImage("too_many_pages")
    except NoImage as refusal:
        sys.stdout.write(f"{refusal}\n")
        return 1
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
        sys.stdout.write("image_too_large\n")
        return 1
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stdout.write("conversion_failed\n")
        return 1
    (folder / "facts.txt").write_text("")
    return 0


def _pages(source: Path) -> Iterator[Image.Image]:
    with Image.open(source) as image:
        if image.width * image.height > MOST_PIXELS:
            raise NoImage("image_too_large")
        if image.format == "JPEG":
            # Decodes at a fraction of the size, which takes a fraction of time and memory.
            image.draft("RGB", _largest(image.size))
        frames = ImageSequence.Iterator(image) if image.format == "TIFF" else [image]
        for frame in frames:
            if frame.width * frame.height > MOST_PIXELS:
                raise NoImage("image_too_large")
            yield _page(frame)


def _groups(pages: Iterator[Image.Image]) -> Iterator[list[Image.Image]]:
    """Pages of one kind and resolution, some at a time: each append reads the whole PDF again."""
    group: list[Image.Image] = []
    for page in pages:
        if group and (
            len(group) == GROUP or (page.mode, _dpi(page)) != (group[0].mode, _dpi(group[0]))
        ):
            yield group
            group = []
        group.append(page)
    if group:
        yield group


def _page(frame: Image.Image) -> Image.Image:
    """Upright, reduced, in a mode that a PDF has."""
    noted = frame.info.get("dpi")
    given = None if noted is None else tuple(float(one) for one in noted)
    if given is not None and min(given) > 0 and max(given) > min(given) * 1.02:
        # A fax has fewer lines than dots in a line.
        across, down = (max(given) / one for one in given)
        frame = frame.resize((round(frame.width * across), round(frame.height * down)))
        given = (max(given), max(given))
    upright = ImageOps.exif_transpose(frame)
    if upright.mode != "1":
        upright = _opaque(upright)
        most = _largest(upright.size)
        if upright.width > most[0] or upright.height > most[1]:
            upright.thumbnail(most, Image.Resampling.LANCZOS, reducing_gap=2.0)
            given = None
    upright.info = {} if given is None else {"dpi": given}
    return upright


def _opaque(image: Image.Image) -> Image.Image:
    """In grey or colour, on white where it is transparent."""
    if image.mode.startswith("I") or image.mode == "F":
        image = image.convert("F").point(lambda value: value / 256).convert("L")
    if image.mode in {"L", "RGB"} and "transparency" not in image.info:
        return image
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        painted = image.convert("RGBA")
        paper = Image.new("RGB", painted.size, "white")
        paper.paste(painted, mask=painted.getchannel("A"))
        return paper
    return image.convert("RGB")


def _largest(size: tuple[int, int]) -> tuple[int, int]:
    """Pixels of A4 at MOST_DPI, turned as the image is."""
    short, long = (round(inches * MOST_DPI) for inches in A4_INCHES)
    return (long, short) if size[0] > size[1] else (short, long)


def _dpi(page: Image.Image) -> float:
    """The resolution that a scanner noted, if the page then fits A4; else that of a page of A4."""
    given = page.info.get("dpi")
    short, long = sorted(page.size)
    fitting = max(short / A4_INCHES[0], long / A4_INCHES[1])
    if given is not None:
        noted = float(min(given))
        if noted >= max(LEAST_DPI + 1, fitting * 0.98):
            return noted
    return max(fitting, 1.0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
