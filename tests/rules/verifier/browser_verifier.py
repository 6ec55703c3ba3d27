"""Runs the browser's verifier in node, and the Python verifier on the same archives."""

import base64
import io
import json
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.paths import ROOT
from verifier.__main__ import _kept, main
from verifier.archive import open_archive
from verifier.check import check
from verifier.faults import Fault, Unusable
from verifier.receipts import read_receipt

SCRIPT = ROOT / "tests" / "js" / "verify_archives.mjs"
TIMEOUT = 300


@dataclass(frozen=True)
class Case:
    """An archive, and what it is compared with.

    kept: contents of files. receipts: contents of files, or texts INDEX:HASH.
    """

    name: str
    archive: bytes
    kept: Sequence[bytes] = ()
    receipts: Sequence[bytes | str] = ()
    key: str | None = None
    require_key: bool = False


@dataclass(frozen=True)
class Answer:
    """How a check ended: exit code, fault with its place, and what was printed."""

    exit: int
    code: str | None
    index: int | None
    log: str | None
    vi: str
    en: str


def python_answer(case: Case, folder: Path) -> Answer:
    """What `python -m verifier` says of a case. `folder`: for the files of the case."""
    archive = folder / "archive.zip"
    archive.write_bytes(case.archive)
    kept = [str(path) for path in _written(folder, "kept", case.kept)]
    receipts = list(_receipts(folder, case))
    words = [str(archive), *(["--key", case.key] if case.key is not None else [])]
    words += [word for path in kept for word in ("--kept", path)]
    words += [word for said in receipts for word in ("--receipt", said)]
    words += ["--require-key"] if case.require_key else []
    ends, told = [], []
    for language in ("vi", "en"):
        with redirect_stdout(io.StringIO()) as out:
            ends.append(main([*words, "--lang", language]))
        told.append(out.getvalue())
    assert ends[0] == ends[1]
    return Answer(ends[0], *_fault(case, archive, kept, receipts), *told)


def _fault(
    case: Case, archive: Path, kept: Sequence[str], receipts: Sequence[str]
) -> tuple[str | None, int | None, str | None]:
    try:
        notes = [note for path in kept for note in _kept(Path(path))]
        given = [read_receipt(said) for said in receipts]
        check(open_archive(archive), notes, given, case.key)
    except Fault as fault:
        return fault.code, fault.index, fault.log
    except Unusable as error:
        return error.code, None, None
    return None, None, None


def browser_answers(cases: Iterable[Case], folder: Path) -> list[Answer]:
    """What the browser's verifier says of these cases, each with the names of the same files."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: ./run test gets it")
    asked = "".join(f"{json.dumps(_question(case, folder))}\n" for case in cases)
    done = subprocess.run(
        [node, "--no-warnings", SCRIPT],
        input=asked,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Answer(**json.loads(line)) for line in done.stdout.splitlines()]


def assert_same(cases: Sequence[Case], folder: Path) -> list[Answer]:
    """Both verifiers say the same of all cases, to the letter."""
    answers = browser_answers(cases, folder)
    assert len(answers) == len(cases)
    for case, answer in zip(cases, answers, strict=True):
        assert answer == python_answer(case, folder), case.name
    return answers


def _question(case: Case, folder: Path) -> dict[str, object]:
    kept = [[str(_path(folder, "kept", i)), _encoded(one)] for i, one in enumerate(case.kept)]
    receipts = [
        one if isinstance(one, str) else [str(_path(folder, "receipt", i)), _encoded(one)]
        for i, one in enumerate(case.receipts)
    ]
    question = {"archive": _encoded(case.archive), "kept": kept, "receipts": receipts}
    return {**question, "key": case.key, "requireKey": case.require_key}


def _written(folder: Path, kind: str, contents: Sequence[bytes]) -> Iterable[Path]:
    for number, content in enumerate(contents):
        path = _path(folder, kind, number)
        path.write_bytes(content)
        yield path


def _receipts(folder: Path, case: Case) -> Iterable[str]:
    for number, one in enumerate(case.receipts):
        if isinstance(one, str):
            yield one
            continue
        path = _path(folder, "receipt", number)
        path.write_bytes(one)
        yield str(path)


def _path(folder: Path, kind: str, number: int) -> Path:
    return folder / f"{kind}-{number}.txt"


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()
