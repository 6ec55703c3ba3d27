"""Permissions, events and refusals of documents."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, Role
from documents.pages.resolutions import Run
from documents.reading_rules import PREPARERS
from documents.render_protocol import RenderFault


class Action(StrEnum):
    """Actions on documents that need permission."""

    ADD = "document.add"
    ADD_VERSION = "document.add_version"
    READ = "document.read"
    CHANGE = "document.change"
    PUBLISH = "document.publish"
    REMOVE = "document.remove"
    REORDER = "document.reorder"
    PROCESS = "document.process"
    READ_SOURCE = "document.read_source"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.ADD: PREPARERS,
    Action.ADD_VERSION: PREPARERS,
    Action.READ: IN_THE_ROOM | {Role.ADMIN},
    Action.CHANGE: PREPARERS,
    Action.PUBLISH: PREPARERS,
    Action.REMOVE: PREPARERS,
    Action.REORDER: PREPARERS,
    Action.PROCESS: frozenset(),
    Action.READ_SOURCE: PREPARERS,
}
"""`reading_rules` restricts reading further. No role may process: only the worker does."""


class JobKind(StrEnum):
    """The stages from an uploaded document to its page images, most urgent first."""

    CONVERT = "document.convert"
    INSPECT = "document.look"
    DRAW = "document.draw"
    READ_WORDS = "document.read_words"
    UPSCALE = "document.widen"
    RECOGNIZE = "document.recognize"


class NotAPdf(Refusal):
    """The file is not a PDF, regardless of its name."""

    code, status = "not_a_pdf", 422


class UnsupportedFile(Refusal):
    """The file is of no format that becomes pages, whatever its name says."""

    code, status = "unsupported_file", 422


class FileEncrypted(Refusal):
    """The Office file requires a password."""

    code, status = "file_encrypted", 422


class ConverterMissing(Refusal):
    """Files of this format need LibreOffice, which is not installed on the server."""

    code, status = "converter_missing", 422


class ConversionFailed(Refusal):
    """The file could not be converted to a PDF."""

    code, status = "conversion_failed", 422


class ConversionTooHeavy(Refusal):
    """Converting the file exceeds the memory or time limit of one file."""

    code, status = "conversion_too_heavy", 422


class ImageTooLarge(Refusal):
    """The image has more pixels than can be shown. `limit_mp`: millions of pixels."""

    code, status = "image_too_large", 422


class PdfEncrypted(Refusal):
    """The file requires a password."""

    code, status = "pdf_encrypted", 422


class PdfBroken(Refusal):
    """The file is damaged beyond repair."""

    code, status = "pdf_broken", 422


class PdfEmpty(Refusal):
    """The PDF has no pages."""

    code, status = "pdf_empty", 422


class FileEmpty(Refusal):
    """The file has no bytes."""

    code, status = "file_empty", 422


class TooManyPages(Refusal):
    """The PDF has more pages than the limit for one document."""

    code, status = "too_many_pages", 422


class PdfTooHeavy(Refusal):
    """Rendering the document exceeds the memory or time limit of one document."""

    code, status = "pdf_too_heavy", 422


class PersonQuotaReached(Refusal):
    """The person's uploads would exceed what one person may store. `used_mb`, `file_mb`,
    `limit_mb`: megabytes; of the file those that are known, at least."""

    code, status = "person_quota", 507


class MeetingQuotaReached(Refusal):
    """The documents of the meeting would exceed what one meeting may store. `used_mb`, `file_mb`,
    `limit_mb`: megabytes; of the file those that are known, at least."""

    code, status = "meeting_quota", 507


class PageBroken(Refusal):
    """This page of the document is damaged; the others can be read."""

    code, status = "page_broken", 422


class PageTooHeavy(Refusal):
    """Rendering this page exceeds the memory or time limit of one page."""

    code, status = "page_too_heavy", 422


class NoSuchTile(Refusal):
    """The page has no such tile: the level, column or row is out of range."""

    code, status = "no_such_tile", 404


class PageNotReady(Refusal):
    """The page is not rendered yet. `retry_after`: seconds."""

    code, status = "page_not_ready", 503


class ExportNotReady(Refusal):
    """The worker is not available, or its export queue is full. `retry_after`: seconds."""

    code, status = "export_not_ready", 503


class ExportFailed(Refusal):
    """The file could not be created from this document."""

    code, status = "export_failed", 500


class ProcessingFailed(Refusal):
    """The server could not process the document because of an internal error."""

    code, status = "processing_failed", 500


class DocumentFailed(Refusal):
    """This version could not be processed and has no pages; its `error` gives the reason."""

    code, status = "document_failed", 409


class DocumentNotReady(Refusal):
    """Only a document whose pages are ready can be published."""

    code, status = "document_not_ready", 409


class DocumentInVote(Refusal):
    """A document that was put to the vote is kept with the record, regardless of the result."""

    code, status = "document_in_vote", 409


class DocumentOrderIncomplete(Refusal):
    """An order must name every document of the container once."""

    code, status = "document_order_incomplete", 422


PAGE_REFUSALS: dict[RenderFault, type[Refusal]] = {
    RenderFault.PAGE_BROKEN: PageBroken,
    RenderFault.PAGE_TOO_HEAVY: PageTooHeavy,
    RenderFault.NO_SUCH_TILE: NoSuchTile,
    RenderFault.NOT_A_PDF: NotAPdf,
    RenderFault.ENCRYPTED: PdfEncrypted,
    RenderFault.BROKEN: PdfBroken,
    RenderFault.EMPTY: PdfEmpty,
    RenderFault.TOO_MANY_PAGES: TooManyPages,
    RenderFault.TOO_HEAVY: PdfTooHeavy,
}
"""The refusal for each fault of a page or document; other faults have their own handling."""


class Progress(msgspec.Struct, frozen=True):
    """Rendered pages (`done`) and all pages (`total`, 0 until counted)."""

    done: int
    total: int


class VersionError(msgspec.Struct, frozen=True):
    """Why a version failed: an error code of the closed list and its localized text."""

    code: str
    detail: str


class SourceNotice(msgspec.Struct, frozen=True):
    """Something that the uploaded file holds and the pages do not show."""

    code: str
    detail: str


class SourceView(msgspec.Struct, frozen=True, kw_only=True):
    """The uploaded file of a version that was converted. converted: whether the PDF exists."""

    format: str
    bytes: int
    converted: bool
    notices: list[SourceNotice]


class VersionView(msgspec.Struct, frozen=True, kw_only=True):
    """One version. `page_sizes`: runs of [count, width_pt, height_pt], empty until measured.

    source: the uploaded file if it is not the PDF; for preparers only.
    """

    number: int
    status: str
    page_count: int | None
    progress: Progress
    bytes: int
    sha256: str
    file_name: str
    error: VersionError | None
    page_sizes: list[Run]
    source: SourceView | None = None


class Shelf(msgspec.Struct, frozen=True):
    """The identifier of a container, in the API and in events."""

    # Clients rely on the schema's name.
    kind: str
    id: str


class DocumentView(msgspec.Struct, frozen=True, kw_only=True):
    """A document as it appears in a meeting and in events.

    version: the current one. next_version: a newer one, processing or failed; for preparers only.
    """

    id: str
    title: str
    kind: str
    position: int
    current_version: int
    published_at: datetime | None
    open_to_guests: bool
    version: VersionView
    next_version: VersionView | None


class DocumentPut(Event, frozen=True):
    """A document was added, changed or published, or has a new state. Contains all its fields."""

    type = "document_put"
    shelf: Shelf
    document: DocumentView


class DocumentRemoved(Event, frozen=True):
    """A document was removed, or this role may no longer read it."""

    type = "document_removed"
    document_id: str


class DocumentsReordered(Event, frozen=True):
    """The documents of a container have a new order: positions 1, 2, … as in `ids`."""

    type = "documents_reordered"
    shelf: Shelf
    ids: tuple[str, ...]


class _Named(msgspec.Struct):
    id: str


class _Put(msgspec.Struct):
    document: _Named


def document_of(event_type: str, data: bytes) -> str | None:
    """The id of the document that a room's event describes; None for other events.

    data: the stored JSON of the event.
    """
    if event_type == DocumentPut.type:
        return msgspec.json.decode(data, type=_Put).document.id
    if event_type == DocumentRemoved.type:
        return msgspec.json.decode(data, type=DocumentRemoved).document_id
    return None
