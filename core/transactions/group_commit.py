"""Group commit: several small transactions share one COMMIT under load.

Each task runs in a savepoint, in the context of its request, and succeeds or rolls back alone;
the successful tasks become durable together. A disk that needs 8 ms for a COMMIT then handles
hundreds of ballots a second instead of a hundred. No request is answered before the COMMIT.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextvars import copy_context
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session

from core.app_context import current_context
from core.db.database import is_writing
from core.db.prepared_statements import on_present_driver
from core.errors import Unavailable, WriteLockTimeout
from core.offload import yield_control
from core.transactions.transaction import Tx, commit, transaction_on

T = TypeVar("T")

MOST_AT_ONCE = 64
"""Maximum number of tasks in a COMMIT; bounds how long the first of them waits."""


class _Task(Generic[T]):
    """A queued unit of work and its outcome.

    woken: set when the task is done, or when it becomes leader and runs the queue, itself first.
    """

    def __init__(self, work: Callable[[Tx], T]) -> None:
        self.work = work
        self.context = copy_context()
        self.woken = threading.Event()
        self.done = False
        self.result: T | None = None
        self.fault: BaseException | None = None
        self.tx: Tx | None = None

    def run(self, session: Session) -> None:
        """Run the work inside a savepoint; a refusal rolls back this task alone.

        Raises: the task's exception when it ended the whole transaction.
        """
        connection = session.connection()
        savepoint = session.begin_nested()
        try:
            with on_present_driver(session):
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
        """Return the result, or raise the task's exception."""
        if self.fault is not None:
            raise self.fault
        return self.result  # type: ignore[return-value]


class _GroupCommitter:
    """The queue of tasks. One task is leader: it runs the queue, then wakes the next leader."""

    def __init__(self) -> None:
        self._waiting: deque[_Task[Any]] = deque()
        self._mutex = threading.Lock()
        self._has_leader = False

    def group_commit(self, work: Callable[[Tx], T]) -> T:
        task = _Task(work)
        with self._mutex:
            self._waiting.append(task)
            leads, self._has_leader = not self._has_leader, True
        if not leads:
            self._wait(task)
        if not task.done:
            self._run_leader()
        return task.outcome()

    def _wait(self, task: _Task[Any]) -> None:
        try:
            task.woken.wait()
        except BaseException:
            # The caller has gone, so this task must not become leader.
            with self._mutex:
                if task in self._waiting:
                    self._waiting.remove(task)
                leads = task.woken.is_set() and not task.done
            if leads:
                self._wake_next()
            raise

    def _run_leader(self) -> None:
        """Run the queued tasks; the leader's task is the first."""
        batch: list[_Task[Any]] = []
        try:
            self._commit_some(batch)
        except WriteLockTimeout as fault:
            # All tasks wait for the same lock: retrying them in turn would add up the timeouts.
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
            self._wake_all(deque(batch))

    def _commit_some(self, batch: list[_Task[Any]]) -> None:
        """Append each queued task to `batch`, run it, and commit all of them.

        Later tasks go into the next batch: under a steady load this one would never end.
        """
        context = current_context()
        yield_control()  # The leader has already used processor time in its request.
        with context.database.write() as session:
            waiting = min(len(self._waiting), MOST_AT_ONCE)
            while len(batch) < waiting and (taken := self._take()):
                batch += taken
                taken[0].run(session)
                yield_control()
            done = [task.tx for task in batch if task.fault is None and task.tx is not None]
            commit(context, session, done)

    def _take(self) -> list[_Task[Any]]:
        """Remove and return the oldest task as a list of one; empty when none is queued."""
        with self._mutex:
            return [self._waiting.popleft()] if self._waiting else []

    def _wake_next(self) -> None:
        """Make the oldest queued task the leader."""
        with self._mutex:
            self._has_leader = bool(self._waiting)
            if self._has_leader:
                self._waiting[0].woken.set()

    def _wake_all(self, batch: deque[_Task[Any]]) -> None:
        """Notify, then wake the tasks of a batch one by one: each has a response to encode."""
        for task in batch:
            if task.fault is None and task.tx is not None:
                task.tx.notify()
        try:
            while batch:
                batch.popleft().woken.set()
                yield_control()
        finally:
            for task in batch:
                task.woken.set()


def _fail(batch: list[_Task[Any]], fault: BaseException) -> None:
    """Fail every task of the batch: nothing that it wrote or read became durable."""
    for task in batch:
        task.fault = fault if isinstance(fault, Exception) else Unavailable(retry_after=1)


_committer = _GroupCommitter()


def group_commit(work: Callable[[Tx], T]) -> T:
    """Run a service's work in a transaction that may share its COMMIT with others.

    Raises: any exception of the work; Replayed for a request answered before.
    """
    return _committer.group_commit(work)
