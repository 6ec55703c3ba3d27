"""What every test shares: no skips in CI, a folder to keep things in, the number of examples."""

import gc
import os
import re
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import run_cache
from tests.effort import sized

# What is imported and collected lives until the end: with the default thresholds a process spends a
# quarter of its collection of tests on looking through it.
gc.set_threshold(50_000, 20, 100)

# As Hypothesis has it here or in CI, but for the number.
settings.register_profile("sized", settings(max_examples=sized(40, 100)))
settings.load_profile("sized")

pytest_plugins = ["tests.timing", "tests.browser.tracing", "tests.server.serving"]
ARTIFACTS = Path(__file__).parent / "artifacts"


def refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI a skipped test proves nothing: turn it into a failure that tells the reason."""
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"CI has no skips: {report.nodeid}: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """See `refuse_skip`: for one test. Fixtures find how the test went as `report_of_call`."""
    report = yield
    refuse_skip(report)
    if report.when == "call":
        item.report_of_call = report  # type: ignore[attr-defined]
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """See `refuse_skip`: for a whole module that skips itself."""
    report = yield
    refuse_skip(report)
    return report


@pytest.fixture
def artifacts(request: pytest.FixtureRequest) -> Path:
    """An existing folder of this test's own under tests/artifacts/, kept after the run."""
    folder = ARTIFACTS / re.sub(r"[^\w.-]+", "_", request.node.nodeid.removeprefix("tests/"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pytest_collection_finish() -> None:
    """Exclude the modules and tests from garbage collection."""
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the run gives it a name."""
    if not hasattr(config, "workerinput"):
        run_cache.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    """It also removes what the processes of the run shared."""
    if not hasattr(config, "workerinput"):
        run_cache.end()
