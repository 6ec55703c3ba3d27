"""Valid times of meetings and vote tallies. Pure: no database, no clock, no request."""

from datetime import UTC, datetime, timedelta

from core.errors import InvalidInput

LONGEST = timedelta(days=31)
YEARS = range(2000, 2101)
"""Years that can be stored: at the ends of the calendar, a moment has no local time."""


def in_utc(field: str, at: datetime) -> datetime:
    """The same moment in UTC, as it is stored and sent.

    Raises InvalidInput without an offset, and outside of YEARS.
    """
    return to_be_kept(field, at).astimezone(UTC)


def to_be_kept(field: str, at: datetime) -> datetime:
    """The given moment. Raises InvalidInput without an offset, and outside of YEARS."""
    if with_offset(field, at).year not in YEARS:
        raise InvalidInput((field, "not a time that can be kept"))
    return at


def with_offset(field: str, at: datetime) -> datetime:
    """The given moment. Raises InvalidInput without an offset: local time alone is ambiguous."""
    if at.tzinfo is None:
        raise InvalidInput((field, "an offset is missing"))
    return at


def check_times(starts_at: datetime, ends_at: datetime | None) -> None:
    """Raise InvalidInput unless both have an offset and the end is 0 to 31 days after the start."""
    with_offset("starts_at", starts_at)
    if ends_at is None:
        return
    with_offset("ends_at", ends_at)
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise InvalidInput(("ends_at", "must come after starts_at, within 31 days"))
