"""Writes docs/vote-log-vectors.json, which an outsider's verifier can be held against.

python -m tests.rules.voting.make_vote_vectors
"""

import json
import random
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.paths import ROOT
from meetings.voting.rules.poll_rules import PollMethod, Tie, TieFlow
from meetings.voting.rules.question_rules import ChoiceKey
from meetings.voting.rules.tally_rules import Channel
from meetings.voting.vote_log import commitments, entries, merkle
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer, key_id, rotation_message
from meetings.voting.vote_log.entries import (
    BallotCommitted,
    BallotOpened,
    PaperPublished,
    PollAnnounced,
    PollCancelled,
    TallyRecorded,
)
from meetings.voting.vote_log.merkle import consistency_proof as consistency
from meetings.voting.vote_log.merkle import inclusion_proof as inclusion
from meetings.voting.vote_log.parts import Ballot
from tests.rules.verifier.slip_texts import slip_text
from tests.rules.voting import published_vectors as published
from tests.rules.voting import vote_archive_vectors as whole
from tests.rules.voting.vote_archives import LogUnderWay
from tests.rules.voting.vote_vector_parts import CLERK, PAPER, SECOND, closed, opened, rule

TARGET = ROOT / "docs" / "vote-log-vectors.json"
SEEDS = (bytes(range(32)), bytes(range(32, 64)))
NAME = "dienhong-8kQ2mZ7p"
LOG_ID = "b7RkW3xTqLmN9pVz5sYcHd"


def _ballots() -> list[Ballot]:
    by_tablet = (Channel.TABLET, None, None, None)
    by_hand = (Channel.RECORDED, CLERK, "Máy hết pin", SECOND)
    return [
        Ballot("p1", "u1", "for", *by_tablet, 1),
        Ballot("p1", "u2", "for", *by_tablet, 1),
        Ballot("p1", "u5", "abstain", *by_hand, 1),
        Ballot("p1", "u2", "against", *by_tablet, 2),
    ]


def _meeting(first: Signer, second: Signer) -> LogUnderWay:
    """A tie that the chair's own ballot decides, a vote on paper, one cancelled, a new key."""
    salts = random.Random(0)
    log = LogUnderWay(LOG_ID, first, "Ủy ban nhân dân xã Đông Sơn")
    log.add(PaperPublished(PAPER.document_id, PAPER.version, PAPER.title, PAPER.sha256))
    log.add(opened("p1", PollMethod.NAMED, rule("ubnd_decision", "chair_side")))
    sealed = []
    for ballot in _ballots():
        salt = salts.randbytes(32)
        index = log.add(BallotCommitted("p1", commitments.commit(salt, ballot)))
        sealed.append(BallotOpened("p1", index, salt.hex(), ballot))
    for opening in sealed:
        log.add(opening)
    tie = Tie(TieFlow.CHAIR_BALLOT, "u1", ChoiceKey.FOR)
    log.add(closed("p1", {"for": 1, "against": 1, "abstain": 1}, not_sent=1, tie=tie))
    log.add(PollAnnounced("p1", CLERK))
    log.rotate(second)
    log.add(opened("p2", PollMethod.PAPER, rule("committee_general", "not_adopted")))
    counts = {"for": 3, "against": 0, "abstain": 0}
    log.add(TallyRecorded("p2", Channel.PAPER, counts, 4, 4, 1, CLERK))
    log.add(closed("p2", counts, invalid=1))
    log.add(opened("p3", PollMethod.HANDS, rule("committee_general", "not_adopted")))
    log.add(PollCancelled("p3", "Câu hỏi có lỗi", CLERK))
    return log


def _tree() -> dict[str, Any]:
    nodes, leaves = merkle.NodesInMemory(), [bytes.fromhex(one) for one in published.CT_LEAVES]
    for size, leaf in enumerate(leaves):
        merkle.append(nodes, size, merkle.leaf_hash(leaf))
    return {
        "entries": published.CT_LEAVES,
        "roots": published.CT_ROOTS,
        "inclusion": [
            {
                "index": index,
                "size": size,
                "proof": _hex(inclusion(nodes, index, size)),
            }
            for index, size in ((0, 1), (0, 8), (5, 8), (2, 3), (4, 5), (6, 7))
        ],
        "consistency": [
            {"old": old, "size": size, "proof": _hex(consistency(nodes, old, size))}
            for old, size in ((1, 1), (1, 8), (2, 5), (4, 8), (6, 8), (3, 7))
        ],
    }


