"""Requests that are refused while a vote is open, or after it: each case gives one back."""

from collections.abc import Callable
from typing import Any

from tests.server.conftest import Room
from tests.server.voting.refused_questions import Ask, Case
from tests.server.voting.vote_steps import closed, done, here, opened, question, record, send, vote


def _open(room: Room, **more: Any) -> str:
    here(room, room.member, room.other)
    return opened(room, **more)


def _closed(room: Room, **more: Any) -> str:
    poll = _open(room, **more)
    vote(poll, {"for": [room.member], "against": [room.other]})
    if more.get("method") == "hands":
        done(room.secretary.post(f"/polls/{poll}/tally", counts={}))
    closed(room, poll)
    return poll


def _tied(room: Room) -> str:
    return _closed(room, method="hands", rule_id="ubnd_decision")


def _of(make: Callable[[Room], str], path: str, **body: Any) -> Callable[[Room], Ask]:
    """A request of the chair about a poll."""

    def arrange(room: Room) -> Ask:
        poll = make(room)
        if path == "result":
            return lambda: room.chair.get(f"/polls/{poll}/result")
        return lambda: room.chair.post(f"/polls/{poll}/{path}", **body)

    return arrange


def _sent(make: Callable[[Room], str], who: str, choice: str = "for") -> Callable[[Room], Ask]:
    """A ballot of somebody."""

    def arrange(room: Room) -> Ask:
        poll = make(room)
        return lambda: send(getattr(room, who), poll, choice)

    return arrange


def _read(who: str, path: str) -> Callable[[Room], Ask]:
    """A request for what the closed poll has to tell, before its result was announced."""

    def arrange(room: Room) -> Ask:
        poll = _closed(room)
        return lambda: getattr(room, who).get(f"/polls/{poll}/{path}")

    return arrange


def _recorded(make: Callable[[Room], str], who: str, choice: str = "for") -> Callable[[Room], Ask]:
    def arrange(room: Room) -> Ask:
        poll, voter = make(room), getattr(room, who)
        body = {"user_id": voter.id, "choice": choice, "reason": "Máy hỏng"}
        return lambda: room.secretary.post(f"/polls/{poll}/ballots/for-member", **body)

    return arrange


def _one_absent(room: Room) -> str:
    """The other member is entitled, and comes when the vote is under way."""
    here(room, room.member)
    poll = question(room)
    done(room.chair.post(f"/polls/{poll}/open", override_reason="Việc gấp"))
    here(room, room.other)
    return poll


def _voted(room: Room) -> str:
    poll = _open(room)
    vote(poll, {"for": [room.member]})
    return poll


def _announced(room: Room) -> str:
    poll = _closed(room)
    done(room.chair.post(f"/polls/{poll}/announce"))
    return poll


def _cancelled(room: Room) -> str:
    poll = _open(room)
    done(room.chair.post(f"/polls/{poll}/cancel", reason="Câu hỏi có lỗi"))
    return poll


def _waiting(room: Room) -> tuple[str, str]:
    """A poll, and a ballot in it that the secretary recorded for the member."""
    poll = _open(room)
    return poll, record(room.secretary, poll, room.member, "against")


def _with_one_waiting(room: Room) -> str:
    return _waiting(room)[0]


def _confirm_own(room: Room) -> Ask:
    _, ballot = _waiting(room)
    return lambda: room.secretary.post(f"/ballots/{ballot}/confirm")


def _confirm_twice(room: Room) -> Ask:
    _, ballot = _waiting(room)
    done(room.chair.post(f"/ballots/{ballot}/confirm"))
    return lambda: room.chair.post(f"/ballots/{ballot}/confirm")


def _confirm_after_own(room: Room) -> Ask:
    """The member found another tablet meanwhile."""
    poll, ballot = _waiting(room)
    vote(poll, {"for": [room.member]})
    return lambda: room.chair.post(f"/ballots/{ballot}/confirm")


def _discard_confirmed(room: Room) -> Ask:
    _, ballot = _waiting(room)
    done(room.chair.post(f"/ballots/{ballot}/confirm"))
    return lambda: room.secretary.delete(f"/ballots/{ballot}")


def _confirm_after_cancelling(room: Room) -> Ask:
    poll, ballot = _waiting(room)
    done(room.chair.post(f"/polls/{poll}/cancel", reason="Câu hỏi có lỗi"))
    return lambda: room.chair.post(f"/ballots/{ballot}/confirm")


def _end_of_the_meeting(room: Room) -> Ask:
    _open(room)
    return lambda: room.secretary.post(f"/meetings/{room.id}/status", status="closed")


def _tally(**body: Any) -> Callable[[Room], Ask]:
    return _of(lambda room: _open(room, method="paper"), "tally", **body)


def _log(path: str, **query: int) -> Callable[[Room], Ask]:
    def arrange(room: Room) -> Ask:
        _open(room)
        return lambda: room.guest.get(f"/meetings/{room.id}/vote-log/{path}", params=query)

    return arrange


PAPERS = {"issued": 2, "returned": 2, "invalid": 0}


def _draft_changed(room: Room) -> Ask:
    poll = question(room)
    seen = done(room.chair.get(f"/polls/{poll}"))["revision"]
    done(room.secretary.patch(f"/polls/{poll}", question="Câu khác"))
    return lambda: room.chair.post(f"/polls/{poll}/open", revision=seen)


def _voter_removed(room: Room) -> Ask:
    _open(room)
    return lambda: room.secretary.delete(f"/meetings/{room.id}/participants/{room.member.id}")


