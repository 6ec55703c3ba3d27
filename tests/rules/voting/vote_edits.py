"""Random edits of a vote archive by somebody who does not have the key."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from meetings.voting.vote_log import jcs, merkle
from meetings.voting.vote_log.checkpoint import Checkpoint
from tests.rules.voting.vote_archives import signer


@dataclass
class Edited:
    """An archive after an edit. The fault must lie from `least` to `most`, in log `number`."""

    members: dict[str, bytes]
    what: str
    number: int
    least: int
    most: int


def edited(rng: random.Random, members: dict[str, bytes]) -> Edited | None:
    """The archive with one log edited; None where the edit happened to change nothing."""
    folders = sorted({name.removesuffix("log.jsonl") for name in members if "log.jsonl" in name})
    folder = rng.choice(folders)
    before = members[f"{folder}log.jsonl"].splitlines()
    kind = rng.choice(list(EDITS))
    after = EDITS[kind](rng, list(before))
    if after == before:
        return None
    changed = dict(members)
    changed[f"{folder}log.jsonl"] = b"".join(line + b"\n" for line in after)
    first = next(i for i, (old, new) in enumerate(zip_longest(before, after)) if old != new)
    sizes = [
        int(note.split(b"\n")[1]) for note in members[f"{folder}checkpoints.txt"].split(b"--\n")
    ]
    if folder:
        sizes.append(len(before))
    least, most = first, first
    if rng.random() < 0.5:
        leaves = [merkle.leaf_hash(line).hex().encode() + b"\n" for line in after]
        changed[f"{folder}leaves.txt"] = b"".join(leaves)
        least = max((size for size in sizes if size <= first), default=0)
        most = min((size for size in sizes if size > first), default=first + 1) - 1
    if rng.random() < 0.3:
        kind += _forge_notes(rng, changed, folder, after, first)
    number = folders.index(folder) if folder else len(folders)
    return Edited(changed, f"{folder}{kind}", number or len(folders), least, most)


def _forge_notes(
    rng: random.Random, members: dict[str, bytes], folder: str, lines: list[bytes], first: int
) -> str:
    """Roots that fit the edited lines, signed with a key of one's own."""
    own, nodes = signer(rng), merkle.NodesInMemory()
    for size, line in enumerate(lines):
        merkle.append(nodes, size, merkle.leaf_hash(line))
    notes = members[f"{folder}checkpoints.txt"].split(b"--\n")
    log_id = notes[0].split(b"\n")[0].decode().removeprefix("dienhong/")
    for place, note in enumerate(notes):
        size = min(int(note.split(b"\n")[1]), len(lines))
        if size > first:
            notes[place] = own.sign(Checkpoint(log_id, size, merkle.root(nodes, size))).encode()
    members[f"{folder}checkpoints.txt"] = b"--\n".join(notes)
    if rng.random() < 0.5:
        members[f"{folder}key.txt"] += own.vkey.encode() + b"\n"
        return " with a key added"
    return " with roots that fit"


def _flip(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    place = rng.randrange(len(lines))
    line = bytearray(lines[place])
    line[rng.randrange(len(line))] ^= 1 << rng.randrange(8)
    return [*lines[:place], *bytes(line).split(b"\n"), *lines[place + 1 :]]


def _change(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    place = rng.randrange(len(lines))
    entry = json.loads(lines[place])
    _change_in(rng, entry)
    lines[place] = jcs.encode(entry)
    return lines


def _change_in(rng: random.Random, value: Any) -> None:
    """Change one value somewhere inside, to one of the same kind."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    key = rng.choice(keys)
    inside = value[key]
    if isinstance(inside, dict | list) and inside:
        _change_in(rng, inside)
    elif isinstance(inside, bool):
        value[key] = not inside
    elif isinstance(inside, int):
        value[key] = rng.choice([inside + 1, max(0, inside - 1), 0, 2**53 - 1])
    else:
        words = ["for", "against", "abstain", "adopted", "not_adopted", "", f"{inside}x", None]
        value[key] = rng.choice(words)


def _delete(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    del lines[rng.randrange(len(lines))]
    return lines


def _insert(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    lines.insert(rng.randint(0, len(lines)), rng.choice(lines))
    return lines


def _reorder(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _truncate(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    return lines[: rng.randrange(len(lines))]


def _renumbered(edit: Callable[[random.Random, list[bytes]], list[bytes]]) -> Any:
    """The same edit, with the indexes put right afterwards."""

    def whole(rng: random.Random, lines: list[bytes]) -> list[bytes]:
        after = edit(rng, lines)
        return [jcs.encode({**json.loads(line), "index": i}) for i, line in enumerate(after)]

    return whole


def _fork(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    """Another history from one entry on: the same kinds of entries, one after the other changed."""
    place = rng.randrange(len(lines))
    for later in range(place, len(lines)):
        entry = json.loads(lines[later])
        # Another hour at any time of day.
        day, _, time = entry["at"].partition("T")
        entry["at"] = f"{day}T{'0' if time[0] == '1' else '1'}{time[1:]}"
        lines[later] = jcs.encode(entry)
    return lines


EDITS: dict[str, Callable[[random.Random, list[bytes]], list[bytes]]] = {
    "flip a bit": _flip,
    "change a value": _change,
    "delete": _delete,
    "delete and renumber": _renumbered(_delete),
    "insert": _insert,
    "insert and renumber": _renumbered(_insert),
    "reorder": _reorder,
    "reorder and renumber": _renumbered(_reorder),
    "truncate": _truncate,
    "fork": _fork,
}
