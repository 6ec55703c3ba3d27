"""When the demo's meeting takes place."""

from datetime import datetime

import pytest

from demo.setting import hours_around


@pytest.mark.parametrize(
    ("now", "starts", "ends"),
    [
        ("19:06", "18:30", "22:30"),
        ("08:00", "07:30", "11:30"),
        ("00:10", "00:00", "04:00"),
        ("23:50", "23:15", "23:45"),
    ],
)
def test_the_meeting_began_about_half_an_hour_ago_and_ends_today(
    now: str, starts: str, ends: str
) -> None:
    began, ended = hours_around(datetime.fromisoformat(f"2026-11-30T{now}:20+07:00"))
    assert [one.strftime("%d %H:%M") for one in (began, ended)] == [f"30 {starts}", f"30 {ends}"]
