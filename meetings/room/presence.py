"""Presence: the connected clients of each room, and their counts, sent at most once a second."""

import itertools
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from msgspec.structs import replace
from sqlalchemy import select, update

from core import clock
from core.app_context import current_context
from core.periodic import PeriodicTask
from core.permissions import IN_THE_ROOM, STAFF
from core.realtime.broadcast import broadcast, to_socket
from meetings.room.packets import PagePeople, RoomPresencePacket
from meetings.room.presence_rules import Tablet, count, latest_by_person, lost_people, whereabouts
from meetings.shared.models import Participant

REPORT_SECONDS = 1.0
REPEAT_AFTER = 5.0
SITTING = timedelta(hours=18)
"""An earlier join belongs to a previous sitting."""


class RoomPresence:
    """One room: its clients by socket id, and everyone who joined this sitting."""

    def __init__(self, room_id: str, joined: set[str]) -> None:
        self.room_id = room_id
        self.joined = joined
        self.newly_joined: set[str] = set()
        self.newly_left: set[str] = set()
        self.connections: dict[str, Tablet] = {}
        self.last_sent: RoomPresencePacket | None = None
        self.last_sent_at = 0.0

    def packet(self, seq: int, presenter_id: str | None) -> RoomPresencePacket:
        """The presence that everyone in the room receives."""
        people = latest_by_person(self.connections.values())
        counts = count(self.joined, people)
        return RoomPresencePacket(
            joined=counts.joined,
            online=counts.online,
            following=counts.following,
            lost=counts.lost,
            presenter=whereabouts(presenter_id, self.joined, people),
            seq=seq,
        )

    def staff_packet(self, everyone: RoomPresencePacket) -> RoomPresencePacket:
        """The presence for chairs and secretaries: also ids, and people for each page."""
        people = latest_by_person(self.connections.values())
        places = Counter(
            (tablet.document_id, tablet.page)
            for tablet in people.values()
            if tablet.document_id is not None and tablet.page is not None
        )
        return replace(
            everyone,
            online_ids=sorted(people),
            lost_ids=lost_people(self.joined, people),
            pages=[
                PagePeople(document_id=document_id, page=page, people=people_there)
                for (document_id, page), people_there in sorted(places.items())
            ],
        )


class Presences:
    """Every room with a client on this server."""

    def __init__(
        self,
        seq_of: Callable[[str], int],
        presenter_of: Callable[[str], str | None],
        presenting: Callable[[str], Sequence[str]],
    ) -> None:
        """presenter_of: the presenter of a room. presenting: the presenter's sockets in the room,
        unless the presenter is chair or secretary."""
        self._rooms: dict[str, RoomPresence] = {}
        self._seq_of = seq_of
        self._presenter_of = presenter_of
        self._presenting = presenting
        self._tick = itertools.count(1)
        self.listeners: list[Callable[[str, Tablet], None]] = []
        """Called with the room and the new state of a client in it."""

    def enter(self, room_id: str, sid: str, user_id: str) -> None:
        """Add a client to a room. It counts as following until it reports otherwise."""
        room = self._rooms.get(room_id)
        if room is None:
            room = self._rooms[room_id] = RoomPresence(room_id, _joined_before(room_id))
        if user_id not in room.joined:
            room.joined.add(user_id)
            room.newly_joined.add(user_id)
        room.connections[sid] = Tablet(user_id, True, None, None, next(self._tick))

    def tell(
        self, room_id: str, sid: str, document_id: str | None, page: int | None, following: bool
    ) -> None:
        """Record the page that a client reports."""
        room = self._rooms[room_id]
        user_id = room.connections[sid].user_id
        reported = Tablet(user_id, following, document_id, page, next(self._tick))
        room.connections[sid] = reported
        for listener in self.listeners:
            listener(room_id, reported)

    def leave(self, room_id: str, sid: str, *, for_good: bool) -> bool:
        """Remove a client: it left for good (not counted), or is lost. True if it was the last."""
        room = self._rooms.get(room_id)
        if room is None:
            return True
        gone = room.connections.pop(sid, None)
        if gone and for_good and all(t.user_id != gone.user_id for t in room.connections.values()):
            room.joined.discard(gone.user_id)
            room.newly_joined.discard(gone.user_id)
            room.newly_left.add(gone.user_id)
        # The next run saves and removes an empty room; a client may return before that.
        return not room.connections

    def remove_person(self, room_id: str, user_id: str) -> None:
        """Remove a person who is no longer a participant from the counts."""
        room = self._rooms.get(room_id)
        if room is not None:
            room.joined.discard(user_id)
            room.newly_joined.discard(user_id)

    def people(self, room_id: str) -> dict[str, Tablet]:
        """The last reported state of each person in a room."""
        room = self._rooms.get(room_id)
        return latest_by_person(room.connections.values()) if room else {}

    def periodic_task(self) -> PeriodicTask:
        """The task that publishes presence each second; the next run repairs a failed one."""
        return PeriodicTask("presence_failed", REPORT_SECONDS, self.publish_all)

    def publish_all(self) -> None:
        """Send presence to each room where it changed, or was last sent five seconds ago."""
        for room in list(self._rooms.values()):
            presenter_id = self._presenter_of(room.room_id)
            everyone = room.packet(self._seq_of(room.room_id), presenter_id)
            staff = room.staff_packet(everyone)
            now = time.monotonic()
            if staff != room.last_sent or now - room.last_sent_at >= REPEAT_AFTER:
                room.last_sent, room.last_sent_at = staff, now
                broadcast(room.room_id, IN_THE_ROOM - STAFF, "room.presence", everyone)
                broadcast(room.room_id, STAFF, "room.presence", staff)
                with_pages = replace(everyone, pages=staff.pages)
                for sid in self._presenting(room.room_id):
                    to_socket(sid, "room.presence", with_pages)
            self._save_joined(room)
            # Saving yields to other green threads: clients may have joined or left meanwhile.
            if not room.connections and not room.newly_joined and not room.newly_left:
                del self._rooms[room.room_id]

    def _save_joined(self, room: RoomPresence) -> None:
        """Store the people who joined, so that a restart does not shrink the base of the counts."""
        if not room.newly_joined and not room.newly_left:
            return
        database = current_context().database
        with database.write() as session:
            # Taken after the write lock is held; if locking fails, they remain for the next run.
            joined, room.newly_joined = room.newly_joined, set()
            left, room.newly_left = room.newly_left - joined, set()
            for people, at in ((joined, clock.now()), (left, None)):
                session.execute(
                    update(Participant)
                    .where(Participant.meeting_id == room.room_id, Participant.user_id.in_(people))
                    .values(joined_at=at)
                )
            database.commit(session)


def _joined_before(room_id: str) -> set[str]:
    with current_context().database.read() as session:
        return set(
            session.scalars(
                select(Participant.user_id).where(
                    Participant.meeting_id == room_id,
                    Participant.joined_at >= clock.now() - SITTING,
                )
            )
        )
