"""Creates the installation's certificate authority and the server's certificate.

The authority is created once and clients trust it; the server's certificate is signed again
before it expires or when the machine's addresses change. No key is ever printed or logged.
"""

import ipaddress
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core import clock
from core.server.tls import TlsFiles

CA_DAYS = 3650
SERVER_DAYS = 396
"""With `SKEW` before: Apple's devices reject certificates valid for more than 398 days."""
RENEW_DAYS = 60
"""A certificate that expires within this time is renewed, or its lack of a key is reported."""
SKEW = timedelta(days=1)
"""How far in the past certificates begin: a client's clock may be slow."""
LONGEST_NAME = 64
"""Maximum characters of a common name."""
SERVER_NAME = "Diên Hồng"
"""Not a host name: without host names in the SAN, OpenSSL would compare a common name."""
CLOSED_DOMAINS = ("local", "localhost", "lan", "internal", "home.arpa")
CLOSED_NETWORKS = (
    *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"),
    *("169.254.0.0/16", "127.0.0.0/8", "::1/128", "fc00::/7", "fe80::/10"),
)
"""Names and addresses that are valid only inside a closed network."""

Key = ec.EllipticCurvePrivateKey


class Reason(StrEnum):
    """The reason why a server certificate was signed, or was due but not signed."""

    FIRST = "first"
    ASKED = "asked"
    RUNS_OUT = "runs_out"
    NAMES = "names"
    NO_KEY = "no_key"


@dataclass(frozen=True)
class Made:
    """The outcome. new_ca: whether the authority is new; reason: None when nothing was due."""

    new_ca: bool
    reason: Reason | None
    names: tuple[str, ...]
    until: datetime
    fingerprint: str


class BrokenFile(Exception):
    """A file of the authority or the server cannot be read. path: the file."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class NotPermitted(Exception):
    """The existing authority may not sign for this name. name: the name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def make(files: TlsFiles, host: str, names: Iterable[str], asked: Iterable[str]) -> Made:
    """Create the authority if there is none, and sign a new server certificate.

    host: this machine, for the authority's name. names: names and addresses by which clients
    reach this machine. asked: additional names that the operator requests.
    Raises: BrokenFile, NotPermitted.
    """
    now = clock.now()
    files.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    reason = Reason.ASKED if files.there() else Reason.FIRST
    remembered = tuple(dict.fromkeys((*_requested_names(files), *asked)))
    every = tuple(dict.fromkeys((*names, *remembered)))
    new_ca = not files.ca.exists()
    if new_ca:
        _make_authority(files, host, every, now)
    signer = authority(files)
    for name in asked:
        if not permits(signer, name):
            raise NotPermitted(name)
    _write(files.asked, "".join(f"{name}\n" for name in remembered).encode(), 0o644)
    made = Made(new_ca, reason, (), now, fingerprint(signer))
    return _sign(files, [name for name in every if permits(signer, name)], now, made)


def renew(files: TlsFiles, names: Iterable[str]) -> Made:
    """Sign a new certificate when the present one expires soon or lacks a permitted name.

    Superfluous names are no reason to sign. Without the authority's key, which may be stored
    elsewhere, the present certificate stays. Raises: BrokenFile.
    """
    now = clock.now()
    signer, present = authority(files), server_certificate(files)
    kept, until = names_of(present), present.not_valid_after_utc
    wanted = dict.fromkeys((*names, *_requested_names(files)))
    every = [name for name in wanted if permits(signer, name)]
    made = Made(False, None, kept, until, fingerprint(signer))
    runs_out = expires_soon(present)
    if not runs_out and set(every) <= set(kept):
        return made
    if not files.ca_key.exists():
        return replace(made, reason=Reason.NO_KEY)
    due = Reason.RUNS_OUT if runs_out else Reason.NAMES
    return _sign(files, every, now, replace(made, reason=due))


def seal(files: TlsFiles, to: Path, passphrase: str) -> Made:
    """Move the authority's key to the new file `to`, encrypted (PKCS #8); then nothing is signed.

    Raises: BrokenFile; OSError, when `to` exists or cannot be written: the key stays.
    """
    key = _authority_key(files)
    encryption = serialization.BestAvailableEncryption(passphrase.encode())
    sealed = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, encryption
    )
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    serialization.load_pem_private_key(to.read_bytes(), passphrase.encode())
    files.ca_key.unlink()
    present = server_certificate(files)
    until = present.not_valid_after_utc
    return Made(False, None, names_of(present), until, fingerprint(authority(files)))


