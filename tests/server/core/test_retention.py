"""What is kept for a while only goes; what is still needed stays."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

import app
from core import clock
from core.app_context import AppContext, install_context
from core.config import read_config
from core.db.models import IdempotentAnswer, RoomEvent
from core.transactions import retention


@pytest.fixture
def context(tmp_path: Path) -> Iterator[AppContext]:
    """A prepared application context in this process."""
    config = read_config(tmp_path / "data")
    app.prepare(config)
    made = app.assemble(config)
    yield made
    made.database.close()
    install_context(None)


def test_old_answers_go_and_young_ones_stay(context: AppContext) -> None:
    now = clock.now()
    with context.database.write() as session:
        for scope, age in (("old", 8), ("young", 6)):
            session.add(
                IdempotentAnswer(
                    scope=scope, body_sha256="", status=200, answer=b"{}", at=now - timedelta(age)
                )
            )
        context.database.commit(session)
    assert retention.delete_expired() == 1
    with context.database.read() as session:
        assert session.scalars(select(IdempotentAnswer.scope)).all() == ["young"]


def test_each_room_keeps_its_last_events(
    context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "KEPT", 30)
    monkeypatch.setattr(retention, "AT_ONCE", 7)
    with context.database.write() as session:
        for room_id, count in (("long", 50), ("short", 20)):
            for seq in range(1, count + 1):
                session.add(
                    RoomEvent(
                        room_id=room_id,
                        seq=seq,
                        type="t",
                        at=clock.now(),
                        actor=None,
                        audience="",
                        data=b"{}",
                    )
                )
        context.database.commit(session)
    assert retention.delete_expired() == 20
    with context.database.read() as session:
        kept = session.execute(
            select(RoomEvent.room_id, func.min(RoomEvent.seq), func.count())
            .group_by(RoomEvent.room_id)
            .order_by(RoomEvent.room_id)
        ).all()
    assert [tuple(row) for row in kept] == [("long", 21, 30), ("short", 1, 20)]
