"""How a vote reaches the count: tablets, ballots recorded by two people, hands, papers, mixed."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import Room
from tests.server.real_server import Person
from tests.server.voting.vote_steps import (
    Council,
    closed,
    code,
    done,
    here,
    log_of,
    make_council,
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
def council(people: dict[str, Person], deputies: list[Person]) -> Council:
    """Nine deputies, all here."""
    return make_council(people["thuky"], people["chutoa"], deputies)


def progress(council: Council, person: Person, poll: str) -> dict[str, Any]:
    """What a person's screen says of an open vote."""
    votes = done(person.get(f"/meetings/{council.id}/snapshot"))["votes"]
    found: dict[str, Any] = next(one for one in votes if one["poll_id"] == poll)
    return found


def test_one_vote_mixes_all_channels(council: Council, tmp_path: Path):
    poll = opened(council, method="paper", rule_id="hdnd_resolution")
    d = council.deputies
    vote(poll, {"for": d[:2]})
    done(council.chair.post(f"/ballots/{record(council.secretary, poll, d[2], 'abstain')}/confirm"))
    done(council.secretary.post(f"/polls/{poll}/tally", channel="hands", counts={"for": 2}))
    papers = {"issued": 4, "returned": 3, "invalid": 1, "counts": {"for": 1, "against": 1}}
    said = done(council.secretary.post(f"/polls/{poll}/tally", **papers))
    assert said == {"channel": "paper", "people": 4, "by": "Thuky"}
    result = closed(council, poll)
    assert result["counts"] == {"for": 5, "against": 1, "abstain": 1}
    assert (result["invalid"], result["not_returned"], result["not_sent"]) == (1, 1, 0)
    assert (result["voted"], result["required"], result["verdict"]) == (8, 5, "adopted")
    assert {one["user_id"] for one in result["names"]} == {one.id for one in d[:3]}
    verified(council, tmp_path)


def test_nobody_is_counted_in_two_channels(council: Council, tmp_path: Path):
    """Once all papers are handed out, a tablet that comes after makes one too many."""
    poll = opened(council, method="paper")
    d = council.deputies
    vote(poll, {"for": d[:2]})
    papers = {"issued": 8, "returned": 8, "invalid": 0, "counts": {"for": 8}}
    refused = council.secretary.post(f"/polls/{poll}/tally", **papers)
    assert code(refused) == (422, "tally_does_not_add_up")
    papers.update(issued=7, returned=7, counts={"for": 7})
    done(council.secretary.post(f"/polls/{poll}/tally", **papers))
    vote(poll, {"against": d[2:3]})
    refused = council.chair.post(f"/polls/{poll}/close")
    assert code(refused) == (422, "tally_does_not_add_up")
    papers.update(issued=6, returned=6, counts={"for": 6})
    done(council.secretary.post(f"/polls/{poll}/tally", **papers))
    result = closed(council, poll)
    assert result["counts"] == {"for": 8, "against": 1, "abstain": 0}
    verified(council, tmp_path)


def test_a_count_entered_again_replaces_the_first(council: Council, tmp_path: Path):
    poll = opened(council, method="hands")
    for counts in ({"for": 9}, {"for": 4, "against": 2}):
        done(council.secretary.post(f"/polls/{poll}/tally", counts=counts))
    result = closed(council, poll)
    assert result["counts"] == {"for": 4, "against": 2, "abstain": 0}
    assert result["not_sent"] == 3
    assert result["names"] == []
    verified(council, tmp_path)


def test_a_ballot_is_recorded_by_one_and_confirmed_by_another(council: Council, tmp_path: Path):
    poll, voter = opened(council), council.deputies[0]
    tablet = council.tablet(voter)
    ballot = record(council.secretary, poll, voter, "for")
    assert progress(council, voter, poll)["voted"] == 0
    seen = progress(council, council.chair, poll)
    waiting = {"ballot_id": ballot, "user_id": voter.id, "entered_by": council.secretary.id}
    assert seen["unconfirmed"] == [waiting]
    view = done(council.chair.get(f"/ballots/{ballot}"))
    assert (view["choice"], view["reason"]) == ("for", "Máy tính bảng hỏng")
    own = done(council.chair.post(f"/ballots/{ballot}/confirm"))
    told = tablet.next("mine.event", type="ballot_received")
    assert told["data"]["ballot"] == own
    assert done(voter.get(f"/polls/{poll}/ballots/mine"))["ballot"] == own
    assert done(council.chair.get(f"/ballots/{ballot}"))["choice"] is None
    assert progress(council, voter, poll)["voted"] == 1
    result = closed(council, poll)
    (named,) = [one for one in result["names"] if one["user_id"] == voter.id]
    assert (named["choice"], named["channel"]) == ("for", "recorded")
    assert named["entered_by"]["user_id"] == council.secretary.id
    assert named["confirmed_by"]["user_id"] == council.chair.id
    assert named["reason"] == "Máy tính bảng hỏng"
    receipt = f"{own['receipt']['log_index']}:{own['receipt']['leaf_hash']}"
    story = verified(council, tmp_path, "--receipt", receipt)
    assert "Máy tính bảng hỏng" in story


