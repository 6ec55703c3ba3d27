"""python -m launcher.sbom_document: prints what is installed and shipped, in CycloneDX 1.6 JSON
(https://cyclonedx.org/docs/1.6/json/). Runs in .venv.

The same files and packages give the same bytes: the serial number is derived from the content, and
there is a time stamp only if SOURCE_DATE_EPOCH gives it, in seconds.
"""

import base64
import json
import os
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageMetadata, distribution
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from launcher.places import ROOT

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
ALGORITHMS = {"sha256": "SHA-256", "sha384": "SHA-384", "sha512": "SHA-512"}
INDIRECT = "# What those need:"
"""The line of requirements.txt after which no package is asked for by name."""
BUILD_TOOLS = {"esbuild"}
"""Packages among the `dependencies` of package.json that make the bundle and are not in it."""
LONGEST_LICENCE = 100
PYPI_HASHES = "of the files of the release that fit a supported machine; one of them is installed"

Json = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """A component: its JSON, the `bom-ref`s that it needs, whether the product asks for it."""

    component: Json
    needs: Sequence[str]
    is_direct: bool

    @property
    def ref(self) -> str:
        """The `bom-ref`, which is the package URL."""
        return str(self.component["bom-ref"])


def document(root: Path, environ: Mapping[str, str]) -> Json:
    """The bill of materials of the program in `root`, whose packages this Python sees.

    Raises: OSError, importlib.metadata.PackageNotFoundError.
    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))
    requirements = (root / "requirements.txt").read_text(encoding="utf-8")
    parts = [*python_parts(requirements), *script_parts(lock["packages"])]
    parts.sort(key=lambda part: part.ref)
    product = _product(project)
    needs = {part.ref: part.needs for part in parts}
    needs[product["bom-ref"]] = [part.ref for part in parts if part.is_direct]
    metadata: Json = {
        "component": product,
        "properties": [{"name": "dienhong:hashes:pypi", "value": PYPI_HASHES}],
    }
    if environ.get("SOURCE_DATE_EPOCH"):
        at = datetime.fromtimestamp(int(environ["SOURCE_DATE_EPOCH"]), UTC)
        metadata["timestamp"] = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    content = {
        "version": 1,
        "metadata": metadata,
        "components": [part.component for part in parts],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(set(needs[ref]))} for ref in sorted(needs)
        ],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(content, sort_keys=True)).urn
    head = {"$schema": SCHEMA, "bomFormat": "CycloneDX", "specVersion": "1.6"}
    return {**head, "serialNumber": serial, **content}


def python_parts(requirements: str) -> Iterator[Part]:
    """The packages of a requirements file that this machine needs, from their own metadata."""
    listed = list(_listed(requirements))
    names = {name for name, _, _ in listed}
    for name, hashes, is_direct in listed:
        installed = distribution(name)
        component = _library(f"pkg:pypi/{name}", installed.name, installed.version)
        component |= _licences(_stated(installed.metadata))
        component["hashes"] = [_hash(*one.split(":")) for one in hashes]
        needed = [Requirement(one) for one in installed.requires or []]
        needs = [
            f"pkg:pypi/{canonicalize_name(one.name)}@{distribution(one.name).version}"
            for one in needed
            if canonicalize_name(one.name) in names and _applies(one)
        ]
        yield Part(component, needs, is_direct)


def script_parts(packages: Mapping[str, Json]) -> Iterator[Part]:
    """The packages of a lock file (its `packages`) that the front end is made of.

    Those of developers are left out, and the binaries of the build tool for each system.
    """
    asked = {f"node_modules/{name}" for name in packages[""]["dependencies"]}
    shipped = {
        path: one
        for path, one in packages.items()
        if path and not any(one.get(kind) for kind in ("dev", "optional", "devOptional"))
    }
    refs = {path: f"{_npm(path)}@{one['version']}" for path, one in shipped.items()}
    for path, one in shipped.items():
        name = _script_name(path)
        component = _library(_npm(path), name, one["version"])
        component |= _licences([one.get("license")])
        algorithm, _, digest = one["integrity"].partition("-")
        component["hashes"] = [_hash(algorithm, base64.b64decode(digest).hex())]
        if name in BUILD_TOOLS:
            component["scope"] = "excluded"
        places = [_resolved(path, wanted, shipped) for wanted in one.get("dependencies", {})]
        yield Part(component, [refs[place] for place in places], path in asked)


def _listed(requirements: str) -> Iterator[tuple[str, list[str], bool]]:
    """Name, hashes (`sha256:…`) and whether it is asked for by name, of what applies here."""
    asked, _, others = requirements.replace("\\\n", " ").partition(INDIRECT)
    for text, is_direct in ((asked, True), (others, False)):
        for line in text.splitlines():
            words, *hashes = re.split(r"\s+--hash=", line.partition("#")[0].strip())
            wanted = Requirement(words) if words else None
            if wanted is not None and _applies(wanted):
                yield str(canonicalize_name(wanted.name)), hashes, is_direct


def _applies(wanted: Requirement) -> bool:
    return wanted.marker is None or wanted.marker.evaluate({"extra": ""})


def _stated(metadata: PackageMetadata) -> list[str]:
    """What a package says about its licence, the most exact first."""
    classifiers = metadata.get_all("Classifier") or []
    names = [one.split(" :: ") for one in classifiers if one.startswith("License :: ")]
    fields = [metadata.get_all(field) or [] for field in ("License-Expression", "License")]
    return [*chain.from_iterable(fields), *(parts[-1] for parts in names)]


def _script_name(path: str) -> str:
    return path.rpartition("node_modules/")[2]


def _npm(path: str) -> str:
    return f"pkg:npm/{quote(_script_name(path))}"


def _resolved(path: str, name: str, packages: Mapping[str, Json]) -> str:
    """Where the package at `path` finds another one: below itself, else further up."""
    folder = path
    while folder and f"{folder}/node_modules/{name}" not in packages:
        folder = folder.rpartition("node_modules/")[0].removesuffix("/")
    return f"{folder}/node_modules/{name}".removeprefix("/")


def _product(project: Json) -> Json:
    named = {key: project[key] for key in ("name", "version", "description")}
    ref = f"{project['name']}@{project['version']}"
    return {"type": "application", "bom-ref": ref, **named, **_licences([project["license"]])}


def _library(purl: str, name: str, version: str) -> Json:
    ref = f"{purl}@{quote(version)}"
    return {"type": "library", "bom-ref": ref, "name": name, "version": version, "purl": ref}


def _licences(stated: Sequence[str | None]) -> Json:
    """`licenses` of a component, or nothing: the first text that is a licence or its name."""
    for text in stated:
        if not text or "\n" in text or len(text) > LONGEST_LICENCE:
            continue  # The whole text of a licence.
        try:
            return {"licenses": [{"expression": canonicalize_license_expression(text)}]}
        except InvalidLicenseExpression:
            return {"licenses": [{"license": {"name": text}}]}
    return {}


def _hash(algorithm: str, digest: str) -> Json:
    return {"alg": ALGORITHMS[algorithm], "content": digest}


if __name__ == "__main__":
    text = json.dumps(document(ROOT, os.environ), ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(f"{text}\n".encode())
