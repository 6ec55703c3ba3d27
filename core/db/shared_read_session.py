"""Shared read session: concurrent queries that need the same rows load them once.

A session normally serves one query. Callers within a short time reuse one session, each in
a short transaction, so that no old snapshot stays open and blocks checkpoints. Results are as old
as the session: a caller that caches them counts their age from the returned time.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from core.db.database import Database
from core.errors import Refusal


class SharedReadSession:
    """A session that callers in any thread share for `seconds`; used by one caller at a time."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._mutex = threading.Lock()
        self._session: Session | None = None
        self._since = 0.0

    @contextmanager
    def read(self, database: Database) -> Iterator[tuple[Session, float]]:
        """Yield the session, exclusive to this block, and its start time (monotonic seconds).

        Rows without a strong reference are loaded again (`core.db.database.keep`). A Refusal keeps
        the session; any other exception closes it.
        """
        with self._mutex:
            session = self._session
            now = time.monotonic()
            if session is None or now - self._since > self._seconds:
                if session is not None:
                    session.close()
                session, self._since = Session(database.engine, expire_on_commit=False), now
            self._session = None
            try:
                yield session, self._since
            except Refusal:
                self._end_transaction(session)
                raise
            except BaseException:
                session.close()
                raise
            self._end_transaction(session)

    def _end_transaction(self, session: Session) -> None:
        """End the transaction and keep the session with its loaded objects."""
        try:
            session.commit()
        except BaseException:
            session.close()
            raise
        self._session = session
