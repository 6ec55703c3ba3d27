"""The edges of Socket.IO: every event is parsed, its sender known again, its refusal in words.

A handler gets the actor and a typed payload and returns the fields of its acknowledgement. Unknown
events, wrong types and payloads over 64 KiB are refused with a code; the connection goes on.
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
from core.http.endpoints import clean
from core.i18n import t
from core.ids import new_id
from core.transactions.transaction import request_id

MAX_PAYLOAD = 64 * 1024
RESERVED = ("connect", "disconnect")
"""Names of what the server itself says of a socket; a client may not send them as events."""
T = TypeVar("T")
Ack = dict[str, Any]
Handler = Callable[[Actor, T], Ack | None]
log = structlog.get_logger()

sender: ContextVar[str] = ContextVar("sender")
"""The socket whose event is at hand."""


class Oversized:
    """Stands in an event for a payload that was too large to be read."""


class PacketJson:
    """The JSON of Socket.IO packets: msgspec, with a limit on what is read."""

    @staticmethod
    def dumps(value: Any, **_options: Any) -> str:
        """A packet's text."""
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text: str | bytes, **_options: Any) -> Any:
        """A packet's value. Too large: the event's name with a mark in place of its payload."""
        if len(text) <= MAX_PAYLOAD:
            value = msgspec.json.decode(text)
            # Socket.IO would run its own handlers: the socket would be forgotten, yet still hear.
            if isinstance(value, list) and value and value[0] in RESERVED:
                value[0] = ""
            return value
        head = text[:100] if isinstance(text, str) else text[:100].decode(errors="replace")
        name = head.split('"')[1] if head.startswith('["') and head.count('"') > 1 else ""
        return ["" if name in RESERVED else name, Oversized()]


class SocketMiddleware:
    """Registers the socket events of the slices. `who()` answers the sender, or raises."""

    def __init__(self, socketio: SocketIO, who: Callable[[], Actor]) -> None:
        self.events: dict[str, type[Any]] = {}
        self._socketio = socketio
        self._who = who
        socketio.on("*")(self._unknown)

    def on(self, event: str, payload: type[T], handler: Handler[T]) -> None:
        """Take an event. A payload is one JSON object of the given type."""
        self.events[event] = payload

        def received(*sent: Any) -> Ack:
            return self._answer(event, lambda: handler(self._who(), _read(sent, payload)))

        self._socketio.on(event)(received)

    def on_many(self, event: str, payload: type[T], handler: Handler[T]) -> None:
        """Take an event that each tablet sends many times a second.

        No request of Flask's is made for it, which costs more than all the rest, and nothing of it
        is put through `clean`: the texts in such a payload are ids.
        """
        self.events[event] = payload

        def received(sid: str, *sent: Any) -> Ack:
            done = _tried(event, sid, lambda: handler(self._who(), _one(sent, payload)))
            return self._refused_to(sid, done) if isinstance(done, Refusal) else done

        self._socketio.server.on(event, received)

    def _unknown(self, event: str, *_sent: Any) -> Ack:
        def refuse() -> None:
            self._who()
            raise UnknownEvent(event=str(event)[:60])

        return self._answer("unknown", refuse)

    def _answer(self, event: str, handle: Callable[[], Ack | None]) -> Ack:
        sid: str = request.sid  # type: ignore[attr-defined]
        done = _tried(event, sid, handle)
        return refused(done) if isinstance(done, Refusal) else done

    def _refused_to(self, sid: str, refusal: Refusal) -> Ack:
        """In the language of whoever sent this, which its request tells."""
        environ = self._socketio.server.get_environ(sid)
        if not environ:
            return {"ok": False, "code": refusal.code}
        with environ["flask.app"].request_context(environ):
            return refused(refusal)


def _tried(event: str, sid: str, handle: Callable[[], Ack | None]) -> Ack | Refusal:
    request_id.set(new_id()[:12])
    sender.set(sid)
    try:
        return {"ok": True, **(handle() or {})}
    except Refusal as refusal:
        return refusal
    except Exception as error:
        log.exception("socket_event_failed", socket_event=event)
        return errors.refusal_for(error) or errors.InternalError(request_id=request_id.get())


def refused(refusal: Refusal) -> Ack:
    """A refusal as an acknowledgement."""
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
