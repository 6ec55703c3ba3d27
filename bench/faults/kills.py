"""kill -9 of web, of the worker and of render children, while people vote, upload and write.

Everybody sends again under the same key until there is an answer, as tablets do. Afterwards what
was acknowledged is compared with what the server has, and the verifier checks the votes.
"""

import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import requests
from socketio.exceptions import SocketIOError

from bench.faults.killer import Killer
from bench.faults.server import SEED, counted, running
from bench.table import OURS, Table
from core.ids import new_id
from documents.render_protocol import RenderFault
from tests.factories import small_pdf
from tests.server.annotations.ink_steps import seen
from tests.server.annotations.outbox import Outbox, as_kept, with_a_paper
from tests.server.conftest import wait_ready
from tests.server.real_server import Person
from tests.server.voting.test_vote_kills import check_log
from tests.server.voting.vote_steps import Council, make_council, verified

KILLS = counted(100, 6)
VOTERS, WRITERS = 8, 4
LONGEST_WAIT = 60.0
PAUSE = 0.15
"""Seconds between two annotations of one person: a page takes 2,000 of each."""
PAGES = 12
"""Of an uploaded paper: drawn long enough for its render child to be met."""
CHOICES = ("for", "against", "abstain")


@dataclass
class Acknowledged:
    """What was acknowledged, and what the server had of it in the end.

    refused: papers whose child was killed twice, which the server takes for their fault.
    """

    ballots: int = 0
    receipts: list[dict[str, Any]] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    annotations: int = 0
    turns: int = 0
    unanswered: int = 0
    refused: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    doubled: Counter[str] = field(default_factory=Counter)


def measure(table: Table) -> None:
    """About four minutes."""
    with running(VOTERS + WRITERS) as (server, people), tempfile.TemporaryDirectory() as folder:
        deputies = [people[f"daibieu{number}"] for number in range(3, 3 + VOTERS + WRITERS)]
        council = make_council(people["thuky"], people["chutoa"], deputies)
        document = with_a_paper(council)
        killer = Killer(server, random.Random(SEED))
        found = _Sitting(council, document, killer, deputies).hold()
        for line in server.log.read_text().splitlines() if found.refused else ():
            if "refused" in line:
                print(line)
        _note(table, killer, found, Path(folder), council)


