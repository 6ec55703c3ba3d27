"""Breaks text into the lines of a column."""

from collections.abc import Callable, Iterator

Measure = Callable[[str], float]


def lines_of(text: str, column: float, width: Measure) -> list[str]:
    """Return the lines of a text in a column; an empty line for an empty paragraph.

    column: its width. width: measures a text on one line, in the same unit. A word that is wider
    than the column is broken.
    """
    return [line for paragraph in text.split("\n") for line in _lines(paragraph, column, width)]


def _lines(paragraph: str, column: float, width: Measure) -> Iterator[str]:
    line = ""
    for word in paragraph.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer) <= column:
            line = longer
            continue
        if line:
            yield line
        *full, line = _broken(word, column, width)
        yield from full
    yield line


def _broken(word: str, column: float, width: Measure) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter) > column:
            parts.append("")
        parts[-1] += letter
    return parts
