"""The render child: opens one PDF and draws its pages.

Only this module, `drawing` and `pdf_writing` import PyMuPDF. The fork server (`fork_server`) forks
the children. A child reads requests from a stream and replies on it (`protocol`) until the stream
ends, and is confined (`confinement`). Each child opens one document. JavaScript is disabled, and no
action of a document runs: MuPDF runs actions only on request, and this code never requests them.
"""

import errno
import os
import time
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pymupdf as _pymupdf

from documents.annotations.pdf.existing import MOST_NOTES, notes_of
from documents.pages.codec import EncodedPage
from documents.render_protocol import (
    CPU_SECONDS,
    HEADER,
    Annotate,
    Annotated,
    Confined,
    Draw,
    Drawn,
    DrawScan,
    DrawTile,
    Failed,
    Measure,
    Measured,
    NotesRead,
    Open,
    Opened,
    PageFacts,
    ReadNotes,
    ReadWords,
    RenderFault,
    Reply,
    ReportConfinement,
    Request,
    Word,
    WordsRead,
    body_length,
    decode_request,
    frame,
    whole,
)
from documents.rendering import drawing, pdf_writing
from documents.rendering.drawing import displayed_size
from documents.sandbox.confinement import Confinement, PageBudget, allow_cpu
from documents.sandbox.landlock import reach_only

# The library is untyped: from here on it is Any.
pymupdf: Any = _pymupdf

CPU_SECONDS_TO_OPEN = 8
CPU_SECONDS_TO_ANNOTATE = 30

_HEADER_REACH = 1024  # Acrobat also searches for %PDF- in the first kilobyte only
_DISK_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT)
_MAX_LABEL = 32
_MAX_LABEL_RULES = 200  # the lookup of each label iterates over all rules
_MAX_WORDS = 20_000
_MAX_WORD_CHARACTERS = 200
_TEXT_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP


class Refused(Exception):
    """Raised by a command that is answered with `Failed`."""

    def __init__(self, fault: RenderFault, detail: str = "") -> None:
        super().__init__(detail)
        self.fault = fault
        self.detail = detail


