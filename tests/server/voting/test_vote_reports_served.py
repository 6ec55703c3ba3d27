"""The papers of a vote over HTTP: who gets which, and what guests are not told in them."""

import pytest

from tests.server.conftest import Room
from tests.server.voting.vote_steps import closed, code, done, here, opened, question

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
        assert "-hop-thu" in answer.headers["Content-Disposition"]
    assert room.member.get(f"/meetings/{room.id}/attendance.pdf").json()["code"] == "not_allowed"
    assert room.member.get(f"/polls/{poll}/tellers-record").json()["code"] == "not_allowed"
    assert room.member.get(f"/polls/{poll}/tellers-record.pdf").json()["code"] == "not_announced"
    assert room.chair.post(f"/polls/{poll}/announce").status_code == 200
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


@pytest.mark.parametrize("after_closing", [False, True])
def test_a_cancelled_vote_has_no_tellers_record(room: Room, after_closing: bool):
    here(room, room.member, room.other)
    for method in ("named", "hands", "paper"):
        cancelled_vote_has_none(room, method, after_closing)


def cancelled_vote_has_none(room: Room, method: str, after_closing: bool) -> None:
    poll = opened(room, method=method)
    if method != "named":
        numbers = {"issued": 2, "returned": 2, "invalid": 0} if method == "paper" else {}
        counts = {"for": 2, "against": 0, "abstain": 0}
        done(room.secretary.post(f"/polls/{poll}/tally", counts=counts, **numbers))
    if after_closing:
        closed(room, poll)
    done(room.chair.post(f"/polls/{poll}/cancel", reason="Câu hỏi chưa rõ"))
    done(room.secretary.put(f"/polls/{poll}/tellers-record", place="Hội trường"))
    for kind in ("pdf", "docx"):
        refused = room.secretary.get(f"/polls/{poll}/tellers-record.{kind}")
        assert code(refused) == (409, "poll_not_open")
    for kind in ("pdf", "xlsx", "csv"):
        answer = room.secretary.get(f"/polls/{poll}/result.{kind}")
        assert answer.status_code == 200, answer.text
