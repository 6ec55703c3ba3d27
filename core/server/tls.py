"""The TLS certificates of web: their paths, and the context that uses them.

`./run tls init` creates them (`core.server.tls_certificates`). A data folder without them serves
plain HTTP.
"""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""Cipher suites of TLS 1.2: with forward secrecy and authenticated encryption. Those of TLS 1.3 are
OpenSSL's, which all have both."""
HELLO = 0x16
"""First byte of a TLS handshake record; a plain request begins with a letter."""


@dataclass(frozen=True)
class TlsFiles:
    """The TLS files of one data folder. server: certificate chain and key in one, mode 0600."""

    folder: Path

    @property
    def ca(self) -> Path:
        """The authority's certificate that clients trust, as PEM."""
        return self.folder / "ca.crt"

    @property
    def ca_key(self) -> Path:
        """The authority's key, which signs server certificates, mode 0600."""
        return self.folder / "ca.key"

    @property
    def server(self) -> Path:
        """Key and certificate of the server, mode 0600."""
        return self.folder / "server.pem"

    @property
    def asked(self) -> Path:
        """Additional names that an operator requested, one per line."""
        return self.folder / "names"

    def there(self) -> bool:
        """Return whether this data folder serves HTTPS."""
        return self.server.is_file()


def files_in(data: Path) -> TlsFiles:
    """Return the paths of the TLS files of a data folder; the files may not exist."""
    return TlsFiles(data / "tls")


def server_context(files: TlsFiles, module: Any = ssl) -> ssl.SSLContext:
    """Return web's TLS context. module: the ssl module whose classes are used."""
    context: ssl.SSLContext = module.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    # A write must never read: another green thread may be reading.
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(files.server)
    return context
