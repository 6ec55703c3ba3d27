"""The demo's pages: four live frames in one window, and the sign-in for a phone."""

import io

import segno
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from accounts.sign_in.boot import page
from accounts.sign_in.device_rules import device_words
from accounts.sign_in.service import open_sign_in
from accounts.sign_in.sessions import begin
from core.app_context import current_context
from core.errors import NotFound
from core.http.endpoints import Answer, answer
from core.i18n import chosen_language
from demo.people import FRAMES
from demo.phone import PhoneEntrance
from demo.steps import Steps
from demo.tampering import tamper
from launcher.addresses import lan_addresses


def blueprint(steps: Steps, entrance: PhoneEntrance) -> Blueprint:
    """The routes of the demo."""
    demo = Blueprint("demo", __name__)

    @demo.get("/demo")
    def show() -> Response:
        frames = [{"seat": frame, "name": someone.name} for frame, someone in FRAMES.items()]
        return page("demo.html", meeting_id=steps.meeting_id, frames=frames)

    @demo.get("/demo/state")
    def state() -> Answer:
        return answer({**steps.answer_query(), "phone_path": entrance.path()})

    @demo.get("/demo/phone-address")
    def phone_address() -> Answer:
        return answer({"address": _lan_url(entrance.path())})

    @demo.get("/demo/qr.svg")
    def qr() -> Response:
        svg = io.BytesIO()
        segno.make(_lan_url(entrance.path()), error="m").save(svg, kind="svg", border=2)
        response = Response(svg.getvalue(), mimetype="image/svg+xml")
        response.headers["Cache-Control"] = "no-store"
        return response

    @demo.post("/demo/cut/<seat>")
    def cut(seat: str) -> Answer:
        if seat not in steps.seats.people:
            raise NotFound(kind="seat")
        return answer({"seconds": steps.cut(seat)})

    @demo.get("/phone/<token>")
    def phone(token: str) -> AnyResponse:
        user_id = entrance.open(token)
        opened = open_sign_in(user_id, device=device_words(request.user_agent.string))
        steps.phone_sign_ins.add(opened.actor.sign_in_id)
        begin(opened)
        return redirect(f"/meetings/{steps.meeting_id}")

    _add_tampering_route(demo, steps)
    return demo


def _add_tampering_route(demo: Blueprint, steps: Steps) -> None:
    """Add the route that changes a ballot in a copy of the log."""

    @demo.post("/demo/tamper")
    def forge() -> Answer:
        actor = steps.seats.sign_in_of("chair").actor
        found = tamper(actor, steps.meeting_id, chosen_language())
        steps.tampered(found)
        return answer(found)


def _lan_url(path: str) -> str:
    """The URL of a path for a phone on the same network."""
    config = current_context().config
    if config.host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        hosts = [address.host for address in lan_addresses()]
        return f"http://{hosts[0] if hosts else '127.0.0.1'}:{config.port}{path}"
    return f"http://{config.host}:{config.port}{path}"
