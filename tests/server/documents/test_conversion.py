"""Files of other formats become PDFs in a confined process: what is shown, and what is refused."""

import csv
import io
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pymupdf as _pymupdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from documents.conversion import converter, libreoffice
from documents.conversion.converter import ConversionFault, NotConverted, Notice, converted
from documents.conversion.formats import Format, FormatFault, recognize
from tests import office_files
from tests.factories import ROOT
from tests.server.documents.test_render_corpus import CORPUS
from tests.server.real_server import wait_until

pytestmark = pytest.mark.slow

pymupdf: Any = _pymupdf
VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


class Made:
    """A PDF that a test converted, opened."""

    def __init__(self, content: bytes, notices: list[Notice]) -> None:
        self.content, self.notices = content, notices
        self.pdf = pymupdf.open(stream=content, filetype="pdf")

    @property
    def text(self) -> str:
        return " ".join(" ".join(page.get_text().split()) for page in self.pdf)

    @property
    def fonts(self) -> set[str]:
        return {font[3].rpartition("+")[2] for page in self.pdf for font in page.get_fonts()}


def convert(tmp_path: Path, name: str, content: bytes) -> Made:
    """Convert a file that was uploaded under this name."""
    source = tmp_path / "uploaded"
    source.write_bytes(content)
    work = tmp_path / "conversions"
    work.mkdir(exist_ok=True)
    with converted(source, recognize(source, name), work) as found:
        made = Made(found.pdf.read_bytes(), list(found.notices))
    assert list(work.iterdir()) == []
    return made


def test_vietnamese_text_in_the_fonts_of_the_product(tmp_path: Path):
    made = convert(tmp_path, "a.docx", office_files.docx("Nghị quyết của Hội đồng nhân dân xã"))
    assert made.text == "Nghị quyết của Hội đồng nhân dân xã"
    assert all(font.startswith(("Tinos", "Arimo", "Carlito")) for font in made.fonts)
    assert made.notices == []


@pytest.mark.parametrize("font", sorted(set(libreoffice.SUBSTITUTES.values())))
def test_every_substitute_has_every_vietnamese_letter(font: str):
    letters = {
        ord(c) for c in normalize("NFC", "".join(v + t for v in VOWELS for t in TONES)) + "đĐ₫"
    }
    files = list((libreoffice.FONTS / font.lower()).rglob("*.ttf"))
    assert len(files) >= 4
    for file in files:
        assert not letters - TTFont(file).getBestCmap().keys(), file


def test_tracked_changes_show_the_final_text(tmp_path: Path):
    content = office_files.docx_with_changes("Thu ngân sách", "GIAM", "TANG")
    made = convert(tmp_path, "a.docx", content)
    assert made.text == "Thu ngân sách TANG"
    assert made.notices == [Notice.TRACKED_CHANGES]


@pytest.mark.parametrize("edit", ["trackedChanges", "readOnly"])
def test_protection_keeps_no_deleted_word_on_the_page(tmp_path: Path, edit: str):
    content = office_files.docx_with_changes("Thu", "BIMAT", "TANG")
    settings = f'<w:documentProtection w:edit="{edit}" w:enforcement="1"/>'.encode()
    protected = office_files.changed(
        content, "word/settings.xml", lambda old: old.replace(b"<w:zoom", settings + b"<w:zoom", 1)
    )
    assert protected != content
    made = convert(tmp_path, "a.docx", protected)
    assert made.text == "Thu TANG"
    assert made.notices == [Notice.TRACKED_CHANGES]


def test_a_fax_has_square_pixels(tmp_path: Path):
    content = io.BytesIO()
    Image.new("1", (1728, 1144)).save(content, "TIFF", dpi=(204, 98))
    page = convert(tmp_path, "fax.tif", content.getvalue()).pdf[0].rect
    assert page.height > page.width


def test_a_converter_ends_with_the_worker(tmp_path: Path):
    (tmp_path / "conversions").mkdir()
    (tmp_path / "a.docx").write_bytes(office_files.docx("x"))
    program = (
        "import sys, pathlib; from documents.conversion.converter import converted;"
        "from documents.conversion.formats import Format;"
        "folder = pathlib.Path(sys.argv[1]);"
        "converted(folder / 'a.docx', Format.DOCX, folder / 'conversions').__enter__()"
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT) as owner:
        try:
            wait_until(lambda: "soffice" in running(tmp_path), "LibreOffice runs", 20)
        finally:
            owner.kill()
    wait_until(lambda: running(tmp_path) == "", "it has ended", 10)


def running(folder: Path) -> str:
    """The command lines of processes that name a folder."""
    listed = subprocess.run(
        ["ps", "-ww", "-eo", "args"], capture_output=True, text=True, check=True
    )
    return "\n".join(line for line in listed.stdout.splitlines() if str(folder) in line)


