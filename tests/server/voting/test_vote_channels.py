"""How a vote reaches the count: tablets, ballots recorded by two people, hands, papers, mixed."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import Room
from tests.server.real_server import Person
from tests.server.voting.vote_steps import (
    Hall,
    closed,
    code,
    done,
    here,
    log_of,
    make_hall,
    opened,
    question,
    record,
    send,
    verified,
    vote,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def deputy_names() -> list[str]:
    return [f"daibieu{n}" for n in range(3, 12)]


@pytest.fixture
def hall(people: dict[str, Person], deputies: list[Person]) -> Hall:
    """Nine deputies, all here."""
    return make_hall(people["thuky"], people["chutoa"], deputies)


def progress(hall: Hall, person: Person, poll: str) -> dict[str, Any]:
    """What a person's screen says of an open vote."""
    votes = done(person.get(f"/meetings/{hall.id}/snapshot"))["votes"]
    found: dict[str, Any] = next(one for one in votes if one["poll_id"] == poll)
    return found


def test_one_vote_mixes_all_channels(hall: Hall, tmp_path: Path):
    poll = opened(hall, method="paper", rule_id="hdnd_resolution")
    d = hall.deputies
    vote(poll, {"for": d[:2]})
    done(hall.chair.post(f"/ballots/{record(hall.secretary, poll, d[2], 'abstain')}/confirm"))
    done(hall.secretary.post(f"/polls/{poll}/tally", channel="hands", counts={"for": 2}))
    papers = {"issued": 4, "returned": 3, "invalid": 1, "counts": {"for": 1, "against": 1}}
    said = done(hall.secretary.post(f"/polls/{poll}/tally", **papers))
    assert said == {"channel": "paper", "people": 4, "by": "Thuky"}
    result = closed(hall, poll)
    assert result["counts"] == {"for": 5, "against": 1, "abstain": 1}
    assert (result["invalid"], result["not_returned"], result["not_sent"]) == (1, 1, 0)
    assert (result["voted"], result["required"], result["verdict"]) == (8, 5, "adopted")
    assert {one["user_id"] for one in result["names"]} == {one.id for one in d[:3]}
    verified(hall, tmp_path)


def test_nobody_is_counted_in_two_channels(hall: Hall, tmp_path: Path):
    """Once all papers are handed out, a tablet that comes after makes one too many."""
    poll = opened(hall, method="paper")
    d = hall.deputies
    vote(poll, {"for": d[:2]})
    papers = {"issued": 8, "returned": 8, "invalid": 0, "counts": {"for": 8}}
    refused = hall.secretary.post(f"/polls/{poll}/tally", **papers)
    assert code(refused) == (422, "tally_does_not_add_up")
    papers.update(issued=7, returned=7, counts={"for": 7})
    done(hall.secretary.post(f"/polls/{poll}/tally", **papers))
    vote(poll, {"against": d[2:3]})
    refused = hall.chair.post(f"/polls/{poll}/close")
    assert code(refused) == (422, "tally_does_not_add_up")
    papers.update(issued=6, returned=6, counts={"for": 6})
    done(hall.secretary.post(f"/polls/{poll}/tally", **papers))
    result = closed(hall, poll)
    assert result["counts"] == {"for": 8, "against": 1, "abstain": 0}
    verified(hall, tmp_path)


def test_a_count_entered_again_replaces_the_first(hall: Hall, tmp_path: Path):
    poll = opened(hall, method="hands")
    for counts in ({"for": 9}, {"for": 4, "against": 2}):
        done(hall.secretary.post(f"/polls/{poll}/tally", counts=counts))
    result = closed(hall, poll)
    assert result["counts"] == {"for": 4, "against": 2, "abstain": 0}
    assert result["not_sent"] == 3
    assert result["names"] == []
    verified(hall, tmp_path)


