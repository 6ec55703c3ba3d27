"""From a cookie to a person: Flask's session cookie, flask-login's user, and refusals by name.

The cookie carries a random token, signed; the row with the token's hash is the truth.
"""

from flask import Flask, Response, g, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, login_user

from accounts.declares import SessionExpired, SessionRevoked
from accounts.sign_in import Opened
from accounts.sign_in_queries import FoundSignIn, find_by_token
from accounts.sign_in_rules import SEEN_EVERY, Standing
from accounts.sign_in_usage import Uses
from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.errors import NotSignedIn

COOKIE = "dienhong_session"
COOKIE_DAYS = 365
"""The cookie outlives every sign-in: when one ends is written in its row."""

_uses = Uses()


class SignedIn(UserMixin):
    """The signed-in person of a request, as flask-login keeps one."""

    def __init__(self, token: str, actor: Actor, username: str) -> None:
        self._token = token
        self.actor = actor
        self.username = username
        self.seen_at = clock.now()

    @property
    def sign_in_id(self) -> str:
        """The row of this sign-in."""
        return self.actor.sign_in_id

    def get_id(self) -> str:
        """What flask-login puts into the cookie: the token, never the person's id."""
        return self._token


class CookieAtRoot(SecureCookieSessionInterface):
    """The session cookie lies at the path where the product is mounted, so that two mounts on one
    host do not share it; by itself Flask puts it at one path for all."""

    def get_cookie_path(self, app: Flask) -> str:
        return cookie_path()


def cookie_name(*, tls: bool) -> str:
    """The name of the session cookie.

    With TLS only a secure page can set a cookie of this name. And a house that goes back to plain
    HTTP is not in the way of itself: there, a browser would not replace a secure cookie.
    """
    return f"__Secure-{COOKIE}" if tls else COOKIE


def cookie_path() -> str:
    """The path of every cookie of this mount."""
    return f"{request.script_root}/"


def cookie_value(app: Flask, token: str) -> str:
    """The session cookie of an opened sign-in, for whoever sets it outside of a request."""
    signer = CookieAtRoot().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("the app has no secret key yet")
    return signer.dumps({"_user_id": token, "_fresh": True, "_permanent": True})


def begin(opened: Opened) -> None:
    """Put a sign-in just opened into this request and its cookie; nothing of before remains."""
    session.clear()
    session.permanent = True
    g.pop("csrf_token", None)
    login_user(SignedIn(opened.token, opened.actor, opened.username))


def end() -> None:
    """Empty this request's cookie."""
    session.clear()


def refusal() -> NotSignedIn:
    """Why this request has no signed-in person, as exactly as is known."""
    found: NotSignedIn = g.get("sign_in_refusal") or NotSignedIn()
    return found


def install(app: Flask) -> None:
    """Let the app know people by their cookie."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(_load)
    app.session_interface = CookieAtRoot()
    app.after_request(_after)


def _load(token: str) -> SignedIn | None:
    with current_context().database.read() as reading:
        found = find_by_token(reading, token)
    if found is None or found.standing is Standing.REVOKED:
        g.sign_in_refusal = SessionRevoked()
        return None
    if found.standing is not Standing.VALID:
        g.sign_in_refusal = SessionExpired()
        return None
    return _signed_in(token, found)


def _signed_in(token: str, found: FoundSignIn) -> SignedIn:
    actor = Actor(
        found.user_id,
        found.display_name,
        found.is_admin,
        found.id,
        found.may_create_meetings,
    )
    person = SignedIn(token, actor, found.username)
    person.seen_at = found.last_seen_at
    return person


def note_use() -> None:
    """The sign-in of this request, if it has been asked for, is in use."""
    person = g.get("_login_user")
    if isinstance(person, SignedIn) and clock.now() - person.seen_at >= SEEN_EVERY:
        _uses.note(person.sign_in_id)


def _after(response: Response) -> Response:
    note_use()
    return response
