"""A slow disk: 100 ballots at one moment, while pages turn."""

from contextlib import ExitStack

from bench.load.client import Client
from bench.load.crowd import Crowd
from bench.load.pacing import Turns
from bench.load.voters import Voters, voters
from bench.product import Room, product
from bench.table import OURS, Table

SIZE = 100
FSYNC_MS = (8, 200)
ROUNDS, TURNS_EVERY = 10, 0.1
TIMEOUT = 60.0


def measure(table: Table) -> None:
    """About a minute."""
    for fsync_ms in FSYNC_MS:
        with ExitStack() as stack:
            ours = stack.enter_context(product(SIZE, fsync_ms=fsync_ms))
            room = ours.hall.rooms[str(SIZE)]
            people = stack.enter_context(voters(ours.port, room.cookies))
            crowd = Crowd(ours.port)
            for cookie in room.cookies:
                crowd.arrive(cookie, room.id)
            crowd.until_joined(TIMEOUT)
            turns, last = Turns(crowd, room), 0.0
            for _ in range(ROUNDS):
                client = Client(ours, room.cookies[0])
                last = max(last, _vote(client, room, people, turns))
                client.close()
            crowd.leave()
        case = f"{SIZE} ballots, each fsync takes {fsync_ms} ms more"
        milliseconds = [seconds * 1000 for seconds in turns.to_last]
        table.note(case, OURS, "last receipt, worst round", last, "s")
        table.note(case, OURS, "turns meanwhile", len(milliseconds), "turns")
        table.note_spread(case, OURS, "turn to last tablet meanwhile", milliseconds, "ms")


def _vote(client: Client, room: Room, people: Voters, turns: Turns) -> float:
    """Hold a vote; answers when the last receipt came, seconds after the first ballot went."""
    people.come()
    poll = client.post(f"/meetings/{room.id}/polls", question="Thông qua?")["id"]
    client.post(f"/polls/{poll}/open")
    done = people.vote(poll, ["for"] * SIZE, anew=False)
    while not done.done():
        turns.paced(1, TURNS_EVERY)
    sent = done.result()
    if {one.status for one in sent} != {201}:
        raise RuntimeError(f"ballots refused: {sorted({one.status for one in sent})}")
    result = client.post(f"/polls/{poll}/close")
    if result["counts"]["for"] != SIZE:
        raise RuntimeError(f"a wrong count: {result['counts']}")
    return max(one.received for one in sent) - min(one.sent for one in sent)