def test_a_ballot_is_recorded_by_one_and_confirmed_by_another(hall: Hall, tmp_path: Path):
    poll, voter = opened(hall), hall.deputies[0]
    tablet = hall.tablet(voter)
    ballot = record(hall.secretary, poll, voter, "for")
    assert progress(hall, voter, poll)["voted"] == 0
    seen = progress(hall, hall.chair, poll)
    waiting = {"ballot_id": ballot, "user_id": voter.id, "entered_by": hall.secretary.id}
    assert seen["unconfirmed"] == [waiting]
    view = done(hall.chair.get(f"/ballots/{ballot}"))
    assert (view["choice"], view["reason"]) == ("for", "Máy tính bảng hỏng")
    own = done(hall.chair.post(f"/ballots/{ballot}/confirm"))
    told = tablet.next("mine.event", type="ballot_received")
    assert told["data"]["ballot"] == own
    assert done(voter.get(f"/polls/{poll}/ballots/mine"))["ballot"] == own
    assert done(hall.chair.get(f"/ballots/{ballot}"))["choice"] is None
    assert progress(hall, voter, poll)["voted"] == 1
    result = closed(hall, poll)
    (named,) = [one for one in result["names"] if one["user_id"] == voter.id]
    assert (named["choice"], named["channel"]) == ("for", "recorded")
    assert named["entered_by"]["user_id"] == hall.secretary.id
    assert named["confirmed_by"]["user_id"] == hall.chair.id
    assert named["reason"] == "Máy tính bảng hỏng"
    receipt = f"{own['receipt']['log_index']}:{own['receipt']['leaf_hash']}"
    story = verified(hall, tmp_path, "--receipt", receipt)
    assert "Máy tính bảng hỏng" in story


def test_entering_again_replaces_what_waits_and_needs_another_second_person(hall: Hall):
    poll, voter = opened(hall), hall.deputies[0]
    first = record(hall.secretary, poll, voter, "for")
    again = record(hall.chair, poll, voter, "against")
    assert code(hall.chair.post(f"/ballots/{first}/confirm")) == (404, "not_found")
    assert code(hall.chair.post(f"/ballots/{again}/confirm")) == (403, "second_person_needed")
    done(hall.secretary.post(f"/ballots/{again}/confirm"))
    assert closed(hall, poll)["counts"]["against"] == 1


def test_who_was_recorded_for_may_still_send_and_the_entry_is_discarded(hall: Hall, tmp_path: Path):
    poll, voter = opened(hall), hall.deputies[0]
    ballot = record(hall.secretary, poll, voter, "for")
    done(send(voter, poll, "against"), 201)
    assert code(hall.chair.post(f"/ballots/{ballot}/confirm")) == (409, "already_confirmed")
    refused = hall.chair.post(f"/polls/{poll}/close")
    assert code(refused) == (409, "ballots_unconfirmed")
    assert "Daibieu3" in refused.json()["detail"]
    done(hall.secretary.delete(f"/ballots/{ballot}"), 204)
    assert hall.secretary.delete(f"/ballots/{ballot}").status_code == 404
    assert closed(hall, poll)["counts"] == {"for": 0, "against": 1, "abstain": 0}
    verified(hall, tmp_path)


def test_a_confirmation_that_came_twice_counts_once(hall: Hall):
    poll, voter = opened(hall), hall.deputies[0]
    ballot = record(hall.secretary, poll, voter, "for")
    headers = {"Idempotency-Key": "confirm-once"}
    path = f"/ballots/{ballot}/confirm"
    first, again = (hall.chair.call("POST", path, json={}, headers=headers) for _ in range(2))
    assert done(first) == done(again)
    entries = [line for line in log_of(voter, hall.id) if "ballot_committed" in line["entry"]]
    assert len(entries) == 1


def test_a_change_of_mind_is_a_new_revision_and_the_last_counts(hall: Hall, tmp_path: Path):
    poll, voter = opened(hall, allow_change=True), hall.deputies[0]
    tablet = hall.tablet(voter)
    receipts = []
    for revision, choice in enumerate(("for", "against", "for", "abstain"), start=1):
        own = done(send(voter, poll, choice, key=f"n{revision}"), 201)
        assert (own["revision"], own["choice"]) == (revision, choice)
        told = tablet.next("mine.event", type="ballot_received")["data"]["ballot"]
        assert told == own
        receipts.append((own["receipt"]["log_index"], own["receipt"]["leaf_hash"]))
    same = send(voter, poll, "abstain")
    assert (same.status_code, same.json()["revision"]) == (200, 4)
    # A tablet that was away and sends its old request again is answered as it was then.
    assert done(send(voter, poll, "for", key="n1"), 201)["revision"] == 1
    assert progress(hall, voter, poll)["voted"] == 1
    result = closed(hall, poll)
    assert result["counts"] == {"for": 0, "against": 0, "abstain": 1}
    assert result["voted"] == 1
    words = [word for at, leaf in receipts for word in ("--receipt", f"{at}:{leaf}")]
    verified(hall, tmp_path, *words)


