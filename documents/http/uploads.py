"""Upload requests: check the permission, receive the file, then run the service function.

The file is stored before its database row is committed. `file_gc` deletes files without a row.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from flask import Response, request

from core.actor import Actor
from core.app_context import current_context
from core.config import Config
from core.errors import DiskLow, InvalidInput, NotFound, Refusal
from core.http.endpoints import Answer, answer, clean, current_actor, request_key, request_line
from core.http.upload_stream import ReceivedFile, receive_upload
from core.offload import run_native
from core.transactions.idempotency import Replayed
from core.transactions.witnessed import append_waiting
from documents.access import changeable_container
from documents.containers import Container
from documents.declares import Action, FileEmpty, NotAPdf
from documents.models import Document
from documents.service import Accepted, StoredFile, add_document, add_version

LONGEST_TITLE = 300
LONGEST_KIND = 60
DEFAULT_KIND = "document"

_HEADER_REACH = 1024  # the PDF signature is in the first kilobyte


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

    return _receive(actor, verb)


def receive_version(document_id: str) -> Answer:
    """Add the uploaded file as a newer version of a document: 202 `{id, version}`."""
    actor = current_actor()
    with current_context().database.read() as session:
        document = session.get(Document, document_id)
        if document is None:
            raise NotFound(kind="document")
        changeable_container(session, actor, Action.ADD_VERSION, document.container)
    return _receive(actor, lambda _received, stored: add_version(actor, document_id, stored))


def store(path: Path, sha256: str, size: int, file_name: str) -> StoredFile:
    """Move a file from the storage's `incoming` folder to its permanent path.

    Raises: FileEmpty, NotAPdf. The file is removed in both cases.
    """
    refusal = run_native(_reason_to_refuse, path, size, file_name)
    if refusal is not None:
        run_native(path.unlink, missing_ok=True)
        raise refusal
    run_native(current_context().storage.adopt, path, sha256)
    return StoredFile(sha256, size, file_name)


def title_from(file_name: str) -> str:
    """A title from a file name: "Tờ trình_số 41.pdf" → "Tờ trình số 41". Never empty."""
    stem = file_name[:-4] if file_name.lower().endswith(".pdf") else file_name
    return " ".join(stem.replace("_", " ").split())[:LONGEST_TITLE] or "PDF"


def _receive(actor: Actor, verb: Callable[[ReceivedFile, StoredFile], Accepted]) -> Answer:
    context = current_context()
    _check_space(context.config, request.content_length or 0)
    received = receive_upload(
        request.environ["wsgi.input"],
        content_type=request.content_type or "",
        content_length=request.content_length,
        directory=context.storage.incoming,
        max_bytes=context.config.max_upload_bytes,
    )
    stored = store(received.path, received.sha256, received.size, received.filename)
    with request_key(request_line(), actor, received.sha256, 202):
        try:
            return answer(verb(received, stored), 202)
        except Replayed as before:
            append_waiting()
            return Response(before.answer, before.status, mimetype="application/json")


def _check_space(config: Config, size: int) -> None:
    """Raises DiskLow if an upload would leave less space than the floor."""
    if run_native(shutil.disk_usage, config.data).free - size < config.disk_floor_bytes:
        raise DiskLow()


def _field(received: ReceivedFile, name: str, longest: int) -> str:
    text: str = clean(received.fields.get(name, ""))
    if len(text) > longest:
        raise InvalidInput((name, f"at most {longest} characters"))
    return " ".join(text.split())


def _reason_to_refuse(path: Path, size: int, file_name: str) -> Refusal | None:
    """Checks that do not open the document. The render child does all others."""
    if size == 0:
        return FileEmpty()
    if not file_name.lower().endswith(".pdf"):
        return NotAPdf()
    with path.open("rb") as file:
        return None if b"%PDF-" in file.read(_HEADER_REACH) else NotAPdf()
