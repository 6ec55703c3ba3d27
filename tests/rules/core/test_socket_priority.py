"""Which sockets are served first, and that the others are served as well."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from select import EPOLLIN

from core.server.socket_priority import READY_BATCH, SocketPriority


@contextmanager
def ready_pipes(count: int) -> Iterator[list[int]]:
    """Descriptors that have something to be read."""
    pipes = [os.pipe() for _ in range(count)]
    for _, end in pipes:
        os.write(end, b"x")
    yield [start for start, _ in pipes]
    for pipe in pipes:
        for end in pipe:
            os.close(end)


def served(priority: SocketPriority, descriptors: list[int], seconds: float = 0) -> list[int]:
    """One look; what was ready is read and is silent afterwards."""
    found = [at for at, event in priority.poll(seconds) if event & EPOLLIN]
    for at in found:
        os.read(at, 1)
    assert set(found) <= set(descriptors)
    return found


def test_a_message_does_not_wait_behind_five_hundred_requests():
    priority = SocketPriority()
    with ready_pipes(501) as pipes:
        *requests, message = pipes
        for descriptor in requests:
            priority.register(descriptor, EPOLLIN)
        priority.first.add(message)
        priority.register(message, EPOLLIN)
        first = served(priority, pipes)
        assert first[0] == message
        assert len(first) <= 1 + READY_BATCH


def test_every_request_is_served_however_many_messages_come():
    priority = SocketPriority()
    with ready_pipes(20) as requests, ready_pipes(3) as messages:
        priority.first.update(messages)
        for descriptor in (*requests, *messages):
            priority.register(descriptor, EPOLLIN)
        left = set(requests)
        for _ in range(60):
            for at, _event in priority.poll(0):
                if at in left:
                    os.read(at, 1)
                    left.discard(at)
        assert not left


def test_it_wakes_for_either_kind_and_forgets_what_is_gone():
    priority = SocketPriority()
    with ready_pipes(2) as pipes:
        request, message = pipes
        priority.first.add(message)
        priority.register(message, EPOLLIN)
        assert served(priority, pipes, 5) == [message]
        priority.register(request, EPOLLIN)
        assert served(priority, pipes, 5) == [request]
        for descriptor in pipes:
            priority.modify(descriptor, 0)
            priority.unregister(descriptor)
        assert priority.poll(0) == []
