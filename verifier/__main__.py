"""python -m verifier ARCHIVE.zip

Ends with 0: nothing wrong; 1: a broken entry, which is named; 2: nothing could be checked;
3: --require-key without --key; 4: a continuation is not proven.
"""

import argparse
import io
import sys
from pathlib import Path

from verifier.archive import open_archive
from verifier.check import Story, check
from verifier.faults import Fault, Unusable
from verifier.notes import Note, read_note
from verifier.receipts import read_receipt
from verifier.report import told
from verifier.words import in_both, said

BROKEN, UNUSABLE, KEY_MISSING, UNPROVEN = 1, 2, 3, 4
_LONGEST_KEPT = 64 << 20


def main(words: list[str]) -> int:
    """Check one archive and print its report or the first error. Returns the exit code."""
    given = _parser().parse_args(words)
    language: str = given.lang
    # A character that the terminal cannot encode is printed as an escape instead of failing.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        kept = [note for path in given.kept for note in _kept(Path(path))]
        receipts = [read_receipt(text) for text in given.receipt]
        story = check(open_archive(Path(given.archive)), kept, receipts, given.key)
    except Fault as fault:
        log = said(language, "of_log", log=fault.log) if fault.log else ""
        what = fault.said(language)
        print(said(language, "broken", index=fault.index, log=log, what=what))
        return BROKEN
    except Unusable as error:
        print(said(language, "unusable", what=error.said(language)))
        return UNUSABLE
    code, remarks = _outcome(story, key=given.key, required=given.require_key)
    for line in (*remarks, *told(story, language), *remarks):
        print(line)
    return code


def _outcome(story: Story, *, key: str | None, required: bool) -> tuple[int, list[str]]:
    """The exit code, and the remarks printed before and after the report, in both languages."""
    if story.unproven:
        return UNPROVEN, [in_both(code, **facts) for code, facts in story.unproven]
    if key is None and required:
        return KEY_MISSING, [in_both("key_required")]
    return 0, [] if key else [in_both("key_not_compared")]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m verifier",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("archive", help="vote-archive.zip")
    parser.add_argument("--lang", choices=["vi", "en"], default="vi", help="language of the report")
    parser.add_argument(
        "--key", metavar="VKEY", help="a public key of the log, known from elsewhere"
    )
    parser.add_argument(
        "--require-key", action="store_true", help="end with 3 where --key is not given"
    )
    parser.add_argument(
        "--kept", metavar="FILE", action="append", default=[], help="checkpoints kept elsewhere"
    )
    parser.add_argument(
        "--receipt",
        metavar="FILE",
        action="append",
        default=[],
        help="a voter's receipt: a file, INDEX:HASH, or DHR1:… of a printed slip",
    )
    return parser


def _kept(path: Path) -> list[Note]:
    try:
        with path.open(encoding="utf-8") as file:
            parts = file.read(_LONGEST_KEPT).split("--\n")
    except (OSError, ValueError) as error:
        raise Unusable("kept_unreadable", {"path": path}) from error
    # A witness file ends with a separator, so that a record that was cut off is not taken for one.
    if len(parts) > 1 and not parts[-1]:
        parts.pop()
    notes = [read_note(part) for part in parts]
    found = [note for note in notes if note]
    if len(found) != len(notes):
        raise Unusable("kept_unreadable", {"path": path})
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
