"""The device cookie: a random name for a browser, and the people who signed in on it.

It only decides which count a wrong password falls under; it opens nothing. The newest people are
kept, so that a shared tablet's cookie stays small.
"""

from collections.abc import Sequence

import msgspec
from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

from accounts.sessions import COOKIE_DAYS, cookie_path
from core.ids import new_id

COOKIE = "dienhong_device"
_PEOPLE = 8


class Device(msgspec.Struct, frozen=True, array_like=True):
    """A browser. `people`: usernames that signed in on it, newest last."""

    id: str
    people: Sequence[str] = ()

    def knows(self, username: str) -> bool:
        """Whether this person signed in on this device before."""
        return username in self.people

    def with_person(self, username: str) -> "Device":
        """The same device after this person signed in."""
        others = [other for other in self.people if other != username]
        return Device(self.id, (*others, username)[-_PEOPLE:])


def known_device() -> Device | None:
    """The device of this request, when it brought a cookie of ours."""
    given = request.cookies.get(COOKIE)
    if given is None:
        return None
    try:
        return msgspec.convert(_signer().loads(given), Device)
    except (BadSignature, msgspec.ValidationError):
        return None


def remember_device(response: Response, username: str | None) -> None:
    """Give this device its cookie; `username`: of the person who has just signed in on it."""
    before = known_device()
    device = before or Device(new_id())
    after = device if username is None else device.with_person(username)
    if after == before:
        return
    response.set_cookie(
        COOKIE,
        str(_signer().dumps(msgspec.to_builtins(after))),
        max_age=COOKIE_DAYS * 24 * 3600,
        path=cookie_path(),
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )


def _signer() -> URLSafeSerializer:
    secret = current_app.secret_key
    if secret is None:
        raise RuntimeError("the app has no secret key yet")
    return URLSafeSerializer(secret, salt="dienhong-device")
