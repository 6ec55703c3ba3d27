"""Names stay on one line; tablets say the same (tests/js/nonbreaking.test.js)."""

import json

from core.nonbreaking import keep_names_unbroken
from tests.factories import ROOT


def test_names_of_people_and_places_are_not_broken():
    cases = json.loads((ROOT / "tests/js/nonbreaking_cases.json").read_text())
    for text, kept in cases.items():
        assert keep_names_unbroken(text) == kept.replace("~", "\u00a0")
