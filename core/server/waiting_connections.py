"""Connections on which the server waits for a request, bounded for each network.

Silent connections cost a client nothing. The one that has waited longest is closed for a new one,
so that who speaks soon is served, also behind the same router as who is silent.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import structlog

from core.networks import network_of

Connection = list[Any]
"""[(host, port, …), socket, state], as eventlet.wsgi has it."""
log = structlog.get_logger("dienhong.server")
_network_of = lru_cache(4096)(network_of)


class WaitingConnections:
    """most: of one network (an IPv4 address, of IPv6 a /64); 0: any number.

    close(connection): ends one; the server calls `end` for it as for any other.
    """

    def __init__(self, most: int, close: Callable[[Connection], None]) -> None:
        self._most = most
        self._close = close
        self._waiting: dict[str, OrderedDict[int, Connection]] = {}
        self._told: set[str] = set()

    def begin(self, connection: Connection) -> None:
        """The server waits for a request; no effect if it does already."""
        if not self._most:
            return
        network = _network_of(connection[0][0])
        waiting = self._waiting.setdefault(network, OrderedDict())
        waiting[id(connection)] = connection
        if len(waiting) > self._most:
            _, longest = waiting.popitem(last=False)
            if network not in self._told:
                self._told.add(network)
                log.warning("too_many_waiting", address=network)
            self._close(longest)

    def end(self, connection: Connection) -> None:
        """A request has come, or the connection has ended."""
        if not self._most:
            return
        network = _network_of(connection[0][0])
        waiting = self._waiting.get(network)
        if waiting is None:
            return
        waiting.pop(id(connection), None)
        if len(waiting) <= self._most // 2:
            self._told.discard(network)
        if not waiting:
            del self._waiting[network]
