"""The formats of uploaded files, recognized by their content.

The name of a file decides only where the content cannot: plain text has no signature. Nothing here
decodes a document: signatures, the directory of a ZIP and of a compound file are all that is read.
Sources: ECMA-376 part 2 (OPC), OASIS ODF 1.3 part 2, [MS-CFB], ISO/IEC 23008-12 (HEIF).
"""

import os
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import olefile

PDF_SIGNATURE_WITHIN = 1024
"""Readers accept bytes before the signature of a PDF, up to this many."""
MOST_ENTRIES = 20_000
MOST_DIRECTORY = 2 * 1024 * 1024
"""Bytes of the directory of a ZIP: it is parsed as a whole."""
MOST_FAT, MOST_DIFAT = 4096, 64
"""Sectors of the two tables of a compound file, which a library reads in quadratic time: 256 MB."""
MOST_STREAM = 64 * 1024 * 1024
MOST_UNPACKED = 1024 * 1024 * 1024
"""Bytes of all parts of a ZIP together, unpacked."""
MOST_TYPES = 4 * 1024 * 1024
"""Bytes of the list of content types of an OPC file, unpacked."""
TEXT_PROBE = 64 * 1024


class Format(StrEnum):
    """A format that becomes pages. The values are stored, and used as extensions."""

    PDF = "pdf"
    DOCX = "docx"
    DOC = "doc"
    XLSX = "xlsx"
    XLS = "xls"
    PPTX = "pptx"
    PPT = "ppt"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"
    RTF = "rtf"
    TXT = "txt"
    JPEG = "jpg"
    PNG = "png"
    TIFF = "tif"
    HEIC = "heic"


IMAGES = frozenset({Format.JPEG, Format.PNG, Format.TIFF, Format.HEIC})
OFFICE = frozenset(Format) - IMAGES - {Format.PDF}
EXTENSIONS = frozenset({*Format, "jpeg", "tiff", "heif", "docm", "xlsm", "pptm"})
"""What the name of an accepted file may end with, without the dot."""


class FormatFault(Exception):
    """The file does not become pages. encrypted: because it needs a password."""

    def __init__(self, detail: str, *, encrypted: bool = False) -> None:
        super().__init__(detail)
        self.encrypted = encrypted


_SIGNATURES = (
    (b"\xff\xd8\xff", Format.JPEG),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"II*\0", Format.TIFF),
    (b"MM\0*", Format.TIFF),
    (b"{\\rtf", Format.RTF),
)
_ZIP_ERRORS = (
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError),
    *(EOFError, ValueError, OSError),
)
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
_MAIN_PARTS = (
    (re.compile(rb"wordprocessingml\.(document|template)\.main"), Format.DOCX),
    (re.compile(rb"ms-word\.(document|template)\.macroEnabled(Template)?\.main"), Format.DOCX),
    (re.compile(rb"spreadsheetml\.(sheet|template)\.main"), Format.XLSX),
    (re.compile(rb"ms-excel\.(sheet|template)\.macroEnabled\.main"), Format.XLSX),
    (re.compile(rb"presentationml\.(presentation|slideshow|template)\.main"), Format.PPTX),
    (re.compile(rb"ms-powerpoint\.\w+\.macroEnabled\.main"), Format.PPTX),
)
_ODF = {
    b"application/vnd.oasis.opendocument.text": Format.ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": Format.ODS,
    b"application/vnd.oasis.opendocument.presentation": Format.ODP,
}
_STREAMS = (
    ("WordDocument", Format.DOC),
    ("Workbook", Format.XLS),
    ("Book", Format.XLS),
    ("PowerPoint Document", Format.PPT),
)


def recognize(path: Path, file_name: str) -> Format:
    """The format of a file. Raises: FormatFault, OSError."""
    with path.open("rb") as file:
        head = file.read(PDF_SIGNATURE_WITHIN)
        if b"%PDF-" in head:
            return Format.PDF
        for signature, found in _SIGNATURES:
            if head.startswith(signature):
                return found
        if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
            return Format.HEIC
        if head.startswith(_ZIP):
            return _in_zip(file)
        if head.startswith(_COMPOUND):
            return _in_compound_file(file)
        if file_name.lower().endswith(".txt") and is_text(head + file.read(TEXT_PROBE)):
            return Format.TXT
    raise FormatFault("no known signature")


