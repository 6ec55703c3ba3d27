"""The program's log: one JSON object a line, whatever a client sent, with the time in UTC."""

import json
import subprocess
import sys
from datetime import UTC, datetime

from core.paths import ROOT

PROGRAM = """
import structlog
from core import logs
from core.transactions.transaction import request_id
logs.set_up("web")
request_id.set("abc123")
structlog.get_logger().warning("packet_refused", why='x\\n{"event": "forged"}\\x1b[2J\\r"')
structlog.get_logger().debug("not at this level")
"""


def test_a_line_is_one_event_with_when_where_and_which_request():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "\x1b" not in line
    entry = json.loads(line)
    assert entry["why"] == 'x\n{"event": "forged"}\x1b[2J\r"'
    facts = {name: entry[name] for name in ("event", "level", "process", "request_id")}
    assert facts == {
        "event": "packet_refused", "level": "warning", "process": "web", "request_id": "abc123"
    }  # fmt: skip
    assert entry["timestamp"].endswith("Z")
    age = datetime.now(UTC) - datetime.fromisoformat(entry["timestamp"])
    assert abs(age.total_seconds()) < 60
