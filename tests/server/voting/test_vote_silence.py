"""Before a vote is closed nobody is told anything of choices, and before its result is announced
nobody but chair and secretary: not by content, length or number.

The same sitting is held twice, all for and all against, and every byte that anybody else receives
until then is taken down. But for ids, times and seals the two recordings are equal.
"""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.factories import Made, prepared
from tests.server.conftest import PEOPLE
from tests.server.meetings.eavesdropper import Eavesdropper, plain
from tests.server.real_server import RealServer, Tablet, wait_until
from tests.server.voting.vote_proofs import canonical, commitment, sha256
from tests.server.voting.vote_steps import closed, done, log_of, make_council, opened, record, send

pytestmark = pytest.mark.slow
DEPUTIES = [f"daibieu{n}" for n in range(3, 10)]
STAFF = ("secretary", "chair")
METRIC = re.compile(
    r"^(dienhong_http_seconds_count\{.*?(?:polls|ballots|vote-log).*?\}) (\S+)$", re.MULTILINE
)
PLACES = ("", "/snapshot", "/polls", "/attendance", "/vote-log", "/vote-archive.zip")


@dataclass
class Held:
    """One run: what was taken down while the vote was open, and what the log says afterwards."""

    heard: Eavesdropper
    own: list[str]
    metrics: dict[str, str]
    server_log: list[str]
    entries: list[dict[str, Any]]
    result: dict[str, Any]


@contextmanager
def a_server(made: Made, folder: Path) -> Iterator[RealServer]:
    server = RealServer(made, folder / "server.log").start()
    try:
        yield server
    finally:
        server.stop()


class Run:
    """One sitting. The first deputy abstains in both runs; the last never votes."""

    def __init__(self, server: RealServer, choice: str) -> None:
        self.server, self.choice = server, choice
        self.own: list[str] = []
        people = {name: server.sign_in(name) for name in ("quantri", *PEOPLE, *DEPUTIES)}
        deputies = [people[name] for name in DEPUTIES]
        self.council = make_council(people["thuky"], people["chutoa"], deputies)
        guest = f"/meetings/{self.council.id}/participants/{people['khachmoi'].id}"
        done(self.council.secretary.put(guest, role="guest"))
        self.listeners = {
            "neighbour": deputies[0],
            "silent": deputies[-1],
            "guest": people["khachmoi"],
            "secretary": self.council.secretary,
            "chair": self.council.chair,
            "admin": people["quantri"],
            "stranger": people["nguoila"],
        }
        self.heard = Eavesdropper()

    def listen(self, poll: str, moment: str, entries: int) -> None:
        """Everybody who may not know yet looks everywhere."""
        meeting = f"/meetings/{self.council.id}"
        waiting = {k: v for k, v in self.listeners.items() if k not in self.heard.over}
        for who, person in waiting.items():
            take = partial(self.heard.take, who, moment, person)
            for path in PLACES:
                take(f"{meeting}{path}")
            take(f"{meeting}/vote-log/checkpoint")
            take(f"{meeting}/vote-log/proof", index=entries - 1, size=entries)
            take(f"{meeting}/vote-log/consistency", **{"from": 1, "to": entries})
            take(f"{meeting}/events", epoch=self.epoch, after=0, mine_after=0)
            for path in ("", "/result", "/result.csv", "/tellers-record", "/ballots/mine"):
                take(f"/polls/{poll}{path}")
            for page in ("", f"/polls/{poll}"):
                take(f"{self.server.url}/meetings/{self.council.id}{page}")

    def told(self, poll: str, voted: int, **staff: int) -> None:
        """Wait until the live channel has told this to everybody; `staff`: how many of what."""
        for who, tablet in self.connections.items():
            sizes = staff if who in STAFF else {}

            def heard(tablet: Tablet = tablet, sizes: dict[str, int] = sizes) -> bool:
                return any(
                    name == "room.votes"
                    and (packet["poll_id"], packet["voted"]) == (poll, voted)
                    and all(len(packet[what]) == size for what, size in sizes.items())
                    for name, packet in list(tablet.seen)
                )

            wait_until(heard, f"{who} is told that {voted} have voted")

    def held(self) -> Held:
        """Hold the sitting."""
        in_the_room = {k: v for k, v in self.listeners.items() if k not in ("admin", "stranger")}
        self.connections = {who: self.council.tablet(person) for who, person in in_the_room.items()}
        self.epoch = self.connections["guest"].joined["epoch"]
        for who, tablet in self.connections.items():
            self.heard.tap(who, tablet)
        poll = opened(self.council, allow_change=True)
        beside = opened(self.council, method="hands")
        self.while_open(poll, beside)
        self.heard.over.update(STAFF)  # What follows they may know.
        result = closed(self.council, poll)
        for who, tablet in self.connections.items():
            if who not in STAFF:
                tablet.next("room.event", type="poll_closed")
        self.listen(poll, "not announced", len(log_of(self.council.chair, self.council.id)))
        metrics = self.server.sign_in("quantri").get(f"{self.server.url}/metrics").text
        server_log = self.server.log.read_text()
        self.heard.raw += [metrics.encode(), server_log.encode()]
        self.heard.over.update(self.listeners)
        done(self.council.chair.post(f"/polls/{poll}/announce"))
        for tablet in self.council.open:
            tablet.close()
        lines = log_of(self.council.chair, self.council.id)
        return Held(
            self.heard,
            self.own,
            dict(METRIC.findall(metrics)),
            [line for line in server_log.splitlines() if "hub_held" not in line],
            [json.loads(line["entry"]) for line in lines],
            result,
        )

    def while_open(self, poll: str, beside: str) -> None:
        """Ballots by tablet, one recorded, one sent again, a count by hand, a reminder."""
        council, deputies = self.council, self.council.deputies
        entries = len(log_of(council.chair, council.id))
        self.told(poll, 0)
        self.told(beside, 0)
        self.listen(poll, "begun", entries)
        done(send(deputies[0], poll, "abstain"), 201)
        self.told(poll, 1)
        for voted, voter in enumerate(deputies[1:4], start=2):
            self.own.append(send(voter, poll, self.choice, key=f"key-{voted}").text)
            self.told(poll, voted)
            self.listen(poll, f"after {voted}", entries + voted)
        ballot = record(council.secretary, poll, deputies[4], self.choice)
        self.told(poll, 4, unconfirmed=1)
        self.own.append(council.chair.post(f"/ballots/{ballot}/confirm").text)
        self.told(poll, 5, unconfirmed=0)
        self.heard.take("chair", "confirmed", council.chair, f"/ballots/{ballot}")
        self.own.append(send(deputies[1], poll, self.choice).text)
        done(council.secretary.post(f"/polls/{beside}/tally", counts={self.choice: 4}))
        self.told(beside, 4, tallied=1)
        done(council.chair.post(f"/polls/{poll}/remind"), 204)
        self.connections["silent"].next("mine.event", type="vote_reminded")
        self.listen(poll, "at the end", entries + 5)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Held, Held]:
    """All for, and all against, at the same time: mostly they wait for the next second's news."""

    def hold(choice: str, made: Made, folder: Path) -> Held:
        with a_server(made, folder) as server:
            return Run(server, choice).held()

    folders = {choice: tmp_path_factory.mktemp(choice) for choice in ("for", "against")}
    with ThreadPoolExecutor(2) as pool:
        held = [
            pool.submit(hold, choice, prepared(folder / "data", *PEOPLE, *DEPUTIES), folder)
            for choice, folder in folders.items()
        ]
    return held[0].result(), held[1].result()


