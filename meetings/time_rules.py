"""When a meeting may be. Pure: no database, no clock, no request."""

from datetime import datetime, timedelta

from core.errors import InvalidInput

LONGEST = timedelta(days=31)


def check_times(starts_at: datetime, ends_at: datetime | None) -> None:
    """Raise InvalidInput unless both have an offset and the end comes after the start."""
    if starts_at.tzinfo is None:
        raise InvalidInput(("starts_at", "an offset is missing"))
    if ends_at is None:
        return
    if ends_at.tzinfo is None:
        raise InvalidInput(("ends_at", "an offset is missing"))
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise InvalidInput(("ends_at", "must come after starts_at, within 31 days"))
