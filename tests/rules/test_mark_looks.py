"""What stands in JavaScript and in Python, of how marks look, is the same in both."""

import re

import pytest

from documents.pdf_annotations import looks, text_looks
from tests.factories import ROOT

PAIRS = [
    ("painted.js", "LINE_UNDER", looks.LINE_UNDER),
    ("painted.js", "LINE_THROUGH", looks.LINE_THROUGH),
    ("painted.js", "LINE_HIGH", looks.LINE_HIGH),
    ("shapes.js", "HEAD_ANGLE", looks.HEAD_ANGLE),
    ("shapes.js", "HEAD_WIDTHS", looks.HEAD_WIDTHS),
    ("shapes.js", "SMALLEST_HEAD", looks.SMALLEST_HEAD / 1000),
    ("shapes.js", "NOTE_SIZE", text_looks.NOTE_SIZE / 1000),
    ("text_box.js", "LINE", text_looks.LINE),
    ("text_box.js", "ASCENT", text_looks.ASCENT),
    ("text_box.js", "PADDING", text_looks.PADDING),
]


@pytest.mark.parametrize(("file", "name", "value"), PAIRS, ids=str)
def test_a_constant_of_both(file: str, name: str, value: float) -> None:
    script = (ROOT / "static/js/ink" / file).read_text()
    (found,) = re.findall(rf"const {name} = ([0-9.]+);", script)
    assert float(found) == value
