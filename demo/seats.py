"""Seats: several people of the demo meeting in one browser, each under a path of its own.

A WSGI layer, outermost. It moves `/as/<seat>` from the path into SCRIPT_NAME and signs that seat
in, so the whole product runs below it. A session cookie at `/` reaches every seat, so the layer
drops each one that it did not issue for that seat. Seats answer on loopback only. A seat can be cut
off for a while, as if its network were gone.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask
from itsdangerous import BadSignature

from accounts.sessions import CookieAtRoot, cookie_value
from accounts.sign_in import Opened, open_sign_in
from accounts.sign_in_queries import sign_in_is_valid
from core.app_context import current_context

CUT_SECONDS = 15.0
LOOPBACK = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})

Start = Callable[..., Any]
Environ = dict[str, Any]


class Seats:
    """Who sits where. `people`: seat → user id."""

    def __init__(self, app: Flask, people: Mapping[str, str]) -> None:
        self.people = people
        self._app = app
        self._opened: dict[str, Opened] = {}
        self._cut_until: dict[str, float] = {}
        self._opening = threading.Lock()

    def sign_in_of(self, seat: str) -> Opened:
        """The seat's sign-in, opened when first needed, and anew when somebody ended it there."""
        with self._opening:
            opened = self._opened.get(seat)
            if opened is None or not _stands(opened):
                opened = self._opened[seat] = open_sign_in(self.people[seat], device="Demo")
            return opened

    def cut(self, seat: str) -> float:
        """Cut the seat's network for CUT_SECONDS; answers the seconds."""
        self._cut_until[seat] = time.monotonic() + CUT_SECONDS
        return CUT_SECONDS

    def is_cut(self, seat: str) -> bool:
        """Whether the seat is without network now."""
        return time.monotonic() < self._cut_until.get(seat, 0.0)

    def cookie_for(self, seat: str, header: str) -> str:
        """The Cookie header for the app: the seat's own session, never another one."""
        opened = self.sign_in_of(seat)
        kept = []
        session = cookie_value(self._app, opened.token)
        own: str = self._app.config["SESSION_COOKIE_NAME"]
        for name, value in _cookies(header):
            if name != own:
                kept.append(f"{name}={value}")
            elif self._belongs(value, opened):
                session = value
        return "; ".join([*kept, f"{own}={session}"])

    def _belongs(self, value: str, opened: Opened) -> bool:
        """Whether a session cookie is one that the app issued for this very sign-in."""
        signer = CookieAtRoot().get_signing_serializer(self._app)
        try:
            content = signer.loads(value) if signer else {}
        except BadSignature:
            return False
        return bool(content.get("_user_id") == opened.token)


class SeatLayer:
    """The layer itself: around the whole WSGI app, Socket.IO included."""

    def __init__(self, wsgi: Callable[[Environ, Start], Iterable[bytes]], seats: Seats) -> None:
        self._wsgi = wsgi
        self._seats = seats

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        if path == "/demo" or path.startswith(("/demo/", "/as/")):
            if environ.get("REMOTE_ADDR") not in LOOPBACK:
                return _say(start, "404 Not Found")
        if not path.startswith("/as/"):
            return self._wsgi(environ, start)
        seat, _, rest = path.removeprefix("/as/").partition("/")
        if seat not in self._seats.people:
            return _say(start, "404 Not Found")
        if self._seats.is_cut(seat):
            return _say(start, "503 Service Unavailable")
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/as/{seat}"
        environ["PATH_INFO"] = f"/{rest}"
        environ["HTTP_COOKIE"] = self._seats.cookie_for(seat, environ.get("HTTP_COOKIE", ""))
        return self._wsgi(environ, start)


def _stands(opened: Opened) -> bool:
    with current_context().database.read() as session:
        return sign_in_is_valid(session, opened.actor.sign_in_id)


def _cookies(header: str) -> list[tuple[str, str]]:
    """Every cookie of a header in order; one name may stand there several times."""
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return [(name, value) for name, _, value in pairs if name]


def _say(start: Start, status: str) -> Iterable[bytes]:
    start(status, [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
    return [status.encode()]
