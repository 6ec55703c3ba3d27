"""JSON Schemas in few words, for tables that people read."""

from collections.abc import Sequence
from typing import Any

Schema = dict[str, Any]
SIMPLE = {"string": "text", "boolean": "true/false", "number": "number", "integer": "whole number"}


def words(schema: Schema) -> str:
    """A schema as one short phrase; named types are links to their own heading."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{anchor(name)})"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(words(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " or ".join("null" if value is None else f"`{value}`" for value in schema["enum"])
    kind = schema.get("type")
    if kind == "array":
        return _list(schema)
    if kind == "object":
        return "object"
    if kind == "null":
        return "null"
    if schema.get("format") == "date-time":
        return "time"
    return f"{SIMPLE.get(kind or '', 'anything')}{_limits(schema)}"


def _list(schema: Schema) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(words(one) for one in schema['prefixItems'])}]"
    return f"list of {words(schema.get('items', {}))}"


def _limits(schema: Schema) -> str:
    least = schema.get("minimum", schema.get("minLength"))
    most = schema.get("maximum", schema.get("maxLength"))
    unit = " characters" if "maxLength" in schema or "minLength" in schema else ""
    if least is None and most is None:
        return ""
    if most is None:
        return f" (at least {least}{unit})"
    return f" ({'up to' if least is None else f'{least} to'} {most}{unit})"


def fields(schema: Schema) -> list[tuple[str, str]]:
    """Each field's name (with ? where it may be missing) and its words."""
    required = set(schema.get("required", ()))
    return [
        (f"`{name}{'' if name in required else '?'}`", words(one))
        for name, one in schema.get("properties", {}).items()
    ]


def anchor(heading: str) -> str:
    """The address of a heading."""
    kept = "".join(char for char in heading.lower() if char.isalnum() or char in "-_ ")
    return kept.replace(" ", "-")


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '∣') for cell in line)} |" for line in lines)