class OpenDocument:
    """The one open document of this process. confinement: of this process. budget: of its pages."""

    def __init__(self, confinement: Confinement) -> None:
        self._confinement = confinement
        self.budget = PageBudget()
        self._document: Any = None
        self._count = 0
        self._labelled = False
        self._looked: tuple[int, drawing.Looked] | None = None

    def open(self, request: Open) -> Opened:
        """Raises Refused: not_a_pdf, pdf_encrypted, pdf_broken, pdf_empty, too_many_pages,
        pdf_too_heavy."""
        self.budget = PageBudget(request.page_cpu)
        try:
            reach_only(Path(request.path), Path(request.results) if request.results else None)
            document: Any = _inspect(request.path)
            refusal = _file_fault(document)
            count = 0 if refusal else document.page_count
        except Exception as error:
            fault = RenderFault.TOO_HEAVY if _is_out_of_memory(error) else RenderFault.BROKEN
            raise Refused(fault, _message_of(error)) from error
        if refusal:
            raise Refused(refusal)
        if count < 1:
            raise Refused(RenderFault.BROKEN if document.is_repaired else RenderFault.EMPTY)
        if count > request.max_pages:
            raise Refused(RenderFault.TOO_MANY_PAGES, str(count))
        self._document, self._count = document, count
        self._labelled = 0 < len(document.get_page_labels()) <= _MAX_LABEL_RULES
        return Opened(page_count=count, repaired=bool(document.is_repaired))

    def report_confinement(self, _request: ReportConfinement) -> Confined:
        """Restrict the files as `open` does, and return what is in force."""
        files = reach_only(Path(__file__), None)
        kernel = self._confinement
        return Confined(files, kernel.network_closed, kernel.privileges_fixed)

    def measure(self, request: Measure) -> Measured:
        """Sizes and labels of pages; an unreadable page has the size of A4 and a fault."""
        pages = range(request.first, request.first + request.count)
        return Measured([self._page_facts(number) for number in pages])

    def render_page(self, request: Draw) -> Drawn:
        """Raises Refused: page_broken, page_too_heavy, no_such_page."""
        self._looked = None  # A whole page may need all available memory.
        image = drawing.render_page(self._page(request.page), request.width)
        return _write_image(image, request.out)

    def draw_tile(self, request: DrawTile) -> Drawn:
        """Raises Refused: page_broken, page_too_heavy, no_such_page, no_such_tile, as_sharp."""
        if self._looked is None or self._looked[0] != request.page:
            # Requests for tiles of one page follow each other: keep the inspected page.
            self._looked = None
            looked = drawing.inspect_page(self._page(request.page))
            self._looked = request.page, looked
        place = request.column, request.row
        tile = drawing.draw_tile(self._looked[1], request.width, *place)
        if isinstance(tile, RenderFault):
            raise Refused(tile)
        return _write_image(tile, request.out)

    def draw_scan(self, request: DrawScan) -> Drawn:
        """Raises Refused: page_broken, page_too_heavy, no_such_page, no_scan."""
        self._looked = None
        scan = drawing.draw_scan(self._page(request.page))
        if scan is None:
            raise Refused(RenderFault.NO_SCAN)
        return _write_image(scan, request.out)

    def read_words(self, request: ReadWords) -> WordsRead:
        """Raises Refused: page_broken, page_too_heavy, no_such_page."""
        self._looked = None
        page = self._page(request.page)
        width, height = displayed_size(page)
        # A display list gives the page as displayed; Page.get_text would undo its rotation first.
        text = pymupdf.TextPage(page.get_displaylist(annots=False).get_textpage(_TEXT_FLAGS))
        found = text.extractWORDS()
        words = [_word(entry, width, height) for entry in found[:_MAX_WORDS]]
        return WordsRead(
            [word for word in words if word is not None], truncated=len(found) > _MAX_WORDS
        )

    def read_notes(self, request: ReadNotes) -> NotesRead:
        """Raises Refused: page_broken, no_such_page."""
        self._check(request.page)
        raw = pdf_writing.raw_notes(self._document, request.page, MOST_NOTES)
        space = pdf_writing.space_of(self._document, request.page)
        return NotesRead(list(notes_of(raw, space)))

    def annotate(self, request: Annotate) -> Annotated:
        """Raises Refused: no_such_page (no document is open); errors of `write_annotations`."""
        self._check(1)
        spec = Path(request.spec)
        count = pdf_writing.write_annotations(self._document, spec, flat=request.flat)
        return Annotated(count, Path(self._document.name).stat().st_size)

    def _check(self, number: int) -> None:
        # Not its count of now: repairing the tree of pages may lose some that were counted.
        if self._document is None or not 1 <= number <= self._count:
            raise Refused(RenderFault.NO_SUCH_PAGE, str(number))

    def _page(self, number: int) -> Any:
        self._check(number)
        return self._document.load_page(number - 1)

    def _page_facts(self, number: int) -> PageFacts:
        try:
            page = self._page(number)
            width, height = displayed_size(page)
            label = _label(page) if self._labelled else ""
            return PageFacts(round(width, 2), round(height, 2), label)
        except Refused:
            raise
        except Exception:
            # The page is listed with its fault; drawing it will report the same fault.
            return PageFacts(595.0, 842.0, "", RenderFault.PAGE_BROKEN)


def _inspect(path: str) -> Any:
    """The document, opened with MuPDF; None when the file has no PDF signature."""
    with Path(path).open("rb") as file:
        if b"%PDF-" not in file.read(_HEADER_REACH):
            return None
    return pymupdf.open(path, filetype="pdf")


def _write_image(drawn: tuple[EncodedPage, tuple[int, int]], out: str) -> Drawn:
    """Write an image to `out`, atomically."""
    encoded, (width, height) = drawn
    # The worker may run two children: each uses its own temporary file.
    partial = Path(f"{out}.{os.getpid()}.partial")
    partial.write_bytes(encoded.data)
    partial.replace(out)
    return Drawn(width, height, len(encoded.data), encoded.mime)