def _hex(nodes: list[bytes]) -> list[str]:
    return [node.hex() for node in nodes]


def _edits(lines: list[bytes]) -> list[dict[str, Any]]:
    """Single lines put in the place of others, and which entry is the first broken one then."""
    changes = [
        (3, b'"ballot_committed"', b'"ballot_commited"'),
        (8, b'"choice":"for"', b'"choice":"abstain"'),
        (11, b'"against":1', b'"against":2'),
        (15, b'"issued":4', b'"issued":5'),
    ]
    found = []
    for index, old, new in changes:
        assert old in lines[index], (index, old)
        found.append({"index": index, "line": lines[index].replace(old, new).decode()})
    return found


def _shares() -> list[dict[str, Any]]:
    asked = [(1, 2, ">", 31), (1, 2, ">", 30), (2, 3, ">=", 9), (2, 3, ">=", 31), (1, 2, ">=", 0)]
    needed = [16, 16, 6, 21, 1]
    return [
        {"numerator": n, "denominator": d, "comparison": c, "base": b, "required": required}
        for (n, d, c, b), required in zip(asked, needed, strict=True)
    ]


def _slip(log: LogUnderWay, signer: Signer, index: int) -> dict[str, Any]:
    """The printed receipt of the ballot at this index."""
    leaves, nodes = [merkle.leaf_hash(line) for line in log.lines], merkle.NodesInMemory()
    for place, leaf in enumerate(leaves[: index + 1]):
        merkle.append(nodes, place, leaf)
    note = signer.sign(Checkpoint(LOG_ID, index + 1, merkle.root(nodes, index + 1)))
    text = slip_text(index, leaves[index], note)
    return {"index": index, "leaf": leaves[index].hex(), "note": note, "text": text}


def vectors() -> dict[str, Any]:
    """Everything that the file holds."""
    first, second = (Signer(NAME, Ed25519PrivateKey.from_private_bytes(seed)) for seed in SEEDS)
    public = Ed25519PrivateKey.from_private_bytes(SEEDS[0]).public_key().public_bytes_raw()
    log = _meeting(first, second)
    salt, ballot = random.Random(0).randbytes(32), _ballots()[0]
    rotation = json.loads(log.lines[13])["data"]
    message = rotation_message(LOG_ID, first.vkey, second.vkey)
    return {
        "about": "Test vectors of docs/vote-log.md, formats 1 and 2. Bytes are in hexadecimal.",
        "canonical": published.CANONICAL,
        "refused": published.REFUSED,
        "ed25519": published.RFC_8032,
        "signed_note": published.SIGNED_NOTE,
        "tree": _tree(),
        "key": {
            "seed": SEEDS[0].hex(),
            "public": public.hex(),
            "name": NAME,
            "id": key_id(NAME, public).hex(),
            "vkey": first.vkey,
        },
        "rotation": {"message": message.decode(), "signature": rotation["signature_by_old"]},
        "ballot": {
            "salt": salt.hex(),
            "canonical": entries.encode_ballot(ballot).decode(),
            "commitment": commitments.commit(salt, ballot),
        },
        "slip": _slip(log, first, 3),
        "required": _shares(),
        "log": {
            "lines": [line.decode() for line in log.lines],
            "leaves": [merkle.leaf_hash(line).hex() for line in log.lines],
            "checkpoints": log.notes,
            "keys": [first.vkey, second.vkey],
            "verdicts": {"p1": "adopted", "p2": "adopted", "p3": None},
        },
        "broken": _edits(log.lines),
        **whole.vectors(first, second),
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(vectors(), ensure_ascii=False, indent=1) + "\n")
