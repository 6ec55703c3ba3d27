"""Typesetting for a server: by a child with limits, off the hub, in the letters that Tinos has."""

import json
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from core.errors import Unavailable
from core.paths import ROOT
from core.typesetting.child import settable
from core.typesetting.font_files import letters_in_every
from core.typesetting.fonts import TypesettingError, tinos_folder
from core.typesetting.job import TypesetJob
from core.typesetting.service import ENVIRONMENT, TypesetService

pytestmark = pytest.mark.slow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
VIETNAMESE = (
    "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬEÈÉẺẼẸÊỀẾỂỄỆIÌÍỈĨỊOÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢUÙÚỦŨỤƯỪỨỬỮỰYỲÝỶỸỴĐ"
)
SAYS = """#import "/core/typesetting/official.typ": *
#show: official-paper.with(title: "x", author: "y", date: auto)
#json(bytes(sys.inputs.facts)).said
"""
TOO_MUCH = """#for a in range(2000) {
  for b in range(2000) { for c in range(2000) { let d = calc.rem(a * b + c, 7) } }
}
"""


@pytest.fixture
def template(tmp_path_factory: pytest.TempPathFactory):
    """A template of the test's own, which must lie in the project like every other."""
    folder = ROOT / "tests" / "artifacts" / tmp_path_factory.mktemp("typ").name
    folder.mkdir(parents=True, exist_ok=True)

    def written(text: str) -> Path:
        path = folder / "template.typ"
        path.write_text(text)
        return path

    yield written
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode().strip().replace("\n", " ")


def children() -> str:
    """The processes that this thread has started and that have not ended."""
    return Path("/proc/thread-self/children").read_text()


def test_tinos_has_every_vietnamese_letter():
    letters = letters_in_every(tinos_folder())
    assert set(map(ord, VIETNAMESE)) <= letters
    assert not {ord("😀"), ord("ع"), ord("漢")} & letters


def test_the_letters_that_the_fonts_say_they_have_are_those_that_can_be_set(template):
    """PDF/A refuses a letter without a glyph, so one paper with all of them proves each."""
    letters = letters_in_every(tinos_folder())
    every = "".join(chr(one) for one in sorted(letters) if chr(one).isprintable())
    assert len(every) > 2_500
    assert TypesetService().pdf(template(SAYS), {"said": every}, NOON).startswith(b"%PDF-")


def test_a_letter_without_a_glyph_is_named(template):
    made = TypesetService().pdf(template(SAYS), {"said": "An 😀 và 😎 #x"}, NOON)
    assert text_of(made) == "An [U+1F600] và [U+1F60E] #x"
    assert settable({"a": ["é\n", 1, None]}, frozenset([ord("é")])) == {"a": ["é\n", 1, None]}


def test_the_same_order_is_typeset_once_even_for_many_at_once(template):
    service, path = TypesetService(), template(SAYS)
    made: list[bytes] = []
    askers = [
        threading.Thread(target=lambda: made.append(service.pdf(path, {"said": "một"}, NOON)))
        for _ in range(8)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(made) == 8
    assert len({id(one) for one in made}) == 1


def test_only_the_last_papers_are_kept(template):
    service, path = TypesetService(kept=1), template(SAYS)
    first = service.pdf(path, {"said": "một"}, NOON)
    assert service.pdf(path, {"said": "một"}, NOON) is first
    service.pdf(path, {"said": "hai"}, NOON)
    again = service.pdf(path, {"said": "một"}, NOON)
    assert again is not first
    assert again == first


def test_what_takes_too_long_is_given_up_and_the_next_goes_on(template):
    service, before = TypesetService(seconds=1), children()
    with pytest.raises(Unavailable):
        service.pdf(template(TOO_MUCH), {}, NOON)
    assert children() == before
    patient = TypesetService()
    assert text_of(patient.pdf(template(SAYS), {"said": "vẫn chạy"}, NOON)) == "vẫn chạy"


def test_who_waits_too_long_in_line_is_told(template):
    service, path = TypesetService(seconds=2, timeout=0), template(TOO_MUCH)
    refused: list[Exception] = []

    def ask() -> None:
        try:
            service.pdf(path, {}, NOON)
        except Unavailable as error:
            refused.append(error)

    askers = [threading.Thread(target=ask) for _ in range(3)]
    for asker in askers:
        asker.start()
    askers[0].join(timeout=0.5)
    assert len(refused) >= 2
    for asker in askers:
        asker.join()
    assert len(refused) == 3


def test_a_child_whose_server_is_gone_ends_by_itself(template):
    order = TypesetJob(str(template(TOO_MUCH)), {}, NOON, seconds=1)
    done = subprocess.run(
        [sys.executable, "-s", "-m", "core.typesetting.child"],
        input=msgspec.json.encode(order),
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == -signal.SIGALRM


def test_a_broken_template_is_a_fault_that_names_it(template):
    with pytest.raises(TypesettingError, match=r"template\.typ: error: unknown variable: nothing"):
        TypesetService().pdf(template("#nothing"), {}, NOON)


def test_facts_are_never_markup(template):
    said = '#panic("x") $x$ *đậm* _nghiêng_ `mã` @ref // chú \\ <b> "nháy" /* */ --- #sys'
    assert text_of(TypesetService().pdf(template(SAYS), {"said": said}, NOON)) == said


SERVED = """
from core.server import eventlet_server
eventlet_server.patch()
import json, sys, threading, time
from datetime import UTC, datetime
from pathlib import Path
from core.typesetting.service import typeset_pdf

ticks, done, made = 0, False, []

def others():
    global ticks
    while not done:
        ticks += 1
        time.sleep(0.001)

def ask():
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    made.append(typeset_pdf(Path(sys.argv[1]), {"said": "một"}, noon))

beside = threading.Thread(target=others)
beside.start()
askers = [threading.Thread(target=ask) for _ in range(4)]
for asker in askers:
    asker.start()
for asker in askers:
    asker.join()
done = True
beside.join()
print(json.dumps({"ticks": ticks, "papers": len({id(one) for one in made}), "size": len(made[0])}))
"""


def test_others_are_served_while_a_paper_is_typeset(template):
    said = subprocess.run(
        [sys.executable, "-W", "error", "-c", SERVED, str(template(SAYS))],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert said.returncode == 0, said.stderr
    seen = json.loads(said.stdout)
    assert seen["papers"] == 1
    assert seen["size"] > 1_000
    assert seen["ticks"] > 10
