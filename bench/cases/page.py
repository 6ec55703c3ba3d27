"""page: from the upload of a paper to its first page and to all of them, beside other renderers.

Ours draws every page at 1200 pixels, once through the whole product (upload, job, confined child,
files, HTTP), once its drawing alone. The others read the same file and write images of the same
width, nothing else. Everybody has two processes.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.load.client import Client
from bench.machine import LOAD_CORE, SERVER_CORE, on_cores
from bench.papers import paper
from bench.parts.page_kinds import note_kinds
from bench.product import Product, product
from bench.table import OURS, Table
from documents.pages.resolutions import RESOLUTIONS
from documents.rendering.children import IN_THE_BACKGROUND, DocumentRenderer, RenderChild
from documents.rendering.parallel_pages import Outcome, draw_all

LENGTHS = (5, 80, 300)
WIDTH = 1200
TIMEOUT = 300.0
ALONE = f"{OURS}, drawing alone"

Words = Callable[[int, int, Path], list[str]]


def run() -> Table:
    """Three to four minutes."""
    table = Table("page")
    cores = SERVER_CORE, LOAD_CORE
    with tempfile.TemporaryDirectory() as name, on_cores(*cores):
        folder = Path(name)
        with product(1, cores=cores) as ours:
            client = Client(ours, ours.hall.rooms["1"].cookies[0])
            for pages in LENGTHS:
                _ours(table, client, ours, paper(folder, pages), pages)
                ours.until_quiet()
            client.close()
        for pages in LENGTHS:
            source = paper(folder, pages)
            _alone(table, folder, source, pages)
            for subject, words in _others(source).items():
                _other(table, folder, pages, subject, words)
        for width in RESOLUTIONS:
            note_kinds(table, folder, width)
    return table


def _note(table: Table, subject: str, pages: int, first: float, whole: float, written: int) -> None:
    case = f"{pages} pages"
    table.note(case, subject, "first page", first, "s")
    table.note(case, subject, "all pages", whole, "s")
    table.note(case, subject, "pages a second", pages / whole, "1/s")
    table.note(case, subject, "bytes a page", written / pages / 1000, "kB")


def _ours(table: Table, client: Client, ours: Product, source: Path, pages: int) -> None:
    content = source.read_bytes()
    path = f"/agenda-items/{ours.hall.rooms['1'].item_id}/documents"
    began = time.perf_counter()
    document_id = client.upload(path, source.name, content)
    accepted = time.perf_counter() - began
    image = f"/documents/{document_id}/versions/1/pages/%d/image?width={WIDTH}"
    while client.ask("GET", image % 1)[0] != 200:
        _check(began)
    first = time.perf_counter() - began
    while client.get(f"/documents/{document_id}")["versions"][0]["status"] != "ready":
        _check(began)
        time.sleep(0.02)
    whole = time.perf_counter() - began
    written = sum(len(client.ask("GET", image % page)[1]) for page in range(1, pages + 1))
    _note(table, OURS, pages, first, whole, written)
    table.note(f"{pages} pages", OURS, "upload accepted", accepted, "s")


def _check(began: float) -> None:
    if time.perf_counter() - began > TIMEOUT:
        raise TimeoutError("the paper is not drawn")


def _alone(table: Table, folder: Path, source: Path, pages: int) -> None:
    out = folder / "alone"
    out.mkdir()
    RenderChild().close()  # the fork server runs and is warm, as it is in the product

    def render_one(renderer: DocumentRenderer, page: int) -> Outcome:
        renderer.render_page(page, WIDTH, out / str(page))
        return None

    def drawn(page: int, _outcome: Outcome) -> bool:
        done.setdefault(page, time.perf_counter() - began)
        return True

    done: dict[int, float] = {}
    began = time.perf_counter()
    renderers = [DocumentRenderer(source, IN_THE_BACKGROUND) for _ in range(2)]
    draw_all(renderers, range(1, pages + 1), render_one, lambda: None, drawn)
    whole = time.perf_counter() - began
    for renderer in renderers:
        renderer.close()
    _note(table, ALONE, pages, done[1], whole, _written(out))


def _others(source: Path) -> dict[str, Words]:
    """The words that make each of them draw pages first … last into a folder."""
    width = str(WIDTH)

    def mutool(colours: str) -> Words:
        start = ["mutool", "draw", "-q", "-w", width, "-c", colours, "-F", "png", "-o"]
        return lambda first, last, out: [
            *(*start, str(out / "%d.png"), str(source), f"{first}-{last}")
        ]

    pdftoppm = ["pdftoppm", "-q", "-jpeg", "-scale-to-x", width, "-scale-to-y", "-1"]
    pdfium = [sys.executable, "-m", "bench.peers.pdfium_pages", str(source), width]
    return {
        "mutool draw": mutool("rgb"),
        "mutool draw -c gray": mutool("gray"),
        "pdftoppm -jpeg": lambda first, last, out: [
            *(*pdftoppm, "-f", str(first), "-l", str(last), str(source), str(out / "p"))
        ],
        "pypdfium2, our encoder": lambda first, last, out: [
            *(*pdfium, str(first), str(last), str(out))
        ],
    }


def _other(table: Table, folder: Path, pages: int, subject: str, words: Words) -> None:
    out = folder / "other"
    out.mkdir()
    first = _timed([words(1, 1, out)])
    half = pages // 2
    whole = _timed([words(1, half, out), words(half + 1, pages, out)])
    _note(table, subject, pages, first, whole, _written(out))


def _timed(programs: list[list[str]]) -> float:
    """Seconds until all have ended. What they say of colour profiles is not kept."""
    began = time.perf_counter()
    running = [subprocess.Popen(words, stderr=subprocess.DEVNULL) for words in programs]
    for program in running:
        if program.wait():
            raise RuntimeError(f"{program.args!r} failed")
    return time.perf_counter() - began


def _written(folder: Path) -> int:
    """Bytes of what was written there; it is gone after."""
    size = sum(made.stat().st_size for made in folder.iterdir())
    shutil.rmtree(folder)
    return size
