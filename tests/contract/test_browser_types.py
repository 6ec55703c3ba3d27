"""static/js/lib/schemas.d.ts says what the server sends and takes: made anew, it is the same."""

from tests.contract.app_facts import Facts
from tests.contract.browser_types import TARGET, declarations


def test_the_browsers_types_are_up_to_date(facts: Facts):
    made = declarations(facts.wire)
    assert TARGET.read_text() == made, "run python -m tests.contract.browser_types"
