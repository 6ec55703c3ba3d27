"""Marks and papers that are wrong or too much: each export ends with its own answer."""

import errno
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from core.typesetting.fonts import interface_fonts
from documents.annotations.kinds.ink import Ink, InkKind
from documents.annotations.kinds.kind import Drawing
from documents.annotations.pdf.appearance import Style
from documents.annotations.pdf.embedded_font import FontSubset
from documents.annotations.pdf.page_space import PageSpace
from documents.annotations.pdf.pen_outline import OutlineBudget
from documents.render_protocol import RenderFault
from documents.rendering.child import _page_fault
from documents.rendering.children import FOR_AN_EXPORT, DocumentRenderer, RenderChild, RenderRefused
from tests import hostile_pdf
from tests.factories import small_pdf
from tests.marked_papers import annotated, every_kind, mark, pages_of, spec_of, wave

pytestmark = pytest.mark.slow


def refusal(do: Callable[[], object]) -> RenderRefused:
    with pytest.raises(RenderRefused) as caught:
        do()
    return caught.value


def test_two_thousand_marks_on_one_page(tmp_path: Path) -> None:
    marks = [
        mark("ink", shape={"strokes": [wave(12, 0.1, 0.05 + at / 2300)]}, id=f"stroke-{at:012}")
        for at in range(2_000)
    ]
    path, made = annotated(small_pdf(1), tmp_path, marks)
    assert made.count == 2_000
    assert len(pages_of(path)[0]["/Annots"]) == 2_000


def test_a_stroke_of_ten_thousand_points(tmp_path: Path) -> None:
    scribble = [[(at * 7919 % 997) / 997, (at * 104729 % 991) / 991, 0.5] for at in range(10_000)]
    path, made = annotated(small_pdf(1), tmp_path, [mark("ink", shape={"strokes": [scribble]})])
    assert made.count == 1
    (one,) = pages_of(path)[0]["/Annots"]
    assert len(one.get_object()["/InkList"][0]) == 20_000


def test_ink_without_measure_is_drawn_in_one_width() -> None:
    space = PageSpace(595, 842, (1, 0, 0, 1, 0, 0))
    pen = Style("#1c4fa1", 2.6, 1.0, 20.0)
    ink = Ink([[(x, y, pressure) for x, y, pressure in wave(40)]])
    drawing = Drawing(pen, "", space, FontSubset(interface_fonts(), []), OutlineBudget(points=1))
    assert InkKind().look(ink, drawing).content.endswith("h f")
    assert InkKind().look(ink, drawing).content.endswith("l S")


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\xff\xfe nothing",
        b'{"notes_title":"x","page_word":"y"}\n{"id":1}\n',
        b'{"notes_title":"x","page_word":"y"}\n' + b"[" * 10_000,
    ],
)
def test_a_specification_that_is_none(tmp_path: Path, written: bytes, flat: bool) -> None:
    (tmp_path / "paper.pdf").write_bytes(small_pdf(1))
    (tmp_path / "spec").write_bytes(written)
    with DocumentRenderer(tmp_path / "paper.pdf", FOR_AN_EXPORT, results=tmp_path) as paper:
        caught = refusal(lambda: paper.annotate(tmp_path / "spec", flat=flat))
        assert caught.fault is RenderFault.PAGE_BROKEN
        assert not caught.by_chance
    assert (tmp_path / "paper.pdf").read_bytes() == small_pdf(1)


@pytest.mark.parametrize(
    "wrong",
    [
        mark("ink", shape={"boxes": [[0, 0, 1, 1]]}),
        mark("arrow", shape={"from": [0, 0]}),
        mark("rectangle", color="red"),
    ],
)
def test_a_mark_that_is_none(tmp_path: Path, wrong) -> None:
    caught = refusal(lambda: annotated(small_pdf(1), tmp_path, [wrong]))
    assert caught.fault is RenderFault.PAGE_BROKEN


def test_marks_of_pages_that_are_not_there_are_left_out(tmp_path: Path) -> None:
    for flat in (False, True):
        _, made = annotated(small_pdf(2), tmp_path, every_kind(2) + every_kind(3), flat=flat)
        assert made.count == 8


def test_texts_are_never_markup(tmp_path: Path) -> None:
    hostile = ") Tj ET /X Do (\\ <FEFF> %\n\0\x07 \u202e]]>>endobj"
    marks = [
        mark("text", text=hostile, author=hostile, subject=hostile),
        mark("note", text=hostile, byline=hostile),
    ]
    for flat in (False, True):
        _, made = annotated(small_pdf(1), tmp_path, marks, flat=flat)
        assert made.count == 2
    found = pages_of(tmp_path / "annotated.pdf")[0]["/Annots"]
    assert [one.get_object().get("/Contents") for one in found][:2] == [hostile, hostile]


@pytest.mark.parametrize("box", [b"[0 0 20000000 20000000]", b"[0 0 0 0]", b"[595 842 0 0]"])
def test_absurd_pages_can_be_written_on(tmp_path: Path, box: bytes) -> None:
    for flat in (False, True):
        path, made = annotated(hostile_pdf.boxed(box), tmp_path, every_kind(), flat=flat)
        assert made.count == 8
        assert pages_of(path)


def test_a_paper_without_its_end_is_written_anew(tmp_path: Path) -> None:
    for flat in (False, True):
        path, made = annotated(small_pdf(3)[:-120], tmp_path, every_kind(2), flat=flat)
        assert made.count == 8
        assert path.stat().st_size == made.size
        assert len(pages_of(path)) == (4 if flat else 3)
        assert [one.name for one in tmp_path.iterdir() if one.suffix == ".whole"] == []


def test_a_file_that_grows_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(small_pdf(1))
    spec = spec_of(every_kind(), tmp_path / "spec")
    limit = path.stat().st_size + 1_000
    start = partial(RenderChild, file_bytes=limit)
    with DocumentRenderer(path, FOR_AN_EXPORT, start=start, results=tmp_path) as paper:
        assert not refusal(lambda: paper.annotate(spec, flat=False)).by_chance


def test_a_full_disk_is_said_to_be_one() -> None:
    class FromMuPdf(Exception):
        def what(self) -> str:
            return "code=2: cannot fwrite: No space left on device"

    assert _page_fault(FromMuPdf()) is RenderFault.DISK_FULL
    assert _page_fault(OSError(errno.ENOSPC, "full")) is RenderFault.DISK_FULL
    assert _page_fault(OSError(errno.EFBIG, "large")) is RenderFault.PAGE_BROKEN
