"""The fast path of the most frequent POST of JSON: a ballot. See `core.http.fast_path`.

A refusal or an error leaves the request with its whole body to Flask, which performs it again. So
an action must be safe to repeat: a refused one changed nothing, and one that was done before
returns `Already`.
"""

import hashlib
import io
from collections.abc import Callable
from typing import Any, NamedTuple

from prometheus_client import Counter

from core.actor import Actor
from core.errors import MalformedRequest, refusal_for
from core.http.endpoints import FAULT, RequestLine, convert, outcome, request_key
from core.http.fast_path import Environ, FastPath, V

LARGEST_BODY = 4_096

Act = Callable[[Actor, tuple[str, ...], Any], object]


class Action(NamedTuple):
    """The type of the JSON body; what the view calls, with the actor, the parameters of the route
    and the body; the status of its success."""

    body: type
    act: Act
    status: int


class FastActions(FastPath[Action]):
    """authenticate: returns the actor of a request that may change something, or None."""

    method = "POST"
    answered = Counter("dienhong_fast_actions", "POSTs performed before Flask")

    def _is_plain(self, environ: Environ) -> bool:
        """Small JSON of a known length, without a query."""
        length: str = environ.get("CONTENT_LENGTH", "")
        return (
            environ.get("CONTENT_TYPE") == "application/json"
            and super()._is_plain(environ)
            and "HTTP_TRANSFER_ENCODING" not in environ
            and length.isdecimal()
            and 0 < int(length) <= LARGEST_BODY
        )

    def _perform(
        self, environ: Environ, declared: Action, actor: Actor, ids: tuple[str, ...]
    ) -> tuple[int, bytes]:
        length = int(environ["CONTENT_LENGTH"])
        sent: bytes = environ["wsgi.input"].read(length)
        environ["wsgi.input"] = io.BytesIO(sent)  # for Flask
        if len(sent) < length:
            raise MalformedRequest()
        asked: object = convert(sent, declared.body)
        line = RequestLine("POST", environ["PATH_INFO"], environ.get("HTTP_IDEMPOTENCY_KEY"))
        with request_key(line, actor, hashlib.sha256(sent).hexdigest(), declared.status):
            return outcome(declared.status, lambda: declared.act(actor, ids, asked))

    def _failed(self, environ: Environ, fault: Exception) -> None:
        """A busy database or a full disk is not tried again: it would be waited for twice."""
        environ[FAULT] = refusal_for(fault)


def fast_action(body: type, act: Act, status: int = 200) -> Callable[[V], V]:
    """Declare what a POST view without query parameters does. `act` must be safe to repeat."""
    return FastActions.declare(Action(body, act, status))
