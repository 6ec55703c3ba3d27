"""Keeps names of people and places on one line, with no-break spaces."""

from collections.abc import Sequence

PLACES = frozenset(
    ("xã", "phường", "huyện", "quận", "tỉnh", "ấp", "thôn", "khóm", "bản", "đảo", "sông", "đường")
)
PLACES_OF_TWO_WORDS = frozenset((("thị", "trấn"), ("thị", "xã"), ("thành", "phố"), ("đặc", "khu")))
LONGEST = 5
"""Maximum number of joined words; more would not fit on a line of a phone."""
ENDS = ".,;:?!)”\"'"
NO_BREAK = "\u00a0"


def keep_names_unbroken(text: str) -> str:
    """Insert no-break spaces inside names: "xã Tân Phú", "Nguyễn Thị Hoa"."""
    words = text.split(" ")
    joined, row = words[0], 1
    for at, word in enumerate(words[1:], start=1):
        joins = row < LONGEST and _belongs(words, at)
        row = row + 1 if joins else 1
        joined += (NO_BREAK if joins else " ") + word
    return joined


def _belongs(words: Sequence[str], at: int) -> bool:
    """Return whether a word and the previous one are parts of one name."""
    before, word = words[at - 1], words[at]
    if _is_name(word.rstrip(ENDS)):
        pair = tuple(one.lower() for one in words[max(0, at - 2) : at])
        return _is_name(before) or before.lower() in PLACES or pair in PLACES_OF_TWO_WORDS
    after = words[at + 1] if at + 1 < len(words) else ""
    kind = (before.lower(), word.lower())
    return kind in PLACES_OF_TWO_WORDS and _is_name(after.rstrip(ENDS))


def _is_name(word: str) -> bool:
    return len(word) > 1 and word.isalpha() and word[0].isupper() and word[1:].islower()
