"""What happens to people and to the meeting while a vote is open."""

from pathlib import Path

import pytest

from tests.server.conftest import Room
from tests.server.real_server import Person, wait_until
from tests.server.voting.vote_steps import (
    closed,
    code,
    done,
    here,
    log_of,
    opened,
    question,
    record,
    send,
    verified,
    vote,
)

pytestmark = pytest.mark.slow


def put(room: Room, person: Person, **body: object) -> None:
    done(room.secretary.put(f"/meetings/{room.id}/participants/{person.id}", **body))


def status(room: Room, wanted: str) -> None:
    done(room.secretary.post(f"/meetings/{room.id}/status", status=wanted))


@pytest.fixture
def poll(room: Room) -> str:
    """A vote under way; two may vote."""
    here(room, room.member, room.other)
    return opened(room)


def revoke_from_elsewhere(person: Person, other: Person) -> None:
    """Sign a device out from another one of the same person."""
    sessions = done(person.get("/sessions"))["items"]
    current = next(one["id"] for one in sessions if one["current"])
    done(other.delete(f"/sessions/{current}"))


def test_a_device_that_was_signed_out_sends_no_ballot(room: Room, poll: str, tmp_path: Path):
    tablet = room.server.sign_in(room.member.username)
    socket = room.tablet(tablet)
    revoke_from_elsewhere(tablet, room.member)
    assert code(send(tablet, poll, "for", key="waiting")) == (401, "session_revoked")
    socket.next("session.revoked")
    wait_until(lambda: not socket.client.connected, "the socket is closed")
    # The ballot that waited on the tablet goes out after the next sign-in, under the same key.
    tablet.sign_in()
    receipt = done(send(tablet, poll, "for", key="waiting"), 201)["receipt"]
    assert done(send(room.member, poll, "for"))["receipt"] == receipt
    assert closed(room, poll)["counts"]["for"] == 1
    verified(room, tmp_path)


def test_what_was_sent_before_the_sign_out_counts(room: Room, poll: str):
    tablet = room.server.sign_in(room.member.username)
    done(send(tablet, poll, "for"), 201)
    revoke_from_elsewhere(tablet, room.member)
    assert closed(room, poll)["counts"]["for"] == 1


def test_an_account_that_is_closed_after_a_vote_keeps_its_ballot(room: Room, tmp_path: Path):
    """Though its person was taken out of the meeting before: a ballot is a record."""
    username = f"tam{room.id[:6].lower()}"
    body = {"username": username, "display_name": "Bà Tạm", "password": "giấy-bút-mực-2026"}
    made = done(room.admin.post("/users", **body), 201)
    brief = Person(room.server, username)
    brief.sign_in("giấy-bút-mực-2026")
    brief.id = made.get("id") or made["user"]["id"]
    put(room, brief, role="member")
    here(room, room.member, room.other, brief)
    poll = opened(room)
    done(send(brief, poll, "for"), 201)
    vote(poll, {"for": [room.member]})
    result = closed(room, poll)
    done(room.secretary.delete(f"/meetings/{room.id}/participants/{brief.id}"), 204)
    assert done(room.admin.delete(f"/users/{brief.id}"))["deleted"] is False
    assert code(send(brief, poll, "for")) == (401, "session_revoked")
    result = done(room.chair.get(f"/polls/{poll}/result"))
    assert (result["counts"]["for"], result["n"]) == (2, 3)
    assert {one["name"] for one in result["names"]} >= {"Bà Tạm"}
    verified(room, tmp_path)


def test_who_is_made_guest_in_mid_vote_keeps_seat_and_ballot(room: Room, poll: str, tmp_path: Path):
    """The roster is frozen: another role changes what one sees, not who was asked."""
    tablet = room.tablet(room.member)
    put(room, room.member, role="guest", entitled_to_vote=True)
    tablet.next("resync")
    snapshot = tablet.join()["snapshot"]
    (seen,) = snapshot["polls"]
    assert room.member.id in seen["opened"]["voters"]
    assert (snapshot["me"]["role"], snapshot["me"]["entitled_to_vote"]) == ("guest", True)
    done(send(room.member, poll, "for"), 201)
    result = closed(room, poll)
    assert (result["n"], result["counts"]["for"]) == (2, 1)
    put(room, room.member, role="guest")
    after = question(room)
    begun = done(room.chair.post(f"/polls/{after}/open"))["opened"]
    assert (begun["n"], begun["voters"]) == (1, [room.other.id])
    verified(room, tmp_path)


