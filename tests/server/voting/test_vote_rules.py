"""Lawful arithmetic through a real server: N, quorum, ties, the chair's side and ruling."""

from pathlib import Path
from typing import Any

import pytest

from tests.server.real_server import Person
from tests.server.voting.vote_steps import (
    Council,
    closed,
    code,
    done,
    here,
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
    return [f"daibieu{n}" for n in range(3, 14)]


Deputies = list[Person]
People = dict[str, Person]


def council_of(
    people: People, deputies: Deputies, number: int, *, chair: Person | None = None, **more: Any
) -> Council:
    return make_council(people["thuky"], chair or people["chutoa"], deputies[:number], **more)


def seat_the_chair(council: Council, chair: Person) -> None:
    """The chair is a deputy as well: entitled to vote, and present."""
    path = f"/meetings/{council.id}/participants/{chair.id}"
    done(council.secretary.put(path, role="chair", entitled_to_vote=True))
    here(council, chair)


@pytest.mark.parametrize(
    ("side", "verdict"), [("for", "adopted"), ("against", "not_adopted"), ("abstain", None)]
)
def test_5_5_1_of_11_goes_the_chairs_side(people, deputies, tmp_path, side, verdict):
    """The tie is for = against, not half of N: 5 of 11 is below it, and the chair's side wins."""
    council = council_of(people, deputies, 10, kind="ubnd_meeting")
    chair = council.chair
    seat_the_chair(council, chair)
    poll = opened(council, rule_id="ubnd_decision")
    choices = ["for"] * 5 + ["against"] * 5 + ["abstain"]
    choices.remove(side)
    vote(poll, {side: [chair]})
    for deputy, choice in zip(council.deputies, choices, strict=True):
        vote(poll, {choice: [deputy]})
    result = closed(council, poll)
    assert result["counts"] == {"for": 5, "against": 5, "abstain": 1}
    assert (result["n"], result["required"]) == (11, 6)
    if verdict is None:
        assert result["verdict"] == "tie_needs_ruling"
        assert result["tie"] == {"flow": "ruling", "chair_user_id": chair.id, "side": None}
        return
    assert result["verdict"] == verdict
    assert result["tie"] == {"flow": "chair_ballot", "chair_user_id": chair.id, "side": side}
    verified(council, tmp_path)


def test_a_tie_by_hands_waits_for_the_chairs_ruling(people, deputies, tmp_path):
    council = council_of(people, deputies, 10, kind="ubnd_meeting")
    poll = opened(council, rule_id="ubnd_decision", method="hands")
    done(council.secretary.post(f"/polls/{poll}/tally", counts={"for": 5, "against": 5}))
    result = closed(council, poll)
    assert result["verdict"] == "tie_needs_ruling"
    assert result["names"] == []
    body = {"side": "for", "reason": "Theo khoản 2 Điều 117"}
    assert code(council.secretary.post(f"/polls/{poll}/ruling", **body)) == (403, "not_allowed")
    ruled = done(council.chair.post(f"/polls/{poll}/ruling", **body))
    assert ruled["result"]["verdict"] == "adopted"
    assert ruled["ending"]["ruling"]["side"] == "for"
    assert code(council.chair.post(f"/polls/{poll}/ruling", **body)) == (409, "ruling_not_needed")
    announced = done(council.chair.post(f"/polls/{poll}/announce"))
    assert announced["ending"]["announced_by"]["user_id"] == council.chair.id
    assert done(council.deputies[0].get(f"/polls/{poll}/result"))["verdict"] == "adopted"
    verified(council, tmp_path)


def test_two_thirds_of_nine_is_six(people, deputies, tmp_path):
    council = council_of(people, deputies, 9)
    for supporters, verdict in ((5, "not_adopted"), (6, "adopted")):
        poll = opened(council, rule_id="hdnd_removal")
        vote(poll, {"for": council.deputies[:supporters], "against": council.deputies[supporters:]})
        result = closed(council, poll)
        assert (result["n"], result["required"], result["verdict"]) == (9, 6, verdict)
        assert result["missing"] == max(0, 6 - supporters)
    verified(council, tmp_path)


def test_more_than_half_is_of_all_and_not_of_those_here(people, deputies, tmp_path):
    """8 of 11 are here and 5 are for: most of those here, and not of all."""
    council = council_of(people, deputies, 11, present=8)
    poll = opened(council, rule_id="hdnd_resolution")
    vote(poll, {"for": council.deputies[:5], "against": council.deputies[5:6]})
    result = closed(council, poll)
    assert (result["base"], result["base_number"], result["required"]) == ("entitled", 11, 6)
    assert (result["verdict"], result["missing"]) == ("not_adopted", 1)
    parts = {part["key"]: part["number"] for part in result["parts"]}
    assert parts == {"for": 5, "against": 1, "abstain": 0, "not_sent": 2, "absent": 3}
    assert sum(parts.values()) == result["n"]
    verified(council, tmp_path)


def test_n_is_frozen_against_who_comes_and_who_goes(people, deputies, tmp_path):
    council = council_of(people, deputies, 9, present=8)
    poll = opened(council, rule_id="hdnd_resolution")
    absent, newcomer, removed = council.deputies[8], deputies[9], council.deputies[0]
    here(council, absent)
    done(council.secretary.put(f"/meetings/{council.id}/participants/{newcomer.id}", role="member"))
    here(council, newcomer)
    for late in (absent, newcomer):
        assert code(send(late, poll, "for")) == (403, "not_a_voter")
    place = f"/meetings/{council.id}/participants/{removed.id}"
    assert code(council.secretary.delete(place)) == (409, "poll_open_for_person")
    here(council, council.deputies[1], status="left")
    vote(poll, {"for": council.deputies[1:6]})
    result = closed(council, poll)
    assert (result["n"], result["present"], result["required"]) == (9, 8, 5)
    assert (result["verdict"], result["not_sent"], result["absent"]) == ("adopted", 3, 1)
    done(council.secretary.delete(place), 204)
    following = done(council.chair.post(f"/polls/{question(council)}/open"))
    assert (following["opened"]["n"], following["opened"]["present"]) == (9, 8)
    assert newcomer.id in following["opened"]["voters"]
    verified(council, tmp_path)


def test_a_chair_who_is_not_entitled_neither_votes_nor_counts(people, deputies, tmp_path):
    council = council_of(people, deputies, 4, kind="ubnd_meeting")
    here(council, council.chair)
    poll = opened(council, rule_id="ubnd_decision")
    assert code(send(council.chair, poll, "for")) == (403, "not_a_voter")
    vote(poll, {"for": council.deputies[:2], "against": council.deputies[2:]})
    result = closed(council, poll)
    assert (result["n"], result["verdict"]) == (4, "tie_needs_ruling")
    assert result["tie"]["chair_user_id"] == council.chair.id
    verified(council, tmp_path)


def test_the_chair_begins_below_quorum_for_the_record(people, deputies, tmp_path):
    council = council_of(people, deputies, 9, present=5)
    poll = question(council, rule_id="hdnd_resolution")
    refused = council.chair.post(f"/polls/{poll}/open")
    assert code(refused) == (409, "no_quorum")
    assert {"5/9", "6"} <= set(refused.json()["detail"].replace(",", " ").replace(".", " ").split())
    body = {"override_reason": "Bão số 3, đã xin ý kiến Thường trực"}
    assert code(council.secretary.post(f"/polls/{poll}/open", **body)) == (403, "not_allowed")
    begun = done(council.chair.post(f"/polls/{poll}/open", **body))
    assert begun["opened"]["override_reason"] == body["override_reason"]
    assert begun["opened"]["quorum"] == {"present": 5, "required": 6, "met": False}
    vote(poll, {"for": council.deputies[:5]})
    result = closed(council, poll)
    assert (result["verdict"], result["override_reason"]) == ("adopted", body["override_reason"])
    assert body["override_reason"] in verified(council, tmp_path)


def test_a_reason_where_none_is_needed_is_not_recorded(people, deputies):
    council = council_of(people, deputies, 3)
    poll = question(council)
    begun = done(council.secretary.post(f"/polls/{poll}/open", override_reason="Việc gấp"))
    assert begun["opened"]["override_reason"] is None
    assert begun["opened"]["quorum"]["met"] is True


def test_among_other_options_the_leading_one_is_measured(people, deputies, tmp_path):
    council = council_of(people, deputies, 7, kind="general")
    options = [{"key": "a", "label": "Phương án A"}, {"key": "b", "label": "Phương án B"}]
    poll = opened(council, options=options, rule_id="committee_general")
    vote(poll, {"b": council.deputies[:4], "a": council.deputies[4:6]})
    ballot = record(council.secretary, poll, council.deputies[6], "a")
    done(council.chair.post(f"/ballots/{ballot}/confirm"))
    result = closed(council, poll)
    assert (result["counts"], result["verdict"]) == ({"a": 3, "b": 4}, "adopted")
    verified(council, tmp_path)


def test_silence_is_no_abstention(people, deputies, tmp_path: Path):
    """By the ballots cast: an abstention counts among them, silence does not."""
    council = council_of(people, deputies, 6, kind="general")
    poll = opened(council, rule_id="committee_general")
    vote(poll, {"for": council.deputies[:2], "abstain": council.deputies[2:4]})
    result = closed(council, poll)
    assert (result["base_number"], result["required"]) == (4, 3)
    assert (result["voted"], result["not_sent"]) == (4, 2)
    assert result["verdict"] == "not_adopted"
    names = {one["user_id"]: one["choice"] for one in result["names"]}
    assert names[council.deputies[2].id] == "abstain"
    assert names[council.deputies[5].id] is None
    verified(council, tmp_path)
