"""What a dishonest operator could write: everything signed with the right key, and yet wrong."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from meetings.voting.vote_log import entries, jcs, merkle
from meetings.voting.vote_log.archive import LogFiles
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer

Entries = list[dict[str, Any]]
Find = Callable[[Entries, int], bool]
Edit = Callable[[Entries, int], None]


@dataclass(frozen=True)
class Forgery:
    """At the first entry that `find` likes, `edit`; then `code` is found `later` entries on."""

    code: str
    kind: str
    edit: Edit
    find: Find = lambda _entries, _index: True
    later: int = 0
    name: str = ""


def sealed(lines: list[bytes], signers: list[Signer], log_id: str) -> LogFiles:
    """Lines, whatever they say, with the checkpoints that the server would sign, and a last one."""
    nodes, notes, using = merkle.NodesInMemory(), [], 0
    for index, line in enumerate(lines):
        merkle.append(nodes, index, merkle.leaf_hash(line))
        kind = line.partition(b'"type":"')[2].partition(b'"')[0].decode(errors="replace")
        using = min(using + (kind == "key_rotated"), len(signers) - 1)
        if kind not in entries.WITHOUT_PUBLIC_CHECKPOINT or index == len(lines) - 1:
            head = Checkpoint(log_id, index + 1, merkle.root(nodes, index + 1))
            notes.append(signers[using].sign(head))
    return LogFiles(lines, notes, [one.vkey for one in signers])


def encoded(changed: Entries) -> list[bytes]:
    """The canonical lines of these entries."""
    return [jcs.encode(entry) for entry in changed]


def data(**values: Any) -> Edit:
    """Set members of the entry's data."""
    return lambda all_entries, index: all_entries[index]["data"].update(values)


def envelope(**values: Any) -> Edit:
    """Set members of the entry itself."""
    return lambda all_entries, index: all_entries[index].update(values)


def inside(path: str, value: Any) -> Edit:
    """Set one value deep in the entry's data; numbers in the path are places in arrays."""

    def edit(all_entries: Entries, index: int) -> None:
        at: Any = all_entries[index]["data"]
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            at = at[step]
        at[last] = value

    return edit


def ballot(**values: Any) -> Edit:
    """Change an opened ballot, and its commitment so that it still opens."""

    def edit(all_entries: Entries, index: int) -> None:
        opening = all_entries[index]["data"]
        opening["ballot"].update(values)
        recommit(all_entries, index)

    return edit


def recommit(all_entries: Entries, index: int) -> None:
    """Make the commitment fit the opening at `index`."""
    opening = all_entries[index]["data"]
    preimage = bytes.fromhex(opening["salt"]) + jcs.encode(opening["ballot"])
    commitment = hashlib.sha256(preimage).hexdigest()
    all_entries[opening["committed_index"]]["data"]["commitment"] = commitment


def inserted(kind: str, before: bool = False, **values: Any) -> Edit:
    """Insert an entry of this poll beside the one at `index`."""

    def edit(all_entries: Entries, index: int) -> None:
        made = json.loads(json.dumps(all_entries[index]))
        poll = {} if kind == "paper_published" else {"poll_id": made["data"]["poll_id"]}
        made.update(type=kind, data={**poll, **values})
        all_entries.insert(index + (not before), made)
        renumber(all_entries)

    return edit


def doubled(all_entries: Entries, index: int) -> None:
    """The same entry once more."""
    all_entries.insert(index + 1, json.loads(json.dumps(all_entries[index])))
    renumber(all_entries)


def removed(all_entries: Entries, index: int) -> None:
    """The entry was never there."""
    del all_entries[index]
    renumber(all_entries)


def renumber(all_entries: Entries) -> None:
    """Put indexes right, and the places of commitments that openings name."""
    places = {entry["index"]: index for index, entry in enumerate(all_entries)}
    for index, entry in enumerate(all_entries):
        entry["index"] = index
        if entry["type"] == "ballot_opened":
            said = entry["data"]["committed_index"]
            entry["data"]["committed_index"] = places.get(said, said)


def of(**wanted: Any) -> Find:
    """An entry whose data has these values, and for `None` any value but null."""

    def find(all_entries: Entries, index: int) -> bool:
        found = all_entries[index]["data"]
        return all(
            found[name] is not None if value is None else found[name] == value
            for name, value in wanted.items()
        )

    return find


def of_ballot(**wanted: Any) -> Find:
    """An opening whose ballot has these values."""
    return lambda all_entries, index: all(
        all_entries[index]["data"]["ballot"][name] == value for name, value in wanted.items()
    )


def followed_by(kind: str, find: Find = lambda _entries, _index: True) -> Find:
    """An entry with one of this type next."""

    def both(all_entries: Entries, index: int) -> bool:
        after = all_entries[index + 1 : index + 2]
        return bool(after) and after[0]["type"] == kind and find(all_entries, index)

    return both
