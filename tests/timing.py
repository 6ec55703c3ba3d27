"""What each part of a run costs: processor seconds of a module and of all processes it started.

A pytest plugin. A table stands before pytest's last line, so that it is seen what grew;
`--cost-table FILE` writes every module as tab-separated values. Source of the figures: utime, stime
and those of collected children in /proc/PID/stat (proc(5)), summed over the descendants.
"""

import os
import time
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

TICKS = os.sysconf("SC_CLK_TCK")
_FIRST_TIME, _LAST_TIME = 11, 15
"""Places of utime, stime, cutime and cstime after the name of the command."""
_PARENT = 1
SHOWN = 12
"""Modules named in the table."""


def processor_seconds(pid: int) -> float:
    """Used so far by a process, its descendants that live, and those that were waited for."""
    used: dict[int, int] = {}
    children: defaultdict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_bytes().rpartition(b")")[2].split()
        except OSError:  # ended meanwhile: its parent's figures hold its time
            continue
        used[int(folder.name)] = sum(map(int, fields[_FIRST_TIME:_LAST_TIME]))
        children[int(fields[_PARENT])].append(int(folder.name))
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        total += used.get(one, 0)
        waiting += children[one]
    return total / TICKS


@dataclass
class Cost:
    """Of one module: how many tests ran, seconds of processor time, seconds that went by."""

    module: str
    tests: int
    processor: float
    elapsed: float


class Timing:
    """Measures in each test process; the process that reports adds up what the others send."""

    def __init__(self, table: Path | None) -> None:
        self._table = table
        self._began = time.monotonic()
        self._module = ""
        self._tests = 0
        self._start = (0.0, 0.0)
        self._used = 0.0
        self.costs: list[Cost] = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Fixtures of the module are set up and torn down inside this."""
        module = _module(item)
        if module != self._module:
            self._module, self._tests = module, 0
            self._start = (processor_seconds(os.getpid()), time.monotonic())
        self._tests += 1
        answer = yield
        if _is_last(item, nextitem):
            # A browser or server that ends with the module takes its figures along.
            processor = max(self._used, processor_seconds(os.getpid())) - self._start[0]
            elapsed = time.monotonic() - self._start[1]
            self.costs.append(Cost(module, self._tests, processor, elapsed))
            self._module = ""
        return answer

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, item: pytest.Item, nextitem: pytest.Item | None) -> None:
        """Take the figures before fixtures end processes."""
        if _is_last(item, nextitem):
            self._used = processor_seconds(os.getpid())

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Send what was measured to the process that reports, if this is not that one."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["costs"] = [vars(cost) for cost in self.costs]

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take what a test process sent."""
        self.costs += [Cost(**cost) for cost in getattr(node, "workeroutput", {}).get("costs", ())]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say what each part cost."""
        if self._table is not None:
            rows = sorted(self.costs, key=lambda cost: -cost.processor)
            self._table.write_text("".join(map(_row, rows)), encoding="utf-8")
        if sum(cost.elapsed for cost in self.costs) < 1:
            return
        terminalreporter.section("what each part cost, in seconds of processor time")
        terminalreporter.write_line(f"{time.monotonic() - self._began:7.0f}  went by in all")
        for name, seconds in parts(self.costs):
            terminalreporter.write_line(f"{seconds:7.0f}  {name}")


def parts(costs: list[Cost]) -> list[tuple[str, float]]:
    """The sum, each folder of tests, then the dearest modules; the dearest first."""
    folders: defaultdict[str, float] = defaultdict(float)
    for cost in costs:
        folders[str(Path(cost.module).parent)] += cost.processor
    by_folder = sorted(folders.items(), key=lambda part: -part[1])
    dearest = sorted(costs, key=lambda cost: -cost.processor)[:SHOWN]
    modules = [(f"{cost.module} ({cost.tests})", cost.processor) for cost in dearest]
    return [("all tests", sum(folders.values())), *by_folder, *modules]


def _module(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _is_last(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Whether the module ends with this test."""
    return nextitem is None or _module(nextitem) != _module(item)


def _row(cost: Cost) -> str:
    return f"{cost.module}\t{cost.tests}\t{cost.processor:.1f}\t{cost.elapsed:.1f}\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cost-table", type=Path, help="write the cost of each module to this file")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Timing(config.getoption("--cost-table")), "timing")
