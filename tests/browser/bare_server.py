"""A server over an empty data folder, as after the first start."""

import json
import subprocess
import sys
from pathlib import Path

from tests.factories import ROOT, Made
from tests.server.real_server import RealServer


class BareServer(RealServer):
    """`setup_path` is the link that its start shows."""

    setup_path: str

    @classmethod
    def started(cls, folder: Path) -> "BareServer":
        """Prepared in a folder, and running."""
        data = folder / "data"
        words = [sys.executable, "app.py", "prepare", "--data", str(data)]
        said = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        running = cls(Made(data, {}), folder / "server.log")
        running.setup_path = json.loads(said.strip().splitlines()[-1])["setup_path"]
        running.start()
        return running
