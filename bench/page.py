"""page: from the upload of a paper to its first page and to all of them, beside other renderers.

Ours draws every page at 1200 pixels through the whole product: upload, job, confined child, files,
HTTP. The others read the same file and write images of the same width, nothing else.
"""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pypdfium2

from bench.client import Client
from bench.machine import LOAD_CORE, SERVER_CORE, on_cores
from bench.papers import paper
from bench.product import Product, product
from bench.table import OURS, Table
from documents import page_codec

LENGTHS = (5, 80, 300)
WIDTH = 1200
PATIENCE = 300.0
PDFIUM = "pypdfium2, our encoder"


def run() -> Table:
    """About three minutes."""
    table = Table("page")
    cores = SERVER_CORE, LOAD_CORE
    with tempfile.TemporaryDirectory() as name, product(1, cores=cores) as ours, on_cores(*cores):
        folder = Path(name)
        client = Client(ours, ours.hall.rooms["1"].cookies[0])
        for pages in LENGTHS:
            source = paper(folder, pages)
            _ours(table, client, ours, source, pages)
            _mutool(table, folder, source, pages, "mutool draw", "rgb")
            _mutool(table, folder, source, pages, "mutool draw -c gray", "gray")
            _pdfium(table, folder, source, pages)
        client.close()
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
    if time.perf_counter() - began > PATIENCE:
        raise TimeoutError("the paper is not drawn")


def _mutool(
    table: Table, folder: Path, source: Path, pages: int, subject: str, colours: str
) -> None:
    out = folder / "mutool"
    out.mkdir()
    words = ["mutool", "draw", "-q", "-w", str(WIDTH), "-c", colours, "-F", "png"]
    first = _timed([*words, "-o", str(out / "%d.png"), str(source), "1"])
    whole = _timed([*words, "-o", str(out / "%d.png"), str(source)])
    written = sum(made.stat().st_size for made in out.iterdir())
    shutil.rmtree(out)
    _note(table, subject, pages, first, whole, written)


def _timed(words: list[str]) -> float:
    """Seconds of a program. What mutool says of colour profiles is not kept."""
    began = time.perf_counter()
    subprocess.run(words, check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def _pdfium(table: Table, folder: Path, source: Path, pages: int) -> None:
    """Another engine with the product's own encoder: what is the drawing, what the encoding."""
    out = folder / "pdfium.webp"
    first, written = 0.0, 0
    began = time.perf_counter()
    document = pypdfium2.PdfDocument(source)
    for page in document:
        bitmap = page.render(scale=WIDTH / page.get_width(), rev_byteorder=True)
        image = bitmap.to_pil()
        made = page_codec.encode(image.tobytes(), image.width, image.height)
        written += out.write_bytes(made.data)
        first = first or time.perf_counter() - began
    whole = time.perf_counter() - began
    document.close()
    _note(table, PDFIUM, pages, first, whole, written)
