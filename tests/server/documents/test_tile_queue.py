"""Tiles at the queue: chance is not held against a level, and tiles never keep pages out."""

import pytest

from core.storage import Storage
from documents.pages.files import PageFiles
from documents.pages.tile_cache import TileCache, tile_place
from documents.render_protocol import RenderFault
from documents.rendering.children import DocumentRenderer, WallLimits
from documents.worker.messages import RenderRequest, RenderResult
from documents.worker.render_queue import MOST_TILES_WAITING, RenderQueue
from tests.factories import small_pdf
from tests.server.documents.test_render_queue import stored
from tests.server.real_server import wait_until

pytestmark = pytest.mark.slow


class Impatient(RenderQueue):
    """A queue whose children are always ended by the clock on the wall."""

    def _renderer(self, files: PageFiles, sha256: str) -> DocumentRenderer:
        limits = WallLimits(open=10.0, page=1e-6)
        return DocumentRenderer(files.original, limits, results=files.folder)


def tile(sha256: str, column: int, row: int = 0) -> RenderRequest:
    return RenderRequest("tile", sha256, 1, 4800, (column, row))


def asked(queue: RenderQueue, *wants: RenderRequest) -> list[RenderResult]:
    """What the queue says of these."""
    seen: list[RenderResult] = []
    for request in wants:
        queue.request(request, seen.append)
    wait_until(lambda: len(seen) == len(wants), "everybody is answered")
    return seen


def test_what_failed_by_chance_is_tried_again_and_not_held_against_the_level(
    queue: RenderQueue, storage: Storage
) -> None:
    sha256 = stored(storage, small_pdf(1))
    impatient = Impatient(storage)
    impatient.start()
    (made,) = asked(impatient, tile(sha256, 0))
    impatient.close()
    assert made.fault is RenderFault.PAGE_TOO_HEAVY
    files = PageFiles(storage, sha256)
    assert list(files.folder.glob("*.fault")) == []
    queue.start()
    assert [made.fault for made in asked(queue, tile(sha256, 0), tile(sha256, 1))] == [
        None,
        None,
    ]


def test_the_last_one_asked_for_is_drawn_first(queue: RenderQueue, storage: Storage) -> None:
    sha256 = stored(storage, small_pdf(1))
    seen: list[RenderRequest] = []
    wants = [
        tile(sha256, 0),
        tile(sha256, 1),
        RenderRequest("image", sha256, 1, 2400),
        tile(sha256, 2),
    ]
    for request in wants:
        queue.request(request, lambda made: seen.append(made.request))
    queue.start()
    wait_until(lambda: len(seen) == len(wants), "everybody is answered")
    assert seen == [wants[2], wants[3], wants[1], wants[0]]


def test_tiles_do_not_fill_the_queue(queue: RenderQueue, storage: Storage) -> None:
    sha256 = stored(storage, small_pdf(1))
    seen: list[RenderResult] = []
    for number in range(MOST_TILES_WAITING + 1):
        queue.request(tile(sha256, number, 10_000), seen.append)
    assert [made.fault for made in seen] == [RenderFault.BUSY]
    seen.clear()
    page = RenderRequest("image", sha256, 1, 1200)
    queue.request(page, seen.append)
    queue.start()
    wait_until(lambda: len(seen) == MOST_TILES_WAITING + 1, "everybody is answered")
    assert seen[0] == RenderResult(page, None)
    assert {made.fault for made in seen[1:]} == {RenderFault.NO_SUCH_TILE}
    assert [made.fault for made in asked(queue, tile(sha256, 0))] == [None]


def test_what_is_no_tile_is_left_alone(queue: RenderQueue, storage: Storage) -> None:
    sha256 = stored(storage, small_pdf(1))
    strange = storage.tiles / "ab" / ("ab" * 32) / "folder"
    strange.mkdir(parents=True)
    note = strange.with_name("note.txt")
    note.write_text("of somebody")
    TileCache(storage).take_stock()
    queue.start()
    assert [made.fault for made in asked(queue, tile(sha256, 0))] == [None]
    assert tile_place(storage, sha256, 1, 4800, (0, 0)).exists()
    assert strange.is_dir()
    assert note.read_text() == "of somebody"