def is_text(sample: bytes) -> bool:
    """Whether these bytes begin a plain text: no control characters, in a known encoding."""
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", sample)


def _in_zip(file: BinaryIO) -> Format:
    if _directory_size(file) > MOST_DIRECTORY:
        raise FormatFault("a large directory in a ZIP")
    try:
        with zipfile.ZipFile(file) as parts:
            entries = parts.infolist()
            if len(entries) > MOST_ENTRIES:
                raise FormatFault(f"{len(entries)} parts in a ZIP")
            if (unpacked := sum(entry.file_size for entry in entries)) > MOST_UNPACKED:
                raise FormatFault(f"{unpacked} bytes in a ZIP")
            names = {entry.filename for entry in entries}
            if "mimetype" in names:
                return _in_opendocument(parts, names)
            if "[Content_Types].xml" in names:
                types = _beginning(parts, "[Content_Types].xml", MOST_TYPES)
                for pattern, found in _MAIN_PARTS:
                    if pattern.search(types):
                        return found
    except _ZIP_ERRORS as error:
        raise FormatFault(f"a broken ZIP: {error}") from error
    raise FormatFault("a ZIP of something else")


def _in_opendocument(parts: zipfile.ZipFile, names: set[str]) -> Format:
    kind = _ODF.get(_beginning(parts, "mimetype", 200).strip())
    if kind is None:
        raise FormatFault("another OpenDocument")
    if "META-INF/manifest.xml" in names:
        manifest = _beginning(parts, "META-INF/manifest.xml", MOST_TYPES)
        if b"encryption-data" in manifest:
            raise FormatFault("an encrypted OpenDocument", encrypted=True)
    return kind


def _in_compound_file(file: BinaryIO) -> Format:
    _check_tables(file)
    try:
        with olefile.OleFileIO(file) as compound:
            if compound.exists("EncryptedPackage"):
                raise FormatFault("an encrypted OPC package", encrypted=True)
            for stream, found in _STREAMS:
                if compound.exists(stream):
                    if _is_encrypted(compound, stream, found):
                        raise FormatFault(f"an encrypted {found}", encrypted=True)
                    return found
    except FormatFault:
        raise
    except Exception as error:  # the library lets errors of damaged files through as they come
        raise FormatFault(f"a broken compound file: {error}") from error
    raise FormatFault("a compound file of something else")


def _is_encrypted(compound: "olefile.OleFileIO[str]", stream: str, kind: Format) -> bool:
    """Whether a binary Office file needs a password.

    Sources: [MS-DOC] 2.5.2 (fEncrypted, bit 8 of the flags at byte 10), [MS-PPT] 2.3.2 (headerToken
    of an encrypted file).
    """
    if compound.get_size(stream) > MOST_STREAM:
        return False  # it would be read as a whole; LibreOffice will say
    if kind is Format.DOC:
        head = compound.openstream(stream).read(12)
        return bool(int.from_bytes(head[10:12], "little") & 0x0100)
    if kind is Format.XLS:
        return False  # those with the default password of protected workbooks are opened
    user = compound.openstream("Current User").read(16) if compound.exists("Current User") else b""
    return user[12:16] == b"\xdf\xc4\xd1\xf3"


def _directory_size(file: BinaryIO) -> int:
    """Bytes of the directory of a ZIP, from the record at its end (APPNOTE 4.3.16)."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    file.seek(0)
    return int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0


def _check_tables(file: BinaryIO) -> None:
    """Raises FormatFault if the tables of a compound file ([MS-CFB] 2.2) cannot be in it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    header = file.read(512)
    file.seek(0)
    shift = int.from_bytes(header[30:32], "little")
    fat, difat = (int.from_bytes(header[at : at + 4], "little") for at in (44, 72))
    if shift not in {9, 12} or fat > min(MOST_FAT, size >> shift) or difat > MOST_DIFAT:
        raise FormatFault("tables that are larger than the file")


def _beginning(parts: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The first bytes of a part, however much is packed into it. Raises: NotImplementedError for
    methods that unpack more than was asked for."""
    if parts.getinfo(name).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise NotImplementedError("another method than deflate")
    with parts.open(name) as part:
        return part.read(most)
