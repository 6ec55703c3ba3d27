"""The live rooms of this server: sockets, presentations, presence, ticks, and their events."""

import msgspec
from flask_socketio import SocketIO

from core.db.models import RoomEvent
from core.periodic import PeriodicTask, run_periodically
from core.permissions import STAFF, Role
from core.realtime.broadcast import broadcast, group, sign_in_group, to_sign_in, to_socket
from core.realtime.dispatcher import Dispatcher
from core.realtime.socket_edge import SocketEdge
from documents.declares import document_of
from meetings.presentation.declares import PresenterChanged
from meetings.presentation.presentations import Presentations
from meetings.room.connections import Connections, Socket
from meetings.room.live_ink import LiveInk
from meetings.room.packets import ResyncPacket, RoomProgressPacket, SessionRevokedPacket
from meetings.room.presence import Presences
from meetings.room.ticks import Ticks
from meetings.shared.feature import features

EXPIRED_EVERY = 30.0
"""Seconds between two looks at the sign-ins of open sockets."""


class RoomService:
    """The service for live rooms; one for each web process."""

    def __init__(
        self, socketio: SocketIO, dispatcher: Dispatcher, connections: Connections, edge: SocketEdge
    ) -> None:
        self._socketio = socketio
        self._edge = edge
        self.dispatcher = dispatcher
        self.connections = connections
        self.presentations = Presentations()
        self.presences = Presences(dispatcher.seq, self._presenter_of, self._presenting)
        self.live_ink = LiveInk()
        self.ticks = Ticks(self.presentations, self.live_ink)
        dispatcher.before.append(self._before_event)
        dispatcher.after.append(self._after_event)

    def start(self) -> None:
        """Start the loops that serve the rooms."""
        self._socketio.start_background_task(self.dispatcher.run)
        for task in (
            self.presentations.periodic_task(),
            self.presences.periodic_task(),
            self.ticks.periodic_task(),
            self._edge.sweep(),
            PeriodicTask("expired_sockets_failed", EXPIRED_EVERY, self._close_expired),
            *features().periodic(self.connections.rooms),
        ):
            self._socketio.start_background_task(run_periodically, task)

    def lost(self, sid: str) -> None:
        """Remove a lost socket; its person counts as lost unless another client is connected."""
        socket = self.connections.drop(sid)
        if socket is None:
            return
        self.remove_from_room(socket, for_good=False)
        if not self.connections.of_person(socket.actor.user_id):
            self.dispatcher.forget_person(socket.actor.user_id)

    def remove_from_room(self, socket: Socket, *, for_good: bool) -> None:
        """Remove a socket from its room."""
        room_id, socket.room_id, socket.role = socket.room_id, None, None
        if room_id is None:
            return
        self.presences.leave(room_id, socket.sid, for_good=for_good)
        if not self.connections.in_room(room_id):
            self.dispatcher.forget_room(room_id)

    def revoke(self, sign_in_ids: list[str]) -> None:
        """Notify the clients of revoked sign-ins and close their sockets."""
        for sign_in_id in sign_in_ids:
            to_sign_in(sign_in_id, "session.revoked", SessionRevokedPacket(reason="revoked"))
            for socket in self.connections.of_sign_in(sign_in_id):
                self._socketio.server.disconnect(socket.sid)
            self._socketio.server.close_room(sign_in_group(sign_in_id))

    def _close_expired(self) -> None:
        self.revoke(self.connections.no_longer_valid())

    def break_connection(self, sid: str) -> None:
        """Close the transport of a socket, as a lost network does; the client reconnects."""
        server = self._socketio.server
        connection = server.manager.eio_sid_from_sid(sid, "/")
        if connection is not None:
            server.eio.disconnect(connection)

    def progress(self, room_id: str, facts: dict[str, object]) -> None:
        """Send the progress of document processing to chairs and secretaries."""
        packet = msgspec.convert(facts, RoomProgressPacket)
        broadcast(room_id, STAFF, "room.progress", packet)

    def _presenter_of(self, room_id: str) -> str | None:
        return self.presentations.at(room_id).presenter_id

    def _presenting(self, room_id: str) -> list[str]:
        presenter = self._presenter_of(room_id)
        sockets = self.connections.of_person(presenter) if presenter else []
        return [one.sid for one in sockets if one.room_id == room_id and one.role not in STAFF]

    def _before_event(self, row: RoomEvent) -> None:
        """Force a resync of a person whose membership changes, before the event is sent."""
        if row.type == "participant_put":
            person = msgspec.json.decode(row.data)["participant"]
            self._force_resync(row.room_id, person["user_id"], Role(person["role"]))
        elif row.type == "participant_removed":
            user_id = msgspec.json.decode(row.data)["user_id"]
            self._force_resync(row.room_id, user_id, None)
            self.presences.remove_person(row.room_id, user_id)

    def _force_resync(self, room_id: str, user_id: str, role: Role | None) -> None:
        for socket in self.connections.of_person(user_id):
            if socket.room_id == room_id and socket.role is not None and socket.role is not role:
                self._socketio.server.leave_room(socket.sid, group(room_id, socket.role))
                to_socket(socket.sid, "resync", ResyncPacket(reason="place_changed"))
                self.remove_from_room(socket, for_good=role is None)

    def _after_event(self, row: RoomEvent) -> None:
        changed = document_of(row.type, row.data)
        shown = changed is not None and self.presentations.shows(row.room_id, changed)
        if row.type == PresenterChanged.type or shown:
            self.presentations.refresh(row.room_id)
