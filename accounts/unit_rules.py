"""What keeps units a tree. Pure."""

from collections.abc import Mapping

from accounts.declares import UnitInsideItself


def check_parent(parents: Mapping[str, str | None], unit_id: str, parent_id: str | None) -> None:
    """Raises UnitInsideItself when the new parent is the unit or lies within it.

    parents: the parent of every unit as it is now.
    """
    above = parent_id
    while above is not None:
        if above == unit_id:
            raise UnitInsideItself()
        above = parents.get(above)
