"""Records the use of sign-ins, and the rooms that they join, in batches of a few seconds.

Otherwise, when a whole room sends its ballots after minutes of reading, every response would wait
for an additional transaction.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

import structlog
from sqlalchemy.exc import OperationalError

from accounts.sign_in.service import mark_joined, mark_seen
from core.errors import WriteLockTimeout

SOON = 3.0
"""Seconds between the first recorded use and the write of all uses recorded by then."""
AT_ONCE = 100
MOST_REMEMBERED = 20_000

T = TypeVar("T")
log = structlog.get_logger()


class Uses:
    """The sign-ins in use that are not yet written to the database."""

    def __init__(self) -> None:
        self._noted: set[str] = set()
        self._joined: dict[str, str] = {}
        self._last_joined: dict[str, str] = {}
        self._waiting = False
        self._mutex = threading.Lock()

    def note(self, sign_in_id: str) -> None:
        """Record that this sign-in is in use."""
        with self._mutex:
            self._noted.add(sign_in_id)
        self._begin()

    def joined(self, sign_in_id: str, room_id: str) -> None:
        """Record that this sign-in joined a room; nothing is written for the same room again."""
        with self._mutex:
            if self._last_joined.get(sign_in_id) == room_id:
                return
            if len(self._last_joined) >= MOST_REMEMBERED:
                self._last_joined.clear()
            self._last_joined[sign_in_id] = self._joined[sign_in_id] = room_id
        self._begin()

    def _begin(self) -> None:
        with self._mutex:
            begin, self._waiting = not self._waiting, True
        if begin:
            threading.Thread(target=self._write_soon, name="uses", daemon=True).start()

    def _write_soon(self) -> None:
        time.sleep(SOON)
        with self._mutex:
            noted, self._noted, self._waiting = sorted(self._noted), set(), False
            joined, self._joined = list(self._joined.items()), {}
        try:
            for some in batched(noted):
                mark_seen(some)
            for rooms in batched(joined):
                mark_joined(dict(rooms))
        except (OperationalError, WriteLockTimeout):
            # For example a full disk: the next request or join of each is recorded again.
            log.warning("uses_not_written", sign_ins=len(noted) + len(joined))


def batched(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items in parts that one transaction writes."""
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


uses = Uses()
"""Of this process."""
