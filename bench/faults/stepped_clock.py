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
from tests.factories import small_pdf
from tests.server.conftest import wait_ready
from tests.server.real_server import Person, Tablet
from tests.server.voting.vote_steps import Council, done, make_council, opened, verified

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
        poll, half = opened(council), VOTERS // 2
        ballots = _send(deputies[:half], poll)
        # Who sits in which room is written with the next batch.
        time.sleep(SOON + 1)
        paper = _upload(council)
        clock.set(step)
        stepped = time.monotonic()
        _close(tablets)
        if restarted:
            server.kill("web")
            server.start("web")
        signed_out = sum(not one.get("/session").ok for one in everybody)
        table.note(case, OURS, "people signed out", signed_out, "people")
        # Signed in again: what follows is seen also where the others were signed out.
        council.chair = council.secretary = server.sign_in(council.chair.username)
        wait_ready(council.chair, paper)
        ready = time.monotonic() - stepped
        table.note(case, OURS, "a paper sent just before is ready after", ready, "s")
        ballots += _send(deputies[half:], poll)
        _count(table, case, council, poll, ballots)
        # With its verifier, which raises an error for an archive that it does not accept.
        verified(council, folder)


def _count(
    table: Table, case: str, council: Council, poll: str, ballots: list[requests.Response]
) -> None:
    """Close the vote and compare."""
    ended = done(council.chair.get(f"/polls/{poll}"))["status"] != "open"
    counts = done(council.chair.post(f"/polls/{poll}/close"))["counts"]
    acknowledged = Counter(answer.json()["choice"] for answer in ballots if answer.ok)
    lost = sum(max(0, times - counts[choice]) for choice, times in acknowledged.items())
    refused = len(ballots) - acknowledged.total()
    table.note(case, OURS, "ended by itself", int(ended), "votes")
    table.note(case, OURS, "ballots refused", refused, "ballots")
    table.note(case, OURS, "acknowledged ballots not counted", lost, "ballots")


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


def _upload(council: Council) -> str:
    path = f"/meetings/{council.id}/agenda-items"
    item = done(council.secretary.post(path, title="Báo cáo", minutes=5), 201)["id"]
    sent = council.secretary.upload(f"/agenda-items/{item}/documents", "a.pdf", small_pdf(5))
    return str(done(sent, 202)["id"])


def _close(tablets: list[Tablet]) -> None:
    for tablet in tablets:
        tablet.close()
