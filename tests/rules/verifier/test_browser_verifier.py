"""The verifier of the page /verify and the Python verifier end alike, to the letter."""

import base64
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from core.paths import ROOT
from meetings.voting.vote_log import merkle
from meetings.voting.vote_log.checkpoint import Checkpoint, Signer
from meetings.voting.vote_log.entries import PaperPublished
from tests.contract.verifier_words import TARGET, sentences
from tests.effort import sized
from tests.rules.verifier.browser_verifier import Case, assert_same
from tests.rules.verifier.slip_texts import grouped, slip_bytes, slip_text, with_sum
from tests.rules.verifier.test_verifier import forged
from tests.rules.verifier.test_verifier_command import ARCHIVES, _with_a_wrong_byte
from tests.rules.verifier.test_verifier_files import CHAINS, FILES, LINES, OTHER, plain, restored
from tests.rules.verifier.test_verifier_keys import continued, one_key
from tests.rules.verifier.unusual_points import unusual_keys
from tests.rules.voting.vote_archives import LogUnderWay, archive_of, unzipped, zipped
from tests.rules.voting.vote_edits import edited
from tests.rules.voting.vote_forgeries import encoded, sealed
from tests.rules.voting.vote_forgery_list import FORGERIES
from tests.rules.voting.vote_key_forgeries import CONTINUATIONS, cancelled_poll, invented_poll
from tests.rules.voting.vote_meetings import Sitting
from verifier import ed25519

MEETINGS, EDITS, DAMAGES = sized(3, 40), sized(40, 1000), sized(60, 1500)
VECTORS: dict[str, Any] = json.loads((ROOT / "docs" / "vote-log-vectors.json").read_text())


def test_the_sentences_are_those_of_the_python_verifier():
    again = "run python -m tests.contract.verifier_words"
    assert TARGET.read_text(encoding="utf-8") == sentences(), again


def honest() -> Iterator[Case]:
    for seed in range(MEETINGS):
        held = Sitting(seed)
        archive = archive_of(*held.play(6))
        yield Case(f"meeting {seed}", archive)
        yield Case(f"meeting {seed} with key", archive, key=held.log.signers[-1].vkey)


