"""Connections without a request are bounded for each network; the longest silent one gives way."""

from structlog.testing import capture_logs

from core.server.waiting_connections import Connection, WaitingConnections

MOST = 4


def connection(address: str) -> Connection:
    return [(address, 50_000), None, "idle"]


def test_the_one_that_has_waited_longest_is_closed_for_a_new_one():
    closed: list[Connection] = []
    waiting = WaitingConnections(MOST, closed.append)
    made = [connection("192.0.2.1") for _ in range(MOST + 2)]
    for one in made[:MOST]:
        waiting.begin(one)
    waiting.end(made[0])
    waiting.begin(made[MOST])
    assert closed == []
    waiting.begin(made[0])
    assert [id(one) for one in closed] == [id(made[1])]
    # To wait on does not make it newer.
    waiting.begin(made[2])
    waiting.begin(made[MOST + 1])
    assert [id(one) for one in closed] == [id(made[1]), id(made[2])]


def test_networks_are_counted_apart_and_of_ipv6_together():
    closed: list[Connection] = []
    waiting = WaitingConnections(MOST, closed.append)
    for number in range(MOST):
        waiting.begin(connection(f"192.0.2.{number}"))
        waiting.begin(connection(f"2001:db8::{number}"))
    assert closed == []
    waiting.begin(connection("2001:db8::ffff"))
    assert [one[0][0] for one in closed] == ["2001:db8::0"]


def test_nothing_is_kept_of_connections_that_have_ended():
    waiting = WaitingConnections(MOST, lambda _: None)
    made = [connection("192.0.2.1") for _ in range(3 * MOST)]
    for one in made:
        waiting.begin(one)
    for one in made:
        waiting.end(one)
    assert (waiting._waiting, waiting._told) == ({}, set())


def test_a_flood_is_one_line_in_the_log():
    waiting = WaitingConnections(MOST, lambda _: None)
    with capture_logs() as lines:
        made = [connection("192.0.2.1") for _ in range(3 * MOST)]
        for one in made:
            waiting.begin(one)
    assert [line["event"] for line in lines] == ["too_many_waiting"]


def test_behind_a_proxy_there_is_no_bound():
    closed: list[Connection] = []
    waiting = WaitingConnections(0, closed.append)
    for _ in range(100):
        waiting.begin(connection("192.0.2.1"))
    assert closed == []
