"""The verifier as a command: hostile archives, its words, and that it needs nothing else."""

import ast
import json
import random
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from core.paths import ROOT
from meetings.voting.vote_log import jcs
from tests.rules.verifier.test_verifier_files import Members, plain
from tests.rules.voting.vote_archives import archive_of, unzipped
from tests.rules.voting.vote_forgeries import sealed
from tests.rules.voting.vote_meetings import CLERK
from verifier import archive as archive_module
from verifier.__main__ import main
from verifier.archive import open_archive
from verifier.faults import Unusable
from verifier.unusable_words import UNUSABLE


def _bomb() -> bytes:
    """Small, and a gigabyte when it is unpacked; it says of itself that it is small."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("key.txt", b"0" * (1 << 20))
    return out.getvalue()


def _zip(members: Members, **options: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", options.get("compression", zipfile.ZIP_STORED)) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def _twice() -> bytes:
    whole = _zip({"log.jsonl": b"a", "log.jsonX": b"b", "checkpoints.txt": b"", "key.txt": b""})
    return whole.replace(b"log.jsonX", b"log.jsonl")


def _readme_twice() -> bytes:
    whole = _zip({**unzipped(_stored()), "README.txX": b"b"})
    return whole.replace(b"README.txX", b"README.txt")


def _encrypted() -> bytes:
    whole = bytearray(_zip({"log.jsonl": b"a"}))
    central = whole.index(b"PK\x01\x02")
    whole[central + 8 : central + 10] = struct.pack("<H", 1)
    return bytes(whole)


def _stored() -> bytes:
    return archive_of(*plain().files())


def _header_differs() -> bytes:
    """The first member's own header says another checksum than the directory at the end."""
    whole = bytearray(_stored())
    whole[14] ^= 1
    return bytes(whole)


def _name_differs() -> bytes:
    """The readme's own header names a log."""
    return _stored().replace(b"README.txt", b"log1.jsonl", 1)


def _between() -> bytes:
    """A second log lies between two members: a program that reads from the front finds it."""
    whole = _stored()
    hidden = _zip({"log.jsonl": b"{}\n"})
    hidden = hidden[: hidden.index(b"PK\x01\x02")]
    directory = whole.index(b"PK\x01\x02")
    end = bytearray(whole[directory:])
    end[-6:-2] = struct.pack("<L", directory + len(hidden))
    return whole[:directory] + hidden + bytes(end)


def _commented() -> bytes:
    whole = bytearray(_stored())
    whole[-2:] = struct.pack("<H", 5)
    return bytes(whole) + b"hello"


ARCHIVES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("not_a_zip", lambda: b""),
    "text": ("not_a_zip", lambda: b"hello" * 1000),
    "cut off": ("not_a_zip", lambda: archive_of(*plain().files())[:-30]),
    "no log": ("member_missing", lambda: _zip({"checkpoints.txt": b"", "key.txt": b""})),
    "a log twice": ("member_twice", _twice),
    "a readme twice": ("member_twice", _readme_twice),
    "a stray member": ("member_unknown", lambda: _zip({**unzipped(_stored()), "notes.txt": b""})),
    "a folder": ("member_unknown", lambda: _zip({**unzipped(_stored()), "verifier/": b""})),
    "a stray log": ("member_unknown", lambda: _zip({"earlier/1/log.JSONL": b""})),
    "bytes after it": ("bytes_after_zip", lambda: _stored() + b"\n"),
    "a comment": ("bytes_after_zip", _commented),
    "bytes before it": ("bytes_between_members", lambda: b"#!/bin/sh\n" + _stored()),
    "bytes between": ("bytes_between_members", _between),
    "another name": ("member_headers_differ", _name_differs),
    "another header": ("member_headers_differ", _header_differs),
    "encrypted": ("member_packed_oddly", _encrypted),
    "lzma": (
        "member_packed_oddly",
        lambda: _zip({"log.jsonl": b"a"}, compression=zipfile.ZIP_LZMA),
    ),
    "bomb": ("member_too_large", _bomb),
    "many members": ("too_many_members", lambda: _zip({f"m{i}": b"" for i in range(2001)})),
    "a gap": ("earlier_logs_not_numbered", lambda: _zip({"earlier/2/log.jsonl": b""})),
}


@pytest.mark.parametrize("case", ARCHIVES)
def test_archives_that_cannot_be_checked_are_refused_in_words(case, tmp_path, capsys):
    code, make = ARCHIVES[case]
    path = tmp_path / "archive.zip"
    path.write_bytes(make())
    with pytest.raises(Unusable) as found:
        open_archive(path)
    assert found.value.code == code
    assert main([str(path)]) == 2
    assert "KHÔNG KIỂM TRA ĐƯỢC" in capsys.readouterr().out


