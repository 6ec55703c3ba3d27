"""Two programs draw annotated pages alike, and both draw every mark where it was made."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests import hostile_pdf
from tests.marked_papers import SHAPES, WORDS, annotated, mark

pytestmark = pytest.mark.slow

BOXES = b"/MediaBox [0 0 620 830] /CropBox [30 50 580 790] /Rotate %d"
DOTS = 100
KINDS = list(enumerate(SHAPES, start=1))
Edges = tuple[float, float, float, float]


@pytest.fixture(scope="module", params=[0, 90, 180, 270])
def paper(request: pytest.FixtureRequest) -> bytes:
    """An empty page for each kind, cropped and turned."""
    return hostile_pdf.paper([b""] * len(SHAPES), page=BOXES % request.param)


def poppler(path: Path) -> list[Image.Image]:
    out = _folder(path, "poppler")
    words = ["pdftoppm", "-cropbox", "-r", str(DOTS), "-png"]
    subprocess.run([*words, str(path), str(out / "page")], check=True)
    return _pages(out)


def mupdf(path: Path) -> list[Image.Image]:
    out = _folder(path, "mupdf")
    words = ["mutool", "draw", "-q", "-r", str(DOTS), "-o", str(out / "%d.png")]
    subprocess.run([*words, str(path)], check=True, stderr=subprocess.DEVNULL)
    return _pages(out)


def _folder(path: Path, program: str) -> Path:
    out = path.with_suffix(f".{program}")
    out.mkdir()
    return out


def _pages(folder: Path) -> list[Image.Image]:
    return [Image.open(file).convert("RGB") for file in sorted(folder.iterdir())]


def edges(page: Image.Image) -> Edges:
    """Where anything is, as fractions of the page."""
    box = page.convert("L").point([255] * 230 + [0] * 26).getbbox()
    assert box is not None
    return (
        box[0] / page.width,
        box[1] / page.height,
        box[2] / page.width,
        box[3] / page.height,
    )


def expected(kind: str, page: Image.Image) -> Edges:
    """Around the points of a mark."""
    shape = SHAPES[kind]
    if "strokes" in shape:
        spots = [(x, y) for stroke in shape["strokes"] for x, y, _ in stroke]
    elif "at" in shape:
        x, y = shape["at"]
        up = 0.015 * page.width / page.height
        spots = [(x - 0.015, y - up), (x + 0.015, y + up)]
    elif "from" in shape:
        spots = [shape["from"], shape["to"]]
    else:
        boxes = shape.get("boxes") or [shape["box"]]
        spots = [spot for x0, y0, x1, y1 in boxes for spot in ((x0, y0), (x1, y1))]
    if kind in ("underline", "strike"):
        ((x0, y0, x1, y1),) = shape["boxes"]
        middle = y0 + (y1 - y0) * (0.94 if kind == "underline" else 0.56)
        spots = [(x0, middle), (x1, middle)]
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("flat", [False, True])
def test_both_programs_draw_every_mark_in_its_place(
    paper: bytes, tmp_path: Path, artifacts: Path, flat: bool
) -> None:
    # Without the words of notes, which would be written out on a sheet of their own.
    marks = [mark(kind, page, text=WORDS if kind == "text" else None) for page, kind in KINDS]
    path, _ = annotated(paper, tmp_path, marks, flat=flat)
    for (_, kind), one, other in zip(KINDS, poppler(path), mupdf(path), strict=True):
        one.save(artifacts / f"{kind}-poppler.png")
        other.save(artifacts / f"{kind}-mupdf.png")
        assert edges(one) == pytest.approx(edges(other), abs=0.006), kind
        if kind == "text":
            # Words fill as much of their box as they need.
            x0, y0, x1, _ = edges(one)
            assert x0 == pytest.approx(0.556, abs=0.01)
            assert y0 == pytest.approx(0.405, abs=0.02)
            assert x1 < 0.91
        else:
            assert edges(one) == pytest.approx(expected(kind, one), abs=0.012), kind


def test_annotations_and_what_is_drawn_for_good_look_the_same(paper: bytes, tmp_path: Path) -> None:
    marks = [mark(kind, page, text=WORDS if kind == "text" else None) for page, kind in KINDS]
    editable, _ = annotated(paper, tmp_path, marks)
    flat, _ = annotated(paper, tmp_path, marks, flat=True)
    for draw in (poppler, mupdf):
        for one, other in zip(draw(editable), draw(flat), strict=True):
            apart = ImageChops.difference(one, other).convert("L")
            different = sum(apart.point([0] * 64 + [1] * 192).tobytes())
            # Edges between two pixels may fall to one side or the other.
            assert different < apart.width * apart.height * 0.0005
