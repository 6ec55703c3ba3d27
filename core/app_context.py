"""The assembled house: the one object that the composition root fills and everybody else reads."""

from dataclasses import dataclass, field
from typing import Protocol

from core.config import Config
from core.db.database import Database
from core.permissions import Permissions
from core.storage import Storage


class Notifier(Protocol):
    """Wakes whoever waits for committed rows. Carries no data: the rows are the truth."""

    def room(self, room_id: str) -> None:
        """A room has new events."""

    def person(self, user_id: str) -> None:
        """A person's own stream has new events."""

    def jobs(self) -> None:
        """There is work for the worker."""


class NullNotifier:
    """Nobody waits in this process (preparation, tests of verbs): the rows will be found."""

    def room(self, room_id: str) -> None: ...

    def person(self, user_id: str) -> None: ...

    def jobs(self) -> None: ...


@dataclass
class AppContext:
    """What the slices stand on, in one process."""

    config: Config
    database: Database
    storage: Storage
    permissions: Permissions
    epoch: str = ""
    notifier: Notifier = field(default_factory=NullNotifier)


_context: AppContext | None = None


def install_context(context: AppContext | None) -> None:
    """Put the assembled house in place (None: empty it, for tests)."""
    global _context  # noqa: PLW0603 - one for the process
    _context = context


def current_context() -> AppContext:
    """The assembled house of this process."""
    if _context is None:
        raise RuntimeError("the house is not assembled: app.py does that first")
    return _context
