"""A person who writes annotations while the server is killed, and what must stand afterwards."""

import random
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import requests

from core.ids import new_id
from tests.factories import small_pdf
from tests.server.annotations.ink_steps import Marks, note
from tests.server.conftest import add_paper
from tests.server.real_server import Person
from tests.server.voting.vote_steps import Council, done

LONGEST_WAIT = 60.0


@dataclass
class Outbox:
    """One person's tablet: it sends until it is answered, always under the same key.

    stands: what was acknowledged, by id: revision and text; `deleted`: what is to be gone.
    pause: seconds between two steps.
    """

    person: Person
    document: str
    rng: random.Random
    stands: dict[str, tuple[int, str]] = field(default_factory=dict)
    audience: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    unanswered: int = 0
    pause: float = 0.0

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

    def write(self, over: threading.Event, least: int) -> None:
        """Until it is over, at least so many steps, as a hand does: new ones alone and by several,
        changes, deletions."""
        for step in count():
            if over.is_set() and step >= least:
                return
            time.sleep(self.pause)
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


def with_a_paper(council: Council) -> str:
    """A published paper of one page."""
    path = f"/meetings/{council.id}/agenda-items"
    item = done(council.secretary.post(path, title="Báo cáo", minutes=5), 201)["id"]
    document = add_paper(council.secretary, item, small_pdf(1))
    done(council.secretary.post(f"/documents/{document}/publish"))
    done(council.secretary.patch(f"/meetings/{council.id}", member_writing=True))
    return document