def test_a_wide_sheet_lies_across_one_page_and_hidden_sheets_do_not_show(tmp_path: Path):
    made = convert(tmp_path, "a.xlsx", office_files.xlsx(14, "KIN"))
    assert len(made.pdf) == 1
    assert made.pdf[0].rect.width > made.pdf[0].rect.height
    assert "o5c14" in made.text
    assert "KIN" not in made.text
    assert made.notices == [Notice.HIDDEN_SHEETS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1258"])
def test_plain_text_in_the_encodings_of_windows(tmp_path: Path, encoding: str):
    text = "Cộng hòa xã hội" if encoding != "cp1258" else "Viê\u0323t Nam"
    assert convert(tmp_path, "a.txt", text.encode(encoding)).text in (text, "Việt Nam")


def test_a_photograph_is_upright_and_says_nothing_of_its_place(tmp_path: Path):
    content = office_files.photograph(4000, 3000, orientation=6)
    assert b"MAKER-OF-THE-PHONE" in content
    made = convert(tmp_path, "anh.jpg", content)
    assert made.pdf[0].rect.width < made.pdf[0].rect.height <= 843
    assert b"Exif" not in made.content
    assert b"MAKER-OF-THE-PHONE" not in made.content
    (image,) = made.pdf[0].get_images()
    assert max(image[2:4]) <= 3507


def test_each_page_of_a_tiff_is_a_page_and_black_and_white_stays_so(tmp_path: Path):
    first, second = (Image.new("1", (1654, 2339), colour) for colour in (1, 0))
    content = io.BytesIO()
    first.save(content, "TIFF", save_all=True, append_images=[second], dpi=(200, 200))
    made = convert(tmp_path, "quet.tif", content.getvalue())
    assert [round(page.rect.height) for page in made.pdf] == [842, 842]
    assert [page.get_images()[0][4] for page in made.pdf] == [1, 1]


def test_transparency_is_white(tmp_path: Path):
    content = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(content, "PNG")
    pixel = convert(tmp_path, "a.png", content.getvalue()).pdf[0].get_pixmap().pixel(50, 50)
    assert min(pixel) > 250


def test_no_request_leaves_for_what_a_file_links_to(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/a.png"
        made = convert(tmp_path, "a.docx", office_files.docx_with_linked_image(url))
        assert len(made.pdf) == 1
        with pytest.raises(TimeoutError):
            listener.accept()


def test_no_file_of_the_server_is_drawn(tmp_path: Path):
    secret = tmp_path / "secret.png"
    Image.new("RGB", (200, 200), "red").save(secret)
    made = convert(tmp_path, "a.docx", office_files.docx_with_linked_image(secret.as_uri()))
    assert made.pdf[0].get_images() == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.docx",
            office_files.changed(office_files.docx("x"), "word/document.xml", lambda _: b"<"),
        ),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"no more of it"),
        ("a.jpg", office_files.photograph(100, 100, 1)[:400]),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(100)),
    ],
)
def test_what_is_broken_inside_fails(tmp_path: Path, name: str, content: bytes):
    with pytest.raises(NotConverted) as caught:
        convert(tmp_path, name, content)
    assert caught.value.fault is ConversionFault.FAILED
    assert list((tmp_path / "conversions").iterdir()) == []


def test_an_image_with_too_many_pixels_is_refused_before_it_is_decoded(tmp_path: Path):
    content = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(content, "PNG")
    with pytest.raises(NotConverted) as caught:
        convert(tmp_path, "a.png", content.getvalue())
    assert caught.value.fault is ConversionFault.IMAGE_TOO_LARGE


def test_a_converter_that_hangs_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(converter, "SECONDS", 0.3)
    began = time.monotonic()
    with pytest.raises(NotConverted) as caught:
        convert(tmp_path, "a.docx", office_files.docx("x"))
    assert caught.value.fault is ConversionFault.TOO_HEAVY
    assert time.monotonic() - began < 10
    assert running(tmp_path) == ""


def test_the_child_has_no_network_and_cannot_leave_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """What stands in the place of LibreOffice tries to get out."""
    out = tmp_path / "outside"
    probe = (
        "import pathlib, socket, sys\n"
        "from documents.conversion import office_child\n"
        "from documents.sandbox import landlock\n"
        "import os\n"
        "def tried(path, *args):\n"
        "    found = []\n"
        f"    for name in ({str(out)!r}, '/etc/shadow', '/root/x'):\n"
        "        try:\n"
        "            pathlib.Path(name).open('a').close(); found.append(name)\n"
        "        except OSError: pass\n"
        "    try:\n"
        "        socket.create_connection(('127.0.0.1', 9), 1); found.append('network')\n"
        "    except ConnectionRefusedError: found.append('network')\n"
        "    except OSError: pass\n"
        "    print(found)\n"
        "    os._exit(0)\n"
        "os.execve = tried\n"
        f"folder = pathlib.Path({str(tmp_path / 'job')!r})\n"
        "from documents.conversion import libreoffice\n"
        "libreoffice.prepare(folder, libreoffice.Format.DOCX, 5)\n"
        "office_child.main(folder, libreoffice.find())\n"
    )
    (tmp_path / "job").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.strip() == "[]"


def _office_samples() -> list[tuple[str, str]]:
    manifest = CORPUS / "office" / "manifest.tsv"
    if not manifest.is_file():
        return []
    lines = [line for line in manifest.read_text().splitlines() if not line.startswith("#")]
    return [(row[0], row[4]) for row in csv.reader(lines, delimiter="\t")]


@pytest.mark.parametrize(("name", "expected"), _office_samples())
def test_a_real_file_becomes_as_many_pages_as_it_should(tmp_path: Path, name: str, expected: str):
    path = CORPUS / "office" / name
    if expected == "refused":
        with pytest.raises(FormatFault):
            recognize(path, name)
        return
    if recognize(path, name) is Format.PDF:
        return
    made = convert(tmp_path, name, path.read_bytes())
    if expected.split()[1:2] in (["pages"], ["page,"]):
        assert len(made.pdf) == int(expected.split()[0])
    if "landscape" in expected:
        assert all(page.rect.width > page.rect.height for page in made.pdf)
    assert not {font for font in made.fonts if "DejaVu" in font}
