"""The line of those who wait for a password's hash: bounded by the expected wait."""

import time

import pytest

from accounts.declares import SignInBusy
from accounts.passwords import HashLine


def line_with(durations: list[float], in_line: int) -> HashLine:
    line = HashLine()
    line._durations.clear()
    line._durations.extend(durations)
    line._in_line = in_line
    return line


def test_one_slow_hash_does_not_close_the_line():
    quick = 0.02
    for durations in ([quick, 3.0], [quick, quick, 3.0], [3.0, quick, quick]):
        assert line_with(durations, 200).expected_wait() == pytest.approx(200 * quick)


def test_a_machine_that_is_slow_for_long_closes_it_with_the_wait():
    with pytest.raises(SignInBusy) as refusal, line_with([0.2] * 5, 100).turn():
        raise AssertionError("nobody has a turn here")
    assert refusal.value.params["retry_after"] == 20


def test_a_turn_is_measured():
    line = line_with([0.02], 0)
    with line.turn():
        began = time.monotonic()
        while time.monotonic() - began < 0.03:
            pass
    assert line._durations[-1] >= 0.03
    assert line.expected_wait() == 0.0