def test_a_recorded_ballot_changes_an_own_one_where_changes_are_allowed(hall: Hall, tmp_path: Path):
    poll, voter = opened(hall, allow_change=True), hall.deputies[0]
    done(send(voter, poll, "for"), 201)
    ballot = record(hall.secretary, poll, voter, "against")
    assert done(hall.chair.post(f"/ballots/{ballot}/confirm"))["revision"] == 2
    assert closed(hall, poll)["counts"] == {"for": 0, "against": 1, "abstain": 0}
    verified(hall, tmp_path)


def test_votes_by_hands_run_beside_one_on_tablets(hall: Hall, tmp_path: Path):
    named, hands = opened(hall), opened(hall, method="hands")
    opened(hall, method="paper")
    voter = hall.deputies[0]
    vote(named, {"for": [voter]})
    vote(hands, {"against": [voter]})
    done(hall.secretary.post(f"/polls/{hands}/tally", counts={"against": 8}))
    assert closed(hall, hands)["counts"]["against"] == 9
    assert closed(hall, named)["counts"]["for"] == 1
    verified(hall, tmp_path)


def test_a_repeat_names_the_vote_that_it_repeats(hall: Hall, tmp_path: Path):
    first = opened(hall)
    vote(first, {"for": hall.deputies[:1]})
    done(hall.chair.post(f"/polls/{first}/cancel", reason="Câu hỏi có lỗi"))
    again = opened(hall, repeats=first)
    assert done(hall.chair.get(f"/polls/{again}"))["repeats"] == first
    vote(again, {"against": hall.deputies})
    assert closed(hall, again)["counts"]["against"] == 9
    assert "Câu hỏi có lỗi" in verified(hall, tmp_path)


def test_what_was_cancelled_decides_nothing_and_opens_no_ballot(hall: Hall, tmp_path: Path):
    poll = opened(hall)
    vote(poll, {"for": hall.deputies[:5]})
    cancelled = done(hall.chair.post(f"/polls/{poll}/cancel", reason="Câu hỏi có lỗi"))
    assert (cancelled["status"], cancelled["result"]) == ("cancelled", None)
    assert cancelled["ending"]["cancel_reason"] == "Câu hỏi có lỗi"
    assert not [line for line in log_of(hall.chair, hall.id) if "ballot_opened" in line["entry"]]
    verified(hall, tmp_path)


def test_a_result_that_was_announced_can_still_be_cancelled_for_the_record(
    hall: Hall, tmp_path: Path
):
    poll = opened(hall)
    vote(poll, {"for": hall.deputies})
    closed(hall, poll)
    done(hall.chair.post(f"/polls/{poll}/announce"))
    done(hall.chair.post(f"/polls/{poll}/cancel", reason="Đếm nhầm danh sách"))
    result = done(hall.deputies[0].get(f"/polls/{poll}/result"))
    assert (result["status"], result["verdict"]) == ("cancelled", "adopted")
    verified(hall, tmp_path)


def test_guests_read_announced_results_and_not_the_log(room: Room):
    here(room, room.member, room.other)
    poll = opened(room)
    vote(poll, {"for": [room.member], "against": [room.other]})
    closed(room, poll)
    done(room.chair.post(f"/polls/{poll}/announce"))
    assert done(room.guest.get(f"/polls/{poll}/result"))["voted"] == 2
    for path in ("vote-log", "vote-archive.zip"):
        assert code(room.guest.get(f"/meetings/{room.id}/{path}")) == (403, "not_allowed")
    assert room.guest.get(f"/meetings/{room.id}/vote-log/checkpoint").ok


def test_the_title_follows_the_question_until_it_has_one_of_its_own(room: Room):
    poll = question(room)
    view = done(room.secretary.patch(f"/polls/{poll}", question="Thông qua Đề án?"))
    assert view["title"] == "Thông qua Đề án?"
    assert done(room.secretary.patch(f"/polls/{poll}", title="Đề án"))["title"] == "Đề án"
    assert done(room.secretary.patch(f"/polls/{poll}", question="Khác?"))["title"] == "Đề án"
