"""Archives held against what people kept, and that every fault is provoked by some test."""

from io import BytesIO

import pytest

from meetings.voting.vote_log.checkpoint import Checkpoint
from tests.rules.verifier.test_verifier_files import CHAINS, FILES, LINES, OTHER, plain, restored
from tests.rules.voting.vote_archives import LogUnderWay, archive_of, unzipped
from tests.rules.voting.vote_forgery_list import FORGERIES
from tests.rules.voting.vote_key_forgeries import CONTINUATIONS
from tests.rules.voting.vote_meetings import Sitting
from verifier.archive import open_archive
from verifier.check import check
from verifier.fault_words import FAULTS
from verifier.faults import Fault, Unusable
from verifier.notes import Note, read_note
from verifier.receipts import Receipt


def notes_of(log: LogUnderWay) -> list[Note]:
    return [note for text in log.notes if (note := read_note(text))]


def test_kept_checkpoints_and_receipts_are_held_against_the_log():
    held = restored()
    files = open_archive(BytesIO(archive_of(*held.files())))
    kept = [note for log in held.logs for note in notes_of(log)]
    leaves = unzipped(archive_of(*held.files()))["earlier/1/leaves.txt"].split()
    receipts = [Receipt(3, bytes.fromhex(leaves[3].decode()))]
    check(files, kept, receipts, held.logs[0].signers[0].vkey)


def test_a_restore_may_lose_entries_of_the_earlier_log_and_no_others():
    held = restored()
    earlier = held.logs[0]
    later = Checkpoint(earlier.log_id, len(earlier.lines) + 5, b"\x00" * 32)
    note = read_note(earlier.signers[-1].sign(later))
    assert note
    story = check(open_archive(BytesIO(archive_of(*held.files()))), [note])
    facts = {"log": earlier.log_id, "size": later.size, "entries": len(earlier.lines)}
    assert story.unproven == [("kept_beyond_end", facts)]


def _kept_unsigned(held: Sitting) -> tuple[list[Note], int]:
    head = held.log.checkpoint()
    note = read_note(OTHER.sign(head))
    assert note
    return [note], head.size - 1


def _kept_later(held: Sitting) -> tuple[list[Note], int]:
    size = len(held.log.lines)
    held.publish()
    kept = notes_of(held.log)[-1:]
    held.log.lines.pop()
    held.log.notes.pop()
    return kept, size


def _kept_other(held: Sitting) -> tuple[list[Note], int]:
    other = Checkpoint(held.log.log_id, 5, b"\x01" * 32)
    note = read_note(held.log.signers[0].sign(other))
    assert note
    return [note], 4


KEPT = {
    "kept_not_signed": _kept_unsigned,
    "kept_is_longer": _kept_later,
    "kept_contradicts": _kept_other,
}


@pytest.mark.parametrize("code", KEPT)
def test_a_kept_checkpoint_tells_of_a_split_or_shortened_log(code):
    held = plain()
    kept, index = KEPT[code](held)
    with pytest.raises(Fault) as found:
        check(open_archive(BytesIO(archive_of(*held.files()))), kept)
    assert (found.value.code, found.value.index) == (code, index)


def test_a_receipt_or_key_of_something_else_is_told():
    files = open_archive(BytesIO(archive_of(*plain().files())))
    with pytest.raises(Fault) as found:
        check(files, receipts=[Receipt(3, b"\x00" * 32)])
    assert (found.value.code, found.value.index) == ("receipt_contradicts", 3)
    with pytest.raises(Fault) as found:
        check(files, key=OTHER.vkey)
    assert found.value.code == "key_not_the_expected"
    foreign = read_note(OTHER.sign(Checkpoint("another", 1, b"\x00" * 32)))
    assert foreign
    with pytest.raises(Unusable) as unusable:
        check(files, [foreign])
    assert unusable.value.code == "kept_of_another_log"


def test_every_fault_is_provoked_by_some_test():
    provoked = {one.code for one in FORGERIES} | {code for code, _ in LINES.values()}
    provoked |= {code for code, _, _ in FILES.values()} | CHAINS.keys() | KEPT.keys()
    provoked |= {"checkpoint_of_another_log", "checkpoint_by_another_key", "continues_wrongly"}
    provoked |= {"receipt_contradicts", "receipt_of_another_choice", "key_not_the_expected"}
    provoked |= CONTINUATIONS.keys()
    assert provoked == FAULTS.keys()
