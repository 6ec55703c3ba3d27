"""What the kernel enforces on render children is reported, and can be required."""

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from app import assemble
from core.config import read_config
from documents.render_protocol import Confined
from documents.rendering.confinement_report import report_confinement
from documents.rendering.fork_client import fork_server
from documents.sandbox.landlock import version
from documents.worker import process
from tests.factories import prepared
from tests.server.real_server import RealServer

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True, scope="module")
def end_of_the_fork_server() -> Iterator[None]:
    yield
    fork_server.close()


def own_network() -> bool:
    """Whether this kernel lets a process create a network namespace, asked in another way."""
    words = ["unshare", "--user", "--net", "true"]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def test_the_report_says_what_the_kernel_offers():
    found = report_confinement()
    assert (found.files, found.network) == (version() > 0, own_network())
    assert found.privileges


def test_the_metrics_show_it(server: RealServer):
    """The worker reports it to a web process that may have been started later."""
    found = report_confinement()
    expected = {"files": found.files, "network": found.network, "privileges": found.privileges}
    line = re.compile(r'^dienhong_render_confinement\{restriction="(\w+)"\} (\S+)$', re.M)
    deadline = time.monotonic() + 10
    shown: dict[str, bool] = {}
    while shown != expected and time.monotonic() < deadline:
        text = requests.get(f"{server.url}/metrics", timeout=10).text
        shown = {name: float(value) == 1 for name, value in line.findall(text)}
    assert shown == expected


def test_no_worker_runs_without_a_required_restriction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    made = prepared(tmp_path / "data")
    config = read_config(made.data, env={"DIENHONG_REQUIRE_CONFINEMENT": "1"})
    context = assemble(config)
    partly = Confined(files=False, network=True, privileges=True)
    monkeypatch.setattr(process, "report_confinement", lambda: partly)
    try:
        with pytest.raises(process.Unconfined, match="files"):
            process.Worker(context).run()
    finally:
        context.database.close()
