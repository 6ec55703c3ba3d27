"""Between the end of a vote and its announcement only chair and secretary have the result."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.server.conftest import Room
from tests.server.real_server import Person
from tests.server.voting.vote_steps import (
    archive_of,
    closed,
    code,
    done,
    here,
    log_of,
    opened,
    send,
    verify,
    vote,
)

pytestmark = pytest.mark.slow
NOT_ANNOUNCED = (409, "not_announced")
PAPERS = ("result.pdf", "result.xlsx", "result.csv", "tellers-record.pdf", "tellers-record.docx")
WAITING = ("member", "other", "guest", "admin")
CLOSING = {"tally_recorded", "ballot_opened", "poll_closed", "poll_ruled"}


@pytest.fixture
def council(room: Room) -> Room:
    here(room, room.member, room.other)
    return room


def held(room: Room, *choices: str, **more: Any) -> str:
    """A vote of the two members that was closed."""
    poll = opened(room, **more)
    for person, choice in zip((room.member, room.other), choices, strict=False):
        done(send(person, poll, choice), 201)
    closed(room, poll)
    return poll


def seen(person: Person, room: Room, poll: str) -> list[dict[str, Any]]:
    """The poll in each place where it is read."""
    listed = done(person.get(f"/meetings/{room.id}/polls"))["items"]
    places = [done(person.get(f"/polls/{poll}")), *listed]
    snapshot = person.get(f"/meetings/{room.id}/snapshot")
    places += snapshot.json()["polls"] if snapshot.ok else []
    found = [one for one in places if one["id"] == poll]
    assert len(found) >= 2
    return found


def types_in(room: Room, reader: Person) -> list[tuple[str, str]]:
    """Type and poll of every entry that a reader is given."""
    entries = [json.loads(line["entry"]) for line in log_of(reader, room.id)]
    return [(one["type"], one["data"].get("poll_id", "")) for one in entries]


@pytest.mark.parametrize("who", WAITING)
def test_those_who_wait_read_that_it_ended_and_nothing_of_the_result(council: Room, who: str):
    poll, person = held(council, "for", "against"), getattr(council, who)
    assert code(person.get(f"/polls/{poll}/result")) == NOT_ANNOUNCED
    for paper in PAPERS:
        assert code(person.get(f"/polls/{poll}/{paper}")) == NOT_ANNOUNCED, paper
    for view in seen(person, council, poll):
        assert (view["status"], view["result"]) == ("closed", None)
        assert view["closed_at"] is not None
    page = person.get(f"{council.server.url}/meetings/{council.id}/polls/{poll}").text
    assert "Đã kết thúc biểu quyết, chờ chủ tọa công bố" in page
    words = done(council.chair.get(f"/polls/{poll}"))["result"]["vi"]
    assert not [said for said in words.values() if said in page]


@pytest.mark.parametrize("who", ["chair", "secretary"])
def test_chair_and_secretary_have_it_at_once(council: Room, who: str):
    poll, person = held(council, "for", "against"), getattr(council, who)
    result = done(person.get(f"/polls/{poll}/result"))
    assert result["counts"] == {"for": 1, "against": 1, "abstain": 0}
    for view in seen(person, council, poll):
        assert view["result"]["counts"] == result["counts"]
    assert ("poll_closed", poll) in types_in(council, person)


@pytest.mark.parametrize("who", WAITING)
def test_the_announcement_gives_it_to_everybody(council: Room, who: str):
    poll, person = held(council, "for", "for"), getattr(council, who)
    done(council.chair.post(f"/polls/{poll}/announce"))
    assert done(person.get(f"/polls/{poll}/result"))["counts"]["for"] == 2
    assert all(view["result"]["counts"]["for"] == 2 for view in seen(person, council, poll))


def test_each_person_is_told_once_that_it_ended_and_the_result_with_the_announcement(council: Room):
    tablets = {who: council.tablet(getattr(council, who)) for who in ("member", "guest", "chair")}
    poll = held(council, "for", "for")
    done(council.chair.post(f"/polls/{poll}/announce"))
    for who, tablet in tablets.items():
        told = tablet.next("room.event", type="poll_announced")
        assert told["data"]["poll"]["result"]["counts"]["for"] == 2
        events = [packet for name, packet in tablet.seen if name == "room.event"]
        ended = [one["data"]["poll"] for one in events if one["type"] == "poll_closed"]
        assert [one["result"] is None for one in ended] == [who != "chair"], who
        numbers = [one["seq"] for one in events]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_a_tie_and_the_ruling_on_it_are_not_known_either(council: Room):
    poll = opened(council, rule_id="ubnd_decision")
    listener = council.tablet(council.member)
    vote(poll, {"for": [council.member], "against": [council.other]})
    if closed(council, poll)["verdict"] == "tie_needs_ruling":
        done(council.chair.post(f"/polls/{poll}/ruling", side="for", reason="Theo Quy chế"))
    ruled = done(council.chair.get(f"/polls/{poll}"))
    assert ruled["ending"]["ruling"] is not None
    for view in seen(council.member, council, poll):
        assert (view["result"], view["ending"]["ruling"]) == (None, None)
    done(council.chair.post(f"/polls/{poll}/announce"))
    told = listener.next("room.event", type="poll_announced")
    assert told["data"]["poll"]["ending"]["ruling"]["side"] == "for"
    kinds = [packet["type"] for name, packet in listener.seen if name == "room.event"]
    assert "poll_ruled" not in kinds


def test_the_log_stops_before_the_closing_block(council: Room):
    first = held(council, "for", "against")
    second = opened(council)
    whole = types_in(council, council.chair)
    shown = types_in(council, council.member)
    assert shown == whole[: len(shown)]
    assert whole[len(shown)] == ("ballot_opened", first)
    assert ("poll_opened", second) not in shown
    page = council.member.get(f"/meetings/{council.id}/vote-log", params={"from": len(shown)})
    assert code(page) == NOT_ANNOUNCED
    done(council.chair.post(f"/polls/{first}/announce"))
    assert types_in(council, council.member) == types_in(council, council.chair)


def test_heads_and_proofs_stay(council: Room):
    held(council, "for", "against")
    log = f"/meetings/{council.id}/vote-log"
    heads = [done(one.get(f"{log}/checkpoint")) for one in (council.chair, council.guest)]
    assert heads[0] == heads[1]
    size = heads[0]["size"]
    assert size > len(types_in(council, council.member))
    assert done(council.guest.get(f"{log}/proof", params={"index": 0, "size": size}))["proof"]
    done(council.guest.get(f"{log}/consistency", params={"from": 1, "to": size}))


def test_the_archive_ends_with_the_opening_and_is_sound(council: Room, tmp_path: Path):
    poll = held(council, "for", "against")
    checked = verify(council, tmp_path, reader=council.member)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    with zipfile.ZipFile(io.BytesIO(archive_of(council.member, council.id))) as packed:
        text = "\n".join(
            packed.read(name).decode()
            for name in packed.namelist()
            if not name.startswith("verifier/")
        )
    assert poll in text
    assert not any(f'"type":"{kind}"' in text for kind in CLOSING)
    assert b"poll_closed" in archive_bytes(council.chair, council)


def archive_bytes(reader: Person, room: Room) -> bytes:
    """The entries in an archive."""
    with zipfile.ZipFile(io.BytesIO(archive_of(reader, room.id))) as packed:
        names = [name for name in packed.namelist() if not name.startswith("verifier/")]
        return b"\n".join(packed.read(name) for name in names)


def test_a_count_by_hand_is_withheld_too(council: Room):
    poll = opened(council, method="hands")
    done(council.secretary.post(f"/polls/{poll}/tally", counts={"for": 2}))
    closed(council, poll)
    shown = types_in(council, council.member)
    assert shown[-1] == ("poll_opened", poll)
    assert ("tally_recorded", poll) in types_in(council, council.secretary)


def test_a_vote_that_was_cancelled_after_its_end_is_told_whole(council: Room):
    poll = held(council, "for", "against")
    done(council.chair.post(f"/polls/{poll}/cancel", reason="Câu hỏi sai"))
    view = seen(council.member, council, poll)[0]
    assert (view["status"], view["ending"]["cancel_reason"]) == ("cancelled", "Câu hỏi sai")
    assert types_in(council, council.member) == types_in(council, council.chair)


def test_the_end_of_the_meeting_makes_it_known_until_it_is_taken_up_again(council: Room):
    listener = council.tablet(council.member)
    poll = held(council, "for", "against")
    assert listener.next("room.event", type="poll_closed")["data"]["poll"]["result"] is None
    done(council.secretary.post(f"/meetings/{council.id}/status", status="closed"))
    told = listener.next("room.event", type="poll_closed")
    assert told["data"]["poll"]["result"]["counts"]["for"] == 1
    done(council.member.get(f"/polls/{poll}/result"))
    assert types_in(council, council.member) == types_in(council, council.chair)
    done(council.secretary.post(f"/meetings/{council.id}/status", status="in_session"))
    assert listener.next("room.event", type="poll_closed")["data"]["poll"]["result"] is None
    assert code(council.member.get(f"/polls/{poll}/result")) == NOT_ANNOUNCED
