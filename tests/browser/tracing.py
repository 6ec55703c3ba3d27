"""A journey that failed is run once more with Playwright's tracing, too dear for every run.

The test stays failed, however the second run ends: a test that passes only sometimes is a defect.
"""

from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol

_TRACED = pytest.StashKey[bool]()
_HERE = Path(__file__).parent


def is_traced(item: pytest.Item) -> bool:
    """Whether this is the run for the trace."""
    return item.stash.get(_TRACED, False)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run a journey, and again when it failed; what is reported is the first run."""
    if _HERE not in item.path.parents:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    failed = next((report for report in reports if report.failed), None)
    if failed is not None:
        item.stash[_TRACED] = True
        item._initrequest()  # type: ignore[attr-defined]
        again = runtestprotocol(item, nextitem=nextitem, log=False)
        ended = "failed, too" if any(report.failed for report in again) else "passed"
        failed.sections.append(
            ("Run once more, with a trace under tests/artifacts", f"The second run {ended}.")
        )
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True
