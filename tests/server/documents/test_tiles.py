"""Tiles: they are the page itself, enlarged, drawn once, and kept within bounds."""

import hashlib
import io
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pymupdf as _pymupdf
import pytest
from PIL import Image, ImageChops

from core.storage import Storage
from documents.http.page_responses import ASKED_AGAIN_AFTER
from documents.pages.files import PageFiles
from documents.pages.tile_cache import BLOCK, TileCache, read_tile, tile_place
from documents.pages.tile_plan import TILE, TILE_WIDTHS, level_height
from documents.render_protocol import RenderFault
from documents.rendering.children import WAITED_FOR, DocumentRenderer, RenderRefused
from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper
from tests.server.documents.test_image_fast_path import by_gate, list_of
from tests.server.real_server import IDLE_TIMEOUT, children_of, wait_until

pymupdf: Any = _pymupdf
pytestmark = pytest.mark.slow

PLAN = (300.37, 200.11)
SHA = "ab" * 32


def plan(*, turned: int = 0, colour: str = ".1 .1 .1") -> bytes:
    """One page of lines and small words from edge to edge."""
    paper = pymupdf.open()
    page = paper.new_page(width=PLAN[0], height=PLAN[1])
    page.insert_text((8, 10), "Bản đồ", fontname="helv", fontsize=3)
    parts = [f"q {colour} RG .2 w"]
    parts += [f"{x} 0 m {300 - x} 201 l S" for x in range(0, 301, 7)]
    parts += [
        f"BT /helv 2 Tf {x} {y} Td ({x}-{y}) Tj ET" for x in range(9, 300, 60) for y in (9, 99)
    ]
    stream = paper.get_new_xref()
    paper.update_object(stream, "<<>>")
    paper.update_stream(stream, " ".join([*parts, "Q"]).encode())
    page.set_contents(stream)
    page.set_rotation(turned)
    return bytes(paper.tobytes())


def scan(across: int) -> bytes:
    """A page that is but a picture of so many pixels across."""
    paper = pymupdf.open()
    picture = Image.effect_noise((across, across), 90)
    out = io.BytesIO()
    picture.save(out, "PNG")
    page = paper.new_page(width=300, height=300)
    page.insert_image(page.rect, stream=out.getvalue())
    return bytes(paper.tobytes())


