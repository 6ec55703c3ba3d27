"""Whose key vouches for an archive: invented restores, keys that were handed over, kept heads."""

import json
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import msgspec
import pytest

from meetings.voting.rules.poll_rules import PollMethod
from meetings.voting.vote_log import merkle
from meetings.voting.vote_log.archive import LogFiles
from meetings.voting.vote_log.entries import PollCancelled
from meetings.voting.vote_log.parts import Head
from tests.rules.voting.vote_archives import LogUnderWay, archive_of
from tests.rules.voting.vote_forgeries import sealed
from tests.rules.voting.vote_key_forgeries import (
    BODY,
    CONTINUATIONS,
    THIEF,
    cancelled_poll,
    cut,
    invented_poll,
)
from tests.rules.voting.vote_meetings import CLERK, Sitting
from verifier.__main__ import main
from verifier.archive import open_archive
from verifier.check import check
from verifier.faults import Fault

KINDS = ("poll_opened", "poll_closed")
NOT_COMPARED = "khóa chưa được đối chiếu"
Forge = Callable[[Sitting], list[LogFiles]]


def one_key() -> Sitting:
    """A meeting with one log, one key and two closed polls, always the same."""
    held = Sitting(3, people=9)
    held.publish()
    for _ in range(2):
        held.close(opened := held.open_poll(method=PollMethod.NAMED), held.cast(opened))
    return held


def continued(held: Sitting, signature: str) -> list[LogFiles]:
    """The log goes on under another key. `signature`: signed, null, or none as in format 1."""
    head = held.log.head("Khôi phục từ bản sao lưu")
    if signature == "null":
        head = msgspec.structs.replace(head, signature_by_old=None)
    old = held.log.signers[-1] if signature == "signed" else None
    following = LogUnderWay("LogNext", THIEF, BODY, head, old)
    following.add(PollCancelled("poll-0", "Câu hỏi có lỗi", CLERK))
    return [held.log.files(), following.files()]


class Checked:
    """The command, run on an archive."""

    def __init__(self, folder: Path, logs: list[LogFiles]) -> None:
        self.path, self.kept = folder / "archive.zip", folder / "kept.txt"
        self.path.write_bytes(archive_of(*logs))

    def code(self, *given: str, kept: str = "") -> int:
        self.kept.write_text(kept)
        return main([str(self.path), *given, *(["--kept", str(self.kept)] if kept else [])])


@pytest.mark.parametrize("forge", [invented_poll, cancelled_poll], ids=lambda one: one.__name__)
def test_an_invented_restore_is_told_with_an_exit_code_of_its_own(forge, tmp_path, capsys):
    held = one_key()
    checked, newest = Checked(tmp_path, forge(held)), held.log.notes[-1]
    key = ["--key", held.log.signers[0].vkey]
    for given in ([], key, ["--require-key"], [*key, "--lang", "en"]):
        for kept in ("", newest):
            assert checked.code(*given, kept=kept) == 4
            first, *_, last = capsys.readouterr().out.splitlines()
            for line in (first, last):
                assert "CHƯA CHỨNG MINH" in line
                assert "NOT PROVEN" in line
    assert "KHÔNG THẤY SAI SÓT" not in capsys.readouterr().out


def test_a_kept_checkpoint_beyond_the_cut_is_told_whoever_signed(tmp_path, capsys):
    """Whoever has the key could also have made this: it is what a restore looks like."""
    held = one_key()
    newest = held.log.notes[-1]
    earlier = invented_poll(held)[0]
    key, root = held.log.signers[0], merkle.root(held.log.nodes, 2).hex()
    following = LogUnderWay("LogNext", key, BODY, Head(held.log.log_id, 2, root, "Khôi phục"))
    checked = Checked(tmp_path, [earlier, following.files()])
    assert checked.code("--key", key.vkey) == 0
    assert checked.code("--key", key.vkey, kept=newest) == 4
    assert f"{len(held.log.lines)} mục, trong tệp chỉ có 2" in capsys.readouterr().out


@pytest.mark.parametrize(("signature", "code"), [("signed", 0), ("null", 4), ("none", 4)])
def test_a_continuation_under_another_key_counts_where_the_old_key_signed_it(
    signature, code, tmp_path, capsys
):
    held = one_key()
    checked = Checked(tmp_path, continued(held, signature))
    for key in (held.log.signers[0].vkey, THIEF.vkey):
        assert checked.code("--key", key, kept=held.log.notes[-1]) == code
    assert ("KHÔNG THẤY SAI SÓT" in capsys.readouterr().out) == (code == 0)


