"""Everything that a server can be asked: every route that it has, with every choice of queries."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from tests.contract.app_facts import Facts
from tests.contract.test_openapi import path_of
from tests.server.real_server import Person

Query = dict[str, str]
PLACE = re.compile(r"<(?:\w+:)?(\w+)>")


class Asker:
    """Asks as some person.

    things: what stands in the places of routes; words: what is asked for by the name of a query's
    field, and by the name "" where a field wants any text.
    """

    def __init__(self, facts: Facts, things: dict[str, str], words: dict[str, list[str]]) -> None:
        self._things, self._words = things, words
        self._paths = facts.openapi["paths"]
        self._schemas = facts.openapi["components"]["schemas"]
        self.rules = sorted(route.rule for route in facts.routes if route.method == "GET")

    def everything(self, person: Person, **words: str) -> Iterator[tuple[str, bytes]]:
        """Every answer that a person gets, by what was asked. words: of this person's queries."""
        own = {name: [word] for name, word in words.items()}
        for rule in self.rules:
            for query in self.queries(rule, own):
                yield self.ask(person, rule, query)

    def ask(self, person: Person, rule: str, query: Query) -> tuple[str, bytes]:
        """One answer, its head included where it is no file."""
        path = PLACE.sub(lambda place: self._things[place[1]], rule)
        url = f"{person.server.url}{path}"
        answer = person.get(url, params=query, allow_redirects=False)
        head = f"{answer.status_code} {dict(answer.headers)}\n".encode()
        packed = answer.content[:4] in (b"PK\x03\x04", b"%PDF")
        asked = " ".join([rule, *(f"{name}={value}" for name, value in query.items())])
        return asked, answer.content if packed else head + answer.content

    def queries(self, rule: str, own: dict[str, list[str]]) -> list[Query]:
        """Without a query, with each field, and every choice beside every other."""
        fields = self._paths.get(path_of(rule), {}).get("get", {}).get("parameters", ())
        fields = [one for one in fields if one["in"] == "query"]
        offered = {
            one["name"]: own.get(one["name"]) or self._values(one["name"], one["schema"])
            for one in fields
        }
        base = {one["name"]: offered[one["name"]][0] for one in fields if one.get("required")}
        choices = {name: values for name, values in offered.items() if len(values) > 1}
        found = [base]
        found += [{**base, name: v[0]} for name, v in offered.items() if v and name not in choices]
        for chosen in product(*choices.values()):
            found.append({**base, **dict(zip(choices, chosen, strict=True))})
        return [query for place, query in enumerate(found) if query not in found[:place]]

    def _values(self, name: str, schema: dict[str, Any]) -> list[str]:
        if name in self._words:
            return self._words[name]
        for shape in schema.get("anyOf", [schema]):
            whole = self._schemas[shape["$ref"].rpartition("/")[2]] if "$ref" in shape else shape
            if "enum" in whole:
                return [str(value) for value in whole["enum"]]
            if whole.get("type") == "boolean":
                return ["false", "true"]
            if whole.get("type") == "integer":
                return ["1"]
        return self._words[""]
