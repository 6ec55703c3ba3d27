"""The line of those who wait for a password's hash: bounded by the expected wait."""

import importlib.util
import threading
import time

import argon2
import pytest
from argon2 import extract_parameters

from accounts.passwords import hashing
from accounts.passwords.fair_queue import FairQueue, Group
from accounts.passwords.hashing import LONGEST_WAIT, HashLine
from accounts.shared.declares import SignInBusy

ADDRESS, OTHER, DEVICE = Group("10.0.0.1"), Group("10.0.0.2"), Group("device", known=True)


class Waiting(FairQueue):
    """A queue in which so many of one group wait."""

    def __init__(self, count: int, group: Group) -> None:
        super().__init__()
        if count:
            self._enqueue(group)
        for _ in range(count - 1):
            self._enqueue(group)


def waiting(queue: FairQueue) -> int:
    return sum(len(turns) for one in queue._rounds.values() for turns in one.values())


def line_with(durations: list[float], in_line: int, group: Group = ADDRESS) -> HashLine:
    line = HashLine()
    line._durations.clear()
    line._durations.extend(durations)
    line._queue = Waiting(in_line, group)
    return line


def test_one_slow_hash_does_not_close_the_line():
    quick = 0.02
    for durations in ([quick, 3.0], [quick, quick, 3.0], [3.0, quick, quick]):
        assert line_with(durations, 200).expected_wait(ADDRESS) == pytest.approx(200 * quick)


def test_a_machine_that_is_slow_for_long_closes_it_with_the_wait():
    with pytest.raises(SignInBusy) as refusal, line_with([0.2] * 5, 100).hold_turn(ADDRESS):
        raise AssertionError("nobody has a turn here")
    assert refusal.value.params["retry_after"] == 20


def test_the_processor_time_of_a_hash_is_measured():
    line = line_with([0.02], 0)
    with line.hold_turn(ADDRESS):
        assert not line.matches(None, "a password", generated=False)
    assert line._durations[-1] > 0.001
    assert line.expected_wait(ADDRESS) == 0.0


def test_waiting_for_a_busy_processor_does_not_close_the_line(monkeypatch: pytest.MonkeyPatch):
    """Just after a start the server accepts a whole hall; the hash waits, and costs no more."""

    def waits(_stored: str, _given: str) -> bool:
        time.sleep(0.1)
        return True

    monkeypatch.setattr(hashing, "_verify", waits)
    line = HashLine()
    for _ in range(3):
        with line.hold_turn(ADDRESS):
            line.matches("stored", "a password", generated=False)
    line._queue = Waiting(200, ADDRESS)
    assert line.expected_wait(ADDRESS) < LONGEST_WAIT / 2


def test_one_address_does_not_close_the_line_for_others():
    line = line_with([0.2] * 5, 300)
    with pytest.raises(SignInBusy), line.hold_turn(ADDRESS):
        raise AssertionError("nobody has a turn here")
    assert line.expected_wait(OTHER) == pytest.approx(0.4)
    assert line.expected_wait(DEVICE) == pytest.approx(0.4)


def test_turns_go_round_and_known_devices_have_every_other():
    queue, order = FairQueue(), list[str]()
    arrivals = [ADDRESS] * 4 + [OTHER] * 2 + [DEVICE] * 2

    def wait(name: str, group: Group) -> None:
        with queue.hold_turn(group):
            order.append(name)

    with queue.hold_turn(ADDRESS):
        threads = []
        for number, group in enumerate(arrivals):
            thread = threading.Thread(target=wait, args=(f"{group.name}#{number}", group))
            thread.start()
            while waiting(queue) <= number:
                time.sleep(0.001)
            threads.append(thread)
    for thread in threads:
        thread.join(5)
    assert [name.partition("#")[0] for name in order] == [
        *("device", "10.0.0.1", "device", "10.0.0.2"),
        *("10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.1"),
    ]
    assert queue.ahead(ADDRESS) == 0


def test_no_hash_is_computed_for_a_client_that_has_gone():
    line = line_with([0.02], 0)
    with pytest.raises(SignInBusy), line.hold_turn(ADDRESS, is_gone=lambda: True):
        raise AssertionError("the client has gone")
    assert line.expected_wait(ADDRESS) == 0.0


def test_importing_the_module_computes_no_hash(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_args: object) -> str:
        raise AssertionError("a hash was computed")

    monkeypatch.setattr(argon2.PasswordHasher, "hash", refuse)
    spec = importlib.util.spec_from_file_location("fresh_passwords", hashing.__file__)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def test_an_unknown_user_costs_what_a_known_one_costs():
    real, of_nobody = hashing.hashed("a password"), hashing._UNMATCHABLE
    assert extract_parameters(of_nobody) == extract_parameters(real)
    assert len(of_nobody) == len(real)
    assert not hashing._verify(of_nobody, "a password")