def _label(page: Any) -> str:
    """The printed page number ("iv", "PL-2"); empty when the document has no page labels."""
    try:
        return _clean(page.get_label())[:_MAX_LABEL]
    except Exception:
        return ""  # labels are optional: a page with a broken label can still be shown


def _word(entry: tuple[Any, ...], width: float, height: float) -> Word | None:
    """One word with its box as fractions of the page; None when it is outside the page."""
    x0, x1 = (min(1.0, max(0.0, entry[i] / width)) for i in (0, 2))
    y0, y1 = (min(1.0, max(0.0, entry[i] / height)) for i in (1, 3))
    text = _clean(entry[4])[:_MAX_WORD_CHARACTERS]
    if not text or x1 <= x0 or y1 <= y0:
        return None
    return round(x0, 5), round(y0, 5), round(x1, 5), round(y1, 5), text


def _clean(text: str) -> str:
    """Normalize to NFC and remove control characters and lone surrogates."""
    kept = "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", kept)


def _file_fault(document: Any) -> RenderFault | None:
    """The fault of a file that is not a readable PDF, or None.

    MuPDF also opens Office files and HTML, even if the file type `pdf` is given.
    """
    if document is None or not document.is_pdf:
        return RenderFault.NOT_A_PDF
    return RenderFault.ENCRYPTED if document.needs_pass else None


def _message_of(error: Exception) -> str:
    """The message of an error; exceptions of MuPDF have it in `what()`."""
    what = getattr(error, "what", None)
    return f"{type(error).__name__}: {what() if callable(what) else error}"[:500]


def _is_out_of_memory(error: Exception) -> bool:
    """Whether memory ran out. MuPDF reports this only in the error message."""
    return isinstance(error, MemoryError) or "alloc" in _message_of(error)


def _is_disk_full(error: Exception) -> bool:
    """Whether the disk is full. MuPDF reports this only in the error message."""
    return any(os.strerror(number) in _message_of(error) for number in _DISK_FULL_ERRNOS)


def _page_fault(error: Exception) -> RenderFault:
    if (isinstance(error, OSError) and error.errno in _DISK_FULL_ERRNOS) or _is_disk_full(error):
        return RenderFault.DISK_FULL
    return RenderFault.PAGE_TOO_HEAVY if _is_out_of_memory(error) else RenderFault.PAGE_BROKEN


_HANDLERS: dict[type[Request], tuple[Callable[[OpenDocument, Any], Reply], int | None]] = {
    Open: (OpenDocument.open, CPU_SECONDS_TO_OPEN),
    ReportConfinement: (OpenDocument.report_confinement, CPU_SECONDS),
    Measure: (OpenDocument.measure, CPU_SECONDS),
    Draw: (OpenDocument.render_page, None),
    DrawTile: (OpenDocument.draw_tile, None),
    DrawScan: (OpenDocument.draw_scan, None),
    ReadWords: (OpenDocument.read_words, None),
    ReadNotes: (OpenDocument.read_notes, None),
    Annotate: (OpenDocument.annotate, CPU_SECONDS_TO_ANNOTATE),
}
"""The handler of each request type and its limit of CPU time in seconds; None: the budget's."""


def answer(document: OpenDocument, request: Request) -> Reply:
    """Handle one request within its CPU limit. Every exception becomes a `Failed`."""
    do, seconds = _HANDLERS[type(request)]
    budget, began = document.budget, time.process_time()
    allow_cpu(budget.allowed() if seconds is None else seconds)
    try:
        return do(document, request)
    except Refused as refusal:
        return Failed(refusal.fault, refusal.detail)
    except Exception as error:
        return Failed(_page_fault(error), _message_of(error))
    finally:
        if seconds is None:
            budget.spend(time.process_time() - began)


def warm() -> None:
    """Initialize MuPDF once, in the fork server. Opens no document."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


def serve(stream: int, confinement: Confinement) -> None:
    """Handle the requests of a stream until it ends. stream: a file descriptor."""
    document = OpenDocument(confinement)
    read = partial(os.read, stream)
    while header := whole(read, HEADER.size):
        request = decode_request(whole(read, body_length(header)))
        _write(stream, frame(answer(document, request)))


def _write(stream: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(stream, view) :]
