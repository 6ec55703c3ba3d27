"""Tiles at the desk: chance is not held against a level, and tiles never keep pages out."""

import pytest

from core.storage import Storage
from documents.pages.files import PageFiles
from documents.pages.tile_cache import TileShelf, tile_place
from documents.rendering.children import PaperRenderer, WallLimits
from documents.rendering.protocol import Fault
from documents.worker.messages import Made, Want
from documents.worker.render_queue import MOST_TILES_WAITING, PageDesk
from tests.factories import small_pdf
from tests.server.documents.test_render_queue import stored
from tests.server.real_server import wait_until

pytestmark = pytest.mark.slow


class Impatient(PageDesk):
    """A desk whose children are always ended by the clock on the wall."""

    def _renderer(self, files: PageFiles, sha256: str) -> PaperRenderer:
        limits = WallLimits(open=10.0, page=1e-6)
        return PaperRenderer(files.original, limits, results=files.folder)


def tile(sha256: str, column: int, row: int = 0) -> Want:
    return Want("tile", sha256, 1, 4800, (column, row))


def asked(desk: PageDesk, *wants: Want) -> list[Made]:
    """What the desk says of these."""
    seen: list[Made] = []
    for want in wants:
        desk.want(want, seen.append)
    wait_until(lambda: len(seen) == len(wants), "everybody is answered")
    return seen


def test_what_failed_by_chance_is_tried_again_and_not_held_against_the_level(
    desk: PageDesk, storage: Storage
) -> None:
    sha256 = stored(storage, small_pdf(1))
    impatient = Impatient(storage)
    impatient.start()
    (made,) = asked(impatient, tile(sha256, 0))
    impatient.close()
    assert made.fault is Fault.PAGE_TOO_HEAVY
    files = PageFiles(storage, sha256)
    assert list(files.folder.glob("*.fault")) == []
    desk.start()
    assert [made.fault for made in asked(desk, tile(sha256, 0), tile(sha256, 1))] == [None, None]


def test_the_last_one_asked_for_is_drawn_first(desk: PageDesk, storage: Storage) -> None:
    sha256 = stored(storage, small_pdf(1))
    seen: list[Want] = []
    wants = [tile(sha256, 0), tile(sha256, 1), Want("image", sha256, 1, 2400), tile(sha256, 2)]
    for want in wants:
        desk.want(want, lambda made: seen.append(made.want))
    desk.start()
    wait_until(lambda: len(seen) == len(wants), "everybody is answered")
    assert seen == [wants[2], wants[3], wants[1], wants[0]]


def test_tiles_do_not_fill_the_desk(desk: PageDesk, storage: Storage) -> None:
    sha256 = stored(storage, small_pdf(1))
    seen: list[Made] = []
    for number in range(MOST_TILES_WAITING + 1):
        desk.want(tile(sha256, number, 10_000), seen.append)
    assert [made.fault for made in seen] == [Fault.BUSY]
    seen.clear()
    page = Want("image", sha256, 1, 1200)
    desk.want(page, seen.append)
    desk.start()
    wait_until(lambda: len(seen) == MOST_TILES_WAITING + 1, "everybody is answered")
    assert seen[0] == Made(page, None)
    assert {made.fault for made in seen[1:]} == {Fault.NO_SUCH_TILE}
    assert [made.fault for made in asked(desk, tile(sha256, 0))] == [None]


def test_what_is_no_tile_is_left_alone(desk: PageDesk, storage: Storage) -> None:
    sha256 = stored(storage, small_pdf(1))
    strange = storage.tiles / "ab" / ("ab" * 32) / "folder"
    strange.mkdir(parents=True)
    note = strange.with_name("note.txt")
    note.write_text("of somebody")
    TileShelf(storage).take_stock()
    desk.start()
    assert [made.fault for made in asked(desk, tile(sha256, 0))] == [None]
    assert tile_place(storage, sha256, 1, 4800, (0, 0)).exists()
    assert strange.is_dir()
    assert note.read_text() == "of somebody"
