"""The patches of this folder: each puts one fault into the product.

A patch is a unified diff. Before the diff stand a sentence that says what the fault is, and a line
`Tests: path [path ...]` with the test modules or node ids that are expected to find it. Line
numbers are ignored: a hunk applies where its old lines stand, which must be in one place.
"""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
_TESTS = re.compile(r"^Tests: (.+)$", re.MULTILINE)
_OF_GIT = re.compile(r"^(?:diff --git|index) .*\n", re.MULTILINE)


class InvalidPatch(Exception):
    """A patch that cannot be read, or does not apply to the product as it is."""


@dataclass(frozen=True)
class Hunk:
    """One replacement in one file; `path` is relative to the checkout."""

    path: str
    old: str
    new: str


@dataclass(frozen=True)
class Patch:
    """One fault. `tests`: what is expected to find it."""

    name: str
    fault: str
    tests: tuple[str, ...]
    hunks: tuple[Hunk, ...]

    def patched(self, root: Path) -> dict[str, str]:
        """The new text of each file that the patch changes. Raises: InvalidPatch."""
        texts: dict[str, str] = {}
        for hunk in self.hunks:
            file = root / hunk.path
            if not file.is_file():
                raise InvalidPatch(f"{self.name}: there is no file {hunk.path}")
            text = texts.get(hunk.path) or file.read_text(encoding="utf-8")
            if (places := text.count(hunk.old)) != 1:
                raise InvalidPatch(f"{self.name}: a hunk fits {hunk.path} in {places} places")
            texts[hunk.path] = text.replace(hunk.old, hunk.new)
        return texts

    def apply(self, root: Path) -> None:
        """Change the files below `root`. Raises: InvalidPatch."""
        for path, text in self.patched(root).items():
            (root / path).write_text(text, encoding="utf-8")


def read_patches() -> list[Patch]:
    """Every patch of this folder, by name. Raises: InvalidPatch."""
    return [_read(file) for file in sorted(HERE.glob("*.patch"))]


def _read(file: Path) -> Patch:
    header, start, diff = file.read_text(encoding="utf-8").partition("--- a/")
    tests = _TESTS.search(header)
    hunks = _hunks(start + diff)
    if tests is None or not hunks or any(hunk.old == hunk.new for hunk in hunks):
        raise InvalidPatch(f"{file.name}: no line `Tests:`, or no change")
    fault = " ".join(header[: tests.start()].split())
    return Patch(file.stem, fault, tuple(tests[1].split()), hunks)


def _hunks(diff: str) -> tuple[Hunk, ...]:
    found: list[Hunk] = []
    plain = _OF_GIT.sub("", diff)
    for of_file in re.split(r"^--- a/.*\n\+\+\+ b/", plain, flags=re.MULTILINE)[1:]:
        path, _, body = of_file.partition("\n")
        for hunk in re.split(r"^@@.*\n", body, flags=re.MULTILINE)[1:]:
            lines = hunk.splitlines(keepends=True)
            old = "".join(line[1:] or line for line in lines if line[0] != "+")
            new = "".join(line[1:] or line for line in lines if line[0] != "-")
            found.append(Hunk(path.strip(), old, new))
    return tuple(found)
