"""Requests that are refused before a vote is open: each case prepares one and gives it back."""

from collections.abc import Callable
from typing import Any

import requests

from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper, wait_ready
from tests.server.voting.vote_steps import QUESTION, done, here, opened, question

Ask = Callable[[], requests.Response]
Case = tuple[str, Callable[[Room], Ask]]
"""The code that is expected, and what arranges the request."""


def _new(**body: Any) -> Callable[[Room], Ask]:
    whole = {"question": QUESTION, **body}
    return lambda room: lambda: room.secretary.post(f"/meetings/{room.id}/polls", **whole)


def _changed(**body: Any) -> Callable[[Room], Ask]:
    def arrange(room: Room) -> Ask:
        poll = question(room)
        return lambda: room.secretary.patch(f"/polls/{poll}", **body)

    return arrange


def _options(number: int) -> list[dict[str, str]]:
    return [{"key": f"o{n}", "label": f"Phương án {n}"} for n in range(number)]


def _labels(*labels: str) -> list[dict[str, str]]:
    return [{"key": f"o{n}", "label": label} for n, label in enumerate(labels)]


def _open(room: Room, poll: str, **body: Any) -> Ask:
    return lambda: room.chair.post(f"/polls/{poll}/open", **body)


def _to_be_opened(**more: Any) -> Callable[[Room], Ask]:
    def arrange(room: Room) -> Ask:
        here(room, room.member, room.other)
        return _open(room, question(room, **more))

    return arrange


def _paper(room: Room) -> str:
    return add_paper(room.secretary, room.items[0], small_pdf(1))


def _paper_not_shown(room: Room) -> Ask:
    return _to_be_opened(document_id=_paper(room))(room)


def _paper_replaced(room: Room) -> Ask:
    document_id = _paper(room)
    done(room.secretary.post(f"/documents/{document_id}/publish"))
    asked = _to_be_opened(document_id=document_id)(room)
    newer = room.secretary.upload(
        f"/documents/{document_id}/versions", "moi.pdf", small_pdf(2, "moi")
    )
    assert newer.status_code == 202, newer.text
    wait_ready(room.secretary, document_id, version=2)
    done(room.secretary.post(f"/documents/{document_id}/publish"))
    return asked


def _paper_gone(room: Room) -> Ask:
    document_id = _paper(room)
    asked = _to_be_opened(document_id=document_id)(room)
    done(room.secretary.delete(f"/documents/{document_id}"), 204)
    return asked


def _paper_of_no_such_version(room: Room) -> Ask:
    return _new(document_id=_paper(room), version=9)(room)


def _no_quorum(room: Room) -> Ask:
    here(room, room.member)
    return _open(room, question(room))


def _overridden_by_the_secretary(room: Room) -> Ask:
    poll = question(room)
    return lambda: room.secretary.post(f"/polls/{poll}/open", override_reason="Việc gấp")


def _nobody_entitled(room: Room) -> Ask:
    here(room, room.member, room.other)
    for person in (room.member, room.other):
        path = f"/meetings/{room.id}/participants/{person.id}"
        done(room.secretary.put(path, role="member", entitled_to_vote=False))
    return _open(room, question(room), override_reason="Việc gấp")


def _another_open(room: Room) -> Ask:
    here(room, room.member, room.other)
    opened(room)
    return _open(room, question(room))


def _while_paused(room: Room) -> Ask:
    asked = _to_be_opened()(room)
    done(room.secretary.post(f"/meetings/{room.id}/status", status="paused"))
    return asked


def _after_the_meeting(room: Room) -> Ask:
    done(room.secretary.post(f"/meetings/{room.id}/status", status="closed"))
    return _new()(room)


def _begun(method: str, path: str = "", **body: Any) -> Callable[[Room], Ask]:
    """A request about a vote that is open already."""

    def arrange(room: Room) -> Ask:
        here(room, room.member, room.other)
        poll = opened(room)
        return lambda: room.chair.call(method, f"/polls/{poll}{path}", json=body)

    return arrange


def _order(room: Room) -> Ask:
    first = question(room)
    question(room)
    path = f"/meetings/{room.id}/poll-order"
    return lambda: room.secretary.put(path, ids=[first, first])


