"""votes: 500 ballots at once, opening and closing as the last tablet sees them, and the long log.

500 signed-in people have a tablet in the room. Ballots go out at one moment from a process of
their own, over kept-alive connections, while the room's pages turn; nobody has asked the server
for anything for minutes before, as when people read. Server and load have a core each.
Every round is a poll; at the end the archive of all of them is checked.
"""

import io
import statistics
from contextlib import ExitStack
from typing import Any

from bench.hub import HubPauses
from bench.load.client import Client
from bench.load.crowd import Crowd, Tablet
from bench.load.pacing import Turns
from bench.load.quiet_people import nobody_asked_lately
from bench.load.voters import Sent, Voters, voters
from bench.machine import cpu_seconds
from bench.parts import stored_log, vote_screen, votes_log
from bench.product import Product, Room, product
from bench.table import OURS, Table
from verifier.archive import open_archive
from verifier.check import check

PEOPLE, FEWER = 500, 200
ROUNDS, ROUNDS_ANEW = 8, 2
IDLE_TURNS, EVERY = 60, 0.2
FSYNC_MS = 8
KEYS = ("for", "against", "abstain")
TIMEOUT = 60.0


def run() -> Table:
    """About six minutes."""
    table = Table("votes")
    _hold(table, "this disk", 0, (FEWER, PEOPLE))
    _hold(table, f"{FSYNC_MS} ms added to each fsync", FSYNC_MS, (PEOPLE,))
    stored_log.measure(table)
    votes_log.measure(table)
    return table


def _hold(table: Table, disk: str, fsync_ms: int, crowds: tuple[int, ...]) -> None:
    with ExitStack() as stack:
        ours = stack.enter_context(product(PEOPLE, fsync_ms=fsync_ms))
        room = ours.hall.rooms[str(PEOPLE)]
        people = stack.enter_context(voters(ours.port, room.cookies))
        for tablets in crowds:
            _Sitting(ours, room, people, tablets).hold(table, f"{tablets} tablets, {disk}")


