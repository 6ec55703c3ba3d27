"""Socket priority: sockets with WebSocket messages are served before those with requests.

Imported before patching: it needs the kernel's epoll.
"""

from select import EPOLLIN, epoll

READY_BATCH = 1
"""Requests read before due timers and the threads they wake run; each may take 5 ms."""
MESSAGES_FOR = 0.002
"""Seconds of reading messages before that; most are short, such as the answer to a ping."""
DUE_FOR = 0.001
"""Seconds of running due timers before messages are read again."""


class SocketPriority:
    """Two epolls with the interface of one: descriptors in `first` never wait behind the rest.

    500 simultaneous requests must not delay the next page turn.
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
        """Return a few ready descriptors; the kernel rotates among them."""
        quick = self.poll_first()
        rest = self._rest.poll(0 if quick else seconds, READY_BATCH)
        inner = self._quick.fileno()
        if not quick and any(descriptor == inner for descriptor, _ in rest):
            quick = self.poll_first()
        return [*quick, *((at, event) for at, event in rest if at != inner)]

    def poll_first(self) -> list[tuple[int, int]]:
        """Return one ready descriptor of `first`, if there is one; does not wait."""
        return self._quick.poll(0, 1)
