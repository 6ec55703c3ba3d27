"""python -m tests.contract.statement_counts FILE: the SQL statements of each GET route, as JSON.

A process of its own, so that the test run stays unassembled. The same person requests every route
with few rows of each kind and with many, while no view is cached.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import msgspec
from flask import Flask
from flask.testing import FlaskClient

from accounts.people.service import NewUser, new_account
from accounts.shared.models import Unit, User
from accounts.sign_in.service import add_sign_in
from accounts.sign_in.sessions import cookie_value
from core import clock
from core.app_context import current_context
from core.db.view_cache import ViewCache
from core.http.openapi import description_of
from core.http.openapi_document import PREFIX
from core.ids import new_id
from core.permissions import Role
from core.transactions.transaction import Tx, transaction
from documents.annotations.rules import Audience
from meetings.agenda.models import AgendaItem
from meetings.meeting.service import NewMeeting, change_status, create_meeting
from meetings.shared.attendance_status import AttendanceStatus
from meetings.shared.models import MeetingStatus, Participant
from meetings.voting.polls.ballots import cast_ballot
from meetings.voting.polls.closing import close_poll
from meetings.voting.polls.drafts import NewPoll, create_poll
from meetings.voting.polls.opening import open_poll
from meetings.voting.polls.service import announce
from tests.contract.app_facts import assembled
from tests.contract.own_context import document_on, ink_on, statements_of, version_of

FEW, MANY = 3, 300
RENDERED = ("/text", "<int:page>/notes", "/tellers-record")
"""Routes whose answer the worker computes, or which a finished vote on paper has."""


QUERY_STRINGS = {
    "meetings/<meeting_id>/events": "?epoch=earlier&after=0",
    "meetings/<meeting_id>/search": "?q=trang",
    "search": "?q=trang",
    "meetings/<meeting_id>/vote-log/proof": "?index=0&size=2",
    "meetings/<meeting_id>/vote-log/consistency": "?from=1&to=2",
}


class Counted(msgspec.Struct, frozen=True):
    """The queries of one route with few rows and with many, and once more at once after the latter.

    status: of the answers.
    """

    status: int
    few: list[str]
    many: list[str]
    again: list[str]


class World:
    """One person with everything that the routes read: an administrator and secretary."""

    def __init__(self) -> None:
        with transaction() as tx:
            own = NewUser("thuky", "Thư ký", is_admin=True, may_create_meetings=True)
            user = new_account(tx, own, None, "none")
            opened = add_sign_in(tx, user, "test")
        self.token, self.me = opened.token, opened.actor
        new = NewMeeting(title="Họp", starts_at=clock.now(), ends_at=clock.now())
        self.meeting_id = create_meeting(self.me, new).id
        self.things: dict[str, str] = {}
        self._made = 0

    def grow(self, count: int) -> None:
        """Add rows of each kind until there are `count`."""
        numbers = range(self._made, count)
        with transaction() as tx:
            for number in numbers:
                self._add_rows(tx, number)
            own = tx.session.get_one(Participant, (self.meeting_id, self.me.user_id))
            own.entitled_to_vote, own.attendance = True, AttendanceStatus.PRESENT
            own.role = Role.CHAIR
        if not self._made:
            change_status(self.me, self.meeting_id, MeetingStatus.IN_SESSION)
            self._hold_a_vote()
        for number in numbers:
            create_poll(self.me, self.meeting_id, NewPoll(question=f"Việc {number}?"))
        self._made = count

    def user(self, tx: Tx) -> User:
        """The person's own account."""
        return tx.session.get_one(User, self.me.user_id)

    def _add_rows(self, tx: Tx, number: int) -> None:
        tx.session.add(Unit(id=new_id(), name=f"Tổ {number}", created_at=tx.at))
        user = new_account(tx, NewUser(f"daibieu{number}", f"Đại biểu {number}"), None, "none")
        add_sign_in(tx, self.user(tx), "test")
        tx.session.add(
            Participant(
                meeting_id=self.meeting_id,
                user_id=user.id,
                role=Role.MEMBER,
                entitled_to_vote=True,
                attendance=AttendanceStatus.PRESENT,
                position=number + 2,
            )
        )
        item_id = new_id()
        tx.session.add(
            AgendaItem(id=item_id, meeting_id=self.meeting_id, title="Việc", position=number)
        )
        document = document_on(item_id, self.me)
        tx.session.add(document)
        tx.session.flush()
        version = version_of(document, 1, 2)
        version.page_sizes = msgspec.json.encode([[2, 595.0, 842.0]]).decode()
        tx.session.add_all([version, ink_on(document.id, self.me, Audience.PRIVATE, number)])
        self.things.setdefault("document_id", document.id)
        self.things.setdefault("item_id", item_id)
        self.things.setdefault("user_id", user.id)

    def _hold_a_vote(self) -> None:
        poll = create_poll(self.me, self.meeting_id, NewPoll(question="Thông qua?"))
        open_poll(self.me, poll.id)
        cast_ballot(self.me, poll.id, "for")
        close_poll(self.me, poll.id, "vi")
        announce(self.me, poll.id)
        self.things |= {"poll_id": poll.id, "meeting_id": self.meeting_id}


