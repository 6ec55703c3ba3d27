"""What the paper of a result says, section by section, for `result.typ`."""

import io
from datetime import datetime

import segno

from core.i18n import Language, text_in
from meetings.voting.log.checkpoint import Checkpoint
from meetings.voting.papers.clean import printable
from meetings.voting.papers.counting import (
    base_line,
    count_rows,
    counted_poll,
    identity_words,
    labels,
)
from meetings.voting.papers.dates import moment
from meetings.voting.papers.facts import LogFacts, MeetingFacts, PollFacts, TallyFacts
from meetings.voting.papers.masthead import masthead, number_line, placed, signatures
from meetings.voting.papers.matter_content import Row, matter_rows, rule_rows
from meetings.voting.papers.names_content import named_voters, names_table
from meetings.voting.poll_rules import hundredths
from meetings.voting.tally_rules import Channel, Tally
from meetings.voting.words_rules import announcement, arithmetic_line, capital, verdict_heading


def result_content(language: Language, meeting: MeetingFacts, poll: PollFacts) -> dict[str, object]:
    """Everything that `result.typ` prints. Raises ValueError: neither counted nor cancelled."""
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
        "log": _log(language, poll.log, 5 if names else 4),
        "signatures": signatures(language, meeting, poll.rule.words),
    }


def over_at(poll: PollFacts) -> datetime:
    """When a poll's result was known to all, or when it ended without one."""
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
    """Where the votes for each option came from, when some were counted by hand."""
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


def tally_words(language: Language, one: TallyFacts) -> str:
    """Who entered a tally; of papers also how many were issued and what became of them."""
    channel = capital(text_in(language, f"report.channel.{one.tally.channel.value}"))
    said = text_in(language, "report.tally.by", channel=channel, by=one.by)
    if one.tally.channel is not Channel.PAPER:
        return said
    return f"{said} {papers_words(language, one.tally)}"


def papers_words(language: Language, tally: Tally) -> str:
    """The papers of a tally: issued, returned, not returned, valid, invalid."""
    names = ("issued", "returned", "not_returned", "valid", "invalid")
    return text_in(language, "report.papers", **{name: getattr(tally, name) for name in names})


def _cancelled(language: Language, poll: PollFacts) -> dict[str, object]:
    act = poll.cancelled
    assert act is not None
    return {
        "title": text_in(language, "report.section.cancelled"),
        "verdict": text_in(language, "report.cancelled"),
        "arithmetic": text_in(
            language,
            "report.cancelled.value",
            by=act.by,
            when=moment(language, act.at),
            reason=act.reason,
        ),
        "note": text_in(language, "report.cancelled.nothing"),
    }


def log_rows(language: Language, log: LogFacts) -> list[Row]:
    """Where the log holds the poll, and the root that vouches for it, as checkpoints write it."""
    rows: list[Row] = [
        ("report.log.id", log.log_id),
        ("report.log.index", log.index),
        ("report.log.hash", log.leaf_hash),
        ("report.log.size", text_in(language, "report.log.size.value", size=log.size)),
        ("report.log.root", _checkpoint(log).text.splitlines()[2]),
    ]
    return [(text_in(language, key), value) for key, value in rows]


def _checkpoint(log: LogFacts) -> Checkpoint:
    return Checkpoint(log.log_id, log.size, bytes.fromhex(log.root))


def _log(language: Language, log: LogFacts, number: int) -> dict[str, object]:
    drawn = io.BytesIO()
    code = segno.make(_checkpoint(log).text, error="m", micro=False)
    code.save(drawn, kind="svg", border=0)
    return {
        "title": text_in(language, "report.section.log", number=number),
        "rows": log_rows(language, log),
        "qr": drawn.getvalue().decode(),
        "qr_words": text_in(language, "report.log.qr"),
    }
