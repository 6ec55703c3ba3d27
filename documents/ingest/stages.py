"""Stages of ingest, from the upload to page images. Each stage is a job.

Convert (any other format to a PDF) → inspect (open, first page, sizes) → draw (every page at the
base width; then the document is ready) → read words → upscale (previews and the wider images, when
no other job is due), and recognize the words of scans. Inspect runs in a thread of its own, so that
the first page of a new document waits neither for the pages of an older one, nor for a conversion,
nor for a PDF bomb. A second thread converts, and recognizes when there is nothing to convert. The
third one runs more urgent jobs between two pages. Stages are idempotent: existing files are not
created again.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import structlog

from core.app_context import current_context
from core.transactions import jobs
from core.transactions.jobs import ClaimedJob
from documents.conversion import converter as conversion
from documents.declares import JobKind
from documents.ingest import store as record
from documents.ingest.progress import Progress
from documents.ingest.rules import PAGE_FAULTS, Tally
from documents.ingest.store import Task
from documents.models import VersionStatus
from documents.pages.files import PageFiles
from documents.pages.resolutions import BASE_WIDTH, WIDTHS
from documents.recognition import tesseract
from documents.recognition.recognizer import recognize
from documents.render_protocol import NotesRead, PageFacts, RenderFault, WordsRead
from documents.rendering.children import (
    IN_THE_BACKGROUND,
    INSPECT_TIMEOUT,
    DocumentRenderer,
    RenderChild,
    RenderRefused,
    WallLimits,
)
from documents.rendering.parallel_pages import draw_all, worker_count
from documents.search import service as search

NICE = 10
MEASURE_BATCH = 200
PUT_SECONDS = 10.0
"""Seconds after which recognized words are put into the index while others are still read."""
CONVERTING = (JobKind.CONVERT, JobKind.RECOGNIZE)
LOOKING = (JobKind.INSPECT,)
DRAWING = (JobKind.DRAW, JobKind.READ_WORDS, JobKind.UPSCALE)
"""The job kinds of the three worker threads, most urgent first."""

log = structlog.get_logger()


class Stopped(Exception):
    """The worker is stopping. The job stays claimed, and the next worker runs it."""


class Ingest:
    """Runs jobs of the given kinds, one at a time, in the calling thread.

    kinds: most urgent first. worker_id: the claimant of jobs. was_notified: whether the thread was
    notified since the last call. stopping: whether the worker is stopping. publish_progress:
    receives (room id, facts) for the ephemeral channel.
    """

    def __init__(
        self,
        kinds: Sequence[JobKind],
        worker_id: str,
        was_notified: Callable[[], bool],
        stopping: Callable[[], bool],
        publish_progress: Callable[[str, dict[str, object]], None],
    ) -> None:
        self._kinds = kinds
        self._worker_id = worker_id
        self._was_notified = was_notified
        self._stopping = stopping
        self._publish_progress = publish_progress
        self._stages: dict[str, Callable[[Task, PageFiles, DocumentRenderer], None]] = {
            JobKind.INSPECT: self._inspect,
            JobKind.DRAW: self._draw,
            JobKind.READ_WORDS: self._read_words,
            JobKind.UPSCALE: self._upscale,
            JobKind.RECOGNIZE: self._recognize,
        }
        self._current: JobKind | None = None

    def run_one(self) -> bool:
        """Run the most urgent due job, if it is more urgent than the current one.

        Returns False when there is none. Raises: Stopped.
        """
        for kind in self._more_urgent():
            job = jobs.claim(self._worker_id, [kind])
            if job is not None:
                before, self._current = self._current, kind
                try:
                    self._run(job)
                finally:
                    self._current = before
                return True
        return False

    def _more_urgent(self) -> Sequence[JobKind]:
        if self._current is None:
            return self._kinds
        return self._kinds[: self._kinds.index(self._current)]

    def _run(self, job: ClaimedJob) -> None:
        version_id = job.payload["version_id"]
        error = None
        try:
            task = record.find_task(version_id)
            if task is not None and task.status is not VersionStatus.FAILED:
                if job.kind == JobKind.CONVERT:
                    _convert(task)
                else:
                    self._do_stage(job.kind, task)
        except Stopped:
            raise
        except Exception as failure:
            log.exception("ingest_failed", job=job.id, kind=job.kind, version_id=version_id)
            error = repr(failure)
            record.failed(version_id, record.PROCESSING_FAILED)
        jobs.finish(job.id, error)

    def _do_stage(self, kind: str, task: Task) -> None:
        files = PageFiles(current_context().storage, task.sha256)
        began = time.monotonic()
        limits = INSPECT_TIMEOUT if kind == JobKind.INSPECT else IN_THE_BACKGROUND
        with _renderer(files, limits, idle=kind != JobKind.INSPECT) as renderer:
            try:
                self._stages[kind](task, files, renderer)
            except RenderRefused as refusal:
                log.info("paper_refused", version_id=task.version_id, reason=str(refusal))
                record.failed(task.version_id, refusal.fault.value)
        seconds = round(time.monotonic() - began, 3)
        log.info("ingest_stage", kind=kind, version_id=task.version_id, seconds=seconds)

    def _inspect(self, task: Task, files: PageFiles, renderer: DocumentRenderer) -> None:
        files.prepare()
        count = renderer.open().page_count
        first = files.image(1, BASE_WIDTH)
        if not first.exists():
            _try_first_page(renderer, first)
        pages: list[PageFacts] = []
        while len(pages) < count:
            batch = min(MEASURE_BATCH, count - len(pages))
            pages += renderer.measure(len(pages) + 1, batch).pages
        record.measured(task.version_id, pages)

    def _draw(self, task: Task, files: PageFiles, renderer: DocumentRenderer) -> None:
        tally, count = Tally(), task.page_count or 0
        progress = Progress(task, self._publish_progress)

        def render_one(one: DocumentRenderer, page: int) -> RenderRefused | None:
            return _create_image(one, files, page, BASE_WIDTH)

        def drawn(_page: int, refusal: RenderRefused | None) -> bool:
            if refusal is not None:
                tally.add_fault(refusal.fault)
                verdict = tally.verdict(count)
                if verdict is not None:
                    raise RenderRefused(verdict, refusal.detail)
            return progress.one_more()

        with _renderer(files, IN_THE_BACKGROUND, idle=True) as second:
            renderers = (renderer, second)[: worker_count(count)]
            pages = range(1, count + 1)
            if not draw_all(renderers, pages, render_one, self._run_urgent_jobs, drawn):
                return
        record.ready(task.version_id)
        progress.ready()

    def _read_words(self, task: Task, files: PageFiles, renderer: DocumentRenderer) -> None:
        for page in range(1, (task.page_count or 0) + 1):
            self._run_urgent_jobs()
            if not files.words(page).exists():
                files.write_words(page, read_words(renderer, page))
            if not files.notes(page).exists():
                files.write_notes(page, read_notes(renderer, page))
        record.go_on(task.version_id, JobKind.UPSCALE)
        if tesseract.is_installed() and any(_without_words(files, task)):
            record.go_on(task.version_id, JobKind.RECOGNIZE)
        search.put_document(task.sha256, task.page_count or 0)

    def _recognize(self, task: Task, files: PageFiles, renderer: DocumentRenderer) -> None:
        put_at, is_put = time.monotonic(), True
        for page in _without_words(files, task):
            self._run_urgent_jobs()
            found = recognize(renderer, page, files.folder, NICE)
            files.write_recognized(page, found.words, found.confidence)
            is_put = is_put and not found.words
            if not is_put and time.monotonic() - put_at > PUT_SECONDS:
                search.put_document(task.sha256, task.page_count or 0)
                put_at, is_put = time.monotonic(), True
        if not is_put:
            search.put_document(task.sha256, task.page_count or 0)

    def _upscale(self, task: Task, files: PageFiles, renderer: DocumentRenderer) -> None:
        for width in (width for width in WIDTHS if width != BASE_WIDTH):
            for page in range(1, (task.page_count or 0) + 1):
                self._run_urgent_jobs()
                _create_image(renderer, files, page, width)

    def _run_urgent_jobs(self) -> None:
        if self._stopping():
            raise Stopped
        while self._was_notified() and self.run_one():
            pass


def _without_words(files: PageFiles, task: Task) -> Iterator[int]:
    """The pages without words of their own that nobody has looked at yet."""
    for page in range(1, (task.page_count or 0) + 1):
        if files.read_words(page) == b"[]" and not files.recognized(page).exists():
            yield page


def _convert(task: Task) -> None:
    """Convert the uploaded file, and go on with the PDF."""
    source = record.find_source(task.version_id)
    if source is None:
        return
    began = time.monotonic()
    before = record.find_conversion(source)
    if before is None:
        storage = current_context().storage
        original = storage.original(source.sha256)
        try:
            floor = current_context().config.disk_floor_bytes
            work = storage.conversions
            with conversion.converted(original, source.format, work, NICE, floor) as made:
                sha256, size = storage.take_in(made.pdf)
                before = record.Pdf(sha256, size, [notice.value for notice in made.notices])
        except conversion.NotConverted as refusal:
            log.info("file_not_converted", version_id=task.version_id, reason=str(refusal))
            record.failed(task.version_id, refusal.fault.value)
            return
    record.converted(task.version_id, before)
    seconds = round(time.monotonic() - began, 3)
    log.info("ingest_stage", kind=JobKind.CONVERT, version_id=task.version_id, seconds=seconds)


def _renderer(files: PageFiles, limits: WallLimits, *, idle: bool) -> DocumentRenderer:
    """A renderer that writes into the document's page folder. idle: run at idle priority."""
    start = partial(RenderChild, nice=NICE, idle=idle)
    return DocumentRenderer(files.original, limits, start=start, results=files.folder)


