"""What one person, and one meeting, may upload; what uploads at the same time may take together."""

import json
import re
import threading
from collections.abc import Iterator

import pytest

from tests.factories import prepared, small_pdf
from tests.server.conftest import PEOPLE, Room, make_room
from tests.server.documents.slow_upload import SlowUpload, files_of
from tests.server.real_server import RealServer, SignedIn, wait_until

pytestmark = pytest.mark.slow

MEGABYTE = 1024 * 1024


def pdf_of(size: int) -> bytes:
    """A PDF of this many bytes."""
    return small_pdf(1).ljust(size, b"\n")


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RealServer, SignedIn]]:
    """A server on which a meeting may have 2 MB of documents, and a person upload 3 MB."""
    folder = tmp_path_factory.mktemp("quotas")
    env = {"DIENHONG_MEETING_QUOTA_MB": "2", "DIENHONG_PERSON_QUOTA_MB": "3"}
    made = prepared(folder / "data", *PEOPLE)
    server = RealServer(made, folder / "server.log", env=env).start("web")
    yield server, SignedIn(server)
    server.stop()


@pytest.fixture
def emptied(narrow: tuple[RealServer, SignedIn]) -> Iterator[Room]:
    """A meeting of its own; the secretary has uploaded nothing before and nothing after."""
    room = make_room(*narrow, papers=False)
    uploaded: list[str] = []
    keep = room.secretary.upload

    def upload(*args: object, **options: str) -> object:
        answer = keep(*args, **options)  # type: ignore[arg-type]
        if answer.ok:
            uploaded.append(answer.json()["id"])
        return answer

    room.secretary.upload = upload  # type: ignore[method-assign, assignment]
    yield room
    room.secretary.upload = keep  # type: ignore[method-assign]
    for document in uploaded:
        room.secretary.delete(f"/documents/{document}")


def storage_shown(room: Room) -> list[dict[str, object]]:
    """What the preparation page says of nearly used storage."""
    page = room.secretary.get(f"{room.server.url}/meetings/{room.id}/prepare").text
    boot = re.search(r'<script[^>]*id="boot"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert boot is not None
    return list(json.loads(boot[1])["storage"])


def test_a_meeting_takes_documents_up_to_its_quota(emptied: Room):
    room, one, other = emptied, *(f"/agenda-items/{item}/documents" for item in emptied.items[:2])
    assert room.secretary.upload(one, "a.pdf", pdf_of(3 * MEGABYTE // 2)).status_code == 202
    assert storage_shown(room) == []
    kept = files_of(room.server, "papers")
    refused = room.secretary.upload(other, "b.pdf", pdf_of(MEGABYTE * 3 // 4))
    assert (refused.status_code, refused.json()["code"]) == (507, "meeting_quota")
    assert "1 MB trên 2 MB" in refused.json()["detail"]
    own = f"/meetings/{room.id}/documents"
    fits = room.secretary.upload(own, "c.pdf", pdf_of(MEGABYTE // 2))
    assert fits.status_code == 202
    assert storage_shown(room) == [{"of": "meeting", "used_mb": 2, "limit_mb": 2}]
    # A new version of a document counts beside the old one; one byte is too much.
    again = room.secretary.upload(f"/documents/{fits.json()['id']}/versions", "c.pdf", pdf_of(700))
    assert (again.status_code, again.json()["code"]) == (507, "meeting_quota")
    assert (files_of(room.server, "papers"), files_of(room.server, "incoming")) == (kept + 1, 0)
    assert room.secretary.delete(f"/documents/{fits.json()['id']}").ok
    assert room.secretary.upload(other, "b.pdf", pdf_of(MEGABYTE // 3)).status_code == 202


def test_a_person_uploads_up_to_the_quota_in_all_meetings(
    emptied: Room, narrow: tuple[RealServer, SignedIn]
):
    second = make_room(*narrow, papers=False)
    first = f"/agenda-items/{emptied.items[0]}/documents"
    other = f"/agenda-items/{second.items[0]}/documents"
    assert emptied.secretary.upload(first, "a.pdf", pdf_of(2 * MEGABYTE)).status_code == 202
    assert emptied.secretary.upload(other, "b.pdf", pdf_of(MEGABYTE // 2)).status_code == 202
    refused = emptied.secretary.upload(other, "c.pdf", pdf_of(MEGABYTE * 3 // 4))
    assert (refused.status_code, refused.json()["code"]) == (507, "person_quota")
    assert {"of": "person", "used_mb": 2, "limit_mb": 3} in storage_shown(second)
    # Another person's uploads are not counted for this one.
    assert second.chair.upload(other, "c.pdf", pdf_of(MEGABYTE * 3 // 4)).status_code == 202


def test_what_cannot_fit_is_refused_before_it_is_sent(emptied: Room):
    path = f"/agenda-items/{emptied.items[0]}/documents"
    started = SlowUpload(emptied.secretary, path, pdf_of(3 * MEGABYTE))
    assert started.answer() == (507, "meeting_quota")


def test_a_repeated_upload_is_answered_although_nothing_more_fits(emptied: Room):
    path = f"/agenda-items/{emptied.items[0]}/documents"
    content = pdf_of(3 * MEGABYTE // 2)
    answers = [
        emptied.secretary.upload(path, "a.pdf", content, idempotency_key=emptied.id)
        for _ in range(2)
    ]
    assert [one.status_code for one in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()


def test_uploads_at_the_same_time_do_not_exceed_a_quota_together(emptied: Room):
    path = f"/agenda-items/{emptied.items[0]}/documents"
    both = [SlowUpload(emptied.secretary, path, pdf_of(MEGABYTE + more)) for more in (1, 2)]
    for one in both:
        one.send_half()
    # Both have passed the check of what is announced.
    wait_until(lambda: files_of(emptied.server, "incoming") == 2, "both uploads are under way")
    answers: list[tuple[int, str]] = []
    threads = [threading.Thread(target=lambda o=one: answers.append(o.finish())) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [(202, ""), (507, "meeting_quota")]
    assert files_of(emptied.server, "incoming") == 0
