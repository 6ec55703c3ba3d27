"""The eight steps of the demo. Events of the room complete them, not clicks on the demo page.

1 a page was turned · 2 a member read apart and came back · 3 a document was uploaded · 4 a seat was
disconnected and came back · 5 a phone opened the meeting through the QR code · 6 a vote was held ·
7 a ballot was changed in a copy of the vote log, and the check detected it · 8 a person at a seat
wrote on the document for the whole room.
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
    """The progress of the demo meeting since this server started."""

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
        """Update the steps from the room. Returns completed steps, disconnected seats and page."""
        presentation = self.rooms.presentations.at(self.meeting_id)
        sockets = self.rooms.connections.in_room(self.meeting_id)
        self._check_turn(presentation)
        online = {socket.actor.user_id for socket in sockets}
        back = {s for s in self._cut if not self.seats.is_cut(s) and self.seats.people[s] in online}
        if back:
            self.done.add(4)
            self._cut -= back
        if any(socket.actor.sign_in_id in self.phone_sign_ins for socket in sockets):
            self.done.add(5)
        cut = [seat for seat in self.seats.people if self.seats.is_cut(seat)]
        return {"done": sorted(self.done), "cut": cut, "page": presentation.page}

    def on_room_event(self, row: RoomEvent) -> None:
        """Complete the steps for a new document, a closed poll and an annotation for the room."""
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
        """Complete step 7 if the log is sound and its changed copy is not."""
        if found.untouched.sound and not found.changed.sound:
            self.done.add(7)

    def cut(self, seat: str) -> float:
        """Disconnect a seat: refuse its requests and close its sockets. Returns the seconds."""
        seconds = self.seats.cut(seat)
        self._cut.add(seat)
        for socket in self.rooms.connections.of_sign_in(
            self.seats.sign_in_of(seat).actor.sign_in_id
        ):
            self.rooms.break_connection(socket.sid)
        return seconds

    def _check_turn(self, presentation: PresentationState) -> None:
        now = (presentation.term, presentation.rev)
        if self._first_presentation is None or self._first_presentation[0] != now[0]:
            # A new term is not a turn.
            self._first_presentation = now
        if now != self._first_presentation:
            self.done.add(1)

    def on_presence(self, room_id: str, tablet: Tablet) -> None:
        """Complete step 2 when a client at a seat follows again after reading apart."""
        if room_id != self.meeting_id or tablet.user_id not in self.seats.people.values():
            return
        if not tablet.following:
            self._apart.add(tablet.user_id)
        elif tablet.user_id in self._apart:
            self.done.add(2)