def test_a_large_archive_is_refused_by_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr(archive_module, "MOST_BYTES", 1000)
    path = tmp_path / "archive.zip"
    path.write_bytes(archive_of(*plain().files()))
    with pytest.raises(Unusable) as found:
        open_archive(path)
    assert found.value.code == "too_large"


@pytest.mark.parametrize("seed", range(10))
def test_damage_anywhere_in_the_zip_ends_in_words(seed, tmp_path, capsys):
    rng = random.Random(seed)
    path = tmp_path / "archive.zip"
    whole = archive_of(*plain().files())
    for _ in range(30):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 20)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged[: rng.choice([len(damaged), rng.randrange(len(damaged))])])
        assert main([str(path)]) in (0, 1, 2)
        assert capsys.readouterr().out


def _with_a_wrong_byte(name: str, place: int) -> bytes:
    """An archive, stored without compression, in which one byte of a member is another."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(archive_of(*plain().files()))) as source:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as stored:
            for member in source.namelist():
                stored.writestr(member, source.read(member))
            content = source.read(name)
    whole = bytearray(packed.getvalue())
    at = whole.index(content[:200]) + place
    whole[at] = ord("x") if whole[at] != ord("x") else ord("y")
    return bytes(whole)


def test_a_damaged_member_is_checked_as_far_as_it_goes(tmp_path, capsys):
    path = tmp_path / "archive.zip"
    path.write_bytes(_with_a_wrong_byte("log.jsonl", 100))
    assert main([str(path)]) == 1
    assert " 0" in capsys.readouterr().out
    path.write_bytes(_with_a_wrong_byte("leaves.txt", 70))
    assert main([str(path)]) in (1, 2)


def test_the_command_tells_compares_and_names(tmp_path, capsys):
    held = plain()
    path, kept = tmp_path / "archive.zip", tmp_path / "kept.txt"
    path.write_bytes(archive_of(*held.files()))
    kept.write_text(held.log.notes[3])
    leaf = unzipped(path.read_bytes())["leaves.txt"].split()[3].decode()
    given = ["--kept", str(kept), "--receipt", f"3:{leaf}", "--key", held.log.signers[0].vkey]
    assert main([str(path), *given]) == 0
    assert "KHÔNG THẤY SAI SÓT" in capsys.readouterr().out
    assert main([str(path), "--lang", "en", "--receipt", f"4:{leaf}"]) == 1
    assert "BROKEN AT ENTRY 4: " in capsys.readouterr().out
    kept.write_text("no checkpoint")
    for wrong in (["--kept", str(kept)], ["--kept", "none"], ["--receipt", "x"], ["--key", "x"]):
        assert main([str(path), *wrong]) == 2
    assert main([str(tmp_path / "none.zip")]) == 2
    assert main([str(tmp_path)]) == 2
    codes = {code for code, _ in ARCHIVES.values()}
    codes |= {"too_large", "no_file", "not_readable", "kept_unreadable", "receipt_unreadable"}
    codes |= {"key_given_unreadable", "receipt_proves_nothing", "receipt_mistyped"}
    assert codes | {"kept_of_another_log", "member_damaged"} == UNUSABLE.keys()


def test_hostile_words_cannot_move_the_cursor(tmp_path, capsys):
    held = plain()
    start = json.loads(held.log.lines[0])
    start["data"]["meeting_title"] = "\x1b[2J\u202e{title}\x07"
    lines = [jcs.encode(start), *held.log.lines[1:]]
    path = tmp_path / "archive.zip"
    path.write_bytes(archive_of(sealed(lines, held.log.signers, held.log.log_id)))
    assert main([str(path)]) == 0
    out = capsys.readouterr().out
    assert not {"\x1b", "\u202e", "\x07"} & set(out)
    assert "\\u{1b}[2J\\u{202e}{title}\\u{7}" in out


def test_the_verifier_runs_alone_on_a_bare_python(tmp_path):
    """Isolated, without site packages: what an outsider has after unpacking the folder."""
    for file in (ROOT / "verifier").glob("*.py"):
        target = tmp_path / "verifier" / file.name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(file.read_bytes())
    held = plain()
    (tmp_path / "a.zip").write_bytes(archive_of(*held.files()))
    start = (
        "import sys, runpy; sys.path[:0] = ['.']; runpy.run_module('verifier', None, '__main__')"
    )
    words = [sys.executable, "-I", "-S", "-W", "error", "-c", start, "a.zip"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert held.log.checkpoint().root.hex() in done.stdout.decode()
    assert CLERK.name in done.stdout.decode()


@pytest.mark.parametrize(
    "file", sorted((ROOT / "verifier").glob("*.py")), ids=lambda file: file.name
)
def test_the_verifier_imports_nothing_of_the_rest(file):
    names = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    strangers = names - sys.stdlib_module_names - {"verifier"}
    assert strangers <= ({"cryptography"} if file.name == "ed25519.py" else set())
