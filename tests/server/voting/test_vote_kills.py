"""kill -9 of the server at random moments of votes, with tablets that try again.

Four kills in two votes; a full run has a hundred in fifty.
"""

import json
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from core.ids import new_id
from tests.effort import sized
from tests.server.real_server import Person, RealServer
from tests.server.voting.vote_steps import Council, done, log_of, make_council, question, verified

pytestmark = [pytest.mark.slow, pytest.mark.own_server]
VOTES = sized(2, 50)
VOTERS = sized(20, 50)
GIVE_UP = 8
"""Voters of each vote that send once and do not ask again."""
KILLS_IN_A_VOTE = 2
WITHIN = 0.5
"""Seconds in which everybody sends."""
LONGEST_WAIT = 60.0
INTERRUPTED: list[str] = []
"""Paths of requests that a kill left without an answer."""
CHOICES = ("for", "against", "abstain")


@pytest.fixture(scope="module")
def deputy_names() -> list[str]:
    return [f"daibieu{n}" for n in range(3, 3 + VOTERS)]


def insistent(person: Person, path: str, body: dict[str, Any], *, tries: int = 1000) -> Any:
    """Ask until there is an answer, as a tablet does: always under the same key. None: gave up."""
    headers, until = {"Idempotency-Key": new_id()}, time.monotonic() + LONGEST_WAIT
    for _ in range(tries):
        try:
            answer = person.call("POST", path, json=body, headers=headers)
        except requests.RequestException:
            assert time.monotonic() < until, "the server did not come back"
            INTERRUPTED.append(path)
            time.sleep(0.05)
            continue
        assert answer.status_code in (200, 201), answer.text
        return answer.json()
    return None


class Killer:
    """Kills web after a random while and starts it again, so many times."""

    def __init__(self, server: RealServer, rng: random.Random) -> None:
        self._server, self._rng = server, rng
        self.kills = 0

    def strike(self, times: int, within: float) -> None:
        for _ in range(times):
            time.sleep(self._rng.uniform(0, within))
            self._server.kill()
            self.kills += 1
            self._server.start("web")


def cast_all(
    council: Council, poll: str, choices: dict[str, str], gives_up: set[str], rng: random.Random
) -> dict[str, Any]:
    """Everybody sends; answers what each was acknowledged (None: nothing)."""
    delays = {one.id: rng.uniform(0, WITHIN) for one in council.deputies}

    def cast(person: Person) -> Any:
        time.sleep(delays[person.id])
        tries = 1 if person.id in gives_up else 1000
        path, body = f"/polls/{poll}/ballots", {"choice": choices[person.id]}
        first = insistent(person, path, body, tries=tries)
        if first is not None and rng.random() < 0.2:
            # Another tablet of the same person knows nothing of the first one's key.
            assert insistent(person, path, body) == first
        return first

    with ThreadPoolExecutor(VOTERS) as pool:
        acks = list(pool.map(cast, council.deputies))
    return {one.id: ack for one, ack in zip(council.deputies, acks, strict=True)}


def one_vote(
    council: Council, killer: Killer, rng: random.Random, *, early: bool, late: bool
) -> list[dict[str, Any]]:
    """A vote under kills: answers the receipts that were acknowledged.

    One of the kills may come while the vote is opened (early), or closed (late).
    """
    poll = question(council)
    choices = {one.id: rng.choice(CHOICES) for one in council.deputies}
    gives_up = {one.id for one in rng.sample(council.deputies, GIVE_UP)}
    strikes = KILLS_IN_A_VOTE - early - late
    with ThreadPoolExecutor(1) as pool:
        struck = pool.submit(killer.strike, int(early), 0.02)
        insistent(council.chair, f"/polls/{poll}/open", {})
        struck.result()
        struck = pool.submit(killer.strike, strikes, 0.8 * WITHIN)
        acks = cast_all(council, poll, choices, gives_up, rng)
        struck.result()
        struck = pool.submit(killer.strike, int(late), 0.02)
        result = insistent(council.chair, f"/polls/{poll}/close", {})
        struck.result()
    check_result(result, choices, acks)
    assert done(council.chair.get(f"/polls/{poll}/result")) == result
    return [ack["receipt"] for ack in acks.values() if ack]


def check_result(result: dict[str, Any], choices: dict[str, str], acks: dict[str, Any]) -> None:
    """Who was acknowledged is counted; who gave up is counted as sent, or not at all."""
    counted = {one["user_id"]: one["choice"] for one in result["names"]}
    for user_id, ack in acks.items():
        allowed = {choices[user_id]} if ack else {choices[user_id], None}
        assert counted[user_id] in allowed
        assert ack is None or ack["choice"] == choices[user_id]
    numbers = Counter(choice for choice in counted.values() if choice)
    assert result["counts"] == {key: numbers[key] for key in CHOICES}
    assert result["voted"] + result["not_sent"] == VOTERS


def check_log(council: Council) -> None:
    """Of each person at most one commitment in each vote."""
    entries = [json.loads(line["entry"]) for line in log_of(council.chair, council.id)]
    openings = Counter(
        (entry["data"]["poll_id"], entry["data"]["ballot"]["user_id"])
        for entry in entries
        if entry["type"] == "ballot_opened"
    )
    committed = sum(entry["type"] == "ballot_committed" for entry in entries)
    assert set(openings.values()) == {1}
    assert committed == len(openings)


def test_no_acknowledged_ballot_is_lost_and_none_counts_twice(
    people: dict[str, Person], deputies: list[Person], tmp_path: Path
):
    council = make_council(people["thuky"], people["chutoa"], deputies)
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    killer = Killer(council.server, rng)
    receipts = [
        receipt
        for number in range(VOTES)
        for receipt in one_vote(council, killer, rng, early=number % 3 == 0, late=number % 3 == 1)
    ]
    assert killer.kills == VOTES * KILLS_IN_A_VOTE
    assert len(receipts) >= VOTES * (VOTERS - GIVE_UP)
    check_log(council)
    words = [
        word
        for receipt in receipts
        for word in ("--receipt", f"{receipt['log_index']}:{receipt['leaf_hash']}")
    ]
    verified(council, tmp_path, *words)
    hit = Counter(path.rpartition("/")[2] for path in INTERRUPTED)
    print(f"requests without an answer: {dict(hit)}")
    assert hit["ballots"] > killer.kills, "the kills came when nobody was voting"
