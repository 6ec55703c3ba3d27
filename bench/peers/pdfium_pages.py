"""Another engine with the product's own encoder: what is the drawing, what the encoding.

`python -m bench.peers.pdfium_pages PDF WIDTH FIRST LAST FOLDER` writes a file for each page.
"""

import sys
from pathlib import Path

import pypdfium2

from documents.pages import codec


def main(source: str, width: str, first: str, last: str, folder: str) -> None:
    """Draw pages first … last at a width in pixels."""
    document = pypdfium2.PdfDocument(source)
    for number in range(int(first), int(last) + 1):
        page = document[number - 1]
        bitmap = page.render(scale=int(width) / page.get_width(), rev_byteorder=True)
        image = bitmap.to_pil().convert("RGB")
        made = codec.encode(image.tobytes(), image.width, image.height)
        (Path(folder) / str(number)).write_bytes(made.data)


if __name__ == "__main__":
    main(*sys.argv[1:])
