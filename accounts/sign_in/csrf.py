"""CSRF protection: every unsafe request needs the token in X-CSRF-Token.

The token is read from the header only: reading a form field would make the form parser read a
whole upload. Signing in has no token yet; its request must have the same origin instead.
"""

from typing import Never
from urllib.parse import urlsplit

from flask import Flask, request
from flask_login import current_user
from flask_wtf.csrf import CSRFProtect

from accounts.sign_in import sessions
from core.errors import CsrfFailed

HEADER = "X-CSRF-Token"
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