def test_who_becomes_secretary_in_mid_vote_sees_who_waits_and_no_choice(room: Room, poll: str):
    vote(poll, {"against": [room.other]})
    tablet = room.tablet(room.member)
    (before,) = tablet.joined["snapshot"]["votes"]
    assert before.keys() == {"poll_id", "voted", "present", "n"}
    put(room, room.member, role="secretary", entitled_to_vote=True)
    tablet.next("resync")
    snapshot = tablet.join()["snapshot"]
    (now,) = snapshot["votes"]
    assert now["waiting"] == [room.member.id]
    assert snapshot["my_ballots"] == []
    assert tablet.next("room.votes", poll_id=poll)["waiting"] == [room.member.id]
    done(send(room.member, poll, "for"), 201)
    assert tablet.next("room.votes", poll_id=poll, voted=2)["waiting"] == []


def test_a_secretary_who_is_one_no_more_records_and_confirms_nothing(room: Room, poll: str):
    put(room, room.guest, role="secretary")
    ballot = record(room.guest, poll, room.member, "for")
    put(room, room.guest, role="guest")
    body = {"user_id": room.other.id, "choice": "for", "reason": "Máy hỏng"}
    refused = room.guest.post(f"/polls/{poll}/ballots/for-member", **body)
    assert code(refused) == (403, "not_allowed")
    assert code(room.guest.get(f"/ballots/{ballot}")) == (403, "not_allowed")
    done(room.secretary.post(f"/ballots/{ballot}/confirm"))
    assert closed(room, poll)["counts"]["for"] == 1


def test_who_left_early_after_the_opening_may_still_be_recorded(room: Room, poll: str):
    """Present when it opened: that is what counts, and what the record says."""
    here(room, room.member, status="left")
    ballot = record(room.secretary, poll, room.member, "for")
    done(room.chair.post(f"/ballots/{ballot}/confirm"))
    result = closed(room, poll)
    assert (result["present"], result["counts"]["for"]) == (2, 1)


def test_a_pause_leaves_a_vote_open(room: Room, poll: str, tmp_path: Path):
    status(room, "paused")
    vote(poll, {"for": [room.member]})
    status(room, "in_session")
    vote(poll, {"for": [room.other]})
    status(room, "paused")
    assert closed(room, poll)["verdict"] == "adopted"
    done(room.chair.post(f"/polls/{poll}/announce"))
    verified(room, tmp_path)


@pytest.mark.parametrize("method", ["named", "hands", "paper"])
def test_a_meeting_ends_after_its_votes(room: Room, tmp_path: Path, method: str):
    here(room, room.member, room.other)
    poll = opened(room, method=method, title="Đề án sắp xếp thôn")
    path = f"/meetings/{room.id}/status"
    for before in ("in_session", "paused"):
        if before == "paused":
            status(room, "paused")
        refused = room.secretary.post(path, status="closed")
        assert code(refused) == (409, "poll_still_open")
        assert "Đề án sắp xếp thôn" in refused.json()["detail"]
        assert done(room.member.get(f"/meetings/{room.id}"))["status"] == before
    done(room.chair.post(f"/polls/{poll}/cancel", reason="Hết giờ"))
    status(room, "closed")
    assert code(send(room.member, poll, "for")) == (409, "poll_not_open")
    verified(room, tmp_path)


def test_after_the_meeting_a_result_is_still_announced_and_read(
    room: Room, poll: str, tmp_path: Path
):
    vote(poll, {"for": [room.member, room.other]})
    closed(room, poll)
    status(room, "closed")
    done(room.chair.post(f"/polls/{poll}/announce"))
    assert done(room.guest.get(f"/polls/{poll}/result"))["verdict"] == "adopted"
    status(room, "archived")
    refused = room.chair.post(f"/polls/{poll}/cancel", reason="Nhầm")
    assert code(refused) == (409, "wrong_status")
    entries = log_of(room.member, room.id)
    assert "poll_announced" in entries[-1]["entry"]
    verified(room, tmp_path)


def test_a_meeting_that_never_began_goes_away_with_its_questions(room: Room):
    made = done(
        room.secretary.post("/meetings", title="Họp", starts_at="2026-11-25T01:00:00Z"), 201
    )
    item = done(room.secretary.post(f"/meetings/{made['id']}/agenda-items", title="Việc"), 201)
    body = {"question": "Thông qua?", "agenda_item_id": item["id"]}
    poll = done(room.secretary.post(f"/meetings/{made['id']}/polls", **body), 201)["id"]
    done(room.secretary.delete(f"/meetings/{made['id']}"), 204)
    assert room.secretary.get(f"/polls/{poll}").status_code == 404
