"""Many questions to the database at one moment that need the same rows: they load them once.

A session by itself lives as long as one question. Whoever comes within a moment goes on with the
one of those before, each in a short transaction of its own, so that no old state stays open and
stops checkpoints. What is found is as old as the look: who relies on it counts from then on.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from core.db.database import Database
from core.errors import Refusal


class SharedReadSession:
    """A session for everybody who asks within so many seconds, from any thread."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._mutex = threading.Lock()
        self._session: Session | None = None
        self._since = 0.0

    @contextmanager
    def read(self, database: Database) -> Iterator[tuple[Session, float]]:
        """A session for this block alone, and since when it may know what it knows (monotonic).

        Rows that nobody keeps are asked for again (`core.db.database.keep`). A refusal leaves the
        look as it is; any other exception ends it.
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
                self._settle(session)
                raise
            except BaseException:
                session.close()
                raise
            self._settle(session)

    def _settle(self, session: Session) -> None:
        """End the transaction and keep what was loaded."""
        try:
            session.commit()
        except BaseException:
            session.close()
            raise
        self._session = session
