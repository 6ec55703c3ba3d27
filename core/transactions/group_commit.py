"""Many small transactions under one COMMIT, for when a whole hall sends at the same moment.

Each piece of work runs in its own savepoint, with its own request's context, and succeeds or is
undone alone; what succeeded becomes durable together. A disk that needs 8 ms for a COMMIT then
takes hundreds of ballots a second instead of a hundred. Nobody is answered before the COMMIT.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from core.app_context import current_context
from core.db.database import is_writing
from core.errors import Unavailable, WriteLockTimeout
from core.offload import yield_control
from core.transactions.transaction import Tx, transaction_on

T = TypeVar("T")

MOST_AT_ONCE = 64
"""How many share a COMMIT: a bound on how long the first of them waits."""


class _Task(Generic[T]):
    """One piece of work that waits to be done, and how it ended.

    called: it is done, or it leads now: it does what waits, its own work first.
    """

    def __init__(self, work: Callable[[Tx], T]) -> None:
        self.work = work
        self.context = copy_context()
        self.called = threading.Event()
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
            self.context.run(self._do, session)
            savepoint.commit()
        except Exception as fault:
            if not is_writing(connection):
                connection.invalidate()  # It would look for savepoints that are gone.
                raise
            savepoint.rollback()
            self.fault = fault

    def _do(self, session: Session) -> None:
        self.tx = transaction_on(session, current_context())
        self.result = self.work(self.tx)
        self.tx.close()

    def outcome(self) -> T:
        """The result, or the exception that ended it."""
        if self.fault is not None:
            raise self.fault
        return self.result  # type: ignore[return-value]


class _GroupCommitter:
    """Where the pieces wait. One of them leads: it does all that wait, then calls the next."""

    def __init__(self) -> None:
        self._waiting: deque[_Task[Any]] = deque()
        self._mutex = threading.Lock()
        self._led = False

    def group_commit(self, work: Callable[[Tx], T]) -> T:
        task = _Task(work)
        with self._mutex:
            self._waiting.append(task)
            leads, self._led = not self._led, True
        if not leads:
            self._wait(task)
        if not task.done:
            self._run_leader()
        return task.outcome()

    def _wait(self, task: _Task[Any]) -> None:
        try:
            task.called.wait()
        except BaseException:
            # Nobody waits for this one any more. It must not be the one who is called to lead.
            with self._mutex:
                if task in self._waiting:
                    self._waiting.remove(task)
                leads = task.called.is_set() and not task.done
            if leads:
                self._wake_next()
            raise

    def _run_leader(self) -> None:
        """Do what waits: mine is the first of it."""
        batch: list[_Task[Any]] = []
        try:
            self._commit_some(batch)
        except WriteLockTimeout as fault:
            # All of them wait for the same lock: one after the other they would wait for ever.
            while taken := self._take():
                batch += taken
            _fail(batch, fault)
        except BaseException as fault:
            _fail(batch := batch or self._take(), fault)
            if not isinstance(fault, Exception):
                raise
        finally:
            for task in batch:
                task.done = True
            self._wake_next()
            self._call(deque(batch))

    def _commit_some(self, batch: list[_Task[Any]]) -> None:
        """Do the pieces that wait now, each put into `batch` first, and commit them.

        Who comes meanwhile goes with the next: with a steady stream there would be no end.
        """
        context = current_context()
        yield_control()  # What the leader did to come here took its time already.
        with context.database.write() as session:
            waiting = min(len(self._waiting), MOST_AT_ONCE)
            while len(batch) < waiting and (taken := self._take()):
                batch += taken
                taken[0].run(session)
                yield_control()
            context.database.commit(session)

    def _take(self) -> list[_Task[Any]]:
        """The one that waits longest, or nothing."""
        with self._mutex:
            return [self._waiting.popleft()] if self._waiting else []

    def _wake_next(self) -> None:
        """Whoever waits longest leads from now on."""
        with self._mutex:
            self._led = bool(self._waiting)
            if self._led:
                self._waiting[0].called.set()

    def _call(self, batch: deque[_Task[Any]]) -> None:
        """Tell those of a batch how it ended, one after the other: each has an answer to make."""
        for task in batch:
            if task.fault is None and task.tx is not None:
                task.tx.notify()
        try:
            while batch:
                batch.popleft().called.set()
                yield_control()
        finally:
            for task in batch:
                task.called.set()


def _fail(batch: list[_Task[Any]], fault: BaseException) -> None:
    """Nothing that they did or saw became durable, be they done, refused or answered before."""
    for task in batch:
        task.fault = fault if isinstance(fault, Exception) else Unavailable(retry_after=1)


_committer = _GroupCommitter()


def group_commit(work: Callable[[Tx], T]) -> T:
    """Run a verb's work in a transaction that may share its COMMIT with others.

    Raises what the work raises; Replayed when this request was answered before.
    """
    return _committer.group_commit(work)
