"""Fixtures of server tests and journeys: a running server, and its people, signed in. A plugin."""

from collections.abc import Generator, Iterator, Sequence

import pytest

from tests.factories import prepared
from tests.server.real_server import Person, RealServer, SignedIn
from tests.server.shared_server import PEOPLE, Lend, SharedServer

LOG_SHOWN = 6000
"""Characters of the server's log that a failed test prints."""


@pytest.fixture(scope="session")
def lend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lend]:
    """Lends the shared server with people that nobody else has; starts it for the first module."""
    shared: list[SharedServer] = []

    def lent(deputy_names: Sequence[str] = ()) -> RealServer:
        if not shared:
            shared.append(SharedServer(tmp_path_factory.mktemp("shared")))
        return shared[0].lend(deputy_names)

    yield lent
    for one in shared:
        one.stop()


@pytest.fixture(scope="module")
def server_env() -> dict[str, str]:
    """Settings of the servers of a module; a module may override it."""
    return {}


@pytest.fixture(scope="module")
def deputy_names() -> list[str]:
    """Usernames of deputies that the server knows besides PEOPLE; a module may override it."""
    return []


@pytest.fixture(scope="module")
def server(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    server_env: dict[str, str],
    deputy_names: list[str],
    lend: Lend,
) -> Iterator[RealServer]:
    """A running server with an administrator (quantri), PEOPLE and the deputies.

    The shared one; one of the module's own where it is marked `own_server` or has settings. The
    mark's arguments are the roles that are started, all by default.
    """
    own = request.node.get_closest_marker("own_server")
    if not server_env and own is None:
        yield lend(deputy_names)
        return
    folder = tmp_path_factory.mktemp("server")
    made = prepared(folder / "data", *PEOPLE, *deputy_names)
    running = RealServer(made, folder / "server.log", env=server_env).start(
        *(own.args if own else ())
    )
    yield running
    running.stop()


@pytest.fixture(scope="module")
def people(server: RealServer) -> Iterator[dict[str, Person]]:
    """Everybody by name, signed in when first asked for."""
    signed_in = SignedIn(server)
    yield signed_in
    signed_in.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails shows the end of its server's log."""
    report = yield
    used = getattr(item, "funcargs", {}).get("server")
    if report.failed and isinstance(used, RealServer):
        text = used.log.read_text(encoding="utf-8")
        report.sections.append(("Server log", text[-LOG_SHOWN:]))
    return report
