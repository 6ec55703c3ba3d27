"""Which ready sockets are served first: tablets with a message before those with a request.

Imported before anything is patched: it needs the kernel's own epoll.
"""

from select import EPOLLIN, epoll

READY_BATCH = 1
"""Requests read before what is due by the clock (and what it woke); each may take 5 ms."""
MESSAGES_FOR = 0.002
"""Seconds for which messages are read on before that: most are short, such as an answered ping."""
DUE_FOR = 0.001
"""Seconds for which what is due by the clock runs before messages have their turn again."""


class SocketPriority:
    """Two epolls that look like one: descriptors in `first` never wait behind the rest.

    A hall that sends 500 requests at one moment must not delay the page turn that comes next.
    """

    def __init__(self) -> None:
        self.first: set[int] = set()
        self._quick, self._rest = epoll(), epoll()
        self._rest.register(self._quick.fileno(), EPOLLIN)
        self._priorities: dict[int, epoll] = {}

    def register(self, descriptor: int, mask: int) -> None:
        """See select.epoll."""
        priority = self._quick if descriptor in self.first else self._rest
        priority.register(descriptor, mask)
        self._priorities[descriptor] = priority

    def modify(self, descriptor: int, mask: int) -> None:
        """See select.epoll."""
        self._priorities.get(descriptor, self._rest).modify(descriptor, mask)

    def unregister(self, descriptor: int) -> None:
        """See select.epoll."""
        self._priorities.pop(descriptor, self._rest).unregister(descriptor)

    def poll(self, seconds: float) -> list[tuple[int, int]]:
        """What is ready, little of it at a time: the kernel lets each have its turn."""
        quick = self.poll_first()
        rest = self._rest.poll(0 if quick else seconds, READY_BATCH)
        inner = self._quick.fileno()
        if not quick and any(descriptor == inner for descriptor, _ in rest):
            quick = self.poll_first()
        return [*quick, *((at, event) for at, event in rest if at != inner)]

    def poll_first(self) -> list[tuple[int, int]]:
        """One of `first` that is ready, if there is one now."""
        return self._quick.poll(0, 1)
