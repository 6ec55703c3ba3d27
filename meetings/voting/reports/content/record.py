"""Content of the tellers' record, as elements that both the PDF and the DOCX print.

Unknown facts are left blank, to be filled in by hand.
"""

from datetime import datetime

import msgspec

from core.i18n import Language, text_in
from meetings.voting.reports.content.count_table import (
    base_line,
    by_hands,
    by_name,
    count_rows,
    counted_poll,
    identity_words,
    labels,
    papers_words,
)
from meetings.voting.reports.content.dates import day, hour
from meetings.voting.reports.content.masthead import (
    Masthead,
    Signature,
    abbreviation,
    masthead,
    number_line,
    signature,
)
from meetings.voting.reports.content.names import recorded_words
from meetings.voting.reports.content.printable import paragraphs, printable
from meetings.voting.reports.content.report_facts import MeetingFacts, PollFacts, TellersRecord
from meetings.voting.reports.content.subject import chair_words, citation_words
from meetings.voting.rules.poll_rules import PollMethod
from meetings.voting.rules.sentences import announcement, arithmetic_line, capital, rule_line
from meetings.voting.rules.tally_rules import Channel

OPEN_LINES = 2
"""Dotted lines for an unknown text."""


class Heading(msgspec.Struct, frozen=True, tag_field="is", tag="heading"):
    """The title of a section."""

    text: str


class Paragraph(msgspec.Struct, frozen=True, tag_field="is", tag="paragraph"):
    """A paragraph. `label`: printed before a colon. open_lines: dotted lines after the text."""

    text: str
    label: str = ""
    open_lines: int = 0


class Table(msgspec.Struct, frozen=True, tag_field="is", tag="table"):
    """The count. The first column is text, the others are numbers; the last row is the total."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Piece = Heading | Paragraph | Table


class RecordContent(msgspec.Struct, frozen=True, kw_only=True):
    """The content of the record, in the order of printing."""

    lang: Language
    title: str
    author: str
    masthead: Masthead
    number: str
    kind: str
    subject: str
    pieces: tuple[Piece, ...]
    signatures: tuple[Signature, ...]
    receivers: str
    kept: str


def record_content(
    language: Language, meeting: MeetingFacts, poll: PollFacts, record: TellersRecord
) -> RecordContent:
    """The record of a poll. Raises: ValueError if it was not counted."""
    meeting, poll = printable(meeting), printable(poll)
    long = {name: getattr(record, name) for name in ("complaints", "handling", "conclusion")}
    record = msgspec.structs.replace(printable(record), **long)
    return RecordContent(
        lang=language,
        title=text_in(language, "report.record.file", title=poll.title),
        author=meeting.body,
        masthead=masthead(language, meeting),
        number=number_line(language, record.number, record.symbol or _symbol(language, meeting)),
        kind=text_in(language, "report.record"),
        subject=poll.title,
        pieces=record_pieces(language, meeting, poll, record),
        signatures=record_signatures(language, record),
        receivers=text_in(language, "report.record.receivers"),
        kept=text_in(language, "report.record.kept"),
    )


def _symbol(language: Language, meeting: MeetingFacts) -> str:
    """The symbol after the number's slash: "BB-HĐND"; partly blank without an abbreviation."""
    body = abbreviation(meeting.body) or text_in(language, "report.number.blank")
    return text_in(language, "report.record.symbol", body=body)


def record_pieces(
    language: Language, meeting: MeetingFacts, poll: PollFacts, record: TellersRecord
) -> tuple[Piece, ...]:
    """The body of the record, from time and place to the closing sentence."""
    return (
        _labeled_paragraph(language, "report.record.started", _moment(language, record.started_at)),
        _labeled_paragraph(language, "report.record.place", record.place or meeting.place),
        _labeled_paragraph(language, "report.record.meeting", meeting.title),
        *_presiding(language, meeting, poll),
        *_subject(language, poll),
        *_people(language, record),
        *_ballots(language, poll),
        *_result(language, poll),
        Heading(text_in(language, "report.record.complaints")),
        *_text_or_blank(language, "report.record.complaints.made", record.complaints),
        *_text_or_blank(language, "report.record.complaints.handled", record.handling),
        *_conclusion(language, meeting, poll, record),
    )


def record_signatures(language: Language, record: TellersRecord) -> tuple[Signature, ...]:
    """Signature blocks from left to right: witnesses, tellers, and the first teller as their
    head."""
    return (
        signature(language, text_in(language, "report.record.witness"), record.witnesses),
        signature(language, text_in(language, "report.record.members"), record.tellers[1:]),
        signature(language, text_in(language, "report.record.head"), record.tellers[:1]),
    )


def _presiding(language: Language, meeting: MeetingFacts, poll: PollFacts) -> list[Paragraph]:
    if not meeting.chairs:
        return []
    chair = chair_words(language, poll.rule.words)
    return [_labeled_paragraph(language, "report.chairs", ", ".join(meeting.chairs), chair=chair)]


def _labeled_paragraph(language: Language, key: str, text: str, **names: str) -> Paragraph:
    return Paragraph(text, label=text_in(language, key, **names))


def _moment(language: Language, at: datetime | None) -> str:
    if at is None:
        return text_in(language, "report.record.blank.moment")
    return text_in(language, "report.record.moment", hour=hour(language, at), day=day(language, at))


