"""Pages that take long to draw are drawn in the background, where nobody waits for them."""

from pathlib import Path

import pytest

from core.storage import Storage
from documents.ingest.stages import _create_image
from documents.pages.files import PageFiles
from documents.pages.resolutions import BASE_WIDTH
from documents.render_protocol import CPU_SECONDS, RenderFault
from documents.rendering.children import (
    IN_THE_BACKGROUND,
    WAITED_FOR,
    DocumentRenderer,
    RenderRefused,
    WallLimits,
)
from tests import hostile_pdf

pytestmark = pytest.mark.slow

IMPATIENT = WallLimits(open=20.0, page=60.0, page_cpu=1)
PATIENT = WallLimits(open=20.0, page=120.0, page_cpu=40)


def test_a_page_too_slow_for_who_waits_is_drawn_in_the_background(tmp_path: Path) -> None:
    """It takes about four seconds of processor time; a command has up to one more than allowed."""
    files = PageFiles(Storage(tmp_path), "0" * 64)
    files.prepare()
    files.original.parent.mkdir(parents=True)
    files.original.write_bytes(hostile_pdf.fills_for_ever(4, b"0 0 595 842 re f " * 5))
    image = files.image(1, BASE_WIDTH)
    with DocumentRenderer(files.original, IMPATIENT, results=files.folder) as waiting:
        with pytest.raises(RenderRefused) as refused:
            waiting.render_page(1, BASE_WIDTH, image)
        assert refused.value.fault is RenderFault.PAGE_TOO_HEAVY
        assert not refused.value.by_chance
    # As the render queue does for who waited.
    files.note_fault(image, RenderFault.PAGE_TOO_HEAVY)
    with DocumentRenderer(files.original, PATIENT, results=files.folder) as background:
        assert _create_image(background, files, 1, BASE_WIDTH) is None
    assert image.exists()
    assert files.fault(image) is None


def test_only_the_background_has_more_time() -> None:
    assert WAITED_FOR.page_cpu == CPU_SECONDS
    assert IN_THE_BACKGROUND.page_cpu >= 8
