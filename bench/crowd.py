"""The load: many Socket.IO tablets in one thread over epoll, cheap enough to time a server with.

Receipt is stamped right after the read, before anything is parsed, and the presenter's send by the
same clock. The same crowd is used for every subject. One process, one crowd.
"""

import select
import time
from collections.abc import Callable, Iterable

from bench.tablet import Broken, Tablet

__all__ = ["Broken", "Crowd", "Tablet"]


class Crowd:
    """Tablets connected to one server on 127.0.0.1.

    Nothing happens outside of `until` and `pass_time`: they run the sockets of all tablets.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.tablets: list[Tablet] = []
        self._poll = select.epoll()
        self._by_descriptor: dict[int, Tablet] = {}

    def arrive(self, cookie: str = "", room: str = "") -> Tablet:
        """One more tablet begins to connect; it is `open` later."""
        tablet = Tablet(self.port, cookie, room)
        self.tablets.append(tablet)
        self.connect(tablet)
        return tablet

    def connect(self, tablet: Tablet) -> None:
        """Connect a tablet (again)."""
        descriptor = tablet.begin()
        self._by_descriptor[descriptor] = tablet
        self._poll.register(descriptor, select.EPOLLIN | select.EPOLLOUT)

    def until(self, true: Callable[[], bool], what: str, patience: float = 20.0) -> None:
        """Run all sockets until a condition holds. Raises TimeoutError."""
        deadline = time.perf_counter() + patience
        while not true():
            if time.perf_counter() > deadline:
                raise TimeoutError(f"waited {patience:g} s in vain for: {what}")
            self._step(0.02)

    def pass_time(self, seconds: float) -> None:
        """Run all sockets for a while."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self._step(left)

    def join_all(
        self, meeting_id: str, tablets: Iterable[Tablet] | None = None, patience: float = 30.0
    ) -> None:
        """Wait until the tablets (default all) are open, then have each join the room."""
        joining = self.tablets if tablets is None else list(tablets)
        self.until(lambda: all(tablet.open for tablet in joining), "all are open", patience)
        for tablet in joining:
            tablet.join(meeting_id)
        self.until(lambda: all(tablet.joined for tablet in joining), "all have joined", patience)

    def leave(self) -> None:
        """Close every tablet."""
        for tablet in self.tablets:
            tablet.close()
        self.tablets.clear()
        self._by_descriptor.clear()
        self._poll.close()

    def _step(self, seconds: float) -> None:
        for descriptor, event in self._poll.poll(seconds):
            tablet = self._by_descriptor[descriptor]
            if event & select.EPOLLOUT:
                self._poll.modify(descriptor, select.EPOLLIN)
                tablet.greet()
            if event & ~select.EPOLLOUT and not tablet.read():
                self._poll.unregister(descriptor)
                del self._by_descriptor[descriptor]
                tablet.close()