class _Sitting:
    """One crowd of tablets through several votes."""

    def __init__(self, ours: Product, room: Room, people: Voters, tablets: int) -> None:
        self._ours, self._room, self._people = ours, room, people
        self._crowd = Crowd(ours.port)
        for cookie in room.cookies[:tablets]:
            self._crowd.arrive(cookie, room.id)
        self._crowd.until_joined(TIMEOUT)
        self._to_card: list[float] = []
        self._to_verdict: list[float] = []
        self._kept_alive: list[list[Sent]] = []
        self._anew: list[list[Sent]] = []
        self._server_ms: list[float] = []
        self._pauses: dict[str, list[float]] = {"opening": [], "ballots": [], "closing": []}

    def hold(self, table: Table, case: str) -> None:
        """Turn pages undisturbed, then vote; note what was found."""
        Turns(self._crowd, self._room).paced(60, 0)
        idle = Turns(self._crowd, self._room)
        idle.paced(IDLE_TURNS, EVERY)
        meanwhile = Turns(self._crowd, self._room)
        for number in range(ROUNDS + ROUNDS_ANEW):
            self._round(number, meanwhile)
        self._check_archive()
        self._note(table, case)
        _note_turns(table, case, idle, meanwhile)
        if len(self._crowd.tablets) < PEOPLE:
            vote_screen.measure(table, self._ours, self._room, self._crowd, case)
        self._crowd.leave()

    def _round(self, number: int, turns: Turns) -> None:
        self._people.come()
        nobody_asked_lately(self._ours.data)
        client = Client(self._ours, self._room.cookies[0])
        path = f"/meetings/{self._room.id}/polls"
        poll = client.post(path, question="Thông qua Nghị quyết?", title=f"Lần {number}")["id"]
        self._crowd.pass_time(1.5)
        opened, _ = self._seconds("opening", client, f"/polls/{poll}/open", b'"poll_opened"')
        self._to_card.append(opened)
        self._crowd.pass_time(1.0)
        choices = [KEYS[voter % (number % 3 + 1)] for voter in range(PEOPLE)]
        self._cast(poll, choices, turns, anew=number >= ROUNDS)
        self._crowd.pass_time(1.5)
        closed, result = self._seconds("closing", client, f"/polls/{poll}/close", b'"poll_closed"')
        self._to_verdict.append(closed)
        counts = {key: choices.count(key) for key in KEYS}
        if (result["voted"], result["counts"]) != (PEOPLE, counts):
            raise RuntimeError(f"a wrong count: {result['counts']} instead of {counts}")
        client.close()

    def _seconds(self, what: str, client: Client, path: str, event: bytes) -> tuple[float, Any]:
        """From sending a command to its event at the last tablet; and the command's answer."""
        reached: list[float] = []

        def heard(_tablet: Tablet, payload: bytes, at: float) -> None:
            if event in payload:
                reached.append(at)

        for tablet in self._crowd.tablets:
            tablet.heard = heard
        pauses = HubPauses(self._ours)
        sent = client.send("POST", path, b"{}")
        self._crowd.until(lambda: len(reached) == len(self._crowd.tablets), what, TIMEOUT)
        answer = client.posted()
        self._crowd.pass_time(0.3)
        self._pauses[what].append(pauses.longest_ms())
        return max(reached) - sent, answer

    def _cast(self, poll: str, choices: list[str], turns: Turns, *, anew: bool) -> None:
        turns.listen()
        pauses, used = HubPauses(self._ours), cpu_seconds(self._ours.pid("web"))
        done = self._people.vote(poll, choices, anew=anew)
        while not done.done():
            turns.paced(1, EVERY)
        sent = done.result()
        used = cpu_seconds(self._ours.pid("web")) - used
        self._pauses["ballots"].append(pauses.longest_ms())
        if any(one.status != 201 for one in sent):
            raise RuntimeError(f"ballots refused: {sorted({one.status for one in sent})}")
        if len({one.log_index for one in sent}) != PEOPLE:
            raise RuntimeError("two ballots have the same place in the log")
        if anew:
            self._anew.append(sent)
        else:
            self._kept_alive.append(sent)
            self._server_ms.append(used / PEOPLE * 1000)

    def _check_archive(self) -> None:
        """Let the independent verifier count every ballot of every poll."""
        client = Client(self._ours, self._room.cookies[0])
        status, content = client.ask("GET", f"/meetings/{self._room.id}/vote-archive.zip")
        client.close()
        if status != 200:
            raise RuntimeError(f"no archive: {status}")
        check(open_archive(io.BytesIO(content)))

    def _note(self, table: Table, case: str) -> None:
        half = [statistics.median(_waits(sent)) for sent in self._kept_alive]
        last = [max(_waits(sent)) for sent in self._kept_alive]
        anew = [max(_waits(sent)) for sent in self._anew]
        table.note(case, OURS, "half of the receipts", statistics.median(half), "s")
        table.note_rounds(case, OURS, f"last of {PEOPLE} receipts", last, "s")
        table.note_rounds(case, OURS, "the same over new connections", anew, "s")
        own = statistics.median(self._server_ms)
        table.note(case, OURS, "server's time for each ballot, turns included", own, "ms")
        waits = (("opening to card", self._to_card), ("closing to verdict", self._to_verdict))
        for words, seconds in waits:
            milliseconds = [value * 1000 for value in seconds]
            table.note_rounds(case, OURS, f"{words} at the last tablet", milliseconds, "ms")
        for what, pauses in self._pauses.items():
            table.note_rounds(case, OURS, f"hub's longest pause, {what}, at most", pauses, "ms")


def _note_turns(table: Table, case: str, idle: Turns, meanwhile: Turns) -> None:
    for words, turns in (("nobody votes", idle), (f"{PEOPLE} vote", meanwhile)):
        milliseconds = [seconds * 1000 for seconds in turns.to_last]
        table.note_spread(case, OURS, f"turn to last tablet, {words}", milliseconds, "ms")


def _waits(sent: list[Sent]) -> list[float]:
    """How long each receipt came after the first ballot went out."""
    released = min(one.sent for one in sent)
    return [one.received - released for one in sent]
