"""Backups by the worker: when they are due, and that one is made and old ones are deleted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import app
from backup.create import newest_backup
from backup.schedule import BackupFailed, ScheduledBackups, is_due
from core.config import read_config
from tests.factories import prepared

NIGHT = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
NOON = NIGHT.replace(hour=12)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("now", "newest", "closed", "due"),
    [
        (NOON, None, None, True),
        (NOON, NOON - HOUR, None, False),
        (NOON, NOON - 20 * HOUR, None, False),
        (NOON, NOON - 37 * HOUR, None, True),
        (NIGHT, NIGHT - 20 * HOUR, None, True),
        (NIGHT, NIGHT - HOUR, None, False),
        (NOON, NOON - 2 * HOUR, NOON - HOUR, True),
        (NOON, NOON - HOUR, NOON - 2 * HOUR, False),
    ],
)
def test_when_a_backup_is_due(now, newest, closed, due):
    assert is_due(now, newest, closed) is due


def test_the_worker_makes_a_backup_and_deletes_old_ones(tmp_path: Path):
    made = prepared(tmp_path / "data", "thuky")
    stick = tmp_path / "stick"
    stick.mkdir()
    env = {"DIENHONG_BACKUP": str(stick), "DIENHONG_BACKUP_KEEP_DAYS": "3"}
    context = app.assemble(read_config(made.data, env=env))
    try:
        backups = ScheduledBackups(context, stick)
        assert backups.run_if_due()
        assert not backups.run_if_due()
        (first,) = stick.glob("dienhong-*")
        (stick / "dienhong-20200101T000000Z.part").mkdir()
        old = first.rename(stick / "dienhong-20251101T020000Z")
        manifest = json.loads((old / "manifest.json").read_text())
        manifest["created_at"] = "2025-11-01T02:00:00Z"
        (old / "manifest.json").write_text(json.dumps(manifest))
        assert newest_backup(stick) == datetime(2025, 11, 1, 2, tzinfo=UTC)
        assert backups.run_if_due()
        assert [one.name[:13] for one in stick.glob("dienhong-*")] == [
            f"dienhong-{datetime.now(UTC).year}"
        ]
        gone = ScheduledBackups(context, tmp_path / "not-a-folder.txt")
        (tmp_path / "not-a-folder.txt").touch()
        with pytest.raises(BackupFailed):
            gone.run_if_due()
    finally:
        context.database.close()
