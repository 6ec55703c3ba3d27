"""One running server for all modules of a test process; each module is lent people of its own.

Starting web, worker and fork server costs seconds of processor time, so modules share one unless
they change its settings, kill it, or read its log or figures as a whole (`own_server`).
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.factories import Made, prepared
from tests.server.real_server import RealServer

PEOPLE = ("thuky", "chutoa", "daibieu1", "daibieu2", "khachmoi", "nguoila")
ADMIN = "quantri"
CASTS = 64
"""Modules that one test process can lend people to."""
DEPUTIES = tuple(f"daibieu{number}" for number in range(3, 14))
"""Deputies beyond PEOPLE that a module can ask for."""
COUNCILS = 3
"""Modules that can ask for the same ones."""

Lend = Callable[[Sequence[str]], RealServer]
"""Lends the shared server: deputies' names -> the server with people of its own."""


class SharedServer:
    """A server with many sets of people, each lent once."""

    def __init__(self, folder: Path) -> None:
        names = [f"{name}.{cast}" for cast in range(CASTS) for name in (ADMIN, *PEOPLE)]
        names += [f"{name}.{council}" for council in range(COUNCILS) for name in DEPUTIES]
        made = prepared(folder / "data", *names)
        self._running = RealServer(made, folder / "server.log").start()
        self._casts: Iterator[int] = iter(range(CASTS))
        self._councils: Iterator[int] = iter(range(COUNCILS))

    def lend(self, deputy_names: Sequence[str] = ()) -> RealServer:
        """The same processes as a server with people of its own: ADMIN, PEOPLE, the deputies."""
        cast = next(self._casts)
        logins = {name: f"{name}.{cast}" for name in (ADMIN, *PEOPLE)}
        if deputy_names:
            council = next(self._councils)
            logins |= {name: f"{name}.{council}" for name in deputy_names}
        whole = self._running.made
        people = {name: whole.people[login] for name, login in logins.items()}
        view = RealServer(
            Made(whole.data, people, logins), self._running.log, port=self._running.port
        )
        view.processes = self._running.processes
        return view

    def stop(self) -> None:
        """End the server."""
        self._running.stop()
