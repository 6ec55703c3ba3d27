"""Detects that a client has closed its connection while its request waits."""

import select
from typing import Any

GONE = "dienhong.client_gone"
"""Key of the WSGI environment: a function that returns whether the client has gone."""


def never_gone() -> bool:
    """Default for servers that cannot know."""
    return False


def has_gone(poll: type[Any], descriptor: int) -> bool:
    """Return whether the other end of a connection was closed; nothing is read.

    poll: the native `select.poll`, which eventlet removes from the module.
    """
    if descriptor < 0:
        return True
    polling = poll()
    polling.register(descriptor, select.EPOLLRDHUP)
    return bool(polling.poll(0))
