"""PDF syntax: numbers, strings, dates, colours and references (ISO 32000-1, 7.3 and 7.9)."""

from collections.abc import Iterable
from datetime import UTC, datetime


def numbers(values: Iterable[float]) -> str:
    """Return numbers separated by spaces, to 0.01 point: 0.03 px on a page 2,400 px wide."""
    return " ".join(f"{value:.2f}" for value in values)


def exact(values: Iterable[float]) -> str:
    """Return numbers separated by spaces, for factors: matrices, colours, opacities."""
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values)


def array(values: Iterable[float]) -> str:
    """Return an array of numbers."""
    return f"[{numbers(values)}]"


def text_string(text: str) -> str:
    """Return a UTF-16 text string with byte order mark, in hexadecimal, so without escapes."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def date(moment: datetime) -> str:
    """Return a date string in UTC."""
    return f"(D:{moment.astimezone(UTC):%Y%m%d%H%M%S}+00'00')"


def rgb(color: str) -> tuple[float, float, float]:
    """Return #rrggbb as fractions of red, green and blue. Raises ValueError."""
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def reference(number: int) -> str:
    """Return a reference to an object."""
    return f"{number} 0 R"
