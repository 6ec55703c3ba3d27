"""The verifier before lines, files, notes, keys and archives that are wrong or hostile."""

import json
import random
import re
from collections.abc import Callable
from io import BytesIO

import pytest

from meetings.voting.rules.poll_rules import PollMethod
from meetings.voting.vote_log import jcs
from meetings.voting.vote_log.checkpoint import Checkpoint
from tests.rules.voting.vote_archives import LogUnderWay, archive_of, signer, unzipped, zipped
from tests.rules.voting.vote_forgeries import encoded, sealed
from tests.rules.voting.vote_meetings import Sitting
from verifier.archive import MOST_OF, open_archive
from verifier.check import check
from verifier.faults import Fault

Members = dict[str, bytes]


def plain() -> Sitting:
    """A meeting with one log, two keys and two polls, always the same."""
    held = Sitting(3, people=9)
    held.publish()
    held.close(opened := held.open_poll(method=PollMethod.NAMED), held.cast(opened))
    held.log.rotate(signer(held.rng))
    held.close(opened := held.open_poll(), held.cast(opened))
    return held


def restored(reason: str = "") -> Sitting:
    """A meeting whose server was restored while a poll was open."""
    held = plain()
    held.cast(opened := held.open_poll())
    if reason != "nothing cancelled":
        held.restore(opened.poll_id)
    else:
        head = held.log.head("Khôi phục")
        held.log = LogUnderWay("LogNext", held.log.signers[-1], "HĐND", head)
        held.logs.append(held.log)
        held.publish()
    return held


