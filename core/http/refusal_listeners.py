"""Listeners of refused requests, over HTTP and sockets: what the audit and tests are told."""

from collections.abc import Callable
from dataclasses import dataclass

from core.errors import Refusal
from core.transactions.transaction import client_address, request_id

FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class RefusedRequest:
    """route: its method and pattern, or the name of a socket event. actor_id: None if unknown."""

    refusal: Refusal
    actor_id: str | None
    route: str
    address: str | None
    request_id: str | None


Listener = Callable[[RefusedRequest], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Register a listener. It must not raise, and must not write to the database itself."""
    _listeners.append(listener)


def forget_all() -> None:
    """Remove all listeners, before an app is assembled again."""
    _listeners.clear()


def is_audited(kind: type[Refusal]) -> bool:
    """Whether the audit has refusals of this kind."""
    return kind.status == FORBIDDEN if kind.audited is None else kind.audited


def publish(refusal: Refusal, actor_id: str | None, route: str) -> None:
    """Tell the listeners, if the refusal is one that the audit has."""
    if not is_audited(type(refusal)):
        return
    refused = RefusedRequest(refusal, actor_id, route, client_address.get(), request_id.get())
    for listener in _listeners:
        listener(refused)
