"""Upload requests: check the permission, receive the file, then run the service function.

The file is stored before its database row is committed. `file_gc` deletes files without a row.
"""

from collections.abc import Callable
from pathlib import Path

from flask import Response, request

from core.actor import Actor
from core.app_context import current_context
from core.errors import InvalidInput, NotFound, Refusal
from core.http.endpoints import Answer, answer, clean, current_actor, request_key, request_line
from core.http.upload_space import uploads_under_way
from core.http.upload_stream import FIELDS_BYTES, ReceivedFile, receive_upload
from core.offload import run_native
from core.transactions.idempotency import (
    Replayed,
    is_answered,
    raise_if_answered_before,
    scope_of,
)
from core.transactions.witnessed import append_waiting
from documents.access import changeable_container
from documents.containers import Container
from documents.conversion import libreoffice
from documents.conversion.formats import EXTENSIONS, OFFICE, Format, FormatFault, recognize
from documents.declares import (
    Action,
    ConverterMissing,
    FileEmpty,
    FileEncrypted,
    NotAPdf,
    UnsupportedFile,
)
from documents.models import Document
from documents.quotas import check_quotas
from documents.service import Accepted, StoredFile, add_document, add_version

LONGEST_TITLE = 300
LONGEST_KIND = 60
DEFAULT_KIND = "document"


def receive_document(container: Container) -> Answer:
    """Add the uploaded file as a new document in a container: 202 `{id, version}`.

    Form fields: `file`, `title?` (default: the file name), `kind?`.
    """
    actor = current_actor()
    with current_context().database.read() as session:
        changeable_container(session, actor, Action.ADD, container)

    def verb(received: ReceivedFile, stored: StoredFile) -> Accepted:
        title = _field(received, "title", LONGEST_TITLE) or title_from(received.filename)
        kind = _field(received, "kind", LONGEST_KIND) or DEFAULT_KIND
        return add_document(actor, container, stored, title, kind)

    return _receive(actor, container, verb)


def receive_version(document_id: str) -> Answer:
    """Add the uploaded file as a newer version of a document: 202 `{id, version}`."""
    actor = current_actor()
    with current_context().database.read() as session:
        document = session.get(Document, document_id)
        if document is None:
            raise NotFound(kind="document")
        container = document.container
        changeable_container(session, actor, Action.ADD_VERSION, container)
    return _receive(
        actor, container, lambda _received, stored: add_version(actor, document_id, stored)
    )


def store(path: Path, sha256: str, size: int, file_name: str) -> StoredFile:
    """Move a file from the storage's `incoming` folder to its permanent path.

    Raises: FileEmpty, NotAPdf, UnsupportedFile, FileEncrypted, ConverterMissing. The file is then
    removed.
    """
    try:
        found = run_native(_format_of, path, size, file_name)
    except BaseException:
        run_native(path.unlink, missing_ok=True)
        raise
    if isinstance(found, Refusal):
        run_native(path.unlink, missing_ok=True)
        raise found
    run_native(current_context().storage.adopt, path, sha256)
    return StoredFile(sha256, size, file_name, found)


def title_from(file_name: str) -> str:
    """A title from a file name: "Tờ trình_số 41.docx" → "Tờ trình số 41". Never empty."""
    stem, dot, extension = file_name.rpartition(".")
    stem = stem if dot and extension.lower() in EXTENSIONS else file_name
    return " ".join(stem.replace("_", " ").split())[:LONGEST_TITLE] or "PDF"


def _receive(
    actor: Actor, container: Container, verb: Callable[[ReceivedFile, StoredFile], Accepted]
) -> Answer:
    context = current_context()
    announced = request.content_length or 0
    if not _is_repeated(actor):
        _check_quotas(actor, container, announced - FIELDS_BYTES)
    space = uploads_under_way.claim(context.config.data, announced, context.config.disk_floor_bytes)
    with space as claim:
        received = receive_upload(
            request.environ["wsgi.input"],
            content_type=request.content_type or "",
            content_length=request.content_length,
            directory=context.storage.incoming,
            max_bytes=context.config.max_upload_bytes,
            written=claim.written,
        )
    with request_key(request_line(), actor, received.sha256, 202):
        try:
            return answer(verb(received, _stored(actor, container, received)), 202)
        except Replayed as before:
            append_waiting()
            return Response(before.answer, before.status, mimetype="application/json")


def _is_repeated(actor: Actor) -> bool:
    """Whether the request was answered before: it stores nothing then."""
    line = request_line()
    return line.key is not None and is_answered(
        scope_of(actor.user_id, line.method, line.path, line.key)
    )


def _stored(actor: Actor, container: Container, received: ReceivedFile) -> StoredFile:
    """Store a received file, unless it was stored before or does not fit; then it is removed.

    The quotas are checked here so that what is refused does not stay on the disk until `file_gc`
    runs, and again by the transaction, which alone is certain.
    """
    try:
        raise_if_answered_before()
        _check_quotas(actor, container, received.size)
    except BaseException:
        run_native(received.path.unlink)
        raise
    return store(received.path, received.sha256, received.size, received.filename)


def _check_quotas(actor: Actor, container: Container, size: int) -> None:
    with current_context().database.read() as session:
        check_quotas(session, actor.user_id, container, max(0, size))


def _field(received: ReceivedFile, name: str, longest: int) -> str:
    text: str = clean(received.fields.get(name, ""))
    if len(text) > longest:
        raise InvalidInput((name, f"at most {longest} characters"))
    return " ".join(text.split())


def _format_of(path: Path, size: int, file_name: str) -> Format | Refusal:
    """The format, by checks that decode nothing. Confined children do all others."""
    if size == 0:
        return FileEmpty()
    if Path(file_name).suffix.lower().lstrip(".") not in EXTENSIONS:
        return UnsupportedFile()
    try:
        found = recognize(path, file_name)
    except FormatFault as fault:
        if fault.encrypted:
            return FileEncrypted()
        return NotAPdf() if file_name.lower().endswith(".pdf") else UnsupportedFile()
    if found is not Format.PDF and file_name.lower().endswith(".pdf"):
        return NotAPdf()
    if found in OFFICE and not libreoffice.installed_for(found):
        return ConverterMissing(format=found.value)
    return found
