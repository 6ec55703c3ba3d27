"""Compiles every translations/*/LC_MESSAGES/*.po to a .mo beside it. Runs in .venv (babel)."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(translations: Path) -> list[Path]:
    """Compile all catalogues of a folder; each .mo is replaced atomically.

    Returns the files written. Raises: babel's PoFileError with file and line.
    """
    return [_compile(source) for source in sorted(translations.glob("*/LC_MESSAGES/*.po"))]


def _compile(source: Path) -> Path:
    locale = source.parent.parent.name
    with source.open("rb") as file:
        catalog = read_po(file, locale=locale, domain=source.stem, abort_invalid=True)
    target, fresh = source.with_suffix(".mo"), source.with_suffix(".mo.new")
    with fresh.open("wb") as file:
        write_mo(file, catalog)
    fresh.replace(target)
    return target


if __name__ == "__main__":
    compile_all(Path(sys.argv[1]))