class Drawer:
    """Draws tiles of first pages with real render children."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[DocumentRenderer] = []

    def paper(self, content: bytes) -> DocumentRenderer:
        path = self._folder / f"{len(self._open)}.pdf"
        path.write_bytes(content)
        self._open.append(DocumentRenderer(path, WAITED_FOR))
        return self._open[-1]

    def tile(self, paper: DocumentRenderer, width: int, column: int, row: int) -> Image.Image:
        out = self._folder / "tile"
        facts = paper.draw_tile(1, width, (column, row), out)
        picture = Image.open(io.BytesIO(out.read_bytes()))
        assert picture.size == (facts.width_px, facts.height_px)
        return picture.convert("RGB")

    def close(self) -> None:
        for paper in self._open:
            paper.close()


@pytest.fixture
def drawer(tmp_path: Path) -> Iterator[Drawer]:
    made = Drawer(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("turned", [0, 90])
@pytest.mark.parametrize("colour", [".1 .1 .1", ".8 .1 .1"])
def test_tiles_put_together_are_the_page(drawer: Drawer, turned: int, colour: str) -> None:
    content = plan(turned=turned, colour=colour)
    paper = drawer.paper(content)
    page = pymupdf.open(stream=content)[0]
    size, width = (page.rect.width, page.rect.height), TILE_WIDTHS[0]
    whole = Image.new("RGB", (width, level_height(size, width)))
    for column in range(-(-width // TILE)):
        for row in range(-(-whole.height // TILE)):
            whole.paste(drawer.tile(paper, width, column, row), (column * TILE, row * TILE))
    scale = width / size[0]
    drawn = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=0)
    theirs = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)
    difference = ImageChops.difference(whole, theirs.crop((0, 0, *whole.size))).convert("L")
    # Pixels are rounded to levels, or to a palette; lines would be 200 away if they were elsewhere.
    strays = sum(difference.histogram()[40:])
    assert strays <= whole.width * whole.height / 10_000


def test_a_scan_is_never_enlarged_beyond_itself(drawer: Drawer) -> None:
    small, large = drawer.paper(scan(1800)), drawer.paper(scan(3000))
    with pytest.raises(RenderRefused) as refused:
        drawer.tile(small, 4800, 0, 0)
    assert refused.value.fault is RenderFault.AS_SHARP
    assert drawer.tile(large, 4800, 4, 4).size == (704, 704)
    with pytest.raises(RenderRefused) as refused:
        drawer.tile(large, 9600, 0, 0)
    assert refused.value.fault is RenderFault.AS_SHARP


def test_a_child_draws_no_tile_beyond_the_page(drawer: Drawer) -> None:
    paper = drawer.paper(plan())
    for width, column, row in ((4800, 5, 0), (4800, 0, 4), (1200, 0, 0)):
        with pytest.raises(RenderRefused) as refused:
            drawer.tile(paper, width, column, row)
        assert refused.value.fault is RenderFault.NO_SUCH_TILE


def tiles(room: Room, document: str, at: str) -> str:
    return f"/documents/{document}/versions/1/pages/1/tiles/{at}"


def kept(room: Room, content: bytes) -> list[str]:
    """The names of a paper's tiles on the server's disk."""
    sha256 = hashlib.sha256(content).hexdigest()
    places = (room.server.made.data / "tiles" / sha256[:2] / sha256).glob("*")
    return sorted(path.stem for path in places)


def test_whoever_may_read_a_paper_has_its_tiles(room: Room) -> None:
    content = plan()
    document = add_paper(room.secretary, room.items[0], content)
    published = room.secretary.post(f"/documents/{document}/publish")
    assert published.status_code == 200, published.text
    first = room.member.get(tiles(room, document, "4800/0/0"))
    assert first.status_code == 200, first.text
    assert first.headers["Content-Type"] == "image/png"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert Image.open(io.BytesIO(first.content)).size == (TILE, TILE)
    known = {"If-None-Match": first.headers["ETag"]}
    assert room.member.get(tiles(room, document, "4800/0/0"), headers=known).status_code == 304
    last = room.member.get(tiles(room, document, "9600/9/6"))
    assert Image.open(io.BytesIO(last.content)).size == (9600 - 9 * TILE, 6396 - 6 * TILE)
    assert kept(room, content) == ["00001-4800-0-0", "00001-9600-9-6"]


def test_the_gate_says_what_flask_would(room: Room) -> None:
    content = plan(colour="0 0 .9")
    document = add_paper(room.secretary, room.items[0], content)
    path, whole = tiles(room, document, "4800/1/1"), room.secretary.get
    assert by_gate(room.secretary, path)
    assert not by_gate(room.secretary, f"{path}?all")
    first, second = whole(path), whole(f"{path}?all")
    assert first.content == second.content
    assert list_of(first) == list_of(second)
    known = {"If-None-Match": first.headers["ETag"]}
    assert by_gate(room.secretary, path, **known)
    assert whole(path, headers=known).status_code == 304
    head = room.secretary.call("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    assert not by_gate(room.secretary, tiles(room, document, "4800/0/9"))
    assert not by_gate(room.member, path)
    assert room.member.get(path).status_code == 404


@pytest.mark.parametrize("at", ["4800/5/0", "4800/0/4", "2400/0/0", "4800/0/99999999999999999999"])
def test_what_is_no_tile_is_refused_in_words(room: Room, at: str) -> None:
    document = add_paper(room.secretary, room.items[0], plan())
    answer = room.secretary.get(tiles(room, document, at))
    assert answer.status_code == 404
    assert answer.json()["code"] == "no_such_tile"


def test_a_small_scan_has_none_and_is_not_looked_at_again(room: Room) -> None:
    content = scan(900)
    document = add_paper(room.secretary, room.items[0], content)
    for _ in range(2):
        answer = room.secretary.get(tiles(room, document, "4800/0/0"))
        assert (answer.status_code, answer.content) == (204, b"")
    sha256 = hashlib.sha256(content).hexdigest()
    notes = (room.server.made.data / "pages").glob(f"*/{sha256}/*.fault")
    assert [note.read_text() for note in notes] == [RenderFault.AS_SHARP]


@pytest.mark.parametrize("what", ["tiles/4800/0/0", "text"])
def test_who_is_signed_out_while_waiting_gets_nothing(room: Room, what: str) -> None:
    """What draws is held for a while, not the worker, which may be writing; the sign-in is revoked
    meanwhile."""
    content = plan(colour=f"0 .{len(what)} 0")
    document = add_paper(room.secretary, room.items[0], content)
    sha256 = hashlib.sha256(content).hexdigest()
    files = PageFiles(Storage(room.server.made.data), sha256)
    wait_until(files.image(1, 2400).exists, "ingest has made all of it", IDLE_TIMEOUT)
    files.words(1).unlink()
    reader = room.server.sign_in(room.secretary.username)
    own = next(one["id"] for one in reader.get("/sessions").json()["items"] if one["current"])
    drawing = children_of(room.server.processes["worker"].pid)
    assert drawing
    send_to(drawing, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(1) as waiting:
            path = f"/documents/{document}/versions/1/pages/1/{what}"
            began = time.monotonic()
            answer = waiting.submit(reader.get, path)
            # What is asked and answered after it tells that it is under way.
            image = f"/documents/{document}/versions/1/pages/1/image"
            assert room.secretary.get(image).status_code == 200
            assert room.secretary.delete(f"/sessions/{own}").status_code == 200
            wait_until(lambda: time.monotonic() - began > 2 * ASKED_AGAIN_AFTER, "time passes")
            send_to(drawing, signal.SIGCONT)
            assert answer.result().status_code == 401
    finally:
        send_to(drawing, signal.SIGCONT)


def send_to(pids: list[int], what: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def test_a_paper_that_is_not_theirs_has_no_tiles_for_them(room: Room) -> None:
    content = small_pdf(1)
    document = add_paper(room.secretary, room.items[0], content)
    assert room.member.get(tiles(room, document, "4800/0/0")).status_code == 404
    assert kept(room, content) == []


def put(cache: TileCache, storage: Storage, page: int, size: int = BLOCK) -> Path:
    made = storage.incoming / "made"
    made.write_bytes(b"x" * size)
    place = tile_place(storage, SHA, page, 4800, (0, 0))
    cache.put(made, place)
    return place


def test_tiles_that_nobody_looked_at_give_way(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    cache = TileCache(storage, most_bytes=3 * BLOCK)
    first, second, third = (put(cache, storage, page) for page in (1, 2, 3))
    for path in (first, second, third):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    restarted = TileCache(storage, most_bytes=3 * BLOCK)
    restarted.take_stock()
    assert read_tile(first) == b"x" * BLOCK
    fourth = put(restarted, storage, 4)
    assert first.exists()
    assert fourth.exists()
    assert not second.exists()
    assert read_tile(second) is None
    assert third.exists()


def test_a_store_that_grew_smaller_or_older_is_put_right_at_the_start(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    places = [put(TileCache(storage), storage, page) for page in (1, 2, 3)]
    old = places[0].with_suffix(".r0")
    old.write_bytes(b"x")
    TileCache(storage, most_bytes=2 * BLOCK).take_stock()
    assert not old.exists()
    assert sum(path.exists() for path in places) == 2
    TileCache(storage, most_bytes=BLOCK - 1).take_stock()
    assert not any(path.exists() for path in places)
    assert not places[0].parent.exists()


def test_a_tile_that_is_drawn_anew_is_counted_once(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    cache = TileCache(storage, most_bytes=2 * BLOCK)
    other = put(cache, storage, 2)
    same = [put(cache, storage, 1) for _ in range(5)]
    assert same[-1].exists()
    assert other.exists()
