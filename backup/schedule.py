"""Backups that nobody has to think of: at night, and when a meeting has ended."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import func, select

from backup.create import newest_backup
from core import clock
from core.app_context import AppContext
from core.paths import ROOT
from core.periodic import PeriodicTask
from meetings.shared.models import Meeting

LOOK_EVERY = 60.0
NIGHT = range(2, 6)
"""Local hours in which nobody waits for the disk."""
ENOUGH_AT_NIGHT = timedelta(hours=12)
LONGEST = timedelta(hours=36)
"""Age of the newest copy above which the hour does not matter: the machine is off at night."""
SETTLED = timedelta(minutes=1)
"""Time after the end of a meeting: what ends with it, such as another meeting, is in one copy."""
IN_DOUBT = timedelta(seconds=5)
"""A meeting that ended this shortly before a copy began may have been committed after it."""
RETRY_SECONDS = 900.0

log = structlog.get_logger()


def is_due(now: datetime, newest: datetime | None, last_closed: datetime | None) -> bool:
    """Whether a copy is to be made.

    now: local time; newest: when the newest one was begun;
    last_closed: when a meeting ended last; in the future, if the clock was set back since.
    """
    if newest is None:
        return True
    if last_closed is not None and last_closed > newest - IN_DOUBT and now - last_closed >= SETTLED:
        return True
    age = now - newest
    return age > LONGEST or (now.hour in NIGHT and age > ENOUGH_AT_NIGHT)


class BackupFailed(Exception):
    """The command said why it failed."""


class ScheduledBackups:
    """Backups of the folder that the setting names, made by a process of its own."""

    def __init__(self, context: AppContext, target: Path) -> None:
        self._context = context
        self._target = target

    def task(self) -> PeriodicTask:
        """The task of the worker."""
        return PeriodicTask("backup_failed", LOOK_EVERY, self.run_if_due, RETRY_SECONDS)

    def run_if_due(self) -> bool:
        """Make a copy if it is time; returns whether one was made. Raises: BackupFailed."""
        config = self._context.config
        with self._context.database.read() as session:
            last_closed = session.scalar(select(func.max(Meeting.closed_at)))
        now = clock.in_zone(clock.now(), config.timezone)
        if not is_due(now, newest_backup(self._target), last_closed):
            return False
        words: Sequence[str | Path] = (
            *(sys.executable, ROOT / "app.py", "backup", "--data", config.data),
            *("--to", self._target, "--keep-days", str(config.backup_keep_days)),
        )
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BackupFailed(done.stderr.strip().rpartition("\n")[2])
        log.info("backup_made", path=done.stdout.strip())
        return True
