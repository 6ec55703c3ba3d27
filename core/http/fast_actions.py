"""WSGI fast path that performs the most frequent POST of JSON, a ballot, before Flask.

Nearly all of the time of such a request is Flask's and its extensions'. Only a plain request that
succeeds is answered here; every refusal and every error leaves the request to Flask, with its whole
body. So an action must be safe to repeat: a refused one changed nothing, and one that was done
before returns `Already`. See docs/adr/0021-frequent-reads-before-flask.md.
"""

import hashlib
import io
import re
import time
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import structlog
from flask import Flask
from prometheus_client import Counter

from core import i18n
from core.actor import Actor
from core.errors import MalformedRequest, Refusal, refusal_for
from core.http import middleware
from core.http.endpoints import FAULT, RequestLine, convert, outcome, request_key
from core.http.fast_reads import Environ, V, Wsgi, pattern_of, respond

LARGEST_BODY = 4_096
PERFORMED = Counter("dienhong_fast_actions", "POSTs performed before Flask")
log = structlog.get_logger()

Act = Callable[[Actor, tuple[str, ...], Any], object]


class FastAction(NamedTuple):
    """The type of the JSON body; what the view calls, with the actor, the parameters of the route
    and the body; the status of its success."""

    body: type
    act: Act
    status: int


def fast_action(body: type, act: Act, status: int = 200) -> Callable[[V], V]:
    """Declare what a POST view without query parameters does. `act` must be safe to repeat."""

    def note(view: V) -> V:
        vars(view)["fast_action"] = FastAction(body, act, status)
        return view

    return note


class _Route(NamedTuple):
    rule: str
    pattern: re.Pattern[str]
    action: FastAction


class FastActions:
    """WSGI middleware around the Flask application.

    authenticate: returns the actor of a request that may change something, or None where Flask has
    to refuse it.
    """

    def __init__(
        self, app: Flask, onward: Wsgi, authenticate: Callable[[Environ], Actor | None]
    ) -> None:
        self._onward = onward
        self._authenticate = authenticate
        self._routes = [
            _Route(rule.rule, pattern_of(rule.rule), action)
            for rule in app.url_map.iter_rules()
            if (action := vars(app.view_functions[rule.endpoint]).get("fast_action")) is not None
        ]

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "POST" and _is_plain(environ):
            path: str = environ.get("PATH_INFO", "")
            for route in self._routes:
                match = route.pattern.fullmatch(path)
                if match is not None:
                    answered = self._answer(environ, start, route, match.groups())
                    if answered is not None:
                        return answered
                    break
        return self._onward(environ, start)

    def _answer(
        self, environ: Environ, start: Callable[..., Any], route: _Route, ids: tuple[str, ...]
    ) -> list[bytes] | None:
        """The body of the answer; None: Flask answers."""
        began = time.perf_counter()
        request_id = middleware.begin_request()
        try:
            actor = self._authenticate(environ)
            if actor is None:
                return None
            with i18n.language_of_api_request(environ):
                status, body = _perform(environ, route.action, actor, ids)
        except Refusal:
            return None
        except Exception as fault:
            # Flask reports it. A busy database or a full disk is not tried again: it would be
            # waited for twice.
            log.warning("fast_action_failed", route=route.rule, fault=str(fault))
            environ[FAULT] = refusal_for(fault)
            return None
        respond(start, status, body, request_id)
        middleware.count("POST", route.rule, status, time.perf_counter() - began)
        PERFORMED.inc()
        return [body]


def _perform(
    environ: Environ, action: FastAction, actor: Actor, ids: tuple[str, ...]
) -> tuple[int, bytes]:
    length = int(environ["CONTENT_LENGTH"])
    sent: bytes = environ["wsgi.input"].read(length)
    environ["wsgi.input"] = io.BytesIO(sent)  # for Flask
    if len(sent) < length:
        raise MalformedRequest()
    asked: object = convert(sent, action.body)
    line = RequestLine("POST", environ["PATH_INFO"], environ.get("HTTP_IDEMPOTENCY_KEY"))
    with request_key(line, actor, hashlib.sha256(sent).hexdigest(), action.status):
        return outcome(action.status, lambda: action.act(actor, ids, asked))


def _is_plain(environ: Environ) -> bool:
    """Whether the request is small JSON of a known length, without a query."""
    length: str = environ.get("CONTENT_LENGTH", "")
    return (
        environ.get("CONTENT_TYPE") == "application/json"
        and not environ.get("QUERY_STRING")
        and "HTTP_TRANSFER_ENCODING" not in environ
        and length.isdecimal()
        and 0 < int(length) <= LARGEST_BODY
    )
