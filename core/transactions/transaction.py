"""The only commit point of the program.

`transaction()` takes the write lock, opens BEGIN IMMEDIATE and ends with a fixed sequence: the
idempotency row, the next `seq` of each room, the event rows, COMMIT, notification. A refusal raised
inside the block rolls everything back. No other code commits or publishes events.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

import msgspec
import structlog
from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from core import clock
from core.actor import Actor
from core.app_context import AppContext, current_context
from core.append_only_files import Record
from core.db.database import table_of
from core.db.models import AuditEntry, PersonEvent, PersonStream, Room, RoomEvent
from core.db.prepared_statements import PreparedChange
from core.db.room_events import Event
from core.errors import NotFound, WitnessUnusable
from core.permissions import Role
from core.transactions import idempotency, jobs

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""Id of the current request, written to the log and the audit."""
client_address: ContextVar[str | None] = ContextVar("client_address", default=None)
"""Network address of the client of the current request, written to the audit."""

log = structlog.get_logger()
T = TypeVar("T")
A = TypeVar("A")
Row = dict[str, Any]


class Tx:
    """An open transaction: the operations that a service may perform before it commits."""

    def __init__(
        self, session: Session, context: AppContext, key: idempotency.RequestKey | None
    ) -> None:
        self.session = session
        self.at: datetime = clock.now()
        self._context = context
        self._key = key
        self._remember: idempotency.GivenAnswer | None = None
        self._room: dict[str, list[Row]] = defaultdict(list)
        self._own: dict[str, list[Row]] = defaultdict(list)
        self._jobs = False
        self.witnessed: list[Record] = []

    def lock(self, kind: type[T], thing_id: str) -> T:
        """Return the row, locked until the end of the transaction. Raises: NotFound."""
        thing = self.session.get(kind, thing_id, with_for_update=True)
        if thing is None:
            raise NotFound(kind=kind.__name__)
        return thing

    def allow(self, actor: Actor, action: StrEnum, thing: object | None) -> frozenset[Role]:
        """Return the actor's roles for the resource. Raises: NotAllowed when none permits it."""
        return self._context.permissions.allow(self.session, actor, action, thing)

    def audit(self, actor: Actor | None, action: StrEnum, thing: Any, /, **facts: object) -> None:
        """Write an audit entry. `thing`: a row with an `id`. No secrets and no private text."""
        self.session.add(
            AuditEntry(
                at=self.at,
                actor_id=actor.user_id if actor else None,
                action=action.value,
                thing_kind=type(thing).__tablename__,
                thing_id=str(thing.id),
                facts=msgspec.json.encode(facts),
                request_id=request_id.get(),
                address=client_address.get(),
            )
        )

    def publish(
        self,
        room_id: str,
        event: Event,
        *,
        actor: Actor | None = None,
        audience: frozenset[Role] | None = None,
    ) -> None:
        """Publish an event to a room after COMMIT. `audience` overrides the event's audience."""
        roles = event.audience if audience is None else audience
        self._room[room_id].append(
            {
                "room_id": room_id,
                "type": event.type,
                "at": self.at,
                "actor": actor.user_id if actor else None,
                "audience": ",".join(sorted(roles)),
                "data": msgspec.json.encode(event),
            }
        )

    def publish_to_user(self, user_id: str, event: Event) -> None:
        """Publish an event to a user stream after COMMIT."""
        self._own[user_id].append(
            {
                "user_id": user_id,
                "type": event.type,
                "at": self.at,
                "data": msgspec.json.encode(event),
            }
        )

    def enqueue(self, kind: StrEnum, *, after: timedelta = timedelta(0), **payload: object) -> str:
        """Queue a job for the worker; return its id."""
        self._jobs = True
        return jobs.add_job(self.session, kind, payload, self.at, after)

    def restrict_past_events(self, room_id: str, audience: frozenset[Role]) -> None:
        """Let only these roles read what has happened in a room so far; others see its `seq`."""
        self.session.execute(
            update(RoomEvent)
            .where(RoomEvent.room_id == room_id)
            .values(audience=",".join(sorted(audience)))
            .execution_options(synchronize_session=False)
        )

    def witness(self, name: str, text: str) -> None:
        """Append a text to a witness file after COMMIT, durable before the answer."""
        self.witnessed.append(Record(name, text))

    def answers(self, view: A, *, once: tuple[str, ...] = (), thing_id: str | None = None) -> A:
        """Record and return the answer. `once`: fields that are null when a request is replayed.

        thing_id: of the annotation or note whose content it has (`idempotency.forget_answers`).
        """
        self._remember = idempotency.GivenAnswer(view, once, thing_id)
        return view

    def close(self) -> None:
        """Write the idempotency row and the event rows; runs before COMMIT."""
        if self._key is not None and self._remember is not None:
            idempotency.remember(self.session, self._key, self._remember, self.at)
        self.session.flush()
        for room_id, events in self._room.items():
            _number(events, _advance_room(self.session, room_id, len(events)))
            _ADD_TO_ROOM.run(self.session, *events)
        for user_id, own in self._own.items():
            _number(own, _advance_person(self.session, user_id, len(own)))
            _ADD_TO_PERSON.run(self.session, *own)

    def notify(self) -> None:
        """Notify the consumers of the new rows; runs after COMMIT."""
        for room_id in self._room:
            self._context.notifier.room(room_id)
        for user_id in self._own:
            self._context.notifier.person(user_id)
        if self._jobs:
            self._context.notifier.jobs()


