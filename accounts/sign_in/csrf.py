"""CSRF protection: every unsafe request needs the token in X-CSRF-Token.

The token is read from the header only: reading a form field would make the form parser read a
whole upload. Signing in has no token yet; its request must have the same origin instead.
"""

import hmac
from functools import lru_cache
from typing import Any, Never
from urllib.parse import urlsplit

from flask import Flask, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect
from itsdangerous import BadData, URLSafeTimedSerializer

from accounts.sign_in import sessions
from core.actor import Actor
from core.errors import CsrfFailed

HEADER = "X-CSRF-Token"
LONGEST_TOKEN = 256
_FIELD = "csrf_token"
"""Flask-WTF's key in the session."""
_ANONYMOUS = frozenset({"accounts.put_preferences", "accounts.post_setup"})
"""Endpoints that are available before signing in."""


class TokenInHeader(CSRFProtect):
    """CSRFProtect that reads one header; a request without a session gets NotSignedIn."""

    def _get_csrf_token(self) -> str | None:
        return request.headers.get(HEADER)

    def _error_response(self, reason: str) -> Never:
        if request.endpoint not in _ANONYMOUS and not current_user.is_authenticated:
            raise sessions.refusal()
        raise CsrfFailed()


protect = TokenInHeader()


def install(app: Flask) -> None:
    """Protect the app. The token lives as long as the session; see `check_same_origin`."""
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    # The Referer header is not checked in addition: non-browser clients send none.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    protect.init_app(app)


def actor_of_change(app: Flask, environ: dict[str, Any]) -> Actor | None:
    """Return the actor of a changing request outside Flask; None where Flask has to refuse it.

    The sign-in and the token are checked as Flask's requests are.
    """
    actor = sessions.actor_of(app, environ)
    token: str = environ.get("HTTP_X_CSRF_TOKEN", "")
    if actor is None or not 0 < len(token) <= LONGEST_TOKEN:
        return None
    try:
        _check_token(app, environ["HTTP_COOKIE"], token)
    except BadData:
        return None
    return actor


@lru_cache(sessions.MOST_COOKIES)
def _check_token(app: Flask, cookies: str, token: str) -> None:
    """Raises BadData, which is not cached, unless it is the token of the session in this Cookie
    header. What is right once stays right while the key of the app is the same."""
    expected = sessions.payload_of(app, cookies).get(_FIELD)
    if not app.secret_key or not expected:
        raise BadData("the session has no token")
    # As Flask-WTF signs it, in generate_csrf.
    given = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").loads(token)
    if not isinstance(given, str) or not hmac.compare_digest(str(expected), given):
        raise BadData("the token of another session")


def check_same_origin() -> None:
    """Raises CsrfFailed when the Origin header names another site.

    The same host without TLS is another site: its pages may have been modified in transit.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return
    parts = urlsplit(origin)
    if parts.netloc != request.host or (request.is_secure and parts.scheme != "https"):
        raise CsrfFailed()
