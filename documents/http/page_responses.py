"""HTTP responses for originals, page images, words and notes. Every request is authorized.

Missing files are requested from the worker, which creates each of them once.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec
from flask import Response, request

from accounts.shared.declares import SessionRevoked
from accounts.sign_in.queries import sign_in_is_valid
from core.actor import Actor
from core.app_context import current_context
from core.errors import DiskFull, NotFound, Refusal
from core.http.downloads import as_download, pieces_of
from core.offload import run_native
from documents.access import readable_document, readable_version
from documents.declares import PAGE_REFUSALS, Action, DocumentFailed, PageNotReady
from documents.models import DocumentVersion, VersionStatus
from documents.pages import codec
from documents.pages.files import PageFiles
from documents.pages.resolutions import BASE_WIDTH, resolution_for
from documents.pages.shared_reads import reads
from documents.render_protocol import MAX_PAGES, RenderFault
from documents.worker import ipc_client
from documents.worker.messages import RenderRequest

RETRY_AFTER = 2
ASKED_AGAIN_AFTER = 0.5
"""Seconds of waiting after which access is checked again: revocation takes effect in a second."""
WIDEST = 100_000
"""Maximum width in pixels that a client may request."""
PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Cookie"}
"""Headers: only the reader's browser may cache the response, and it revalidates every use."""

MISSING = "dienhong.missing_image"
"""WSGI environment key of a `Missing`, set when the fast path did not get the image."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A requested image or tile that is not available, and the fault."""

    render_request: RenderRequest
    fault: RenderFault


@dataclass(frozen=True, slots=True)
class Shown:
    """The bytes of an image, and the resolution that it was rendered for."""

    data: bytes
    width: int


def original(actor: Actor, document_id: str, number: int) -> Response:
    """The PDF of a version, as a download.

    Raises: NotFound, NotAllowed, PageNotReady, DocumentFailed (there is none).
    """
    version = _version(actor, document_id, number)
    if not version.is_converted:
        failed = version.status is VersionStatus.FAILED
        raise DocumentFailed() if failed else PageNotReady(retry_after=RETRY_AFTER)
    name = Path(version.file_name)
    name = name if name.suffix.lower() == ".pdf" else name.with_suffix(".pdf")
    return _download(version.sha256, version.size, name.name, "application/pdf")


def source(actor: Actor, document_id: str, number: int) -> Response:
    """The uploaded file of a version as a download, for preparers.

    Raises: NotFound, NotAllowed.
    """
    with current_context().database.read() as session:
        readable_document(session, actor, document_id, Action.READ_SOURCE)
        version = readable_version(session, actor, document_id, number)
    sha256 = version.source_sha256 or version.sha256
    size = version.size if version.source_size is None else version.source_size
    # Not its own type: a browser must not open what was not converted.
    return _download(sha256, size, version.file_name, "application/octet-stream")


def _download(sha256: str, size: int, name: str, mimetype: str) -> Response:
    response = Response(_file_chunks(current_context().storage.original(sha256)), mimetype=mimetype)
    response.content_length = size
    as_download(response, name)
    return private(response, sha256[:32])


def image(actor: Actor, document_id: str, number: int, page: int, wanted: int) -> Response:
    """A page image at the smallest resolution of at least `wanted` pixels, else at the largest.

    A page that is too heavy for that resolution is returned at the base width. Raises: NotFound,
    NotAllowed, PageBroken, PageTooHeavy, PageNotReady, DocumentFailed.
    """
    version = readable_page(actor, document_id, number, page)
    render_request = RenderRequest("image", version.sha256, page, resolution_for(wanted))
    with waiting(actor, document_id, number):
        found = missing_before(render_request) or shown(render_request)
    if isinstance(found, RenderFault):
        raise refusal_of(found)
    response = Response(found.data, mimetype=codec.mime_of(found.data[:12]))
    return private(response, image_tag(version.sha256, page, found.width))


def missing_before(render_request: RenderRequest) -> RenderFault | None:
    """The fault that the fast path received for this request, or None."""
    before: Missing | None = request.environ.pop(MISSING, None)
    return before.fault if before is not None and before.render_request == render_request else None


def image_tag(sha256: str, page: int, width: int) -> str:
    """The ETag of a page image at a resolution, without quotes."""
    return f"{sha256[:32]}-{page}-{width}-{codec.REVISION}"


def text(actor: Actor, document_id: str, number: int, page: int) -> Response:
    """The words of a page with their boxes. Raises as `image`."""
    return _read_from(actor, document_id, number, page, "words")


def notes(actor: Actor, document_id: str, number: int, page: int) -> Response:
    """The text of annotations embedded in a page of the original. Raises as `image`."""
    return _read_from(actor, document_id, number, page, "notes")


