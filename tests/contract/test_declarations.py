"""Nothing is undeclared: verbs have permission and event, refusals and events their words."""

import ast
import importlib
import re
from enum import EnumType, StrEnum
from pathlib import Path

import pytest

import app  # noqa: F401 - everything that declares is imported
from core import errors
from core.config import SETTINGS
from core.db import room_events
from core.http.refusal_listeners import is_audited
from core.i18n import BROWSER_DOMAINS
from core.permissions import Permissions, Role
from meetings.room.packets import PACKETS
from tests.contract import word_use
from tests.contract.app_facts import Facts
from tests.contract.folding import folding
from tests.contract.matrix_parts import PARTS
from tests.contract.shape_words import table
from tests.contract.verbs import SLICES, found_verbs, modules, what_it_does
from tests.factories import ROOT

WORKER = "the worker does it; nobody can ask for it"
OWN = "done by the server itself, for nobody in particular"
ROTATION = "meetings.voting.vote_log.installation_key.rotate_key"
UNASKED = {
    ROTATION: "a command of whoever owns the machine",
    "accounts.sign_in.service.open_sign_in": "its caller has made sure who it is",
    "accounts.sign_in.service.mark_seen": OWN,
    "accounts.sign_in.service.mark_joined": OWN,
    "accounts.people.setup.finish_setup": "whoever holds the set-up link may",
    "documents.ingest.store.converted": WORKER,
    "documents.ingest.store.measured": WORKER,
    "documents.ingest.store.ready": WORKER,
    "documents.ingest.store.failed": WORKER,
    "documents.ingest.store.go_on": WORKER,
    "documents.ingest.store.restart_stranded": WORKER,
    "meetings.presentation.lease.open_paper": "the presenter may, and the lease says so",
    "meetings.presentation.lease.begin_term": OWN,
    **{verb: why for part in PARTS for verb, why in getattr(part, "UNASKED", {}).items()},
}
"""Verbs that ask for no permission, and why."""

LIVE = "the live channel tells it, ordered by (term, rev)"
NOBODY_SEES = "no room shows it"
UNSAID = "that it was done is told on the live channel, once a second; what was chosen is not told"
SILENT = {
    "meetings.voting.reports.tellers_record.write_record": "it stands on papers only",
    ROTATION: "tablets learn it with the next checkpoint",
    "meetings.voting.polls.ballots.record_for_member": UNSAID,
    "meetings.voting.polls.ballots.discard_ballot": UNSAID,
    "meetings.voting.polls.closing.record_tally": UNSAID,
    "accounts.people.service.add_user": NOBODY_SEES,
    "accounts.people.service.change_user": "registered hooks publish it",
    "accounts.people.service.remove_user": "somebody in a meeting stays, as a closed account",
    "accounts.people.service.set_password": NOBODY_SEES,
    "accounts.people.service.remove_factor_of": NOBODY_SEES,
    "accounts.second_factor.service.start_second_factor": NOBODY_SEES,
    "accounts.second_factor.service.confirm_second_factor": NOBODY_SEES,
    "accounts.second_factor.service.renew_recovery_codes": NOBODY_SEES,
    "accounts.second_factor.service.remove_own_second_factor": NOBODY_SEES,
    "accounts.second_factor.passkey_service.add_passkey": NOBODY_SEES,
    "accounts.second_factor.passkey_service.rename_passkey": NOBODY_SEES,
    "accounts.second_factor.passkey_service.remove_passkey": NOBODY_SEES,
    "accounts.sign_in.service.confirm_password": NOBODY_SEES,
    "accounts.people.setup.finish_setup": NOBODY_SEES,
    "accounts.sign_in.service.open_sign_in": NOBODY_SEES,
    "accounts.sign_in.service.revoke_own_sign_in": "its sockets are closed after the commit",
    "accounts.sign_in.service.change_own_password": "its sockets are closed after the commit",
    "accounts.sign_in.service.mark_seen": NOBODY_SEES,
    "accounts.sign_in.service.mark_joined": NOBODY_SEES,
    "accounts.people.unit_service.add_unit": NOBODY_SEES,
    "accounts.people.unit_service.change_unit": "registered hooks publish it",
    "accounts.people.unit_service.remove_unit": "a unit with a meeting cannot be removed",
    "documents.ingest.store.go_on": NOBODY_SEES,
    "meetings.meeting.service.create_meeting": "the room begins with it",
    "meetings.presentation.lease.open_paper": LIVE,
    "meetings.presentation.lease.begin_term": LIVE,
    **{verb: why for part in PARTS for verb, why in getattr(part, "SILENT", {}).items()},
}
"""Verbs that publish no event, and why."""

