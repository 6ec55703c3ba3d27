"""A queue for one resource whose waiting groups take turns.

First in, first out would let one address that sends hundreds of requests delay everybody else. Here
the resource goes round robin: alternately to known devices and to all others, and among each of the
two from group to group.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Those who share one place in the round. name: a device, or a network address.

    known: on the device the person has signed in before.
    """

    name: str
    known: bool = False


_Round = OrderedDict[Group, deque[threading.Event]]


class FairQueue:
    """Waiting callers by group; one caller at a time holds the resource."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._held = False
        self._known_next = True
        self._rounds: dict[bool, _Round] = {True: OrderedDict(), False: OrderedDict()}

    def ahead(self, group: Group) -> int:
        """Return how many turns come before that of a new caller of this group."""
        with self._mutex:
            own_round = self._rounds[group.known]
            own = len(own_round.get(group, ()))
            before = own + sum(
                min(len(waiting), own + 1) for one, waiting in own_round.items() if one != group
            )
            others = sum(map(len, self._rounds[not group.known].values()))
            return before + min(before + 1, others) + self._held

    @contextmanager
    def hold_turn(self, group: Group) -> Iterator[None]:
        """Wait for this caller's turn and hold the resource during the block."""
        turn = self._enqueue(group)
        if turn is not None:
            try:
                turn.wait()
            except BaseException:
                self._leave(group, turn)
                raise
        try:
            yield
        finally:
            with self._mutex:
                self._pass_on()

    def _enqueue(self, group: Group) -> threading.Event | None:
        """Return what is set when the turn has come; None when the resource was free."""
        with self._mutex:
            if not self._held:
                self._held = True
                return None
            turn = threading.Event()
            self._rounds[group.known].setdefault(group, deque()).append(turn)
            return turn

    def _leave(self, group: Group, turn: threading.Event) -> None:
        """The caller has ended while it waited: its turn is not used."""
        with self._mutex:
            if turn.is_set():
                self._pass_on()
                return
            in_round = self._rounds[group.known]
            in_round[group].remove(turn)
            _drop_if_empty(in_round, group)

    def _pass_on(self) -> None:
        """Give the resource to the next caller. Call it with the mutex."""
        first = self._known_next if self._rounds[self._known_next] else not self._known_next
        in_round = self._rounds[first]
        if not in_round:
            self._held = False
            return
        self._known_next = not first
        group = next(iter(in_round))
        in_round[group].popleft().set()
        in_round.move_to_end(group)
        _drop_if_empty(in_round, group)


def _drop_if_empty(in_round: _Round, group: Group) -> None:
    if not in_round[group]:
        del in_round[group]
