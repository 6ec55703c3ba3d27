"""Hostile papers against a real render child: each gets its own answer, and nobody hangs."""

import io
import os
import signal
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from documents.ingest.rules import PAGE_FAULTS
from documents.pages.resolutions import MAX_HEIGHT, MAX_PIXELS
from documents.render_protocol import RenderFault, Word
from documents.rendering.children import (
    INSPECT_TIMEOUT,
    WAITED_FOR,
    DocumentRenderer,
    RenderChild,
    RenderRefused,
    WallLimits,
)
from tests import hostile_pdf
from tests.factories import small_pdf

pytestmark = pytest.mark.slow

Make = Callable[[bytes], DocumentRenderer]


@pytest.fixture
def renderer(tmp_path: Path):
    """Makes a renderer of these bytes, closed at the end."""
    made: list[DocumentRenderer] = []

    def make(content: bytes, limits: WallLimits = WAITED_FOR) -> DocumentRenderer:
        path = tmp_path / f"{len(made)}.pdf"
        path.write_bytes(content)
        made.append(DocumentRenderer(path, limits))
        return made[-1]

    yield make
    for one in made:
        one.close()


def refusal(do: Callable[[], object]) -> RenderFault:
    with pytest.raises(RenderRefused) as caught:
        do()
    return RenderFault(caught.value.fault)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", RenderFault.NOT_A_PDF),
        (b"just some text", RenderFault.NOT_A_PDF),
        (b"PK\x03\x04 not a paper", RenderFault.NOT_A_PDF),
        (b"%PDF-1.7\n%%EOF", RenderFault.BROKEN),
        (b"%PDF-1.7\n" + os.urandom(4096), RenderFault.BROKEN),
        (hostile_pdf.encrypted(), RenderFault.ENCRYPTED),
        (hostile_pdf.many_pages(5_001), RenderFault.TOO_MANY_PAGES),
        (hostile_pdf.paper([]), RenderFault.EMPTY),
    ],
)
def test_papers_that_are_refused_at_once(
    renderer: Make, content: bytes, fault: RenderFault
) -> None:
    assert refusal(renderer(content).open) is fault


def test_a_paper_without_its_end_is_repaired(renderer: Make) -> None:
    opened = renderer(small_pdf(3)[:-120]).open()
    assert (opened.page_count, opened.repaired) == (3, True)


@pytest.mark.parametrize(
    "box",
    [
        b"[0 0 20000000 20000000]",
        b"[0 0 0.2 0.2]",
        b"[0 0 0 0]",
        b"[0 0 1 14400]",
        b"[0 0 595 1652]",
        b"[0 0 14400 1]",
        b"[595 842 0 0]",
        b"[0 0 1e30 1e30]",
        b"[0 0 nan (x)]",
    ],
)
def test_absurd_boxes_are_drawn_within_the_limits(
    renderer: Make, tmp_path: Path, box: bytes
) -> None:
    paper = renderer(hostile_pdf.boxed(box))
    (facts,) = paper.measure(1, 1).pages
    assert facts.width_pt > 0
    assert facts.height_pt > 0
    for width in (1200, 2400):
        drawn = paper.render_page(1, width, tmp_path / "page")
        assert 1 <= drawn.width_px <= 2400
        assert 1 <= drawn.height_px <= MAX_HEIGHT
        assert drawn.width_px * drawn.height_px <= MAX_PIXELS * 1.01


def test_no_action_of_a_paper_is_run(renderer: Make, tmp_path: Path) -> None:
    paper = renderer(hostile_pdf.with_actions())
    assert paper.open().page_count == 1
    paper.render_page(1, 1200, tmp_path / "page")
    assert [word[4] for word in paper.read_words(1).words] == ["Harmless"]


def test_a_bad_page_leaves_the_others(renderer: Make, tmp_path: Path) -> None:
    pages = [hostile_pdf.line("one"), hostile_pdf.NESTED_TOO_DEEP, hostile_pdf.line("three")]
    paper = renderer(hostile_pdf.paper(pages))
    assert paper.render_page(1, 1200, tmp_path / "1").size > 0
    assert refusal(lambda: paper.render_page(2, 1200, tmp_path / "2")) is RenderFault.PAGE_BROKEN
    assert paper.render_page(3, 1200, tmp_path / "3").size > 0
    assert not (tmp_path / "2").exists()


def test_pages_that_were_counted_and_are_not_there_are_broken(
    renderer: Make, tmp_path: Path
) -> None:
    """MuPDF takes the number that the tree of pages tells, and another after it has walked it."""
    content = hostile_pdf.paper([hostile_pdf.line("one"), hostile_pdf.line("two")])
    paper = renderer(content.replace(b"/Kids", b"/Page"))
    assert paper.open().page_count == 2
    facts = paper.measure(1, 2).pages
    assert [one.fault for one in facts] == [RenderFault.PAGE_BROKEN] * 2
    for page in (1, 2, 1):
        draw = partial(paper.render_page, page, 1200, tmp_path / "p")
        assert refusal(draw) is RenderFault.PAGE_BROKEN
    assert refusal(lambda: paper.read_words(1)) is RenderFault.PAGE_BROKEN
    assert refusal(lambda: paper.read_notes(2)) is RenderFault.PAGE_BROKEN
    assert refusal(lambda: paper.render_page(3, 1200, tmp_path / "p")) is RenderFault.NO_SUCH_PAGE


