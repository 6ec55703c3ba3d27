"""The verifier accepts every honest archive, tells it in words, and finds every edit."""

import io
import json
import random
from functools import cache

import pytest

from meetings.voting.vote_log.archive import LogFiles
from tests.effort import sized
from tests.rules.voting.vote_archives import archive_of, unzipped, zipped
from tests.rules.voting.vote_edits import edited
from tests.rules.voting.vote_forgeries import Entries, Forgery, encoded, sealed
from tests.rules.voting.vote_forgery_list import FORGERIES
from tests.rules.voting.vote_meetings import Sitting
from verifier.archive import open_archive
from verifier.check import Story, check
from verifier.faults import Fault
from verifier.report import told


def checked(archive: bytes) -> Story:
    return check(open_archive(io.BytesIO(archive)))


@cache
def sitting(seed: int) -> Sitting:
    """A meeting of five people with a few polls; not to be changed."""
    held = Sitting(seed, people=5)
    held.play(5)
    return held


@pytest.mark.parametrize("seed", range(sized(12, 40)))
def test_honest_archives_are_accepted(seed):
    held = Sitting(seed)
    story = checked(archive_of(*held.play(6)))
    assert story.replay.unsigned == held.unsigned
    polls = story.replay.polls
    assert polls.keys() == held.outcomes.keys()
    for name, poll in polls.items():
        if not poll.cancelled:
            assert poll.verdict == held.outcomes[name]
    for language in ("vi", "en"):
        assert sum(1 for _ in told(story, language)) > len(polls)


def test_an_archive_ends_at_its_last_checkpoint():
    held = Sitting(1, people=5)
    opened = held.open_poll()
    while len(held.log.lines) < 4:
        held.cast(opened)
    story = checked(archive_of(*held.files()))
    assert story.sizes == [2]
    assert story.replay.polls["poll-0"].is_open
    assert "ĐANG BIỂU QUYẾT" in "\n".join(told(story, "vi"))


@pytest.mark.parametrize("seed", range(20))
def test_random_edits_are_found_and_the_entry_is_named(seed):
    rng = random.Random(seed)
    members = unzipped(archive_of(*Sitting(seed, people=4).play(3)))
    done = 0
    while done < sized(12, 50):
        if (edit := edited(rng, members)) is None:
            continue
        done += 1
        with pytest.raises(Fault) as found:
            check(open_archive(zipped(edit.members)))
        fault = found.value
        told_of = (edit.what, fault, edit.number, edit.least, edit.most)
        assert edit.least <= fault.index <= edit.most, told_of
        assert not fault.log or fault.log.startswith(f"{edit.number}/"), told_of
        assert fault.said("vi"), told_of
        assert fault.said("en"), told_of


def forged(forgery: Forgery) -> tuple[LogFiles, int]:
    """A log with this forgery, signed as if it were honest, and the index of what was forged."""
    for seed in range(200):
        held = sitting(seed)
        if len(held.logs) > 1:
            continue
        whole: Entries = [json.loads(line) for line in held.log.lines]
        for index, entry in enumerate(whole):
            if entry["type"] == forgery.kind and forgery.find(whole, index):
                forgery.edit(whole, index)
                return sealed(encoded(whole), held.log.signers, held.log.log_id), index
    raise AssertionError("no meeting has such an entry")


@pytest.mark.parametrize(
    "forgery", FORGERIES, ids=lambda one: f"{one.code} {one.name}".strip().replace(" ", "-")
)
def test_what_a_dishonest_operator_signs_is_found(forgery):
    log, index = forged(forgery)
    with pytest.raises(Fault) as found:
        checked(archive_of(log))
    assert (found.value.code, found.value.index) == (forgery.code, index + forgery.later)
    assert found.value.said("vi") != found.value.said("en")
