"""LibreOffice as a converter: where it is, its profile, fonts, files and command line.

One process for each file, on a profile of its own: two runs on one profile lose a file silently.
A macro in the profile (`convert.bas`) opens the file and exports the PDF, because options of the
command line can neither accept tracked changes nor set the pages of a sheet. Macros of the file
itself never run. Fonts come from the product's own packages: Debian's lack Vietnamese letters, and
other metrics change the number of pages.
"""

import socket
import sys
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

from core.paths import ROOT
from documents.conversion.formats import Format

PROGRAMS = (
    Path("/usr/lib/libreoffice/program/soffice.bin"),
    Path("/usr/lib64/libreoffice/program/soffice.bin"),
    Path("/opt/libreoffice/program/soffice.bin"),
)
RESTART = 81
"""The exit code of a program that has completed its profile and has to be started again."""
FONTS = ROOT / "node_modules" / "@expo-google-fonts"
SUBSTITUTES = {
    "Times New Roman": "Tinos",
    "Times": "Tinos",
    "Arial": "Arimo",
    "Helvetica": "Arimo",
    "Calibri": "Carlito",
    "Cambria": "Tinos",
    "Courier New": "Cousine",
}
"""The product's fonts with the metrics of those that files name. None for Cambria: Caladea lacks
Vietnamese letters."""
SYSTEM_FILES = tuple(
    Path(name)
    for name in (
        *("/etc/ld.so.cache", "/etc/passwd", "/etc/nsswitch.conf", "/etc/localtime"),
        *("/dev/urandom", "/proc/filesystems", "/proc/self"),
    )
)
_FOLDERS = (
    "/usr/lib",
    "/usr/lib64",
    "/lib",
    "/lib64",
    "/etc/libreoffice",
    "/etc/fonts",
    "/usr/share/libreoffice",
    "/usr/share/fontconfig",
    "/usr/share/zoneinfo",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/opt/libreoffice",
)


class Filters(NamedTuple):
    """Names of LibreOffice's filters, and the options of the one that loads.

    A file is loaded with one filter only: guessing would also load HTML named .doc.
    """

    load: str
    save: str
    options: str = ""


_WRITER, _CALC, _IMPRESS = "writer_pdf_Export", "calc_pdf_Export", "impress_pdf_Export"
FILTERS = {
    Format.DOCX: Filters("MS Word 2007 XML", _WRITER),
    Format.DOC: Filters("MS Word 97", _WRITER),
    Format.ODT: Filters("writer8", _WRITER),
    Format.RTF: Filters("Rich Text Format", _WRITER),
    Format.TXT: Filters("Text (encoded)", _WRITER, "UTF8,LF,Tinos,vi-VN"),
    Format.XLSX: Filters("Calc MS Excel 2007 XML", _CALC),
    Format.XLS: Filters("MS Excel 97", _CALC),
    Format.ODS: Filters("calc8", _CALC),
    Format.PPTX: Filters("Impress MS PowerPoint 2007 XML", _IMPRESS),
    Format.PPT: Filters("MS PowerPoint 97", _IMPRESS),
    Format.ODP: Filters("impress8", _IMPRESS),
}
_MODULES = {_WRITER: "libswlo.so", _CALC: "libsclo.so", _IMPRESS: "libsdlo.so"}
"""The library of each application: packages install them one by one."""
_PACKAGES = {
    save: f"libreoffice-{name}-nogui"
    for save, name in ((_WRITER, "writer"), (_CALC, "calc"), (_IMPRESS, "impress"))
}


def find(save: str | None = None) -> Path | None:
    """The program, if it is installed and has the application with this export filter."""
    for program in PROGRAMS:
        if program.exists() and (save is None or (program.parent / _MODULES[save]).exists()):
            return program
    return None


def installed_for(kind: Format) -> bool:
    """Whether this machine converts the format."""
    return find(FILTERS[kind].save) is not None


def readable(program: Path) -> list[Path]:
    """What the program may read besides its folder."""
    return [program.parent.parent, FONTS, *map(Path, _FOLDERS)]


def environment(folder: Path) -> dict[str, str]:
    """The whole environment of the program."""
    return {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "FONTCONFIG_FILE": str(folder / "fonts.conf"),
        "SAL_USE_VCLPLUGIN": "svp",
        "SAL_DISABLE_OPENCL": "1",
    }


