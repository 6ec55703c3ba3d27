"""Writing together once more without eventlet: wet ink, and annotations for the room."""

import pytest

from tests.server.test_annotations import (  # noqa: F401 - the same tests, on the other server
    test_one_for_the_room_reaches_everybody_who_reads_the_paper,
    test_what_is_shown_and_withdrawn_goes_from_lane_to_lane,
)
from tests.server.test_annotations_repeated import (  # noqa: F401
    test_a_batch_repeated_writes_what_is_missing_and_raises_nothing_from_the_dead,
)
from tests.server.test_wet_ink import (  # noqa: F401
    test_a_flood_of_one_costs_the_others_nothing,
    test_strokes_of_several_come_merged_with_author_and_style,
    test_the_finished_stroke_takes_the_place_of_the_wet_one,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server_env() -> dict[str, str]:
    """The one alternative to eventlet."""
    return {"DIENHONG_ASYNC_MODE": "threading"}
