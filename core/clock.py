"""Current time. All code reads it here, so that tests can replace it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_source: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """Return the current time as an aware datetime in UTC."""
    return _source()


def in_zone(moment: datetime, zone: str) -> datetime:
    """Convert a time to a zone. Returns it unchanged where the result would leave the calendar:
    in the first hours of year 1 and the last of year 9999."""
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OverflowError:
        return moment


def today(zone: str) -> date:
    """The current day in a time zone."""
    return in_zone(now(), zone).date()


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a day in a time zone."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def set_source(source: Callable[[], datetime]) -> Callable[[], datetime]:
    """Replace the clock and return the previous one."""
    global _source
    before, _source = _source, source
    return before
