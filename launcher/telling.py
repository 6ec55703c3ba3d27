"""What ./run says to the person at the terminal: Vietnamese first, then English, on one line."""

import sys


class Trouble(Exception):
    """Something the person has to put right; ends ./run with one sentence and `exit_code`."""

    def __init__(self, vi: str, en: str, exit_code: int = 2) -> None:
        super().__init__(f"{vi} / {en}")
        self.exit_code = exit_code


class ChildTrouble(Trouble):
    """The product itself refused to start; its own sentence is already in both languages."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, "")
        self.args = (sentence,)


def say(vi: str, en: str) -> None:
    """Print one line now, also when the output goes to a pipe."""
    print(f"{vi} / {en}", flush=True)


def show(text: str) -> None:
    """Print text that is the same in both languages."""
    print(text, flush=True)


def prepare_streams() -> None:
    """Let Vietnamese through on a terminal that says it knows ASCII only, instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace", line_buffering=True)
