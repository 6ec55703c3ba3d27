"""Files as people have them on their disks: good, locked, large, and texts named .pdf."""

from pathlib import Path

from playwright.sync_api import Locator

from tests.factories import small_pdf
from tests.hostile_pdf import encrypted


def good(folder: Path, name: str = "to-trinh.pdf", pages: int = 3) -> Path:
    return _written(folder / name, small_pdf(pages, name.split(".")[0]))


def locked(folder: Path) -> Path:
    """A PDF with a password."""
    return _written(folder / "co-mat-khau.pdf", encrypted())


def text_named_pdf(folder: Path) -> Path:
    return _written(folder / "ghi-chu.pdf", "Đây là ghi chú, không phải PDF.\n".encode() * 20)


def large(folder: Path, megabytes: int = 12) -> Path:
    """A good paper with ballast behind it, large enough for its way to be seen."""
    return _written(folder / "ban-do.pdf", small_pdf(40) + b"%" + b"0" * (megabytes << 20) + b"\n")


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def drop_on(target: Locator, *files: Path) -> None:
    """Let files fall on an element, as a drag from the file manager does."""
    page = target.page
    carried = page.evaluate_handle(
        """files => { const carried = new DataTransfer();
            for (const [name, bytes] of files) carried.items.add(
              new File([Uint8Array.from(bytes)], name, {type: 'application/pdf'}));
            return carried }""",
        [[file.name, list(file.read_bytes())] for file in files],
    )
    for event in ("dragenter", "dragover", "drop"):
        target.dispatch_event(event, {"dataTransfer": carried})
