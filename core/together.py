"""Many small transactions under one COMMIT, for when a whole hall sends at the same moment.

Each piece of work runs in its own savepoint, with its own request's context, and succeeds or is
undone alone; what succeeded becomes durable together. A disk that needs 8 ms for a COMMIT then
takes hundreds of ballots a second instead of a hundred. Nobody is answered before the COMMIT.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from core.database import is_writing
from core.errors import Unavailable
from core.house import house
from core.transaction import Tx, transaction_on
from core.write_lock import WriteLockTimeout

T = TypeVar("T")

MOST_AT_ONCE = 64
"""How many share a COMMIT: a bound on how long the first of them waits."""


class _Turn(Generic[T]):
    """One piece of work that waits to be done, and how it ended."""

    def __init__(self, work: Callable[[Tx], T]) -> None:
        self.work = work
        self.context = copy_context()
        self.done = False
        self.result: T | None = None
        self.fault: BaseException | None = None
        self.tx: Tx | None = None

    def run(self, session: Session) -> None:
        """Do it inside a savepoint; a refusal undoes this piece alone.

        Raises the piece's exception when it ended the whole transaction.
        """
        connection = session.connection()
        savepoint = session.begin_nested()
        try:
            self.tx = self.context.run(transaction_on, session, house())
            self.result = self.context.run(self.work, self.tx)
            self.context.run(self.tx.close)
            savepoint.commit()
        except Exception as fault:
            if not is_writing(connection):
                connection.invalidate()  # It would look for savepoints that are gone.
                raise
            savepoint.rollback()
            self.fault = fault

    def outcome(self) -> T:
        """The result, or the exception that ended it."""
        if self.fault is not None:
            raise self.fault
        return self.result  # type: ignore[return-value]


class _Door:
    """Where the pieces wait; whoever comes in first does all that wait."""

    def __init__(self) -> None:
        self._waiting: deque[_Turn[Any]] = deque()
        self._mutex = threading.Lock()

    def together(self, work: Callable[[Tx], T]) -> T:
        turn = _Turn(work)
        self._waiting.append(turn)
        with self._mutex:
            while not turn.done:
                self._do_some(turn)
        return turn.outcome()

    def _do_some(self, mine: _Turn[Any]) -> None:
        batch: list[_Turn[Any]] = []
        try:
            self._commit_some(batch)
        except WriteLockTimeout as fault:
            # All of them wait for the same lock: one after the other they would wait for ever.
            while self._waiting:
                batch.append(self._waiting.popleft())
            _fail(batch, fault)
        except BaseException as fault:
            if not batch:
                self._waiting.remove(mine)
                raise
            _fail(batch, fault)
            if not isinstance(fault, Exception):
                raise
        finally:
            for turn in batch:
                turn.done = True
        for turn in batch:
            if turn.fault is None and turn.tx is not None:
                turn.tx.ring()

    def _commit_some(self, batch: list[_Turn[Any]]) -> None:
        """Do pieces that wait, each put into `batch` first, and commit them."""
        home = house()
        with home.database.write() as session:
            while self._waiting and len(batch) < MOST_AT_ONCE:
                batch.append(self._waiting.popleft())
                batch[-1].run(session)
                time.sleep(0)  # Others of this process go on between two pieces.
            home.database.commit(session)


def _fail(batch: list[_Turn[Any]], fault: BaseException) -> None:
    """Nothing that they did or saw became durable, be they done, refused or answered before."""
    for turn in batch:
        turn.fault = fault if isinstance(fault, Exception) else Unavailable(retry_after=1)


_door = _Door()


def together(work: Callable[[Tx], T]) -> T:
    """Run a verb's work in a transaction that may share its COMMIT with others.

    Raises what the work raises; Replayed when this request was answered before.
    """
    return _door.together(work)
