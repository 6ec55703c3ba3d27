"""The time of day. The only place that asks for it, so that a test can set it."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_source: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """The present moment, in UTC, with its zone."""
    return _source()


def in_zone(moment: datetime, zone: str) -> datetime:
    """The moment by the clocks of a zone; unchanged where these would leave the calendar, in the
    first hours of year 1 and the last of year 9999."""
    try:
        return moment.astimezone(ZoneInfo(zone))
    except OverflowError:
        return moment


def set_source(source: Callable[[], datetime]) -> Callable[[], datetime]:
    """Put another clock in place and answer the one that was there."""
    global _source
    before, _source = _source, source
    return before
