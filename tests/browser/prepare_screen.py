"""The page on which a meeting is prepared, as a secretary sees and touches it."""

from pathlib import Path

from playwright.sync_api import Locator, Page


def item(page: Page, number: int) -> Locator:
    """The agenda item at this place."""
    return page.locator("ol.items > li").nth(number - 1)


def title(page: Page, number: int) -> Locator:
    """The written title of an item."""
    return page.get_by_label(f"Tên mục {number}", exact=True)


def put_on(page: Page, label: str, *files: Path) -> None:
    """Choose files with the browser's own dialog."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=label, exact=True).click()
    chooser.value.set_files(list(files))
