"""The application context: configuration, database, storage and permissions of one process."""

from dataclasses import dataclass, field
from typing import Protocol

from core.append_only_files import AppendOnlyFiles
from core.config import Config
from core.db.database import Database
from core.permissions import Permissions
from core.storage import Storage


class Notifier(Protocol):
    """Wakes the consumers of committed rows. Carries no data: consumers read the rows."""

    def room(self, room_id: str) -> None:
        """Notify that a room has new events."""

    def person(self, user_id: str) -> None:
        """Notify that a user stream has new events."""

    def jobs(self) -> None:
        """Notify that jobs are queued."""


class NullNotifier:
    """Default no-op notifier, for processes without consumers (preparation, tests)."""

    def room(self, room_id: str) -> None: ...

    def person(self, user_id: str) -> None: ...

    def jobs(self) -> None: ...


@dataclass
class AppContext:
    """The shared resources of one process.

    witness_files: what a restored or edited database cannot take back (`Tx.witness`).
    """

    config: Config
    database: Database
    storage: Storage
    permissions: Permissions
    epoch: str = ""
    notifier: Notifier = field(default_factory=NullNotifier)
    witness_files: AppendOnlyFiles = field(init=False)

    def __post_init__(self) -> None:
        elsewhere = self.config.witness
        self.witness_files = AppendOnlyFiles(
            elsewhere or self.config.data / "witness", creates_folder=elsewhere is None
        )


_context: AppContext | None = None


def install_context(context: AppContext | None) -> None:
    """Set the context of this process; None removes it (for tests)."""
    global _context  # noqa: PLW0603 - one for the process
    _context = context


def current_context() -> AppContext:
    """Return the context of this process. Raises: RuntimeError before `install_context`."""
    if _context is None:
        raise RuntimeError("no application context: call install_context first")
    return _context
