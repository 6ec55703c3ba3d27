"""The dispatcher: reads committed event rows and broadcasts them, in order, without gaps.

Committers only ring, for a room or for a person. A look at all once a second covers a lost ring.
It watches the rooms and people that have a tablet here, from the sequence number at which the
watching began. `before` and `after`: who in this process hears of a room's event before and after
it is sent.
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
"""So many people are told their own before others of this process go on."""
log = structlog.get_logger()


class Dispatcher:
    """One for each web process; also the bell that committers in this process ring."""

    def __init__(self, database: Database, epoch: str, notify_worker: Callable[[], None]) -> None:
        self._database = database
        self._epoch = epoch
        self._notify_worker = notify_worker
        self._rooms: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._pending_rooms: set[str] = set()
        self._pending_people: set[str] = set()
        self._looked = 0.0
        self._wake = threading.Event()
        self.before: list[Callable[[RoomEvent], None]] = []
        self.after: list[Callable[[RoomEvent], None]] = []

    def room(self, room_id: str) -> None:
        """A committer rings for a room."""
        self._pending_rooms.add(room_id)
        self._wake.set()

    def person(self, user_id: str) -> None:
        """A committer rings for a person's stream."""
        self._pending_people.add(user_id)
        self._wake.set()

    def jobs(self) -> None:
        """A committer left work for the worker."""
        self._notify_worker()

    def watch_room(self, room_id: str, seq: int) -> None:
        """Begin to serve a room. seq: as just read; a room that is served goes on as it was."""
        self._rooms.setdefault(room_id, seq)

    def watch_person(self, user_id: str) -> None:
        """Begin to serve a person's own stream, from its present seq on."""
        if user_id not in self._people:
            with self._database.read() as session:
                seq = session.scalar(_OWN_SEQ, {"of": user_id}) or 0
            self._people.setdefault(user_id, seq)

    def forget_room(self, room_id: str) -> None:
        """Nobody here is in this room any more."""
        self._rooms.pop(room_id, None)

    def forget_person(self, user_id: str) -> None:
        """This person has no tablet here any more."""
        self._people.pop(user_id, None)

    def seq(self, room_id: str) -> int:
        """The last seq sent to a watched room."""
        return self._rooms.get(room_id, 0)

    def run(self) -> None:
        """Serve for ever: wake on a ring or after a second, send what is new."""
        while True:
            self._wake.wait(LOOK_EVERY)
            self._wake.clear()
            try:
                while self.send_new():
                    pass
            except Exception:
                # The rows stay where they are: the next look sends them.
                log.exception("dispatcher_failed")

    def send_new(self) -> bool:
        """Send one batch of new events to each room and person with any; True when there was one.

        Only those are looked at that a ring named, and all once a second.
        """
        look_at_all = time.monotonic() - self._looked >= LOOK_EVERY
        if look_at_all:
            self._looked = time.monotonic()
        rooms, self._pending_rooms = self._pending_rooms, set()
        people, self._pending_people = self._pending_people, set()
        with self._database.read() as session:
            if look_at_all:
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
    """Those of whom more is there than was sent."""
    if not sent:
        return set()
    rows = session.execute(heads, {"ids": list(sent)})
    return {of for of, seq in rows if seq > sent.get(of, seq)}


def _notify_subscribers(subscribers: list[Callable[[RoomEvent], None]], row: RoomEvent) -> None:
    """Tell this process of an event. Who fails at it must not keep the event from the room."""
    for hear in subscribers:
        try:
            hear(row)
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
