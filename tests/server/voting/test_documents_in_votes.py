"""A document that was put to the vote stays, with the bytes of the version voted on."""

import pytest
from sqlalchemy import delete

from core.db.database import Database
from core.i18n import text_in
from documents.models import DocumentVersion
from tests.factories import sha256, small_pdf
from tests.server.conftest import Room, add_paper, wait_ready
from tests.server.documents.file_gc_steps import delete_unreferenced, make_old
from tests.server.voting.vote_steps import closed, code, done, here, opened, question

pytestmark = pytest.mark.slow

REFUSED = (409, "document_in_vote")


def test_a_document_cannot_be_deleted_from_the_opening_of_its_vote_on(room: Room):
    here(room, room.member, room.other)
    path = f"/documents/{room.document}"
    poll = opened(room, document_id=room.document)
    assert code(room.secretary.delete(path)) == REFUSED
    closed(room, poll)
    refused = room.secretary.delete(path)
    assert code(refused) == REFUSED
    assert refused.json()["detail"] == text_in("vi", "error.document_in_vote")
    assert "biểu quyết" in refused.json()["detail"]
    assert "put to the vote" in text_in("en", "error.document_in_vote")
    done(room.chair.post(f"/polls/{poll}/announce"))
    assert code(room.secretary.delete(path)) == REFUSED
    item = f"/agenda-items/{room.items[1]}"
    assert code(room.secretary.delete(item)) == (409, "item_has_papers")
    assert done(room.member.get(path))["id"] == room.document


def test_a_document_of_a_cancelled_vote_stays_too(room: Room):
    here(room, room.member, room.other)
    poll = opened(room, document_id=room.document)
    done(room.chair.post(f"/polls/{poll}/cancel", reason="Câu hỏi chưa rõ"))
    assert code(room.secretary.delete(f"/documents/{room.document}")) == REFUSED


def test_a_document_of_a_question_that_was_not_put_can_be_deleted(room: Room):
    question(room, document_id=room.document)
    done(room.secretary.delete(f"/documents/{room.document}"), 204)


def test_the_bytes_of_the_version_voted_on_are_kept(room: Room):
    """Also after a newer version replaced it, and whatever became of its row."""
    here(room, room.member, room.other)
    old, new = small_pdf(2, "du thao dua ra"), small_pdf(2, "du thao sau do")
    document = add_paper(room.secretary, room.items[0], old)
    done(room.secretary.post(f"/documents/{document}/publish"))
    closed(room, opened(room, document_id=document))
    done(room.secretary.upload(f"/documents/{document}/versions", "sau.pdf", new), 202)
    wait_ready(room.secretary, document, version=2)
    data = room.server.made.data
    make_old(data)
    delete_unreferenced(data)
    kept = room.member.get(f"/documents/{document}/versions/1/file")
    assert (kept.status_code, kept.content) == (200, old)
    assert done(room.member.get(f"/documents/{document}"))["current_version"] == 2
    database = Database(f"sqlite:///{data / 'dienhong.sqlite3'}", data / "write.lock")
    with database.write() as session:
        session.execute(delete(DocumentVersion).where(DocumentVersion.sha256 == sha256(old)))
        database.commit(session)
    database.close()
    delete_unreferenced(data)
    assert {path.name for path in (data / "papers").glob("*/*")} >= {sha256(old), sha256(new)}
