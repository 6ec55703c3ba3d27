"""Writes the marks of a specification into an open document, editable or flattened.

Flattened marks are drawn into the page content, after the document's own content. Notes then have
no popup, so their texts are written on numbered pages at the end.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Protocol

from core.typesetting.fonts import interface_fonts
from documents.annotations.kinds.kind import Drawing
from documents.annotations.pdf import dictionaries, note_markers
from documents.annotations.pdf.appearance import AppearanceStream, State
from documents.annotations.pdf.embedded_font import FontSubset
from documents.annotations.pdf.note_pages import NotesList
from documents.annotations.pdf.page_space import Box, Matrix, PageSpace
from documents.annotations.pdf.pen_outline import OutlineBudget
from documents.annotations.pdf.spec import Mark, read_head, read_marks


class OpenPdf(Protocol):
    """The interface of a document that is open for changes. Pages count from 1."""

    page_count: int

    def space(self, page: int) -> PageSpace:
        """Return the coordinate space of a page. Raises ValueError: the page has no extent."""
        ...

    def page_object(self, page: int) -> int:
        """Return the object number of a page."""
        ...

    def reserve(self) -> int:
        """Return the number of a new object, to be written with `put`."""
        ...

    def put(self, number: int, dictionary: str, stream: bytes | None = None) -> None:
        """Write a new object."""
        ...

    def annotate(self, page: int, numbers: Sequence[int]) -> None:
        """Append annotations to those of a page."""
        ...

    def draw_after(self, page: int, form: int) -> None:
        """Draw a form after the existing content of a page."""
        ...

    def add_page(self, width: float, height: float) -> int:
        """Append an empty page and return its page number."""
        ...


def annotate(document: OpenPdf, spec: Path, *, flat: bool) -> int:
    """Write every mark into the document and return their number. flat: draw into the pages.

    Marks of pages that do not exist are skipped. Raises: OSError, msgspec.MsgspecError or
    ValueError (invalid specification), TypesettingError (no font files).
    """
    return _Flattening(document, spec).run() if flat else _Annotating(document, spec).run()


class _Drawing:
    """Base of both modes: fonts, pen outlines, and iteration over the marks by page."""

    def __init__(self, document: OpenPdf, spec: Path, texts: Iterator[str]) -> None:
        self.document = document
        self._spec = spec
        self.letters = FontSubset(interface_fonts(), texts)
        self._outlines = OutlineBudget()
        self._fonts = ""

    def pages(self) -> Iterator[tuple[int, Iterator[Mark]]]:
        """Yield each existing page that has marks, with its marks."""
        for page, marks in groupby(read_marks(self._spec), key=lambda mark: mark.page):
            if 1 <= page <= self.document.page_count:
                yield page, marks

    def add_object(self, dictionary: str, stream: bytes | None = None) -> int:
        """Add an object and return its number."""
        number = self.document.reserve()
        self.document.put(number, dictionary, stream)
        return number

    def form(self, box: Box, matrix: Matrix, drawn: str, states: set[State]) -> int:
        """Add a form and return its number."""
        resources = f"/ExtGState<<{''.join(f'/{one.name}{one.dictionary}' for one in states)}>>"
        if " Tf " in drawn:
            self._fonts = self._fonts or self.letters.add_to(self.add_object)
            resources += f"/Font<<{self._fonts}>>"
        return self.add_object(dictionaries.form(box, matrix, resources), drawn.encode("ascii"))

    def look(self, mark: Mark, space: PageSpace, number: str = "") -> AppearanceStream:
        """Return the appearance of a mark. number: of its text in the list of notes."""
        drawing = Drawing(mark.style, mark.text or "", space, self.letters, self._outlines, number)
        return mark.handler.look(mark.shape, drawing)


def _drawn_texts(spec: Path) -> Iterator[str]:
    """Yield the texts that are drawn on the pages."""
    return (mark.text or "" for mark in read_marks(spec) if mark.handler.draws_text)


class _Annotating(_Drawing):
    """Writes marks as annotations with appearance streams."""

    def __init__(self, document: OpenPdf, spec: Path) -> None:
        read_head(spec)  # fails if the file is not a specification
        super().__init__(document, spec, _drawn_texts(spec))

    def run(self) -> int:
        """Write all marks and return their number."""
        count = 0
        for page, marks in self.pages():
            space, numbers = self.document.space(page), list[int]()
            for mark in marks:
                numbers += self._put(mark, space, self.document.page_object(page))
                count += 1
            self.document.annotate(page, numbers)
        return count

    def _put(self, mark: Mark, space: PageSpace, page: int) -> list[int]:
        look = self.look(mark, space)
        box = space.clipped(look.box)
        form = self.form(box, dictionaries.appearance_matrix(mark, space), look.drawn, {look.state})
        number = self.document.reserve()
        window = self.document.reserve() if mark.text and not mark.handler.draws_text else None
        whole = dictionaries.annotation(mark, box, space, page=page, look=form, popup=window)
        self.document.put(number, whole)
        if window is None:
            return [number]
        self.document.put(window, dictionaries.popup(number, box, space, page=page))
        return [number, window]


class _Flattening(_Drawing):
    """Draws marks into the page content, and their texts on pages at the end."""

    def __init__(self, document: OpenPdf, spec: Path) -> None:
        self._notes = NotesList(read_head(spec), read_marks(spec), document.page_count)
        super().__init__(document, spec, chain(_drawn_texts(spec), self._notes.texts()))

    def run(self) -> int:
        """Draw all marks and return their number."""
        count = 0
        for page, marks in self.pages():
            space = self.document.space(page)
            drawn, states = list[str](), set[State]()
            for mark in marks:
                for look in self._appearances(mark, space):
                    drawn.append(f"q {look.drawn} Q")
                    states.add(look.state)
                count += 1
            whole = (0.0, 0.0, space.width, space.height)
            self.document.draw_after(page, self.form(whole, space.matrix, "\n".join(drawn), states))
        for content in self._notes.sheets(self.letters):
            page = self.document.add_page(*NotesList.SHEET)
            space = self.document.space(page)
            whole = (0.0, 0.0, space.width, space.height)
            self.document.draw_after(page, self.form(whole, space.matrix, content, set()))
        return count

    def _appearances(self, mark: Mark, space: PageSpace) -> Iterator[AppearanceStream]:
        number = self._notes.number(mark.id)
        yield self.look(mark, space, number)
        if number and not mark.handler.is_marker:
            points = mark.shape.points()
            yield note_markers.tag(points, mark.style, space, self.letters, number)
