"""Writes refused requests into the audit: failed sign-ins, missing permissions, CSRF failures.

A refusal is answered without waiting for the disk. Equal refusals are counted, and written at most
once a minute with their number, so that nobody can fill the disk with them.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import msgspec
import structlog

from core import clock
from core.db.models import AuditEntry
from core.http.refusal_listeners import RefusedRequest
from core.networks import network_of
from core.transactions.transaction import transaction

PREFIX = "refused."
SOON = 1.0
"""Seconds from the first of equal refusals to its entry."""
EQUAL_EVERY = 60.0
"""Seconds between entries of equal refusals."""
MOST_DIFFERENT = 2000
"""Different refusals that are remembered; those beyond are counted together."""
MOST_OF_ONE = 20
"""Different refusals of one person at one network in a minute; others are counted together."""

log = structlog.get_logger()


class Refused(NamedTuple):
    """What makes refusals equal. asked: the action that the person may not do, "" if unknown."""

    action: str
    actor_id: str | None
    account_id: str
    route: str
    asked: str
    address: str | None


@dataclass
class Counted:
    """Equal refusals that are not written yet. due: when they are, in seconds of `time.monotonic`.

    request_id: of the first. times: 0 after they were written.
    """

    first_at: datetime
    due: float
    request_id: str | None
    times: int = 0


class RefusedRequests:
    """The refusals of this process that the audit does not have yet."""

    def __init__(self) -> None:
        self._counted: dict[Refused, Counted] = {}
        self._of_one: Counter[tuple[str | None, str]] = Counter()
        self._running = False
        self._mutex = threading.Lock()

    def note(self, refused: RefusedRequest) -> None:
        """Count a refusal; a thread writes it soon."""
        with self._mutex:
            key = self._key_of(refused)
            now = time.monotonic()
            counted = self._counted.get(key)
            if counted is None:
                counted = self._counted[key] = Counted(clock.now(), now + SOON, refused.request_id)
            elif counted.times == 0:
                counted.first_at, counted.request_id = clock.now(), refused.request_id
            counted.times += 1
            begin, self._running = not self._running, True
        if begin:
            threading.Thread(target=self._run, name="refused-requests", daemon=True).start()

    def _key_of(self, refused: RefusedRequest) -> Refused:
        key = Refused(
            PREFIX + refused.refusal.code,
            refused.actor_id,
            refused.refusal.account_id or "",
            refused.route,
            str(refused.refusal.params.get("action", "")),
            refused.address,
        )
        if key in self._counted:
            return key
        if len(self._counted) >= MOST_DIFFERENT:
            return Refused(key.action, None, "", "", "", None)
        if self._of_one[_one(key)] < MOST_OF_ONE:
            self._of_one[_one(key)] += 1
            return key
        return Refused(key.action, key.actor_id, "", "", "", network_of(key.address or ""))

    def flush(self) -> None:
        """Write what is counted and not written yet, at the stop of the server."""
        with self._mutex:
            counted, self._counted = self._counted, {}
        self._write({key: one for key, one in counted.items() if one.times})

    def _run(self) -> None:
        while True:
            time.sleep(SOON)
            with self._mutex:
                now = time.monotonic()
                due = {key: one for key, one in self._counted.items() if one.due <= now}
                for key in due:
                    del self._counted[key]
                written = {key: one for key, one in due.items() if one.times}
                for key in written:
                    self._counted[key] = Counted(clock.now(), now + EQUAL_EVERY, None)
                if not self._counted:
                    self._of_one.clear()
                    self._running = False
                    return
                self._of_one = Counter(_one(key) for key in self._counted)
            self._write(written)

    def _write(self, written: dict[Refused, Counted]) -> None:
        if not written:
            return
        try:
            with transaction() as tx:
                tx.session.add_all(_entry(tx.at, key, one) for key, one in written.items())
        except Exception:
            # For example a full disk, or a writer that holds the lock: they are tried again. Of
            # any other fault this thread must not end either: nobody would begin another.
            log.exception("refusals_not_written", refusals=len(written))
            self._take_back(written)

    def _take_back(self, unwritten: dict[Refused, Counted]) -> None:
        with self._mutex:
            for key, earlier in unwritten.items():
                later = self._counted.get(key)
                earlier.times += later.times if later is not None else 0
                earlier.due = time.monotonic() + EQUAL_EVERY
                self._counted[key] = earlier


def _one(key: Refused) -> tuple[str | None, str]:
    """Whoever is behind a refusal: the person, and the network."""
    return key.actor_id, network_of(key.address or "")


def _entry(at: datetime, key: Refused, counted: Counted) -> AuditEntry:
    """at: of the writing, so that times and ids have one order: the entries of a sealed day are
    then those that an export of that day has. since: when the first of several was refused."""
    facts: dict[str, object] = {"route": key.route, "times": counted.times}
    if counted.times > 1:
        facts["since"] = counted.first_at
    if key.asked:
        facts["asked"] = key.asked
    return AuditEntry(
        at=at,
        actor_id=key.actor_id,
        action=key.action,
        thing_kind="user",
        thing_id=key.account_id,
        facts=msgspec.json.encode(facts),
        request_id=counted.request_id,
        address=key.address,
    )


refused_requests = RefusedRequests()
"""Of this process."""
