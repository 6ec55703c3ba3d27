"""A render child reaches its paper and its results, where the kernel can hold it to that."""

import subprocess
import sys
from pathlib import Path

import pytest

from documents.rendering.children import WAITED_FOR, DocumentRenderer, RenderRefused
from documents.sandbox.landlock import version
from tests.factories import ROOT, small_pdf
from tests.marked_papers import annotated, every_kind

HELD = version() > 0
REFUSED = "PermissionError"


def held(path: str, results: str | None, program: str) -> str:
    """What a process prints that was held to these and then ran this."""
    before = (
        "import os, signal, socket, sys\nfrom pathlib import Path\n"
        "from documents.sandbox.confinement import confine\n"
        "from documents.sandbox.landlock import reach_only\n"
        "def tried(do):\n"
        "    try:\n        do()\n        return 'done'\n"
        "    except OSError as error:\n        return type(error).__name__\n"
        "confine(name=b'held')\n"
        f"reach_only(Path({path!r}), {results!r} and Path({results!r}))\n"
    )
    words = [sys.executable, "-c", before + program]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.skipif(not HELD, reason="this kernel has no Landlock")
def test_another_paper_cannot_be_read_nor_anything_written_elsewhere(tmp_path: Path) -> None:
    results, paper, other = tmp_path / "results", tmp_path / "paper", tmp_path / "other"
    results.mkdir()
    for file in (paper, other):
        file.write_text("words")
    program = (
        f"print(tried(Path({str(paper)!r}).read_bytes),"
        f" tried(Path({str(other)!r}).read_bytes),"
        f" tried(lambda: Path({str(paper)!r}).write_bytes(b'')),"
        f" tried(lambda: Path({str(other)!r}).unlink()),"
        f" tried(lambda: Path({str(tmp_path / 'new')!r}).write_bytes(b'')),"
        f" tried(lambda: Path({str(results / 'new')!r}).write_bytes(b'')),"
        f" tried(lambda: Path({str(results / 'new')!r}).replace({str(results / 'old')!r})))"
    )
    said = held(str(paper), str(results), program).split()
    assert said == ["done", REFUSED, REFUSED, REFUSED, REFUSED, "done", "done"]
    assert other.read_text() == "words"


@pytest.mark.skipif(version() < 6, reason="this kernel's Landlock knows no signals")
def test_other_processes_get_no_signals(tmp_path: Path) -> None:
    program = (
        "print(tried(lambda: os.kill(os.getppid(), 0)), tried(lambda: os.kill(os.getpid(), 0)))"
    )
    assert held(str(tmp_path), None, program).split() == [REFUSED, "done"]


@pytest.mark.skipif(not HELD, reason="this kernel has no Landlock")
def test_a_child_is_held_to_its_results(tmp_path: Path) -> None:
    paper, results = tmp_path / "paper.pdf", tmp_path / "results"
    paper.write_bytes(small_pdf(2))
    results.mkdir()
    with DocumentRenderer(paper, WAITED_FOR, results=results) as renderer:
        assert renderer.render_page(1, 1200, results / "1").size > 0
        assert len(renderer.read_words(1).words) > 0
        with pytest.raises(RenderRefused, match=REFUSED):
            renderer.render_page(1, 1200, tmp_path / "1")
    assert not (tmp_path / "1").exists()


def test_marks_are_put_into_a_copy_all_the_same(tmp_path: Path) -> None:
    for flat in (False, True):
        assert annotated(small_pdf(2), tmp_path, every_kind(), flat=flat)[1].count > 0