def random_edits() -> Iterator[Case]:
    rng = random.Random(1)
    for seed in range(sized(4, 20)):
        members = unzipped(archive_of(*Sitting(seed, people=4).play(3)))
        for _ in range(EDITS // sized(4, 20)):
            if edit := edited(rng, members):
                yield Case(f"{seed} {edit.what}", zipped(edit.members).getvalue())


def signed_forgeries() -> Iterator[Case]:
    for forgery in FORGERIES:
        yield Case(f"{forgery.code} {forgery.name}", archive_of(forged(forgery)[0]))
    held = plain()
    for name, (_, edit) in LINES.items():
        lines = [edit(held.log.lines[0]), *held.log.lines[1:]]
        yield Case(name, archive_of(sealed(lines, held.log.signers, held.log.log_id)))
    for code, make in CONTINUATIONS.items():
        yield Case(code, archive_of(*make(one_key())))
    for forge in (invented_poll, cancelled_poll):
        held = one_key()
        archive, newest = archive_of(*forge(held)), held.log.notes[-1].encode()
        yield Case(forge.__name__, archive, require_key=True)
        yield Case(forge.__name__, archive, [newest], key=held.log.signers[0].vkey)
    for signature in ("signed", "null", "none"):
        yield Case(f"continued, {signature}", archive_of(*continued(one_key(), signature)))


def changed_files() -> Iterator[Case]:
    whole = unzipped(archive_of(*plain().files()))
    for name, (_, _, change) in FILES.items():
        members = dict(whole)
        change(members)
        yield Case(name, zipped(members).getvalue())
    for code, make in CHAINS.items():
        yield Case(code, zipped(make()).getvalue())
    for name, (_, build) in ARCHIVES.items():
        yield Case(name, build())


def damaged_archives() -> Iterator[Case]:
    """Bytes of whole archives, and of compressed members alone."""
    rng = random.Random(7)
    small, large = archive_of(*plain().files()), archive_of(*Sitting(2, people=30).play(6))
    for number in range(DAMAGES):
        whole = bytearray(rng.choice([small, large]))
        if number % 2:
            at = rng.randrange(len(whole) - 400)
            whole[at] ^= 1 << rng.randrange(8)
        else:
            for _ in range(rng.randint(1, 20)):
                whole[rng.randrange(len(whole))] = rng.randrange(256)
            whole = whole[: rng.choice([len(whole), rng.randrange(len(whole))])]
        yield Case(f"damage {number}", bytes(whole))
    for name, place in (("log.jsonl", 100), ("leaves.txt", 70), ("key.txt", 3)):
        yield Case(f"damaged {name}", _with_a_wrong_byte(name, place))


def receipt_of(held: Sitting, index: int, **changed: object) -> bytes:
    """A voter's receipt as its file holds it, without a name of a poll."""
    log, size = held.log, index + 1
    leaves = [merkle.leaf_hash(line) for line in log.lines]
    nodes = merkle.NodesInMemory()
    for place, leaf in enumerate(leaves[:size]):
        merkle.append(nodes, place, leaf)
    note = log.signers[0].sign(Checkpoint(log.log_id, size, merkle.root(nodes, size)))
    proof = [one.hex() for one in merkle.inclusion_proof(nodes, index, size)]
    receipt = {"log_index": index, "leaf_hash": leaves[index].hex(), "proof": proof, "note": note}
    return msgspec.json.encode({"receipt": {**receipt, **changed}})


def with_keys() -> Iterator[Case]:
    """Archives with a public key from elsewhere."""
    held = plain()
    archive = archive_of(*held.files())
    for key in ("x", "", OTHER.vkey, held.log.signers[0].vkey, held.log.signers[-1].vkey):
        yield Case(f"key {key}", archive, key=key)
    yield Case("no key", archive, require_key=True)


def with_kept_checkpoints() -> Iterator[Case]:
    """Archives with checkpoints from elsewhere."""
    held = plain()
    log, key = held.log, held.log.signers[0]
    archive, notes = archive_of(*held.files()), [note.encode() for note in log.notes]
    signed = [
        OTHER.sign(log.checkpoint()),
        key.sign(Checkpoint(log.log_id, 5, b"\1" * 32)),
        key.sign(Checkpoint(log.log_id, 500, b"\1" * 32)),
        key.sign(Checkpoint("another", 5, b"\1" * 32)),
    ]
    witness, crlf = b"--\n".join([*notes, b""]), notes[1].replace(b"\n", b"\r\n")
    for kept in (notes[1], witness, crlf, *map(str.encode, signed), b"", b"\xff", b"--\n"):
        yield Case(f"kept {kept[:40]!r}", archive, [kept])
    again = restored()
    earlier = again.logs[0]
    lost = Checkpoint(earlier.log_id, len(earlier.lines) + 5, b"\0" * 32)
    note = earlier.signers[-1].sign(lost).encode()
    yield Case("lost in a restore", archive_of(*again.files()), [note])


def with_receipts() -> Iterator[Case]:
    """Archives with receipts from elsewhere."""
    held = plain()
    archive, leaf = archive_of(*held.files()), merkle.leaf_hash(held.log.lines[3]).hex()
    for said in (f"3:{leaf}", f"4:{leaf}", f"3:{leaf.upper()}", f"999:{leaf}"):
        yield Case(f"receipt {said}", archive, receipts=[said])
    good = receipt_of(held, 3)
    changes: list[dict[str, object]] = [
        {"leaf_hash": "0" * 64},
        {"proof": []},
        {"proof": "no list"},
        {"log_index": 4},
        {"log_index": 3.5},
        {"note": "no note"},
        {"note": None},
    ]
    changed = [receipt_of(held, 3, **change) for change in changes]
    for number, one in enumerate([good, *changed, good[:-5], b"[]", b"null", b"\xff", b""]):
        yield Case(f"receipt file {number}", archive, receipts=[one])
    yield Case("a receipt of another log", archive_of(*one_key().files()), receipts=[good])


def slip_of(held: Sitting, index: int) -> str:
    """The text of the printed receipt of an entry."""
    receipt = json.loads(receipt_of(held, index))["receipt"]
    return slip_text(index, bytes.fromhex(receipt["leaf_hash"]), receipt["note"])


def with_slips() -> Iterator[Case]:
    """Archives with texts of printed receipts, typed, pasted and in files."""
    held = plain()
    archive, slip = archive_of(*held.files()), slip_of(held, 3)
    note = json.loads(receipt_of(held, 3))["receipt"]["note"]
    leaf, key = merkle.leaf_hash(held.log.lines[3]), held.log.signers[-1].vkey
    start, signed = slip_bytes(3, leaf, b"\0" * 32, held.log.log_id), b"\0" * 68
    for text in (
        slip,
        slip_text(3, b"\1" * 32, note),
        slip_text(999, leaf, note),
        grouped(slip),
        f"\u00a0{slip}\r\n",
        f"3:{leaf.hex()[:32]} {leaf.hex()[32:]}\n",
        f"\ufeff{slip}",
        f"{slip}A",
        slip[:-1],
        slip.replace("2", "9"),
        slip.replace("I", "\u0131"),
        "DHR1:",
        "dhr1",
        "DHR1:\U0001f600\u202e",
        with_sum(b""),
        with_sum(start),
        with_sum(start + b"\2\xff\xff" + signed),
        with_sum(start + b"\2a " + signed),
        with_sum(start + "\u0006\ufeffnội".encode() + signed),
        with_sum(slip_bytes(3, leaf, leaf, "a\n1") + b"\1a" + signed),
        with_sum(b"\xff" + start + signed),
        with_sum(start + b"\1a" + signed + b"\0"),
    ):
        yield Case(f"text {text[:60]!r}", archive, receipts=[text], key=key)
        yield Case(f"file {text[:60]!r}", archive, receipts=[text.encode()], key=key)
    yield Case("a slip of another log", archive_of(*one_key().files()), receipts=[slip])


def with_values(kind: str, values: dict[str, Any]) -> bytes:
    """An archive whose first entry of this type has other values, signed as if they were honest.

    values: by path, such as `data/rule/title`.
    """
    held = plain()
    changed = [json.loads(line) for line in held.log.lines]
    entry = next(entry for entry in changed if entry["type"] == kind)
    for path, value in values.items():
        *parents, name = path.split("/")
        inner = entry
        for parent in parents:
            inner = inner[int(parent) if isinstance(inner, list) else parent]
        inner[name] = value
    return archive_of(sealed(encoded(changed), held.log.signers, held.log.log_id))


MOMENTS = (
    "9999-12-31T23:59:59.999Z",
    "0001-01-01T00:00:00.000Z",
    "0000-01-01T00:00:00.000Z",
    "2026-02-29T00:00:00.000Z",
    "2028-02-29T23:00:00.000Z",
    "2026-01-01T24:00:00.000Z",
    "2026-01-01T23:59:60.000Z",
    "\u0662026-01-01T00:00:00.000Z",
)
OPENED: tuple[dict[str, Any], ...] = (
    *({"at": moment} for moment in MOMENTS),
    {"data/rule/toString": {"__proto__": [1, "é"]}},
    {"data/\U0001f600": 1, "data/\ufb01": 2},
    {"type": "constructor"},
    {"data/__proto__": {"poll_id": "p"}},
    {"data/title": "\U0001f600" * 2000},
    {"data/title": "\U0001f600" * 2001},
    {"data/title": "\u202e\x07\u200b{title}\U000e0001"},
    {"data/options/0/label": "ĐỒNG Ý \U0001f600 İ"},
    {"data/options/0/label": "İstanbul"},
)
CLOSED: tuple[dict[str, Any], ...] = (
    {"data/counts": {"10": 1, "9": 2, "b": 3}},
    {"data/tie": None},
    {"data/n": 2**53 - 1},
    {"data/tie": {"flow": "ruling", "chair_user_id": "a'b\"\n\xad", "side": None}},
)


def edge_values() -> Iterator[Case]:
    """Values at the limits of what the format allows."""
    for kind, cases in (("poll_opened", OPENED), ("poll_closed", CLOSED)):
        for values in cases:
            yield Case(f"{kind} {str(values)[:80]}", with_values(kind, values))


def published() -> Iterator[Case]:
    for case in VECTORS["zips"]:
        yield Case(case["name"], base64.b64decode(case["zip"]))


GROUPS = [
    honest,
    random_edits,
    signed_forgeries,
    changed_files,
    damaged_archives,
    with_keys,
    with_kept_checkpoints,
    with_receipts,
    with_slips,
    edge_values,
]


@pytest.mark.parametrize("group", [*GROUPS, published], ids=lambda one: one.__name__)
def test_both_verifiers_end_alike(group: Any, tmp_path: Path):
    cases = list(group())
    answers = assert_same(cases, tmp_path)
    assert len(cases) >= 6
    assert len(answers) == len(cases)


def unusual_points() -> Iterator[Case]:
    """Keys and signatures on which implementations of Ed25519 differ."""
    for name, key in unusual_keys().items():
        log = LogUnderWay("LogOdd", cast(Signer, key), "HĐND")
        log.add(PaperPublished("d1", 1, "Nghị quyết", "0" * 64))
        yield Case(name, archive_of(log.files()))


@pytest.mark.parametrize("with_library", [True, False])
def test_unusual_points_are_judged_alike(with_library: bool, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(ed25519, "HAS_CRYPTOGRAPHY", with_library and ed25519.HAS_CRYPTOGRAPHY)
    answers = assert_same(cases := list(unusual_points()), tmp_path)
    codes = {case.name: answer.code for case, answer in zip(cases, answers, strict=True)}
    accepted = {name for name, code in codes.items() if code is None}
    assert accepted == {"usual", "identity"}
    assert {code for code in codes.values() if code} == {"checkpoint_not_signed"}
