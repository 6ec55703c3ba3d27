"""The table of OWASP ASVS in docs/security.md is complete, counted right, and names real tests."""

import re
from collections import Counter

import pytest

from core.paths import ROOT

STATES = ("met", "n/a", "open")

_LEVELS = """
    1.1:22 1.2:1111122223 1.3:112222222223 1.4:222 1.5:123
    2.1:122 2.2:112 2.3:12223 2.4:23
    3.1:3 3.2:113 3.3:12223 3.4:11222233 3.5:11122333 3.6:3 3.7:22333
    4.1:12233 4.2:23333 4.3:22 4.4:1222
    5.1:2 5.2:112333 5.3:113 5.4:222
    6.1:122 6.2:111111112222 6.3:11223333 6.4:112233 6.5:22222333 6.6:2223 6.7:33 6.8:2222
    7.1:222 7.2:1111 7.3:22 7.4:11222 7.5:223 7.6:22
    8.1:1233 8.2:1123 8.3:133 8.4:23
    9.1:111 9.2:1222
    10.1:22 10.2:223 10.3:22223 10.4:1111122222233333 10.5:22222 10.6:22 10.7:222
    11.1:2233 11.2:22233 11.3:11233 11.4:1222 11.5:23 11.6:23 11.7:33
    12.1:12233 12.2:11 12.3:22223
    13.1:2333 13.2:222223 13.3:2233 13.4:1222233
    14.1:22 14.2:12223333 14.3:122
    15.1:12233 15.2:12233 15.3:1222222 15.4:3333
    16.1:2 16.2:22222 16.3:2222 16.4:222 16.5:2223
    17.1:23 17.2:22223333 17.3:22
"""
REQUIREMENTS = dict(pair.split(":") for pair in _LEVELS.split())
"""Section → the level of each of its requirements, in order. Source: the repository OWASP/ASVS,
5.0/docs_en/OWASP_Application_Security_Verification_Standard_5.0.0_en.csv."""
OF_LEVEL = {1: 70, 2: 183, 3: 92}
"""Number of requirements of each level, from the same file."""

SECTION = (ROOT / "docs" / "security.md").read_text().partition("\n## OWASP ASVS 5.0")[2]
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) L(\d) \| (.+?) \| (\S+) \| (.+?) \|$", SECTION, re.M)


def levels() -> dict[str, int]:
    """Requirement → level."""
    return {
        f"{section}.{number}": int(level)
        for section, of_section in REQUIREMENTS.items()
        for number, level in enumerate(of_section, 1)
    }


def test_the_standard_has_as_many_requirements():
    assert Counter(levels().values()) == OF_LEVEL


def test_every_requirement_of_levels_1_and_2_has_one_row():
    expected = [(name, str(level)) for name, level in levels().items() if level < 3]
    assert [(name, level) for name, level, *_ in ROWS] == expected
    # No row escaped the pattern.
    assert len(re.findall(r"^\| \d+\.\d+\.\d+", SECTION, re.M)) == len(ROWS)


def test_it_is_the_last_section():
    assert "\n## " not in SECTION


@pytest.mark.parametrize("state", STATES)
def test_the_counts_are_right(state: str):
    counted = re.findall(r"^\| ([12]) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", SECTION, re.M)
    assert [level for level, *_ in counted] == ["1", "2"]
    for level, *numbers in counted:
        found = sum(row[1] == level and row[3] == state for row in ROWS)
        assert int(numbers[STATES.index(state)]) == found
        assert int(numbers[-1]) == OF_LEVEL[int(level)]


def test_what_is_met_names_its_tests_and_all_else_a_reason():
    for name, _level, _asks, state, shown in ROWS:
        assert state in STATES, name
        if state == "met":
            tests = [test.strip("`") for test in shown.split(", ")]
            assert tests, name
            assert shown == ", ".join(f"`{test}`" for test in tests), name
            missing = [test for test in tests if not (ROOT / "tests" / test).exists()]
            assert missing == [], name
            of_tests = re.compile(r"(\w+/)+(test_\w+\.py|\w+\.test\.js)?")
            assert all(of_tests.fullmatch(test) for test in tests), name
        else:
            assert len(shown) > 3, name
