"""The picture in the README: made here, by the tests' browser, and small enough to be kept.

To renew it, copy room.png from this test's artifacts to docs/images/.
"""

import io

from PIL import Image

from tests.browser.conftest import Opens
from tests.browser.demo_server import DemoServer
from tests.browser.looks import settle
from tests.browser.scenes import Visit
from tests.browser.window import TABLET
from tests.factories import ROOT

KEPT = ROOT / "docs" / "images" / "room.png"
LARGEST = 200_000


def test_picture_in_the_readme_is_of_the_room_and_small(
    windows: Opens, demo: DemoServer, artifacts
):
    visit = Visit(windows("member", demo.url, TABLET), demo, "")
    visit.room("member-2")
    settle(visit.page)
    made = artifacts / "room.png"
    with Image.open(io.BytesIO(visit.window.captured())) as shot:
        shot.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(made, optimize=True)
    assert made.stat().st_size <= LARGEST
    assert KEPT.stat().st_size <= LARGEST
    with Image.open(made) as fresh, Image.open(KEPT) as kept:
        assert kept.size == fresh.size
