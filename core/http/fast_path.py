"""WSGI middleware that answers requests of declared views before Flask: reads and actions.

Nearly all of the time of such a request is Flask's and its extensions'. Only a plain request that
succeeds is answered here; everything else goes to Flask, so refusals stay in one place.
See docs/adr/0021-frequent-reads-before-flask.md.
"""

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar

import structlog
from flask import Flask
from prometheus_client import Counter

from core import i18n
from core.actor import Actor
from core.errors import Refusal
from core.http import middleware

V = TypeVar("V", bound=Callable[..., Any])
D = TypeVar("D")
Environ = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
log = structlog.get_logger()
_PARAMETER = re.compile(r"<\w+>")
_ID = "([0-9A-Za-z]{1,40})"


class _Route(NamedTuple):
    rule: str
    pattern: re.Pattern[str]
    declared: Any


class FastPath(ABC, Generic[D]):
    """Around the Flask application, for one method and the views that declare something for it.

    authenticate: returns the actor of a request, or None where Flask has to refuse it.
    D: what a view declares (see `declare`).
    """

    method: ClassVar[str]
    answered: ClassVar[Counter]

    def __init__(
        self, app: Flask, onward: Wsgi, authenticate: Callable[[Environ], Actor | None]
    ) -> None:
        self._onward = onward
        self._authenticate = authenticate
        self._routes = [
            _Route(rule.rule, re.compile(_PARAMETER.sub(_ID, rule.rule)), declared)
            for rule in app.url_map.iter_rules()
            if (declared := vars(app.view_functions[rule.endpoint]).get(type(self).__name__))
        ]

    @classmethod
    def declare(cls, declared: D) -> Callable[[V], V]:
        """A decorator of a view: what this path does instead of it."""

        def note(view: V) -> V:
            vars(view)[cls.__name__] = declared
            return view

        return note

    def __call__(self, environ: Environ, start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] == self.method and self._is_plain(environ):
            path: str = environ.get("PATH_INFO", "")
            for route in self._routes:
                match = route.pattern.fullmatch(path)
                if match is not None:
                    answered = self._answer(environ, start, route, match.groups())
                    if answered is not None:
                        return answered
                    break
        return self._onward(environ, start)

    @abstractmethod
    def _perform(
        self, environ: Environ, declared: D, actor: Actor, ids: tuple[str, ...]
    ) -> tuple[int, bytes]:
        """Return status and JSON of a success. ids: the parameters of the route, in order."""

    def _is_plain(self, environ: Environ) -> bool:
        """Whether this path can answer such a request."""
        return not environ.get("QUERY_STRING")

    def _failed(self, environ: Environ, fault: Exception) -> None:
        """Called before a request with an exception other than a refusal goes to Flask."""

    def _answer(
        self, environ: Environ, start: Callable[..., Any], route: _Route, ids: tuple[str, ...]
    ) -> list[bytes] | None:
        """The body of the answer; None: Flask answers."""
        began = time.perf_counter()
        request_id = middleware.begin_request(environ.get("REMOTE_ADDR"))
        try:
            actor = self._authenticate(environ)
            if actor is None:
                return None
            with i18n.language_of_api_request(environ):
                status, body = self._perform(environ, route.declared, actor, ids)
        except Refusal:
            return None
        except Exception as fault:
            # The same error occurs in Flask, which reports it.
            log.warning("fast_path_failed", route=route.rule, fault=str(fault))
            self._failed(environ, fault)
            return None
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
        middleware.count(self.method, route.rule, status, time.perf_counter() - began)
        self.answered.inc()
        return [body]
