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

    witness_files: what a restored or edited database cannot take back (`Tx.witness`); of the
    installation that `open_witness` names.
    """

    config: Config
    database: Database
    storage: Storage
    permissions: Permissions
    epoch: str = ""
    notifier: Notifier = field(default_factory=NullNotifier)
    witness_files: AppendOnlyFiles = field(init=False)

    def __post_init__(self) -> None:
        self.open_witness("unnamed")

    def open_witness(self, installation: str) -> None:
        """Use the witness files of this installation. A folder may hold those of several, so that
        a new data folder is not taken for an old one at the same place."""
        folder = self.config.witness_folder / installation
        self.witness_files = AppendOnlyFiles(
            folder, creates_folder=self.config.witness_folder.is_dir() or not self.config.witness
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