AUTHORED_ROW = "the row names its author; that somebody writes in private is nobody's business"
UNWRITTEN = {
    ROTATION: "every log says it, signed by both keys",
    "meetings.voting.polls.ballots.cast_ballot": "the ballot itself is the record",
    "documents.annotations.service.add_annotation": AUTHORED_ROW,
    "documents.annotations.service.add_annotations": AUTHORED_ROW,
    "documents.annotations.service.change_annotation": AUTHORED_ROW,
    "accounts.sign_in.service.mark_seen": "once a minute for everybody says nothing",
    "accounts.sign_in.service.mark_joined": "who is in which room is not kept for ever",
    "documents.ingest.store.measured": "the result is written when the paper is ready or failed",
    "documents.ingest.store.go_on": "a job row says it",
    "meetings.presentation.lease.open_paper": "what was shown is no decision",
    "meetings.presentation.lease.begin_term": OWN,
    **{verb: why for part in PARTS for verb, why in getattr(part, "UNWRITTEN", {}).items()},
}
"""Verbs that leave no audit entry, and why."""

ALL = tuple(found_verbs())


def ours(declared: dict[str, type]) -> dict[str, type]:
    """Without what other tests declare for themselves."""
    return {name: kind for name, kind in declared.items() if "tests" not in kind.__module__}


ERRORS = ours(dict(errors.known))
EVENTS = ours(dict(room_events.known))


def all_actions() -> list[StrEnum]:
    """Every action of every slice."""
    found: list[StrEnum] = []
    for name in modules():
        kind = getattr(importlib.import_module(name), "Action", None)
        if isinstance(kind, EnumType) and kind.__module__ == name:
            found += kind.__members__.values()
    return found


@pytest.fixture(scope="module")
def permissions() -> Permissions:
    """The table put together as at assembly: a row declared twice is an error there."""
    whole = Permissions()
    for name in modules():
        if name.endswith("declares"):
            whole.declare(importlib.import_module(name).permissions)
    return whole


def test_every_action_has_one_row_and_every_row_an_action(permissions):
    actions = [action.value for action in all_actions()]
    assert sorted(actions) == sorted(permissions.rows)
    assert len(set(actions)) == len(actions)


