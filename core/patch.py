"""PATCH bodies as msgspec structs: fields that the client omitted are UNSET and not changed."""

from typing import Any

import msgspec


def given_fields(changes: msgspec.Struct) -> dict[str, Any]:
    """Return the fields that the client sent, in struct order; an explicit null is included."""
    values = ((name, getattr(changes, name)) for name in changes.__struct_fields__)
    return {name: value for name, value in values if value is not msgspec.UNSET}


def apply_patch(row: object, changes: msgspec.Struct) -> None:
    """Set each given field as the attribute of the same name."""
    for name, value in given_fields(changes).items():
        setattr(row, name, value)