@pytest.mark.parametrize("code", CONTINUATIONS)
def test_a_continuation_that_is_wrong_is_a_broken_entry(code):
    logs = CONTINUATIONS[code](one_key())
    with pytest.raises(Fault) as found:
        check(open_archive(BytesIO(archive_of(*logs))))
    assert (found.value.code, found.value.index, found.value.log) == (code, 0, "2/2")


def test_a_signature_holds_for_this_beginning_only():
    held = one_key()
    real, following = continued(held, "signed")
    start = following.lines[0].replace("Khôi phục".encode(), "Nâng cấp".encode())
    changed = sealed([start, *following.lines[1:]], [THIEF], "LogNext")
    with pytest.raises(Fault) as found:
        check(open_archive(BytesIO(archive_of(real, changed))))
    assert found.value.code == "continuation_not_signed"


def test_a_key_that_was_not_compared_is_told_first_and_last(tmp_path, capsys):
    held = one_key()
    checked = Checked(tmp_path, held.files())
    assert checked.code("--lang", "en") == 0
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == last
    assert NOT_COMPARED in first
    assert "the key was not compared" in first
    assert checked.code("--require-key") == 3
    first, *_, last = capsys.readouterr().out.splitlines()
    assert first == last
    assert NOT_COMPARED in first
    assert checked.code("--require-key", "--key", held.log.signers[0].vkey) == 0
    assert NOT_COMPARED not in capsys.readouterr().out
    assert checked.code("--key", THIEF.vkey) == 1
    assert checked.code("--key", "no key") == 2


def test_a_key_that_handed_over_still_vouches(tmp_path):
    held = one_key()
    first = held.log.signers[0]
    held.log.rotate(THIEF)
    held.publish()
    checked = Checked(tmp_path, held.files())
    for key in (first, THIEF):
        assert checked.code("--key", key.vkey) == 0


def test_the_real_key_at_the_end_of_an_invented_earlier_log_vouches_for_nothing(tmp_path):
    """A forger can hand over to any public key, whose owner need not take part."""
    held = one_key()
    real = held.log.signers[0]
    earlier = LogUnderWay("LogForged", THIEF, BODY)
    earlier.rotate(real)
    earlier.notes.pop()
    following = LogUnderWay("LogNext", THIEF, BODY, earlier.head("Khôi phục"))
    checked = Checked(tmp_path, [earlier.files(), following.files()])
    assert checked.code("--key", real.vkey) == 4


def test_handing_over_to_the_real_key_is_no_word_of_that_key():
    held = one_key()
    real = held.log.signers[0]
    forged = LogUnderWay("LogForged", THIEF, BODY)
    forged.rotate(real)
    forged.notes[-1] = THIEF.sign(forged.checkpoint())
    with pytest.raises(Fault) as found:
        check(open_archive(BytesIO(archive_of(forged.files()))), key=real.vkey)
    assert (found.value.code, found.value.index) == ("checkpoint_by_another_key", 1)


@pytest.mark.parametrize("seed", range(12))
def test_no_log_cut_anywhere_and_continued_without_its_key_passes(seed, tmp_path):
    rng = random.Random(seed)
    held = one_key()
    key, whole = held.log.signers[0], len(held.log.lines)
    size = rng.randint(1, whole)
    root = merkle.root(held.log.nodes, size).hex()
    head = Head(held.log.log_id, size, root, "Khôi phục")
    old, expected = None, 4
    if seed % 3 == 1:
        head = msgspec.structs.replace(head, signature_by_old=None)
    elif seed % 3 == 2:
        old, expected = THIEF, 1
    following = LogUnderWay("LogNext", THIEF, BODY, head, old)
    for poll_id in left_open(held.log.lines[:size]):
        following.add(PollCancelled(poll_id, "Máy chủ được khôi phục", None))
    checked = Checked(tmp_path, [cut(held.log, size), following.files()])
    for words in ([], ["--key", key.vkey], ["--key", THIEF.vkey]):
        for kept in ("", held.log.notes[-1]):
            code = checked.code(*words, kept=kept)
            assert code == expected or (code == 1 and closing_cut(held.log.lines[:size]))


def left_open(lines: list[bytes]) -> list[str]:
    """The polls that are open after these lines."""
    told = [json.loads(line) for line in lines]
    ids = {kind: [e["data"]["poll_id"] for e in told if e["type"] == kind] for kind in KINDS}
    return [one for one in ids["poll_opened"] if one not in ids["poll_closed"]]


def closing_cut(lines: list[bytes]) -> bool:
    """Whether the lines end within the entries that close a poll."""
    return json.loads(lines[-1])["type"] in ("ballot_opened", "tally_recorded")
