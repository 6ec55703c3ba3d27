"""One Chromium for the benchmarks that look at pixels, and a person's cookie in it."""

import shutil
from typing import Any

from bench.product import Product

TABLET: dict[str, Any] = {"viewport": {"width": 1180, "height": 820}, "has_touch": True}


def launch_options() -> dict[str, Any]:
    """What starts Debian's Chromium. Raises: FileNotFoundError."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise FileNotFoundError("chromium is not on this machine: apt install chromium")
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return {"executable_path": chromium, "args": quiet}


def cookies_of(ours: Product, cookie: str) -> list[Any]:
    """A person's cookie, as a browser context takes it."""
    name, _, value = cookie.partition("=")
    return [{"name": name, "value": value, "url": f"http://127.0.0.1:{ours.port}"}]
