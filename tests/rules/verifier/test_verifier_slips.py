"""The text of a printed receipt: read as it is typed, and a mistyped one is no contradiction."""

import pytest

from tests.rules.verifier.slip_texts import grouped
from tests.rules.verifier.test_browser_verifier import slip_of
from tests.rules.verifier.test_verifier_files import plain
from tests.rules.voting.vote_archives import archive_of
from verifier.__main__ import main
from verifier.faults import Unusable
from verifier.receipts import read_receipt

SLIP = slip_of(plain(), 3)


def test_a_slip_is_read_as_it_was_typed():
    found = read_receipt(SLIP)
    assert found == read_receipt(grouped(SLIP))
    assert found.note
    assert found.note.size == found.index + 1 == 4
    # As large as a QR code of version 10 holds, with level M.
    assert len(SLIP) <= 311


@pytest.mark.parametrize("letter", ["A", "B", "7", ""])
def test_a_wrong_or_missing_letter_is_told(letter: str):
    for at in range(len("DHR1:"), len(SLIP)):
        wrong = SLIP[:at] + letter + SLIP[at + 1 :]
        if wrong == SLIP:
            continue
        with pytest.raises(Unusable) as found:
            read_receipt(wrong)
        assert found.value.code == "receipt_mistyped"


def test_the_command_reads_a_slip_from_a_word_and_from_a_file(tmp_path, capsys):
    path, file = tmp_path / "archive.zip", tmp_path / "slip.txt"
    path.write_bytes(archive_of(*plain().files()))
    file.write_text(grouped(SLIP))
    for given in (SLIP, grouped(SLIP), str(file)):
        assert main([str(path), "--receipt", given]) == 0
    capsys.readouterr()
    file.write_text(SLIP[:-1])
    assert main([str(path), "--lang", "en", "--receipt", str(file)]) == 2
    assert f"compare it with the slip: {file}" in capsys.readouterr().out
