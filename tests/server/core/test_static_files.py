"""Bundled files and words: compressed, kept for ever under their names, answered before Flask."""

import gzip
import re

import pytest

from tests.server.documents.test_image_fast_path import metric
from tests.server.real_server import Person, RealServer

pytestmark = pytest.mark.slow
FOR_EVER = {"public", "immutable"}


@pytest.fixture(scope="module")
def loaded(server: RealServer, people: dict[str, Person]) -> list[str]:
    """What the page of meetings loads, as addresses."""
    page = people["thuky"].get(f"{server.url}/").text
    return re.findall(r'(?:src|href)="(/(?:static/dist|words)/[^"]+\.(?:js|css|svg)[^"]*)"', page)


def kept(headers: object) -> set[str]:
    return set(re.split(r",\s*", headers["Cache-Control"]))  # type: ignore[index]


def test_a_page_loads_files_that_are_kept_for_ever_and_compressed(
    server: RealServer, people: dict[str, Person], loaded: list[str]
):
    assert {one.rpartition(".")[2].partition("?")[0] for one in loaded} >= {"js", "css"}
    for address in loaded:
        for encodings, expected in (("br, gzip", ("br", "gzip")), ("gzip", ("gzip",))):
            answer = people["thuky"].get(
                f"{server.url}{address}", headers={"Accept-Encoding": encodings}, stream=True
            )
            assert answer.status_code == 200, address
            assert answer.headers["Content-Encoding"] in expected, address
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert kept(answer.headers) > FOR_EVER, address
            answer.close()


def test_an_old_browser_gets_the_same_bytes_plain(
    server: RealServer, people: dict[str, Person], loaded: list[str]
):
    for address in loaded:
        plain, zipped = (
            people["thuky"].get(
                f"{server.url}{address}", headers={"Accept-Encoding": how}, stream=True
            )
            for how in ("identity", "gzip")
        )
        assert "Content-Encoding" not in plain.headers
        assert gzip.decompress(zipped.raw.read()) == plain.raw.read()


def test_words_under_an_old_address_are_asked_for_again(
    server: RealServer, people: dict[str, Person]
):
    answer = people["thuky"].get(f"{server.url}/words/vi.js", params={"v": "of-before"})
    assert kept(answer.headers) == {"private", "no-cache"}
    again = people["thuky"].get(
        f"{server.url}/words/vi.js", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["..%2f..%2fapp.py", "none-12345678.js", ""])
def test_nothing_else_is_read_from_the_disk(
    server: RealServer, people: dict[str, Person], name: str
):
    answer = people["thuky"].get(f"{server.url}/static/dist/{name}")
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    "path",
    [
        "/.git/HEAD",
        "/static/../.git/HEAD",
        "/static/",
        "/static/js/",
        "/app.py",
        "/data/secret.key",
    ],
)
def test_neither_the_program_nor_its_folders_are_served(
    server: RealServer, people: dict[str, Person], path: str
):
    answer = people["quantri"].get(f"{server.url}{path}")
    assert answer.status_code == 404
    assert "Index of" not in answer.text


def test_what_is_sent_says_what_it_is(
    server: RealServer, people: dict[str, Person], loaded: list[str]
):
    kinds = {"js": "text/javascript; charset=", "css": "text/css; charset=", "svg": "image/svg+xml"}
    for address in loaded:
        answer = people["thuky"].get(f"{server.url}{address}")
        ending = re.split("[?#]", address)[0].rpartition(".")[2]
        assert answer.headers["Content-Type"].replace('"', "").startswith(kinds[ending]), address
    for path, media in (("/", "text/html; charset=utf-8"), ("/metrics", "text/plain; version=")):
        kind = people["thuky"].get(f"{server.url}{path}").headers["Content-Type"]
        assert kind.startswith(media)
        assert "charset=utf-8" in kind


def test_a_request_is_not_sent_back(server: RealServer, people: dict[str, Person]):
    secret = {"X-Secret": "khong-ai-biet"}
    answer = people["thuky"].call("TRACE", f"{server.url}/", headers=secret)
    assert answer.status_code == 405
    assert "khong-ai-biet" not in answer.text


def test_bundled_files_are_counted_by_one_route(
    server: RealServer, people: dict[str, Person], loaded: list[str]
):
    labels = 'method="GET",route="/static/dist/<path:filename>",status="200"'
    of = f"dienhong_http_seconds_count{{{labels}}}"
    before = metric(server, of)
    people["thuky"].get(f"{server.url}{loaded[0]}")
    assert metric(server, of) == before + 1


@pytest.mark.parametrize("wanted", ["bytes=9-1", "bytes=-0,1-2,x", "bytes=99999999-"])
def test_a_range_outside_of_a_file_is_the_mistake_of_who_asks(server, people, wanted):
    address = f"{server.url}/static/icons.txt"
    answer = people["thuky"].get(address, headers={"Range": wanted})
    assert answer.status_code == 400, answer.text
