"""Paths: the program's folder, its virtual environment, and the data folders."""

import os
import stat
import tempfile
from pathlib import Path

from launcher.messages import Trouble, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
NODE_MODULES = ROOT / "node_modules"
DIST = ROOT / "static" / "dist"
TRANSLATIONS = ROOT / "translations"
DATABASE = "dienhong.sqlite3"
DEMO_ACCOUNTS = "demo-accounts.csv"


def is_writable(folder: Path) -> bool:
    """Whether files can be created in a folder (False on a read-only mount, also for root)."""
    effective = os.access in os.supports_effective_ids
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=effective)


def default_data(name: str, root: Path = ROOT) -> Path:
    """The default data folder: in the program's folder if writable, else in the user's folder."""
    beside = root / name
    if is_writable(beside) if beside.exists() else is_writable(root):
        return beside
    home = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "dienhong" / name


def ready_data(folder: Path) -> Path:
    """Create the data folder and check that it is writable.

    Returns it as an absolute path. Raises: Trouble.
    """
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
        _close_to_others(folder)
    except OSError as error:
        raise Trouble(
            f"Không ghi được vào {folder} ({error.strerror}): chọn thư mục khác bằng --data.",
            f"Cannot write to {folder} ({error.strerror}): choose another folder with --data.",
        ) from error
    return folder


def _close_to_others(folder: Path) -> None:
    """Take the rights of others from a data folder of ours; not from a folder with other things.

    Raises: OSError.
    """
    is_ours = (folder / DATABASE).exists() or not any(folder.iterdir())
    if is_ours and stat.S_IMODE(folder.stat().st_mode) & 0o077:
        folder.chmod(0o700)
        say(
            f"Thư mục dữ liệu {folder} mở cho người khác: đã đóng lại.",
            f"The data folder {folder} was open to others: it is closed now.",
        )


def check_is_demo(folder: Path) -> None:
    """Raises Trouble for real data: in a demo everybody may take every seat."""
    if (folder / DATABASE).exists() and not (folder / DEMO_ACCOUNTS).exists():
        raise Trouble(
            f"{folder} chứa dữ liệu thật, không chạy thử ở đó: chọn thư mục khác bằng --data.",
            f"{folder} holds real data, not a demo: choose another folder with --data.",
        )


def authority_in(data: Path) -> Path | None:
    """The CA certificate of a data folder; None: the server uses plain HTTP.

    The paths are those of `core.server.tls`, which is not imported here.
    """
    folder = data / "tls"
    return folder / "ca.crt" if (folder / "server.pem").is_file() else None


def require_writable_root() -> None:
    """Check that set-up can write. Raises: Trouble, when the program's folder is read-only."""
    if not is_writable(ROOT):
        raise Trouble(
            f"Thư mục {ROOT} chỉ đọc, chưa cài: người có quyền ghi chạy ./run demo một lần.",
            f"The folder {ROOT} is read-only and not set up: run ./run demo as who may write it.",
        )
