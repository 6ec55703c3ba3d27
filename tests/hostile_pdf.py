"""Small PDFs that are wrong in one way each, written by hand so that no library tames them."""

import zlib

A4 = b"[0 0 595 842]"


def written(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects (1 is the catalog, 2 the page tree), with a correct table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def paper(
    contents: list[bytes],
    *,
    page: bytes = b"/MediaBox " + A4,
    resources: bytes = b"",
    catalog: bytes = b"",
    more: list[bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """One page for each content stream; `more` objects follow the font (3) as 4, 5, …"""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(more or []),
    ]
    kids = []
    for content in contents:
        objects.append(stream(content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R %s"
            b" /Resources << /Font << /F1 3 0 R >> %s >> >>" % (len(objects), page, resources)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return written(objects, trailer)


def line(text: str, x: int = 72, y: int = 700, size: int = 40) -> bytes:
    """Content that writes one line."""
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET" % (size, x, y, text.encode("ascii"))


def encrypted() -> bytes:
    """Asks for a password: the standard handler with keys that no password fits."""
    handler = b"<< /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >>" % (b"1f" * 32, b"2e" * 32)
    return paper([line("secret")], more=[handler], trailer=b"/Encrypt 4 0 R /ID [<00> <00>]")


def with_actions() -> bytes:
    """JavaScript and a program to launch when it is opened, a form that sends itself away."""
    return paper(
        [line("Harmless")],
        catalog=b"/OpenAction 4 0 R",
        more=[
            b"<< /S /JavaScript /JS (while (true) {}) /Next 5 0 R >>",
            b"<< /S /Launch /F (/bin/touch) /Next 6 0 R >>",
            b"<< /S /SubmitForm /F (http://127.0.0.1:9/) >>",
        ],
    )


def boxed(box: bytes) -> bytes:
    """One page with this MediaBox."""
    return paper([line("x")], page=b"/MediaBox " + box)


def many_pages(count: int) -> bytes:
    """So many empty pages."""
    return paper([b""] * count)


def fills_for_ever(levels: int = 10, fill: bytes = b"0 0 9 9 re f") -> bytes:
    """Form XObjects that draw the next level ten times each, the last one this."""
    forms = []
    for level in range(levels):
        last = level == levels - 1
        content = fill if last else b"/X%d Do " % (level + 1) * 10
        inner = b"" if last else b"/XObject << /X%d %d 0 R >>" % (level + 1, level + 5)
        forms.append(
            stream(
                content,
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>" % inner,
            )
        )
    return paper([b"/X0 Do"], resources=b"/XObject << /X0 4 0 R >>", more=forms)


def images_of(width: int, height: int, count: int) -> bytes:
    """So many RGB images of these dimensions, all zeros: run lengths, then deflated."""
    runs = b"\x81\x00" * (3 * width * height // 128 + 1) + b"\x80"
    image = stream(
        zlib.compress(runs, 9),
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB"
        b" /BitsPerComponent 8 /Filter [/FlateDecode /RunLengthDecode]" % (width, height),
    )
    names = b" ".join(b"/I%d %d 0 R" % (number, number + 4) for number in range(count))
    draws = b" ".join(b"/I%d Do" % number for number in range(count))
    return paper(
        [b"595 0 0 842 0 0 cm " + draws],
        resources=b"/XObject << %s >>" % names,
        more=[image] * count,
    )


NESTED_TOO_DEEP = b"q " * 100_000
"""Content that MuPDF refuses to draw."""