def _text_or_blank(language: Language, key: str, text: str) -> list[Paragraph]:
    """A text, one paragraph for each line; dotted lines if it is empty."""
    lines = paragraphs(text)
    if not lines:
        return [Paragraph("", label=text_in(language, key), open_lines=OPEN_LINES)]
    return [Paragraph(lines[0], label=text_in(language, key)), *map(Paragraph, lines[1:])]


def _subject(language: Language, poll: PollFacts) -> list[Piece]:
    pieces: list[Piece] = [
        Heading(text_in(language, "report.record.matter")),
        Paragraph(poll.question),
        _labeled_paragraph(
            language, "report.method", text_in(language, f"report.method.{poll.method.value}")
        ),
    ]
    document = poll.document
    if document is not None:
        named = text_in(
            language, "report.document.value", title=document.title, version=document.version
        )
        pieces.append(
            _labeled_paragraph(language, "report.document", f"{named}; SHA-256: {document.sha256}")
        )
    return pieces


def _people(language: Language, record: TellersRecord) -> list[Piece]:
    return [
        Heading(text_in(language, "report.record.people")),
        *_names_or_blank(language, "report.record.tellers", record.tellers),
        *_names_or_blank(language, "report.record.witnesses", record.witnesses),
    ]


def _names_or_blank(language: Language, key: str, names: tuple[str, ...]) -> list[Paragraph]:
    """Names, a line for each; dotted lines if there are none."""
    if not names:
        return _text_or_blank(language, key, "")
    return [_labeled_paragraph(language, key, ""), *(Paragraph(f"- {name}") for name in names)]


def _ballots(language: Language, poll: PollFacts) -> list[Piece]:
    count, _ = counted_poll(poll)
    voters = poll.rule.words.voters.said(language)
    numbers = {"n": count.n, "present": count.present, "absent": count.absent}
    lines = [capital(text_in(language, "report.record.voters.value", voters=voters, **numbers))]
    ballots = [*_counted(language, poll)]
    ballots += [
        text_in(
            language,
            "report.record.recorded",
            name=voter.name,
            recorded=recorded_words(language, voter),
        )
        for voter in poll.voters
        if voter.entered_by is not None
    ]
    title = text_in(
        language,
        f"report.record.ballots.title.{poll.method.value}",
        voters=voters,
        voters_capitalised=capital(voters),
    )
    return [
        Heading(text_in(language, "report.record.voters", voters=voters)),
        *map(Paragraph, lines),
        Heading(title),
        *map(Paragraph, ballots),
    ]


def _counted(language: Language, poll: PollFacts) -> list[str]:
    """The number of votes by each channel.

    Channels without votes are listed only if they belong to the poll's method.
    """
    count, _ = counted_poll(poll)
    method = poll.method
    papers = [one.tally for one in poll.tallies if one.tally.channel is Channel.PAPER]
    lines = [papers_words(language, tally) for tally in papers]
    if method is PollMethod.PAPER and not papers:
        lines.append(text_in(language, "report.record.ballots.none"))
    if (named := by_name(poll)) or method is PollMethod.NAMED:
        lines.append(text_in(language, "report.record.ballots.named", number=named))
    if (hands := by_hands(poll)) or method is PollMethod.HANDS:
        lines.append(text_in(language, "report.record.ballots.hands", number=hands))
    if method is PollMethod.NAMED:
        lines.append(text_in(language, "report.record.ballots.not_sent", number=count.not_sent))
    if method is PollMethod.HANDS:
        lines.append(text_in(language, "report.record.ballots.not_raised", number=count.not_sent))
    return lines


def _result(language: Language, poll: PollFacts) -> list[Piece]:
    count, outcome = counted_poll(poll)
    rule, named = poll.rule, labels(poll)
    citation = citation_words(rule.citation.said(language))
    condition = rule_line(rule, n=count.n, present=count.present).said(language)
    cited = "report.record.rule" if citation else "report.record.rule.uncited"
    identity = text_in(language, "report.identity", line=identity_words(language, poll))
    rows = tuple((row.label, str(row.number), row.share) for row in count_rows(language, poll))
    return [
        Heading(text_in(language, f"report.record.result.{poll.method.value}")),
        Table(
            head=tuple(
                text_in(language, f"report.counts.{key}") for key in ("option", "number", "share")
            ),
            rows=(*rows, (text_in(language, "report.counts.total"), str(count.n), "")),
        ),
        Paragraph(f"{base_line(language, poll)} {identity}"),
        Paragraph(text_in(language, cited, condition=condition, citation=citation)),
        Paragraph(capital(arithmetic_line(language, rule, outcome, named)) + "."),
        Paragraph(
            text_in(
                language,
                "report.record.log",
                index=poll.log.index,
                log_id=poll.log.log_id,
                hash=poll.log.leaf_hash,
                key=poll.log.key,
            )
        ),
    ]


def _conclusion(
    language: Language, meeting: MeetingFacts, poll: PollFacts, record: TellersRecord
) -> list[Piece]:
    _, outcome = counted_poll(poll)
    aloud = announcement(
        language, poll.rule, outcome, labels(poll), title=poll.title, of_body=meeting.of_body
    )
    closing = text_in(
        language,
        "report.record.closing",
        count=text_in(language, f"report.record.count.{poll.method.value}"),
        ended=_moment(language, record.ended_at),
        copies=record.copies or text_in(language, "report.number.blank"),
    )
    return [
        Heading(text_in(language, "report.record.conclusion")),
        Paragraph(aloud),
        *map(Paragraph, paragraphs(record.conclusion)),
        Paragraph(closing),
    ]
