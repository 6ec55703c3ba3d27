"""What a failing disk kept from the witness files (`Tx.witness`)."""

from core.app_context import current_context
from core.errors import WitnessUnusable
from core.offload import run_native


def append_waiting() -> None:
    """Append the records that wait, before an answer that was committed with one of them is given.

    Raises: WitnessUnusable.
    """
    context = current_context()
    if not context.witness_files.waiting:
        return
    try:
        with context.database.lock.held():
            run_native(context.witness_files.append, ())
    except OSError as fault:
        raise WitnessUnusable() from fault