CASES: dict[str, Case] = {
    "another draft than was seen": ("draft_changed", _draft_changed),
    "a voter removed": ("poll_open_for_person", _voter_removed),
    "ballot before": ("poll_not_open", _sent(question, "member")),
    "ballot after": ("poll_not_open", _sent(_closed, "member")),
    "ballot after cancelling": ("poll_not_open", _sent(_cancelled, "member")),
    "recorded after": ("poll_not_open", _recorded(_closed, "member")),
    "confirmed after cancelling": ("poll_not_open", _confirm_after_cancelling),
    "reminded after": ("poll_not_open", _of(_closed, "remind")),
    "counted after": ("poll_not_open", _of(_closed, "tally", counts={})),
    "ended twice": ("poll_not_open", _of(_closed, "close")),
    "ended before": ("poll_not_open", _of(question, "close")),
    "cancelled before": ("poll_not_open", _of(question, "cancel", reason="Thôi")),
    "cancelled twice": ("poll_not_open", _of(_cancelled, "cancel", reason="Thôi")),
    "result before": ("poll_not_open", _of(question, "result")),
    "result of a cancelled one": ("poll_not_open", _of(_cancelled, "result")),
    "result meanwhile": ("poll_open", _of(_open, "result")),
    "result not announced": ("not_announced", _read("member", "result")),
    "paper of a result not announced": ("not_announced", _read("guest", "result.pdf")),
    "announced meanwhile": ("poll_not_closed", _of(_open, "announce")),
    "announced twice": ("poll_not_closed", _of(_announced, "announce")),
    "announced when cancelled": ("poll_not_closed", _of(_cancelled, "announce")),
    "ruled meanwhile": ("poll_not_closed", _of(_open, "ruling", side="for", reason="Quy chế")),
    "ruled without a tie": (
        "ruling_not_needed",
        _of(_closed, "ruling", side="for", reason="Quy chế"),
    ),
    "ruled for no side": ("invalid_input", _of(_tied, "ruling", side="abstain", reason="Quy chế")),
    "announced before the ruling": ("ruling_awaited", _of(_tied, "announce")),
    "the meeting ended meanwhile": ("poll_still_open", _end_of_the_meeting),
    "a guest's ballot": ("not_a_voter", _sent(_open, "guest")),
    "the chair's ballot": ("not_a_voter", _sent(_open, "chair")),
    "a late ballot": ("not_a_voter", _sent(_one_absent, "other")),
    "recorded for a guest": ("not_a_voter", _recorded(_open, "guest")),
    "recorded for one who is late": ("not_a_voter", _recorded(_one_absent, "other")),
    "recorded for nobody": ("not_a_voter", _recorded(_open, "stranger")),
    "another choice": ("already_voted", _sent(_voted, "member", "against")),
    "recorded after the own": ("already_voted", _recorded(_voted, "member")),
    "no such choice": ("unknown_choice", _sent(_open, "member", "maybe")),
    "no such choice recorded": ("unknown_choice", _recorded(_open, "member", "maybe")),
    "no such choice counted": ("unknown_choice", _tally(counts={"maybe": 1}, **PAPERS)),
    "confirmed by the same": ("second_person_needed", _confirm_own),
    "confirmed twice": ("already_confirmed", _confirm_twice),
    "confirmed after the own": ("already_confirmed", _confirm_after_own),
    "discarded after confirming": ("already_confirmed", _discard_confirmed),
    "ended with one to confirm": ("ballots_unconfirmed", _of(_with_one_waiting, "close")),
    "hands not counted": ("tally_missing", _of(lambda room: _open(room, method="hands"), "close")),
    "returned but not issued": (
        "tally_does_not_add_up",
        _tally(counts={"for": 3}, issued=2, returned=3, invalid=0),
    ),
    "counted but not returned": ("tally_does_not_add_up", _tally(counts={"for": 3}, **PAPERS)),
    "invalid and counted": (
        "tally_does_not_add_up",
        _tally(counts={"for": 2}, issued=2, returned=2, invalid=1),
    ),
    "not returned, said otherwise": (
        "tally_does_not_add_up",
        _tally(counts={"for": 2}, not_returned=1, **PAPERS),
    ),
    "more papers than people": (
        "tally_does_not_add_up",
        _tally(counts={"for": 3}, issued=3, returned=3, invalid=0),
    ),
    "papers without their numbers": ("invalid_input", _tally(counts={"for": 2})),
    "less than nobody": ("invalid_input", _tally(counts={"for": -1}, **PAPERS)),
    "half a person": ("invalid_input", _tally(counts={"for": 1.5}, **PAPERS)),
    "true for one": ("invalid_input", _tally(counts={"for": True}, **PAPERS)),
    "more than there are people": ("invalid_input", _tally(counts={"for": 10**9}, **PAPERS)),
    "papers among hands": (
        "invalid_input",
        _of(lambda room: _open(room, method="hands"), "tally", counts={"for": 1}, issued=1),
    ),
    "counted on tablets": ("invalid_input", _tally(counts={"for": 1}, channel="tablet")),
    "nothing chosen": ("invalid_input", _of(_open, "ballots")),
    "nobody chosen": ("invalid_input", _of(_open, "ballots", choice=None)),
    "cancelled for no reason": ("invalid_input", _of(_open, "cancel", reason="\u200f ")),
    "ruled for no reason": ("invalid_input", _of(_tied, "ruling", side="for", reason="")),
    "an entry before the first": ("invalid_input", _log("proof", index=-1)),
    "a size that never was": ("no_such_size", _log("consistency", **{"from": 1, "to": 99})),
    "the beginning of nothing": ("no_such_size", _log("consistency", **{"from": 0})),
    "an entry that is not there": ("no_such_size", _log("proof", index=99)),
    "an entry after the size": ("no_such_size", _log("proof", index=1, size=1)),
}
