"""Rows (name and value) about the question, the method, and the rule of a poll."""

import re

from core.i18n import Language, text_in
from meetings.voting.reports.content.dates import moment
from meetings.voting.reports.content.masthead import when_and_where
from meetings.voting.reports.content.report_facts import Act, DocumentFacts, MeetingFacts, PollFacts
from meetings.voting.rules.poll_rules import PollMethod, RuleWords
from meetings.voting.rules.sentences import capital, rule_line

Row = tuple[str, str | int]

_REMARK = re.compile(
    r"(?:^(?:Chưa xác định|Mức đặt sẵn|Quy tắc đặt sẵn|No provision cited|A preset)"
    r"|; (?:cần đối chiếu|to be checked)).*"
)
"""Remarks in citations of the built-in packs, for people who check them against the law."""


def matter_rows(language: Language, meeting: MeetingFacts, poll: PollFacts) -> list[Row]:
    """Rows about the question, place, method, people and times; empty values have no row."""
    rows = [
        ("report.meeting", meeting.title),
        ("report.where", when_and_where(language, meeting)),
        ("report.chairs", ", ".join(meeting.chairs)),
        ("report.item", poll.agenda_item),
        ("report.question", poll.question),
        *_document(language, poll.document),
        ("report.method", method_words(language, poll)),
        ("report.repeats", poll.repeats),
        ("report.opened", act_words(language, poll.opened)),
        *([("report.override", _override(language, poll.override))] if poll.override else ()),
        *(("report.new_password", _new_password(language, *one)) for one in poll.new_passwords),
        *([("report.closed", act_words(language, poll.closed))] if poll.closed else ()),
        *([("report.announced", moment(language, poll.announced_at))] if poll.announced_at else ()),
    ]
    words = poll.rule.words
    names = {
        "voters": words.voters.said(language),
        "chair": chair_words(language, words),
    }
    return [(text_in(language, key, **names), text) for key, text in rows if text]


def _new_password(language: Language, voter: str, act: Act) -> str:
    return text_in(
        language,
        "report.new_password.value",
        voter=voter,
        by=act.by,
        when=moment(language, act.at),
        reason=act.reason,
    )


def _document(language: Language, document: DocumentFacts | None) -> list[tuple[str, str]]:
    """The document of the question, and the hash of its version."""
    if document is None:
        return []
    named = text_in(
        language, "report.document.value", title=document.title, version=document.version
    )
    return [("report.document", named), ("report.document.hash", document.sha256)]


def rule_rows(language: Language, poll: PollFacts) -> list[Row]:
    """The rule stored in the poll, with its source; its id and version are in the log."""
    rule = poll.rule
    rows: list[Row] = [
        ("report.rule", rule.title.said(language)),
        ("report.formula", rule.formula.said(language)),
        *_condition(language, poll),
        ("report.citation", citation_words(rule.citation.said(language))),
    ]
    return [(text_in(language, key), value) for key, value in rows if value != ""]


def _condition(language: Language, poll: PollFacts) -> list[Row]:
    """The condition, the required number, and the entitled people of a counted poll."""
    count, outcome, rule = poll.count, poll.outcome, poll.rule
    if count is None or outcome is None:
        return []
    entitled = text_in(
        language,
        "report.entitled.value",
        who=rule.entitled.said(language),
        n=count.n,
        present=count.present,
        absent=count.absent,
    )
    return [
        ("report.condition", rule_line(rule, n=count.n, present=count.present).said(language)),
        ("report.required", outcome.required),
        ("report.entitled", entitled),
    ]


def chair_words(language: Language, words: RuleWords) -> str:
    """The term for the presiding person, as the name of a row."""
    return capital(words.chair.said(language).removeprefix("the "))


def citation_words(citation: str) -> str:
    """The source of a rule, without the remark that it must be checked; "" for a preset.

    Screens show the remark; signed reports show only the source.
    """
    return _REMARK.sub("", citation)


def method_words(language: Language, poll: PollFacts) -> str:
    """How the poll was held, and whether a choice could be changed."""
    method = text_in(language, f"report.method.{poll.method.value}")
    change = poll.allow_change and poll.method is PollMethod.NAMED
    return text_in(language, "report.method.change", method=method) if change else method


def act_words(language: Language, act: Act) -> str:
    """Time of an action, and the person."""
    return text_in(language, "report.act", when=moment(language, act.at), by=act.by)


def _override(language: Language, act: Act) -> str:
    when = moment(language, act.at)
    return text_in(language, "report.override.value", by=act.by, when=when, reason=act.reason)
