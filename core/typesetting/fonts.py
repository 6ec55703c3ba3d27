"""Paths of the font files, and the replacement of characters that a font lacks.

Tinos has the metrics of Times New Roman and every Vietnamese letter. Be Vietnam Pro is the
font of the interface. Both come as npm packages.
"""

from collections.abc import Container
from pathlib import Path

from core.paths import ROOT

TINOS = Path("node_modules/@expo-google-fonts/tinos")
INTERFACE = Path("node_modules/@fontsource/be-vietnam-pro/files")
_INTERFACE_PARTS = ("latin", "vietnamese", "latin-ext")


class TypesettingError(RuntimeError):
    """Typesetting failed: fonts are missing or the typesetter reported an error."""


def tinos_folder(project_root: Path = ROOT) -> Path:
    """Return the folder of the Tinos files. Raises: TypesettingError when they are missing."""
    folder = project_root / TINOS
    if not any(folder.rglob("*.ttf")):
        raise TypesettingError(f"No Tinos fonts under {folder}: install the npm packages first.")
    return folder


def interface_fonts(project_root: Path = ROOT) -> list[Path]:
    """Return the files of the interface font, one per character subset, then Tinos as fallback.

    Raises: TypesettingError when files are missing.
    """
    names = [f"be-vietnam-pro-{part}-400-normal.woff" for part in _INTERFACE_PARTS]
    files = [project_root / INTERFACE / name for name in names]
    files.append(tinos_folder(project_root) / "400Regular" / "Tinos_400Regular.ttf")
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise TypesettingError(f"No font files {missing}: install the npm packages first.")
    return files


def named_where_missing(text: str, letters: Container[int]) -> str:
    """Replace every character that a font lacks by its code point: "[U+1F600]".

    An empty box would make two different names look the same. Line ends stay.
    """
    strange = {sign for sign in text if ord(sign) not in letters} - {"\n"}
    for sign in strange:
        text = text.replace(sign, f"[U+{ord(sign):04X}]")
    return text
