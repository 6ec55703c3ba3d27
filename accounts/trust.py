"""How a tablet learns to trust this house: a page for anyone, and the certificate itself.

Both are open without TLS too: who needs them has no trust yet. Their words stand in both languages
on one page, for no cookie travels without TLS.
"""

from datetime import date

from flask import Blueprint, Response, g, render_template, request
from flask.typing import ResponseReturnValue

from accounts.queries import body_name
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
"""The steps on each kind of device."""


@pages.get(TRUST_PAGE)
def trust_page() -> ResponseReturnValue:
    certificate = authority(_files())
    with current_context().database.read() as session:
        name = body_name(session)
    # Nobody is asked who they are here: the page starts no session.
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
    """As PEM: iPads, Android and Windows all take it, by this type."""
    response = Response(_files().ca.read_bytes(), mimetype="application/x-x509-ca-cert")
    response.headers["Content-Disposition"] = 'attachment; filename="dienhong.crt"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _files() -> TlsFiles:
    """Raises NotFound where there is no authority of the house to trust.

    A certificate that somebody else signed may lie there without one.
    """
    files = files_in(current_context().config.data)
    if not current_context().config.tls or not files.ca.is_file():
        raise NotFound()
    return files