@contextmanager
def transaction() -> Iterator[Tx]:
    """Open a transaction, commit it, notify. Raises: Replayed for a request answered before."""
    context = current_context()
    with context.database.write() as session:
        tx = transaction_on(session, context)
        yield tx
        tx.close()
        commit(context, session, [tx])
    tx.notify()


def commit(context: AppContext, session: Session, transactions: Sequence[Tx]) -> None:
    """COMMIT the transactions of a session, and append what they witness.

    Raises: WitnessUnusable; the transactions are committed then, and their consumers notified.
    """
    records = [record for tx in transactions for record in tx.witnessed]
    append = partial(context.witness_files.append, records) if records else None
    try:
        context.database.commit(session, then=append)
    except OSError as fault:
        log.exception("witness_unusable", folder=str(context.witness_files.folder))
        for tx in transactions:
            tx.notify()
        raise WitnessUnusable() from fault


def transaction_on(session: Session, context: AppContext) -> Tx:
    """Return a transaction on a session that already holds the write lock (see `group_commit`).

    Raises: Replayed for a request answered before.
    """
    key = idempotency.current.get()
    if key is not None:
        idempotency.raise_if_answered(session, key)
    return Tx(session, context, key)


def _number(events: list[Row], last: int) -> None:
    for seq, event in enumerate(events, start=last - len(events) + 1):
        event["seq"] = seq


def _advance_room(session: Session, room_id: str, by: int) -> int:
    seq: int | None = _ADVANCE_ROOM.returned(session, of=room_id, by=by)
    if seq is None:
        raise NotFound(kind=Room.__name__)
    return seq


def _advance_person(session: Session, user_id: str, by: int) -> int:
    seq: int | None = _ADVANCE_PERSON.returned(session, of=user_id, by=by)
    if seq is None:
        _BEGIN_PERSON.run(session, {"user_id": user_id, "seq": by})
        return by
    return seq


# Prepared once: every change runs these statements, up to 500 times a second during a vote.
_rooms, _people = table_of(Room), table_of(PersonStream)
_ADVANCE_ROOM = PreparedChange(
    update(_rooms)
    .where(_rooms.c.id == bindparam("of"))
    .values(seq=_rooms.c.seq + bindparam("by"))
    .returning(_rooms.c.seq)
)
_ADVANCE_PERSON = PreparedChange(
    update(_people)
    .where(_people.c.user_id == bindparam("of"))
    .values(seq=_people.c.seq + bindparam("by"))
    .returning(_people.c.seq)
)
_BEGIN_PERSON = PreparedChange(insert(_people), "user_id", "seq")
_ADD_TO_ROOM = PreparedChange(
    insert(table_of(RoomEvent)), "room_id", "seq", "type", "at", "actor", "audience", "data"
)
_ADD_TO_PERSON = PreparedChange(
    insert(table_of(PersonEvent)), "user_id", "seq", "type", "at", "data"
)
