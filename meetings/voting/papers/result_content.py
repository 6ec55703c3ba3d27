"""What the paper of a result says, section by section, for `result.typ`."""

import io

import segno

from meetings.attendance.quorum_rules import Language
from meetings.voting.log.checkpoint import Checkpoint
from meetings.voting.papers.counting import base_line, count_rows, counted_poll, labels
from meetings.voting.papers.facts import Act, LogFacts, MeetingFacts, PollFacts, TallyFacts
from meetings.voting.papers.masthead import masthead, signatures, when_and_where
from meetings.voting.papers.names_content import named_voters, names_table
from meetings.voting.papers.words import capital, moment, say
from meetings.voting.poll_rules import hundredths
from meetings.voting.tally_rules import Channel, Tally
from meetings.voting.words_rules import (
    announcement,
    arithmetic_line,
    identity_line,
    rule_line,
    verdict_heading,
)

Row = tuple[str, str]


def result_content(language: Language, meeting: MeetingFacts, poll: PollFacts) -> dict[str, object]:
    """Everything that `result.typ` prints. Raises ValueError: neither counted nor cancelled."""
    over = poll.cancelled is None
    sections: list[dict[str, object]] = [
        {"title": say(language, "section.matter"), "rows": matter_rows(language, meeting, poll)},
        {"title": say(language, "section.rule"), "rows": rule_rows(language, poll)},
    ]
    names = over and bool(named_voters(poll))
    return {
        "lang": language,
        "title": say(language, "result.file", title=poll.title),
        "author": meeting.body,
        "masthead": masthead(language, meeting),
        "kind": say(language, "result"),
        "subject": poll.title,
        "sections": sections,
        "numbers": _numbers(language, meeting, poll) if over else _cancelled(language, poll),
        "names": names_table(language, poll) if names else None,
        "log": _log(language, poll.log, 5 if names else 4),
        "signatures": signatures(language, meeting, poll.rule.words),
    }


def matter_rows(language: Language, meeting: MeetingFacts, poll: PollFacts) -> list[Row]:
    """What was put to the vote, where, how, by whom and when."""
    document = poll.document
    rows: list[tuple[str, str | None]] = [
        ("meeting", meeting.title),
        ("where", when_and_where(language, meeting)),
        ("item", poll.agenda_item),
        ("question", poll.question),
        (
            "document",
            document
            and say(language, "document.value", title=document.title, version=document.version),
        ),
        ("document.hash", document and document.sha256),
        ("method", method_words(language, poll)),
        ("repeats", poll.repeats),
        ("opened", act_words(language, poll.opened)),
        ("override", poll.override and _override(language, poll.override)),
        ("closed", poll.closed and act_words(language, poll.closed)),
        ("announced", poll.announced_at and moment(language, poll.announced_at)),
    ]
    voters = poll.rule.words.voters.said(language)
    return [(say(language, key, voters=voters), text) for key, text in rows if text]


def rule_rows(language: Language, poll: PollFacts) -> list[Row]:
    """The rule as the poll keeps it, with its source, and whether that was checked."""
    rule, count = poll.rule, poll.count
    rows = [
        (
            "rule",
            say(
                language,
                "rule.value",
                title=rule.title.said(language),
                id=rule.id,
                version=rule.version,
            ),
        ),
        ("formula", rule.formula.said(language)),
    ]
    if count is not None and poll.outcome is not None:
        here = rule_line(language, rule, n=count.n, present=count.present)
        rows += [
            ("condition", here),
            ("required", str(poll.outcome.required)),
            (
                "entitled",
                say(
                    language,
                    "entitled.value",
                    who=rule.entitled.said(language),
                    n=count.n,
                    present=count.present,
                    absent=count.absent,
                ),
            ),
        ]
    rows.append(
        ("citation", citation_words(language, rule.citation.said(language), rule.confirmed))
    )
    return [(say(language, key), text) for key, text in rows]


def citation_words(language: Language, citation: str, confirmed: bool) -> str:
    """Where a rule comes from, and whether a lawyer has checked that."""
    return citation if confirmed else f"{citation} ({say(language, 'unconfirmed')})"


