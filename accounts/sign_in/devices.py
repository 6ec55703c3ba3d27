"""The device cookie: a random id of a browser, and the users who signed in on it.

It only selects the counters of wrong passwords; it grants no access. Only the newest users are
kept, so that a shared tablet's cookie stays small.
"""

from collections.abc import Sequence

import msgspec
from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from accounts.sign_in.sessions import COOKIE_DAYS, cookie_path
from core.app_context import current_context
from core.ids import new_id

COOKIE = "dienhong_device"
_PEOPLE = 8


class Device(msgspec.Struct, frozen=True, array_like=True):
    """A browser. `people`: usernames that signed in on it, newest last."""

    id: str
    people: Sequence[str] = ()

    def knows(self, username: str) -> bool:
        """Return whether this user has signed in on this device before."""
        return username in self.people

    def with_person(self, username: str) -> "Device":
        """Return the device with this user as the newest."""
        others = [other for other in self.people if other != username]
        return Device(self.id, (*others, username)[-_PEOPLE:])


def known_device() -> Device | None:
    """Return the device of this request; None without a valid device cookie."""
    given = request.cookies.get(_cookie_name())
    if given is None:
        return None
    try:
        return msgspec.convert(_signer().loads(given), Device)
    except (BadSignature, msgspec.ValidationError):
        return None


def remember_device(response: Response, username: str | None) -> None:
    """Set the device cookie. `username`: the user who has just signed in, or None."""
    before = known_device()
    device = before or Device(new_id())
    after = device if username is None else device.with_person(username)
    if after == before:
        return
    response.set_cookie(
        _cookie_name(),
        str(_signer().dumps(msgspec.to_builtins(after))),
        max_age=COOKIE_DAYS * 24 * 3600,
        path=cookie_path(),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def _cookie_name() -> str:
    return f"{current_context().config.cookie_prefix}{COOKIE}"


def _signer() -> URLSafeSerializer:
    secret = current_app.secret_key
    if secret is None:
        raise RuntimeError("the app has no secret key yet")
    return URLSafeSerializer(secret, salt="dienhong-device")
