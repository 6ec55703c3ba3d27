"""The two ways a check ends badly: a broken entry, or input that cannot be checked at all."""

from dataclasses import dataclass, field

from verifier.fault_words import FAULTS
from verifier.unusable_words import UNUSABLE


@dataclass
class Fault(Exception):
    """Something is wrong at entry `index` of a log. `log` is set where several logs are checked."""

    code: str
    index: int = -1
    params: dict[str, object] = field(default_factory=dict)
    log: str = ""

    def said(self, language: str) -> str:
        """What is wrong, in words."""
        return FAULTS[self.code][language == "en"].format(**self.params)


@dataclass
class Unusable(Exception):
    """No archive, or one that is out of all bounds."""

    code: str
    params: dict[str, object] = field(default_factory=dict)

    def said(self, language: str) -> str:
        """What is wrong, in words."""
        return UNUSABLE[self.code][language == "en"].format(**self.params)
