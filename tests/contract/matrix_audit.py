"""The rows of the audit: for administrators alone."""

from collections.abc import Callable

from tests.contract.matrix_world import Body, Things, World

ROWS = """
GET /audit                                                            ss xxx xx+
GET /api/v1/audit                                                     ss xxx xx+
GET /api/v1/audit of one account                                      ss xxx xx+
GET /api/v1/audit/days                                                ss xxx xx+
GET /api/v1/audit.csv                                                 ss xxx xx+
GET /api/v1/audit.jsonl                                               ss xxx xx+
POST /api/v1/audit/prune                                              ss xxx xx+
"""

BODIES: dict[str, Callable[[World, str], Body]] = {
    "POST /api/v1/audit/prune": lambda w, kind: {"before": "2020-01-01"},
}
"""See matrix_requests."""

PARAMETERS: dict[str, Callable[[World], Things]] = {
    "GET /api/v1/audit of one account": lambda w: {"user_id": w.admin.id},
}

THINGS: dict[str, Callable[[World, str], Things]] = {}

UNASKED = {"audit.sealing.seal_ended_days": "the server does it; nobody can ask for it"}
"""Verbs that ask for no permission, and why; see test_declarations."""

_NOBODY_SEES = "no room shows the audit"
SILENT = dict.fromkeys(
    ("audit.export.export_entries", "audit.sealing.seal_ended_days"), _NOBODY_SEES
)
"""Verbs that publish no event, and why."""

UNWRITTEN = {"audit.sealing.seal_ended_days": "the seal is a signed row, and a witness has it"}
"""Verbs that leave no audit entry, and why."""
