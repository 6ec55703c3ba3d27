"""The description of the API is complete, valid, and says what the server takes and answers."""

import ast
import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

import app  # noqa: F401 - everything that declares is imported
from core import errors
from core.http.openapi_paths import Operation
from tests.contract.app_facts import Facts
from tests.factories import ROOT

API = "/api/v1/"
SLICES = ("accounts", "documents", "meetings", "audit")
PARSED = {"parse": "body", "parse_as_sent": "body", "parse_query": "query"}
"""What a view parses with, and where its description names the same type."""


def path_of(rule: str) -> str:
    return Operation(rule, "GET", "", None).path  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def operations(facts: Facts) -> dict[tuple[str, str], dict[str, Any]]:
    """Every operation of the description, by method and path."""
    return {
        (method.upper(), path): operation
        for path, methods in facts.openapi["paths"].items()
        for method, operation in methods.items()
    }


def test_it_is_valid(facts: Facts):
    OpenAPIV31SpecValidator(facts.openapi).validate()


def test_every_route_is_in_it_and_nothing_else(facts: Facts, operations):
    routes = {(r.method, path_of(r.rule)) for r in facts.routes if r.rule.startswith(API)}
    assert set(operations) == routes


def test_every_operation_says_what_it_does(operations):
    summaries = {key: operation["summary"] for key, operation in operations.items()}
    assert all(text.endswith(".") and len(text) > 8 for text in summaries.values())
    assert len(set(summaries.values())) == len(summaries)


def test_what_changes_something_has_a_body_or_needs_none(operations):
    bodiless = {
        key for key, one in operations.items() if key[0] != "GET" and "requestBody" not in one
    }
    assert {key for key in bodiless if key[0] != "DELETE"} == {
        ("POST", f"{API}documents/{{document_id}}/publish"),
        ("POST", f"{API}polls/{{poll_id}}/remind"),
        ("POST", f"{API}polls/{{poll_id}}/close"),
        ("POST", f"{API}polls/{{poll_id}}/announce"),
        ("POST", f"{API}ballots/{{ballot_id}}/confirm"),
        ("POST", f"{API}session/passkeys/options"),
        ("POST", f"{API}session/second-factor"),
        ("POST", f"{API}session/second-factor/recovery-codes"),
    }


def test_every_success_has_a_shape(operations):
    for key, operation in operations.items():
        answers = [code for code in operation["responses"] if code.startswith("2")]
        # What only checks answers 200 in place of what it would do.
        checks = any(one["name"] == "check" for one in operation["parameters"])
        assert len(answers) == 1 + checks, key
        assert not checks or answers[1] == "200", key
        shown = operation["responses"][answers[0]]
        assert (answers[0] == "204") == ("content" not in shown), key


def test_every_type_explains_itself(facts: Facts):
    schemas = facts.openapi["components"]["schemas"]
    assert not [name for name, schema in schemas.items() if not schema.get("description")]


def test_every_refusal_in_it_is_of_the_closed_list(operations):
    named = {
        code.strip("`")
        for operation in operations.values()
        for status, answer in operation["responses"].items()
        if status.isdigit() and int(status) >= 400
        for code in answer["description"].split(", ")
    }
    assert named <= set(errors.known)


def test_it_is_json_for_every_client(facts: Facts):
    assert json.loads(msgspec.json.encode(facts.openapi)) == facts.openapi


def views() -> Iterator[tuple[str, ast.FunctionDef, ast.Call]]:
    """Every function with `@describes(…)`: where it stands, itself, and the description."""
    for file in (file for name in SLICES for file in (ROOT / name).rglob("*views.py")):
        nodes = ast.walk(ast.parse(file.read_text()))
        for node in (node for node in nodes if isinstance(node, ast.FunctionDef)):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "describes":
                    yield f"{file.parent.name}/{file.name}: {node.name}", node, mark


def test_a_view_parses_what_its_description_says():
    checked = 0
    for where, view, description in views():
        said = {part.arg: ast.unparse(part.value) for part in description.keywords}
        calls = [node for node in ast.walk(view) if isinstance(node, ast.Call)]
        parsed = {
            PARSED[ast.unparse(call.func)]: ast.unparse(call.args[0])
            for call in calls
            if ast.unparse(call.func) in PARSED
        }
        assert parsed == {name: said[name] for name in PARSED.values() if name in said}, where
        checked += 1
    assert checked > 40


def test_a_view_answers_with_the_status_of_its_description():
    for where, view, description in views():
        said = {part.arg: ast.unparse(part.value) for part in description.keywords}
        for call in ast.walk(view):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "act_with":
                assert ast.unparse(call.args[0]) == said.get("status"), where