def test_the_two_outcomes_are_opposite(runs):
    counts = [held.result["counts"] for held in runs]
    assert counts == [
        {"for": 4, "against": 0, "abstain": 1},
        {"for": 0, "against": 4, "abstain": 1},
    ]


def test_nobody_receives_anything_that_tells_them_apart(runs):
    one, other = (held.heard.comparable() for held in runs)
    assert one["answers"].keys() == other["answers"].keys()
    assert len(one["answers"]) > 300
    for place, text in one["answers"].items():
        assert text == other["answers"][place], place
    assert one["frames"].keys() == other["frames"].keys()
    for who, by_name in one["frames"].items():
        assert by_name.keys() == other["frames"][who].keys(), who
        for name, frames in by_name.items():
            assert frames == other["frames"][who][name], (who, name)
    assert {"room.event", "room.votes"} <= one["frames"]["guest"].keys()
    assert "mine.event" in one["frames"]["silent"]
    assert "mine.event" not in one["frames"]["guest"]


def test_a_voters_own_receipt_differs_in_the_choice_alone(runs):
    one, other = (held.own for held in runs)
    assert len(one) == len(other) == 5
    for mine, others in zip(one, other, strict=True):
        assert plain(mine).replace('"for"', '"against"') == plain(others)


def test_metrics_and_server_log_tell_nothing(runs):
    one, other = runs
    assert one.metrics == other.metrics
    assert len(one.metrics) > 10
    said = [sorted(map(plain, held.server_log)) for held in runs]
    assert said[0] == said[1]


def openings(held: Held) -> list[dict[str, Any]]:
    return [entry["data"] for entry in held.entries if entry["type"] == "ballot_opened"]


def test_no_salt_was_seen_before_the_end(runs):
    for held in runs:
        salts = [bytes.fromhex(one["salt"]) for one in openings(held)]
        assert len(set(salts)) == len(salts) == 5
        assert {len(salt) for salt in salts} == {32}
        everything = b"\n".join(held.heard.raw)
        for salt in salts:
            assert salt not in everything
            assert salt.hex().encode() not in everything


def test_a_commitment_opens_to_nothing_by_trying_the_choices(runs):
    """Whoever knows everything about a ballot but its salt: no guess opens it, the salt does."""
    for held in runs:
        sealed = {
            entry["index"]: entry["data"]["commitment"]
            for entry in held.entries
            if entry["type"] == "ballot_committed"
        }
        for opening in openings(held):
            seal, ballot = sealed[opening["committed_index"]], opening["ballot"]
            assert commitment(opening) == seal
            for choice in ("for", "against", "abstain"):
                guessed = canonical({**ballot, "choice": choice})
                for salt in guesses(ballot, opening["committed_index"]):
                    assert sha256(salt, guessed).hex() != seal
                    assert sha256(guessed, salt).hex() != seal


def guesses(ballot: dict[str, Any], index: int) -> list[bytes]:
    """What a careless server would have used for a salt."""
    words = [ballot["poll_id"], ballot["user_id"], ballot["user_id"] + ballot["poll_id"], ""]
    plainly = [word.encode() for word in words]
    numbers = [n.to_bytes(32, end) for n in (0, 1, index) for end in ("big", "little")]
    return [*plainly, *map(sha256, plainly), *numbers, *map(sha256, numbers), str(index).encode()]
