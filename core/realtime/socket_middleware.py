"""Socket.IO middleware: parses events, authenticates the sender, encodes refusals.

A handler gets the actor and a typed payload and returns the fields of its acknowledgement. Unknown
events, wrong types and payloads over 64 KiB are refused with a code; the connection stays open.
"""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any, TypeVar

import msgspec
import structlog
from flask import request
from flask_socketio import SocketIO

from core import errors
from core.actor import Actor
from core.errors import InvalidInput, MalformedRequest, PayloadTooLarge, Refusal, UnknownEvent
from core.http import refusal_listeners
from core.http.endpoints import clean
from core.i18n import t
from core.ids import new_id
from core.transactions.transaction import client_address, request_id

MAX_PAYLOAD = 64 * 1024
MAX_MESSAGE = 4 * MAX_PAYLOAD + 1024
"""Bytes of a WebSocket message: a payload's characters have up to four in UTF-8 (RFC 3629), and the
packet has a head. What is longer ends the connection before it is received."""
RESERVED = ("connect", "disconnect")
"""Event names of the server itself; a client may not send them."""
T = TypeVar("T")
Ack = dict[str, Any]
Handler = Callable[[Actor, T], Ack | None]
log = structlog.get_logger()

sender: ContextVar[str] = ContextVar("sender")
"""Id of the socket that sent the current event."""


class Oversized:
    """Placeholder for a payload that was too large to decode."""


class PacketJson:
    """JSON codec of Socket.IO packets: msgspec, with a limit on the decoded size."""

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        """Encode a packet."""
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_options: Any) -> Any:
        """Decode a packet. A packet over the limit gives its event name and an `Oversized`."""
        if len(text) <= MAX_PAYLOAD:
            value = msgspec.json.decode(text)
            # Socket.IO would run its own handler: it would drop the socket, which still receives.
            if isinstance(value, list) and value and value[0] in RESERVED:
                value[0] = ""
            return value
        head = text[:100] if isinstance(text, str) else text[:100].decode(errors="replace")
        name = head.split('"')[1] if head.startswith('["') and head.count('"') > 1 else ""
        return ["" if name in RESERVED else name, Oversized()]


class SocketMiddleware:
    """Registers socket events. `who()` returns the sender's actor, or raises a Refusal."""

    def __init__(self, socketio: SocketIO, who: Callable[[], Actor]) -> None:
        self._socketio = socketio
        self._who = who
        socketio.on("*")(self._unknown)

    def on(self, event: str, payload: type[T], handler: Handler[T]) -> None:
        """Register a handler. The payload is one JSON object of the given type."""

        def received(*sent: Any) -> Ack:
            return self._answer(event, lambda actor: handler(actor, _read(sent, payload)))

        self._socketio.on(event)(received)

    def on_many(self, event: str, payload: type[T], handler: Handler[T]) -> None:
        """Register a handler for an event that each client sends many times a second.

        It creates no Flask request context, which costs more than all other work, and does not
        pass the payload through `clean`: its texts are ids.
        """

        def received(sid: str, *sent: Any) -> Ack:
            done = self._tried(event, sid, lambda actor: handler(actor, _one(sent, payload)))
            return self._refused_to(sid, done) if isinstance(done, Refusal) else done

        self._socketio.server.on(event, received)

    def _unknown(self, event: str, *_sent: Any) -> Ack:
        def refuse(_actor: Actor) -> None:
            raise UnknownEvent(event=str(event)[:60])

        return self._answer("unknown", refuse)

    def _answer(self, event: str, handle: Callable[[Actor], Ack | None]) -> Ack:
        sid: str = request.sid  # type: ignore[attr-defined]
        done = self._tried(event, sid, handle)
        return refused(done) if isinstance(done, Refusal) else done

    def _tried(self, event: str, sid: str, handle: Callable[[Actor], Ack | None]) -> Ack | Refusal:
        request_id.set(new_id()[:12])
        sender.set(sid)
        actor = None
        try:
            actor = self._who()
            return {"ok": True, **(handle(actor) or {})}
        except Refusal as refusal:
            environ = self._socketio.server.get_environ(sid) or {}
            client_address.set(environ.get("REMOTE_ADDR"))
            actor_id = actor.user_id if actor else None
            refusal_listeners.publish(refusal, actor_id, f"socket {event}")
            return refusal
        except Exception as error:
            log.exception("socket_event_failed", socket_event=event)
            return errors.refusal_for(error) or errors.InternalError(request_id=request_id.get())

    def _refused_to(self, sid: str, refusal: Refusal) -> Ack:
        """Return the acknowledgement of a refusal in the language of the sender's request."""
        environ = self._socketio.server.get_environ(sid)
        if not environ:
            return {"ok": False, "code": refusal.code}
        with environ["flask.app"].request_context(environ):
            return refused(refusal)


def refused(refusal: Refusal) -> Ack:
    """Encode a refusal as an acknowledgement."""
    ack: Ack = {
        "ok": False,
        "code": refusal.code,
        "detail": t(f"error.{refusal.code}", **refusal.told(t)),
    }
    fields = refusal.fields(t)
    if fields:
        ack["errors"] = fields
    return ack


def _read(sent: tuple[Any, ...], payload: type[T]) -> T:
    return _one([clean(part) for part in sent], payload)


def _one(sent: Sequence[Any], payload: type[T]) -> T:
    if any(isinstance(part, Oversized) for part in sent):
        raise PayloadTooLarge(limit=MAX_PAYLOAD)
    if len(sent) != 1 or not isinstance(sent[0], dict):
        raise MalformedRequest()
    try:
        return msgspec.convert(sent[0], payload)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `")
        raise InvalidInput((place.removesuffix("`").removeprefix("$."), message)) from None
