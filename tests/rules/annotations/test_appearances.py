"""What stands in JavaScript and in Python, of how marks look, is the same in both."""

import re

import pytest

from documents.annotations.kinds import arrow, note, strike, text, text_marks, underline
from tests.factories import ROOT

PAIRS = [
    ("tools/underline.js", "LINE_UNDER", underline.LINE_UNDER),
    ("tools/strike.js", "LINE_THROUGH", strike.LINE_THROUGH),
    ("tools/text_marks.js", "LINE_HIGH", text_marks.LINE_HIGH),
    ("tools/arrow.js", "HEAD_ANGLE", arrow.HEAD_ANGLE),
    ("tools/arrow.js", "HEAD_WIDTHS", arrow.HEAD_WIDTHS),
    ("tools/arrow.js", "SMALLEST_HEAD", arrow.SMALLEST_HEAD / 1000),
    ("tools/note.js", "NOTE_SIZE", note.NOTE_SIZE / 1000),
    ("tools/text_box.js", "LINE", text.LINE),
    ("tools/text_box.js", "ASCENT", text.ASCENT),
    ("tools/text_box.js", "PADDING", text.PADDING),
]


@pytest.mark.parametrize(("file", "name", "value"), PAIRS, ids=str)
def test_a_constant_of_both(file: str, name: str, value: float) -> None:
    script = (ROOT / "static/js/ink" / file).read_text()
    (found,) = re.findall(rf"const {name} = ([0-9.]+);", script)
    assert float(found) == value
