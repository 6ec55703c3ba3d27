"""The table that the reader of scans prints becomes words, whatever is in it."""

import pytest

from documents.recognition.tesseract import read_table

HEAD = (
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
)


def row(*place: int, conf: str = "96.5", text: str = "Hội", level: int = 5) -> str:
    left, top, width, height = place
    return f"{level}\t1\t1\t1\t1\t1\t{left}\t{top}\t{width}\t{height}\t{conf}\t{text}"


def test_words_have_boxes_as_fractions_and_a_confidence():
    found = read_table("\n".join((HEAD, row(100, 50, 200, 20))), (1000, 500))
    assert found.words == [(0.1, 0.1, 0.3, 0.14, "Hội")]
    assert found.confidence == [96]


@pytest.mark.parametrize(
    "line",
    [
        HEAD,
        row(0, 0, 1000, 500, level=1, conf="-1", text=""),
        row(0, 0, 10, 10, conf="5"),
        row(0, 0, 10, 10, text="  "),
        row(995, 0, 10, 10),
        row(-5, 0, 10, 10),
        row(0, 0, 0, 10),
        row(0, 0, 10, 10, conf="nan?"),
        "5\t1\t1",
        "\0\t" * 11,
        "x" * 100_000,
    ],
)
def test_everything_else_is_left_out(line: str):
    assert read_table(line, (1000, 500)).words == []
