"""Queue for exports of documents with annotations: one thread, one render child.

Separate from the render queue, so that exports never delay pages. Annotations contain private text.
They are read here for the requesting person and stored in a file that only the server's account can
read, until the child has read it. Each export has a folder of its own, the only one that its child
reaches. The result is moved out of it, and stored until the web process has opened it.
"""

import os
import queue
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

import structlog

from accounts.sign_in.queries import valid_actor
from core.app_context import current_context
from core.errors import NotSignedIn, Refusal, refusal_for
from core.ids import new_id
from core.storage import Storage
from documents.annotations import export
from documents.annotations.export import Wanted
from documents.annotations.pdf.spec import write_spec
from documents.render_protocol import RenderFault
from documents.rendering.children import FOR_AN_EXPORT, DocumentRenderer, RenderChild, RenderRefused
from documents.worker.messages import ExportOutcome, ExportRequest, ExportResult

NICE = 5
"""Lower priority than requested pages, higher than ingest."""
MOST_WAITING = 40
MOST_OF_ONE = 2
"""Exports of one person for one document: one in progress and one queued."""
TIMEOUT = 55.0
"""Seconds in the queue after which the web process has given up."""
AGAIN_WITHIN = 20.0
"""Seconds within which an export is retried after its child was killed from outside."""
KEPT = 300.0
"""Seconds after which a result that was not fetched is deleted."""
ADDED_BYTES = 64 * 1024 * 1024
STOP_TIMEOUT = 3.0
_COPY, _SPEC = "copy.pdf", "spec"
"""The files of an export's folder: the document, and the annotations that are written into it."""

log = structlog.get_logger()
Answer = Callable[[ExportResult], None]


class _Queued(NamedTuple):
    """A request that waits. key: person and document, of which only some may wait."""

    request: ExportRequest
    key: tuple[str, str]
    answer: Answer
    queued_at: float