def test_entering_again_replaces_what_waits_and_needs_another_second_person(council: Council):
    poll, voter = opened(council), council.deputies[0]
    first = record(council.secretary, poll, voter, "for")
    again = record(council.chair, poll, voter, "against")
    assert code(council.chair.post(f"/ballots/{first}/confirm")) == (404, "not_found")
    assert code(council.chair.post(f"/ballots/{again}/confirm")) == (403, "second_person_needed")
    done(council.secretary.post(f"/ballots/{again}/confirm"))
    assert closed(council, poll)["counts"]["against"] == 1


def test_who_was_recorded_for_may_still_send_and_the_entry_is_discarded(
    council: Council, tmp_path: Path
):
    poll, voter = opened(council), council.deputies[0]
    ballot = record(council.secretary, poll, voter, "for")
    done(send(voter, poll, "against"), 201)
    assert code(council.chair.post(f"/ballots/{ballot}/confirm")) == (409, "already_confirmed")
    refused = council.chair.post(f"/polls/{poll}/close")
    assert code(refused) == (409, "ballots_unconfirmed")
    assert "Daibieu3" in refused.json()["detail"]
    done(council.secretary.delete(f"/ballots/{ballot}"), 204)
    assert council.secretary.delete(f"/ballots/{ballot}").status_code == 404
    assert closed(council, poll)["counts"] == {"for": 0, "against": 1, "abstain": 0}
    verified(council, tmp_path)


def test_a_confirmation_that_came_twice_counts_once(council: Council):
    poll, voter = opened(council), council.deputies[0]
    ballot = record(council.secretary, poll, voter, "for")
    headers = {"Idempotency-Key": "confirm-once"}
    path = f"/ballots/{ballot}/confirm"
    first, again = (council.chair.call("POST", path, json={}, headers=headers) for _ in range(2))
    assert done(first) == done(again)
    entries = [line for line in log_of(voter, council.id) if "ballot_committed" in line["entry"]]
    assert len(entries) == 1


def test_a_change_of_mind_is_a_new_revision_and_the_last_counts(council: Council, tmp_path: Path):
    poll, voter = opened(council, allow_change=True), council.deputies[0]
    tablet = council.tablet(voter)
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
    assert progress(council, voter, poll)["voted"] == 1
    result = closed(council, poll)
    assert result["counts"] == {"for": 0, "against": 0, "abstain": 1}
    assert result["voted"] == 1
    words = [word for at, leaf in receipts for word in ("--receipt", f"{at}:{leaf}")]
    verified(council, tmp_path, *words)


def test_a_recorded_ballot_changes_an_own_one_where_changes_are_allowed(
    council: Council, tmp_path: Path
):
    poll, voter = opened(council, allow_change=True), council.deputies[0]
    done(send(voter, poll, "for"), 201)
    ballot = record(council.secretary, poll, voter, "against")
    assert done(council.chair.post(f"/ballots/{ballot}/confirm"))["revision"] == 2
    assert closed(council, poll)["counts"] == {"for": 0, "against": 1, "abstain": 0}
    verified(council, tmp_path)


def test_votes_by_hands_run_beside_one_on_tablets(council: Council, tmp_path: Path):
    named, hands = opened(council), opened(council, method="hands")
    opened(council, method="paper")
    voter = council.deputies[0]
    vote(named, {"for": [voter]})
    vote(hands, {"against": [voter]})
    done(council.secretary.post(f"/polls/{hands}/tally", counts={"against": 8}))
    assert closed(council, hands)["counts"]["against"] == 9
    assert closed(council, named)["counts"]["for"] == 1
    verified(council, tmp_path)


def test_a_repeat_names_the_vote_that_it_repeats(council: Council, tmp_path: Path):
    first = opened(council)
    vote(first, {"for": council.deputies[:1]})
    done(council.chair.post(f"/polls/{first}/cancel", reason="Câu hỏi có lỗi"))
    again = opened(council, repeats=first)
    assert done(council.chair.get(f"/polls/{again}"))["repeats"] == first
    vote(again, {"against": council.deputies})
    assert closed(council, again)["counts"]["against"] == 9
    assert "Câu hỏi có lỗi" in verified(council, tmp_path)


def test_what_was_cancelled_decides_nothing_and_opens_no_ballot(council: Council, tmp_path: Path):
    poll = opened(council)
    vote(poll, {"for": council.deputies[:5]})
    cancelled = done(council.chair.post(f"/polls/{poll}/cancel", reason="Câu hỏi có lỗi"))
    assert (cancelled["status"], cancelled["result"]) == ("cancelled", None)
    assert cancelled["ending"]["cancel_reason"] == "Câu hỏi có lỗi"
    assert not [
        line for line in log_of(council.chair, council.id) if "ballot_opened" in line["entry"]
    ]
    verified(council, tmp_path)


def test_a_result_that_was_announced_can_still_be_cancelled_for_the_record(
    council: Council, tmp_path: Path
):
    poll = opened(council)
    vote(poll, {"for": council.deputies})
    closed(council, poll)
    done(council.chair.post(f"/polls/{poll}/announce"))
    done(council.chair.post(f"/polls/{poll}/cancel", reason="Đếm nhầm danh sách"))
    result = done(council.deputies[0].get(f"/polls/{poll}/result"))
    assert (result["status"], result["verdict"]) == ("cancelled", "adopted")
    verified(council, tmp_path)


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
