"""Line numbers of fields in the text of a pack. Pure.

Best effort: the TOML parser decides validity but reports fields without lines.
"""

import re
from collections import Counter

_TABLE = re.compile(r"\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?")
_ENTRY = re.compile(r"""\s*([\w.\-"']+?)\s*=""")
_LONG_TEXTS = ('"""', "'''")


def line_of(text: str, field: str) -> int | None:
    """The line of a field, or of its nearest enclosing entry in the text."""
    lines = places(text)
    while field:
        if field in lines or f"{field}[0]" in lines:
            return lines.get(field, lines.get(f"{field}[0]"))
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return None


def line_with(text: str, word: str) -> int | None:
    """The first line that contains a word as a whole, ignoring comments."""
    alone = re.compile(rf"(?<![\w.]){re.escape(word)}(?![\w.])")
    for number, line in enumerate(text.split("\n"), start=1):
        if alone.search(line.partition("#")[0]):
            return number
    return None


def places(text: str) -> dict[str, int]:
    """The line of every table and entry by its path, as in refusals: "rules[0].title.vi"."""
    found: dict[str, int] = {}
    lists: Counter[str] = Counter()
    table, open_text = "", ""
    for number, line in enumerate(text.split("\n"), start=1):
        if open_text:
            open_text = "" if open_text in line else open_text
            continue
        head, entry = _TABLE.fullmatch(line.rstrip("\r")), _ENTRY.match(line)
        if head:
            table = _path(head[2], lists, listed=head[1] == "[[")
            found.setdefault(table, number)
        elif entry:
            found.setdefault(".".join(part for part in (table, _bare(entry[1])) if part), number)
        open_text = next((mark for mark in _LONG_TEXTS if line.count(mark) % 2), "")
    return found


def _path(name: str, lists: Counter[str], *, listed: bool) -> str:
    """The path of a table. `lists`: number of tables of each list so far; it is updated."""
    first, _, rest = _bare(name).partition(".")
    if listed and not rest:
        lists[first] += 1
    if lists[first]:
        first = f"{first}[{lists[first] - 1}]"
    return f"{first}.{rest}" if rest else first


def _bare(name: str) -> str:
    return re.sub(r"[\s\"']", "", name)
