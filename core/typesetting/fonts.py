"""Where the font files lie, and how a letter that they lack is written.

Tinos measures like Times New Roman and has every Vietnamese letter. Be Vietnam Pro is the
interface's. Both come as npm packages.
"""

from collections.abc import Container
from pathlib import Path

from core.paths import ROOT

TINOS = Path("node_modules/@expo-google-fonts/tinos")
INTERFACE = Path("node_modules/@fontsource/be-vietnam-pro/files")
_INTERFACE_PARTS = ("latin", "vietnamese", "latin-ext")


class TypesettingError(RuntimeError):
    """A paper cannot be typeset: fonts are missing or the typesetter complained."""


def tinos_folder(project_root: Path = ROOT) -> Path:
    """Where the package manager puts the Tinos files; raises when they are not there."""
    folder = project_root / TINOS
    if not any(folder.rglob("*.ttf")):
        raise TypesettingError(f"No Tinos fonts under {folder}: install the npm packages first.")
    return folder


def interface_fonts(project_root: Path = ROOT) -> list[Path]:
    """The files that hold the interface's letters, each a part of them; then Tinos for the rest.

    Raises TypesettingError: they are not there.
    """
    names = [f"be-vietnam-pro-{part}-400-normal.woff" for part in _INTERFACE_PARTS]
    files = [project_root / INTERFACE / name for name in names]
    files.append(tinos_folder(project_root) / "400Regular" / "Tinos_400Regular.ttf")
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        raise TypesettingError(f"No font files {missing}: install the npm packages first.")
    return files


def named_where_missing(text: str, letters: Container[int]) -> str:
    """A text with every letter that a font has not named by its number: "[U+1F600]".

    An empty box would make two different names the same. Line ends stay.
    """
    strange = {sign for sign in text if ord(sign) not in letters} - {"\n"}
    for sign in strange:
        text = text.replace(sign, f"[U+{ord(sign):04X}]")
    return text
