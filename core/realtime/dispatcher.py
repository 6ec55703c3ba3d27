"""The dispatcher reads committed event rows and broadcasts them, in order and without gaps.

Committers only notify it of a room or a person. A query of all streams once a second covers a lost
notification. It watches the rooms and users that have a client in this process, from the sequence
number at which watching began. Subscribers in `before` and `after` receive a room's event before
and after it is sent.
"""

import threading
import time
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

import structlog
from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from core.db.database import Database, table_of
from core.db.models import PersonEvent, PersonStream, Room, RoomEvent
from core.db.room_events import OwnEvent, audience_of, hidden_packet, person_packet, room_packet
from core.offload import yield_control
from core.permissions import IN_THE_ROOM
from core.realtime.broadcast import broadcast, to_person

LOOK_EVERY = 1.0
BATCH = 200
YIELD_AFTER = 8
"""Number of user events sent before the dispatcher yields to other green threads."""
log = structlog.get_logger()


class Dispatcher:
    """One for each web process; also the notifier of committers in this process."""

    def __init__(self, database: Database, epoch: str, notify_worker: Callable[[], None]) -> None:
        self._database = database
        self._epoch = epoch
        self._notify_worker = notify_worker
        self._rooms: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._pending_rooms: set[str] = set()
        self._pending_people: set[str] = set()
        self._last_full_query = 0.0
        self._wake = threading.Event()
        self.before: list[Callable[[RoomEvent], None]] = []
        self.after: list[Callable[[RoomEvent], None]] = []

    def room(self, room_id: str) -> None:
        """Mark a room as having new events."""
        self._pending_rooms.add(room_id)
        self._wake.set()

    def person(self, user_id: str) -> None:
        """Mark a user stream as having new events."""
        self._pending_people.add(user_id)
        self._wake.set()

    def jobs(self) -> None:
        """Notify the worker of new jobs."""
        self._notify_worker()

    def watch_room(self, room_id: str, seq: int) -> None:
        """Watch a room from `seq`, its current value; no effect when it is already watched."""
        self._rooms.setdefault(room_id, seq)

    def watch_person(self, user_id: str) -> None:
        """Watch a user stream from its current seq."""
        if user_id not in self._people:
            with self._database.read() as session:
                seq = session.scalar(_OWN_SEQ, {"of": user_id}) or 0
            self._people.setdefault(user_id, seq)

    def forget_room(self, room_id: str) -> None:
        """Stop watching a room that has no client in this process."""
        self._rooms.pop(room_id, None)

    def forget_person(self, user_id: str) -> None:
        """Stop watching a user who has no client in this process."""
        self._people.pop(user_id, None)

    def seq(self, room_id: str) -> int:
        """Return the last seq sent to a watched room; 0 when it is not watched."""
        return self._rooms.get(room_id, 0)

    def run(self) -> None:
        """Send new events for ever: on a notification, and at least once a second."""
        while True:
            self._wake.wait(LOOK_EVERY)
            self._wake.clear()
            try:
                while self.send_new():
                    pass
            except Exception:
                # The rows are committed: the next run sends them.
                log.exception("dispatcher_failed")

    def send_new(self) -> bool:
        """Send one batch of new events to each room and user; return whether there was any.

        Queries only the notified streams, and all watched streams once a second.
        """
        query_all = time.monotonic() - self._last_full_query >= LOOK_EVERY
        if query_all:
            self._last_full_query = time.monotonic()
        rooms, self._pending_rooms = self._pending_rooms, set()
        people, self._pending_people = self._pending_people, set()
        with self._database.read() as session:
            if query_all:
                rooms = _behind(session, _ROOM_HEADS, self._rooms)
                people = _behind(session, _PERSON_HEADS, self._people)
            room_rows = self._new_room_rows(session, rooms)
            own_rows = self._new_person_rows(session, people)
        for row in room_rows:
            yield_control()
            if self._rooms.get(row.room_id, row.seq) < row.seq:
                self._rooms[row.room_id] = row.seq
                self._send(row)
        for row in room_rows:
            _notify_subscribers(self.after, row)
        for number, own in enumerate(own_rows, start=1):
            if self._people.get(own.user_id, own.seq) < own.seq:
                self._people[own.user_id] = own.seq
                to_person(own.user_id, "mine.event", person_packet(own, self._epoch))
            if number % YIELD_AFTER == 0:
                yield_control()
        return bool(room_rows or own_rows)

    def _send(self, row: RoomEvent) -> None:
        _notify_subscribers(self.before, row)
        may_see = audience_of(row)
        broadcast(row.room_id, may_see, "room.event", room_packet(row, self._epoch))
        others = IN_THE_ROOM - may_see
        if others:
            broadcast(row.room_id, others, "room.event", hidden_packet(row, self._epoch))

    def _new_room_rows(self, session: Session, rooms: AbstractSet[str]) -> list[RoomEvent]:
        rows: list[RoomEvent] = []
        for room_id in rooms:
            if (sent := self._rooms.get(room_id)) is not None:
                rows += session.scalars(_ROOM_NEWER, {"of": room_id, "after": sent})
        session.expunge_all()
        return rows

    def _new_person_rows(self, session: Session, people: AbstractSet[str]) -> list[OwnEvent]:
        rows: list[OwnEvent] = []
        for user_id in people:
            if (sent := self._people.get(user_id)) is not None:
                found = session.execute(_PERSON_NEWER, {"of": user_id, "after": sent})
                rows += map(OwnEvent._make, found)
        return rows


def _behind(session: Session, heads: Select[str, int], sent: Mapping[str, int]) -> set[str]:
    """Return the watched streams whose last event has not been sent."""
    if not sent:
        return set()
    rows = session.execute(heads, {"ids": list(sent)})
    return {of for of, seq in rows if seq > sent.get(of, seq)}


def _notify_subscribers(subscribers: list[Callable[[RoomEvent], None]], row: RoomEvent) -> None:
    """Call the subscribers. Their errors are logged and never block delivery."""
    for subscriber in subscribers:
        try:
            subscriber(row)
        except Exception:
            log.exception("event_not_heard", event_type=row.type, room_id=row.room_id, seq=row.seq)


_streams, _events = table_of(PersonStream), table_of(PersonEvent)
_OWN_SEQ = select(_streams.c.seq).where(_streams.c.user_id == bindparam("of"))
_ROOM_HEADS = select(Room.id, Room.seq).where(Room.id.in_(bindparam("ids", expanding=True)))
_PERSON_HEADS = select(_streams.c.user_id, _streams.c.seq).where(
    _streams.c.user_id.in_(bindparam("ids", expanding=True))
)
_ROOM_NEWER = (
    select(RoomEvent)
    .where(RoomEvent.room_id == bindparam("of"), RoomEvent.seq > bindparam("after"))
    .order_by(RoomEvent.seq)
    .limit(BATCH)
)
_PERSON_NEWER = (
    select(*(_events.c[name] for name in OwnEvent._fields))
    .where(_events.c.user_id == bindparam("of"), _events.c.seq > bindparam("after"))
    .order_by(_events.c.seq)
    .limit(BATCH)
)
