"""A voter's receipt: read from the command line or a file, and compared with the logs.

A text is INDEX:HASH, or DHR1:… of a printed slip. A file has such a text, or the JSON of a ballot
as its voter received it, or of its member `receipt` alone.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verifier.faults import Fault, Unusable
from verifier.integrity import Log
from verifier.notes import Note, read_note
from verifier.polls import Poll
from verifier.slips import read_slip
from verifier.tree import is_included
from verifier.words import plain

_SHORT = re.compile(r"([0-9]{1,15}):([0-9a-fA-F]{64})")
_SLIP = re.compile(r"[Dd][Hh][Rr]1:")
_HASH = re.compile(r"[0-9a-f]{64}")
_SPACE = re.compile("[ \t\r\n\u00a0]+")
_START, _END = 5, 6
_LONGEST, _LONGEST_PROOF = 1 << 16, 64


@dataclass(frozen=True)
class Receipt:
    """Index of the sealed ballot in the log, and its leaf hash.

    note: the signed checkpoint that ends with this ballot, which the proof of a file leads to; None
    for a receipt INDEX:HASH. poll_id, choice: as the receipt names them, or "".
    """

    index: int
    leaf: bytes
    note: Note | None = None
    poll_id: str = ""
    choice: str = ""


def read_receipt(given: str) -> Receipt:
    """The receipt of a text or of a file. Raises: Unusable."""
    if found := _of_text(given):
        return found
    try:
        with Path(given).open(encoding="utf-8") as file:
            text = file.read(_LONGEST)
        return _of_text(text, given) or _receipt_of(json.loads(text))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unusable("receipt_unreadable", {"said": plain(given)}) from error


def _of_text(text: str, name: str = "") -> Receipt | None:
    """The receipt of a text, in which white space has no meaning; None if it has another form.

    name: of the file with this text. Raises: Unusable.
    """
    typed = _SPACE.sub("", text)
    if found := _SHORT.fullmatch(typed):
        return Receipt(int(found[1]), bytes.fromhex(found[2]))
    if not _SLIP.match(typed):
        return None
    slip = read_slip(typed)
    note = read_note(slip.note) if slip else None
    if slip is None or note is None:
        shown = name or f"{typed[:_START]}…{typed[-_END:]}"
        raise Unusable("receipt_mistyped", {"said": plain(shown)})
    return Receipt(slip.index, slip.leaf, note)


def _receipt_of(ballot: Any) -> Receipt:
    """Unusable if the proof leads to another note; other errors: it is no receipt."""
    said = ballot.get("receipt", ballot) if isinstance(ballot, dict) else {}
    index, leaf, proof = said["log_index"], _hash(said["leaf_hash"]), said["proof"]
    note = read_note(said["note"])
    if note is None or type(index) is not int or len(proof) > _LONGEST_PROOF:
        raise ValueError("not a receipt")
    path = [_hash(one) for one in proof]
    if note.size != index + 1 or not is_included(leaf, index, note.size, path, note.root):
        raise Unusable("receipt_proves_nothing", {"index": index})
    return Receipt(
        index, leaf, note, *(str(ballot.get(name, "")) for name in ("poll_id", "choice"))
    )


def _hash(text: str) -> bytes:
    if not _HASH.fullmatch(text):
        raise ValueError("not a hash")
    return bytes.fromhex(text)


def check_receipts(
    logs: dict[str, Log], polls: dict[str, Poll], receipts: Sequence[Receipt]
) -> None:
    """Check that each ballot is in its log, and was opened as it was cast. Raises: Fault.

    logs: by log id, without broken entries. The notes of receipts are checked as kept checkpoints.
    """
    for receipt in receipts:
        index, note = receipt.index, receipt.note
        own = [logs[note.log_id]] if note else list(logs.values())
        if note and index >= len(own[0].leaves):
            continue  # Lost before a continuation, as the kept checkpoint has shown.
        if all(log.leaves[index : index + 1] != [receipt.leaf] for log in own):
            raise Fault("receipt_contradicts", index)
        for opening in polls[receipt.poll_id].openings if receipt.poll_id in polls else ():
            said = opening["ballot"]["choice"]
            if opening["committed_index"] == index and said != receipt.choice:
                raise Fault("receipt_of_another_choice", index, {"said": said})
