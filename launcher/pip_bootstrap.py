"""Installs pip into .venv when the machine's Python has neither pip nor ensurepip (a bare Debian).

The wheel is pinned by its hash. It comes from the package index that the machine is configured
for; without a configured index, Debian's copy of pip fetches the same file.
"""

import configparser
import hashlib
import importlib.util
import os
import shutil
import ssl
import tempfile
import urllib.request
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from html.parser import HTMLParser
from http.client import HTTPException
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from launcher.messages import Trouble, show
from launcher.places import PYTHON
from launcher.steps import run_step

VERSION = "26.3"
WHEEL = f"pip-{VERSION}-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
VI, EN = "Đang lấy pip", "getting pip"


def give_pip(base_python: str) -> None:
    """Install the pinned pip into .venv. Raises: Trouble that names python3-venv."""
    with tempfile.TemporaryDirectory(prefix="dienhong-pip-") as name:
        folder = Path(name)
        given = _from_base_pip(base_python, folder) or _from_index(folder) or _from_debian(folder)
    if not given:
        raise Trouble(
            "Python này không có pip: chạy apt install python3-venv rồi chạy lại lệnh này.",
            "This Python has no pip: run apt install python3-venv, then this command again.",
        )


def configured(option: str, environ: Mapping[str, str], files: Iterable[Path]) -> str | None:
    """One setting of pip ("index-url", "cert"): the environment overrides, then the last file."""
    value = None
    for file in files:
        parser = configparser.RawConfigParser()
        parser.read(file, encoding="utf-8")
        for section in ("global", "install"):
            value = parser.get(section, option, fallback=value)
    return environ.get(f"PIP_{option.upper().replace('-', '_')}") or value


def config_files(environ: Mapping[str, str]) -> list[Path]:
    """pip's configuration files, lowest precedence first."""
    home = Path(environ.get("HOME", "/"))
    own = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    files = [Path("/etc/xdg/pip/pip.conf"), Path("/etc/pip.conf"), home / ".pip" / "pip.conf"]
    named = environ.get("PIP_CONFIG_FILE")
    return [*files, own / "pip" / "pip.conf", *([Path(named)] if named else [])]


def links(page: str, page_url: str) -> list[tuple[str, str]]:
    """File name and URL of every link on a page of a simple index (PEP 503)."""
    parser = _Links()
    parser.feed(page)
    addresses = [urljoin(page_url, link) for link in parser.links]
    return [(unquote(urlsplit(one).path).rsplit("/", 1)[-1], one) for one in addresses]


def wheel_link(page: str, page_url: str) -> str | None:
    """The URL of the pinned wheel on a page of a simple index, or None."""
    return next((url for name, url in links(page, page_url) if name == WHEEL), None)


def trust(files: Iterable[Path]) -> ssl.SSLContext:
    """The certificate authorities that pip is configured to trust. Raises: OSError."""
    return ssl.create_default_context(cafile=configured("cert", os.environ, files))


def fetch(address: str, context: ssl.SSLContext) -> bytes:
    """GET a URL, with Basic authentication if the URL contains a user name and password.

    Raises: OSError, ValueError, HTTPException.
    """
    parts = urlsplit(address)
    request = urllib.request.Request(  # noqa: S310 - the URL is from the machine's configuration
        urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    )
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_header("Authorization", f"Basic {b64encode(pair.encode()).decode()}")
    with urllib.request.urlopen(request, timeout=60, context=context) as answer:  # noqa: S310
        content: bytes = answer.read()
    return content


def is_the_pinned_wheel(content: bytes) -> bool:
    """Whether these bytes have the hash of the pinned wheel."""
    return hashlib.sha256(content).hexdigest() == SHA256


class _Links(HTMLParser):
    """Collects the URL of every link of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for key, value in attrs if tag == "a" and key == "href" and value]


def _from_base_pip(base_python: str, folder: Path) -> bool:
    """Install into .venv with the pip of the machine's Python."""
    if importlib.util.find_spec("pip") is None:
        return False
    return _install([base_python, "-m", "pip", "--python", str(PYTHON)], folder)


def _from_index(folder: Path) -> bool:
    """Download the wheel from the configured index and run it to install itself."""
    files = config_files(os.environ)
    index = configured("index-url", os.environ, files)
    if index is None:
        return False
    page_url = f"{index.rstrip('/')}/pip/"
    try:
        context = trust(files)
        link = wheel_link(fetch(page_url, context).decode("utf-8", "replace"), page_url)
        content = fetch(link, context) if link else b""
    except (OSError, ValueError, HTTPException) as error:
        show(f"    {page_url.rpartition('@')[2]}: {error}")
        return False
    if not is_the_pinned_wheel(content):
        show(f"    {WHEEL}: SHA-256 ≠ {SHA256}")
        return False
    wheel = folder / WHEEL
    wheel.write_bytes(content)
    words = [PYTHON, wheel / "pip", "install", "--no-index", "--no-deps", wheel]
    return _ran(words)


def _from_debian(folder: Path) -> bool:
    """Unpack Debian's copy of pip without installing it, and fetch the pinned one with it."""
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return False
    fetch = f"cd '{folder}' && apt-get -qq download python3-pip-whl"
    update = "apt-get -qq update" if os.geteuid() == 0 else "false"
    script = f"({fetch} || ({update} && {fetch})) && dpkg-deb -x '{folder}'/*.deb '{folder}/deb'"
    if not _ran(["sh", "-c", script]):
        return False
    wheels = sorted((folder / "deb").glob("usr/share/python-wheels/pip-*.whl"))
    return bool(wheels) and _install([str(PYTHON), str(wheels[-1] / "pip")], folder)


def _install(pip: list[str], folder: Path) -> bool:
    """Install the pinned pip into .venv with another pip, checked by hash."""
    wanted = folder / "pip.txt"
    wanted.write_text(f"pip=={VERSION} --hash=sha256:{SHA256}\n")
    words = [*pip, "install", "--no-input", "--no-deps", "--require-hashes", "-r", str(wanted)]
    return _ran(words)


def _ran(words: Sequence[object]) -> bool:
    """Run a command; a failure is shown and not raised, because another method may follow."""
    outcome = run_step(words, VI, EN)
    if outcome.code != 0:
        show(f"    {(outcome.errors or [str(outcome.code)])[-1]}")
    return outcome.code == 0
