"""The queue: one drawing for however many wait, and an answer for everybody."""

import hashlib
import threading

from core.storage import Storage
from documents.pages.files import PageFiles
from documents.render_protocol import RenderFault
from documents.worker.messages import RenderRequest, RenderResult
from documents.worker.render_queue import RenderQueue
from tests import hostile_pdf
from tests.factories import small_pdf
from tests.server.real_server import wait_until


def stored(storage: Storage, content: bytes) -> str:
    """Lay an original into the storage; its hash."""
    received = storage.incoming / "received"
    received.write_bytes(content)
    sha256 = hashlib.sha256(content).hexdigest()
    storage.adopt(received, sha256)
    return sha256


def test_two_hundred_who_wait_cost_one_drawing(queue: RenderQueue, storage: Storage) -> None:
    sha256 = stored(storage, small_pdf(3))
    image = PageFiles(storage, sha256).image(2, 1200)
    seen: list[tuple[RenderFault | None, int]] = []
    for _ in range(200):
        queue.request(
            RenderRequest("image", sha256, 2, 1200),
            lambda made: seen.append((made.fault, image.stat().st_ino)),
        )
    queue.start()
    wait_until(lambda: len(seen) == 200, "everybody is answered")
    assert set(seen) == {(None, image.stat().st_ino)}


def test_a_paper_that_was_swept_and_came_again_is_drawn(
    queue: RenderQueue, storage: Storage
) -> None:
    content, answers = small_pdf(3), list[RenderFault | None]()
    sha256 = stored(storage, content)
    queue.start()
    queue.request(RenderRequest("image", sha256, 1, 1200), lambda made: answers.append(made.fault))
    wait_until(lambda: answers == [None], "the first page")
    files = PageFiles(storage, sha256)
    files.erase()
    stored(storage, content)
    files.prepare()
    queue.request(RenderRequest("image", sha256, 2, 1200), lambda made: answers.append(made.fault))
    wait_until(lambda: len(answers) == 2, "the second page")
    assert answers == [None, None]
    assert files.image(2, 1200).exists()


def test_wants_from_many_threads_are_each_answered_once(
    queue: RenderQueue, storage: Storage
) -> None:
    sha256 = stored(storage, small_pdf(4))
    seen: list[RenderResult] = []
    queue.start()

    def tablet() -> None:
        for page in (1, 2, 3, 4):
            queue.request(RenderRequest("image", sha256, page, 1200), seen.append)
            queue.request(RenderRequest("words", sha256, page, 0), seen.append)

    tablets = [threading.Thread(target=tablet) for _ in range(10)]
    for one in tablets:
        one.start()
    for one in tablets:
        one.join()
    wait_until(lambda: len(seen) == 80, "everybody is answered")
    assert {made.fault for made in seen} == {None}


def test_what_cannot_be_made_is_answered_and_remembered(
    queue: RenderQueue, storage: Storage
) -> None:
    pages = [hostile_pdf.line("one"), hostile_pdf.NESTED_TOO_DEEP]
    sha256 = stored(storage, hostile_pdf.paper(pages))
    seen: list[RenderFault | None] = []
    queue.start()
    for page in (1, 2, 3, 2):
        queue.request(
            RenderRequest("image", sha256, page, 1200), lambda made: seen.append(made.fault)
        )
    wait_until(lambda: len(seen) == 4, "four answers")
    assert sorted(str(fault) for fault in seen) == sorted(
        ["None", "page_broken", "not_found", "page_broken"]
    )
    files = PageFiles(storage, sha256)
    assert files.fault(files.image(2, 1200)) is RenderFault.PAGE_BROKEN


def test_an_original_that_is_missing(queue: RenderQueue, storage: Storage) -> None:
    seen: list[RenderFault | None] = []
    queue.start()
    queue.request(RenderRequest("image", "ab" * 32, 1, 1200), lambda made: seen.append(made.fault))
    wait_until(lambda: bool(seen), "an answer")
    assert seen == [RenderFault.BROKEN]
