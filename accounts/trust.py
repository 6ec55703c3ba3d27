"""Trust page: how to install the installation's CA certificate on a tablet, and the file itself.

Both are available without TLS, because a new tablet does not trust the certificate yet. The page
shows both languages, because cookies are not sent without TLS.
"""

from datetime import date

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from accounts.shared.queries import body_name
from core.app_context import current_context
from core.errors import NotFound
from core.http.https_redirect import TRUST_FILE, TRUST_PAGE
from core.i18n import LANGUAGES, text_in
from core.server.tls import TlsFiles, files_in
from core.server.tls_certificates import authority, fingerprint

pages = Blueprint("trust", __name__)
DEVICES = {
    "ipad": ("download", "profile", "switch"),
    "android": ("download", "settings", "choose", "browser"),
    "windows": ("download", "install", "store"),
}
"""The installation steps for each kind of device."""


@pages.get(TRUST_PAGE)
def trust_page() -> ResponseReturnValue:
    certificate = authority(_files())
    with current_context().database.read() as session:
        name = body_name(session)
    # The page does not identify the user and starts no session.
    g.page_boot = {"unit_name": name}
    until: date = certificate.not_valid_after_utc.date()
    response = Response(
        render_template(
            "trust.html",
            languages=LANGUAGES,
            text_in=text_in,
            devices=DEVICES,
            file=TRUST_FILE,
            secure=f"https://{request.host}/",
            fingerprint=fingerprint(certificate).split(":"),
            until=until.strftime("%d/%m/%Y"),
        ),
        mimetype="text/html",
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.get(TRUST_FILE)
def trust_file() -> ResponseReturnValue:
    """Serve the certificate as PEM; iPads, Android and Windows accept it with this media type."""
    response = Response(_files().ca.read_bytes(), mimetype="application/x-x509-ca-cert")
    response.headers["Content-Disposition"] = 'attachment; filename="dienhong.crt"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _files() -> TlsFiles:
    """Return the TLS files. Raises: NotFound without a CA certificate of this installation.

    A certificate that another authority signed may exist without one.
    """
    files = files_in(current_context().config.data)
    if not current_context().config.tls or not files.ca.is_file():
        raise NotFound()
    return files
