"""Sessions: Flask's session cookie, flask-login's user, and specific refusals.

The cookie carries a random token, signed; the row with the token's hash is authoritative.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from flask import Flask, Request, Response, g, redirect, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user
from itsdangerous import BadSignature, Signer
from werkzeug.http import parse_cookie

from accounts.shared.declares import (
    PasswordChangeNeeded,
    SecondFactorNeeded,
    SessionExpired,
    SessionRevoked,
)
from accounts.sign_in import queries
from accounts.sign_in.queries import FoundSignIn, find_by_token
from accounts.sign_in.service import Opened
from accounts.sign_in.sign_in_rules import SEEN_EVERY, Pending, Standing
from accounts.sign_in.usage import uses
from core import clock
from core.actor import Actor
from core.config import Config
from core.errors import NotSignedIn

COOKIE = "dienhong_session"
COOKIE_DAYS = 365
"""The cookie outlives every sign-in; the sign-in's row has its expiry."""

LONGEST_COOKIE = 2_048
"""Bytes of a Cookie header above which only Flask reads it: headers are kept in memory."""
MOST_COOKIES = 4_096
"""Verified cookies that are kept."""

_BEFORE_ALL = frozenset(
    {
        *("static", "words", "healthz", "readyz", "metrics"),
        *("account_pages.account_page", "account_pages.sign_in_page"),
        *("app_shell.service_worker", "app_shell.offline_page"),
        *("accounts.get_session", "accounts.post_session", "accounts.delete_session"),
        *("accounts.get_sessions", "accounts.delete_sign_in", "accounts.put_preferences"),
        *("accounts.post_own_password", "accounts.post_confirmation"),
        *("second_factor.get_second_factor", "second_factor.post_second_factor"),
        "second_factor.put_second_factor",
    }
)
"""Endpoints that an account with something to do first reaches: see `Pending`."""


class SignedIn(UserMixin):
    """The signed-in user of a request, as a flask-login user."""

    def __init__(
        self, token: str, actor: Actor, username: str, pending: Pending | None = None
    ) -> None:
        self._token = token
        self.actor = actor
        self.username = username
        self.pending = pending
        self.seen_at = clock.now()

    @property
    def sign_in_id(self) -> str:
        """The id of the sign-in's row."""
        return self.actor.sign_in_id

    def get_id(self) -> str:
        """Return the value that flask-login stores in the cookie: the token, not the user's id."""
        return self._token


Signer.default_digest_method = staticmethod(hashlib.sha256)
"""Of every signature here: cookies and CSRF tokens. The library's default is SHA-1."""


class CookieAtRoot(SecureCookieSessionInterface):
    """Sets the session cookie's path to the mount path, so that two mounts on one host do not
    share it; Flask's default is one path for all.

    A cookie's signature is verified once: the same value stays right while the key is the same.
    """

    digest_method = staticmethod(hashlib.sha256)

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        value = request.cookies.get(self.get_cookie_name(app))
        if not value:
            return super().open_session(app, request)
        try:
            return self.session_class(_payload(self, app, value))
        except BadSignature:
            return self.session_class()

    def get_cookie_path(self, app: Flask) -> str:
        return cookie_path()


@lru_cache(MOST_COOKIES)
def _payload(interface: CookieAtRoot, app: Flask, value: str) -> dict[str, Any]:
    """Return the data of a session cookie. Raises: BadSignature, which is not cached."""
    signer = interface.get_signing_serializer(app)
    if signer is None:
        raise BadSignature("the app has no secret key yet")
    # Without a limit of its age: the row of the sign-in has its expiry, and a cookie from before
    # the clock was set back would be refused as one from the future.
    found: dict[str, Any] = signer.loads(value)
    return found


def cookie_name(config: Config) -> str:
    """Return the name of the session cookie.

    With TLS, its prefix lets only secure pages set it. The different name also allows an
    installation to return to plain HTTP, where a browser would not replace a secure cookie.
    """
    return f"{config.cookie_prefix}{COOKIE}"


