"""Content of the result report, section by section, for `result.typ`."""

from datetime import datetime

from core.i18n import Language, text_in
from meetings.voting.reports.content.count_table import (
    base_line,
    count_rows,
    counted_poll,
    identity_words,
    labels,
    tally_words,
)
from meetings.voting.reports.content.dates import moment
from meetings.voting.reports.content.log import log_section
from meetings.voting.reports.content.masthead import masthead, number_line, placed, signatures
from meetings.voting.reports.content.names import named_voters, names_table
from meetings.voting.reports.content.printable import printable
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts
from meetings.voting.reports.content.subject import matter_rows, rule_rows
from meetings.voting.rules.poll_rules import hundredths
from meetings.voting.rules.sentences import announcement, arithmetic_line, capital, verdict_heading


def result_content(language: Language, meeting: MeetingFacts, poll: PollFacts) -> dict[str, object]:
    """The content of `result.typ`. Raises: ValueError if neither counted nor cancelled."""
    meeting, poll = printable(meeting), printable(poll)
    over = poll.cancelled is None
    sections: list[dict[str, object]] = [
        {
            "title": text_in(language, "report.section.matter"),
            "rows": matter_rows(language, meeting, poll),
        },
        {"title": text_in(language, "report.section.rule"), "rows": rule_rows(language, poll)},
    ]
    names = over and bool(named_voters(poll))
    return {
        "lang": language,
        "title": text_in(language, "report.result.file", title=poll.title),
        "author": meeting.body,
        "masthead": masthead(language, meeting),
        "number": number_line(language),
        "placed": placed(language, meeting, over_at(poll)),
        "kind": text_in(language, "report.result"),
        "subject": poll.title,
        "sections": sections,
        "numbers": _numbers(language, meeting, poll) if over else _cancelled(language, poll),
        "names": names_table(language, poll) if names else None,
        "log": log_section(language, poll.log, 5 if names else 4),
        "signatures": signatures(language, meeting, poll.rule.words),
    }


def over_at(poll: PollFacts) -> datetime:
    """Time of the announcement, else of the closing or cancellation."""
    return poll.announced_at or (poll.closed or poll.cancelled or poll.opened).at


def _numbers(language: Language, meeting: MeetingFacts, poll: PollFacts) -> dict[str, object]:
    count, outcome = counted_poll(poll)
    named, rule, ruling = labels(poll), poll.rule, poll.ruling
    base = outcome.base_number
    return {
        "title": text_in(language, "report.section.numbers"),
        "verdict": verdict_heading(language, rule, outcome, named),
        "arithmetic": arithmetic_line(language, rule, outcome, named),
        "head": [
            text_in(language, f"report.counts.{key}") for key in ("option", "number", "share")
        ],
        "rows": [
            [row.label, str(row.number), row.share, row.length, row.option, row.measured]
            for row in count_rows(language, poll)
        ],
        "total": [text_in(language, "report.counts.total"), str(count.n)],
        "mark": hundredths(outcome.required, base) if base else None,
        "note": f"{base_line(language, poll)} "
        + (text_in(language, "report.mark", required=outcome.required) if base else ""),
        "identity": text_in(language, "report.identity", line=identity_words(language, poll)),
        "aloud": [
            text_in(language, "report.aloud"),
            announcement(language, rule, outcome, named, title=poll.title, of_body=meeting.of_body),
        ],
        "ruling": ruling
        and text_in(
            language,
            "report.ruling",
            by=ruling.by,
            when=moment(language, ruling.at),
            side=named[ruling.side],
            reason=ruling.reason,
        ),
        "tallies": _tallies(language, poll),
    }


def _tallies(language: Language, poll: PollFacts) -> dict[str, object] | None:
    """Votes for each option by channel, if there are tallies."""
    if not poll.tallies:
        return None
    count, _ = counted_poll(poll)
    rows = []
    for option in poll.options:
        by_hand = [one.tally.counts[option.key] for one in poll.tallies]
        whole = count.counts[option.key]
        rows.append([option.label, *map(str, (whole - sum(by_hand), *by_hand, whole))])
    channels = [
        text_in(language, f"report.channel.{one.tally.channel.value}") for one in poll.tallies
    ]
    return {
        "title": text_in(language, "report.tallies"),
        "head": [
            text_in(language, "report.counts.option"),
            text_in(language, "report.tallies.by_name"),
            *map(capital, channels),
            text_in(language, "report.counts.total"),
        ],
        "rows": rows,
        "notes": [tally_words(language, one) for one in poll.tallies],
    }


def _cancelled(language: Language, poll: PollFacts) -> dict[str, object]:
    act = poll.cancelled
    assert act is not None
    return {
        "title": text_in(language, "report.section.cancelled"),
        "verdict": text_in(language, "report.cancelled"),
        "arithmetic": text_in(
            language,
            "report.cancelled.value",
            by=act.by or text_in(language, "report.the_server"),
            when=moment(language, act.at),
            reason=act.reason,
        ),
        "note": text_in(language, "report.cancelled.nothing"),
    }
