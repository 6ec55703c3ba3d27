"""The part of passkeys that is in a request: its site, and the challenge in the session cookie.

A sign-in in progress has a session without a user: who reads it sees nobody signed in.
"""

from flask import request, session

from accounts.second_factor.passkey_rules import Site, site_of
from accounts.second_factor.passkey_shapes import Ceremony

_KEY = "passkey_challenge"


def current_site() -> Site | None:
    """Return the site of this request, behind a trusted proxy the one that the browser sees; None
    where passkeys cannot work."""
    return site_of(request.scheme, request.host)


def current_ceremony() -> Ceremony:
    """Return the site of this request with the challenge that its browser was given last."""
    return Ceremony(current_site(), str(session.get(_KEY, "")))


def keep_challenge(challenge: str) -> None:
    """Put a challenge into the session of this request."""
    session[_KEY] = challenge


def forget_challenge() -> None:
    """Remove it."""
    session.pop(_KEY, None)
