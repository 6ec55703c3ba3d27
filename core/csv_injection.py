"""CSV injection: cell text that a spreadsheet would evaluate as a formula.

A spreadsheet with another separator splits cells, so text after a separator or a quotation mark
also counts as a beginning. Full-width signs count because East Asian versions of Excel accept them.
"""

import re

# defusedcsv 3.0.0 looks at the first character only, in ASCII only, and changes "|" in the text.
_BEGINNING = re.compile(r"""(?:^|(?<=[;,"]))(\s*)(?=[=+\-@＝＋－＠])""")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take the whole text for a formula."""
    return _BEGINNING.match(text) is not None


def escape_formula(text: str) -> str:
    """The text with an apostrophe before each place where a formula could begin."""
    return _BEGINNING.sub(r"\1'", text)
