"""Codes of authenticator apps and recovery codes: what is accepted, and what is not."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from accounts.second_factor import code_rules
from accounts.second_factor.code_rules import Match, match, new_recovery_codes, read_recovery_code

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of the examples in RFC 6238, appendix B ("12345678901234567890")."""
NOW = datetime(2026, 12, 1, 9, 0, 15, tzinfo=UTC)
STEP = int(NOW.timestamp()) // 30


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_rfc(seconds: int, code: str):
    now = datetime.fromtimestamp(seconds, UTC)
    assert match(SECRET, code, now, drift=0, window=0) == Match(seconds // 30, 0)


@pytest.mark.parametrize("offset", [-1, 0, 1])
def test_a_code_counts_one_step_before_and_after(offset: int):
    code = code_at(NOW + timedelta(seconds=30 * offset))
    spaced = f"{code[:3]} {code[3:]}"
    assert match(SECRET, spaced, NOW, drift=0, window=1) == Match(STEP + offset, offset)


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "000000", "１２３４５６", "٠١٢٣٤٥"])
def test_other_texts_are_wrong_codes(code: str):
    assert match(SECRET, code, NOW, drift=0, window=1) is None


def test_a_code_of_minutes_ago_counts_only_where_the_clock_is_known_to_differ():
    late = code_at(NOW + timedelta(minutes=7))
    assert match(SECRET, late, NOW, drift=0, window=1) is None
    first = match(SECRET, late, NOW, drift=0, window=code_rules.FIRST_WINDOW)
    assert first == Match(STEP + 14, 14)
    assert match(SECRET, late, NOW, drift=14, window=1) == first


def test_recovery_codes_differ_and_are_read_as_they_are_typed():
    codes = new_recovery_codes()
    assert len(set(codes)) == code_rules.RECOVERY_CODES
    for number, code in enumerate(codes, start=1):
        read = read_recovery_code(code)
        assert read is not None
        assert read[0] == number
        typed = code.upper().replace("-", " ").replace(" ", "-", 1)
        assert read_recovery_code(f"  {typed} ") == read


@pytest.mark.parametrize(
    "typed", ["", "123456", "1-abcd", "x-abcd-efgh-jkmn", "100-abcd-efgh-jkmn"]
)
def test_other_texts_are_no_recovery_codes(typed: str):
    assert read_recovery_code(typed) is None
