"""Standing of a sign-in, and safe redirect targets after it. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

SEEN_EVERY = timedelta(minutes=1)
LONGEST_MEETING = timedelta(days=7)
"""Time after its expiry during which a meeting in session still keeps a sign-in valid."""
LONGEST_SIGN_IN = timedelta(days=30)
"""After this time the password is needed again, however often the device is used."""


class Standing(StrEnum):
    """The present validity of a sign-in."""

    VALID = "valid"
    ASLEEP = "asleep"
    """Expired, but valid while the meeting that it joined is in session or paused."""
    EXPIRED = "expired"
    REVOKED = "revoked"


def standing(
    *,
    created_at: datetime,
    expires_at: datetime,
    revoked_at: datetime | None,
    active: bool,
    now: datetime,
) -> Standing:
    """Return the standing of a sign-in. active: whether its account is active."""
    if revoked_at is not None or not active:
        return Standing.REVOKED
    if now - created_at >= LONGEST_SIGN_IN:
        return Standing.EXPIRED
    if now < expires_at:
        return Standing.VALID
    return Standing.ASLEEP if now - expires_at < LONGEST_MEETING else Standing.EXPIRED


class Pending(StrEnum):
    """What an administrator or secretary has to do before anything else."""

    PASSWORD = "password"  # noqa: S105 - a generated one is to be changed
    SECOND_FACTOR = "second_factor"


def pending(
    *, is_staff: bool, password_generated: bool, has_factor: bool, factor_required: bool
) -> Pending | None:
    """Return what comes first on this account. is_staff: who may change what others rely on."""
    if not is_staff:
        return None
    if password_generated:
        return Pending.PASSWORD
    return Pending.SECOND_FACTOR if factor_required and not has_factor else None


def safe_next(path: str | None) -> str:
    """Return the path if it is a safe redirect within the application, otherwise "/"."""
    if (
        not path
        or not path.startswith("/")
        or path.startswith("//")
        or "\\" in path
        or not path.isprintable()
    ):
        return "/"
    return path
