"""Text that a spreadsheet would take for a formula, and so might run.

A program that expects another separator than ours parts a cell in its middle: what follows a
separator or a quotation mark there counts as a beginning too.
"""

import re

_BEGINNING = re.compile(r"""(?:^|(?<=[;,"]))(\s*)(?=[=+\-@＝＋－＠])""")


def begins_a_formula(text: str) -> bool:
    """Whether the text as a whole would be taken for one."""
    found = _BEGINNING.match(text)
    return found is not None


def disarmed(text: str) -> str:
    """The text with an apostrophe before whatever would begin a formula."""
    return _BEGINNING.sub(r"\1'", text)
