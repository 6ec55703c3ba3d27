"""Serves bundled files before Flask, compressed at build time.

Their names contain a hash of their content: they never change, so clients need not revalidate.
"""

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from core.http import middleware
from core.http.pages import DIST

PREFIX = "static/dist/"
_HASHED = re.compile(r"-[0-9A-Za-z]{8}\.[a-z0-9]+(\.map)?$")


class BundledFiles(WhiteNoise):
    """WSGI middleware that serves the output of the front-end build.

    Files are listed when a process starts: restart it after a build, as for the asset names in
    pages.
    """

    def __init__(self, onward: Callable[..., Iterable[bytes]]) -> None:
        super().__init__(
            onward,
            allow_all_origins=False,
            max_age=0,
            immutable_file_test=_is_hashed,
        )
        if DIST.is_dir():
            self.add_files(str(DIST), PREFIX)

    @staticmethod
    def serve(
        static_file: StaticFile, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> list[bytes]:
        """Send each file as one chunk: bundles are small, and each chunk costs a call."""
        began = time.perf_counter()
        method: str = environ["REQUEST_METHOD"]
        response = static_file.get_response(method, environ)
        start_response(f"{response.status} {response.status.phrase}", list(response.headers))
        body = []
        if response.file is not None:
            with response.file:
                body = [response.file.read()]
        route = f"/{PREFIX}<path:filename>"
        middleware.count(method, route, int(response.status), time.perf_counter() - began)
        return body


def _is_hashed(_path: str, url: str) -> bool:
    return _HASHED.search(url) is not None
