"""The load: many Socket.IO tablets in one thread over epoll, cheap enough to time a server with.

Receipt is stamped right after the read, before anything is parsed, and the presenter's send by the
same clock. The same crowd is used for every subject. One process, one crowd.
"""

import select
import ssl
import time
from collections.abc import Callable

from bench.load.tablet import Broken, Tablet

__all__ = ["Broken", "Crowd", "Tablet"]


class Crowd:
    """Tablets connected to one server on 127.0.0.1, over TLS if there is a context for it.

    Nothing happens outside of `until` and `pass_time`: they run the sockets of all tablets.
    """

    def __init__(self, port: int, tls: ssl.SSLContext | None = None) -> None:
        self.port = port
        self.tls = tls
        self.tablets: list[Tablet] = []
        self._poll = select.epoll()
        self._by_descriptor: dict[int, Tablet] = {}
        self._others: dict[int, Callable[[], object]] = {}

    def watch(self, descriptor: int, ready: Callable[[], object]) -> None:
        """Call `ready` when something has come on a descriptor that is no tablet's."""
        self._others[descriptor] = ready
        self._poll.register(descriptor, select.EPOLLIN)

    def forget(self, descriptor: int) -> None:
        """Look no longer at such a descriptor, which is still open."""
        del self._others[descriptor]
        self._poll.unregister(descriptor)

    def arrive(self, cookie: str, room_id: str) -> Tablet:
        """One more tablet begins to connect, and joins the room as soon as it can."""
        tablet = Tablet(self.port, cookie, room_id, self.tls)
        self.tablets.append(tablet)
        self.connect(tablet)
        return tablet

    def connect(self, tablet: Tablet) -> None:
        """Connect a tablet (again)."""
        descriptor = tablet.begin()
        self._by_descriptor[descriptor] = tablet
        self._poll.register(descriptor, select.EPOLLIN | select.EPOLLOUT)

    def until(self, true: Callable[[], bool], what: str, timeout: float = 20.0) -> None:
        """Run all sockets until a condition holds. Raises TimeoutError."""
        deadline = time.perf_counter() + timeout
        while not true():
            if time.perf_counter() > deadline:
                raise TimeoutError(f"waited {timeout:g} s in vain for: {what}")
            self._step(0.02)

    def pass_time(self, seconds: float) -> None:
        """Run all sockets for a while."""
        deadline = time.perf_counter() + seconds
        while (left := deadline - time.perf_counter()) > 0:
            self._step(left)

    def until_joined(self, timeout: float = 60.0) -> None:
        """Run until every tablet has joined its room. Raises Broken when one was cut off."""

        def settled() -> bool:
            return all(tablet.joined or tablet.gone for tablet in self.tablets)

        self.until(settled, "all have joined", timeout)
        if lost := sum(tablet.gone for tablet in self.tablets):
            raise Broken(f"the server cut {lost} tablets off")

    def leave(self) -> None:
        """Close every tablet."""
        for tablet in self.tablets:
            tablet.close()
        self.tablets.clear()
        self._by_descriptor.clear()
        self._others.clear()
        self._poll.close()

    def _step(self, seconds: float) -> None:
        for descriptor, event in self._poll.poll(seconds):
            if descriptor in self._others:
                self._others[descriptor]()
                continue
            tablet = self._by_descriptor[descriptor]
            if event & select.EPOLLOUT:
                self._poll.modify(descriptor, select.EPOLLIN)
                tablet.greet()
            if event & ~select.EPOLLOUT and not tablet.read():
                # Closing takes the descriptor out of the poll.
                del self._by_descriptor[descriptor]
                tablet.close()
