"""The dispatcher: reads committed event rows and broadcasts them, in order, without gaps.

Committers only ring. A look once a second covers a lost ring. It watches the rooms and people that
have a tablet here, from the sequence number at which the watching began. `before` and `after`:
who in this process hears of a room's event before and after it is sent.
"""

import threading
from collections.abc import Callable

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.broadcast import broadcast, to_person
from core.database import Database
from core.models import PersonEvent, PersonStream, Room, RoomEvent
from core.permissions import IN_THE_ROOM
from core.room_events import audience_of, hidden_packet, person_packet, room_packet

LOOK_EVERY = 1.0
BATCH = 200
log = structlog.get_logger()


class Dispatcher:
    """One for each web process; also the bell that committers in this process ring."""

    def __init__(self, database: Database, epoch: str, ring_worker: Callable[[], None]) -> None:
        self._database = database
        self._epoch = epoch
        self._ring_worker = ring_worker
        self._rooms: dict[str, int] = {}
        self._people: dict[str, int] = {}
        self._wake = threading.Event()
        self.before: list[Callable[[RoomEvent], None]] = []
        self.after: list[Callable[[RoomEvent], None]] = []

    def room(self, room_id: str) -> None:
        """A committer rings for a room."""
        self._wake.set()

    def person(self, user_id: str) -> None:
        """A committer rings for a person's stream."""
        self._wake.set()

    def jobs(self) -> None:
        """A committer left work for the worker."""
        self._ring_worker()

    def watch_room(self, session: Session, room_id: str) -> None:
        """Begin to serve a room, from its present seq on."""
        if room_id not in self._rooms:
            room = session.get(Room, room_id)
            self._rooms[room_id] = room.seq if room else 0

    def watch_person(self, session: Session, user_id: str) -> None:
        """Begin to serve a person's own stream, from its present seq on."""
        if user_id not in self._people:
            stream = session.get(PersonStream, user_id)
            self._people[user_id] = stream.seq if stream else 0

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
        """Send one batch of new events to each watched room and person; True when there was any."""
        with self._database.read() as session:
            room_rows = self._new_room_rows(session)
            own_rows = self._new_person_rows(session)
        for row in room_rows:
            if self._rooms.get(row.room_id, row.seq) < row.seq:
                self._rooms[row.room_id] = row.seq
                self._send(row)
        for row in room_rows:
            _let_hear(self.after, row)
        for own in own_rows:
            if self._people.get(own.user_id, own.seq) < own.seq:
                self._people[own.user_id] = own.seq
                to_person(own.user_id, "mine.event", person_packet(own, self._epoch))
        return bool(room_rows or own_rows)

    def _send(self, row: RoomEvent) -> None:
        _let_hear(self.before, row)
        may_see = audience_of(row)
        broadcast(row.room_id, may_see, "room.event", room_packet(row, self._epoch))
        others = IN_THE_ROOM - may_see
        if others:
            broadcast(row.room_id, others, "room.event", hidden_packet(row, self._epoch))

    def _new_room_rows(self, session: Session) -> list[RoomEvent]:
        rows: list[RoomEvent] = []
        if not self._rooms:
            return rows
        heads = session.execute(select(Room.id, Room.seq).where(Room.id.in_(self._rooms)))
        for room_id, seq in heads:
            sent = self._rooms[room_id]
            if seq > sent:
                newer = (
                    select(RoomEvent)
                    .where(RoomEvent.room_id == room_id, RoomEvent.seq > sent)
                    .order_by(RoomEvent.seq)
                    .limit(BATCH)
                )
                rows += session.scalars(newer)
        session.expunge_all()
        return rows

    def _new_person_rows(self, session: Session) -> list[PersonEvent]:
        rows: list[PersonEvent] = []
        if not self._people:
            return rows
        heads = session.execute(
            select(PersonStream.user_id, PersonStream.seq).where(
                PersonStream.user_id.in_(self._people)
            )
        )
        for user_id, seq in heads:
            sent = self._people[user_id]
            if seq > sent:
                newer = (
                    select(PersonEvent)
                    .where(PersonEvent.user_id == user_id, PersonEvent.seq > sent)
                    .order_by(PersonEvent.seq)
                    .limit(BATCH)
                )
                rows += session.scalars(newer)
        session.expunge_all()
        return rows


def _let_hear(hearers: list[Callable[[RoomEvent], None]], row: RoomEvent) -> None:
    """Tell this process of an event. Who fails at it must not keep the event from the room."""
    for hear in hearers:
        try:
            hear(row)
        except Exception:
            log.exception("event_not_heard", event_type=row.type, room_id=row.room_id, seq=row.seq)
