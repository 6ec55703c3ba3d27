"""docs/protocol.md says what the program does: made anew, it is the same."""

import ast
import subprocess
import sys
from difflib import unified_diff

import app  # noqa: F401 - everything that declares is imported
from core import errors
from core.db import room_events
from meetings.room.acks import ACKS
from meetings.room.packets import PACKETS
from tests.contract.app_facts import Facts, socket_events
from tests.contract.protocol_document import TARGET
from tests.factories import ROOT

SENDING = {"broadcast", "to_person", "to_sign_in", "to_socket", "emit"}


def test_the_document_is_up_to_date(tmp_path):
    words = [sys.executable, "-m", "tests.contract.protocol_document", str(tmp_path / "made.md")]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    kept, made = TARGET.read_text(), (tmp_path / "made.md").read_text()
    difference = "\n".join(unified_diff(kept.splitlines(), made.splitlines(), n=0))
    assert not difference, f"run python {' '.join(words[1:3])}:\n{difference[:3000]}"


def test_every_route_event_packet_and_code_is_in_it(facts: Facts):
    text = TARGET.read_text()
    names = [*errors.known, *room_events.known, *PACKETS, *facts.socket_events]
    names += list(facts.openapi["paths"])
    assert [name for name in names if f"`{name}`" not in text and f" {name}`" not in text] == []


def test_what_is_described_of_sockets_is_what_is_bound(facts: Facts):
    assert sorted(socket_events()) == facts.socket_events
    assert set(ACKS) <= set(facts.socket_events)


def test_everything_that_is_sent_is_described():
    sent = set()
    for package in ("core", "meetings"):
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and _name(node.func) in SENDING:
                    texts = [arg for arg in node.args if isinstance(arg, ast.Constant)]
                    sent |= {arg.value for arg in texts}
    assert sent == set(PACKETS)


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else ast.unparse(function)
