"""JSON Schemas of the types that the API takes and answers."""

from collections.abc import Iterable
from typing import Any

import msgspec

REFERENCE = "#/components/schemas/{name}"


class Shapes:
    """The schemas of some types, each named type once. `components`: by name.

    queries: types of query strings: what they refer to is named, they themselves are spread out.
    """

    def __init__(self, types: Iterable[Any], queries: Iterable[Any]) -> None:
        self._types = list(dict.fromkeys(types))
        spread = list(dict.fromkeys(queries))
        named = msgspec.json.schema_components([*self._types, *spread], ref_template=REFERENCE)
        # Defaults are given as Python has them: as JSON a tuple is a list, a member its value.
        schemas, components = msgspec.json.decode(msgspec.json.encode(named))
        self._schemas: dict[Any, dict[str, Any]] = dict(
            zip([*self._types, *spread], schemas, strict=True)
        )
        self.components: dict[str, Any] = components
        self._fields = {query: self.components.pop(self._name(query)) for query in spread}

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a type, as a reference where it has a name."""
        return self._schemas[kind]

    def parameters(self, query: Any) -> list[dict[str, Any]]:
        """The parameters of a query string."""
        fields = self._fields[query]
        required = set(fields.get("required", ()))
        return [
            {"name": name, "in": "query", "required": name in required, "schema": schema}
            for name, schema in fields["properties"].items()
        ]

    def _name(self, kind: Any) -> str:
        reference: str = self._schemas[kind]["$ref"]
        return reference.rpartition("/")[2]
