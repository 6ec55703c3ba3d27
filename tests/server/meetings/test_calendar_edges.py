"""Moments at the ends of the calendar: none is taken in, and rows that have one can be read."""

import pytest
from sqlalchemy import text

from core.db.database import Database
from tests.server.conftest import Room
from tests.server.voting.vote_steps import closed, done, here, opened

pytestmark = pytest.mark.slow

FIRST, LAST = "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"
REFUSED = ["0001-01-01T00:00:00Z", FIRST, LAST, "1999-12-31T23:00:00Z", "2026-11-24T09:00:00"]
KEPT = {FIRST: -62_135_647_200_000_000, LAST: 253_402_351_199_000_000}
"""As the database keeps them, in microseconds since 1970: beyond what a datetime in UTC can say."""


def change(room: Room, statement: str, **values: object) -> None:
    """Change rows in the database of the running server, as an older version had written them."""
    data = room.server.made.data
    database = Database(f"sqlite:///{data / 'dienhong.sqlite3'}", data / "write.lock")
    with database.write() as session:
        session.execute(text(statement), values)
        database.commit(session)
    database.close()


@pytest.fixture
def voted(room: Room) -> tuple[Room, str]:
    """A meeting with a closed vote on paper: its papers can be had."""
    here(room, room.member, room.other)
    poll = opened(room, method="paper", document_id=room.document)
    tally = {"issued": 2, "returned": 2, "invalid": 0, "counts": {"for": 2, "against": 0}}
    done(room.secretary.post(f"/polls/{poll}/tally", **tally))
    closed(room, poll)
    return room, poll


def test_a_tellers_record_takes_no_such_moment(voted: tuple[Room, str]):
    room, poll = voted
    path = f"/polls/{poll}/tellers-record"
    kept = {"started_at": "2026-11-24T09:00:00+07:00", "ended_at": "2026-11-24T02:30:00Z"}
    done(room.secretary.put(path, **kept))
    before = done(room.secretary.get(path))
    assert before["ended_at"] == "2026-11-24T09:30:00+07:00"
    for field in kept:
        for at in REFUSED:
            refused = room.secretary.put(path, **{**kept, field: at})
            assert refused.status_code == 422, (field, at, refused.text)
            assert refused.json()["code"] == "invalid_input"
            assert [one["field"] for one in refused.json()["errors"]] == [field]
    assert done(room.secretary.get(path)) == before


@pytest.mark.parametrize("at", [FIRST, LAST])
def test_a_tellers_record_that_has_one_can_be_read(voted: tuple[Room, str], at: str):
    room, poll = voted
    record = f'{{"place":"Hội trường","started_at":"{at}","ended_at":"{at}"}}'
    change(room, "UPDATE poll SET tellers = :record WHERE id = :id", record=record, id=poll)
    path = f"/polls/{poll}/tellers-record"
    assert done(room.secretary.get(path))["place"] == "Hội trường"
    for kind in ("pdf", "docx"):
        answer = room.secretary.get(f"{path}.{kind}")
        assert answer.status_code == 200, answer.text
    assert room.secretary.put(path, place="Hội trường B").status_code == 200


@pytest.mark.parametrize("kept", KEPT.values())
def test_a_meeting_that_has_one_can_be_read(voted: tuple[Room, str], kept: int):
    room, poll = voted
    statement = "UPDATE meeting SET starts_at = :at, ends_at = :at, resumes_at = :at WHERE id = :id"
    change(room, statement, at=kept, id=room.id)
    meeting, site = f"/meetings/{room.id}", room.server.url
    paths = [
        "/meetings",
        "/annotations",
        "/annotations/papers",
        *(f"{meeting}{part}" for part in ("", "/snapshot", "/attendance", "/polls")),
        f"{meeting}/attendance.pdf",
        f"{meeting}/vote-archive.zip",
        f"/vote-rules?meeting_id={room.id}",
        *(f"/polls/{poll}{part}" for part in ("", "/result", "/tellers-record")),
        *(f"/polls/{poll}/result.{kind}" for kind in ("pdf", "xlsx", "csv")),
        *(f"/polls/{poll}/tellers-record.{kind}" for kind in ("pdf", "docx")),
        *(f"{site}{part}" for part in ("/", meeting, f"{meeting}/prepare")),
        f"{site}{meeting}/polls/{poll}",
    ]
    found = {path: room.secretary.get(path).status_code for path in paths}
    assert set(found.values()) == {200}, found
    opened(room)
    done(room.secretary.patch(meeting, starts_at="2026-11-24T08:00:00+07:00", ends_at=None))


@pytest.mark.parametrize("at", [FIRST, LAST])
def test_a_list_can_be_asked_for_with_one(room: Room, at: str):
    for name in ("from", "to"):
        assert room.secretary.get("/meetings", params={name: at}).status_code == 200
