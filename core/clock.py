"""The time of day. The only place that asks for it, so that a test can set it."""

from collections.abc import Callable
from datetime import UTC, datetime

_source: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


def now() -> datetime:
    """The present moment, in UTC, with its zone."""
    return _source()


def set_source(source: Callable[[], datetime]) -> Callable[[], datetime]:
    """Put another clock in place and answer the one that was there."""
    global _source
    before, _source = _source, source
    return before
