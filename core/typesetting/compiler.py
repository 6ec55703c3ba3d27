"""Compiles one template with facts to a PDF or to page images, in this process.

Only the given Tinos files are used. System fonts, the typesetter's embedded fonts and font
substitution are off, because a substituted letter looks wrong but its extracted text is right.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from core.paths import ROOT
from core.typesetting.fonts import TypesettingError

ARCHIVABLE = "a-2a"
"""PDF/A-2a: self-contained and tagged for screen readers."""


class Typesetter:
    """Compiles templates of this project with one set of fonts and facts.

    Templates read the facts from `sys.inputs.facts`, as JSON, and may import each other by their
    path in the project ("/core/typesetting/official.typ").
    """

    def __init__(self, fonts: Path, facts: Mapping[str, object]) -> None:
        collection = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        )
        if collection.families() != ["Tinos"]:
            raise TypesettingError(
                f"Expected the family Tinos in {fonts}, found {collection.families()}."
            )
        self._compiler = typst.Compiler(
            root=str(ROOT),
            font_paths=collection,
            ignore_system_fonts=True,
            sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        )

    def pdf(self, template: Path, stamp: datetime, *, archivable: bool = False) -> bytes:
        """Return the PDF of a template; the same bytes for the same facts and `stamp`.

        archivable: make PDF/A-2a, which fails for a character that Tinos lacks. Raises:
        TypesettingError.
        """
        form: dict[str, Any] = {"pdf_standards": ARCHIVABLE} if archivable else {"pdf_tags": False}
        made = self._compile(template, format="pdf", timestamp=stamp.replace(microsecond=0), **form)
        if not isinstance(made, bytes):
            raise TypesettingError(f"{template.name} gave no PDF.")
        return made

    def pictures(self, template: Path, dots_per_inch: int) -> list[bytes]:
        """Return one PNG for each page of a template. Raises: TypesettingError."""
        made = self._compile(template, format="png", ppi=dots_per_inch)
        if made is None:
            raise TypesettingError(f"{template.name} gave no pictures.")
        return [made] if isinstance(made, bytes) else list(made)

    def _compile(self, template: Path, **form: Any) -> bytes | list[bytes] | None:
        try:
            made, warnings = self._compiler.compile_with_warnings(input=str(template), **form)
        except typst.TypstError as error:
            raise TypesettingError(f"{template.name}: {error.diagnostic}") from error
        if warnings:
            raise TypesettingError(f"{template.name}: {warnings[0].message}")
        return made