def prepare(folder: Path, kind: Format, most_pages: int) -> None:
    """Write profile, fonts and arguments into the folder of a job. Raises: OSError."""
    for name, text in _profile().items():
        path = folder / "profile" / "user" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "fonts.conf").write_text(_fontconfig(folder), encoding="utf-8")
    filters = FILTERS[kind]
    words = (f"{folder.as_uri()}/", filters.load, filters.options, filters.save, str(most_pages))
    quoted = ",".join(f'"{word}"' for word in words)
    if kind is Format.TXT:
        (folder / "is-text").touch()
    (folder / "macro").write_text(f"macro:///Standard.Module.Convert({quoted})", encoding="utf-8")


def decode_text(folder: Path) -> None:
    """Write a plain text anew as LibreOffice is told that it is. Runs in the confined child."""
    if (folder / "is-text").exists():
        source = folder / "source"
        source.write_text(_decoded(source.read_bytes()), encoding="utf-8")


def command(program: Path, folder: Path) -> list[str]:
    """The command line, for a prepared folder."""
    return [
        str(program),
        f"-env:UserInstallation={_installation(folder)}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        (folder / "macro").read_text(encoding="utf-8"),
    ]


def remove_dead_pipes() -> None:
    """Remove the sockets that killed processes left; LibreOffice makes them in /tmp only."""
    for pipe in Path("/tmp").glob("OSL_PIPE_*_SingleOfficeIPC_*"):  # noqa: S108
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            probe.setblocking(False)  # whoever listens there may not answer
            try:
                probe.connect(str(pipe))
            except ConnectionRefusedError:
                with suppress(OSError):  # another account's
                    pipe.unlink()
            except OSError:
                continue


def _decoded(text: bytes) -> str:
    """A text in the encodings that Windows writes in Vietnam."""
    for encoding in ("utf-16" if text[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1258"):
        with suppress(UnicodeDecodeError):
            return unicodedata.normalize("NFC", text.decode(encoding))
    return text.decode("cp1258", errors="replace")


def _installation(folder: Path) -> str:
    return (folder / "profile").as_uri()


def _fontconfig(folder: Path) -> str:
    """Only the product's fonts, and what stands for those that files name."""
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{named}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for named, ours in SUBSTITUTES.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{escape(str(FONTS))}</dir><cachedir>{escape(str(folder / 'fonts'))}</cachedir>"
        f'{aliases}<match target="pattern"><edit name="family" mode="append_last">'
        "<string>Tinos</string></edit></match></fontconfig>"
    )


def _profile() -> dict[str, str]:
    """The files of a profile, by their names below `user`."""
    macro = escape((Path(__file__).parent / "convert.bas").read_text(encoding="utf-8"))
    office, script = "http://openoffice.org/2000/library", "http://openoffice.org/2000/script"
    return {
        "registrymodifications.xcu": _registry(),
        "basic/script.xlc": f'<library:libraries xmlns:library="{office}">'
        '<library:library library:name="Standard" library:link="false"/></library:libraries>',
        "basic/Standard/script.xlb": f'<library:library xmlns:library="{office}" '
        'library:name="Standard" library:readonly="false" library:passwordprotected="false">'
        '<library:element library:name="Module"/></library:library>',
        "basic/Standard/Module.xba": f'<script:module xmlns:script="{script}" '
        f'script:name="Module" script:language="StarBasic">{macro}</script:module>',
    }


def _registry() -> str:
    """Settings: no macros of files, no links, no Java; formulas of XLSX are computed on loading,
    because other programs store no results."""
    common = "/org.openoffice.Office.Common/Security/Scripting"
    settings = {
        "/org.openoffice.Setup/L10N": {"ooLocale": "en-US", "ooSetupSystemLocale": "vi-VN"},
        "/org.openoffice.Setup/Office": {"ooSetupInstCompleted": "true"},
        common: {
            "MacroSecurityLevel": "3",
            "BlockUntrustedRefererLinks": "true",
            "DisableActiveContent": "true",
        },
        "/org.openoffice.Office.Writer/Content/Update": {"Link": "2"},
        "/org.openoffice.Office.Calc/Content/Update": {"Link": "2"},
        "/org.openoffice.Office.Calc/Formula/Load": {"OOXMLRecalcMode": "0"},
        "/org.openoffice.Office.Java/VirtualMachine": {"Enable": "false"},
    }
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, props in settings.items()
        for name, value in props.items()
    )
    registry = "http://openoffice.org/2001/registry"
    return f'<oor:items xmlns:oor="{registry}">{items}</oor:items>'


if __name__ == "__main__":
    # For `./run doctor`: the packages that are missing.
    sys.stdout.write(" ".join(package for save, package in _PACKAGES.items() if find(save) is None))
