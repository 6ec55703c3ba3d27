"""A paper taken away with its marks looks like the page on the tablet: both pictures compared."""

import io
import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.browser.conftest import Opens
from tests.browser.sittings import call_a_sitting
from tests.browser.toolbar_screen import ToolbarScreen
from tests.browser.window import DESKTOP
from tests.server.real_server import wait_until

THICK = {"width": 8, "opacity": 1}
MARKS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "ink": (
        {
            "strokes": [
                [[0.2 + i * 0.02, 0.3 + (i % 7) * 0.01, 0.3 + (i % 5) / 10] for i in range(30)]
            ]
        },
        {**THICK, "color": "#1c4fa1"},
    ),
    "highlight": (
        {"boxes": [[0.2, 0.45, 0.7, 0.48], [0.2, 0.49, 0.5, 0.52]]},
        {"width": 2, "opacity": 0.5, "color": "#ffd84d"},
    ),
    "rectangle": ({"box": [0.2, 0.6, 0.5, 0.7]}, {**THICK, "color": "#b3261e"}),
    "arrow": ({"from": [0.6, 0.7], "to": [0.85, 0.6]}, {**THICK, "color": "#17694c"}),
    "text": (
        {"box": [0.2, 0.78, 0.8, 0.86]},
        {"width": 2, "opacity": 1, "size": 40, "color": "#6a3fa0"},
    ),
}
SEEN_AS = {kind: style["color"] for kind, (_, style) in MARKS.items()} | {"highlight": "#ffeba6"}
ALIKE = 0.95
"""So much of the ink of either picture lies where the other has ink of that colour."""
NEAR = 5
"""Pixels across that count as the same place: edges are softened in two ways."""


def ink_in(picture: Image.Image, colour: str) -> Image.Image:
    """Where a colour is, white on black."""
    hits = []
    for channel, wanted in zip(
        picture.convert("RGB").split(), bytes.fromhex(colour[1:]), strict=True
    ):
        hits.append(channel.point([255 * (abs(value - wanted) < 40) for value in range(256)]))
    return ImageChops.darker(ImageChops.darker(hits[0], hits[1]), hits[2])


def share_of(ours: Image.Image, theirs: Image.Image) -> float:
    """How much of one picture's ink lies where the other has some."""
    near = ImageChops.darker(ours, theirs.filter(ImageFilter.MaxFilter(NEAR)))
    count = ours.histogram()[255]
    assert count > 50
    return near.histogram()[255] / count


def picture(screen: ToolbarScreen) -> Image.Image:
    """The page as it stands on the screen."""
    return Image.open(io.BytesIO(screen.page.locator(".leaf").screenshot()))


def painted(seen: Image.Image) -> bool:
    """Whether there is something of every colour."""
    return all(ink_in(seen, colour).histogram()[255] > 50 for colour in SEEN_AS.values())


@pytest.mark.parametrize("flat", ["0", "1"])
def test_poppler_draws_what_the_tablet_shows(
    enter: Opens, people, tmp_path: Path, artifacts: Path, flat: str
) -> None:
    sitting = call_a_sitting(people, presented=1)
    for kind, (geometry, style) in MARKS.items():
        mark = {"page": 1, "kind": kind, "geometry": geometry, "style": style}
        if kind == "text":
            mark["text"] = "Đề nghị làm rõ"
        made = people["daibieu1"].post(f"/documents/{sitting.paper}/annotations", **mark)
        assert made.status_code == 201, made.text
    screen = ToolbarScreen.enter(enter("daibieu1", DESKTOP), sitting.path)
    screen.button("Vừa trang").click()
    wait_until(lambda: painted(picture(screen)), "all marks are painted")
    ours = picture(screen)
    ours.save(artifacts / f"tablet-{flat}.png")
    path = f"/documents/{sitting.paper}/versions/1/annotated.pdf"
    answer = people["daibieu1"].get(path, params={"audience": "all", "flat": flat})
    assert answer.status_code == 200, answer.text
    (tmp_path / "taken.pdf").write_bytes(answer.content)
    size = ["-scale-to-x", str(ours.width), "-scale-to-y", str(ours.height)]
    words = ["pdftoppm", "-png", "-singlefile", "-l", "1", *size]
    subprocess.run([*words, tmp_path / "taken.pdf", artifacts / f"poppler-{flat}"], check=True)
    theirs = Image.open(artifacts / f"poppler-{flat}.png")

    for kind, colour in SEEN_AS.items():
        one, other = ink_in(ours, colour), ink_in(theirs, colour)
        assert share_of(one, other) > ALIKE, kind
        assert share_of(other, one) > ALIKE, kind