def method_words(language: Language, poll: PollFacts) -> str:
    """How the poll was held, and whether a choice could be changed."""
    method = say(language, f"method.{poll.method.value}")
    return say(language, "method.change", method=method) if poll.allow_change else method


def act_words(language: Language, act: Act) -> str:
    """When something was done and by whom."""
    return say(language, "act", when=moment(language, act.at), by=act.by)


def _override(language: Language, act: Act) -> str:
    when = moment(language, act.at)
    return say(language, "override.value", by=act.by, when=when, reason=act.reason)


def _numbers(language: Language, meeting: MeetingFacts, poll: PollFacts) -> dict[str, object]:
    count, outcome = counted_poll(poll)
    named, rule, ruling = labels(poll), poll.rule, poll.ruling
    base = outcome.base_number
    return {
        "title": say(language, "section.numbers"),
        "verdict": verdict_heading(language, rule, outcome, named),
        "arithmetic": arithmetic_line(language, rule, outcome, named),
        "head": [say(language, f"counts.{key}") for key in ("option", "number", "share")],
        "rows": [
            [row.label, str(row.number), row.share, row.length, row.option, row.measured]
            for row in count_rows(language, poll)
        ],
        "total": [say(language, "counts.total"), str(count.n)],
        "mark": hundredths(outcome.required, base) if base else None,
        "note": f"{base_line(language, poll)} "
        + (say(language, "mark", required=outcome.required) if base else ""),
        "identity": say(language, "identity", line=identity_line(language, count, named)),
        "aloud": [
            say(language, "aloud"),
            announcement(language, rule, outcome, named, title=poll.title, of_body=meeting.of_body),
        ],
        "ruling": ruling
        and say(
            language,
            "ruling",
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
    channels = [say(language, f"channel.{one.tally.channel.value}") for one in poll.tallies]
    return {
        "title": say(language, "tallies"),
        "head": [
            say(language, "counts.option"),
            say(language, "tallies.by_name"),
            *map(capital, channels),
            say(language, "counts.total"),
        ],
        "rows": rows,
        "notes": [tally_words(language, one) for one in poll.tallies],
    }


def tally_words(language: Language, one: TallyFacts) -> str:
    """Who entered a tally; of papers also how many were issued and what became of them."""
    channel = capital(say(language, f"channel.{one.tally.channel.value}"))
    said = say(language, "tally.by", channel=channel, by=one.by)
    if one.tally.channel is not Channel.PAPER:
        return said
    return f"{said} {papers_words(language, one.tally)}"


def papers_words(language: Language, tally: Tally) -> str:
    """The papers of a tally: issued, returned, not returned, valid, invalid."""
    names = ("issued", "returned", "not_returned", "valid", "invalid")
    return say(language, "papers", **{name: getattr(tally, name) for name in names})


def _cancelled(language: Language, poll: PollFacts) -> dict[str, object]:
    act = poll.cancelled
    assert act is not None
    return {
        "title": say(language, "section.cancelled"),
        "verdict": say(language, "cancelled"),
        "arithmetic": say(
            language,
            "cancelled.value",
            by=act.by,
            when=moment(language, act.at),
            reason=act.reason,
        ),
        "note": say(language, "cancelled.nothing"),
    }


def _log(language: Language, log: LogFacts, number: int) -> dict[str, object]:
    checkpoint = Checkpoint(log.log_id, log.size, bytes.fromhex(log.root))
    drawn = io.BytesIO()
    segno.make(checkpoint.text, error="m", micro=False).save(drawn, kind="svg", border=0)
    root = checkpoint.text.splitlines()[2]
    return {
        "title": say(language, "section.log", number=number),
        "rows": [
            (say(language, "log.id"), log.log_id),
            (say(language, "log.index"), str(log.index)),
            (say(language, "log.hash"), log.leaf_hash),
            (say(language, "log.size"), say(language, "log.size.value", size=log.size)),
            (say(language, "log.root"), root),
        ],
        "qr": drawn.getvalue().decode(),
        "qr_words": say(language, "log.qr"),
    }