def authority(files: TlsFiles) -> x509.Certificate:
    """Return the authority's certificate, which clients trust. Raises: BrokenFile."""
    return _read(files.ca)


def server_certificate(files: TlsFiles) -> x509.Certificate:
    """Return the server's certificate. Raises: BrokenFile."""
    return _read(files.server)


def expires_soon(certificate: x509.Certificate) -> bool:
    """Return whether the certificate has to be renewed."""
    return certificate.not_valid_after_utc - clock.now() < timedelta(days=RENEW_DAYS)


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 fingerprint: pairs of hexadecimal digits with colons."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def names_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return the host names and addresses of a certificate."""
    found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    hosts = found.get_values_for_type(x509.DNSName)
    return (*hosts, *map(str, found.get_values_for_type(x509.IPAddress)))


def permits(signer: x509.Certificate, name: str) -> bool:
    """Return whether the authority may sign for a host name or address: see `_constraints`."""
    found = signer.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = found.permitted_subtrees or []
    general = _general(name)
    if isinstance(general, x509.IPAddress):
        networks = [str(one.value) for one in permitted if isinstance(one, x509.IPAddress)]
        address = ipaddress.ip_address(name)
        return any(address in ipaddress.ip_network(network) for network in networks)
    domains = [one.value for one in permitted if isinstance(one, x509.DNSName)]
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def _make_authority(files: TlsFiles, host: str, names: tuple[str, ...], now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Diên Hồng – {host}")
    certificate = (
        _builder(name, name, key, now, now + timedelta(days=CA_DAYS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        # Not critical: old iPads reject unknown critical extensions, newer ones apply it anyway.
        .add_extension(_constraints(names), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(files.ca_key, _key_pem(key), 0o600)
    _write(files.ca, _pem(certificate), 0o644)


def _constraints(names: tuple[str, ...]) -> x509.NameConstraints:
    """Return the names that the authority may sign; a stolen key cannot impersonate others.

    Addresses and names of closed networks only, and the present ones of this machine.
    """
    general: list[x509.GeneralName] = [x509.DNSName(domain) for domain in CLOSED_DOMAINS]
    general += [x509.IPAddress(ipaddress.ip_network(network)) for network in CLOSED_NETWORKS]
    for name in names:
        own = _general(name)
        if isinstance(own, x509.IPAddress):
            own = x509.IPAddress(ipaddress.ip_network(own.value))
        general.append(own)
    return x509.NameConstraints(list(dict.fromkeys(general)), None)


def _sign(files: TlsFiles, names: list[str], now: datetime, made: Made) -> Made:
    """Sign a server certificate for these names with a new key."""
    signer, signer_key = authority(files), _authority_key(files)
    key = ec.generate_private_key(ec.SECP256R1())
    until = min(now + timedelta(days=SERVER_DAYS), signer.not_valid_after_utc)
    issuer_key = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer_key.public_key())
    certificate = (
        _builder(_name(SERVER_NAME), signer.subject, key, now, until)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(list(map(_general, names))), critical=False)
        .add_extension(issuer_key, critical=False)
        .sign(signer_key, hashes.SHA256())
    )
    _write(files.server, _key_pem(key) + _pem(certificate), 0o600)
    return replace(made, names=tuple(names), until=certificate.not_valid_after_utc)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:LONGEST_NAME])])


def _general(name: str) -> x509.DNSName | x509.IPAddress:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _requested_names(files: TlsFiles) -> list[str]:
    return files.asked.read_text().split() if files.asked.exists() else []


def _read(path: Path) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise BrokenFile(path) from error


def _authority_key(files: TlsFiles) -> Key:
    try:
        key = serialization.load_pem_private_key(files.ca_key.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise BrokenFile(files.ca_key) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise BrokenFile(files.ca_key)
    return key


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: Key) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, content: bytes, mode: int) -> None:
    """Write a file atomically; it is never readable by others."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    fresh.rename(path)
