"""PATCH bodies as msgspec structs: fields that a client left out are UNSET and stay unchanged."""

from typing import Any

import msgspec


def given_fields(changes: msgspec.Struct) -> dict[str, Any]:
    """The fields that the client sent, in the order of the struct; an explicit null is kept."""
    values = ((name, getattr(changes, name)) for name in changes.__struct_fields__)
    return {name: value for name, value in values if value is not msgspec.UNSET}


def apply_patch(row: object, changes: msgspec.Struct) -> None:
    """Set each given field as the attribute of the same name."""
    for name, value in given_fields(changes).items():
        setattr(row, name, value)
