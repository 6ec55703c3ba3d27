"""Notes that sign-ins are in use: those of a few seconds together, and nobody waits for it.

When a hall that has read for minutes sends its ballots at one moment, every answer would otherwise
wait for a transaction of its own.
"""

import threading
import time

import structlog
from sqlalchemy.exc import OperationalError

from accounts.sign_in import mark_seen
from core.errors import WriteLockTimeout

SOON = 3.0
"""Seconds between the first use noted and the writing of all that were noted by then."""
AT_ONCE = 100

log = structlog.get_logger()


class Uses:
    """The sign-ins that were used and are not yet written down as such."""

    def __init__(self) -> None:
        self._noted: set[str] = set()
        self._waiting = False
        self._mutex = threading.Lock()

    def note(self, sign_in_id: str) -> None:
        """This sign-in is in use now."""
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
                # A full disk: the next request of each is noted again.
                log.warning("uses_not_written", sign_ins=len(noted) - start)
                return
