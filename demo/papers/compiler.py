"""Typesetting: one template and the facts become a PDF or page pictures.

Only the Tinos files handed over are used. System fonts, the typesetter's own fonts and any
substitution are off, because a substituted letter looks wrong and still reads back right.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent
TINOS = Path("node_modules/@expo-google-fonts/tinos")


class TypesettingError(RuntimeError):
    """A paper cannot be typeset: fonts are missing or the typesetter complained."""


def tinos_folder(project_root: Path) -> Path:
    """Where the package manager puts the Tinos files; raises when they are not there."""
    folder = project_root / TINOS
    if not any(folder.rglob("*.ttf")):
        raise TypesettingError(f"No Tinos fonts under {folder}: install the npm packages first.")
    return folder


class Typesetter:
    """Typesets templates of this package with one set of fonts and facts."""

    def __init__(self, fonts: Path, facts: dict[str, object], on: date) -> None:
        collection = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        )
        if collection.families() != ["Tinos"]:
            raise TypesettingError(
                f"Expected the family Tinos in {fonts}, found {collection.families()}."
            )
        self._compiler = typst.Compiler(
            root=str(TEMPLATES),
            font_paths=collection,
            ignore_system_fonts=True,
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        )
        self._stamp = datetime.combine(on, time(), tzinfo=UTC)

    def pdf(self, template: str) -> bytes:
        """The PDF of ``template`` (a file name); the same bytes for the same facts."""
        made, warnings = self._compiler.compile_with_warnings(
            input=str(TEMPLATES / template),
            format="pdf",
            timestamp=self._stamp,
            pdf_tags=False,
        )
        self._refuse(template, warnings)
        if not isinstance(made, bytes):
            raise TypesettingError(f"{template} gave no PDF.")
        return made

    def pictures(self, template: str, dots_per_inch: float) -> list[bytes]:
        """One PNG for each page of ``template``."""
        made, warnings = self._compiler.compile_with_warnings(
            input=str(TEMPLATES / template), format="png", ppi=dots_per_inch
        )
        self._refuse(template, warnings)
        if made is None:
            raise TypesettingError(f"{template} gave no pictures.")
        return [made] if isinstance(made, bytes) else list(made)

    @staticmethod
    def _refuse(template: str, warnings: list[typst.TypstWarning]) -> None:
        if warnings:
            raise TypesettingError(f"{template}: {warnings[0].message}")
