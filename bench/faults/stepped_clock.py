"""The server's clock is set a day ahead, or back, in the middle of a vote.

A preloaded library changes the time of day of web and worker alone, as an administrator or a time
server would. Votes have no time limit: a vote ends when the chair ends it, and never by itself.
"""

import struct
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

import requests

from accounts.sign_in.usage import SOON
from bench.faults.server import running
from bench.table import OURS, Table
from core.ids import new_id
from tests.server.real_server import Person, Tablet
from tests.server.voting.vote_steps import done, make_council, opened, verified

SOURCE = Path(__file__).parent.parent / "spikes" / "stepped_clock.c"
DAY = 86_400
VOTERS = 20
CHOICES = ("for", "against", "abstain")


class SetClock:
    """The clock of the processes that find `environment` when they start."""

    def __init__(self, folder: Path) -> None:
        library, self._file = folder / "stepped_clock.so", folder / "step"
        subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
        self.set(0)
        self.environment = {"LD_PRELOAD": str(library), "STEPPED_CLOCK": str(self._file)}

    def set(self, seconds: int) -> None:
        """How far ahead it is, from now on."""
        with self._file.open("r+b" if self._file.exists() else "wb") as file:
            file.write(struct.pack("q", seconds))


def measure(table: Table) -> None:
    """Under a minute."""
    for step, words in ((DAY, "a day ahead"), (-DAY, "a day back")):
        for restarted in (False, True):
            more = ", web started again" if restarted else ""
            case = f"the clock is set {words} in a vote of {VOTERS}{more}"
            with tempfile.TemporaryDirectory() as folder:
                _vote(table, case, Path(folder), step, restarted=restarted)


def _vote(table: Table, case: str, folder: Path, step: int, *, restarted: bool) -> None:
    clock = SetClock(folder)
    with running(VOTERS, clock.environment) as (server, people):
        deputies = [people[f"daibieu{number}"] for number in range(3, 3 + VOTERS)]
        council = make_council(people["thuky"], people["chutoa"], deputies)
        everybody = [council.secretary, council.chair, *deputies]
        tablets = [one.tablet(council.id) for one in everybody]
        poll = opened(council)
        half = VOTERS // 2
        before = _send(deputies[:half], poll)
        # Who sits in which room is written with the next batch.
        time.sleep(SOON + 1)
        clock.set(step)
        if restarted:
            _close(tablets)
            server.kill("web")
            server.start("web")
            tablets = []
        signed_out = sum(not one.get("/session").ok for one in everybody)
        chair = server.sign_in(council.chair.username)
        ended = done(chair.get(f"/polls/{poll}"))["status"] != "open"
        after = _send(deputies[half:], poll)
        counts = done(chair.post(f"/polls/{poll}/close"))["counts"]
        _close(tablets)
        refused = sum(not answer.ok for answer in (*before, *after))
        acknowledged = Counter(a.json()["choice"] for a in (*before, *after) if a.ok)
        lost = sum(acknowledged.values()) - sum(
            min(counts.get(choice, 0), times) for choice, times in acknowledged.items()
        )
        table.note(case, OURS, "people signed out", signed_out, "people")
        table.note(case, OURS, "ended by itself", int(ended), "votes")
        table.note(case, OURS, "ballots refused", refused, "ballots")
        table.note(case, OURS, "acknowledged ballots not counted", lost, "ballots")
        # With its verifier, which raises an error for an archive that it does not accept.
        council.secretary = chair
        verified(council, folder)


def _send(people: list[Person], poll: str) -> list[requests.Response]:
    return [
        one.call(
            "POST",
            f"/polls/{poll}/ballots",
            json={"choice": CHOICES[number % 3]},
            headers={"Idempotency-Key": new_id()},
        )
        for number, one in enumerate(people)
    ]


def _close(tablets: list[Tablet]) -> None:
    for tablet in tablets:
        tablet.close()
