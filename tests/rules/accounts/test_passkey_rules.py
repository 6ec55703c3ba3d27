"""Passkeys: the addresses that can have them, counters, and challenges that count once in time."""

import pytest

from accounts.second_factor import challenges as given
from accounts.second_factor.challenges import LASTS_SECONDS, Challenges, Purpose
from accounts.second_factor.passkey_rules import Site, counts_on, site_of


@pytest.mark.parametrize(
    ("scheme", "host", "rp_id"),
    [
        ("https", "hoi-truong.local", "hoi-truong.local"),
        ("https", "Hop.Example:8443", "hop.example"),
        ("https", "xn--hp-dja.vn", "xn--hp-dja.vn"),
        ("https", "phonghop", "phonghop"),
        ("http", "localhost:5000", "localhost"),
    ],
)
def test_a_host_name_is_a_relying_party(scheme: str, host: str, rp_id: str):
    assert site_of(scheme, host) == Site(rp_id, f"{scheme}://{host.lower()}")


@pytest.mark.parametrize(
    ("scheme", "host"),
    [
        ("http", "hoi-truong.local"),
        ("http", "my.localhost"),
        *(("https", host) for host in ("192.168.1.20", "192.168.1.20:8443", "10.1", "3232235796")),
        *(("https", host) for host in ("0xc0a80114", "a.0x1", "[fd00::1]", "[fd00::1]:8443")),
        *(("https", host) for host in ("", ":443", "name.", ".name", "a..b", "a b", "a/b", "ă.vn")),
        ("https", ".".join(["a" * 60] * 5)),
    ],
)
def test_other_addresses_are_none(scheme: str, host: str):
    assert site_of(scheme, host) is None


def test_a_counter_goes_up_or_is_not_there():
    assert counts_on(0, 0)
    assert counts_on(0, 1)
    assert counts_on(7, 900)
    assert not counts_on(7, 7)
    assert not counts_on(7, 6)
    assert not counts_on(7, 0)


def test_a_challenge_counts_once_for_one_purpose_and_account():
    challenges = Challenges()
    first = challenges.give(Purpose.SIGN_IN, "one")
    assert len(first) == 43
    assert challenges.give(Purpose.SIGN_IN, "one") != first
    assert challenges.take(first, Purpose.SIGN_IN, "one")
    assert not challenges.take(first, Purpose.SIGN_IN, "one")
    for purpose, account in ((Purpose.ADD, "one"), (Purpose.SIGN_IN, "two")):
        other = challenges.give(Purpose.SIGN_IN, "one")
        assert not challenges.take(other, purpose, account)
        # What was tried for something else is spent.
        assert not challenges.take(other, Purpose.SIGN_IN, "one")
    assert not challenges.take("", Purpose.SIGN_IN, "one")


def test_a_challenge_ends_after_five_minutes():
    seconds = 1000.0
    challenges = Challenges(lambda: seconds)
    in_time, late = (challenges.give(Purpose.ADD, "one") for _ in range(2))
    seconds += LASTS_SECONDS - 1
    assert challenges.take(in_time, Purpose.ADD, "one")
    seconds += 1
    assert LASTS_SECONDS == 300
    assert not challenges.take(late, Purpose.ADD, "one")


def test_the_oldest_challenges_make_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(given, "MOST_GIVEN", 2)
    challenges = Challenges()
    first, second, third = (challenges.give(Purpose.ADD, "one") for _ in range(3))
    assert not challenges.take(first, Purpose.ADD, "one")
    assert challenges.take(second, Purpose.ADD, "one")
    assert challenges.take(third, Purpose.ADD, "one")