@contextmanager
def _no_view_cached() -> Iterator[None]:
    """Each view is read anew; what is read is cached for later."""
    with patch.object(ViewCache, "find", return_value=None):
        yield


def _requested(client: FlaskClient, rule: str, things: dict[str, str]) -> tuple[int, list[str]]:
    path = rule
    for name, value in things.items():
        path = path.replace(f"<{name}>", value)
    path = path.replace("<int:number>", "1").replace("<int:page>", "1")
    path += QUERY_STRINGS.get(rule.removeprefix(PREFIX), "")
    with statements_of(current_context()) as statements:
        answer = client.get(path)
    return answer.status_code, [" ".join(one.split()) for one in statements]


def _write_notes(client: FlaskClient, rules: list[str], meeting_id: str, count: int) -> None:
    """Notes over HTTP: nothing else here depends on their feature."""
    path = f"{PREFIX}notes"
    token = client.get(f"{PREFIX}session").json["csrf_token"]  # type: ignore[index]
    for number in range(count if path in rules else 0):
        body = {"text": f"Ghi chú {number}", "meeting_id": meeting_id}
        client.post(path, json=body, headers={"X-CSRF-Token": token})


def counted(web: Flask, rules: list[str]) -> dict[str, Counted]:
    """The statements of these routes."""
    world = World()
    client = web.test_client()
    client.set_cookie(web.config["SESSION_COOKIE_NAME"], cookie_value(web, world.token))
    world.grow(FEW)
    _write_notes(client, rules, world.meeting_id, FEW)
    # The first snapshot of a process loads what is presented.
    client.get(f"/api/v1/meetings/{world.meeting_id}/snapshot")
    few = {}
    for rule in rules:
        with _no_view_cached():
            few[rule] = _requested(client, rule, world.things)
    world.grow(MANY)
    _write_notes(client, rules, world.meeting_id, MANY - FEW)
    found = {}
    for rule in rules:
        with _no_view_cached():
            status, many = _requested(client, rule, world.things)
        _, again = _requested(client, rule, world.things)
        found[rule] = Counted(status, few[rule][1], many, again)
    return found


def main(target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        web, _ = assembled(Path(folder))
        rules = sorted(
            rule.rule
            for rule in web.url_map.iter_rules()
            if rule.rule.startswith(PREFIX)
            and "GET" in (rule.methods or ())
            and description_of(web, rule.endpoint).media == "application/json"
            and not rule.rule.endswith(RENDERED)
        )
        target.write_bytes(msgspec.json.encode(counted(web, rules)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