def fault_of(members: Members) -> Fault:
    with pytest.raises(Fault) as found:
        check(open_archive(zipped(members)))
    return found.value


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Edit a line by replacing bytes that it must hold."""

    def edit(line: bytes) -> bytes:
        assert old in line
        return line.replace(old, new)

    return edit


LINES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "no JSON": ("not_json", lambda line: line[:-1]),
    "nothing": ("not_json", lambda line: b""),
    "not UTF-8": ("not_json", replaced(b"meeting-1", b"\xff\xfe")),
    "deep": ("not_json", lambda line: b"[" * 200_000),
    "half a pair": ("not_json", replaced(b"meeting-1", b"\\ud800")),
    "a space": ("not_canonical", replaced(b'"v":1', b'"v": 1')),
    "escaped letter": ("not_canonical", replaced(b"meeting-1", b"\\u006deeting-1")),
    "order of names": ("not_canonical", lambda line: json.dumps(json.loads(line)).encode()),
    "a name twice": ("not_canonical", replaced(b'"v":1', b'"v":1,"v":1')),
    "minus nothing": ("not_canonical", replaced(b'"index":0', b'"index":-0')),
    "fraction": ("number_out_of_range", replaced(b'"v":1', b'"v":1.0')),
    "power": ("number_out_of_range", replaced(b'"v":1', b'"v":1e0')),
    "below nothing": ("number_out_of_range", replaced(b'"v":1', b'"v":-1')),
    "2^53": ("number_out_of_range", replaced(b'"v":1', b'"v":9007199254740992')),
    "a million digits": ("number_out_of_range", replaced(b'"v":1', b'"v":' + b"9" * 1_000_000)),
    "not a number": ("number_out_of_range", replaced(b'"v":1', b'"v":NaN')),
    "decomposed": ("not_nfc", replaced(b"meeting-1", "e\u0302".encode())),
    "an array": ("wrong_shape", lambda line: b"[]"),
    "long": ("line_too_long", replaced(b"meeting-1", b"x" * (4 << 20))),
}


@pytest.mark.parametrize("case", LINES)
def test_a_line_that_is_not_canonical_is_found_even_when_it_is_signed(case):
    code, edit = LINES[case]
    held = plain()
    lines = [edit(held.log.lines[0]), *held.log.lines[1:]]
    log = sealed(lines, held.log.signers, held.log.log_id)
    fault = fault_of(unzipped(archive_of(log)))
    assert (fault.code, fault.index) == (code, 0)


def test_an_escape_before_a_combining_mark_is_normalized():
    held = plain()
    start = json.loads(held.log.lines[0])
    start["data"]["meeting_title"] = "dòng\n\u0303 và \x1f\u0307"
    lines = [jcs.encode(start), *held.log.lines[1:]]
    log = sealed(lines, held.log.signers, held.log.log_id)
    assert check(open_archive(BytesIO(archive_of(log)))).sizes == [len(lines)]


def _cut_off(members: Members) -> None:
    members["log.jsonl"] = members["log.jsonl"][:-1]


def _longer(members: Members) -> None:
    members["log.jsonl"] += members["log.jsonl"].splitlines()[-1] + b"\n"


def _changed(members: Members) -> None:
    members["log.jsonl"] = members["log.jsonl"].replace(b"meeting-1", b"meeting-2")


def _changed_without_leaves(members: Members) -> None:
    """The time of a ballot is changed: the next checkpoint is only at closing."""
    del members["leaves.txt"]
    lines = members["log.jsonl"].splitlines(keepends=True)
    assert b"ballot_committed" in lines[4]
    lines[4] = re.sub(rb"[.]\d\d\dZ", b".999Z", lines[4])
    members["log.jsonl"] = b"".join(lines)


def _shorter(members: Members) -> None:
    members["log.jsonl"] = b"".join(members["log.jsonl"].splitlines(keepends=True)[:-1])


def _other_leaves(members: Members) -> None:
    members["leaves.txt"] = members["leaves.txt"].upper()


def _notes(edit: Callable[[list[bytes]], list[bytes]]) -> Callable[[Members], None]:
    def whole(members: Members) -> None:
        notes = edit(members["checkpoints.txt"].split(b"--\n"))
        members["checkpoints.txt"] = b"--\n".join(notes)

    return whole


def _keys(edit: Callable[[bytes], bytes]) -> Callable[[Members], None]:
    def whole(members: Members) -> None:
        members["key.txt"] = edit(members["key.txt"])

    return whole


def _broken_signature(note: bytes) -> bytes:
    head, _, signed = note.rpartition(b" ")
    return head + b" " + (b"A" if signed[20:21] != b"A" else b"B").join([signed[:20], signed[21:]])


OTHER = signer(random.Random(99))
FILES: dict[str, tuple[str, int, Callable[[Members], None]]] = {
    "last line cut off": ("torn", -1, _cut_off),
    "one line more": ("not_covered", -2, _longer),
    "a change": ("entry_changed", 0, _changed),
    "a change among ballots": ("entries_changed", 3, _changed_without_leaves),
    "one line less": ("entry_missing", -1, _shorter),
    "other leaves": ("leaf_list_differs", 0, _other_leaves),
    "note unreadable": ("checkpoint_unreadable", 1, _notes(lambda n: [n[0], b"x", *n[2:]])),
    "no notes": ("checkpoint_unreadable", 0, _notes(lambda n: [])),
    "notes turned around": ("checkpoints_out_of_order", 2, _notes(lambda n: [n[1], n[0], *n[2:]])),
    "signature": (
        "checkpoint_not_signed",
        1,
        _notes(lambda n: [n[0], _broken_signature(n[1]), *n[2:]]),
    ),
    "no key": ("key_unreadable", 0, _keys(lambda keys: b"")),
    "key with a wrong id": ("key_unreadable", 0, _keys(lambda keys: keys.replace(b"+", b"+0", 1))),
    "a key more": ("key_never_used", -1, _keys(lambda keys: keys + f"{OTHER.vkey}\n".encode())),
    "last key not ended": ("key_unreadable", 0, _keys(lambda keys: keys[:-1])),
    "a key less": ("key_not_listed", 0, _keys(lambda keys: keys.split(b"\n", 1)[1])),
}


@pytest.mark.parametrize("case", FILES)
def test_changed_files_are_found(case):
    code, index, edit = FILES[case]
    members = unzipped(archive_of(*plain().files()))
    entries = len(members["log.jsonl"].splitlines())
    if case == "a key less":
        members.pop("leaves.txt")
        code, index = "checkpoint_not_signed", 0
    edit(members)
    fault = fault_of(members)
    assert fault.code == code
    assert fault.index == (index if index >= 0 else entries + index + (case == "one line more") * 2)


def test_a_forged_checkpoint_is_named_by_its_first_entry():
    held = plain()
    log = held.log.files()
    head = held.log.checkpoint()
    foreign = Checkpoint("another", head.size, head.root)
    notes = [*log.notes[:-1], held.log.signers[-1].sign(foreign)]
    members = unzipped(archive_of(log))
    members["checkpoints.txt"] = "--\n".join(notes).encode()
    fault = fault_of(members)
    before = int(log.notes[-2].split("\n")[1])
    assert (fault.code, fault.index) == ("checkpoint_of_another_log", before)
    members["checkpoints.txt"] = "--\n".join(
        [*log.notes[:-1], held.log.signers[0].sign(head)]
    ).encode()
    fault = fault_of(members)
    assert (fault.code, fault.index) == ("checkpoint_by_another_key", before)


def _without_earlier(members: Members) -> Members:
    return {name: content for name, content in members.items() if "earlier/" not in name}


def _with_earlier_of(other: Members, members: Members) -> Members:
    moved = {f"earlier/1/{name}": content for name, content in other.items() if name in MOST_OF}
    return {**members, **moved}


def _beyond_end(held: Sitting) -> Members:
    """A checkpoint of the earlier log is left in that covers more than the log still has."""
    members = unzipped(archive_of(*held.files()))
    earlier = held.logs[0]
    later = Checkpoint(earlier.log_id, len(earlier.lines) + 5, b"\x00" * 32)
    members["earlier/1/checkpoints.txt"] += b"--\n" + earlier.signers[-1].sign(later).encode()
    return members


CHAINS: dict[str, Callable[[], Members]] = {
    "earlier_log_missing": lambda: _without_earlier(unzipped(archive_of(*restored().files()))),
    "not_continued": lambda: _with_earlier_of(
        unzipped(archive_of(*Sitting(8).play(1))), unzipped(archive_of(*plain().files()))
    ),
    "checkpoint_beyond_end": lambda: _beyond_end(restored()),
    "left_open": lambda: unzipped(archive_of(*restored("nothing cancelled").files())),
}


@pytest.mark.parametrize("code", CHAINS)
def test_logs_that_do_not_continue_each_other_are_found(code):
    fault = fault_of(CHAINS[code]())
    index = len(restored().logs[0].lines) if code == "checkpoint_beyond_end" else 0
    assert (fault.code, fault.index) == (code, index + (code == "left_open"))


def test_a_log_that_continues_another_head_is_found():
    held = restored()
    start = json.loads(held.log.lines[0])
    start["data"]["continues"]["log_id"] = "another"
    entries = [start, *map(json.loads, held.log.lines[1:])]
    last = sealed(encoded(entries), held.log.signers, held.log.log_id)
    fault = fault_of(unzipped(archive_of(held.logs[0].files(), last)))
    assert (fault.code, fault.index, fault.log) == ("continues_wrongly", 0, "2/2")


def test_the_end_of_an_earlier_log_is_vouched_for_by_the_next():
    members = unzipped(archive_of(*restored().files()))
    lines = members["earlier/1/log.jsonl"].splitlines(keepends=True)
    assert b"ballot_committed" in lines[-1]
    lines[-1] = re.sub(rb'commitment":"....', b'commitment":"0000', lines[-1])
    members["earlier/1/log.jsonl"] = b"".join(lines)
    fault = fault_of(members)
    assert (fault.code, fault.index, fault.log) == ("entry_changed", len(lines) - 1, "1/2")


def test_a_clock_that_went_back_is_no_fault_and_is_told():
    held = plain()
    held.log.at = held.log.at.replace(year=2025)
    held.publish()
    story = check(open_archive(BytesIO(archive_of(*held.files()))))
    assert ("clock_went_back", {"index": len(held.log.lines) - 1}) in story.replay.notices
