"""What the kernel of this machine enforces on render children: for the worker and `./run doctor`.

`python -m documents.rendering.confinement_report` prints it as JSON.
"""

import sys

import msgspec

from documents.render_protocol import Confined, ReportConfinement
from documents.rendering.children import ChildDied, RenderChild
from documents.rendering.fork_client import TIMEOUT, fork_server


def report_confinement() -> Confined:
    """Ask a render child that opens no document. Raises: OSError, ChildDied."""
    child = RenderChild()
    try:
        reply = child.ask(ReportConfinement(), TIMEOUT)
    finally:
        child.close()
    if not isinstance(reply, Confined):
        raise ChildDied(heavy=False, final=False, detail=f"not confined: {reply}")
    return reply


if __name__ == "__main__":
    try:
        sys.stdout.write(msgspec.json.encode(report_confinement()).decode())
    finally:
        fork_server.close()