def _item_with_polls(room: Room) -> Ask:
    question(room, agenda_item_id=room.items[2])
    return lambda: room.secretary.delete(f"/agenda-items/{room.items[2]}")


def _repeat_of_an_open_one(room: Room) -> Ask:
    here(room, room.member, room.other)
    return _new(repeats=opened(room))(room)


def _half_a_letter(room: Room) -> Ask:
    """A surrogate without its other half is no text."""
    body = b'{"question": "Th\\ud83d?"}'
    headers = {"Content-Type": "application/json"}
    path = f"/meetings/{room.id}/polls"
    return lambda: room.secretary.call("POST", path, data=body, headers=headers)


CASES: dict[str, Case] = {
    "no question": ("question_missing", _new(question="")),
    "only spaces": ("question_missing", _new(question=" \t\n ")),
    "only marks of direction": ("question_missing", _new(question="\u202e\u200f\u2066")),
    "question taken away": ("question_missing", _changed(question=" ")),
    "a very long question": ("invalid_input", _new(question="Á" * 1001)),
    "no options": ("wrong_number_of_options", _new(options=[])),
    "one option": ("wrong_number_of_options", _new(options=_options(1))),
    "60 options": ("wrong_number_of_options", _new(options=_options(60))),
    "60 options later": ("wrong_number_of_options", _changed(options=_options(60))),
    "the same words twice": ("duplicate_option", _new(options=_labels("Đồng ý", "đồng  ý"))),
    "the same but for a mark of direction": (
        "duplicate_option",
        _new(options=_labels("Đồng ý", "Đồng\u202e ý")),
    ),
    "the same, composed otherwise": (
        "duplicate_option",
        _new(options=_labels("Ý kiến", "Y\u0301 kiê\u0301n")),
    ),
    "the same key": (
        "duplicate_option",
        _new(options=[{"key": "a", "label": "Một"}, {"key": "A", "label": "Hai"}]),
    ),
    "another choice's words": (
        "misleading_option",
        _new(options=[{"key": "for", "label": "Không tán thành"}, {"key": "b", "label": "Khác"}]),
    ),
    "a reserved key": (
        "invalid_input",
        _new(options=[{"key": "absent", "label": "Một"}, {"key": "b", "label": "Hai"}]),
    ),
    "no words in an option": ("invalid_input", _new(options=_labels("Một", "\u200f"))),
    "no such rule": ("unknown_rule", _new(rule_id="no_such_rule")),
    "no such rule later": ("unknown_rule", _changed(rule_id="no_such_rule")),
    "no such method": ("invalid_input", _new(method="secret")),
    "no such paper": ("unknown_paper", _new(document_id="no-such-paper")),
    "no such version": ("unknown_paper", _paper_of_no_such_version),
    "no such item": ("not_found", _new(agenda_item_id="no-such-item")),
    "a repeat of an open one": ("not_found", _repeat_of_an_open_one),
    "a timer of no time": ("invalid_input", _new(timer_seconds=0)),
    "half a letter": ("malformed_request", _half_a_letter),
    "after the meeting": ("wrong_status", _after_the_meeting),
    "an order that names one twice": ("poll_order_incomplete", _order),
    "an item of a question": ("item_has_polls", _item_with_polls),
    "paper replaced": ("paper_replaced", _paper_replaced),
    "paper not published": ("paper_not_shown", _paper_not_shown),
    "paper removed": ("unknown_paper", _paper_gone),
    "too few": ("no_quorum", _no_quorum),
    "too few, and the secretary's reason": ("not_allowed", _overridden_by_the_secretary),
    "too few, and a reason of spaces": (
        "invalid_input",
        lambda room: _open(room, question(room), override_reason="  "),
    ),
    "nobody entitled": ("nobody_entitled", _nobody_entitled),
    "another one open": ("another_poll_open", _another_open),
    "while paused": ("wrong_status", _while_paused),
    "changed when open": ("poll_not_draft", _begun("PATCH", question="Khác?")),
    "removed when open": ("poll_not_draft", _begun("DELETE")),
    "begun twice": ("poll_not_draft", _begun("POST", "/open")),
}
