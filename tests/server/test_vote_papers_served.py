"""The papers of a vote over HTTP: who gets which, and what guests are not told in them."""

import pytest

from tests.server.conftest import Room
from tests.server.vote_steps import here, question

pytestmark = pytest.mark.slow


def test_the_papers_of_a_vote(room: Room):
    here(room, room.member, room.other)
    poll = question(room, document_id=room.document)
    assert room.chair.post(f"/polls/{poll}/open").status_code == 200
    assert room.member.get(f"/polls/{poll}/result.pdf").json()["code"] == "poll_open"
    assert room.member.post(f"/polls/{poll}/ballots", choice="for").status_code == 201
    assert room.chair.post(f"/polls/{poll}/close").status_code == 200
    record = {"tellers": ["Lê Văn Kiểm"], "complaints": "Không có."}
    kept = room.secretary.put(f"/polls/{poll}/tellers-record", **record)
    assert (kept.status_code, kept.json()["tellers"]) == (200, ["Lê Văn Kiểm"])
    starts = {
        f"/polls/{poll}/result.pdf": b"%PDF-",
        f"/polls/{poll}/result.xlsx": b"PK",
        f"/polls/{poll}/result.csv": b"\xef\xbb\xbf",
        f"/polls/{poll}/tellers-record.pdf": b"%PDF-",
        f"/polls/{poll}/tellers-record.docx": b"PK",
        f"/meetings/{room.id}/attendance.pdf": b"%PDF-",
    }
    for path, start in starts.items():
        answer = room.secretary.get(path)
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(start)
        assert "attachment" in answer.headers["Content-Disposition"]
    assert room.member.get(f"/meetings/{room.id}/attendance.pdf").json()["code"] == "not_allowed"
    assert room.member.get(f"/polls/{poll}/tellers-record").json()["code"] == "not_allowed"
    assert room.member.get(f"/polls/{poll}/tellers-record.pdf").content.startswith(b"%PDF-")
    title = room.member.get(f"/polls/{poll}/result").json()["document"]["title"]
    assert title.encode() in room.member.get(f"/polls/{poll}/result.csv").content
    assert title.encode() not in room.guest.get(f"/polls/{poll}/result.csv").content


def test_the_papers_of_a_cancelled_vote(room: Room):
    here(room, room.member, room.other)
    poll = question(room)
    assert room.chair.post(f"/polls/{poll}/open").status_code == 200
    done = room.chair.post(f"/polls/{poll}/cancel", reason="Câu hỏi chưa rõ")
    assert done.status_code == 200, done.text
    answer = room.member.get(f"/polls/{poll}/result.csv")
    assert "Câu hỏi chưa rõ" in answer.content.decode("utf-8-sig")
    assert room.member.get(f"/polls/{poll}/result").json()["code"] == "poll_not_open"
