"""Socket events of a room: joining, turning pages, pointer, ink and presence."""

from functools import partial

import msgspec
from flask import request
from flask_socketio import SocketIO, join_room, leave_room
from sqlalchemy.orm import Session

from accounts.sign_in.usage import uses
from core.actor import Actor
from core.app_context import current_context
from core.config import PROTOCOL_VERSION
from core.errors import ProtocolTooOld, Refusal
from core.realtime.broadcast import group, person_group, sign_in_group
from core.realtime.socket_middleware import Ack, SocketMiddleware, sender
from meetings.presentation.declares import NotPresenter
from meetings.presentation.presentations import PresentationState
from meetings.room import snapshot as snapshots
from meetings.room.acks import TurnedAck
from meetings.room.connections import Socket
from meetings.room.declares import NotInRoom
from meetings.room.join_context import JoinContext, join_context
from meetings.room.live_strokes import InkWet
from meetings.room.payloads import PageTurn, PointerMove, PresenceAt, RoomJoin, RoomLeave
from meetings.room.room_service import RoomService
from meetings.shared.feature import SocketEvent, features


class RoomSockets:
    """Binds the socket events of a room to its service."""

    def __init__(self, socketio: SocketIO, rooms: RoomService) -> None:
        self._socketio = socketio
        self._rooms = rooms
        middleware = SocketMiddleware(socketio, lambda: self._socket().actor)
        for event in features().socket_events:
            register = middleware.on_many if event.frequent else middleware.on
            register(event.name, event.payload, partial(event.handle, self))

    def connected(self, actor: Actor) -> None:
        """Register a socket and subscribe it to the groups of its person and its sign-in."""
        self._rooms.connections.add_socket(_sid_of_request(), actor)
        self._rooms.dispatcher.watch_person(actor.user_id)
        join_room(person_group(actor.user_id))
        join_room(sign_in_group(actor.sign_in_id))

    def disconnected(self) -> None:
        """Remove a disconnected socket."""
        self._rooms.lost(_sid_of_request())

    def join(self, actor: Actor, payload: RoomJoin) -> Ack:
        """Join a room. The group is joined before missed events are read, so that none is lost."""
        if payload.protocol_version != PROTOCOL_VERSION:
            raise ProtocolTooOld()
        socket = self._socket()
        if socket.room_id is not None and socket.room_id != payload.meeting_id:
            self._leave(socket, for_good=True)
        live = self._presentation_for(actor, payload.meeting_id)
        socket = self._socket()
        with current_context().database.read() as session:
            context = join_context(session, actor, payload.meeting_id)
        self._join(socket, context)
        uses.joined(actor.sign_in_id, payload.meeting_id)
        self._socketio.server.manager.wait_for_queues()
        with current_context().database.read() as session:
            context = self._recheck_membership(session, actor, socket, context)
            missed = snapshots.catch_up(
                session, actor, context, payload.epoch, payload.seq, payload.mine_seq
            )
            if missed is not None:
                return {**msgspec.structs.asdict(missed), "live": live.packet(context.role)}
            whole = snapshots.snapshot(session, actor, context)
        fresh = msgspec.structs.replace(whole, live=live.packet(context.role))
        heads = {"epoch": whole.epoch, "seq": whole.seq, "mine_seq": whole.mine_seq}
        # Encoded here, because Socket.IO would traverse the whole value before encoding.
        ready = msgspec.Raw(msgspec.json.encode(fresh))
        return {"snapshot": ready, **heads, "live": live.packet(context.role)}

    def leave(self, actor: Actor, payload: RoomLeave) -> None:
        """Leave the room for good; the person is no longer counted."""
        socket = self._in_room(payload.meeting_id)
        self._leave(socket, for_good=True)

    def turn_page(self, actor: Actor, payload: PageTurn) -> Ack:
        """Turn the page that the room is shown."""
        self._in_room(payload.meeting_id)
        presentation = self._rooms.presentations.turn_page(
            actor,
            payload.meeting_id,
            payload.document_id,
            payload.version,
            payload.page,
            payload.view,
            payload.term,
        )
        return msgspec.structs.asdict(TurnedAck(term=presentation.term, rev=presentation.rev))

    def point(self, actor: Actor, payload: PointerMove) -> None:
        """Move the presenter's pointer; the next tick sends it."""
        self._in_room(payload.meeting_id)
        if self._rooms.presentations.at(payload.meeting_id).presenter_id != actor.user_id:
            raise NotPresenter()
        self._rooms.ticks.point(payload.meeting_id, payload.at)

    def relay_stroke(self, actor: Actor, payload: InkWet) -> None:
        """Draw for the whole room; the next tick sends the points."""
        self._rooms.live_ink.relay_stroke(self._in_room(payload.meeting_id), payload)

    def presence(self, actor: Actor, payload: PresenceAt) -> None:
        """Record the page that the client shows."""
        socket = self._in_room(payload.meeting_id)
        self._rooms.presences.tell(
            payload.meeting_id, socket.sid, payload.document_id, payload.page, payload.following
        )

    def _socket(self) -> Socket:
        return self._rooms.connections.of(sender.get())

    def _in_room(self, meeting_id: str) -> Socket:
        socket = self._socket()
        if socket.room_id != meeting_id or socket.role is None:
            raise NotInRoom()
        return socket

    def _presentation_for(self, actor: Actor, meeting_id: str) -> PresentationState:
        """The room's presentation. Loading it takes the write lock, so access is checked first."""
        known = self._rooms.presentations.known(meeting_id)
        if known is not None:
            return known
        with current_context().database.read() as session:
            join_context(session, actor, meeting_id)
        return self._rooms.presentations.at(meeting_id)

    def _recheck_membership(
        self, session: Session, actor: Actor, socket: Socket, context: JoinContext
    ) -> JoinContext:
        """Read the context again: the socket did not receive events before it joined the group."""
        try:
            now = join_context(session, actor, context.meeting_id)
        except Refusal:
            self._leave(socket, for_good=True)
            raise
        if now.role is not context.role:
            self._join(socket, now)
        return now

    def _join(self, socket: Socket, context: JoinContext) -> None:
        room_id, role = context.meeting_id, context.role
        if socket.role is not None and socket.role is not role:
            leave_room(group(room_id, socket.role))
        socket.room_id, socket.role = room_id, role
        self._rooms.dispatcher.watch_room(room_id, context.seq)
        join_room(group(room_id, role))
        self._rooms.presences.enter(room_id, socket.sid, socket.actor.user_id)

    def _leave(self, socket: Socket, *, for_good: bool) -> None:
        if socket.room_id is None or socket.role is None:
            return
        leave_room(group(socket.room_id, socket.role))
        self._rooms.remove_from_room(socket, for_good=for_good)


def _sid_of_request() -> str:
    sid: str = request.sid  # type: ignore[attr-defined]
    return sid


EVENTS = (
    SocketEvent(name="room.join", payload=RoomJoin, handle=RoomSockets.join, frequent=False),
    SocketEvent(name="room.leave", payload=RoomLeave, handle=RoomSockets.leave, frequent=False),
    SocketEvent(name="page.turn", payload=PageTurn, handle=RoomSockets.turn_page),
    SocketEvent(name="pointer.move", payload=PointerMove, handle=RoomSockets.point),
    SocketEvent(name="ink.wet", payload=InkWet, handle=RoomSockets.relay_stroke),
    SocketEvent(name="presence.at", payload=PresenceAt, handle=RoomSockets.presence),
)
