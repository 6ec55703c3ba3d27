"""Writing on a page with real input: where ink lands, whose pointer it is, and what tools do with it."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from tests.browser.conftest import Opens
from tests.browser.fingers import Fingers, width_of
from tests.browser.ink_screen import (
    MARKER_YELLOW,
    PEN_BLUE,
    SHAPE_RED,
    InkScreen,
    Pen,
    built,
    line,
)
from tests.browser.sittings import call_a_sitting
from tests.browser.window import DESK, TABLET, UPRIGHT
from tests.factories import small_pdf
from tests.server.conftest import add_paper

PAGES = 3
Screens = Callable[..., InkScreen]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page's script, built once."""
    return built(tmp_path_factory.mktemp("ink_tablet"))


@pytest.fixture(scope="module")
def papers(people) -> dict[str, str]:
    """An upright paper, and one whose page is turned and cropped."""
    sitting = call_a_sitting(people, pages=PAGES)
    plain = small_pdf(PAGES, "Uy ban nhan dan xa hop phien")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    for page in writer.pages:
        page.cropbox = RectangleObject((40, 400, 560, 800))
        page.rotate(90)
    turned = io.BytesIO()
    writer.write(turned)
    return {
        "plain": add_paper(people["thuky"], sitting.items[1], plain, "thang.pdf"),
        "turned": add_paper(people["thuky"], sitting.items[1], turned.getvalue(), "xoay.pdf"),
    }


@pytest.fixture
def tablet(enter: Opens, script: str, papers: dict[str, str]) -> Screens:
    """Opens a paper on a tablet's desk."""

    def opened(paper: str = "plain", size: dict[str, Any] = TABLET, page: int = 1) -> InkScreen:
        return InkScreen.open(enter("thuky", size), script, papers[paper], page)

    return opened


def test_a_pen_writes_where_it_is(tablet: Screens, artifacts):
    screen = tablet()
    screen.choose("pen")
    Pen(screen.page).stroke(line(screen.at(0.2, 0.3), screen.at(0.7, 0.4)))
    seen = screen.picture()
    for share in (0.02, 0.25, 0.5, 0.75, 0.98):
        assert seen.like(screen.at(0.2 + 0.5 * share, 0.3 + 0.1 * share), PEN_BLUE), share
    assert not seen.like(screen.at(0.45, 0.37), PEN_BLUE)
    screen.window.shot(artifacts, "pen")
    (mark,) = screen.marks()
    stroke = mark["geometry"]["strokes"][0]
    assert stroke[0][:2] == pytest.approx([0.2, 0.3], abs=2e-3)
    assert stroke[-1][:2] == pytest.approx([0.7, 0.4], abs=2e-3)
