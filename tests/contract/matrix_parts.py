"""The parts of the matrix, one module for each feature that has its own."""

from collections.abc import Callable
from typing import Protocol

from tests.contract import (
    matrix_annotations,
    matrix_audit,
    matrix_guests,
    matrix_notes,
    matrix_votes,
)
from tests.contract.matrix_world import Body, Things, World


class Part(Protocol):
    """What such a module holds; see matrix_requests."""

    ROWS: str
    BODIES: dict[str, Callable[[World, str], Body]]
    THINGS: dict[str, Callable[[World, str], Things]]
    PARAMETERS: dict[str, Callable[[World], Things]]


PARTS: tuple[Part, ...] = (
    matrix_annotations,
    matrix_audit,
    matrix_guests,
    matrix_notes,
    matrix_votes,
)
