"""How a sign-in stands, and where a page may send a person after it. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

SEEN_EVERY = timedelta(minutes=1)
LONGEST_MEETING = timedelta(days=7)
"""How long after its expiry a sign-in may still be woken by a meeting that goes on."""


class Standing(StrEnum):
    """What a sign-in is worth now."""

    VALID = "valid"
    ASLEEP = "asleep"
    """Expired, but valid while the person's meeting is in session or paused."""
    EXPIRED = "expired"
    REVOKED = "revoked"


def standing(
    *, expires_at: datetime, revoked_at: datetime | None, active: bool, now: datetime
) -> Standing:
    """How a sign-in stands. active: of its person's account."""
    if revoked_at is not None or not active:
        return Standing.REVOKED
    if now < expires_at:
        return Standing.VALID
    return Standing.ASLEEP if now - expires_at < LONGEST_MEETING else Standing.EXPIRED


def safe_next(path: str | None) -> str:
    """A path within the product to go on to, "/" for anything that could lead elsewhere."""
    if (
        not path
        or not path.startswith("/")
        or path.startswith("//")
        or "\\" in path
        or not path.isprintable()
    ):
        return "/"
    return path
