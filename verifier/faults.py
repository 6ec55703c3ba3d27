"""The exceptions of a check: a broken entry, or input that cannot be checked at all."""

from dataclasses import dataclass, field

from verifier.fault_words import FAULTS
from verifier.unusable_words import UNUSABLE


@dataclass
class Fault(Exception):
    """An error at entry `index` of a log. `log` is set when several logs are checked."""

    code: str
    index: int = -1
    params: dict[str, object] = field(default_factory=dict)
    log: str = ""

    def said(self, language: str) -> str:
        """The error message in a language ("vi", "en")."""
        return FAULTS[self.code][language == "en"].format(**self.params)


@dataclass
class Unusable(Exception):
    """The input is not an archive, or exceeds a limit."""

    code: str
    params: dict[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """The error message in a language ("vi", "en")."""
        return UNUSABLE[self.code][language == "en"].format(**self.params)
