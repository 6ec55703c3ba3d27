"""The server without eventlet: what depends on sockets, threads or the order of commits, once more.

Decisions and refusals are the same code in both modes; the modules that these tests come from prove
them. Here are broadcasts, timers, ends of connections, waits for the worker and ballots that race.
"""

import pytest

from tests.server.annotations.test_annotations import (
    test_one_for_the_room_reaches_everybody_who_reads_the_paper,
)
from tests.server.annotations.test_live_ink import (
    test_a_flood_of_one_costs_the_others_nothing,
    test_strokes_of_several_come_merged_with_author_and_style,
)
from tests.server.core.test_socket_edge import (
    test_an_unfinished_message_ends_its_connection_at_the_limit,
)
from tests.server.documents.test_image_fast_path import (
    somebody,
    test_a_page_that_is_not_drawn_is_drawn_and_then_answered_by_the_gate,
    test_a_revoked_sign_in_reads_no_longer_than_a_second,
    test_head_and_not_modified_say_what_flask_says,
    test_what_the_gate_answers_counts_as_use_of_a_sign_in,
)
from tests.server.documents.test_image_fast_path_faults import (
    test_a_fault_that_is_not_noted_is_met_once_for_one_request,
)
from tests.server.meetings.test_live import (
    test_a_removed_person_is_out_at_once,
    test_everyones_page_turns_together,
    test_kill_and_restart_keep_the_page_and_raise_the_term,
    test_missed_events_come_in_order,
    test_presence_counts_who_follows_and_who_is_lost,
    test_the_pointer_reaches_the_room_merged,
)
from tests.server.voting.test_vote_double import (
    test_where_changes_are_allowed_every_acknowledged_one_is_logged_and_the_last_counts,
    test_whichever_of_two_choices_comes_first_is_the_one,
)
from tests.server.voting.test_votes import test_a_vote_from_question_to_archive

pytestmark = pytest.mark.slow

__all__ = [
    "somebody",
    "test_a_fault_that_is_not_noted_is_met_once_for_one_request",
    "test_a_flood_of_one_costs_the_others_nothing",
    "test_a_page_that_is_not_drawn_is_drawn_and_then_answered_by_the_gate",
    "test_a_removed_person_is_out_at_once",
    "test_a_revoked_sign_in_reads_no_longer_than_a_second",
    "test_a_vote_from_question_to_archive",
    "test_an_unfinished_message_ends_its_connection_at_the_limit",
    "test_everyones_page_turns_together",
    "test_head_and_not_modified_say_what_flask_says",
    "test_kill_and_restart_keep_the_page_and_raise_the_term",
    "test_missed_events_come_in_order",
    "test_one_for_the_room_reaches_everybody_who_reads_the_paper",
    "test_presence_counts_who_follows_and_who_is_lost",
    "test_strokes_of_several_come_merged_with_author_and_style",
    "test_the_pointer_reaches_the_room_merged",
    "test_what_the_gate_answers_counts_as_use_of_a_sign_in",
    "test_where_changes_are_allowed_every_acknowledged_one_is_logged_and_the_last_counts",
    "test_whichever_of_two_choices_comes_first_is_the_one",
]


@pytest.fixture(scope="module")
def server_env() -> dict[str, str]:
    """The alternative to eventlet."""
    return {"DIENHONG_ASYNC_MODE": "threading"}