def test_a_page_that_takes_for_ever_is_cut_off_at_the_wall_limit(
    renderer: Callable[[bytes, WallLimits], DocumentRenderer], tmp_path: Path
) -> None:
    paper = renderer(hostile_pdf.fills_for_ever(), WallLimits(open=10.0, page=0.5))
    assert refusal(lambda: paper.render_page(1, 1200, tmp_path / "1")) is RenderFault.PAGE_TOO_HEAVY


@pytest.mark.slow
@pytest.mark.parametrize(
    "make", [hostile_pdf.fills_for_ever, lambda: hostile_pdf.images_of(30_000, 30_000, 4)]
)
def test_bombs_are_ended_by_the_childs_own_limits(
    renderer: Callable[[bytes, WallLimits], DocumentRenderer],
    tmp_path: Path,
    make: Callable[[], bytes],
) -> None:
    paper = renderer(make(), WallLimits(open=60.0, page=120.0))
    assert refusal(lambda: paper.render_page(1, 1200, tmp_path / "1")) is RenderFault.PAGE_TOO_HEAVY


def test_a_killed_child_is_replaced(renderer: Make, tmp_path: Path) -> None:
    paper = renderer(small_pdf(2))
    paper.render_page(1, 1200, tmp_path / "1")
    assert paper._child is not None
    os.kill(paper._child.pid, signal.SIGKILL)
    paper.render_page(2, 1200, tmp_path / "2")
    with Image.open(tmp_path / "2") as image:
        assert image.size[0] == 1200


def test_a_child_that_is_killed_once_fails_no_document(tmp_path: Path) -> None:
    """Somebody else, or the kernel for lack of memory, kills it while a document is looked at."""
    path, started = tmp_path / "a.pdf", []
    path.write_bytes(small_pdf(2))

    def start() -> RenderChild:
        started.append(RenderChild())
        if len(started) == 1:
            os.kill(started[-1].pid, signal.SIGKILL)
        return started[-1]

    with DocumentRenderer(path, INSPECT_TIMEOUT, start=start) as paper:
        assert paper.open().page_count == 2
        os.kill(started[1].pid, signal.SIGKILL)
        assert len(paper.measure(1, 2).pages) == 2


def test_page_numbers_outside_the_paper(renderer: Make, tmp_path: Path) -> None:
    paper = renderer(small_pdf(2))
    for page in (0, -1, 3, 9999):
        fault = refusal(lambda page=page: paper.render_page(page, 1200, tmp_path / "x"))  # type: ignore[misc]
        assert fault is RenderFault.NO_SUCH_PAGE
        assert fault not in PAGE_FAULTS


def test_a_child_is_confined(renderer: Make) -> None:
    paper = renderer(small_pdf(1))
    paper.open()
    assert paper._child is not None
    limits = Path(f"/proc/{paper._child.pid}/limits").read_text()
    by_name = {row[:26].strip(): row[26:47].strip() for row in limits.splitlines()}
    assert by_name["Max address space"] == str(512 * 1024 * 1024)
    assert by_name["Max file size"] == str(64 * 1024 * 1024)
    assert by_name["Max core file size"] == "0"
    status = Path(f"/proc/{paper._child.pid}/status").read_text()
    assert "NoNewPrivs:\t1" in status


def test_a_child_has_no_network_where_that_can_be_had(renderer: Make) -> None:
    paper = renderer(small_pdf(1))
    paper.open()
    assert paper._child is not None
    own, its = (Path(f"/proc/{who}/ns/net").readlink() for who in ("self", paper._child.pid))
    allowed = subprocess.run(["unshare", "--user", "--net", "true"], check=False).returncode == 0
    assert (own != its) == allowed


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_words_lie_where_their_ink_is(renderer: Make, tmp_path: Path, turned: int) -> None:
    page = b"/MediaBox [0 0 595 842] /CropBox [50 100 550 800] /Rotate %d" % turned
    content = hostile_pdf.line("Hello", x=120, y=600)
    paper = renderer(hostile_pdf.paper([content], page=page))
    drawn = paper.render_page(1, 1200, tmp_path / "page")
    (word,) = paper.read_words(1).words
    assert word[4] == "Hello"
    image = Image.open(io.BytesIO((tmp_path / "page").read_bytes())).convert("L")
    assert image.size == (drawn.width_px, drawn.height_px)
    assert _overlap(word, _ink(image), image.size) > 0.9


def _ink(image: Image.Image) -> tuple[int, int, int, int]:
    box = image.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    assert box is not None
    return box


def _overlap(word: Word, ink: tuple[int, int, int, int], size: tuple[int, int]) -> float:
    """How much of the ink's box lies in the word's box."""
    x0, x1 = word[0] * size[0], word[2] * size[0]
    y0, y1 = word[1] * size[1], word[3] * size[1]
    wide = min(x1, ink[2]) - max(x0, ink[0])
    high = min(y1, ink[3]) - max(y0, ink[1])
    return max(0, wide) * max(0, high) / ((ink[2] - ink[0]) * (ink[3] - ink[1]))
