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

from core.house import House, house
from core.offload import breathe
from core.transaction import Tx, transaction_on

T = TypeVar("T")

MOST_AT_ONCE = 64
"""How many share a COMMIT: a bound on how long the first of them waits."""


class _Turn(Generic[T]):
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

    def run(self, session: Session, home: House) -> None:
        """Do it inside a savepoint; a refusal undoes this piece alone."""
        try:
            with session.begin_nested():
                self.context.run(self._do, session, home)
        except Exception as fault:
            self.fault = fault

    def _do(self, session: Session, home: House) -> None:
        self.tx = transaction_on(session, home)
        self.result = self.work(self.tx)
        self.tx.close()

    def outcome(self) -> T:
        """The result, or the exception that ended it."""
        if self.fault is not None:
            raise self.fault
        return self.result  # type: ignore[return-value]


class _Door:
    """Where the pieces wait. One of them leads: it does all that wait, then calls the next."""

    def __init__(self) -> None:
        self._waiting: deque[_Turn[Any]] = deque()
        self._mutex = threading.Lock()
        self._led = False

    def together(self, work: Callable[[Tx], T]) -> T:
        turn = _Turn(work)
        with self._mutex:
            self._waiting.append(turn)
            leads, self._led = not self._led, True
        if not leads:
            self._wait(turn)
        if not turn.done:
            self._lead()
        return turn.outcome()

    def _wait(self, turn: _Turn[Any]) -> None:
        try:
            turn.called.wait()
        except BaseException:
            # Nobody waits for this one any more. It must not be the one who is called to lead.
            with self._mutex:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                leads = turn.called.is_set() and not turn.done
            if leads:
                self._call_the_next()
            raise

    def _lead(self) -> None:
        """Do what waits: mine is the first of it."""
        batch: list[_Turn[Any]] = []
        try:
            self._do_some(batch)
        except BaseException as fault:
            batch = batch or self._take()
            for turn in batch:
                turn.fault = turn.fault or fault
            if not isinstance(fault, Exception):
                raise
        finally:
            for turn in batch:
                turn.done = True
            self._call_the_next()
            self._call(deque(batch))

    def _do_some(self, batch: list[_Turn[Any]]) -> None:
        home = house()
        with home.database.write() as session:
            while len(batch) < MOST_AT_ONCE and (taken := self._take()):
                batch += taken
                taken[0].run(session, home)
                breathe()
            home.database.commit(session)

    def _take(self) -> list[_Turn[Any]]:
        """The one that waits longest, or nothing."""
        with self._mutex:
            return [self._waiting.popleft()] if self._waiting else []

    def _call_the_next(self) -> None:
        """Whoever waits longest leads from now on."""
        with self._mutex:
            self._led = bool(self._waiting)
            if self._led:
                self._waiting[0].called.set()

    def _call(self, batch: deque[_Turn[Any]]) -> None:
        """Tell those of a batch how it ended, one after the other: each has an answer to make."""
        for turn in batch:
            if turn.fault is None and turn.tx is not None:
                turn.tx.ring()
        try:
            while batch:
                batch.popleft().called.set()
                breathe()
        finally:
            for turn in batch:
                turn.called.set()


_door = _Door()


def together(work: Callable[[Tx], T]) -> T:
    """Run a verb's work in a transaction that may share its COMMIT with others.

    Raises what the work raises; Replayed when this request was answered before.
    """
    return _door.together(work)
