"""What the annotations of an uploaded paper say can be read by people without a program for it."""

import shutil
from datetime import UTC, datetime
from typing import Any

import pytest

from documents.annotations.pdf.existing import MOST_NOTES, moment_of
from tests import hostile_pdf
from tests.server.conftest import Room, add_paper
from tests.server.real_server import wait_until

pytestmark = pytest.mark.slow

NOTE = "Cần xem lại số liệu này"
BOXES = b"/MediaBox [0 0 620 830] /CropBox [20 30 620 830] /Rotate %d /Annots [%s]"


def text_string(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().encode() + b">"


def annotated(annotations: list[bytes], turned: int = 0) -> bytes:
    """One page, cropped and turned, with these annotations."""
    page = BOXES % (turned, b" ".join(b"<< /Type /Annot %s >>" % one for one in annotations))
    return hostile_pdf.paper([hostile_pdf.line("x")], page=page)


def notes(room: Room, content: bytes) -> list[dict[str, Any]]:
    paper = add_paper(room.secretary, room.items[0], content)
    answer = room.secretary.get(f"/documents/{paper}/versions/1/pages/1/notes")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["notes"]
    return found


ONE = b"/Subtype /Text /Rect [120 630 140 650] /T %s /Contents %s /M (D:20261124090000+07'00')" % (
    text_string("Trần Văn Bình"),
    text_string(NOTE),
)


@pytest.mark.parametrize(
    ("turned", "box"),
    [
        (0, [100 / 600, 180 / 800, 120 / 600, 200 / 800]),
        (90, [600 / 800, 100 / 600, 620 / 800, 120 / 600]),
        (180, [480 / 600, 600 / 800, 500 / 600, 620 / 800]),
        (270, [180 / 800, 480 / 600, 200 / 800, 500 / 600]),
    ],
)
def test_a_note_with_its_author_and_place(room: Room, turned: int, box: list[float]) -> None:
    (note,) = notes(room, annotated([ONE], turned))
    assert note["box"] == pytest.approx(box, abs=1e-4)
    del note["box"]
    assert note == {
        "kind": "note",
        "author": "Trần Văn Bình",
        "text": NOTE,
        "date": "2026-11-24T02:00:00Z",
    }


def test_only_what_says_something_and_is_shown(room: Room) -> None:
    rect = b"/Rect [100 100 200 200] /Contents (%s)"
    found = notes(
        room,
        annotated(
            [
                b"/Subtype /Highlight " + rect % b"one",
                b"/Subtype /FreeText " + rect % b"two\\rthree",
                b"/Subtype /Square " + rect % b"",
                b"/Subtype /Link " + rect % b"a link",
                b"/Subtype /Popup " + rect % b"a window",
                b"/Subtype /Text /F 2 " + rect % b"hidden",
                b"/Subtype /Text /State (Accepted) " + rect % b"Accepted by X",
                b"/Subtype /Stamp " + rect % b"four",
                b"/Subtype /Ink /Rect [0 0] /Contents [1 2]",
                b"/Subtype /Caret /M (yesterday) " + rect % b"five",
            ]
        ),
    )
    assert [(one["kind"], one["text"]) for one in found] == [
        ("highlight", "one"),
        ("text", "two\nthree"),
        ("other", "four"),
        ("other", "five"),
    ]
    assert {one["date"] for one in found} == {None}
    assert all(0 <= side <= 1 for one in found for side in one["box"])


def test_too_many_and_too_long(room: Room) -> None:
    long = b"/Subtype /Text /Rect [9 9 20 20] /Contents (" + b"x" * 9_000 + b")"
    found = notes(room, annotated([long] * (MOST_NOTES + 50)))
    assert len(found) == MOST_NOTES
    assert {len(one["text"]) for one in found} == {4_000}


def test_a_list_that_is_none(room: Room) -> None:
    paper = hostile_pdf.paper([b""], page=b"/MediaBox [0 0 9 9] /Annots (x)")
    assert notes(room, paper) == []


def test_notes_are_kept_beside_the_words_and_read_again_when_they_are_gone(room: Room) -> None:
    paper = add_paper(room.secretary, room.items[0], annotated([ONE], 90))
    pages = room.server.made.data / "pages"
    wait_until(lambda: list(pages.glob("*/*/00001.notes")), "the notes are read")
    for folder in pages.glob("*/*"):
        shutil.rmtree(folder)
    answer = room.member.get(f"/documents/{room.document}/versions/1/pages/1/notes")
    assert answer.json() == {"notes": []}
    answer = room.secretary.get(f"/documents/{paper}/versions/1/pages/1/notes")
    assert [one["text"] for one in answer.json()["notes"]] == [NOTE]
    headers = {"If-None-Match": answer.headers["ETag"]}
    again = room.secretary.get(f"/documents/{paper}/versions/1/pages/1/notes", headers=headers)
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("D:20261124090000+07'00'", datetime(2026, 11, 24, 2, tzinfo=UTC)),
        ("D:20261124090000-0330", datetime(2026, 11, 24, 12, 30, tzinfo=UTC)),
        ("D:20261124090000Z", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        ("20261124", datetime(2026, 11, 24, tzinfo=UTC)),
        ("D:2026", datetime(2026, 1, 1, tzinfo=UTC)),
        ("D:20261324090000", None),
        ("D:00000000000000", None),
        ("D:20261124090000+99'99'", None),
        ("", None),
        ("hôm qua", None),
    ],
)
def test_dates(date: str, wanted: datetime | None) -> None:
    assert moment_of(date) == wanted
