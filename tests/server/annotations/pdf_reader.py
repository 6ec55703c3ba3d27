"""A PDF as poppler reads it: words, pages, fonts, where things lie."""

import re
import subprocess
from pathlib import Path

A4 = (595.28, 841.89)
MILLIMETRE = 72 / 25.4


class Reader:
    """A PDF as poppler reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def says(self, *words: str) -> str:
        """What one of poppler's programs prints about the file."""
        done = subprocess.run([*words, str(self.path), "-"], check=True, capture_output=True)
        return done.stdout.decode().replace("\u00a0", " ")

    @property
    def text(self) -> str:
        """All words with one space between them."""
        return " ".join(self.says("pdftotext", "-layout").split())

    @property
    def joined(self) -> str:
        """All letters in their order, without any space."""
        return "".join(self.says("pdftotext", "-raw").split())

    def page(self, number: int) -> list[str]:
        """The lines of a page that are not empty."""
        words = ("pdftotext", "-layout", "-f", str(number), "-l", str(number))
        lines = self.says(*words).replace("\f", "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    @property
    def facts(self) -> dict[str, str]:
        """What pdfinfo says."""
        done = subprocess.run(["pdfinfo", str(self.path)], check=True, capture_output=True)
        pairs = (line.partition(":") for line in done.stdout.decode().splitlines())
        return {name: value.strip() for name, _, value in pairs}

    def fonts(self) -> list[list[str]]:
        """The fonts, a list of columns for each."""
        done = subprocess.run(["pdffonts", str(self.path)], check=True, capture_output=True)
        return [row.split() for row in done.stdout.decode().splitlines()[2:]]

    def edges(self) -> list[tuple[float, float, float, float]]:
        """Left, top, right and bottom of what lies between the margins, a page each."""
        boxes = re.split(r"<page ", self.says("pdftotext", "-bbox"))[1:]
        return [self._edges(page) for page in boxes]

    @staticmethod
    def _edges(page: str) -> tuple[float, float, float, float]:
        found = re.findall(r'xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)"', page)
        left, top, right, bottom = zip(*(map(float, word) for word in found), strict=True)
        return min(left), min(top), max(right), max(bottom)


def assert_inside_the_margins(paper: Reader) -> None:
    for left, _, right, bottom in paper.edges():
        assert left >= 30 * MILLIMETRE - 0.5
        assert right <= A4[0] - 15 * MILLIMETRE
        # The tails of letters hang below the last line.
        assert bottom <= A4[1] - 20 * MILLIMETRE + 3
