"""Names stay on one line; tablets say the same (tests/js/kept_together.test.js)."""

import json

from core.kept_together import kept_together
from tests.factories import ROOT


def test_names_of_people_and_places_are_not_broken():
    cases = json.loads((ROOT / "tests/js/kept_together_cases.json").read_text())
    for text, kept in cases.items():
        assert kept_together(text) == kept.replace("~", "\u00a0")
