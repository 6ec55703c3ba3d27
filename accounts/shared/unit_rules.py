"""Rules of units: they form a tree; their names on official documents. Pure."""

import re
from collections.abc import Mapping

from accounts.shared.declares import UnitInsideItself

_SPELLED_OUT = {
    "HĐND": "Hội đồng nhân dân",
    "UBND": "Ủy ban nhân dân",
    "MTTQ": "Mặt trận Tổ quốc",
    "TP": "thành phố",
}
_SHORT = re.compile(rf"(?<!\w)(?:TP\.|(?:{'|'.join(_SPELLED_OUT)})(?!\w))\s*")


def full_unit_name(name: str) -> str:
    """Expand abbreviations: "HĐND xã Tân Phú" becomes "Hội đồng nhân dân xã Tân Phú"."""
    return _SHORT.sub(lambda found: _SPELLED_OUT[found[0].strip().rstrip(".")] + " ", name).strip()


def check_parent(parents: Mapping[str, str | None], unit_id: str, parent_id: str | None) -> None:
    """Raises UnitInsideItself when the new parent is the unit or one of its descendants.

    parents: the current parent of every unit.
    """
    above = parent_id
    while above is not None:
        if above == unit_id:
            raise UnitInsideItself()
        above = parents.get(above)
