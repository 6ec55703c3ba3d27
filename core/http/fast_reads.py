"""WSGI fast path that answers the most frequent GETs of JSON before Flask.

Most of the time of such a request is Flask's and its extensions'. A view names the function that
computes its answer; here it is called for the same actor, and everything that is not a plain,
successful GET without a query goes to Flask, so refusals stay in one place.
See docs/adr/0021-frequent-reads-before-flask.md.
"""

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, NamedTuple, TypeVar

import msgspec
import structlog
from flask import Flask
from prometheus_client import Counter

from core import i18n
from core.actor import Actor
from core.errors import Refusal
from core.http import middleware

V = TypeVar("V", bound=Callable[..., Any])
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
ANSWERED = Counter("dienhong_fast_reads", "GETs answered before Flask")
log = structlog.get_logger()
_PARAMETER = re.compile(r"<\w+>")
_ID = "([0-9A-Za-z]{1,40})"


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A plain GET. ids: the parameters of the route, in order. mount: the app's mount path."""

    actor: Actor
    ids: tuple[str, ...]
    mount: str


Read = Callable[[ReadRequest], object]


def fast_read(read: Read) -> Callable[[V], V]:
    """Declare the function that computes the JSON of a view without query parameters.

    Its refusals must be those of the view.
    """

    def note(view: V) -> V:
        vars(view)["fast_read"] = read
        return view

    return note


def pattern_of(rule: str) -> re.Pattern[str]:
    """Return the pattern of the paths of a route, with a group for each parameter."""
    return re.compile(_PARAMETER.sub(_ID, rule))


def respond(start: Callable[..., Any], status: int, body: bytes, request_id: str) -> None:
    """Start the answer with JSON, with the headers of Flask's answers."""
    start(
        f"{status} {HTTPStatus(status).phrase.upper()}",
        [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Vary", "Cookie"),
            ("X-Request-Id", request_id),
        ],
    )


class _Route(NamedTuple):
    rule: str
    pattern: re.Pattern[str]
    read: Read


class FastReads:
    """WSGI middleware around the Flask application.

    authenticate: returns the actor of a request, or None where Flask has to refuse it.
    """

    def __init__(
        self, app: Flask, onward: Wsgi, authenticate: Callable[[Environ], Actor | None]
    ) -> None:
        self._onward = onward
        self._authenticate = authenticate
        self._routes = [
            _Route(rule.rule, pattern_of(rule.rule), read)
            for rule in app.url_map.iter_rules()
            if (read := vars(app.view_functions[rule.endpoint]).get("fast_read")) is not None
        ]

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == "GET" and not environ.get("QUERY_STRING"):
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
                mount = environ.get("SCRIPT_NAME", "").rstrip("/")
                body = msgspec.json.encode(route.read(ReadRequest(actor, ids, mount)))
        except Refusal:
            return None
        except Exception as fault:
            # The same error occurs in Flask, which reports it.
            log.warning("fast_read_failed", route=route.rule, fault=str(fault))
            return None
        respond(start, 200, body, request_id)
        middleware.count("GET", route.rule, 200, time.perf_counter() - began)
        ANSWERED.inc()
        return [body]
