"""Every verb of the program and what it does, read from the code.

A verb is a public function of a slice that opens a transaction. What it does is what it and
everything that it calls does: which actions it asks for and writes down, which events it tells.
"""

import ast
import importlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from core.db.room_events import Event
from tests.factories import ROOT

SLICES = ("accounts", "documents", "meetings", "audit")
Found = tuple[str, str]
"""A module and a name in it."""


@dataclass
class Verb:
    """What one verb does. `asks`: for which actions; `writes`: into the audit; `tells`: events."""

    module: str
    name: str
    asks: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    tells: set[str] = field(default_factory=set)

    @property
    def full_name(self) -> str:
        return f"{self.module}.{self.name}"


@dataclass
class Module:
    """A module's functions, and where its imported names come from."""

    name: str
    functions: dict[str, ast.FunctionDef]
    imported: dict[str, Found]


@lru_cache
def modules() -> dict[str, Module]:
    """Every module of the slices by its dotted name."""
    found = {}
    for file in (file for part in SLICES for file in sorted((ROOT / part).rglob("*.py"))):
        name = ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        tree = ast.parse(file.read_text())
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        imported = {
            alias.asname or alias.name: (node.module, alias.name)
            for node in tree.body
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        found[name] = Module(name, functions, imported)
    return found


@lru_cache
def found_verbs() -> dict[str, Verb]:
    """Every verb by its full name. Every test process names them all, to name its tests: what a
    verb does is read later, by `what_it_does`."""
    found = [
        Verb(module.name, name)
        for module in modules().values()
        for name, function in module.functions.items()
        if not name.startswith("_") and _opens_a_transaction(function)
    ]
    return {verb.full_name: verb for verb in found}


def _opens_a_transaction(function: ast.FunctionDef) -> bool:
    """By itself, or together with others (`core.transactions.group_commit`)."""
    return any(
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("transaction", "group_commit")
        for call in ast.walk(function)
    )


@lru_cache
def what_it_does(name: str) -> Verb:
    """A verb by its full name, with what it does."""
    verb = found_verbs()[name]
    waiting: list[Found] = [(verb.module, verb.name)]
    seen: set[Found] = set()
    while waiting:
        place = waiting.pop()
        module = modules().get(place[0])
        if place in seen or module is None or place[1] not in module.functions:
            continue
        seen.add(place)
        for node in ast.walk(module.functions[place[1]]):
            if isinstance(node, ast.Call):
                _note(verb, module, node)
            elif isinstance(node, ast.Name | ast.Attribute):
                named = _place(module, node)
                waiting += [named] if named else []
    return verb


def _note(verb: Verb, module: Module, call: ast.Call) -> None:
    """Take down an action that is asked for or written, or an event that is made."""
    function = ast.unparse(call.func)
    actions = {a for arg in call.args for a in _actions(module, arg)}
    if function.startswith("tx.audit"):
        verb.writes |= actions
    elif actions:
        verb.asks |= actions
    place = _place(module, call.func)
    kind = _thing(place) if place else None
    if isinstance(kind, type) and issubclass(kind, Event):
        verb.tells.add(kind.type)


def _actions(module: Module, argument: ast.expr) -> Iterator[str]:
    """`Action.X` and `declares.Action.X`, as the action's own name."""
    if isinstance(argument, ast.Attribute) and ast.unparse(argument.value).endswith("Action"):
        place = _place(module, argument.value)
        if place is not None:
            yield getattr(_thing(place), argument.attr).value


def _place(module: Module, expression: ast.expr) -> Found | None:
    """Where a called or named thing is defined, when that can be read off."""
    if isinstance(expression, ast.Name):
        return module.imported.get(expression.id, (module.name, expression.id))
    if isinstance(expression, ast.Attribute) and isinstance(expression.value, ast.Name):
        owner = module.imported.get(expression.value.id)
        return None if owner is None else (".".join(owner), expression.attr)
    return None


def _thing(place: Found) -> Any:
    """The object itself; None when the first part is no module of ours."""
    if place[0].split(".")[0] not in (*SLICES, "core"):
        return None
    try:
        return getattr(importlib.import_module(place[0]), place[1], None)
    except ModuleNotFoundError:
        return None
