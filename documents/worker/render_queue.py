"""The desk for people who wait for a page: one thread, one child at ordinary priority.

Single flight: however many want the same thing, it is made once and everybody is answered. The
base width goes before wider ones. The last papers asked for stay open.
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
from documents.pages.tile_cache import TileShelf, tile_place
from documents.rendering.children import WAITED_FOR, PaperRenderer, RenderRefused
from documents.rendering.protocol import Fault
from documents.worker.messages import Made, Want

OPEN_PAPERS = 2
NOTED = PAGE_FAULTS | {Fault.AS_SHARP}
"""What would be the same the next time."""
STOP_PATIENCE = 3.0
MOST_WAITING = 2_000
"""Wants in the queue; more than a hall full of tablets asks for, and no endless memory."""
MOST_TILES_WAITING = 400
"""Of those; a page has thousands of tiles, and they must not keep pages out."""
BY_CHANCE_FOR = 60.0
"""Seconds for which a want is refused whose children did not survive, which may be chance."""

log = structlog.get_logger()
Answer = Callable[[Made], None]


class _OpenPapers(LRUCache[str, tuple[int, PaperRenderer]]):
    """The papers used last, each with the time of its upload; closes those that it evicts."""

    def popitem(self) -> tuple[str, tuple[int, PaperRenderer]]:
        evicted = super().popitem()
        evicted[1][1].close()
        return evicted


class PageDesk:
    """Takes wants from any thread and answers each in the desk's own."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._tiles = TileShelf(storage)
        self._queue: queue.PriorityQueue[tuple[int, int, Want | None]] = queue.PriorityQueue()
        self._numbers = itertools.count()
        self._waiting: dict[Want, list[Answer]] = {}
        self._tiles_waiting = 0
        self._by_chance: TTLCache[Want, Fault, float] = TTLCache(math.inf, BY_CHANCE_FOR)
        self._lock = threading.Lock()
        self._open = _OpenPapers(OPEN_PAPERS)
        self._thread = threading.Thread(target=self._serve, name="page-desk", daemon=True)

    def start(self) -> None:
        """Open the desk."""
        self._thread.start()

    def want(self, want: Want, answer: Answer) -> None:
        """Have something made; `answer` is called once, in the desk's thread."""
        with self._lock:
            waiting = self._waiting.get(want)
            if waiting is not None:
                waiting.append(answer)
                return
            is_tile = want.what == "tile"
            too_many_tiles = is_tile and self._tiles_waiting >= MOST_TILES_WAITING
            full = too_many_tiles or len(self._waiting) >= MOST_WAITING
            if not full:
                self._waiting[want] = [answer]
                self._tiles_waiting += is_tile
        if full:
            answer(Made(want, Fault.BUSY))
        else:
            # Of tiles the last one asked for: who moves on no longer looks at those before.
            number = next(self._numbers)
            self._queue.put((want.width, -number if is_tile else number, want))

    def close(self) -> None:
        """Finish the page at hand if that is quickly done, answer nobody else, end the children."""
        self._queue.put((-1, next(self._numbers), None))
        self._thread.join(STOP_PATIENCE)

    def _serve(self) -> None:
        try:
            self._tiles.take_stock()
        except OSError:
            # Tiles that are not known of are drawn anew; pages do not wait for that.
            log.exception("tiles_not_counted")
        while (want := self._queue.get()[2]) is not None:
            try:
                fault = self._make(want)
            except Exception:
                log.exception("desk_failed", sha256=want.sha256, page=want.page)
                fault = Fault.BUSY
            with self._lock:
                answers = self._waiting.pop(want)
                self._tiles_waiting -= want.what == "tile"
            for answer in answers:
                answer(Made(want, fault))
        for _, renderer in self._open.values():
            renderer.close()

    def _make(self, want: Want) -> Fault | None:
        files = PageFiles(self._storage, want.sha256)
        path = self._place(files, want)
        if path.exists():
            return None
        # One note stands for all tiles of a level: each may cost seconds, and there are hundreds.
        noting = files.image(want.page, want.width) if want.what == "tile" else path
        noted = files.fault(noting) or self._by_chance.get(want)
        if noted is not None:
            return noted
        files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            began = time.monotonic()
            renderer = self._renderer(files, want.sha256)
            if want.what == "image":
                renderer.draw(want.page, want.width, path)
            elif want.what == "tile":
                made = files.folder / f"{path.name}.partial"
                renderer.draw_tile(want.page, want.width, want.tile, made)
                self._tiles.put(made, path)
            elif want.what == "words":
                files.write_words(want.page, read_words(renderer, want.page))
            else:
                files.write_notes(want.page, read_notes(renderer, want.page))
        except RenderRefused as refusal:
            log.info("want_refused", page=want.page, width=want.width, reason=str(refusal))
            if refusal.by_chance:
                self._by_chance[want] = refusal.fault
            elif refusal.fault in NOTED:
                files.note_fault(noting, refusal.fault)
            return refusal.fault
        facts = {"what": want.what, "page": want.page, "width": want.width}
        log.info("page_made", **facts, seconds=round(time.monotonic() - began, 3))
        return None

    def _renderer(self, files: PageFiles, sha256: str) -> PaperRenderer:
        uploaded = files.original.stat().st_mtime_ns if files.original.exists() else 0
        since, renderer = self._open.pop(sha256, (0, None))
        if renderer is not None and since != uploaded:
            # It was swept and uploaded again: its child may write into the old folder only.
            renderer.close()
            renderer = None
        if renderer is None:
            renderer = PaperRenderer(files.original, WAITED_FOR, results=files.folder)
        self._open[sha256] = uploaded, renderer
        return renderer

    def _place(self, files: PageFiles, want: Want) -> Path:
        """Where what is wanted lies, or would."""
        if want.what == "image":
            return files.image(want.page, want.width)
        if want.what == "tile":
            return tile_place(self._storage, want.sha256, want.page, want.width, want.tile)
        return files.words(want.page) if want.what == "words" else files.notes(want.page)
