"""Random requests, made by Schemathesis from an OpenAPI document, with ids of things that exist.

Of each operation: requests that fit the document, requests that do not, and requests that fit but
for one value that programs often fail on. The same seed gives the same requests.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from urllib.parse import quote, urlencode

import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.core.errors import InvalidSchema
from schemathesis.core.result import Ok, Result
from schemathesis.schemas import APIOperation

_WAYS = (
    (GenerationMode.POSITIVE, False),
    (GenerationMode.POSITIVE, True),
    (GenerationMode.NEGATIVE, False),
)
"""What Schemathesis makes, and whether one value of it is replaced by a hard one."""

Operation = APIOperation[Any, Any, Any, Any]
Ids = Mapping[str, list[str]]
"""Ids of things that exist, by the name of a parameter or of a field."""

HARD: list[Any] = [
    2**31,
    2**63,
    -(2**63) - 1,
    10**400,
    1e308,
    -1,
    0,
    True,
    None,
    [],
    {},
    [[]],
    "",
    " ",
    "\x00",
    "\ud800",
    "\u202e\u0301",
    "٣",
    "²",
    "%00",
    "../../etc/passwd",
    "' OR 1=1 --",
    "=1+1",
    "a" * 5_000,
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-11-24T09:00:60Z",
    "NaN",
    "9" * 5_000,
]
"""Values that are at a border of numbers, texts or times, or of a wrong type."""
HARD_HEADERS = (
    ("Range", "bytes=9-1"),
    ("Range", "bytes=-0,1-2,x"),
    ("If-None-Match", 'W/"a'),
    ("If-Modified-Since", "never"),
    ("Accept-Encoding", "gzip;q=x"),
    ("Accept-Language", "vi;q=abc,,;;=,zh"),
    ("Content-Type", "multipart/form-data"),
    ("Content-Type", "application/json; charset=utf-99"),
    ("Idempotency-Key", "x" * 500),
    ("X-Forwarded-Proto", "x"),
    ("X-Forwarded-Prefix", "//elsewhere"),
    ("Host", "a b"),
    ("Origin", "null"),
    ("Referer", "\xe1"),
)
"""Names and values of headers that few clients send."""
ODD = 0.2
"""The share of the requests with a hard value that have such a header too."""
REAL = 0.8
"""The share of ids that name a thing."""


@dataclass(frozen=True)
class Fuzzed:
    """One request. path: with its query, escaped. operation: method and path with its places."""

    operation: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None


def every_request(
    openapi: dict[str, Any],
    count: int,
    seed_number: int,
    ids: Callable[[], Ids],
    send: Callable[[Fuzzed], None],
    *,
    ways: int = len(_WAYS),
) -> int:
    """Make at least `count` requests, the same number of each operation, and pass each to `send`.

    ids: asked before each operation. ways: of how many of the three kinds each operation gets
    requests, in turn. Returns the number of requests.
    """
    known = schemathesis.openapi.from_dict(openapi)
    operations = [_right(found) for found in known.get_all_operations()]
    of_each = -(-count // (len(operations) * ways))
    chance, made = random.Random(seed_number), 0
    kinds = cycle(_WAYS)
    for operation in operations:
        for mode, hard in islice(kinds, ways):
            cases = _drawn(operation.as_strategy(generation_mode=mode), of_each, seed_number)
            things = ids()
            for case in cases:
                send(_fuzzed(case, things, chance, hard=hard))
            made += len(cases)
    return made


def _right(found: Result[Operation, InvalidSchema]) -> Operation:
    """An operation of the document. Raises: InvalidSchema."""
    if isinstance(found, Ok):
        return found.ok()
    raise found.err()


def _drawn(strategy: SearchStrategy[Case], count: int, seed_number: int) -> list[Case]:
    """So many cases, or fewer where there are no more different ones."""
    cases: list[Case] = []

    def keep(case: Case) -> None:
        cases.append(case)

    limits = settings(
        max_examples=count,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    seed(seed_number)(limits(given(strategy)(keep)))()
    return cases


def _fuzzed(case: Case, things: Ids, chance: random.Random, *, hard: bool) -> Fuzzed:
    for name in case.path_parameters:
        if name in things and chance.random() < REAL:
            case.path_parameters[name] = chance.choice(things[name])
    case.body = _with_ids(case.body, things, chance)
    sent = requests.Request(**case.as_transport_kwargs(base_url="http://127.0.0.1")).prepare()
    path, body = sent.path_url, sent.body
    if hard:
        path, body = _hardened(case, path, body, chance)
    headers = {name: str(value) for name, value in sent.headers.items() if _is_sendable(value)}
    headers.pop("Content-Length", None)
    if hard and chance.random() < ODD:
        headers.update([chance.choice(HARD_HEADERS)])
    content = body.encode() if isinstance(body, str) else body
    return Fuzzed(case.operation.label, str(sent.method), path, headers, content)


def _is_sendable(value: str | bytes) -> bool:
    text = value if isinstance(value, str) else value.decode("latin-1")
    return "\n" not in text and "\r" not in text and all(ord(letter) < 256 for letter in text)


def _with_ids(body: Any, things: Ids, chance: random.Random) -> Any:
    """The body with ids of things in the fields that are named so."""
    if isinstance(body, dict):
        return {
            key: _id_for(key, value, things, chance) or _with_ids(value, things, chance)
            for key, value in body.items()
        }
    return body


def _id_for(key: str, value: Any, things: Ids, chance: random.Random) -> Any:
    known = things.get(key) or things.get(key.removesuffix("s"))
    if not known or chance.random() > REAL:
        return None
    if isinstance(value, list):
        return chance.sample(known, chance.randint(0, len(known)))
    return chance.choice(known) if isinstance(value, str) else None


def _hardened(
    case: Case, path: str, body: Any, chance: random.Random
) -> tuple[str, str | bytes | None]:
    """One value of the body, of the query or of the path replaced by one of HARD."""
    value = chance.choice(HARD)
    if isinstance(case.body, dict) and case.body and case.media_type == "application/json":
        places = list(_places(case.body))
        *way, last = chance.choice(places)
        changed = json.loads(json.dumps(case.body))
        within = changed
        for step in way:
            within = within[step]
        within[last] = value
        return path, json.dumps(changed)
    text = value if isinstance(value, str) else json.dumps(value)
    safe = text.encode("utf-8", "surrogatepass")[:4_000]
    names = [one.name for one in case.operation.query]
    if names:
        before = path.partition("?")[0]
        return f"{before}?{urlencode({chance.choice(names): safe})}", body
    parts = path.split("/")
    if case.path_parameters:
        parts[chance.randrange(4, len(parts)) if len(parts) > 4 else -1] = quote(safe, safe="")
    return "/".join(parts), body


def _places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The ways to every value inside, of dicts and lists."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inner:
        yield (*way, key)
        if isinstance(one, dict | list):
            yield from _places(one, (*way, key))