def _read_from(
    actor: Actor, document_id: str, number: int, page: int, what: Literal["words", "notes"]
) -> Response:
    """The words or notes of a page as JSON, extracted by the worker if missing."""
    version = readable_page(actor, document_id, number, page)
    files = PageFiles(current_context().storage, version.sha256)
    read = files.read_words if what == "words" else files.read_notes
    found = run_native(read, page)
    if found is None:
        with waiting(actor, document_id, number):
            fault = ipc_client.link().request(RenderRequest(what, version.sha256, page, 0))
        if fault is not None:
            raise refusal_of(fault)
        found = run_native(read, page)
    recognized = what == "words" and run_native(files.are_recognized, page)
    tag = f"{version.sha256[:32]}-{page}-{'ocr' if recognized else what}"
    source = b',"source":"%s"' % (b"ocr" if recognized else b"text") if what == "words" else b""
    body = b'{"%s":%s%s}' % (what.encode(), found or b"[]", source)
    return private(Response(body, mimetype="application/json"), tag)


def readable_page(actor: Actor, document_id: str, number: int, page: int) -> DocumentVersion:
    """A version that this person may read and that may have this page.

    Raises: NotFound, NotAllowed, DocumentFailed, PageNotReady (it is being converted).
    """
    version = _version(actor, document_id, number)
    if page < 1 or (version.page_count is not None and page > version.page_count):
        raise NotFound(kind="page")
    if version.status is VersionStatus.FAILED:
        raise DocumentFailed()
    if not version.is_converted:
        raise PageNotReady(retry_after=RETRY_AFTER)
    return version


@contextmanager
def waiting(actor: Actor, document_id: str, number: int) -> Iterator[None]:
    """Check access again after a block that took longer than ASKED_AGAIN_AFTER.

    Raises: SessionRevoked, NotFound, NotAllowed.
    """
    began = time.monotonic()
    yield
    if time.monotonic() - began < ASKED_AGAIN_AFTER:
        return
    if not sign_in_is_valid(actor.sign_in_id):
        raise SessionRevoked()
    with current_context().database.read() as session:
        readable_version(session, actor, document_id, number)


def _version(actor: Actor, document_id: str, number: int) -> DocumentVersion:
    with current_context().database.read() as session:
        return readable_version(session, actor, document_id, number)


def shown(render_request: RenderRequest, timeout: float | None = None) -> Shown | RenderFault:
    """A page image, rendered if missing; or the fault that prevents it.

    A page that is too heavy for the requested resolution is rendered at the base width.
    timeout: total seconds to wait for the worker, default `ipc_client.TIMEOUT`.
    Raises: PageNotReady, OSError (the file cannot be read).
    """
    until = time.monotonic() + (ipc_client.TIMEOUT if timeout is None else timeout)
    data = _render(render_request, timeout)
    if data is RenderFault.PAGE_TOO_HEAVY and render_request.width != BASE_WIDTH:
        render_request = msgspec.structs.replace(render_request, width=BASE_WIDTH)
        data = _render(render_request, max(0.0, until - time.monotonic()))
    return data if isinstance(data, RenderFault) else Shown(data, render_request.width)


def _render(render_request: RenderRequest, timeout: float | None) -> bytes | RenderFault:
    wanted = (
        current_context().storage,
        render_request.sha256,
        render_request.page,
        render_request.width,
    )
    data = reads.image(*wanted)
    if data is None:
        fault = ipc_client.link().request(render_request, timeout)
        if fault is not None:
            return fault
        # The first of these two may share a read that began before the image existed.
        data = reads.image(*wanted)
        if data is None:
            data = reads.image(*wanted)
    if data is None:
        raise PageNotReady(retry_after=RETRY_AFTER)
    return data


def refusal_of(fault: RenderFault) -> Refusal:
    """The refusal for a fault of a page."""
    if fault is RenderFault.DISK_FULL:
        return DiskFull()
    if fault is RenderFault.BUSY:
        return PageNotReady(retry_after=RETRY_AFTER)
    if fault is RenderFault.NO_SUCH_PAGE:
        return NotFound(kind="page")
    return PAGE_REFUSALS[fault](limit=MAX_PAGES)


def _file_chunks(path: Path) -> Iterator[bytes]:
    file = run_native(path.open, "rb")
    try:
        yield from pieces_of(file)
    finally:
        file.close()


def private(response: Response, etag: str) -> Response:
    """Add private caching headers and the ETag, and evaluate conditional requests."""
    response.headers.update(PRIVATE)
    response.set_etag(etag)
    response.make_conditional(request)
    return response
