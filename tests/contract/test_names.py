"""Identifiers are terms of the field: words that only this project used are refused.

docs/glossary.md has the terms. Names of the wire, of tables and of stored records do not change.
"""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from core.config import read_config
from core.storage import Storage
from meetings.voting.vote_log import signing_keys
from tests.factories import ROOT

# fmt: off
RETIRED = frozenset((
    "bell", "bells", "breathe", "chairing", "desk", "desks", "door", "doors", "easel",
    "errand", "errands", "glance", "glass", "hall", "hand", "house", "keeper", "ladder",
    "lane", "lanes", "lettering", "lifeline", "patience", "rung", "shelf", "shelves",
    "surround", "telling", "tray", "unhurried", "whisper", "widen", "zygote",
))
# fmt: on
SOURCES = (
    *("accounts", "app.py", "backup", "bench", "core", "demo", "documents", "launcher", "meetings"),
    *("static/js", "tests", "verifier"),
)
KEPT = {
    "Shelf": "a schema of the wire",
    "shelf": "a field of events",
    "shelf_kind": "a column",
    "shelf_id": "a column",
    "HALL": "the room of the demonstration",
    "Hall": "the room of the demonstration",
    "hall": "the room of the demonstration",
}
_PARTS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_JS_IDENTIFIER = re.compile(r"(?<![\w$.-])[A-Za-z_$][\w$]*|(?<=\.)[A-Za-z_$][\w$]*")
_JS_NO_CODE = re.compile(r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'""", re.S)


def words_of(identifier: str) -> list[str]:
    """The words of an identifier, split at underscores and capitals, in small letters."""
    return [part.lower() for part in _PARTS.findall(identifier)]


def retired_in(identifier: str) -> frozenset[str]:
    """Its retired words. "By hand" is a term: of ballots and counts that people enter."""
    words = " ".join(words_of(identifier)).replace("by hand", "")
    return RETIRED & set(words.split())


def python_identifiers(source: str) -> Iterator[str]:
    """Every name that a Python module binds or uses, and the names of its attributes."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=str(name)) | ast.arg(arg=str(name)) | ast.Attribute(attr=str(name)):
                yield name
            case ast.FunctionDef(name=str(name)) | ast.ClassDef(name=str(name)):
                yield name
            case ast.alias(name=str(name)):
                yield from name.split(".")


def script_identifiers(source: str) -> Iterator[str]:
    """Every identifier of a JavaScript module, without comments, strings and markup."""
    code = _JS_NO_CODE.sub(" ", source)
    code = _expressions(code)
    yield from _JS_IDENTIFIER.findall(code)


def _expressions(code: str) -> str:
    """The code without the text of templates; what stands in `${…}` stays."""
    out: list[str] = []
    depth: list[str] = []
    at = 0
    while at < len(code):
        if depth and depth[-1] == "`":
            if code[at] == "`":
                depth.pop()
            elif code.startswith("${", at):
                depth.append("{")
                at += 1
            at += 1
            continue
        letter = code[at]
        if letter == "`":
            depth.append("`")
        elif letter == "{" and depth:
            depth.append("{")
        elif letter == "}" and depth:
            depth.pop()
        out.append(letter if letter != "`" else " ")
        at += 1
    return "".join(out)


def test_no_identifier_has_a_retired_word():
    listed = subprocess.run(
        ["git", "ls-files", *SOURCES], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    reading = {".py": python_identifiers, ".js": script_identifiers}
    found = set()
    for name in listed:
        read = reading.get(f".{name.rpartition('.')[2]}")
        if read is None:
            continue
        found |= {
            f"{name}: {identifier}"
            for identifier in set(read((ROOT / name).read_text()))
            if retired_in(identifier) and identifier not in KEPT
        }
        found |= {
            f"{name}: its own name"
            for _ in retired_in(name)
            if not name.startswith(("demo/", "static/js/demo/"))
        }
    assert not found, "\n".join(sorted(found))


def test_words_are_split_at_underscores_and_capitals():
    assert words_of("PageDeskQueue_for_tray2") == ["page", "desk", "queue", "for", "tray", "2"]
    assert words_of("HTTPDoor") == ["http", "door"]
    assert retired_in("countedByHand") == set()
    assert retired_in("handOver") == {"hand"}


def test_identifiers_of_a_script_are_those_of_its_code():
    source = 'const a = `desk ${tray.b} x`; // hall\nf("door");'
    assert set(script_identifiers(source)) == {"const", "a", "tray", "b", "f"}


def test_names_of_what_a_browser_stores_stay():
    scripts = [script.read_text() for script in (ROOT / "static" / "js").rglob("*.js")]
    found = {name for text in scripts for name in re.findall(r"`(dienhong:\$\{[^`]*)`", text)}
    assert found == {
        'dienhong:${root}:${boot.user?.id ?? "-"}:${name}',
        "dienhong:${root}:${userId}:ballots",
        "dienhong:${root}:${userId}:ink",
        "dienhong:${root}:${userId}:ink-papers",
        "dienhong:${root}:${userId}:pages",
        "dienhong:${root}:rooms",
        "dienhong:${root}:shell:",
        "dienhong:${root}:sign-out-owed",
        "dienhong:${root}:vote-log",
        "dienhong:${shell.root}:shell:",
    }


def test_names_in_a_data_folder_stay(tmp_path: Path):
    config = read_config(tmp_path, env={})
    storage = Storage(config.data)
    name = "ab" * 32
    paths = [
        Path(config.database_url.removeprefix("sqlite:///")),
        config.data / signing_keys.FOLDER / signing_keys.IN_FORCE,
        storage.original(name),
        storage.pages(name),
        *tmp_path.iterdir(),
    ]
    assert {str(path.relative_to(tmp_path)) for path in paths} == {
        "conversions",
        "dienhong.sqlite3",
        "exports",
        "incoming",
        "keys/vote-log.key",
        "pages",
        f"pages/ab/{name}",
        "papers",
        f"papers/ab/{name}",
        "secret.key",
        "tiles",
    }