def _try_first_page(renderer: DocumentRenderer, first: Path) -> None:
    """Draw the first page within the short limit of inspection. The draw stage records faults."""
    try:
        renderer.render_page(1, BASE_WIDTH, first)
    except RenderRefused as refusal:
        if refusal.fault not in PAGE_FAULTS:
            raise
        log.info("first_page_put_off", reason=str(refusal))


def read_words(renderer: DocumentRenderer, page: int) -> WordsRead:
    """The words of a page; empty when they cannot be read, because the page can still be shown.

    Raises: RenderRefused when the document can no longer be opened.
    """
    try:
        return renderer.read_words(page)
    except RenderRefused as refusal:
        if refusal.fault not in PAGE_FAULTS:
            raise
        log.info("words_refused", page=page, reason=str(refusal))
        return WordsRead([], truncated=True)


def read_notes(renderer: DocumentRenderer, page: int) -> NotesRead:
    """The embedded annotations of a page; empty when unreadable. Raises as `read_words`."""
    try:
        return renderer.read_notes(page)
    except RenderRefused as refusal:
        if refusal.fault not in PAGE_FAULTS:
            raise
        log.info("notes_refused", page=page, reason=str(refusal))
        return NotesRead([])


def _create_image(
    renderer: DocumentRenderer, files: PageFiles, page: int, width: int
) -> RenderRefused | None:
    """Create an image unless it exists. Records and returns a fault of the page, if any.

    Raises: RenderRefused for a fault of the whole document.
    """
    image: Path = files.image(page, width)
    if image.exists():
        return None
    stored = files.fault(image)
    # Somebody who waited for this page may have been refused with less processor time.
    if stored is not None and stored is not RenderFault.PAGE_TOO_HEAVY:
        return RenderRefused(stored, "noted before")
    try:
        renderer.render_page(page, width, image)
    except RenderRefused as refusal:
        if refusal.fault not in PAGE_FAULTS:
            raise
        log.info("page_refused", page=page, width=width, reason=str(refusal))
        if not refusal.by_chance:
            files.note_fault(image, refusal.fault)
        return refusal
    files.forget_fault(image)
    return None
