"""The complete check of an archive: every log and every entry, up to the first broken one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from verifier.archive import LogFiles
from verifier.canonical import read
from verifier.faults import Fault, Unusable
from verifier.integrity import Anchor, Break, Log, first_break, take_apart
from verifier.notes import Note, read_key
from verifier.receipts import Receipt, check_receipts
from verifier.replay import Replay
from verifier.tree import roots
from verifier.words import plain

Remark: TypeAlias = tuple[str, dict[str, object]]
"""The key of a sentence of the report, and its parameters."""


@dataclass(frozen=True)
class Story:
    """The result for an archive without broken entries: its events, and the head of the last log.

    unproven: reasons why the last log may still not be the meeting's log: a continuation that the
    old key did not sign, or a kept checkpoint that reaches beyond the end of an earlier log.
    """

    replay: Replay
    log_ids: list[str]
    sizes: list[int]
    root: bytes
    checkpoints: int
    unproven: list[Remark]


def check(
    files: Sequence[LogFiles],
    kept: Sequence[Note] = (),
    receipts: Sequence[Receipt] = (),
    key: str | None = None,
) -> Story:
    """Check the logs of one meeting, oldest first, also against kept checkpoints and receipts.

    `key`: a vkey from another source. Raises: Fault, Unusable.
    """
    if key is not None and read_key(key) is None:
        raise Unusable("key_given_unreadable", {"said": plain(key)})
    kept = [*kept, *(one.note for one in receipts if one.note)]
    logs = [take_apart(one) for one in files]
    replay = Replay()
    log_ids: list[str] = []
    heads: list[dict[str, object] | None] = [None]
    beyond: list[Remark] = []
    root = b""
    for number, log in enumerate(logs):
        continued = _continued_at(logs[number + 1]) if number + 1 < len(logs) else None
        try:
            is_last = log is logs[-1]
            broken = first_break(log, continued, is_last=is_last)
            log_ids.append(_check_log(log, replay, heads[-1], broken))
            beyond += _check_kept(log, log_ids[-1], kept, is_last=is_last)
        except Fault as fault:
            fault.log = f"{number + 1}/{len(logs)}" if len(logs) > 1 else ""
            raise
        size = len(log.lines)
        root = roots(log.leaves, [size])[size]
        heads.append({"log_id": log_ids[-1], "size": size, "root": root.hex()})
    if hurt := [one.damaged for one in files if one.damaged]:
        raise Unusable("member_damaged", {"name": hurt[0]})
    if foreign := [note for note in kept if note.log_id not in log_ids]:
        raise Unusable("kept_of_another_log", {"log": foreign[0].log_id})
    check_receipts(dict(zip(log_ids, logs, strict=True)), replay.polls, receipts)
    unsigned: list[Remark] = [("continuation_unsigned", {"log": one}) for one in replay.unsigned]
    unproven = unsigned + beyond
    _check_key(key, logs, replay, unproven)
    sizes = [len(log.lines) for log in logs]
    return Story(replay, log_ids, sizes, root, sum(len(log.notes) for log in logs), unproven)


def _check_log(
    log: Log, replay: Replay, before: dict[str, object] | None, broken: Break | None
) -> str:
    """Replay the part of a log that matches the signatures. Returns its id. Raises: Fault."""
    if log.bad_key:
        raise Fault("key_unreadable", 0)
    until = broken.until if broken else len(log.lines)
    replay.begin(log.keys, before)
    log_id, index, signed = "", 0, 0
    try:
        for index, line in enumerate(log.lines[:until]):
            if log.torn and index == len(log.lines) - 1:
                raise Fault("torn")
            log_id = replay.apply(index, line)
            note = log.notes.get(index + 1)
            if note and not (broken and broken.fault.index <= index):
                _check_note(note, log_id, replay, signed)
                signed = note.size
        if broken:
            raise broken.fault
        replay.end()
    except Fault as fault:
        if fault.index < 0:
            fault.index = index
        raise
    return log_id


def _check_note(note: Note, log_id: str, replay: Replay, signed: int) -> None:
    """Check a checkpoint. Raises: Fault with the first entry that only this checkpoint covers."""
    if note.log_id != log_id:
        raise Fault("checkpoint_of_another_log", signed, {"said": note.log_id})
    if replay.ring.key is None or not note.is_by(replay.ring.key):
        raise Fault("checkpoint_by_another_key", signed, {"size": note.size})


def _continued_at(following: Log) -> Anchor | None:
    """The end of the previous log according to the next log's first entry, if that is signed.

    None if it is not signed; the check of the next log then reports the error.
    """
    broken = first_break(following, None, is_last=False)
    if not following.lines or (broken and broken.fault.index == 0):
        return None
    try:
        start: Mapping[str, Any] = read(following.lines[0])["data"]
        if start["key"] != following.keys[0].text:
            return None
        return int(start["continues"]["size"]), bytes.fromhex(start["continues"]["root"])
    except (Fault, LookupError, TypeError, ValueError):
        return None


def _check_key(
    key: str | None, logs: Sequence[Log], replay: Replay, unproven: Sequence[object]
) -> None:
    """Check that the key signed the last log, or vouches for it through a chain of signatures.

    A key separated from the last log by an unsigned continuation is reported in `unproven` and is
    no fault. Raises: Fault.
    """
    if key is None or key in [one.text for one in replay.ring.chain]:
        return
    if not unproven or key not in [one.text for log in logs for one in log.keys]:
        raise Fault("key_not_the_expected", 0)


def _check_kept(log: Log, log_id: str, kept: Sequence[Note], *, is_last: bool) -> Iterator[Remark]:
    """Check that kept checkpoints are heads of this log. Raises: Fault.

    Yields remarks on checkpoints that reach beyond the end of an earlier log.
    """
    own = [note for note in kept if note.log_id == log_id]
    found = roots(log.leaves, [note.size for note in own])
    for note in own:
        if not any(note.is_by(key) for key in log.keys):
            raise Fault("kept_not_signed", note.size - 1, {"size": note.size})
        if note.size > len(log.lines):
            if is_last:
                raise Fault("kept_is_longer", len(log.lines), {"size": note.size})
            facts = {"log": log_id, "size": note.size, "entries": len(log.lines)}
            yield "kept_beyond_end", facts
        elif found[note.size] != note.root:
            raise Fault("kept_contradicts", note.size - 1, {"size": note.size})
