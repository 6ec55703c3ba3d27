"""The status machine: what may follow what, and until when a meeting can be taken up again."""

from datetime import UTC, datetime, timedelta

import pytest

from meetings.meeting.declares import WrongStatus
from meetings.meeting.status_rules import REOPEN_WITHIN, check_step
from meetings.shared.models import MeetingStatus as Status

END = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def test_a_meeting_is_taken_up_again_for_ten_minutes_after_its_end():
    check_step(Status.CLOSED, Status.IN_SESSION, at=END + REOPEN_WITHIN, closed_at=END)
    late = END + REOPEN_WITHIN + timedelta(seconds=1)
    with pytest.raises(WrongStatus):
        check_step(Status.CLOSED, Status.IN_SESSION, at=late, closed_at=END)


def test_one_that_ended_before_its_end_was_recorded_stays_ended():
    with pytest.raises(WrongStatus):
        check_step(Status.CLOSED, Status.IN_SESSION, at=END, closed_at=None)


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (Status.CLOSED, Status.PAUSED),
        (Status.CLOSED, Status.DRAFT),
        (Status.ARCHIVED, Status.IN_SESSION),
        (Status.IN_SESSION, Status.IN_SESSION),
    ],
)
def test_other_steps_back_are_refused(now, wanted):
    with pytest.raises(WrongStatus):
        check_step(now, wanted, at=END, closed_at=END)
