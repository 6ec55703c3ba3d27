"""The eight steps of the demo, each ticked by the real event and never by a click.

1 the page was turned · 2 a member leafed away and came back · 3 a paper was uploaded · 4 a seat was
cut off and came back · 5 a phone opened the meeting through the QR code · 6 a vote was held · 7 a
ballot was changed in a copy of the vote log, and the check found it · 8 somebody at one of the
seats wrote on the paper for the whole room.
"""

from dataclasses import dataclass, field

from core.db.models import RoomEvent
from demo.seats import Seats
from demo.tampering import Tampered
from meetings.presentation.presentations import PresentationState
from meetings.room.presence_rules import Tablet
from meetings.room.room_service import RoomService


@dataclass
class Steps:
    """What has happened in the demo meeting since this server started."""

    meeting_id: str
    rooms: RoomService
    seats: Seats
    known_papers: set[str]
    phone_sign_ins: set[str] = field(default_factory=set)
    done: set[int] = field(default_factory=set)
    _first_presentation: tuple[int, int] | None = None
    _apart: set[str] = field(default_factory=set)
    _cut: set[str] = field(default_factory=set)

    def answer_query(self) -> dict[str, object]:
        """See what has happened, and say so."""
        presentation = self.rooms.presentations.at(self.meeting_id)
        sockets = self.rooms.connections.in_room(self.meeting_id)
        self._look_at_page(presentation)
        online = {socket.actor.user_id for socket in sockets}
        back = {s for s in self._cut if not self.seats.is_cut(s) and self.seats.people[s] in online}
        if back:
            self.done.add(4)
            self._cut -= back
        if any(socket.actor.sign_in_id in self.phone_sign_ins for socket in sockets):
            self.done.add(5)
        cut = [seat for seat in self.seats.people if self.seats.is_cut(seat)]
        return {"done": sorted(self.done), "cut": cut, "page": presentation.page}

    def heard(self, row: RoomEvent) -> None:
        """The room's own events: a new paper, a vote that ended, something written for all."""
        if row.room_id == self.meeting_id and row.type == "poll_closed":
            self.done.add(6)
        at_a_seat = row.actor in self.seats.people.values()
        if row.room_id == self.meeting_id and row.type == "annotations_put" and at_a_seat:
            self.done.add(8)
        if row.room_id == self.meeting_id and row.type == "document_put":
            data = row.data.decode()
            if not any(document_id in data for document_id in self.known_papers):
                self.done.add(3)

    def tampered(self, found: Tampered) -> None:
        """A forged copy of the log was checked, and so was the log itself."""
        if found.untouched.sound and not found.changed.sound:
            self.done.add(7)

    def cut(self, seat: str) -> float:
        """Cut a seat's network: refuse its requests and close its sockets. Answers the seconds."""
        seconds = self.seats.cut(seat)
        self._cut.add(seat)
        for socket in self.rooms.connections.of_sign_in(
            self.seats.sign_in_of(seat).actor.sign_in_id
        ):
            self.rooms.break_connection(socket.sid)
        return seconds

    def _look_at_page(self, presentation: PresentationState) -> None:
        now = (presentation.term, presentation.rev)
        if self._first_presentation is None or self._first_presentation[0] != now[0]:
            # A new holder is no turn.
            self._first_presentation = now
        if now != self._first_presentation:
            self.done.add(1)

    def moved(self, room_id: str, tablet: Tablet) -> None:
        """A tablet said where it is: a seat that read apart may be back."""
        if room_id != self.meeting_id or tablet.user_id not in self.seats.people.values():
            return
        if not tablet.following:
            self._apart.add(tablet.user_id)
        elif tablet.user_id in self._apart:
            self.done.add(2)
