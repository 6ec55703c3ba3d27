"""Votes once more on the other server: threads in place of eventlet."""

import pytest

from tests.server.test_vote_double import (
    test_a_key_with_another_choice_is_a_conflict,
    test_where_changes_are_allowed_every_acknowledged_one_is_logged_and_the_last_counts,
    test_whichever_of_two_choices_comes_first_is_the_one,
)
from tests.server.test_votes import test_a_vote_from_question_to_archive

pytestmark = pytest.mark.slow

__all__ = [
    "test_a_key_with_another_choice_is_a_conflict",
    "test_a_vote_from_question_to_archive",
    "test_where_changes_are_allowed_every_acknowledged_one_is_logged_and_the_last_counts",
    "test_whichever_of_two_choices_comes_first_is_the_one",
]


@pytest.fixture(scope="module")
def server_env() -> dict[str, str]:
    return {"DIENHONG_ASYNC_MODE": "threading"}
