"""python -m launcher.hash_requirements: writes the hashes of every pinned package into the
requirements files. For developers, after a version was changed. Runs in .venv (packaging).

The hashes are those that the package index states (PEP 503), which is the one that pip uses: of all
files of the release that an interpreter of 3.11 or newer on Linux, macOS or Windows could install.
"""

import os
import re
import ssl
import subprocess
from collections.abc import Callable, Iterable
from functools import partial
from urllib.parse import urlsplit

from packaging.requirements import Requirement
from packaging.tags import Tag
from packaging.utils import (
    InvalidSdistFilename,
    InvalidWheelFilename,
    canonicalize_name,
    parse_sdist_filename,
    parse_wheel_filename,
)
from packaging.version import Version

from launcher.environment import REQUIREMENTS
from launcher.messages import Trouble, show
from launcher.pip_bootstrap import config_files, configured, fetch, links, trust
from launcher.places import PYTHON

OLDEST_MINOR = 11
SYSTEMS = re.compile(r"any|linux_|manylinux|musllinux|macosx|win32|win_")
HASH = re.compile(r"sha256=([0-9a-f]{64})")

Hashes = Callable[[str, str], list[str]]
"""(name, exact version) → SHA-256 of the files of the release, sorted."""


def with_hashes(text: str, hashes_of: Hashes) -> str:
    """A requirements file with the hashes anew; every other line stays as it is."""
    written = []
    for line in text.splitlines():
        kept = line.removesuffix("\\").rstrip()
        if kept.startswith("    --hash="):
            continue
        if kept and not kept.startswith(("#", "-r ")):
            wanted = Requirement(kept)
            version = str(wanted.specifier).removeprefix("==")
            hashes = hashes_of(wanted.name, version)
            kept = " \\\n    ".join([kept, *(f"--hash=sha256:{one}" for one in hashes)])
        written.append(kept)
    return "\n".join(written) + "\n"


def release_hashes(files: Iterable[tuple[str, str]], version: str) -> list[str]:
    """SHA-256 of the installable files of one release, sorted.

    files: (file name, URL with the fragment `sha256=…`). Raises: Trouble, where a hash is missing.
    """
    found = set()
    for name, url in files:
        if not is_of_release(name, Version(version)):
            continue
        stated = HASH.fullmatch(urlsplit(url).fragment)
        if stated is None:
            raise Trouble(f"Kho gói không có SHA-256 của {name}", f"no SHA-256 of {name}")
        found.add(stated.group(1))
    return sorted(found)


def is_of_release(file: str, version: Version) -> bool:
    """Whether a file is a source archive of this version, or a wheel for a supported machine."""
    try:
        if file.endswith(".whl"):
            _, found, _, tags = parse_wheel_filename(file)
            return found == version and any(map(_is_supported, tags))
        return parse_sdist_filename(file)[1] == version
    except (InvalidWheelFilename, InvalidSdistFilename):
        return False  # Installers and eggs, which pip does not install.


def _is_supported(tag: Tag) -> bool:
    if SYSTEMS.match(tag.platform) is None:
        return False
    if tag.interpreter.startswith("py3"):
        return True
    minor = tag.interpreter.removeprefix("cp3")
    return minor.isdigit() and (tag.abi == "abi3" or int(minor) >= OLDEST_MINOR)


def main() -> None:
    """Write the hashes into every requirements file. Raises: Trouble, OSError."""
    configuration = config_files(os.environ)
    index = configured("index-url", os.environ, configuration) or _default_index()
    hashes_of = partial(_from_index, index.rstrip("/"), trust(configuration))
    for file in REQUIREMENTS:
        fresh = with_hashes(file.read_text(encoding="utf-8"), hashes_of)
        file.write_text(fresh, encoding="utf-8")
        show(f"{file.name}: {fresh.count('--hash=')} SHA-256")


def _from_index(index: str, context: ssl.SSLContext, name: str, version: str) -> list[str]:
    page_url = f"{index}/{canonicalize_name(name)}/"
    page = fetch(page_url, context).decode("utf-8", "replace")
    hashes = release_hashes(links(page, page_url), version)
    if not hashes:
        raise Trouble(
            f"Kho gói không có {name} {version}",
            f"The package index does not have {name} {version}",
        )
    return hashes


def _default_index() -> str:
    """The index that pip uses without a configuration, as its own help states it."""
    words = [str(PYTHON), "-m", "pip", "install", "--help"]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    stated = re.search(r"--index-url <url>[^()]*\(\s*default\s+(\S+?)\)", told)
    assert stated is not None, "pip's help does not state its index"
    return stated.group(1)


if __name__ == "__main__":
    main()
