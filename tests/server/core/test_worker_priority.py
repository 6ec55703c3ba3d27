"""Where web and worker share a core, web goes first."""

import os

import pytest

from documents.worker.process import NICER_THAN_WEB
from tests.server.real_server import RealServer, children_of, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

NICEST = 19


def nice(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


def test_the_worker_and_its_children_are_nicer_than_web(server: RealServer) -> None:
    web, worker = (server.processes[role].pid for role in ("web", "worker"))
    nicer = min(nice(web) + NICER_THAN_WEB, NICEST)
    wait_until(lambda: children_of(worker), "the fork server is there")
    assert {nice(pid) for pid in (worker, *children_of(worker))} == {nicer}
