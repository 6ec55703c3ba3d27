"""What keeps units a tree, and their names on papers. Pure."""

import re
from collections.abc import Mapping

from accounts.declares import UnitInsideItself

_SPELLED_OUT = {
    "HĐND": "Hội đồng nhân dân",
    "UBND": "Ủy ban nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "TP": "thành phố",
}
_SHORT = re.compile(rf"(?<!\w)(?:TP\.|(?:{'|'.join(_SPELLED_OUT)})(?!\w))\s*")


def full_unit_name(name: str) -> str:
    """A unit's name without abbreviations: "HĐND xã Tân Phú" is "Hội đồng nhân dân xã Tân Phú"."""
    return _SHORT.sub(lambda found: _SPELLED_OUT[found[0].strip().rstrip(".")] + " ", name).strip()


def check_parent(parents: Mapping[str, str | None], unit_id: str, parent_id: str | None) -> None:
    """Raises UnitInsideItself when the new parent is the unit or lies within it.

    parents: the parent of every unit as it is now.
    """
    above = parent_id
    while above is not None:
        if above == unit_id:
            raise UnitInsideItself()
        above = parents.get(above)