def cookie_path() -> str:
    """Return the path of every cookie of this mount."""
    return f"{request.script_root}/"


def cookie_value(app: Flask, token: str) -> str:
    """Return the session cookie's value of an open sign-in, for use outside a request."""
    signer = CookieAtRoot().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("the app has no secret key yet")
    return signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True})


def begin(opened: Opened) -> None:
    """Start a session for a new sign-in in this request; earlier session data is removed."""
    session.clear()
    session.permanent = True
    g.pop("csrf_token", None)
    login_user(SignedIn(opened.token, opened.actor, opened.username))


def replace_token(opened: Opened) -> None:
    """Give the session of this request another token; other pages of the browser stay usable."""
    login_user(SignedIn(opened.token, opened.actor, opened.username))


def end() -> None:
    """Clear the session cookie of this request."""
    session.clear()


def refusal() -> NotSignedIn:
    """Return the most specific known refusal for a request without a signed-in user."""
    found: NotSignedIn = g.get("sign_in_refusal") or NotSignedIn()
    return found


def install(app: Flask) -> None:
    """Authenticate the app's requests by their session cookie."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.session_interface = CookieAtRoot()
    app.before_request(_check_pending)
    app.after_request(_after)


def actor_of(app: Flask, environ: dict[str, Any], *, longest: int = LONGEST_COOKIE) -> Actor | None:
    """Return the actor of a request outside Flask; None where Flask has to refuse it.

    The cookie and the sign-in are checked as Flask's requests are. longest: bytes of the Cookie
    header above which the answer is None.
    """
    header: str = environ.get("HTTP_COOKIE", "")
    if not 0 < len(header) <= longest:
        return None
    read = payload_of if len(header) <= LONGEST_COOKIE else payload_of.__wrapped__
    try:
        token = str(read(app, header).get("_user_id", ""))
    except BadSignature:
        return None
    found = find_by_token(token) if token else None
    if found is None or found.standing is not Standing.VALID:
        return None
    person = _signed_in(token, found)
    if person.pending is not None:
        return None
    _note_use(person)
    return person.actor


@lru_cache(MOST_COOKIES)
def payload_of(app: Flask, header: str) -> Mapping[str, Any]:
    """Return the data of the session in a Cookie header, empty without one. Raises:
    BadSignature."""
    interface = app.session_interface
    assert isinstance(interface, CookieAtRoot)
    value = parse_cookie(header).get(interface.get_cookie_name(app))
    return MappingProxyType(_payload(interface, app, value) if value else {})


def _load(token: str) -> SignedIn | None:
    found = find_by_token(token)
    if found is None or found.standing is Standing.REVOKED:
        g.sign_in_refusal = SessionRevoked()
        return None
    if found.standing is not Standing.VALID:
        g.sign_in_refusal = SessionExpired()
        return None
    return _signed_in(token, found)


def _signed_in(token: str, found: FoundSignIn) -> SignedIn:
    person = SignedIn(token, queries.actor_of(found), found.username, found.pending)
    person.seen_at = found.last_seen_at
    return person


def _note_use(person: SignedIn) -> None:
    if clock.now() - person.seen_at >= SEEN_EVERY:
        uses.note(person.sign_in_id)


def _check_pending() -> ResponseReturnValue | None:
    """An administrator or secretary with something to do first reaches only where that is done.

    Raises: PasswordChangeNeeded, SecondFactorNeeded.
    """
    if request.endpoint is None or request.endpoint in _BEFORE_ALL or not session:
        return None
    person: Any = current_user
    if not person.is_authenticated or person.pending is None:
        return None
    if not request.path.startswith("/api/"):
        return redirect(f"{request.script_root}/account")
    if person.pending is Pending.PASSWORD:
        raise PasswordChangeNeeded()
    raise SecondFactorNeeded()


def _after(response: Response) -> Response:
    person = g.get("_login_user")
    if isinstance(person, SignedIn):
        _note_use(person)
    return response
