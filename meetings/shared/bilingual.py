"""The same words in the two languages of rules and papers. Pure values."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Language = Literal["vi", "en"]
Text = Annotated[str, Meta(min_length=1, max_length=600)]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same text in both languages."""

    vi: Text
    en: Text

    def said(self, language: Language) -> str:
        """The text in one language."""
        return self.vi if language == "vi" else self.en
