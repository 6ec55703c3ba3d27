"""Packages are installed only if they have the content whose hash stands in the requirements."""

import hashlib
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from launcher import environment
from launcher.messages import Trouble

NAME = "dienhong_tiny"
FACTS = {
    f"{NAME}.py": "ANSWER = 42\n",
    f"{NAME}-1.0.dist-info/METADATA": f"Metadata-Version: 2.1\nName: {NAME}\nVersion: 1.0\n",
    f"{NAME}-1.0.dist-info/WHEEL": (
        "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    ),
}


BUILD = """[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""


class Shelf:
    """A folder with one wheel in place of a package index, and a requirements file for it."""

    def __init__(self, folder: Path) -> None:
        self.target, self.requirements = folder / "target", folder / "wanted.txt"
        self.wheel = folder / f"{NAME}-1.0-py3-none-any.whl"
        record = f"{NAME}-1.0.dist-info/RECORD"
        with zipfile.ZipFile(self.wheel, "w") as archive:
            for name, text in FACTS.items():
                archive.writestr(name, text)
            archive.writestr(record, "".join(f"{name},,\n" for name in (*FACTS, record)))

    def put_source_instead(self, ran: Path) -> Path:
        """Replace the wheel by a source archive, whose build writes the file `ran`."""
        self.wheel.unlink()
        source = self.wheel.with_name(f"{NAME}-1.0.tar.gz")
        files = {
            "pyproject.toml": BUILD,
            "backend.py": f"open({str(ran)!r}, 'w')\n",
            "PKG-INFO": FACTS[f"{NAME}-1.0.dist-info/METADATA"],
        }
        with tarfile.open(source, "w:gz") as archive:
            for name, text in files.items():
                entry = tarfile.TarInfo(f"{NAME}-1.0/{name}")
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text.encode()))
        return source

    def install(self, words: str) -> None:
        self.requirements.write_text(f"{NAME}==1.0{words}\n")
        folder = str(self.wheel.parent)
        options = ["--no-index", "--no-deps", "--find-links", folder, "--target", str(self.target)]
        environment.install(self.requirements, "thư viện thử", "a package", options=options)

    def is_installed(self) -> bool:
        return (self.target / f"{NAME}.py").exists()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def test_the_content_of_the_hash_is_installed(shelf: Shelf):
    shelf.install(f" --hash=sha256:{hashlib.sha256(shelf.wheel.read_bytes()).hexdigest()}")
    assert shelf.is_installed()


@pytest.mark.parametrize("hashes", [1, 30], ids="hashes={}".format)
def test_other_content_is_refused_in_clear_words(shelf: Shelf, hashes):
    others = [hashlib.sha256(b"%d" % number).hexdigest() for number in range(hashes)]
    with pytest.raises(Trouble, match=r"SHA-256.*wanted\.txt.*differs"):
        shelf.install("".join(f" --hash=sha256:{one}" for one in others))
    assert not shelf.is_installed()


def test_a_requirement_without_a_hash_is_refused(shelf: Shelf):
    with pytest.raises(Trouble):
        shelf.install("")
    assert not shelf.is_installed()


def test_nothing_is_built_from_source(shelf: Shelf, tmp_path: Path):
    ran = tmp_path / "ran"
    source = shelf.put_source_instead(ran)
    with pytest.raises(Trouble):
        shelf.install(f" --hash=sha256:{hashlib.sha256(source.read_bytes()).hexdigest()}")
    assert not ran.exists()
