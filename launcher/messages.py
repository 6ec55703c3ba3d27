"""Terminal output of ./run: Vietnamese, then English, on one line."""

import sys


class Trouble(Exception):
    """An error that the user can correct; ends ./run with one sentence and `exit_code`."""

    def __init__(self, vi: str, en: str, exit_code: int = 2) -> None:
        super().__init__(f"{vi} / {en}")
        self.exit_code = exit_code


class ChildTrouble(Trouble):
    """The product refused to start; its message is already in both languages."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "")
        self.args = (sentence,)


def say(vi: str, en: str) -> None:
    """Print one line and flush, also when the output is a pipe."""
    print(f"{vi} / {en}", flush=True)


def show(text: str) -> None:
    """Print text that is the same in both languages."""
    print(text, flush=True)


def prepare_streams() -> None:
    """Replace characters that the terminal's encoding (such as ASCII) lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", line_buffering=True)
