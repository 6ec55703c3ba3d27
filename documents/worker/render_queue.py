"""Queue for requested pages: one thread, one render child at a time, at normal priority.

Single flight: equal requests are rendered once, and each is answered. The base width has priority
over wider images. The most recently requested documents stay open.
"""

import itertools
import math
import queue
import threading
import time
from collections.abc import Callable
from pathlib import Path

import structlog
from cachetools import LRUCache, TTLCache

from core.storage import Storage
from documents.ingest.rules import PAGE_FAULTS
from documents.ingest.stages import read_notes, read_words
from documents.pages.files import PageFiles
from documents.pages.tile_cache import TileCache, tile_place
from documents.render_protocol import RenderFault
from documents.rendering.children import WAITED_FOR, DocumentRenderer, RenderRefused
from documents.worker.messages import RenderRequest, RenderResult

OPEN_DOCUMENTS = 2
NOTED = PAGE_FAULTS | {RenderFault.AS_SHARP}
"""Faults that are stored, because a retry gives the same result."""
STOP_TIMEOUT = 3.0
MOST_WAITING = 2_000
"""Maximum requests in the queue, to bound memory: more than all clients of a meeting send."""
MOST_TILES_WAITING = 400
"""Maximum tiles among them: a page has thousands of tiles, which must not block pages."""
BY_CHANCE_FOR = 60.0
"""Seconds for which a request is refused after its children died, possibly by chance."""

log = structlog.get_logger()
Answer = Callable[[RenderResult], None]


class _OpenDocuments(LRUCache[str, tuple[int, DocumentRenderer]]):
    """LRU cache of open documents, each with its upload time; closes evicted renderers."""

    def popitem(self) -> tuple[str, tuple[int, DocumentRenderer]]:
        evicted = super().popitem()
        evicted[1][1].close()
        return evicted


class RenderQueue:
    """Accepts requests from any thread and answers each in the queue's thread."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._tiles = TileCache(storage)
        self._queue: queue.PriorityQueue[tuple[int, int, RenderRequest | None]] = (
            queue.PriorityQueue()
        )
        self._numbers = itertools.count()
        self._waiting: dict[RenderRequest, list[Answer]] = {}
        self._tiles_waiting = 0
        self._by_chance: TTLCache[RenderRequest, RenderFault, float] = TTLCache(
            math.inf, BY_CHANCE_FOR
        )
        self._lock = threading.Lock()
        self._open = _OpenDocuments(OPEN_DOCUMENTS)
        self._thread = threading.Thread(target=self._serve, name="render-queue", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def request(self, request: RenderRequest, answer: Answer) -> None:
        """Queue a request. `answer` is called once, in the queue's thread, or now if it is full."""
        with self._lock:
            waiting = self._waiting.get(request)
            if waiting is not None:
                waiting.append(answer)
                return
            is_tile = request.what == "tile"
            too_many_tiles = is_tile and self._tiles_waiting >= MOST_TILES_WAITING
            full = too_many_tiles or len(self._waiting) >= MOST_WAITING
            if not full:
                self._waiting[request] = [answer]
                self._tiles_waiting += is_tile
        if full:
            answer(RenderResult(request, RenderFault.BUSY))
        else:
            # Tiles are last in, first out: earlier ones may have left the viewport.
            number = next(self._numbers)
            self._queue.put((request.width, -number if is_tile else number, request))

    def close(self) -> None:
        """Stop, after at most STOP_TIMEOUT for the current page, and end the children. Requests in
        the queue are not answered."""
        self._queue.put((-1, next(self._numbers), None))
        self._thread.join(STOP_TIMEOUT)

    def _serve(self) -> None:
        try:
            self._tiles.take_stock()
        except OSError:
            # Tiles that are not indexed are rendered again; pages do not depend on the index.
            log.exception("tiles_not_counted")
        while (request := self._queue.get()[2]) is not None:
            try:
                fault = self._make(request)
            except Exception:
                log.exception("desk_failed", sha256=request.sha256, page=request.page)
                fault = RenderFault.BUSY
            with self._lock:
                answers = self._waiting.pop(request)
                self._tiles_waiting -= request.what == "tile"
            for answer in answers:
                answer(RenderResult(request, fault))
        for _, renderer in self._open.values():
            renderer.close()

    def _make(self, request: RenderRequest) -> RenderFault | None:
        files = PageFiles(self._storage, request.sha256)
        path = self._place(files, request)
        if path.exists():
            return None
        # One fault file covers all tiles of a level: each may cost seconds, and there are hundreds.
        fault_target = files.image(request.page, request.width) if request.what == "tile" else path
        stored_fault = files.fault(fault_target) or self._by_chance.get(request)
        if stored_fault is not None:
            return stored_fault
        files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            began = time.monotonic()
            renderer = self._renderer(files, request.sha256)
            if request.what == "image":
                renderer.render_page(request.page, request.width, path)
            elif request.what == "tile":
                made = files.folder / f"{path.name}.partial"
                renderer.draw_tile(request.page, request.width, request.tile, made)
                self._tiles.put(made, path)
            elif request.what == "words":
                files.write_words(request.page, read_words(renderer, request.page))
            else:
                files.write_notes(request.page, read_notes(renderer, request.page))
        except RenderRefused as refusal:
            log.info("want_refused", page=request.page, width=request.width, reason=str(refusal))
            if refusal.by_chance:
                self._by_chance[request] = refusal.fault
            elif refusal.fault in NOTED:
                files.note_fault(fault_target, refusal.fault)
            return refusal.fault
        facts = {"what": request.what, "page": request.page, "width": request.width}
        log.info("page_made", **facts, seconds=round(time.monotonic() - began, 3))
        return None

    def _renderer(self, files: PageFiles, sha256: str) -> DocumentRenderer:
        uploaded = files.original.stat().st_mtime_ns if files.original.exists() else 0
        since, renderer = self._open.pop(sha256, (0, None))
        if renderer is not None and since != uploaded:
            # The original was deleted and uploaded again: the child can write to no new folder.
            renderer.close()
            renderer = None
        if renderer is None:
            renderer = DocumentRenderer(files.original, WAITED_FOR, results=files.folder)
        self._open[sha256] = uploaded, renderer
        return renderer

    def _place(self, files: PageFiles, request: RenderRequest) -> Path:
        """The path of the requested file. The file may not exist."""
        if request.what == "image":
            return files.image(request.page, request.width)
        if request.what == "tile":
            return tile_place(
                self._storage, request.sha256, request.page, request.width, request.tile
            )
        return files.words(request.page) if request.what == "words" else files.notes(request.page)
