"""Backups by the worker: when they are due, and that one is made and old ones are deleted."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import app
from accounts.shared.models import User
from backup.create import newest_backup
from backup.schedule import BackupFailed, ScheduledBackups, is_due
from core import clock
from core.app_context import AppContext
from core.config import read_config
from core.ids import new_id
from meetings.shared.models import Meeting, MeetingStatus
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
        (NOON, NOON - HOUR, NOON - timedelta(seconds=59), False),
        (NOON, NOON - HOUR, NOON - timedelta(seconds=60), True),
        (NOON, NOON - timedelta(minutes=2), NOON - timedelta(minutes=2, seconds=4), True),
        (NOON, NOON - timedelta(minutes=2), NOON - timedelta(minutes=3), False),
        (NOON, NOON - HOUR, NOON + 20 * HOUR, False),
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
        date_copy(old, datetime(2025, 11, 1, 2, tzinfo=UTC))
        assert newest_backup(stick) == datetime(2025, 11, 1, 2, tzinfo=UTC)
        before = clock.set_source(lambda: datetime(2025, 10, 31, 2, tzinfo=UTC))
        # The clock was set back: the copy is of the future.
        assert newest_backup(stick) is None
        clock.set_source(before)
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


def test_meetings_that_end_together_are_in_one_backup_a_minute_later(tmp_path: Path):
    made = prepared(tmp_path / "data", "thuky")
    stick = tmp_path / "stick"
    stick.mkdir()
    context = app.assemble(read_config(made.data, env={"DIENHONG_BACKUP": str(stick)}))
    backups = ScheduledBackups(context, stick)
    try:
        assert backups.run_if_due()
        ended = clock.now()
        for number, seconds in enumerate((0, 20)):
            add_closed_meeting(context, str(number), ended + timedelta(seconds=seconds))
        times = (30, 79, 80, 140, 200)
        made_at = [seconds for seconds in times if ran(backups, stick, ended, seconds)]
        assert made_at == [80]
    finally:
        context.database.close()


def add_closed_meeting(context: AppContext, title: str, closed_at: datetime) -> None:
    """A meeting that ended at this time."""
    with context.database.write() as session:
        author = session.scalars(select(User).where(User.username == "thuky")).one()
        meeting = Meeting(
            id=new_id(),
            title=title,
            kind="general",
            status=MeetingStatus.CLOSED,
            starts_at=closed_at,
            place="",
            closed_at=closed_at,
            created_by=author.id,
            created_at=closed_at,
        )
        session.add(meeting)
        context.database.commit(session)


def ran(backups: ScheduledBackups, stick: Path, start: datetime, seconds: float) -> bool:
    """Whether a copy is made these seconds after a time; the copy then has this time."""
    later = start + timedelta(seconds=seconds)
    before = clock.set_source(lambda: later)
    try:
        is_made = backups.run_if_due()
    finally:
        clock.set_source(before)
    if is_made:
        date_copy(max(stick.glob("dienhong-*")), later)
    return is_made


def date_copy(copy: Path, at: datetime) -> None:
    """As if the copy had been made at this time."""
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["created_at"] = at.isoformat()
    (copy / "manifest.json").write_text(json.dumps(manifest))
