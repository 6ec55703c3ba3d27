"""Responses with export files for one person. The files are not kept on the server."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from flask import Response

from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.errors import DiskFull, Refusal, TooManyRequests
from core.http.downloads import DOCX, as_download, pieces_of
from core.i18n import Language, chosen_language, t
from core.ids import new_id
from core.offload import run_low_priority, run_native
from documents.annotations import export
from documents.annotations.comments_list import About, comments_paper
from documents.annotations.declares import AnnotationView
from documents.annotations.export import Wanted
from documents.declares import ExportFailed, ExportNotReady
from documents.models import DocumentVersion
from documents.worker import ipc_client
from documents.worker.messages import ExportOutcome, ExportRequest

RETRY_AFTER = 5
LONGEST_NAME = 120

_REFUSALS: dict[ExportOutcome, type[Refusal]] = {
    ExportOutcome.TOO_MANY: TooManyRequests,
    ExportOutcome.BUSY: ExportNotReady,
    ExportOutcome.DISK_FULL: DiskFull,
    ExportOutcome.FAILED: ExportFailed,
}


def annotated_pdf(
    actor: Actor, document_id: str, number: int, wanted: Wanted, *, flat: bool
) -> Response:
    """Return the PDF of a version with the annotations that the actor sees.

    Raises: NotFound, NotAllowed, DocumentFailed, ExportNotReady, ExportFailed, TooManyRequests,
    DiskFull.
    """
    with current_context().database.read() as session:
        version = export.takeable(session, actor, document_id, number).version
    language = chosen_language()
    made = ipc_client.link().export(
        ExportRequest(new_id(), actor.sign_in_id, document_id, number, wanted.value, flat, language)
    )
    refused = _REFUSALS.get(made.outcome)
    if refused is not None:
        raise refused(retry_after=RETRY_AFTER)
    file = run_native(_taken, current_context().storage.exports / made.name)
    response = Response(pieces_of(file), mimetype="application/pdf")
    response.content_length = os.fstat(file.fileno()).st_size
    # Also runs when the client disconnects before or while reading.
    response.call_on_close(file.close)
    return _private(response, f"{_name_of(version)} - {t('export.file_notes')}.pdf")


def comments_docx(actor: Actor, document_id: str, number: int | None, wanted: Wanted) -> Response:
    """Return the comments on a version as a Word file.

    Raises: NotFound, NotAllowed, DocumentFailed.
    """
    with current_context().database.read() as session:
        taken = export.takeable(session, actor, document_id, number)
        found = export.annotations_of(session, actor, taken, wanted)
        title = taken.document.title
    about = About(
        title=title,
        version=taken.version.number,
        person=actor.display_name,
        taken_at=export.when(clock.now()),
        wanted=wanted.value,
    )
    made = run_low_priority(_comments, about, found, chosen_language())
    name = f"{_name_of(taken.version)} - {t('export.file_comments')}.docx"
    return _private(Response(made, mimetype=DOCX), name)


def _comments(about: About, found: Sequence[AnnotationView], language: Language) -> bytes:
    headings = [export.heading(one, language) for one in found]
    # The library takes 7 MB, and few requests need it.
    from documents.annotations.comments_docx import comments_docx  # noqa: PLC0415

    return comments_docx(comments_paper(about, found, headings, language))


def _taken(path: Path) -> BinaryIO:
    """Open the file and delete it from its folder."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise ExportNotReady(retry_after=RETRY_AFTER) from None
    path.unlink(missing_ok=True)
    return file


def _name_of(version: DocumentVersion) -> str:
    name = Path(version.file_name)
    return (name.stem if name.suffix.lower() == ".pdf" else name.name)[:LONGEST_NAME]


def _private(response: Response, name: str) -> Response:
    """Make the response a download that no cache stores."""
    as_download(response, name)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Cookie"
    return response
