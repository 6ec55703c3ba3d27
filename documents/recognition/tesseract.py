"""Tesseract as the reader of scans: where it is, its command line, its table of words.

psm 3: pages in any layout. One thread: with more it takes four times as long on small machines.
"""

from pathlib import Path
from typing import NamedTuple

from documents.render_protocol import Word

PROGRAM = Path("/usr/bin/tesseract")
LANGUAGE = "vie"
DATA = Path("/usr/share/tesseract-ocr")
MOST_WORDS = 20_000
LONGEST_WORD = 200
LEAST_CONFIDENCE = 20
"""Percent; below it there is dirt, not a word."""
READABLE = tuple(map(Path, ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/bin", str(DATA))))


class Recognized(NamedTuple):
    """The words of a scan, boxes as fractions of the page; the confidence of each, in percent."""

    words: list[Word]
    confidence: list[int]


def is_installed() -> bool:
    """Whether this machine reads scans in Vietnamese."""
    return PROGRAM.exists() and any(DATA.glob(f"*/tessdata/{LANGUAGE}.traineddata"))


def command(image: Path) -> list[str]:
    """The command line; the table goes to stdout."""
    return [str(PROGRAM), str(image), "stdout", "-l", LANGUAGE, "--psm", "3", "tsv"]


def environment(folder: Path) -> dict[str, str]:
    """The whole environment of the program."""
    return {"OMP_THREAD_LIMIT": "1", "LANG": "C.UTF-8", "HOME": str(folder)}


def read_table(table: str, size: tuple[int, int]) -> Recognized:
    """Parse the program's table (TSV). size: width and height of the image in pixels.

    Lines that are not of its form are skipped: the program was given an untrusted image.
    """
    width, height = size
    words: list[Word] = []
    confidence: list[int] = []
    for line in table.splitlines():
        cells = line.split("\t")
        if len(cells) != 12 or cells[0] != "5" or len(words) == MOST_WORDS:
            continue
        try:
            left, top, across, down = (int(cell) for cell in cells[6:10])
            sure = int(float(cells[10]))
        except ValueError:
            continue
        text = cells[11].strip()[:LONGEST_WORD]
        inside = 0 <= left < left + across <= width and 0 <= top < top + down <= height
        if text and inside and sure >= LEAST_CONFIDENCE:
            box = left / width, top / height, (left + across) / width, (top + down) / height
            x0, y0, x1, y1 = (round(share, 5) for share in box)
            words.append((x0, y0, x1, y1, text))
            confidence.append(min(sure, 100))
    return Recognized(words, confidence)
