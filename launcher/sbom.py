"""./run doctor --sbom: the software bill of materials of this installation, as CycloneDX JSON."""

import subprocess
import sys
from pathlib import Path

from launcher import set_up
from launcher.messages import Trouble, say
from launcher.places import PYTHON, ROOT

STDOUT = Path("-")


def write(to: Path) -> int:
    """Write the document to a file, or to standard output for `STDOUT`. Raises: Trouble."""
    if not set_up.is_ready(dev=False):
        raise Trouble(
            "Chưa cài đặt nên chưa có gì để liệt kê: chạy ./run demo hay ./run serve trước.",
            "Not set up, so there is nothing to list: run ./run demo or ./run serve first.",
        )
    document = _document()
    if to == STDOUT:
        sys.stdout.buffer.write(document)
        sys.stdout.flush()
        return 0
    to = to.expanduser().absolute()
    try:
        to.write_bytes(document)
    except OSError as error:
        raise Trouble(
            f"Không ghi được {to} ({error.strerror}): chọn tệp khác.",
            f"Cannot write {to} ({error.strerror}): choose another file.",
        ) from error
    say(f"Đã ghi danh mục phần mềm (SBOM) vào {to}", "wrote the software bill of materials")
    return 0


def _document() -> bytes:
    """From a process that sees the installed packages. Raises: Trouble."""
    words = [str(PYTHON), "-m", "launcher.sbom_document"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise Trouble("Không liệt kê được các gói đã cài", f"cannot list the packages: {said}")
    return done.stdout
