"""Very many ballots of one person from two tablets at once: one ballot, one receipt."""

import json
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.effort import sized
from tests.server.conftest import Room
from tests.server.real_server import Person
from tests.server.voting.ballot_storm import Heard, storm
from tests.server.voting.vote_steps import closed, done, here, log_of, opened, verified

pytestmark = pytest.mark.slow
LINES = 10
"""Connections, five of each tablet."""
BALLOTS = sized(1_000, 10_000)
POLLS = sized(4, 12)


def rows_in_the_database(room: Room, poll: str) -> int:
    engine = create_engine(f"sqlite:///{room.server.made.data}/dienhong.sqlite3")
    with engine.connect() as connection:
        count = text("SELECT count(*) FROM ballot WHERE poll_id = :poll")
        found: int = connection.scalar(count, {"poll": poll}) or 0
    engine.dispose()
    return found


def two_tablets(room: Room) -> tuple[Person, Person]:
    """The member, signed in on two of them."""
    return room.member, room.server.sign_in(room.member.username)


def commitments(room: Room, poll: str) -> list[dict[str, object]]:
    entries = [json.loads(line["entry"]) for line in log_of(room.chair, room.id)]
    return [
        entry
        for entry in entries
        if entry["type"] == "ballot_committed" and entry["data"]["poll_id"] == poll
    ]


def the_one_receipt(heard: list[Heard]) -> tuple[int, str]:
    """All who were acknowledged agree; the rest was refused for the one reason there is."""
    receipts = {one.receipt for one in heard if one.receipt}
    assert len(receipts) == 1
    refused = [one for one in heard if one.receipt is None]
    assert {(one.status, one.code) for one in refused} <= {(409, "already_voted")}
    (receipt,) = receipts
    return receipt


def test_very_many_double_votes_are_one(room: Room, tmp_path: Path):
    here(room, room.member, room.other)
    poll = opened(room)
    first, second = two_tablets(room)
    listening = room.tablet(room.member)
    heard = storm([first, second] * (LINES // 2), poll, BALLOTS * 9 // 10 // LINES, ["for"])
    # The last tenth comes after a reconnect of the room, and half of it says otherwise.
    have = {key: listening.joined[key] for key in ("epoch", "seq", "mine_seq")}
    late = room.tablet(second, **have)
    heard += storm([first, second] * (LINES // 2), poll, BALLOTS // 10 // LINES, ["for", "against"])
    assert len(heard) == BALLOTS

    index, leaf = the_one_receipt(heard)
    acknowledged = [one for one in heard if one.receipt]
    assert {one.sent.choice for one in acknowledged} == {"for"}
    statuses = Counter(one.status for one in heard)
    assert statuses.keys() == {200, 201, 409}
    assert statuses[409] == sum(one.sent.choice == "against" for one in heard)
    # 201 is the first cast, and whatever repeats the very request that made it.
    assert len({one.sent.key for one in heard if one.status == 201}) == 1

    assert [entry["index"] for entry in commitments(room, poll)] == [index]
    assert rows_in_the_database(room, poll) == 1
    (told,) = [one for one in late.joined["mine"] if one["type"] == "ballot_received"]
    receipt = told["data"]["ballot"]["receipt"]
    assert (receipt["log_index"], receipt["leaf_hash"]) == (index, leaf)
    assert [name for name, _ in listening.seen].count("mine.event") == 1
    result = closed(room, poll)
    assert (result["counts"], result["voted"]) == ({"for": 1, "against": 0, "abstain": 0}, 1)
    verified(room, tmp_path, "--receipt", f"{index}:{leaf}")


def test_whichever_of_two_choices_comes_first_is_the_one(room: Room):
    """Both tablets begin at the same moment with different choices, poll after poll."""
    here(room, room.member, room.other)
    tablets = two_tablets(room)
    for number in range(POLLS):
        poll = opened(room)
        order = ["for", "against"][:: 1 if number % 2 else -1]
        heard = storm([*tablets, *tablets], poll, 8, order)
        the_one_receipt(heard)
        (choice,) = {one.sent.choice for one in heard if one.receipt}
        assert len(commitments(room, poll)) == rows_in_the_database(room, poll) == 1
        assert closed(room, poll)["counts"][choice] == 1


def test_a_key_with_another_choice_is_a_conflict(room: Room):
    here(room, room.member, room.other)
    poll = opened(room)
    for choice, status in (("for", 201), ("for", 201), ("against", 409), ("for", 201)):
        answer = room.member.call(
            "POST",
            f"/polls/{poll}/ballots",
            json={"choice": choice},
            headers={"Idempotency-Key": "one"},
        )
        assert answer.status_code == status, answer.text
        if status == 409:
            assert answer.json()["code"] == "idempotency_conflict"
    assert done(room.member.get(f"/polls/{poll}/ballots/mine"))["ballot"]["choice"] == "for"


def test_where_changes_are_allowed_every_acknowledged_one_is_logged_and_the_last_counts(
    room: Room, tmp_path: Path
):
    here(room, room.member, room.other)
    poll = opened(room, allow_change=True)
    heard = storm([*two_tablets(room)] * 2, poll, 40, ["for", "against"])
    assert {one.status for one in heard} == {200, 201}
    receipts = {one.receipt for one in heard if one.receipt}
    logged = commitments(room, poll)
    assert {index for index, _ in receipts} == {entry["index"] for entry in logged}
    last = done(room.member.get(f"/polls/{poll}/ballots/mine"))["ballot"]
    assert last["revision"] == len(logged) == rows_in_the_database(room, poll)
    assert last["receipt"]["log_index"] == logged[-1]["index"]
    result = closed(room, poll)
    assert (result["counts"][last["choice"]], result["voted"]) == (1, 1)
    words = [word for index, leaf in sorted(receipts) for word in ("--receipt", f"{index}:{leaf}")]
    verified(room, tmp_path, *words)
