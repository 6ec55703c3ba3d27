"""Images that cannot be had: gate and Flask agree about them, and the worker is asked once."""

import pytest

from core.storage import Storage
from documents.pages.files import PageFiles
from documents.render_protocol import RenderFault
from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper
from tests.server.documents.test_image_fast_path import both, by_gate, image
from tests.server.real_server import IDLE_TIMEOUT, wait_until

pytestmark = pytest.mark.slow


def files_of(room: Room, document_id: str) -> PageFiles:
    version = room.secretary.get(f"/documents/{document_id}").json()["versions"][0]
    return PageFiles(Storage(room.server.made.data), version["sha256"])


def test_a_file_that_is_no_image_is_refused_in_words(room: Room) -> None:
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "hong"))
    files = files_of(room, paper)
    files.image(1, 1200).write_bytes(b"no image at all")
    answer = room.secretary.get(image(paper))
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal_error"
    assert "Traceback" not in answer.text
    assert '"event": "request_failed"' in room.server.log.read_text()
    assert str(room.server.made.data) not in answer.text


def test_a_page_too_heavy_for_a_width_is_shown_at_the_base_width_by_both(room: Room) -> None:
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "nặng"))
    files, wide = files_of(room, paper), image(paper).replace("1200", "2400")
    wait_until(files.image(1, 2400).exists, "ingest has made all of it", IDLE_TIMEOUT)
    files.image(1, 2400).unlink()
    files.note_fault(files.image(1, 2400), RenderFault.PAGE_TOO_HEAVY)
    base = room.secretary.get(image(paper))
    answer = both(room.secretary, wide)
    assert answer.status_code == 200
    assert answer.headers["ETag"] == base.headers["ETag"]
    assert answer.content == base.content
    assert by_gate(room.secretary, wide)
    known = {"If-None-Match": base.headers["ETag"]}
    assert both(room.secretary, wide, **known).status_code == 304


def test_a_page_too_heavy_for_every_width_is_refused_by_both(room: Room) -> None:
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "quá nặng"))
    files = files_of(room, paper)
    wait_until(files.image(1, 2400).exists, "ingest has made all of it", IDLE_TIMEOUT)
    for width in (1200, 2400):
        files.image(1, width).unlink()
        files.note_fault(files.image(1, width), RenderFault.PAGE_TOO_HEAVY)
        answer = both(room.secretary, image(paper).replace("1200", str(width)))
        assert answer.json()["code"] == "page_too_heavy"


def test_a_fault_that_is_not_noted_is_met_once_for_one_request(room: Room) -> None:
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "mất"))
    files = files_of(room, paper)
    wait_until(files.image(1, 2400).exists, "ingest has made all of it", IDLE_TIMEOUT)
    files.image(1, 1200).unlink()
    files.original.write_bytes(b"no paper any more")

    def met() -> int:
        return room.server.log.read_text().count('"want_refused"')

    before = met()
    answer = room.secretary.get(image(paper))
    assert answer.status_code == 422, answer.text
    wait_until(lambda: met() > before, "the worker has told it")
    # Whatever the worker was asked before this one is told by now.
    other = add_paper(room.secretary, room.items[0], small_pdf(1, "còn"))
    files_of(room, other).image(1, 1200).unlink()
    assert room.secretary.get(image(other)).status_code == 200
    assert met() == before + 1
    assert list(files.folder.glob("*.fault")) == []