class ExportQueue:
    """Accepts requests from any thread and answers each once."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._queue: queue.Queue[_Queued | None] = queue.Queue()
        self._waiting: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, name="export-queue", daemon=True)

    def start(self) -> None:
        """Start the thread, after deleting the files of an earlier worker."""
        self.delete_expired(older_than=0.0)
        self._thread.start()

    def request(self, request: ExportRequest, answer: Answer) -> None:
        """Queue an export. `answer` is called once, in any thread."""
        actor = valid_actor(request.sign_in_id)
        if actor is None:
            log.info("export_not_allowed", document_id=request.document_id, code=NotSignedIn.code)
            answer(ExportResult(request.id, ExportOutcome.FAILED))
            return
        key = actor.user_id, request.document_id
        with self._lock:
            refused = None
            if self._waiting[key] >= MOST_OF_ONE:
                refused = ExportOutcome.TOO_MANY
            elif self._waiting.total() >= MOST_WAITING:
                refused = ExportOutcome.BUSY
            else:
                self._waiting[key] += 1
        if refused is None:
            self._queue.put(_Queued(request, key, answer, time.monotonic()))
        else:
            answer(ExportResult(request.id, refused))

    def delete_expired(self, older_than: float = KEPT) -> None:
        """Delete what is in the exports folder and older than `older_than` seconds."""
        before = time.time() - older_than
        for path in self._storage.exports.iterdir():
            try:
                if path.stat().st_mtime > before:
                    continue
                if path.is_dir():
                    shutil.rmtree(path)
                else:
                    path.unlink()
            except FileNotFoundError:
                log.debug("export_taken_meanwhile", name=path.name)
            except OSError as error:
                # The child of a killed worker may still write; the next call deletes it.
                log.info("export_not_deleted", name=path.name, error=str(error))

    def close(self) -> None:
        """Stop; wait at most STOP_TIMEOUT for the current export. Others are not answered."""
        self._queue.put(None)
        self._thread.join(STOP_TIMEOUT)

    def _serve(self) -> None:
        while (next_one := self._queue.get()) is not None:
            request, key, answer, queued_at = next_one
            made = ExportResult(request.id, ExportOutcome.BUSY)
            try:
                if time.monotonic() - queued_at < TIMEOUT:
                    made = self._export(request)
            except Exception:
                log.exception("export_desk_failed", document_id=request.document_id)
                made = ExportResult(request.id, ExportOutcome.FAILED)
            finally:
                with self._lock:
                    self._waiting[key] -= 1
                    self._waiting += Counter()  # drops zero counts
            answer(made)

    def _export(self, request: ExportRequest) -> ExportResult:
        began = time.monotonic()
        folder = self._storage.exports / new_id()
        result = folder.with_suffix(".pdf")
        outcome = ExportOutcome.FAILED
        try:
            folder.mkdir(mode=0o700)
            sha256 = _write_spec(request, folder / _SPEC)
            outcome = self._annotate_copy(self._storage.original(sha256), folder, request.flat)
            if outcome is ExportOutcome.MADE:
                (folder / _COPY).replace(result)
        except Refusal as refusal:
            log.info("export_not_allowed", document_id=request.document_id, code=refusal.code)
        except OSError as error:
            outcome = ExportOutcome.DISK_FULL if refusal_for(error) else ExportOutcome.FAILED
            log.warning("export_failed", document_id=request.document_id, error=str(error))
        finally:
            if folder.exists():
                shutil.rmtree(folder)
        seconds = round(time.monotonic() - began, 3)
        log.info("export", document_id=request.document_id, outcome=outcome.value, seconds=seconds)
        return ExportResult(
            request.id, outcome, result.name if outcome is ExportOutcome.MADE else ""
        )

    def _annotate_copy(self, original: Path, folder: Path, flat: bool) -> ExportOutcome:
        """Write the annotations into a copy of the original, in a child. Raises: OSError."""
        began = time.monotonic()
        _copy_original(original, folder / _COPY)
        try:
            self._annotate_in_child(folder, flat)
        except RenderRefused as refusal:
            if not refusal.by_chance or time.monotonic() - began > AGAIN_WITHIN:
                return _outcome(refusal)
        else:
            return ExportOutcome.MADE
        # The child was killed from outside, perhaps while writing: retry with a new copy.
        _copy_original(original, folder / _COPY)
        try:
            self._annotate_in_child(folder, flat)
        except RenderRefused as refusal:
            return _outcome(refusal)
        return ExportOutcome.MADE

    def _annotate_in_child(self, folder: Path, flat: bool) -> None:
        """Raises: RenderRefused."""
        copy = folder / _COPY
        limit = copy.stat().st_size + ADDED_BYTES
        start = partial(RenderChild, nice=NICE, file_bytes=limit)
        with DocumentRenderer(copy, FOR_AN_EXPORT, start=start, results=folder) as renderer:
            renderer.annotate(folder / _SPEC, flat=flat)


def _outcome(refusal: RenderRefused) -> ExportOutcome:
    log.warning("export_refused", reason=str(refusal))
    if refusal.fault is RenderFault.DISK_FULL:
        return ExportOutcome.DISK_FULL
    # Killed from outside, or slow because of load: not a fault of the document.
    return ExportOutcome.BUSY if refusal.by_chance else ExportOutcome.FAILED


def _write_spec(request: ExportRequest, spec: Path) -> str:
    """Write the annotations that this person sees to `spec`; returns the SHA-256 of the original.

    Raises: NotSignedIn, NotFound, NotAllowed, DocumentFailed; OSError.
    """
    actor = valid_actor(request.sign_in_id)
    if actor is None:
        raise NotSignedIn()
    with current_context().database.read() as session:
        taken = export.takeable(session, actor, request.document_id, request.version)
        found = export.annotations_of(session, actor, taken, Wanted(request.wanted))
        sha256 = taken.version.sha256
    with open(spec, "xb", opener=_open_private) as file:
        write_spec(file, export.head(request.language), export.marks(found, request.language))
    return sha256


def _copy_original(original: Path, result: Path) -> None:
    result.unlink(missing_ok=True)
    with original.open("rb") as whole, open(result, "xb", opener=_open_private) as copy:
        shutil.copyfileobj(whole, copy, 1024 * 1024)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
