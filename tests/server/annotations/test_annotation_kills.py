"""kill -9 of the server while many write: what was acknowledged stands, and stands once."""

import json
import random
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
import requests

from core.ids import new_id
from tests.effort import sized
from tests.factories import small_pdf
from tests.server.annotations.ink_steps import Marks, note, rows, seen
from tests.server.conftest import add_paper
from tests.server.real_server import Person, RealServer
from tests.server.voting.vote_steps import Council, done, make_council

pytestmark = [pytest.mark.slow, pytest.mark.own_server]
WRITERS = sized(6, 12)
STEPS = sized(10, 20)
KILLS = sized(2, 4)
LONGEST_WAIT = 60.0


@pytest.fixture(scope="module")
def deputy_names() -> list[str]:
    return [f"daibieu{n}" for n in range(3, 3 + WRITERS)]


@dataclass
class Outbox:
    """One person's tablet: it sends until it is answered, always under the same key.

    stands: what was acknowledged, by id: revision and text; `deleted`: what is to be gone.
    """

    person: Person
    document: str
    rng: random.Random
    stands: dict[str, tuple[int, str]] = field(default_factory=dict)
    audience: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    unanswered: int = 0

    def insist(self, method: str, path: str, body: Any = None) -> Any:
        headers, until = {"Idempotency-Key": new_id()}, time.monotonic() + LONGEST_WAIT
        while True:
            try:
                answer = self.person.call(method, path, json=body, headers=headers)
            except requests.RequestException:
                assert time.monotonic() < until, "the server did not come back"
                self.unanswered += 1
                time.sleep(0.05)
                continue
            assert answer.status_code in (200, 201, 204), answer.text
            return answer.json() if answer.content else None

    def write(self, over: threading.Event) -> None:
        """Until it is over, as a hand does: new ones alone and by several, changes, deletions."""
        for step in count():
            if over.is_set() and step >= STEPS:
                return
            what = self.rng.random()
            if what < 0.45 or not self.stands:
                body = self.draft(f"{step}")
                self.keep(self.insist("POST", f"/documents/{self.document}/annotations", body))
            elif what < 0.65:
                bodies = [self.draft(f"{step}.{place}") for place in range(4)]
                path = f"/documents/{self.document}/annotations/batch"
                kept = self.insist("POST", path, {"items": bodies})["items"]
                for body, one in zip(bodies, kept, strict=True):
                    self.keep({**body, **one})
            elif what < 0.9:
                one, (revision, _) = self.rng.choice(sorted(self.stands.items()))
                body = {"revision": revision, "text": f"sửa {step}"}
                self.keep(self.insist("PATCH", f"/annotations/{one}", body))
            else:
                one, _ = self.rng.choice(sorted(self.stands.items()))
                self.insist("DELETE", f"/annotations/{one}")
                del self.stands[one]
                self.deleted.add(one)

    def draft(self, text: str) -> dict[str, Any]:
        body = note(text, audience=self.rng.choice(["private", "meeting"]), page=1)
        self.audience[body["id"]] = body["audience"]
        return body

    def keep(self, one: dict[str, Any]) -> None:
        self.stands[one["id"]] = (one["revision"], one["text"])


def as_kept(marks: Marks) -> dict[str, tuple[int, str]]:
    """What stands, by id."""
    assert len({one["id"] for one in marks}) == len(marks)
    return {one["id"]: (one["revision"], one["text"]) for one in marks}


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


def with_a_paper(council: Council) -> str:
    """A published paper of one page."""
    path = f"/meetings/{council.id}/agenda-items"
    item = done(council.secretary.post(path, title="Báo cáo", minutes=5), 201)["id"]
    document = add_paper(council.secretary, item, small_pdf(1))
    done(council.secretary.post(f"/documents/{document}/publish"))
    done(council.secretary.patch(f"/meetings/{council.id}", member_writing=True))
    return document


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
        for writing in [pool.submit(one.write, over) for one in outboxes]:
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
