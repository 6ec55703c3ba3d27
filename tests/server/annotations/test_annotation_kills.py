"""kill -9 of the server while many write: what was acknowledged stands, and stands once."""

import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.effort import sized
from tests.server.annotations.ink_steps import rows, seen
from tests.server.annotations.outbox import Outbox, as_kept, with_a_paper
from tests.server.real_server import Person, RealServer
from tests.server.voting.vote_steps import make_council

pytestmark = [pytest.mark.slow, pytest.mark.own_server]
WRITERS = sized(6, 12)
STEPS = sized(10, 20)
KILLS = sized(2, 4)


@pytest.fixture(scope="module")
def deputy_names() -> list[str]:
    return [f"daibieu{n}" for n in range(3, 3 + WRITERS)]


def strike(server: RealServer, rng: random.Random, over: threading.Event) -> None:
    try:
        for _ in range(KILLS):
            time.sleep(rng.uniform(0.1, 0.6))
            server.kill()
            server.start("web")
    finally:
        over.set()


def revisions_sent(server: RealServer, table: str) -> Counter[tuple[str, int, str]]:
    """How often each revision of each annotation was sent in a stream, put or removed."""
    query = f"SELECT type, data FROM {table} WHERE type LIKE '%annotations%'"
    return Counter(
        (item["id"], item["revision"], kind.rpartition("_")[2])
        for kind, data in rows(server, query)
        for item in json.loads(data)["items"]
    )


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(
    people: dict[str, Person], deputies: list[Person]
) -> None:
    council = make_council(people["thuky"], people["chutoa"], deputies)
    document = with_a_paper(council)
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    rng = random.Random(seed)
    outboxes = [Outbox(one, document, random.Random(rng.random())) for one in deputies]
    over = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as pool:
        struck = pool.submit(strike, council.server, rng, over)
        for writing in [pool.submit(one.write, over, STEPS) for one in outboxes]:
            writing.result()
        struck.result()
    everybodys: dict[str, tuple[int, str]] = {}
    for one in outboxes:
        mine = [mark for mark in seen(one.person, document) if mark["author"] == one.person.id]
        assert as_kept(mine) == one.stands
        shared = {name for name in one.stands if one.audience[name] == "meeting"}
        everybodys |= {name: one.stands[name] for name in shared}
    assert as_kept(seen(council.chair, document)) == everybodys
    # Every change was told once, in its stream, and every deletion.
    told = revisions_sent(council.server, "room_event") + revisions_sent(
        council.server, "person_event"
    )
    assert set(told.values()) == {1}
    wanted = {
        (name, number, "put")
        for one in outboxes
        for name, (revision, _) in one.stands.items()
        for number in range(1, revision + 1)
    }
    assert wanted <= set(told)
    assert {name for name, _, kind in told if kind == "removed"} == {
        name for one in outboxes for name in one.deleted
    }
    interrupted = sum(one.unanswered for one in outboxes)
    print(f"requests without an answer: {interrupted}")
    assert interrupted >= KILLS, "the kills came when nobody was writing"
