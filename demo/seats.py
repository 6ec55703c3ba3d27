"""Seats: several people of the demo meeting in one browser, each at a separate path.

This is the outermost WSGI layer. It moves `/as/<seat>` from the path to SCRIPT_NAME and signs that
seat in, so that the whole product runs below the path. A session cookie at `/` is sent for every
seat, so the layer drops each session that it did not issue for that seat. Seats are available on
loopback only, by its own names. A seat can be disconnected for a while, as if its network were
lost.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Flask
from itsdangerous import BadSignature

from accounts.sign_in.queries import sign_in_is_valid
from accounts.sign_in.service import Opened, open_sign_in
from accounts.sign_in.sessions import CookieAtRoot, cookie_value
from core.http.client import is_from_this_machine

CUT_SECONDS = 15.0

Start = Callable[..., Any]
Environ = dict[str, Any]


class Seats:
    """The seats and their sign-ins. `people`: user id by seat."""

    def __init__(self, app: Flask, people: Mapping[str, str]) -> None:
        self.people = people
        self._app = app
        self._opened: dict[str, Opened] = {}
        self._cut_until: dict[str, float] = {}
        self._opening = threading.Lock()

    def sign_in_of(self, seat: str) -> Opened:
        """The seat's sign-in. It is created on first use, and again after the user ended it."""
        with self._opening:
            opened = self._opened.get(seat)
            if opened is None or not _stands(opened):
                opened = self._opened[seat] = open_sign_in(self.people[seat], device="Demo")
            return opened

    def cut(self, seat: str) -> float:
        """Disconnect the seat for CUT_SECONDS. Returns the seconds."""
        self._cut_until[seat] = time.monotonic() + CUT_SECONDS
        return CUT_SECONDS

    def is_cut(self, seat: str) -> bool:
        """Whether the seat is disconnected now."""
        return time.monotonic() < self._cut_until.get(seat, 0.0)

    def cookie_for(self, seat: str, header: str) -> str:
        """The Cookie header for the app: it has the session of this seat and of no other."""
        opened = self.sign_in_of(seat)
        cookies = []
        session = cookie_value(self._app, opened.token)
        session_name: str = self._app.config["SESSION_COOKIE_NAME"]
        for name, value in _cookies(header):
            if name != session_name:
                cookies.append(f"{name}={value}")
            elif self._belongs(value, opened):
                session = value
        return "; ".join([*cookies, f"{session_name}={session}"])

    def _belongs(self, value: str, opened: Opened) -> bool:
        """Whether the app issued a session cookie for this sign-in."""
        signer = CookieAtRoot().get_signing_serializer(self._app)
        try:
            content = signer.loads(value) if signer else {}
        except BadSignature:
            return False
        return bool(content.get("_user_id") == opened.token)


class SeatLayer:
    """The WSGI layer around the whole app, including Socket.IO."""

    def __init__(self, wsgi: Callable[[Environ, Start], Iterable[bytes]], seats: Seats) -> None:
        self._wsgi = wsgi
        self._seats = seats

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        if path == "/demo" or path.startswith(("/demo/", "/as/")):
            if not is_from_this_machine(environ):
                return _respond(start, "404 Not Found")
        if not path.startswith("/as/"):
            return self._wsgi(environ, start)
        seat, _, rest = path.removeprefix("/as/").partition("/")
        if seat not in self._seats.people:
            return _respond(start, "404 Not Found")
        if self._seats.is_cut(seat):
            return _respond(start, "503 Service Unavailable")
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/as/{seat}"
        environ["PATH_INFO"] = f"/{rest}"
        environ["HTTP_COOKIE"] = self._seats.cookie_for(seat, environ.get("HTTP_COOKIE", ""))
        return self._wsgi(environ, start)


def _stands(opened: Opened) -> bool:
    return sign_in_is_valid(opened.actor.sign_in_id)


def _cookies(header: str) -> list[tuple[str, str]]:
    """All cookies of a header in order; a name may occur several times."""
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return [(name, value) for name, _, value in pairs if name]


def _respond(start: Start, status: str) -> Iterable[bytes]:
    start(status, [("Content-Type", "text/plain"), ("Cache-Control", "no-store")])
    return [status.encode()]
