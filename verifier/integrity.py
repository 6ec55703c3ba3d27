"""Finds the first unsigned change of a log: compares leaves with checkpoints and leaves.txt."""

from collections.abc import Sequence
from dataclasses import dataclass

from verifier.archive import LogFiles
from verifier.faults import Fault
from verifier.notes import Key, Note, read_key, read_note
from verifier.tree import leaf_hash, roots

_SEPARATOR = "--\n"
Anchor = tuple[int, bytes]
"""A tree size and the vouched root at that size."""


@dataclass
class Log:
    """The parsed files of one log. `torn`: the last line has no newline."""

    lines: list[bytes]
    torn: bool
    leaves: list[bytes]
    keys: list[Key]
    notes: dict[int, Note]
    listed: list[bytes] | None
    bad_note: Fault | None
    bad_key: bool

    @property
    def last_signed(self) -> int:
        """Number of entries that the last good checkpoint covers."""
        return max(self.notes, default=0)


@dataclass(frozen=True)
class Break:
    """A change of the log at entry `fault.index`, or between it and `until` (exclusive)."""

    fault: Fault
    until: int


def take_apart(files: LogFiles) -> Log:
    """Parse lines, leaves, keys, and the checkpoints that one of these keys signed."""
    lines = files.log.split(b"\n")
    torn = lines.pop() != b""
    if torn:
        lines = files.log.split(b"\n")
    keys = [key for key in map(read_key, files.keys) if key]
    listed = None if files.leaves is None else [_bytes_of(text) for text in files.leaves]
    log = Log(lines, torn, [leaf_hash(line) for line in lines], keys, {}, listed, None, False)
    log.bad_key = len(keys) != len(files.keys) or not keys
    log.bad_note = _take_notes(log, files.checkpoints)
    return log


def _take_notes(log: Log, text: str) -> Fault | None:
    """Store checkpoints up to the first invalid one. Returns the fault of that one, or None."""
    for number, part in enumerate(text.split(_SEPARATOR), 1):
        note, size = read_note(part), log.last_signed
        if note is None:
            return Fault("checkpoint_unreadable", size, {"number": number})
        if note.size <= size:
            return Fault("checkpoints_out_of_order", size, {"number": number})
        # The first checkpoint needs the first key: a key appended to key.txt cannot sign it.
        if not any(note.is_by(key) for key in (log.keys if log.notes else log.keys[:1])):
            return Fault("checkpoint_not_signed", size, {"number": number, "size": note.size})
        log.notes[note.size] = note
    return None


def first_break(log: Log, continued: Anchor | None, *, is_last: bool) -> Break | None:
    """The first position where entries differ from the signed ones.

    `continued`: the end of an earlier log according to the next log; it counts like a checkpoint.
    It is None for the last log, and where the next log is not trustworthy.
    """
    anchors = [(size, note.root) for size, note in sorted(log.notes.items())]
    if continued and continued[0] not in log.notes:
        anchors = sorted([*anchors, continued])
    good, failing = _vouched(log.leaves, anchors)
    listed = None if log.listed is None else _first_difference(log.leaves, log.listed)
    if listed is not None and _identifies_entry(log, good, failing, listed):
        return _exact(log, listed)
    breaks = [Break(log.bad_note, log.bad_note.index)] if log.bad_note else []
    if failing:
        beyond = continued is not None and failing[0] > continued[0]
        breaks.append(_between(log, good, failing[0], beyond=beyond))
    if listed is not None and listed < good:
        breaks.append(Break(Fault("leaf_list_differs", listed), listed + 1))
    if breaks:
        return min(breaks, key=lambda one: one.fault.index)
    if len(log.lines) > good and (is_last or continued):
        return Break(Fault("not_covered", good, {"size": good}), good)
    if listed is not None:
        return Break(Fault("leaf_list_differs", listed), listed)
    return None


def _vouched(leaves: Sequence[bytes], anchors: Sequence[Anchor]) -> tuple[int, Anchor | None]:
    """Number of entries that good anchors cover, and the first anchor that does not match."""
    found, good = roots(leaves, [size for size, _ in anchors]), 0
    for size, root in anchors:
        if found.get(size) != root:
            return good, (size, root)
        good = size
    return good, None


def _identifies_entry(log: Log, good: int, failing: Anchor | None, listed: int) -> bool:
    """Whether the list of leaves identifies the changed entry and is itself unchanged."""
    if failing and roots(log.listed or [], failing[:1]).get(failing[0]) == failing[1]:
        return True
    return log.bad_note is not None and listed >= good


def _exact(log: Log, index: int) -> Break:
    """The break at the entry that the list of leaves identifies."""
    if index >= len(log.leaves):
        return Break(Fault("entry_missing", index, {"size": len(log.listed or [])}), index)
    return Break(Fault("entry_changed", index), index + 1)


def _between(log: Log, good: int, size: int, *, beyond: bool) -> Break:
    """The break for a change from entry `good` on, before the size of the next anchor.

    `beyond`: the anchor reaches beyond the end at which the next log continues this one.
    """
    if size > len(log.leaves):
        code = "checkpoint_beyond_end" if beyond else "entry_missing"
        return Break(Fault(code, len(log.leaves), {"size": size}), len(log.leaves))
    if size == good + 1:
        return Break(Fault("entry_changed", good), size)
    return Break(Fault("entries_changed", good, {"first": good, "last": size - 1}), size)


def _first_difference(one: Sequence[bytes], other: Sequence[bytes]) -> int | None:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return None if len(one) == len(other) else min(len(one), len(other))


def _bytes_of(text: str) -> bytes:
    try:
        return bytes.fromhex(text) if len(text) == 64 and text == text.lower() else b""
    except ValueError:
        return b""
