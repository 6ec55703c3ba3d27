"""turn: from the presenter's page.turn to the last of N tablets that has the new page.

Our server, a bare Node socket.io 4.8 server and a bare picows server (a floor), each on the same
core under the same crowd on the other one, in turns, so that the machine's moods hit all of them.
Ours checks sign-in, lease, paper and role at every turn and tells presence beside it; the peers
only send.
"""

import statistics
from contextlib import ExitStack

from bench.crowd import Crowd
from bench.machine import first
from bench.pacing import Turns
from bench.peers import FLOOR, NODE, peer
from bench.product import Room, product
from bench.table import OURS, Table

SIZES = (50, 200, 500)
ROUNDS, TURNS, EVERY = 2, 30, 0.2
WARM_UP, FLAT_OUT = 150, 60


def run() -> Table:
    """About four minutes."""
    table = Table("turn")
    with ExitStack() as stack:
        ours = stack.enter_context(product(*SIZES))
        stack.enter_context(first(ours.pid("web")))
        ports = {OURS: ours.port}
        ports |= {subject: stack.enter_context(peer(subject)) for subject in (NODE, FLOOR)}
        for size in SIZES:
            _measure(table, ours.hall.rooms[str(size)], ports)
    return table


def _measure(table: Table, room: Room, ports: dict[str, int]) -> None:
    """Each subject in each round; the rounds' turns are counted together."""
    to_last: dict[str, list[float]] = {subject: [] for subject in ports}
    to_answer: dict[str, list[float]] = {subject: [] for subject in ports}
    rates: dict[str, list[float]] = {subject: [] for subject in ports}
    for _ in range(ROUNDS):
        for subject, port in ports.items():
            turns, rate = _one_round(port, room)
            to_last[subject] += [seconds * 1000 for seconds in turns.to_last]
            to_answer[subject] += [seconds * 1000 for seconds in turns.to_answer]
            rates[subject].append(rate)
    case = f"{len(room.cookies)} tablets"
    for subject in ports:
        table.note_spread(case, subject, "turn to last tablet", to_last[subject], "ms")
        answered = statistics.median(to_answer[subject])
        table.note(case, subject, "turn to presenter's answer, median", answered, "ms")
        table.note(case, subject, "deliveries, turns back to back", max(rates[subject]), "1/s")


def _one_round(port: int, room: Room) -> tuple[Turns, float]:
    """Paced turns after a warm-up, then turns one after the other: how many deliveries a second."""
    crowd = Crowd(port)
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined()
    flat_out = Turns(crowd, room)
    flat_out.paced(WARM_UP, 0)
    flat_out.forget()
    flat_out.paced(FLAT_OUT, 0)
    rate = FLAT_OUT * len(crowd.tablets) / sum(flat_out.to_last)
    turns = Turns(crowd, room)
    crowd.pass_time(0.5)
    turns.paced(TURNS, EVERY)
    crowd.leave()
    return turns, rate
