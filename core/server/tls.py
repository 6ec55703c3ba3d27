"""The certificates by which web serves HTTPS: where they lie, and the context that uses them.

`./run tls init` makes them (`core.server.tls_certificates`). A data folder without them serves
plain HTTP.
"""

import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HELLO = 0x16
"""The first byte of whoever wants TLS; a plain request begins with a letter."""


@dataclass(frozen=True)
class TlsFiles:
    """The files of one data folder. server: certificate chain and key in one, mode 0600."""

    folder: Path

    @property
    def ca(self) -> Path:
        """The certificate that tablets trust, as PEM."""
        return self.folder / "ca.crt"

    @property
    def ca_key(self) -> Path:
        """The key that signs server certificates, mode 0600."""
        return self.folder / "ca.key"

    @property
    def server(self) -> Path:
        """Key and certificate of the server, mode 0600."""
        return self.folder / "server.pem"

    @property
    def asked(self) -> Path:
        """Names that somebody asked for beyond those of the machine, a line each."""
        return self.folder / "names"

    def there(self) -> bool:
        """Whether this data folder serves HTTPS."""
        return self.server.is_file()


def files_in(data: Path) -> TlsFiles:
    """Where the certificates of a data folder lie, whether there are any or not."""
    return TlsFiles(data / "tls")


def server_context(files: TlsFiles, module: Any = ssl) -> ssl.SSLContext:
    """How web speaks TLS. module: the ssl module whose classes are wanted."""
    context: ssl.SSLContext = module.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # A writer must never have to read: another green thread may be reading.
    context.options |= ssl.OP_NO_RENEGOTIATION
    context.set_alpn_protocols(["http/1.1"])
    context.load_cert_chain(files.server)
    return context
