"""Random requests from the product's own OpenAPI document, and random packets of Socket.IO.

The server counts one proxy, and each request names another address: limits count by address.
"""

import gc
import time
from collections import Counter
from itertools import cycle

from bench.faults.server import SEED, counted, running
from bench.table import OURS, Table
from tests.fuzzing.http_requests import every_request
from tests.fuzzing.random_senders import RandomSenders, faults_in
from tests.fuzzing.socket_packets import FuzzedSocket, packets
from tests.server.conftest import make_room

REQUESTS = counted(50_000)
OPERATIONS_OF_A_ROOM = 6
PACKETS = counted(20_000)
SOCKETS = 6
"""Of each person: each may send 200 frames in a second, and large ones count as several."""
BEHIND_A_PROXY = {"DIENHONG_TRUSTED_PROXIES": "1"}


def measure_requests(table: Table) -> None:
    """About eight minutes."""
    # Hypothesis leaves much that only a collection frees.
    gc.enable()
    with running(env=BEHIND_A_PROXY) as (server, people):
        openapi = people["quantri"].get("/openapi.json").json()
        senders = RandomSenders(server, people, room_for=OPERATIONS_OF_A_ROOM, spread=True)
        began = time.monotonic()
        sent = every_request(openapi, REQUESTS, SEED, senders.ids, senders.send)
        seconds = time.monotonic() - began
        senders.close()
        faults = faults_in(server.log.read_text())
        alive = sum(process.poll() is None for process in server.processes.values())
    case, answers = f"{sent} random requests", senders.answers
    for hundreds in (2, 3, 4, 5):
        table.note(case, OURS, f"answers of {hundreds}xx", answers.of_class(hundreds), "answers")
    table.note(case, OURS, "without an answer", sent - answers.statuses.total(), "requests")
    table.note(case, OURS, "slowest answer", answers.slowest, "s")
    _note_end(table, case, faults, alive, seconds)
    _tell([*answers.wrong, *faults])


def measure_packets(table: Table) -> None:
    """About five minutes: long frames count as several of the 200 in a second."""
    with running() as (server, people):
        room = make_room(server, people)
        room.secretary.post(f"/documents/{room.document}/publish")
        senders = (room.secretary, room.member, room.guest, room.stranger)
        sockets = [FuzzedSocket(one, room.id) for one in senders for _ in range(SOCKETS)]
        began = time.monotonic()
        made = packets(SEED, PACKETS, room.id, room.document)
        for socket, packet in zip(cycle(sockets), made, strict=False):
            socket.send(packet)
        seconds = time.monotonic() - began
        for socket in sockets:
            socket.close()
        faults = faults_in(server.log.read_text())
        alive = sum(process.poll() is None for process in server.processes.values())
    case = f"{PACKETS} random packets of Socket.IO"
    codes = sum((socket.answers for socket in sockets), Counter[str]())
    accepted, errors = codes.pop("ok"), codes.pop("internal_error", 0)
    table.note(case, OURS, "accepted", accepted, "events")
    table.note(case, OURS, "refused with a code", codes.total(), "events")
    table.note(case, OURS, "internal errors", errors, "events")
    ended = sum(socket.ended for socket in sockets)
    table.note(case, OURS, "connections ended by the server", ended, "connections")
    _note_end(table, case, faults, alive, seconds)
    _tell(faults)


def _note_end(table: Table, case: str, faults: list[str], alive: int, seconds: float) -> None:
    table.note(case, OURS, "errors and tracebacks in the log", len(faults), "lines")
    table.note(case, OURS, "alive afterwards, of web and worker", alive, "processes")
    table.note(case, OURS, "all took", seconds, "s")


def _tell(wrong: list[str]) -> None:
    """Print what went wrong, to be mended."""
    for line in wrong[:20]:
        print(line[:2_000])
