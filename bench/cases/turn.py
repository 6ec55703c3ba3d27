"""turn: from the presenter's page.turn to the last of N tablets that has the new page.

Our server, a bare Node socket.io 4.8 server and a bare picows server (a floor), each on the same
core under the same crowd on the other one, in turns, so that the machine's moods hit all of them.
Ours checks sign-in, lease, paper and role at every turn and tells presence beside it; the peers
only send. A second one of ours, the same in all, serves its tablets over TLS, and so does a second
Node server with the same certificate.
"""

import ssl
import statistics
from contextlib import ExitStack
from dataclasses import dataclass

from bench.load.crowd import Crowd
from bench.load.pacing import Turns
from bench.machine import first
from bench.peers import FLOOR, NODE, NODE_TLS, peer
from bench.product import Product, Room, product
from bench.table import OURS, SECURE, Table
from core.server.tls import files_in

SIZES = (50, 200, 500)
ROUNDS, TURNS, EVERY = 2, 30, 0.2
WARM_UP, FLAT_OUT = 150, 60


@dataclass(frozen=True)
class Subject:
    """Who is measured. ours: whose people and rooms it knows; tls: how it is reached, if so."""

    port: int
    ours: Product
    tls: ssl.SSLContext | None = None


def run() -> Table:
    """About six minutes."""
    table = Table("turn")
    with ExitStack() as stack:
        ours = stack.enter_context(product(*SIZES))
        secure = stack.enter_context(product(*SIZES, tls=True))
        for running in (ours, secure):
            stack.enter_context(first(running.pid("web")))
        subjects = {
            OURS: Subject(ours.port, ours),
            SECURE: Subject(secure.port, secure, secure.tls),
        }
        for name in (NODE, FLOOR):
            subjects[name] = Subject(stack.enter_context(peer(name)).port, ours)
        pem = str(files_in(secure.data).server)
        port = stack.enter_context(peer(NODE_TLS, pem)).port
        subjects[NODE_TLS] = Subject(port, secure, secure.tls)
        for size in SIZES:
            _measure(table, size, subjects)
    return table


def _measure(table: Table, size: int, subjects: dict[str, Subject]) -> None:
    """Each subject in each round; the rounds' turns are counted together."""
    to_last: dict[str, list[float]] = {name: [] for name in subjects}
    to_answer: dict[str, list[float]] = {name: [] for name in subjects}
    rates: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(ROUNDS):
        for subject, measured in subjects.items():
            turns, rate = _one_round(measured, measured.ours.hall.rooms[str(size)])
            to_last[subject] += [seconds * 1000 for seconds in turns.to_last]
            to_answer[subject] += [seconds * 1000 for seconds in turns.to_answer]
            rates[subject].append(rate)
    case = f"{size} tablets"
    for subject in subjects:
        table.note_spread(case, subject, "turn to last tablet", to_last[subject], "ms")
        answered = statistics.median(to_answer[subject])
        table.note(case, subject, "turn to presenter's answer, median", answered, "ms")
        table.note(case, subject, "deliveries, turns back to back", max(rates[subject]), "1/s")


def _one_round(subject: Subject, room: Room) -> tuple[Turns, float]:
    """Paced turns after a warm-up, then turns one after the other: how many deliveries a second."""
    crowd = Crowd(subject.port, subject.tls)
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
