"""Edits of served archives and of a stopped server's database: each is found."""

import io
import random
import zipfile
from collections import Counter
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from tests.effort import sized
from tests.rules.verifier.browser_verifier import Case, assert_same
from tests.rules.voting.vote_archives import unzipped, zipped
from tests.rules.voting.vote_edits import edited
from tests.server.real_server import Person, RealServer
from tests.server.stopped_database import KINDS, Expected, StoppedLog, keep_copy, stopped, tamper
from tests.server.voting.vote_steps import (
    Council,
    archive_of,
    closed,
    done,
    make_council,
    opened,
    record,
    vote,
)
from verifier.archive import open_archive
from verifier.check import Story, check
from verifier.faults import Fault, Unusable

pytestmark = [pytest.mark.slow, pytest.mark.own_server("web")]
MEETINGS, ROUNDS = sized(16, 20), sized(3, 20)
"""In each round all meetings but one are edited: every kind of edit at least once."""
ARCHIVES, BYTES = sized(130, 520), sized(50, 100)
"""Edits of what is in an archive, and of an archive's own bytes."""
IN_THE_PAGE = sized(25, 300)
"""Edits of both kinds that the browser's verifier judges too."""


def accepted(archive: bytes) -> Story:
    return check(open_archive(io.BytesIO(archive)))


def hold_votes(council: Council) -> None:
    """A named vote with all that it can have, one on paper, one that is cancelled."""
    deputies = council.deputies
    first = opened(council, allow_change=True, rule_id="ubnd_decision")
    vote(first, {"for": deputies[:1], "against": deputies[1:2]})
    vote(first, {"abstain": deputies[:1]})
    vote(first, {"for": deputies[:1]})
    done(
        council.chair.post(
            f"/ballots/{record(council.secretary, first, deputies[2], 'for')}/confirm"
        )
    )
    closed(council, first)
    done(council.chair.post(f"/polls/{first}/announce"))
    second = opened(council, method="paper")
    papers = {"issued": 3, "returned": 3, "invalid": 1, "counts": {"for": 1, "against": 1}}
    done(council.secretary.post(f"/polls/{second}/tally", **papers))
    closed(council, second)
    third = opened(council)
    vote(third, {"for": deputies[:1]})
    done(council.chair.post(f"/polls/{third}/cancel", reason="Câu hỏi có lỗi"))


@pytest.fixture(scope="module")
def councils(people: dict[str, Person]) -> list[Council]:
    """Meetings with their votes held."""
    deputies = [people[name] for name in ("daibieu1", "daibieu2", "khachmoi")]
    made = [make_council(people["thuky"], people["chutoa"], deputies) for _ in range(MEETINGS)]
    for council in made:
        hold_votes(council)
    return made


def test_a_served_archive_is_accepted_and_no_edit_of_it_is(councils: list[Council]):
    archive = archive_of(councils[0].chair, councils[0].id)
    story = accepted(archive)
    assert len(story.replay.polls) == 3
    members, tried = unzipped(archive), Counter[str]()
    rng = random.Random(1)
    while tried.total() < ARCHIVES:
        edit = edited(rng, members)
        if edit is None:
            continue
        tried[edit.what] += 1
        with pytest.raises(Fault) as found:
            check(open_archive(zipped(edit.members)))
        assert edit.least <= found.value.index <= edit.most, (edit.what, found.value)
        assert found.value.said("vi") != found.value.said("en")
    assert len(tried) >= 10


def test_no_byte_of_an_archive_is_changed_unnoticed(councils: list[Council]):
    """Found, or what the archive says is still the same to the letter."""
    archive = archive_of(councils[0].chair, councils[0].id)
    said = {name: content for name, content in unzipped(archive).items() if "/" not in name}
    rng, found = random.Random(2), 0
    for _ in range(BYTES):
        changed = bytearray(archive)
        # Most of an archive is the verifier in it, which no archive vouches for.
        changed[rng.randrange(rng.choice([len(archive), 3000]))] ^= 1 << rng.randrange(8)
        try:
            accepted(bytes(changed))
        except (Fault, Unusable):
            found += 1
            continue
        for name, content in unzipped_again(bytes(changed)).items():
            assert content == said[name]
    assert found > BYTES // 3


def test_the_page_of_the_server_says_the_same_of_every_edit(
    councils: list[Council], tmp_path: Path
):
    archive = archive_of(councils[0].chair, councils[0].id)
    members, rng = unzipped(archive), random.Random(3)
    cases = [Case("served", archive)]
    while len(cases) < IN_THE_PAGE:
        if edit := edited(rng, members):
            cases.append(Case(edit.what, zipped(edit.members).getvalue()))
        changed = bytearray(archive)
        changed[rng.randrange(3000)] ^= 1 << rng.randrange(8)
        cases.append(Case("a bit", bytes(changed)))
    answers = assert_same(cases, tmp_path)
    assert answers[0].exit == 0
    assert sum(answer.exit == 1 for answer in answers) > len(cases) // 3


def unzipped_again(archive: bytes) -> dict[str, bytes]:
    """What the verifier reads of an archive."""
    wanted = ("log.jsonl", "checkpoints.txt", "key.txt")
    with zipfile.ZipFile(io.BytesIO(archive)) as opened_again:
        return {name: opened_again.read(name) for name in wanted}


def test_every_edit_of_a_stopped_servers_database_is_found(
    server: RealServer, councils: list[Council], tmp_path: Path
):
    server.stop()
    untouched = keep_copy(server, tmp_path)
    tried: Counter[str] = Counter()
    kinds = cycle(KINDS)
    for number in range(ROUNDS):
        rng = random.Random(number)
        spared = rng.choice(councils)
        expected: dict[str, Expected] = {}
        with stopped(server, "web") as connection:
            restore(connection, untouched)
            for council in councils:
                if council is not spared:
                    expected[council.id] = tamper(
                        rng, StoppedLog(connection, council.id), next(kinds)
                    )
        for council in councils:
            archive = archive_of(council.chair, council.id)
            if council is spared:
                accepted(archive)
                continue
            wanted = expected[council.id]
            tried[wanted.what] += 1
            found = fault_of(archive)
            assert found is not None, (number, wanted)
            assert wanted.least <= found.index <= wanted.most, (number, wanted, found)
    assert tried.total() == ROUNDS * (MEETINGS - 1)
    assert len(tried) == len(KINDS), tried


def fault_of(archive: bytes) -> Fault | None:
    try:
        accepted(archive)
    except Fault as fault:
        return fault
    return None


def restore(connection: Any, untouched: Path) -> None:
    """The logs as they were."""
    connection.execute("ATTACH ? AS untouched", (str(untouched),))
    for table in ("vote_log_checkpoint", "vote_log_node", "vote_log_entry"):
        connection.execute(f"DELETE FROM main.{table}")
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM untouched.{table}")
    connection.execute(
        "UPDATE main.vote_log SET (size, peaks, note) ="
        " (SELECT size, peaks, note FROM untouched.vote_log WHERE number = main.vote_log.number)"
    )
    connection.commit()
    connection.execute("DETACH untouched")
