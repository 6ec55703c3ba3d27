"""The connection tests once more without eventlet: the way out of it stays open."""

import pytest

from tests.server.test_live import *  # noqa: F403 - the same tests, on the other server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server_env() -> dict[str, str]:
    """The one alternative to eventlet."""
    return {"DIENHONG_ASYNC_MODE": "threading"}
