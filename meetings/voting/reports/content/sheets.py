"""The result as tables, for the workbook and the CSV file.

A cell is text, an integer, a time, or empty.
"""

from datetime import datetime

import msgspec

from core.i18n import Language, text_in
from meetings.voting.reports.content.count_table import (
    base_line,
    count_rows,
    counted_poll,
    identity_words,
    labels,
)
from meetings.voting.reports.content.dates import moment
from meetings.voting.reports.content.log import log_rows
from meetings.voting.reports.content.names import choice_words, named_voters
from meetings.voting.reports.content.report_facts import Act, MeetingFacts, PollFacts, VoterFacts
from meetings.voting.reports.content.subject import matter_rows, rule_rows
from meetings.voting.rules.sentences import announcement, arithmetic_line, capital, verdict_heading

Cell = str | int | datetime | None


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table with a header row. `widths`: of its columns, in characters."""

    title: str
    head: tuple[str, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


def result_sheets(language: Language, meeting: MeetingFacts, poll: PollFacts) -> tuple[Sheet, ...]:
    """The tables of counts, names and facts; only facts for a cancelled poll.

    Texts must already be cleaned. Raises: ValueError if neither counted nor cancelled.
    """
    facts = _facts(language, meeting, poll)
    if poll.cancelled is not None:
        return (facts,)
    names = (_names(language, poll),) if named_voters(poll) else ()
    return (_counts(language, poll), *names, facts)


def _counts(language: Language, poll: PollFacts) -> Sheet:
    count, _ = counted_poll(poll)
    channels = [
        capital(text_in(language, f"report.channel.{one.tally.channel.value}"))
        for one in poll.tallies
    ]
    by_hand = {
        option.label: tuple(one.tally.counts[option.key] for one in poll.tallies)
        for option in poll.options
    }
    nothing = (None,) * len(channels)
    rows = [
        (row.label, row.number, row.share, *(by_hand[row.label] if row.option else nothing))
        for row in count_rows(language, poll)
    ]
    return Sheet(
        title=text_in(language, "report.sheet.result"),
        head=(
            *(text_in(language, f"report.counts.{key}") for key in ("option", "number", "share")),
            *channels,
        ),
        widths=(44, 12, 12, *(14 for _ in channels)),
        rows=(*rows, (text_in(language, "report.counts.total"), count.n, None, *nothing)),
    )


def _names(language: Language, poll: PollFacts) -> Sheet:
    return Sheet(
        title=text_in(language, "report.sheet.names"),
        head=(
            *(
                text_in(language, f"report.names.{key}")
                for key in ("number", "name", "position", "choice", "channel", "at")
            ),
            *(
                text_in(language, f"report.sheet.{key}")
                for key in ("entered", "confirmed", "reason")
            ),
        ),
        widths=(6, 28, 34, 24, 16, 21, 24, 24, 40),
        rows=tuple(
            _name(language, poll, number, voter)
            for number, voter in enumerate(named_voters(poll), start=1)
        ),
    )


def _name(language: Language, poll: PollFacts, number: int, voter: VoterFacts) -> tuple[Cell, ...]:
    return (
        number,
        voter.name,
        voter.position,
        choice_words(language, poll, voter),
        text_in(language, f"report.channel.{voter.channel.value}") if voter.channel else None,
        voter.at,
        voter.entered_by,
        voter.confirmed_by,
        voter.reason,
    )


def _facts(language: Language, meeting: MeetingFacts, poll: PollFacts) -> Sheet:
    cancelled = poll.cancelled
    rows = [
        *matter_rows(language, meeting, poll),
        *rule_rows(language, poll),
        *(_outcome(language, meeting, poll) if cancelled is None else ()),
        *(_cancelled(language, cancelled) if cancelled is not None else ()),
        *log_rows(language, poll.log),
    ]
    return Sheet(
        title=text_in(language, "report.sheet.facts"),
        head=(text_in(language, "report.sheet.fact"), text_in(language, "report.sheet.value")),
        widths=(26, 64),
        rows=tuple(rows),
    )


def _outcome(language: Language, meeting: MeetingFacts, poll: PollFacts) -> list[tuple[str, str]]:
    _, outcome = counted_poll(poll)
    rule, named, ruling = poll.rule, labels(poll), poll.ruling
    rows = [
        ("report.sheet.verdict", verdict_heading(language, rule, outcome, named)),
        ("report.sheet.arithmetic", arithmetic_line(language, rule, outcome, named)),
        ("report.sheet.identity", identity_words(language, poll)),
        ("report.sheet.base", base_line(language, poll)),
        (
            "report.aloud",
            announcement(language, rule, outcome, named, title=poll.title, of_body=meeting.of_body),
        ),
    ]
    if ruling is not None:
        side, when = named[ruling.side], moment(language, ruling.at)
        words = text_in(
            language, "report.ruling", by=ruling.by, when=when, side=side, reason=ruling.reason
        )
        rows.append(("report.sheet.ruling", words))
    return [(text_in(language, key), text) for key, text in rows]


def _cancelled(language: Language, act: Act) -> list[tuple[str, str]]:
    when = moment(language, act.at)
    words = text_in(language, "report.cancelled.value", by=act.by, when=when, reason=act.reason)
    return [
        (text_in(language, "report.sheet.verdict"), text_in(language, "report.cancelled")),
        ("", words),
    ]
