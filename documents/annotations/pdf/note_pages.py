"""Writes the texts of notes and marks on pages at the end of a flattened document."""

from collections.abc import Iterable, Iterator

from documents.annotations.pdf.embedded_font import FontSubset
from documents.annotations.pdf.spec import Head, Mark
from documents.annotations.pdf.syntax import numbers
from documents.annotations.pdf.text_lines import lines_of

_LEFT, _RIGHT, _TOP, _FOOT = 85.0, 547.0, 770.0, 64.0
_TITLE, _LINE, _SMALL = 17.0, 11.5, 9.5
_SPACING = 1.45
_NUMBER_WIDE = 28.0
_INK, _GREY = "0.11 0.1 0.1 rg", "0.38 0.36 0.34 rg"


class _Entry:
    """Text and position of one mark."""

    def __init__(self, mark: Mark, head: Head) -> None:
        self.id, self.page = mark.id, mark.page
        self.place = min((y, x) for x, y in mark.shape.points())
        self.heading = f"{head.page_word} {mark.page} · {mark.byline}"
        self.text = mark.text or ""


class NotesList:
    """Texts of the document that are not drawn on its pages, in reading order.

    page_count: marks of later pages are skipped.
    """

    SHEET = (595.28, 841.89)
    """Width and height of an A4 page, in points."""

    def __init__(self, head: Head, marks: Iterable[Mark], page_count: int) -> None:
        found = (
            _Entry(mark, head)
            for mark in marks
            if mark.text and not mark.handler.draws_text and 1 <= mark.page <= page_count
        )
        self._title = head.notes_title
        self._entries = sorted(found, key=lambda entry: (entry.page, entry.place))
        self._numbers = {entry.id: str(at) for at, entry in enumerate(self._entries, start=1)}

    def texts(self) -> Iterator[str]:
        """Yield every text that is drawn."""
        yield self._title
        for entry in self._entries:
            yield from (entry.heading, entry.text, f"{self._numbers[entry.id]}.")

    def number(self, mark_id: str) -> str:
        """Return the number of a mark's text; empty if it has none."""
        return self._numbers.get(mark_id, "")

    def sheets(self, letters: FontSubset) -> Iterator[str]:
        """Yield the content of each page."""
        if not self._entries:
            return
        y = _TOP - 2 * _TITLE
        drawn = [_text(_LEFT, _TOP - _TITLE, self._title, _TITLE, _INK, letters)]
        for entry in self._entries:
            for x, size, color, line, before in self._lines(entry, letters):
                if y - before < _FOOT:
                    yield "\n".join(drawn)
                    drawn, y = [], _TOP
                y -= before
                drawn.append(_text(x, y, line, size, color, letters))
        yield "\n".join(drawn)

    def _lines(
        self, entry: _Entry, letters: FontSubset
    ) -> Iterator[tuple[float, float, str, str, float]]:
        """Yield left edge, font size, colour, text and distance to the previous line."""
        column = _RIGHT - _LEFT - _NUMBER_WIDE
        left = _LEFT + _NUMBER_WIDE
        gap = 2 * _LINE
        yield _LEFT, _SMALL, _GREY, f"{self._numbers[entry.id]}.", gap
        for place, line in enumerate(_broken(entry.heading, _SMALL, column, letters)):
            yield left, _SMALL, _GREY, line, _SMALL * _SPACING if place else 0.0
        for line in _broken(entry.text, _LINE, column, letters):
            yield left, _LINE, _INK, line, _LINE * _SPACING


def _broken(text: str, size: float, column: float, letters: FontSubset) -> list[str]:
    return lines_of(letters.settable(text), column, lambda line: letters.width(line) * size)


def _text(x: float, y: float, text: str, size: float, color: str, letters: FontSubset) -> str:
    shown = letters.shown(letters.settable(text), size)
    return f"{color} BT 1 0 0 1 {numbers((x, y))} Tm {shown} ET"
