"""requests: the ordinary requests of 90 people, and the processor time of each kind of request.

The loop is list of meetings, one meeting, one document, ballot (repeated: the same choice again),
API description; with a pause for thought after each round of it, then without. Beside it stands
plain Flask that answers a constant behind the same HTTP server: what no route can be cheaper than.
"""

import json
from concurrent.futures import Future
from contextlib import ExitStack
from statistics import median

from bench.hub import HubPauses
from bench.load.client import Client
from bench.load.request_loop import Answers, Ask, Plan, RequestLoop, request_loop
from bench.machine import cpu_seconds
from bench.peers import CONSTANT, peer
from bench.product import Product, Room, product
from bench.table import OURS, Table, percentile

PEOPLE = 90
MEETINGS = 4
"""Meetings of each person: what the list has."""
AT_ONCE = 8
"""People who ask at once while processor time is measured."""
TIMES, ROUNDS = 150, 3
THOUGHT = (0.3, 1.0)
SECONDS = 20.0
CHOICE = json.dumps({"choice": "for"}).encode()
FIRST, REPEATED = "first ballot", "repeated ballot"


def run() -> Table:
    """About three minutes."""
    table = Table("requests")
    with ExitStack() as stack:
        ours = stack.enter_context(product(*range(PEOPLE, PEOPLE + MEETINGS)))
        floor = stack.enter_context(peer(CONSTANT))
        room = ours.hall.rooms[str(PEOPLE)]
        people = stack.enter_context(request_loop(ours.port, room.cookies[:PEOPLE]))
        nobody = stack.enter_context(request_loop(floor.port, [""] * PEOPLE))
        mix = _mix(room, _ballots(ours, room))
        _done(people.run(Plan(mix, times=3)))
        constant = [Ask(CONSTANT, "GET", "/constant")]
        mix = _processor_time(table, ours, people, nobody, floor.pid, mix)
        for words, thought in (("with thought", THOUGHT), ("without thought", (0.0, 0.0))):
            case = f"{PEOPLE} people loop {words}"
            plan = Plan(constant, thought=thought, seconds=SECONDS / 2)
            nobody.come()
            _note_loop(table, case, CONSTANT, _done(nobody.run(plan)))
            people.come()
            pauses = HubPauses(ours)
            found = _done(people.run(Plan(mix, thought=thought, seconds=SECONDS)))
            _note_loop(table, case, OURS, found)
            table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")
    return table


def _mix(room: Room, ballots: str) -> list[Ask]:
    return [
        Ask("list of meetings", "GET", "/meetings"),
        Ask("one meeting", "GET", f"/meetings/{room.id}"),
        Ask("one document", "GET", f"/documents/{room.document_id}"),
        Ask(REPEATED, "POST", ballots, CHOICE),
        Ask("API description", "GET", "/openapi.json"),
    ]


def _ballots(ours: Product, room: Room) -> str:
    """The path for the ballots of a new open poll."""
    client = Client(ours, room.cookies[0])
    path = f"/meetings/{room.id}/polls"
    poll = client.post(path, question="Thông qua Nghị quyết?", title="Lần này")["id"]
    client.post(f"/polls/{poll}/open")
    client.close()
    return f"/polls/{poll}/ballots"


def _close(ours: Product, room: Room, ballots: str) -> None:
    client = Client(ours, room.cookies[0])
    client.post(ballots.replace("ballots", "close"))
    client.close()


def _done(work: "Future[Answers]") -> Answers:
    return work.result(SECONDS * 10)


def _processor_time(
    table: Table,
    ours: Product,
    people: RequestLoop,
    nobody: RequestLoop,
    floor: int,
    mix: list[Ask],
) -> list[Ask]:
    """The server's processor time for each kind of request, a few at once; rounds alternate.

    Answers the mix with the ballots of the poll that is open at the end.
    """
    web, room = ours.pid("web"), ours.hall.rooms[str(PEOPLE)]
    constant = Plan([Ask(CONSTANT, "GET", "/constant")], people=AT_ONCE, times=TIMES)
    took: dict[str, list[float]] = {CONSTANT: [], **{ask.name: [] for ask in mix}, FIRST: []}
    for _ in range(ROUNDS):
        took[CONSTANT].append(_each(floor, nobody, constant))
        for ask in mix:
            plan = Plan([ask], people=AT_ONCE, times=TIMES)
            took[ask.name].append(_each(web, people, plan))
        # One poll is open at a time: the repeated ballots' own is closed for this round.
        _close(ours, room, next(ask.path for ask in mix if ask.name == REPEATED))
        first = Ask(FIRST, "POST", _ballots(ours, room), CHOICE)
        took[FIRST].append(_each(web, people, Plan([first], times=1)))
        mix = _mix(room, first.path)
    base = median(took[CONSTANT])
    for name, each in took.items():
        subject = CONSTANT if name == CONSTANT else OURS
        case = "processor time of a request"
        table.note(case, subject, name, median(each), "ms")
        if name != CONSTANT:
            table.note(case, subject, f"{name}, of the constant's", median(each) / base, "times")
    return mix


def _each(pid: int, people: RequestLoop, plan: Plan) -> float:
    """Milliseconds of a server's processor time for each request of a plan."""
    people.come()
    used = cpu_seconds(pid)
    found = _done(people.run(plan))
    return (cpu_seconds(pid) - used) / found.count * 1000


def _note_loop(table: Table, case: str, subject: str, found: Answers) -> None:
    table.note(case, subject, "requests a second", found.count / found.seconds, "/s")
    every = [seconds for took in found.took.values() for seconds in took]
    kinds = {"all": every, **found.took} if len(found.took) > 1 else {"all": every}
    for name, took in kinds.items():
        ordered = sorted(seconds * 1000 for seconds in took)
        table.note(case, subject, f"{name}, p50", percentile(ordered, 50), "ms")
        table.note(case, subject, f"{name}, p95", percentile(ordered, 95), "ms")
