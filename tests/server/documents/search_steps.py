"""Searches in tests."""

from typing import Any

from tests.server.real_server import Person, wait_until


def search(person: Person, path: str, query: str) -> list[dict[str, Any]]:
    """The pages that are found."""
    answer = person.get(path, params={"q": query})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def found_soon(person: Person, path: str, query: str) -> list[dict[str, Any]]:
    """The pages that are found, once there is one."""
    wait_until(lambda: bool(search(person, path, query)), f"{query} is found", 10)
    return search(person, path, query)
