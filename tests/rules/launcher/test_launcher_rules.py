"""Pure decisions of ./run: where pip comes from, which SQLite is sound, how addresses look."""

from pathlib import Path

import pytest

from core.server.tls import files_in
from core.server.tls_certificates import make
from launcher import pip_bootstrap
from launcher.addresses import lan_addresses, reachable_host, url
from launcher.announce import Endpoint, tablet_hosts
from launcher.doctor import has_wal_reset_bug
from launcher.pip_bootstrap import WHEEL, configured, is_the_pinned_wheel, wheel_link
from launcher.places import authority_in


@pytest.mark.parametrize(
    ("version", "bug"),
    [
        ((3, 40, 1), True),
        ((3, 44, 5), True),
        ((3, 44, 6), False),
        ((3, 46, 1), True),
        ((3, 50, 6), True),
        ((3, 50, 7), False),
        ((3, 51, 2), True),
        ((3, 51, 3), False),
        ((3, 52, 0), False),
    ],
)
def test_which_sqlite_has_the_wal_reset_bug(version, bug):
    assert has_wal_reset_bug(version) is bug


def test_the_wheel_is_found_on_a_page_with_relative_links():
    page = f"""<a href="../../files/pip-1.0-py3-none-any.whl">old</a>
        <a href="../../files/{WHEEL}#sha256=ab" data-requires-python="&gt;=3.9">pip</a>"""
    link = wheel_link(page, "https://index.example/simple/pip/")
    assert link == f"https://index.example/files/{WHEEL}#sha256=ab"


def test_a_page_without_the_wheel_has_no_link():
    assert wheel_link("<a>pip</a><a href='pip-1.0.tar.gz'>", "https://index.example/pip/") is None


def test_only_the_pinned_wheel_is_trusted():
    assert not is_the_pinned_wheel(b"something else")


def test_pip_settings_come_from_the_environment_then_the_last_file(tmp_path):
    weak, strong = tmp_path / "weak", tmp_path / "strong"
    weak.write_text("[global]\nindex-url = https://weak.example/simple\ncert = /weak.pem\n")
    strong.write_text("[install]\nindex-url = https://strong.example/simple\n")
    files = [weak, strong, tmp_path / "none"]
    assert configured("index-url", {}, files) == "https://strong.example/simple"
    assert configured("cert", {}, files) == "/weak.pem"
    environ = {"PIP_INDEX_URL": "https://mine.example/simple"}
    assert configured("index-url", environ, files) == "https://mine.example/simple"
    assert configured("index-url", {}, []) is None


def test_pip_reads_a_named_file_last():
    files = pip_bootstrap.config_files({"HOME": "/home/lan", "PIP_CONFIG_FILE": "/srv/pip.conf"})
    assert files[-1] == Path("/srv/pip.conf")
    assert Path("/home/lan/.config/pip/pip.conf") in files


def test_addresses_are_ready_for_a_browser():
    assert url("10.0.0.5", 8080) == "http://10.0.0.5:8080/"
    assert url("fd00::2", 8080, "/demo") == "http://[fd00::2]:8080/demo"
    assert url("[fd00::2]", 80) == "http://[fd00::2]:80/"
    assert reachable_host("0.0.0.0") == "127.0.0.1"
    assert reachable_host("10.0.0.5") == "10.0.0.5"


def test_tablets_are_told_no_address_they_cannot_reach():
    assert tablet_hosts("127.0.0.1") == []
    assert tablet_hosts("10.0.0.5") == [("10.0.0.5", "")]
    assert all(not host.startswith("127.") for host, _ in tablet_hosts("0.0.0.0"))
    assert {host for host, _ in tablet_hosts("0.0.0.0")} <= {one.host for one in lan_addresses()}


def test_the_launcher_finds_the_certificates_where_the_product_keeps_them(tmp_path: Path):
    files = files_in(tmp_path)
    assert authority_in(tmp_path) is None
    make(files, "hội trường", ["localhost"], [])
    assert authority_in(tmp_path) == files.ca


def test_an_address_states_whether_the_server_has_tls():
    assert Endpoint("0.0.0.0", 8080).url("10.0.0.5", "/x") == "http://10.0.0.5:8080/x"
    secure = Endpoint("0.0.0.0", 8443, Path("ca.crt"))
    assert secure.url("[fd00::2]") == "https://[fd00::2]:8443/"