def test_no_row_stands_twice_in_one_declaration():
    for file in (file for part in SLICES for file in (ROOT / part).rglob("declares.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Dict):
                keys = [ast.unparse(key) for key in node.keys if key is not None]
                assert len(keys) == len(set(keys)), file


def test_every_action_is_asked_for_somewhere():
    text = "\n".join(
        file.read_text()
        for part in SLICES
        for file in (ROOT / part).rglob("*.py")
        if file.name != "declares.py"
    )
    unasked = {
        f"Action.{action.name}" for action in all_actions() if f"Action.{action.name}" not in text
    }
    # Turning and pointing are settled by the lease, telling one's presence by being in the room.
    assert unasked <= {"Action.TURN", "Action.POINT", "Action.TELL_PRESENCE"}


def test_the_table_of_permissions_is_printed(permissions, artifacts: Path):
    rows = [
        (action, *("+" if role in roles else "" for role in Role))
        for action, roles in sorted(permissions.rows.items())
    ]
    printed = table(("action", *(role.value for role in Role)), rows)
    (artifacts / "permissions.md").write_text(printed)
    print(printed)
    in_document = (ROOT / "docs" / "protocol.md").read_text().replace("`", "")
    assert printed in in_document


@pytest.mark.parametrize("name", ALL)
def test_a_verb_asks_writes_and_tells(name: str, permissions):
    verb = what_it_does(name)
    assert bool(verb.asks) != (name in UNASKED), "asks for permission, or says why not"
    assert bool(verb.writes) != (name in UNWRITTEN), "writes the audit, or says why not"
    assert bool(verb.tells) != (name in SILENT), "tells the room, or says why not"
    assert verb.asks | verb.writes <= set(permissions.rows)


def test_no_reason_is_left_over():
    assert {*UNASKED, *SILENT, *UNWRITTEN} <= set(ALL)


def test_every_verb_explains_itself():
    for verb in found_verbs().values():
        function = modules()[verb.module].functions[verb.name]
        assert ast.get_docstring(function), verb.full_name


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_refusal_has_its_words(language: str):
    words = word_use.whole(language)
    assert [code for code in ERRORS if f"error.{code}" not in words] == []


def test_codes_are_snake_case_and_statuses_are_refusals():
    for code, refusal in ERRORS.items():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", code)
        assert 400 <= refusal.status < 600  # type: ignore[attr-defined]


def test_every_event_of_a_room_has_one_reducer():
    with folding() as running:
        reducers = running.types()
    of_rooms = [kind for kind, event in EVENTS.items() if not event.mine]  # type: ignore[attr-defined]
    assert sorted(reducers) == sorted(of_rooms)


def test_every_event_is_told_by_a_verb_or_at_its_side():
    told = {kind for name in ALL for kind in what_it_does(name).tells}
    assert set(EVENTS) == told


@pytest.mark.parametrize("setting", SETTINGS)
def test_every_setting_is_in_the_guide_of_administrators(setting: str):
    assert f"`{setting}`" in (ROOT / "docs" / "admin.md").read_text()


def test_every_variable_that_is_read_is_a_setting():
    named = set()
    for part in ("core", *SLICES, "backup", "demo", "launcher", "app.py", "run"):
        files = [ROOT / part] if (ROOT / part).is_file() else (ROOT / part).rglob("*.py")
        for file in files:
            named |= set(re.findall(r"DIENHONG_[A-Z_]*[A-Z]", file.read_text()))
    # What the processes of one start say to each other, and what is not of the environment.
    of_processes = {"DIENHONG_LIFELINE_FD", "DIENHONG_TEST_EFFORT"}
    assert named - set(SETTINGS) <= {"DIENHONG_WORDS", *of_processes}


def test_every_catalogue_belongs_to_an_area():
    found = {file.stem for file in (ROOT / "translations").glob("*/LC_MESSAGES/*.po")}
    assert found == set(word_use.AREAS)


def test_both_languages_have_the_same_keys():
    for area in word_use.AREAS:
        vi, en = (word_use.catalogue(language, area) for language in ("vi", "en"))
        assert set(vi) == set(en), area


def test_no_key_stands_in_two_areas():
    keys = [key for area in word_use.AREAS for key in word_use.catalogue("vi", area)]
    assert len(keys) == len(set(keys))


def test_every_key_has_a_text_with_the_same_placeholders():
    vi, en = word_use.whole("vi"), word_use.whole("en")
    assert not [key for key in vi if not vi[key].strip() or not en[key].strip()]
    for key in vi:
        free = {"n"} if key.endswith(word_use.PLURAL) else word_use.LEFT_OUT.get(key, set())
        difference = word_use.placeholders(vi[key]) ^ word_use.placeholders(en[key])
        assert difference <= free, key


def test_every_key_that_is_used_exists(facts: Facts, permissions):
    words = word_use.whole("vi")
    assert {key: file for key, file in word_use.asked_for().items() if key not in words} == {}
    others = {*PACKETS, *facts.socket_events, *permissions.rows}
    like = word_use.like_keys({key.split(".")[0] for key in words})
    for_pages = set(word_use.whole("vi", BROWSER_DOMAINS))
    assert {key for key in like if not key.endswith("_")} - for_pages - others == set()


def test_every_key_is_used():
    assert word_use.unused(set(word_use.whole("vi"))) == set()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_audit_has_words_for_every_action_and_refusal(language: str):
    words = word_use.whole(language)
    written = {action for name in ALL for action in what_it_does(name).writes}
    refused = {
        f"audit.refused.{code}"
        for code, kind in errors.known.items()
        if code in ERRORS and is_audited(kind)
    }
    assert len(written) > 40
    assert {f"audit.action.{action}" for action in written} | refused <= set(words)
