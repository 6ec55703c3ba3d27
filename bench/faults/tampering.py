"""A thousand edits of votes, behind the server's back: each is found, and none where nothing is.

Of served archives; of the logs in the database of a stopped server; and of polls that are open,
where ballots are swapped with everything that depends on them: salt, entry, leaf, tree, checkpoint.
"""

import random
import tempfile
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

from bench.faults.server import SEED, FaultedServer, counted, running
from bench.table import OURS, Table
from tests.rules.voting.vote_archives import unzipped, zipped
from tests.rules.voting.vote_edits import edited
from tests.server.real_server import Person
from tests.server.stopped_database import KINDS, StoppedLog, keep_copy, stopped, tamper
from tests.server.voting.test_open_poll_edits import (
    EDITS,
    REFUSED,
    OpenPoll,
    receipt_file,
    swap_everything,
)
from tests.server.voting.test_vote_tampering import fault_of, hold_votes, restore
from tests.server.voting.vote_steps import (
    Council,
    archive_of,
    closed,
    code,
    done,
    make_council,
    verify,
)

ARCHIVES, DATABASES, OPEN_POLLS = counted(200), counted(700), counted(100, 6)
MEETINGS = 21
"""In each round all but one are edited."""


def measure(table: Table) -> None:
    """About three minutes."""
    with tempfile.TemporaryDirectory() as folder:
        with running() as (server, people):
            councils = [_council(people) for _ in range(MEETINGS)]
            for council in councils:
                hold_votes(council)
            found = _edit_archives(councils[0])
            table.note("archives edited", OURS, "edits", ARCHIVES, "edits")
            table.note("archives edited", OURS, "found", found, "edits")
            found, alarms = _edit_databases(server, councils, Path(folder))
            table.note("stopped databases edited", OURS, "edits", DATABASES, "edits")
            table.note(
                "stopped databases edited", OURS, "found, between the right entries", found, "edits"
            )
            table.note("stopped databases edited", OURS, "untouched logs refused", alarms, "logs")
        with running() as (server, people):
            found = _edit_open_polls(server, people, Path(folder))
            table.note("open polls edited", OURS, "edits", OPEN_POLLS, "edits")
            table.note("open polls edited", OURS, "found", found, "edits")


def _council(people: dict[str, Person]) -> Council:
    deputies = [people[name] for name in ("daibieu1", "daibieu2", "khachmoi")]
    return make_council(people["thuky"], people["chutoa"], deputies)


def _edit_archives(council: Council) -> int:
    members, rng = unzipped(archive_of(council.chair, council.id)), random.Random(SEED)
    found = tried = 0
    while tried < ARCHIVES:
        edit = edited(rng, members)
        if edit is None:
            continue
        tried += 1
        fault = fault_of(zipped(edit.members).read())
        found += fault is not None and edit.least <= fault.index <= edit.most
    return found


def _edit_databases(
    server: FaultedServer, councils: list[Council], folder: Path
) -> tuple[int, int]:
    """Edits that were found, and logs that were refused although they were untouched."""
    server.stop()
    untouched, kinds, rng = keep_copy(server, folder), cycle(KINDS), random.Random(SEED)
    left, found, alarms = DATABASES, 0, 0
    while left:
        spared, *others = rng.sample(councils, len(councils))
        chosen = others[:left]
        with stopped(server, "web") as rows:
            restore(rows, untouched)
            expected = {
                one.id: tamper(rng, StoppedLog(rows, one.id), next(kinds)) for one in chosen
            }
        for one in chosen:
            fault, wanted = fault_of(archive_of(one.chair, one.id)), expected[one.id]
            found += fault is not None and wanted.least <= fault.index <= wanted.most
        alarms += fault_of(archive_of(spared.chair, spared.id)) is not None
        left -= len(chosen)
    return found, alarms


def _edit_open_polls(server: FaultedServer, people: dict[str, Person], folder: Path) -> int:
    """Edits that the server refuses to go on with, or that a voter's receipt contradicts."""
    held = [(edit, OpenPoll(_council(people))) for edit in islice(cycle(EDITS), OPEN_POLLS)]
    with stopped(server, "web") as rows:
        for edit, one in held:
            edit(rows, StoppedLog(rows, one.council.id), one, server)
    found = Counter[bool]()
    for edit, one in held:
        if edit is swap_everything:
            closed(one.council, one.poll)
            done(one.council.chair.post(f"/polls/{one.poll}/announce"))
            receipt = str(receipt_file(one, folder))
            found[verify(one.council, folder, "--receipt", receipt).returncode == 1] += 1
        else:
            found[code(one.close()) == REFUSED[edit]] += 1
    return found[True]
