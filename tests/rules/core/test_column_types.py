"""What columns keep: moments exactly, members of closed sets by their value."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import MetaData
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import in_zone
from core.db.database import EARLIEST, LATEST, Base, Timestamp

DIALECT = sqlite.dialect()
OFFSETS = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(timezones=OFFSETS).filter(lambda moment: 1 < moment.year < 9999)


class Mood(StrEnum):
    CALM = "calm"
    IN_SESSION = "in_session"


class Scratch(Base):
    __abstract__ = True
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)


class Sitting(Scratch):
    __tablename__ = "sitting"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    mood: Mapped[Mood]


def kept(moment: datetime | None) -> int | None:
    return Timestamp().process_bind_param(moment, DIALECT)


@given(MOMENTS)
def test_a_moment_comes_back_as_itself_in_utc(moment: datetime) -> None:
    back = Timestamp().process_result_value(kept(moment), DIALECT)
    assert back == moment
    assert back is not None
    assert back.utcoffset() == timedelta(0)


@given(MOMENTS, MOMENTS)
def test_order_is_kept(one: datetime, other: datetime) -> None:
    first, second = kept(one), kept(other)
    assert first is not None
    assert second is not None
    assert (first < second) == (one < other)


@pytest.mark.parametrize("hours", [14, -14])
def test_a_moment_beyond_the_calendar_comes_back_as_its_end(hours: int) -> None:
    end = EARLIEST if hours > 0 else LATEST
    moment = end.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert Timestamp().process_result_value(kept(moment), DIALECT) == end


@pytest.mark.parametrize("zone", ["Asia/Ho_Chi_Minh", "America/New_York"])
def test_a_clock_shows_every_moment(zone: str) -> None:
    for end in (EARLIEST, LATEST):
        assert in_zone(end, zone) == end
    midday = datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert in_zone(midday, "Asia/Ho_Chi_Minh").isoformat() == "2026-11-24T19:00:00+07:00"


def test_no_moment_stays_no_moment() -> None:
    assert kept(None) is None
    assert Timestamp().process_result_value(None, DIALECT) is None


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        kept(datetime(2026, 1, 1))  # noqa: DTZ001


def test_annotations_choose_the_types() -> None:
    columns = Sitting.__table__.c
    assert isinstance(columns.at.type, Timestamp)
    assert isinstance(columns.ended_at.type, Timestamp)
    mood = columns.mood.type
    assert isinstance(mood, sqlalchemy.Enum)
    assert mood.enums == ["calm", "in_session"]
    write = mood.dialect_impl(DIALECT).bind_processor(DIALECT)
    assert write is not None
    assert write(Mood.IN_SESSION) == "in_session"
