"""A plan of A1, as an office of land use draws it: thousands of thin lines and small words."""

import random
from collections.abc import Iterator

WIDTH, HEIGHT = 1684, 2384
"""Points."""

_LINES, _STEPS, _WORDS = 4000, 12, 8000
_HEAD = b"%PDF-1.7\n"
_PAGE = (
    f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R "
    "/Resources << /Font << /F 5 0 R >> >> >>"
)


def plan(number: int) -> bytes:
    """The PDF; of the same number always the same."""
    drawn = "\n".join(_drawn(random.Random(number))).encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        _PAGE.encode(),
        b"<< /Length %d >> stream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    body, places = _HEAD, []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    )


def _drawn(chance: random.Random) -> Iterator[str]:
    yield ".2 w"
    for _ in range(_LINES):
        x, y = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT)
        yield f"{chance.random():.2f} {chance.random() / 2:.2f} .2 RG {x:.1f} {y:.1f} m"
        for _ in range(_STEPS):
            x, y = x + chance.uniform(-20, 20), y + chance.uniform(-20, 20)
            yield f"{x:.1f} {y:.1f} l"
        yield "S"
    for number in range(_WORDS):
        x, y = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT)
        yield f"BT /F 3 Tf {x:.1f} {y:.1f} Td (Thua {number}) Tj ET"
