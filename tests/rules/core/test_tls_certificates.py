"""The server's certificates: their purpose, which clients trust them, when they are made anew."""

import ssl
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core import clock
from core.server import tls_certificates
from core.server.tls import TlsFiles, files_in, server_context
from core.server.tls_certificates import (
    BrokenFile,
    Made,
    NotPermitted,
    Reason,
    authority,
    fingerprint,
    make,
    names_of,
    renew,
    server_certificate,
)

NAMES = ["hoi-truong.local", "hoi-truong", "localhost", "127.0.0.1", "192.168.1.10", "fd00::2"]


@pytest.fixture
def files(tmp_path: Path) -> TlsFiles:
    return files_in(tmp_path)


@pytest.fixture
def made(files: TlsFiles) -> Made:
    return make(files, "Hội trường", NAMES, [])


def later(monkeypatch: pytest.MonkeyPatch, **delta: int) -> None:
    """The clock goes on."""
    then = clock.now() + timedelta(**delta)
    monkeypatch.setattr(clock, "now", lambda: then)


def shake_hands(files: TlsFiles, host: str) -> str | None:
    """A handshake without a network, as a client sees it that trusts the authority; TLS's name."""
    trusting = ssl.create_default_context(cafile=files.ca)
    up, down = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(down, up, server_hostname=host)
    server = server_context(files).wrap_bio(up, down, server_side=True)
    for side in (client, server, client, server):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
    return client.version()


def test_the_authority_is_for_ten_years_and_signs_servers_only(files: TlsFiles, made: Made):
    ca = authority(files)
    (name,) = ca.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert name.value == "Diên Hồng – Hội trường"
    key = ca.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    assert isinstance(key.curve, ec.SECP256R1)
    assert (ca.not_valid_after_utc - clock.now()).days in (3649, 3650)
    basic = ca.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    # Old iPads refuse a critical extension that they do not know.
    assert not ca.extensions.get_extension_for_class(x509.NameConstraints).critical
    assert made.new_ca
    assert made.fingerprint == fingerprint(ca)


def test_the_certificate_is_what_apple_takes(files: TlsFiles, made: Made):
    server = server_certificate(files)
    valid = server.not_valid_after_utc - server.not_valid_before_utc
    assert valid < timedelta(days=398)
    usage = server.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert sorted(names_of(server)) == sorted(NAMES)
    assert made.until == server.not_valid_after_utc
    server.verify_directly_issued_by(authority(files))


def test_keys_are_for_their_owner_alone(files: TlsFiles, made: Made):
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700
    for path in (files.ca_key, files.server):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    assert b"PRIVATE" not in files.ca.read_bytes()


@pytest.mark.parametrize("host", NAMES)
def test_who_trusts_the_authority_believes_the_server(files: TlsFiles, made: Made, host: str):
    assert shake_hands(files, host) == "TLSv1.3"


def test_every_cipher_suite_has_forward_secrecy_and_authenticates(files: TlsFiles, made: Made):
    context = server_context(files)
    suites = context.get_ciphers()
    of_tls12 = [suite["name"] for suite in suites if suite["protocol"] == "TLSv1.2"]
    assert of_tls12
    assert all(name.startswith("ECDHE-") for name in of_tls12)
    assert all(suite["aead"] for suite in suites)
    assert {suite["strength_bits"] for suite in suites} <= {128, 256}
    assert context.options & ssl.OP_CIPHER_SERVER_PREFERENCE


@pytest.mark.parametrize("host", ["another.local", "192.168.1.11"])
def test_a_name_that_it_does_not_have_is_not_believed(files: TlsFiles, made: Made, host: str):
    with pytest.raises(ssl.SSLCertVerificationError):
        shake_hands(files, host)


@pytest.mark.parametrize("host", ["ngan-hang.vn", "8.8.8.8"])
def test_whoever_steals_the_authority_passes_for_nobody_outside(
    files: TlsFiles, made: Made, host: str, monkeypatch: pytest.MonkeyPatch
):
    with pytest.raises(NotPermitted):
        make(files, "Hội trường", NAMES, [host])
    monkeypatch.setattr(tls_certificates, "permits", lambda *_: True)
    make(files, "Hội trường", NAMES, [host])
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        shake_hands(files, host)


def test_a_second_time_keeps_the_authority_and_what_was_asked_for(files: TlsFiles, made: Made):
    ca, server = files.ca.read_bytes(), files.server.read_bytes()
    again = make(files, "Hội trường", NAMES, ["phonghop.lan"])
    assert (again.new_ca, again.reason) == (False, Reason.ASKED)
    assert files.ca.read_bytes() == ca
    assert files.server.read_bytes() != server
    assert "phonghop.lan" in make(files, "Hội trường", NAMES, []).names


def test_an_address_alone_is_enough(files: TlsFiles):
    make(files, "Hội trường", ["192.168.1.10"], [])
    assert shake_hands(files, "192.168.1.10") == "TLSv1.3"


def test_a_public_name_is_for_the_authority_that_was_made_with_it(files: TlsFiles):
    make(files, "Hội trường", NAMES, ["hop.binhminh.gov.vn", "203.0.113.7"])
    assert shake_hands(files, "hop.binhminh.gov.vn") == "TLSv1.3"
    assert shake_hands(files, "203.0.113.7") == "TLSv1.3"


def test_nothing_is_renewed_before_it_is_due(
    files: TlsFiles, made: Made, monkeypatch: pytest.MonkeyPatch
):
    before = files.server.read_bytes()
    later(monkeypatch, days=300)
    assert renew(files, NAMES[:2]).reason is None, "an address that is gone is no reason"
    assert files.server.read_bytes() == before


def test_it_is_renewed_in_its_last_month(
    files: TlsFiles, made: Made, monkeypatch: pytest.MonkeyPatch
):
    later(monkeypatch, days=370)
    again = renew(files, NAMES)
    assert again.reason is Reason.RUNS_OUT
    assert again.until > made.until
    assert again.fingerprint == made.fingerprint


def test_a_new_address_is_signed_for_unless_it_may_not_be(files: TlsFiles, made: Made):
    assert renew(files, [*NAMES, "8.8.8.8"]).reason is None
    again = renew(files, [*NAMES[:4], "10.0.0.5", "8.8.8.8"])
    assert again.reason is Reason.NAMES
    assert set(again.names) == {*NAMES[:4], "10.0.0.5"}
    assert shake_hands(files, "10.0.0.5") == "TLSv1.3"


def test_without_the_authoritys_key_the_certificate_there_goes_on(files: TlsFiles, made: Made):
    files.ca_key.unlink()
    assert renew(files, NAMES).reason is None
    kept = renew(files, [*NAMES, "10.0.0.5"])
    assert (kept.reason, kept.until) == (Reason.NO_KEY, made.until)
    assert shake_hands(files, "localhost") == "TLSv1.3"


@pytest.mark.parametrize("name", ["ca.crt", "ca.key", "server.pem"])
def test_a_broken_file_is_named(files: TlsFiles, made: Made, name: str):
    (files.folder / name).write_text("nothing")
    with pytest.raises(BrokenFile) as refused:
        renew(files, [*NAMES, "10.0.0.5"])
    assert refused.value.path.name == name
