"""The gate once more without eventlet, where requests really run side by side."""

import pytest

from tests.server.test_page_gate import *  # noqa: F403 - the same tests, on the other server
from tests.server.test_page_gate_faults import *  # noqa: F403 - the same tests, on the other server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server_env() -> dict[str, str]:
    """The one alternative to eventlet."""
    return {"DIENHONG_ASYNC_MODE": "threading"}
