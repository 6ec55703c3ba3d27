"""./run doctor --sbom lists what is installed and shipped, in CycloneDX 1.6."""

import base64
import json
import re
from importlib.metadata import version
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from core.config import VERSION
from launcher.sbom_document import document, python_parts, script_parts
from tests.factories import ROOT
from tests.server.run_command import run

DEADLINE = 30.0


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    done = run("doctor", "--sbom", cwd=tmp_path_factory.mktemp("elsewhere"), deadline=DEADLINE)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def listed(printed: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed)
    return found


def component(listed: dict[str, Any], purl: str) -> dict[str, Any]:
    found: dict[str, Any]
    (found,) = [one for one in listed["components"] if one["purl"] == purl]
    return found


def needs(listed: dict[str, Any], ref: str) -> list[str]:
    found: list[str]
    (found,) = [one["dependsOn"] for one in listed["dependencies"] if one["ref"] == ref]
    return found


def test_it_follows_the_official_schema(printed: str):
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    assert validator.validate_str(printed) is None
    assert validator.validate_str(printed.replace('"library"', '"book"', 1)) is not None


def test_the_product_and_every_package_are_listed_once(listed: dict[str, Any]):
    product = listed["metadata"]["component"]
    assert (product["name"], product["version"]) == ("dienhong", VERSION)
    assert product["licenses"] == [{"expression": "AGPL-3.0-or-later"}]
    refs = [one["bom-ref"] for one in listed["components"]]
    assert len(set(refs)) == len(refs)
    edges = {one["ref"]: one["dependsOn"] for one in listed["dependencies"]}
    assert set(edges) == {product["bom-ref"], *refs}
    reached, waiting = set(), [product["bom-ref"]]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += edges[ref]
    assert reached == set(edges)


def test_python_packages_have_what_their_metadata_and_the_requirements_say(listed: dict[str, Any]):
    flask = component(listed, f"pkg:pypi/flask@{version('flask')}")
    assert flask["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert f"pkg:pypi/werkzeug@{version('werkzeug')}" in needs(listed, flask["bom-ref"])
    block = re.search(r"^Flask==\S+((?: \\\n    --hash=\S+)+)", requirements(), re.MULTILINE)
    assert block is not None
    hashes = re.findall(r"sha256:(\S+)", block.group(1))
    assert flask["hashes"] == [{"alg": "SHA-256", "content": one} for one in hashes]
    assert flask["purl"] in needs(listed, f"dienhong@{VERSION}")
    assert f"pkg:pypi/jinja2@{version('jinja2')}" not in needs(listed, f"dienhong@{VERSION}")
    assert not any(one["name"] in {"pytest", "ruff"} for one in listed["components"])


def test_scripts_have_the_integrity_hash_of_the_lock_file_in_hex(listed: dict[str, Any]):
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    locked = lock["node_modules/@noble/hashes"]
    noble = component(listed, f"pkg:npm/%40noble/hashes@{locked['version']}")
    digest = base64.b64decode(locked["integrity"].removeprefix("sha512-")).hex()
    assert noble["hashes"] == [{"alg": "SHA-512", "content": digest}]
    assert (noble["name"], noble["licenses"]) == ("@noble/hashes", [{"expression": "MIT"}])
    (tool,) = [one for one in listed["components"] if one.get("scope") == "excluded"]
    assert tool["name"] == "esbuild"
    left_out = {path for path, one in lock.items() if one.get("dev") or one.get("optional")}
    names = {one["name"] for one in listed["components"] if one["purl"].startswith("pkg:npm/")}
    assert names.isdisjoint(path.removeprefix("node_modules/") for path in left_out)
    assert len(names) == len(lock) - 1 - len(left_out)


def test_the_same_installation_gives_the_same_bytes(printed: str, listed, tmp_path):
    file = tmp_path / "sbom.json"
    done = run("doctor", "--sbom", str(file), cwd=tmp_path, deadline=DEADLINE)
    assert done.returncode == 0
    assert file.read_text() == printed
    assert str(file) in done.stdout
    dated = document(ROOT, {"SOURCE_DATE_EPOCH": "1796000000"})
    assert "timestamp" not in listed["metadata"]
    assert dated["metadata"]["timestamp"] == "2026-11-30T00:53:20Z"
    assert dated["serialNumber"] != listed["serialNumber"]


def test_a_file_that_cannot_be_written_is_refused(tmp_path):
    file = tmp_path / "missing" / "sbom.json"
    done = run("doctor", "--sbom", str(file), cwd=tmp_path, deadline=DEADLINE)
    assert (done.returncode, done.stdout) == (2, "")
    assert str(file) in done.stderr


def test_a_nested_script_and_a_package_of_another_system():
    integrity = f"sha512-{base64.b64encode(bytes(64)).decode()}"
    one, two = ({"version": number, "integrity": integrity} for number in ("1.0.0", "2.0.0"))
    lock: dict[str, dict[str, Any]] = {
        "": {"dependencies": {"a": "1.0.0", "b": "1.0.0"}},
        "node_modules/a": {**one, "dependencies": {"b": "^2"}},
        "node_modules/a/node_modules/b": {**two, "dependencies": {"c": "*"}},
        "node_modules/b": one,
        "node_modules/c": one,
    }
    parts = {part.ref: part for part in script_parts(lock)}
    assert parts["pkg:npm/a@1.0.0"].needs == ["pkg:npm/b@2.0.0"]
    assert parts["pkg:npm/b@2.0.0"].needs == ["pkg:npm/c@1.0.0"]
    assert [ref for ref, part in parts.items() if part.is_direct] == [
        "pkg:npm/a@1.0.0",
        "pkg:npm/b@1.0.0",
    ]
    lines = 'Flask==3 ; sys_platform == "nowhere"\nclick==8 --hash=sha256:aa\n'
    assert [part.component["name"] for part in python_parts(lines)] == ["click"]


def requirements() -> str:
    return (ROOT / "requirements.txt").read_text()
