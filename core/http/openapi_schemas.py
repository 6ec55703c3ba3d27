"""JSON Schemas of the types in the API's requests and responses."""

from collections.abc import Iterable
from typing import Any

import msgspec

REFERENCE = "#/components/schemas/{name}"


class Shapes:
    """The schemas of a set of types, each named type once. `components`: schemas by name.

    queries: types of query strings; they are expanded to parameters and not components themselves.
    """

    def __init__(self, types: Iterable[Any], queries: Iterable[Any]) -> None:
        self._types = list(dict.fromkeys(types))
        spread = list(dict.fromkeys(queries))
        named = msgspec.json.schema_components([*self._types, *spread], ref_template=REFERENCE)
        # Defaults are Python values; encoding makes a tuple a list, an enum member its value.
        schemas, components = msgspec.json.decode(msgspec.json.encode(named))
        self._schemas: dict[Any, dict[str, Any]] = dict(
            zip([*self._types, *spread], schemas, strict=True)
        )
        self.components: dict[str, Any] = components
        self._fields = {query: self.components.pop(self._name(query)) for query in spread}

    def of(self, kind: Any) -> dict[str, Any]:
        """Return the schema of a type, as a reference where it has a name."""
        return self._schemas[kind]

    def parameters(self, query: Any) -> list[dict[str, Any]]:
        """Return the OpenAPI parameters of a query string."""
        fields = self._fields[query]
        required = set(fields.get("required", ()))
        return [
            {"name": name, "in": "query", "required": name in required, "schema": schema}
            for name, schema in fields["properties"].items()
        ]

    def _name(self, kind: Any) -> str:
        reference: str = self._schemas[kind]["$ref"]
        return reference.rpartition("/")[2]
