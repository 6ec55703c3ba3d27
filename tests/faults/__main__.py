"""./run test --faults [NAME...]: put each fault into a copy of the checkout; its tests must fail.

Without names, all patches of this folder. The named tests first run once in a copy without a fault:
a test that fails there as well has found nothing. The exit code is 0 when every fault was found.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from launcher import frontend
from launcher.places import NODE_MODULES, ROOT, VENV
from tests.faults.patches import InvalidPatch, Patch, read_patches

TIMEOUT_S = 300
TESTS_FAILED = 1
"""pytest's exit code for it; others say that the tests did not run."""
BUILT_FROM = ("static/", "translations/")
NOT_COPIED = shutil.ignore_patterns(".hypothesis", "artifacts")
_SUMMARY = "short test summary info"
_FAILED = re.compile(r"^(?:FAILED|ERROR) (tests/.+?)(?: - .*)?$", re.MULTILINE)


class DidNotRun(Exception):
    """A build or a test run that ended in another way than by passing or failing."""


def main(names: Sequence[str]) -> int:
    """Print a line for each fault. Returns the exit code."""
    try:
        patches = _chosen(names)
    except InvalidPatch as error:
        print(error)
        return 2
    with tempfile.TemporaryDirectory(prefix="dienhong-faults-") as folder:
        clean = Path(folder, "clean")
        try:
            _copy_checkout(clean)
            _build(clean)
            failing = _failing_anyway(clean, patches)
        except DidNotRun as error:
            print(error)
            return 2
        found = [_is_found(patch, clean, failing) for patch in patches]
    print(f"{sum(found)} of {len(found)} faults found", flush=True)
    return 0 if all(found) else 1


def _chosen(names: Sequence[str]) -> list[Patch]:
    """The patches with these names, default all. Raises: InvalidPatch."""
    patches = read_patches()
    if unknown := set(names) - {patch.name for patch in patches}:
        raise InvalidPatch(f"no such fault: {' '.join(sorted(unknown))}")
    return [patch for patch in patches if not names or patch.name in names]


def _copy_checkout(target: Path) -> None:
    """The files that git tracks or would add, as they are on disk. Raises: DidNotRun."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in _call(listing, ROOT).split("\0"):
        if name and (ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target / name)
    for packages in (VENV, NODE_MODULES):
        (target / packages.name).symlink_to(packages)


def _build(copy: Path) -> None:
    """Build the front end and the catalogues. Raises: DidNotRun.

    The launcher's set-up cannot do it: its stamps are in .venv, which the checkout uses as well.
    """
    node = frontend.system_node() or frontend.packaged_node()
    assert node is not None, "./run test installs it"
    _call([str(node.node), "static/build.mjs"], copy, node.environ())
    _call([_python(copy), "-m", "launcher.compile_translations", "translations"], copy)


def _call(words: Sequence[str], folder: Path, env: dict[str, str] | None = None) -> str:
    """Run a command in a folder; what it printed. Raises: DidNotRun."""
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise DidNotRun(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def _failing_anyway(clean: Path, patches: Sequence[Patch]) -> set[str]:
    """The named tests that fail without any fault. Raises: DidNotRun."""
    began = time.monotonic()
    tests = dict.fromkeys(test for patch in patches for test in patch.tests)
    failing = _failed_tests(clean, tests, TIMEOUT_S * len(patches))
    _report("(no fault)", began, " ".join(["fails:", *failing]) if failing else "all tests pass")
    return set(failing)


def _is_found(patch: Patch, clean: Path, failing: set[str]) -> bool:
    """Put the fault into a copy of its own, run its tests, print the outcome."""
    began = time.monotonic()
    copy = clean.with_name(patch.name)
    shutil.copytree(clean, copy, symlinks=True, ignore=NOT_COPIED)
    found, outcome = False, "NOT FOUND"
    try:
        patch.apply(copy)
        if any(hunk.path.startswith(BUILT_FROM) for hunk in patch.hunks):
            _build(copy)
        for test in _failed_tests(copy, ["-x", *patch.tests], TIMEOUT_S)[:1]:
            found = test not in failing
            outcome = test if found else f"NOT FOUND: {test} fails without it as well"
    except (InvalidPatch, DidNotRun) as error:
        outcome = f"NOT FOUND: {error}"
    finally:
        shutil.rmtree(copy)
    _report(patch.name, began, outcome)
    return found


def _report(name: str, began: float, outcome: str) -> None:
    print(f"{name:<26} {time.monotonic() - began:5.1f} s  {outcome}", flush=True)


def _failed_tests(copy: Path, words: Iterable[str], timeout: float) -> list[str]:
    """Run pytest in a copy; the node ids of the tests that failed. Raises: DidNotRun."""
    options = ["-q", "-p", "no:cacheprovider", "--color=no"]
    process = subprocess.Popen(
        [_python(copy), "-m", "pytest", *options, *words],
        cwd=copy,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        raise DidNotRun(f"the tests took more than {timeout} seconds") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    failed = _FAILED.findall(output.partition(_SUMMARY)[2])
    # A module that cannot be imported is an error of the patch, not a fault that a test finds.
    if process.returncode not in (0, TESTS_FAILED) or any("::" not in test for test in failed):
        raise DidNotRun(f"pytest ended with {process.returncode}\n{output[-3000:]}")
    return failed


def _python(copy: Path) -> str:
    return str(copy / VENV.name / "bin" / "python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
