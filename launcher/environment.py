"""Set-up of Python: .venv with the packages of the requirements files."""

import importlib.util
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import pip_bootstrap, stamps
from launcher.places import PYTHON, ROOT, VENV
from launcher.steps import Outcome, must, run_step

RUNTIME = ROOT / "requirements.txt"
DEV = ROOT / "requirements-dev.txt"
NODE = ROOT / "requirements-node.txt"
REQUIREMENTS = (RUNTIME, DEV, NODE)
OTHER_CONTENT = re.compile(r"\bGot +[0-9a-f]{64}\b|Hash mismatch|DO NOT MATCH THE HASHES")
"""How pip and uv say that a file is not one of those whose hashes are listed."""


def is_ready(*, dev: bool) -> bool:
    """Whether .venv works and contains the packages (with `dev` also those of the tests)."""
    return _works() and (
        stamps.is_done("python-dev", stamps.digest([RUNTIME, DEV]))
        or (not dev and stamps.is_done("python", stamps.digest([RUNTIME])))
    )


def ensure(*, dev: bool) -> None:
    """Create .venv if missing or broken, and install the packages. Raises: Trouble."""
    if is_ready(dev=dev):
        return
    if not _works():
        _make()
    stamps.forget("python")
    stamps.forget("python-dev")
    install(DEV if dev else RUNTIME, "thư viện Python", "Python packages")
    stamps.mark_done("python", stamps.digest([RUNTIME]))
    if dev:
        stamps.mark_done("python-dev", stamps.digest([RUNTIME, DEV]))


def install(
    requirements: Path, vi: str, en: str, *, python: Path = PYTHON, options: Sequence[str] = ()
) -> None:
    """Install a requirements file, with uv if available, else pip.

    Every file that is installed has a hash that stands in the requirements file. Source archives
    are not taken: nothing checks the hashes of the tools that would build them. python: of the
    environment. options: others that uv and pip share. Raises: Trouble.
    """
    checks = ["--require-hashes", "--only-binary", ":all:"]
    wanted: list[object] = [*checks, *options, "--requirement", requirements]
    uv = shutil.which("uv")
    if uv is not None:
        words = [uv, "pip", "install", "--python", python, *wanted]
        outcome = run_step(words, f"Đang cài {vi} (uv)", f"installing {en}")
        if outcome.code == 0:
            return
        _refuse_other_content(outcome, requirements.name)
    if python == PYTHON and not (_site_packages() / "pip").is_dir():
        pip_bootstrap.give_pip(base_python())
    words = [python, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    outcome = run_step([*words, *wanted], f"Đang cài {vi}", f"installing {en}")
    _refuse_other_content(outcome, requirements.name)
    must(
        outcome,
        f"Không cài được {vi}: kiểm tra kết nối tới kho gói rồi chạy lại.",
        f"Could not install {en}: check the connection to the package index and run again.",
    )


def _refuse_other_content(outcome: Outcome, listed: str) -> None:
    """Say so if a package differs from its listed hash. Raises: StepFailed."""
    if any(OTHER_CONTENT.search(line) for line in outcome.errors):
        must(
            outcome,
            f"Một gói tải về khác mã băm SHA-256 ghi trong {listed} nên không được cài: kho gói đã"
            " đưa nội dung khác. Hãy dùng kho gói khác.",
            f"A package differs from its SHA-256 in {listed} and was not installed: the package"
            " index gave other content. Use another index.",
        )


def base_python() -> str:
    """The base Python of .venv, also when ./run was started in a virtual environment."""
    return getattr(sys, "_base_executable", None) or sys.executable


def _site_packages() -> Path:
    folders = sorted((VENV / "lib").glob("python3.*/site-packages"))
    return folders[-1] if folders else VENV / "lib"


def _works() -> bool:
    """Whether .venv's Python starts and has the version that the packages are installed for."""
    if not PYTHON.exists() or not (VENV / "pyvenv.cfg").is_file():
        return False
    words = [str(PYTHON), "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"]
    version = subprocess.run(words, capture_output=True, text=True, check=False)
    return version.returncode == 0 and version.stdout.strip() == _site_packages().parent.name


def _make() -> None:
    shutil.rmtree(VENV, ignore_errors=True)
    uv = shutil.which("uv")
    if uv is not None and _venv([uv, "venv", "--python", base_python(), VENV]).code == 0:
        return
    has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if has_ensurepip and _venv([base_python(), "-m", "venv", VENV]).code == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    must(
        _venv([base_python(), "-m", "venv", "--without-pip", VENV]),
        "Python này không tạo được môi trường riêng: cài gói python3-venv rồi chạy lại.",
        "This Python cannot make an environment: install the package python3-venv and run again.",
    )


def _venv(words: list[str | Path]) -> Outcome:
    return run_step(words, "Đang tạo môi trường Python (.venv)", "making the Python environment")
