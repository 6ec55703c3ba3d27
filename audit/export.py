"""The audit as a file: CSV for a spreadsheet, or the lines of JSON that the seals cover."""

import csv
import io
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from audit.declares import Action
from audit.lines import batches, line_of
from audit.models import AuditDay
from audit.names import names_in
from audit.queries import AuditEntryView, AuditFilter, matching, view_of
from audit.refused_requests import PREFIX
from core import clock
from core.actor import Actor
from core.app_context import AppContext, current_context
from core.csv_injection import escape_formula
from core.db.models import AuditEntry
from core.i18n import Language, text_in
from core.transactions.transaction import transaction

STEP = 100
"""Entries of one piece."""
COLUMNS = ("at", "actor", "action", "thing", "details", "address", "request_id")


class Format(StrEnum):
    """Formats of the export."""

    CSV = "csv"
    JSONL = "jsonl"


def export_entries(
    actor: Actor, wanted: AuditFilter, form: Format, language: Language
) -> Iterator[bytes]:
    """The file, oldest entry first, in pieces. That somebody took it is an entry itself.

    Raises: NotAllowed, InvalidInput.
    """
    statement = matching(wanted)
    filters = msgspec.to_builtins(wanted)
    facts = {name: filters[name] for name in ("from", "to", "user_id", "kind") if filters[name]}
    with transaction() as tx:
        tx.allow(actor, Action.EXPORT, None)
        tx.audit(actor, Action.EXPORT, AuditDay(id=0), format=form.value, **facts)
    context = current_context()
    parts = batches(context, statement, STEP)
    if form is Format.JSONL:
        return (b"".join(map(line_of, entries)) for entries in parts)
    return _csv(context, parts, language)


def _csv(
    context: AppContext, parts: Iterator[Sequence[AuditEntry]], language: Language
) -> Iterator[bytes]:
    made = io.StringIO(newline="")
    separator = text_in(language, "report.csv_separator")
    lines = csv.writer(made, delimiter=separator, lineterminator="\r\n")
    made.write("\ufeff")
    lines.writerow(text_in(language, f"audit.column.{name}") for name in COLUMNS)
    for entries in parts:
        with context.database.read() as session:
            names = names_in(session, entries)
        for entry in entries:
            row = _row(view_of(entry, names), context.config.timezone, language)
            lines.writerow(map(escape_formula, row))
        yield made.getvalue().encode()
        made.seek(0)
        made.truncate()
    yield made.getvalue().encode()


def _row(view: AuditEntryView, zone: str, language: Language) -> Iterator[str]:
    at = clock.in_zone(view.at, zone).replace(tzinfo=None)
    yield at.isoformat(sep=" ", timespec="seconds")
    yield view.actor or view.actor_id or ""
    yield _action_words(view.action, language)
    yield view.thing or " ".join(filter(None, (view.thing_kind, view.thing_id)))
    yield "; ".join(f"{name}: {_plain(value)}" for name, value in view.facts.items())
    yield view.address or ""
    yield view.request_id or ""


def _action_words(action: str, language: Language) -> str:
    if action.startswith(PREFIX):
        return text_in(language, f"audit.refused.{action.removeprefix(PREFIX)}")
    return text_in(language, f"audit.action.{action}")


def _plain(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
