"""Puts the marks of a specification into an open paper: to be edited, or for good.

For good means: drawn into the pages' content, after what the paper itself has there. Then nothing
opens when a note is touched, so its words are written out on pages at the end, by number.
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
    """What is needed of a paper that is open for changes. Pages count from 1."""

    page_count: int

    def space(self, page: int) -> PageSpace:
        """How a page lies. Raises ValueError: it has no extent."""
        ...

    def page_object(self, page: int) -> int:
        """The number of a page's object."""
        ...

    def reserve(self) -> int:
        """The number of a new object, put later."""
        ...

    def put(self, number: int, dictionary: str, stream: bytes | None = None) -> None:
        """What a new object is."""
        ...

    def annotate(self, page: int, numbers: Sequence[int]) -> None:
        """Add annotations after those that a page has."""
        ...

    def draw_after(self, page: int, form: int) -> None:
        """Draw a form after everything that a page's content draws."""
        ...

    def add_page(self, width: float, height: float) -> int:
        """Add an empty page at the end; answers its page number."""
        ...


def annotate(paper: OpenPdf, spec: Path, *, flat: bool) -> int:
    """Put every mark into the paper; answers how many. flat: for good.

    Marks of pages that the paper does not have are left out. Raises: OSError, msgspec.MsgspecError
    or ValueError (no such specification), TypesettingError (no font files).
    """
    return _Flattening(paper, spec).run() if flat else _Annotating(paper, spec).run()


class _Drawing:
    """What both ways share: letters, ink, and the marks page by page."""

    def __init__(self, paper: OpenPdf, spec: Path, texts: Iterator[str]) -> None:
        self.paper = paper
        self._spec = spec
        self.letters = FontSubset(interface_fonts(), texts)
        self._outlines = OutlineBudget()
        self._fonts = ""

    def pages(self) -> Iterator[tuple[int, Iterator[Mark]]]:
        """The marks of each page that has some and is there."""
        for page, marks in groupby(read_marks(self._spec), key=lambda mark: mark.page):
            if 1 <= page <= self.paper.page_count:
                yield page, marks

    def add(self, dictionary: str, stream: bytes | None = None) -> int:
        """A new object; answers its number."""
        number = self.paper.reserve()
        self.paper.put(number, dictionary, stream)
        return number

    def form(self, box: Box, matrix: Matrix, drawn: str, states: set[State]) -> int:
        """A form that draws; answers its number."""
        resources = f"/ExtGState<<{''.join(f'/{one.name}{one.dictionary}' for one in states)}>>"
        if " Tf " in drawn:
            self._fonts = self._fonts or self.letters.add_to(self.add)
            resources += f"/Font<<{self._fonts}>>"
        return self.add(dictionaries.form(box, matrix, resources), drawn.encode("ascii"))

    def look(self, mark: Mark, space: PageSpace, number: str = "") -> AppearanceStream:
        """How a mark looks. number: of its words in a list."""
        drawing = Drawing(mark.style, mark.text or "", space, self.letters, self._outlines, number)
        return mark.handler.look(mark.shape, drawing)


def _drawn_texts(spec: Path) -> Iterator[str]:
    """The texts that stand on the pages themselves."""
    return (mark.text or "" for mark in read_marks(spec) if mark.handler.draws_text)


class _Annotating(_Drawing):
    """Marks as annotations, each with its look."""

    def __init__(self, paper: OpenPdf, spec: Path) -> None:
        read_head(spec)  # a file without one is no specification
        super().__init__(paper, spec, _drawn_texts(spec))

    def run(self) -> int:
        """Answers how many there are."""
        count = 0
        for page, marks in self.pages():
            space, numbers = self.paper.space(page), list[int]()
            for mark in marks:
                numbers += self._put(mark, space, self.paper.page_object(page))
                count += 1
            self.paper.annotate(page, numbers)
        return count

    def _put(self, mark: Mark, space: PageSpace, page: int) -> list[int]:
        look = self.look(mark, space)
        box = space.clipped(look.box)
        form = self.form(box, dictionaries.appearance_matrix(mark, space), look.drawn, {look.state})
        number = self.paper.reserve()
        window = self.paper.reserve() if mark.text and not mark.handler.draws_text else None
        whole = dictionaries.annotation(mark, box, space, page=page, look=form, popup=window)
        self.paper.put(number, whole)
        if window is None:
            return [number]
        self.paper.put(window, dictionaries.popup(number, box, space, page=page))
        return [number, window]


class _Flattening(_Drawing):
    """Marks as content of the pages, and their words on pages at the end."""

    def __init__(self, paper: OpenPdf, spec: Path) -> None:
        self._notes = NotesList(read_head(spec), read_marks(spec), paper.page_count)
        super().__init__(paper, spec, chain(_drawn_texts(spec), self._notes.texts()))

    def run(self) -> int:
        """Answers how many marks there are."""
        count = 0
        for page, marks in self.pages():
            space = self.paper.space(page)
            drawn, states = list[str](), set[State]()
            for mark in marks:
                for look in self._appearances(mark, space):
                    drawn.append(f"q {look.drawn} Q")
                    states.add(look.state)
                count += 1
            whole = (0.0, 0.0, space.width, space.height)
            self.paper.draw_after(page, self.form(whole, space.matrix, "\n".join(drawn), states))
        for content in self._notes.sheets(self.letters):
            page = self.paper.add_page(*NotesList.SHEET)
            space = self.paper.space(page)
            whole = (0.0, 0.0, space.width, space.height)
            self.paper.draw_after(page, self.form(whole, space.matrix, content, set()))
        return count

    def _appearances(self, mark: Mark, space: PageSpace) -> Iterator[AppearanceStream]:
        number = self._notes.number(mark.id)
        yield self.look(mark, space, number)
        if number and not mark.handler.is_marker:
            points = mark.shape.points()
            yield note_markers.tag(points, mark.style, space, self.letters, number)
