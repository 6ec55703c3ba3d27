"""python -m tests.contract.verifier_words: write static/js/verifier/words.json from verifier/.

The page that checks an archive in a browser reads the same sentences as the Python verifier.
"""

import json

from tests.factories import ROOT
from verifier.fault_words import FAULTS
from verifier.unusable_words import UNUSABLE
from verifier.words import WORDS

TARGET = ROOT / "static" / "js" / "verifier" / "words.json"


def sentences() -> str:
    """The JSON: {faults, unusable, report}, each {code: [Vietnamese, English]}."""
    parts = {"faults": FAULTS, "unusable": UNUSABLE, "report": WORDS}
    return json.dumps(parts, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(sentences(), encoding="utf-8")
