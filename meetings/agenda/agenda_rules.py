"""Validation of the order of agenda items. Pure: no database, no clock, no request."""

from collections.abc import Sequence

from meetings.agenda.declares import AgendaOrderIncomplete


def reordered_positions(current: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    """The 1-based position of each item in the requested order.

    Raises AgendaOrderIncomplete unless the order has every current item exactly once.
    """
    if len(wanted) != len(set(wanted)) or set(wanted) != set(current):
        raise AgendaOrderIncomplete(
            missing=len(set(current) - set(wanted)), unknown=len(set(wanted) - set(current))
        )
    return {item_id: position for position, item_id in enumerate(wanted, start=1)}
