"""Which catalogue keys the program uses, found in its own text.

A use is a literal key; or a text with holes (`error.${code}`, f"status.{name}"), which uses every
key whose filled-in parts stand as literals somewhere.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.pofile import read_po

from core.i18n import DOMAINS
from tests.factories import ROOT

AREAS = DOMAINS
SOURCES = {
    ".py": ("core", "accounts", "documents", "meetings", "audit", "backup", "demo"),
    ".js": ("static/js",),
    ".html": ("templates",),
    # Kinds of meetings are named by the rule packs that serve them.
    ".toml": ("meetings",),
}
KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_-]+)+")
QUOTED = re.compile(rf"""["'`]({KEY.pattern})(?=["'`])""")
HOLE = re.compile(r"\$?\{[^{}]*\}|%[ds]")
HOLED = re.compile(rf"""["'`]([a-z0-9_.-]*(?:(?:{HOLE.pattern})[a-z0-9_.-]*)+)(?=["'`])""")
BEGINNING = re.compile(r"""'([a-z0-9_]+\.[a-z0-9_.]*)' [~+]""")
CALL = re.compile(r"""\b(?:t|count|words\.t|i18n\.t)\(\s*(["'`])([^"'`$\n]+)\1""")
WORD = re.compile(r"""["'`]([a-z0-9_-]+)(?=["'`])""")
ANYTHING = "([a-z0-9_.-]+)"
PLURAL = ".one"
"""The singular of a counted text: used where the key before it is."""
LEFT_OUT = {
    "sentence.missing": {"side", "voters"},
    "sentence.missing.aloud": {"side", "voters"},
    "sentence.side": {"label", "lowered"},
    "sentence.surplus": {"voters"},
    "report.record.ballots.title.hands": {"voters", "voters_capitalised"},
    "report.record.ballots.title.named": {"voters", "voters_capitalised"},
}
"""Placeholders that one language does not use."""


def catalogue(language: str, area: str) -> dict[str, str]:
    """The keys and texts of one area, from its source file."""
    path = ROOT / "translations" / language / "LC_MESSAGES" / f"{area}.po"
    with path.open("rb") as file:
        entries = read_po(file, locale=language)
    return {str(one.id): str(one.string) for one in entries if one.id}


def whole(language: str, areas: Sequence[str] = AREAS) -> dict[str, str]:
    """Every key and text of a language."""
    return {key: text for area in areas for key, text in catalogue(language, area).items()}


def files() -> Iterator[Path]:
    """Every source in which a key may stand."""
    for suffix, folders in SOURCES.items():
        for folder in folders:
            yield from (ROOT / folder).rglob(f"*{suffix}")


def asked_for() -> dict[str, str]:
    """Keys that stand in a call for a text, and a file in which each does."""
    return {
        found[2]: str(file.relative_to(ROOT))
        for file in files()
        for found in CALL.finditer(file.read_text())
        if KEY.fullmatch(found[2]) and not found[2].endswith(("_", "."))
    }


def like_keys(areas: set[str]) -> set[str]:
    """Literals of pages that begin with one of these words and are no file's name."""
    found: set[str] = set()
    for file in files():
        if file.suffix != ".py":
            found |= set(QUOTED.findall(file.read_text()))
    names = (".js", ".css", ".html", ".svg", ".json")
    return {key for key in found if key.split(".")[0] in areas and not key.endswith(names)}


def literals() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every literal that may be a key or a part of one, and the patterns of those with holes."""
    plain: set[str] = set()
    patterns: set[str] = set()
    for file in files():
        source = file.read_text()
        plain |= set(QUOTED.findall(source)) | set(WORD.findall(source))
        for text in HOLED.findall(source):
            first, *others = HOLE.split(text)
            if re.match(r"[a-z0-9_]+\.", first) or _only_an_end(first, others):
                patterns.add(ANYTHING.join(map(re.escape, (first, *others))))
        patterns |= {re.escape(text) + ANYTHING for text in BEGINNING.findall(source)}
    return plain, [re.compile(pattern) for pattern in patterns]


def _only_an_end(first: str, others: list[str]) -> bool:
    """Whether a text is another key and a last part: `${key}.short`."""
    return not first and len(others) == 1 and re.fullmatch(r"\.[a-z_]+", others[0]) is not None


def unused(keys: set[str]) -> set[str]:
    """The keys that nothing uses."""
    plain, patterns = literals()

    def fits(key: str) -> bool:
        found = [match for pattern in patterns if (match := pattern.fullmatch(key))]
        return any(all(part in plain or part.isdigit() for part in m.groups()) for m in found)

    return {
        key
        for key in keys
        if key not in plain and key.removesuffix(PLURAL) not in plain and not fits(key)
    }


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return set(re.findall(r"\{(\w+)\}", text))