class _Sitting:
    """Everybody at work, until the killer has done."""

    def __init__(
        self, council: Council, document: str, killer: Killer, deputies: list[Person]
    ) -> None:
        self._council, self._document, self._killer = council, document, killer
        self._voters, self._writers = deputies[:VOTERS], deputies[VOTERS:]
        self._over = threading.Event()
        self.found = Acknowledged()

    def hold(self) -> Acknowledged:
        """Work under kills, then compare."""
        rng = random.Random(SEED)
        outboxes = [
            Outbox(one, self._document, random.Random(rng.random()), pause=PAUSE)
            for one in self._writers
        ]
        with ThreadPoolExecutor(WRITERS + 4) as pool:
            works = [pool.submit(one.write, self._over, 0) for one in outboxes]
            works += [pool.submit(work) for work in (self._vote, self._upload, self._turn)]
            try:
                self._killer.strike(KILLS)
            finally:
                self._over.set()
            for work in works:
                work.result()
        for one in outboxes:
            self._compare_annotations(one)
            self.found.unanswered += one.unanswered
        self._compare_papers()
        return self.found

    def _insist(self, person: Person, path: str, body: dict[str, Any]) -> Any:
        headers = {"Idempotency-Key": new_id()}
        return self._until_answered(
            lambda: person.call("POST", path, json=body, headers=headers), (200, 201)
        ).json()

    def _until_answered(self, ask: Any, right: tuple[int, ...]) -> requests.Response:
        until = time.monotonic() + LONGEST_WAIT
        while True:
            try:
                answer: requests.Response = ask()
            except requests.RequestException:
                if time.monotonic() > until:
                    raise
                self.found.unanswered += 1
                time.sleep(0.05)
                continue
            if answer.status_code not in right:
                raise RuntimeError(f"{answer.request.path_url}: {answer.text[:300]}")
            return answer

    def _vote(self) -> None:
        """One vote after another: all sent, all counted as they were acknowledged."""
        rng = random.Random(SEED + 1)
        with ThreadPoolExecutor(VOTERS) as pool:
            while not self._over.is_set():
                poll = self._insist(
                    self._council.secretary,
                    f"/meetings/{self._council.id}/polls",
                    {"question": "Thông qua?"},
                )["id"]
                self._insist(self._council.chair, f"/polls/{poll}/open", {})
                choices = {one.id: rng.choice(CHOICES) for one in self._voters}

                def cast(one: Person, poll: str = poll, choices: Any = choices) -> Any:
                    time.sleep(rng.uniform(0, 0.5))
                    return self._insist(one, f"/polls/{poll}/ballots", {"choice": choices[one.id]})

                acks = list(pool.map(cast, self._voters))
                result = self._insist(self._council.chair, f"/polls/{poll}/close", {})
                self._compare_vote(result, choices, acks)

    def _compare_vote(self, result: Any, choices: dict[str, str], acks: list[Any]) -> None:
        counted_as = {one["user_id"]: one["choice"] for one in result["names"]}
        lost = sum(counted_as[voter] != choice for voter, choice in choices.items())
        self.found.ballots += len(acks)
        self.found.receipts += [ack["receipt"] for ack in acks]
        self.found.lost["ballots"] += lost
        self.found.doubled["ballots"] += max(0, sum(result["counts"].values()) - len(acks))

    def _upload(self) -> None:
        """One paper after another, each with its own content."""
        item = self._insist(
            self._council.secretary,
            f"/meetings/{self._council.id}/agenda-items",
            {"title": "Tài liệu", "minutes": 5},
        )["id"]
        path = f"/agenda-items/{item}/documents"
        for number in count():
            if self._over.is_set():
                return
            content, key = small_pdf(PAGES, f"s{number}"), new_id()

            def send(content: bytes = content, key: str = key) -> requests.Response:
                return self._council.secretary.upload(path, "a.pdf", content, idempotency_key=key)

            self.found.papers.append(self._until_answered(send, (202,)).json()["id"])
            time.sleep(0.4)

    def _turn(self) -> None:
        """Turn pages over Socket.IO, and connect again whenever the server is gone."""
        while not self._over.is_set():
            try:
                tablet = self._council.secretary.tablet(self._council.id)
                try:
                    while not self._over.is_set():
                        turned = tablet.turn(self._document, 1)
                        self.found.turns += bool(turned["ok"])
                        time.sleep(0.05)
                finally:
                    tablet.close()
            except (SocketIOError, requests.RequestException, OSError):
                self.found.unanswered += 1
                time.sleep(0.2)

    def _compare_annotations(self, one: Outbox) -> None:
        marks = [m for m in seen(one.person, self._document) if m["author"] == one.person.id]
        self.found.doubled["annotations"] += len(marks) - len({mark["id"] for mark in marks})
        there = as_kept(marks)
        self.found.annotations += len(one.stands) + len(one.deleted)
        missing = {name for name, kept in one.stands.items() if there.get(name) != kept}
        for name in missing:
            print(f"annotation {name}: {one.stands[name]} is {there.get(name)}")
        self.found.lost["annotations"] += len(missing) + len(one.deleted & set(there))
        self.found.doubled["annotations"] += len(set(there) - set(one.stands) - one.deleted)

    def _compare_papers(self) -> None:
        view = self._council.secretary.get(f"/meetings/{self._council.id}").json()
        there = [d["id"] for item in view["agenda"] for d in item["documents"]]
        there.remove(self._document)
        self.found.lost["papers"] += len(set(self.found.papers) - set(there))
        self.found.doubled["papers"] += len(there) - len(set(self.found.papers) & set(there))
        for paper in self.found.papers:
            end = wait_ready(self._council.secretary, paper, timeout=120)
            if end["status"] == "ready":
                continue
            if end["error"]["code"] == RenderFault.TOO_HEAVY:
                self.found.refused += 1
            else:
                self.found.lost[f"papers, by {end['error']['code']}"] += 1


def _note(
    table: Table, killer: Killer, found: Acknowledged, folder: Path, council: Council
) -> None:
    case = f"{sum(killer.struck.values())} kills"
    check_log(council)
    verified(council, folder, *_receipt_words(found))
    for what, times in sorted(killer.struck.items()):
        table.note(case, OURS, f"of {what}", times, "kills")
    for what, seconds in sorted(killer.seconds.items()):
        words = f"{what} is ready after its kill"
        table.note(case, OURS, f"{words}, median", statistics.median(seconds), "s")
        table.note(case, OURS, f"{words}, most", max(seconds), "s")
    table.note(case, OURS, "ballots acknowledged", found.ballots, "writes")
    table.note(case, OURS, "papers acknowledged", len(found.papers), "writes")
    table.note(case, OURS, "annotations acknowledged", found.annotations, "writes")
    table.note(case, OURS, "page turns acknowledged", found.turns, "turns")
    table.note(case, OURS, "requests without an answer", found.unanswered, "requests")
    words = "papers refused as too heavy: their child was killed twice"
    table.note(case, OURS, words, found.refused, "papers")
    table.note(case, OURS, "acknowledged and lost", found.lost.total(), "writes")
    table.note(case, OURS, "written twice", found.doubled.total(), "writes")
    for what, times in (+found.lost + +found.doubled).items():
        print(f"lost or doubled: {times} of {what}")


def _receipt_words(found: Acknowledged) -> list[str]:
    return [
        word
        for receipt in found.receipts
        for word in ("--receipt", f"{receipt['log_index']}:{receipt['leaf_hash']}")
    ]
