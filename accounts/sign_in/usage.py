"""Records the use of sign-ins in batches of a few seconds, outside of requests.

Otherwise, when a whole room sends its ballots after minutes of reading, every response would wait
for an additional transaction.
"""

import threading
import time

import structlog
from sqlalchemy.exc import OperationalError

from accounts.sign_in.service import mark_seen
from core.errors import WriteLockTimeout

SOON = 3.0
"""Seconds between the first recorded use and the write of all uses recorded by then."""
AT_ONCE = 100

log = structlog.get_logger()


class Uses:
    """The sign-ins in use that are not yet written to the database."""

    def __init__(self) -> None:
        self._noted: set[str] = set()
        self._waiting = False
        self._mutex = threading.Lock()

    def note(self, sign_in_id: str) -> None:
        """Record that this sign-in is in use."""
        with self._mutex:
            self._noted.add(sign_in_id)
            begin, self._waiting = not self._waiting, True
        if begin:
            threading.Thread(target=self._write_soon, name="uses", daemon=True).start()

    def _write_soon(self) -> None:
        time.sleep(SOON)
        with self._mutex:
            noted, self._noted, self._waiting = sorted(self._noted), set(), False
        for start in range(0, len(noted), AT_ONCE):
            try:
                mark_seen(noted[start : start + AT_ONCE])
            except (OperationalError, WriteLockTimeout):
                # For example a full disk: the next request of each sign-in is recorded again.
                log.warning("uses_not_written", sign_ins=len(noted) - start)
                return
