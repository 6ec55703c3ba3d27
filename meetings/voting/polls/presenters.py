"""Converts poll rows to views, with sentences in both languages."""

from typing import Any

import msgspec

from core.i18n import Language
from meetings.voting.models import Poll
from meetings.voting.poll_facts import (
    Closing,
    Ending,
    OpenedCard,
    Opening,
    PollView,
    ResultCard,
    ResultWords,
    RuleCard,
    VotedPaper,
)
from meetings.voting.rules import sentences
from meetings.voting.rules.packs import thawed
from meetings.voting.rules.poll_rules import Rule
from meetings.voting.rules.question_rules import Option


def encoded(value: object) -> str:
    """JSON text of a value, as stored in a poll's row."""
    return msgspec.json.encode(value).decode()


def options_of(poll: Poll) -> list[Option]:
    """The options, in order."""
    return msgspec.json.decode(poll.options, type=list[Option])


def opening_of(poll: Poll) -> Opening:
    """The opening of a poll. Raises: ValueError if it was never opened."""
    return msgspec.json.decode(_required(poll.opening), type=Opening)


def closing_of(poll: Poll) -> Closing:
    """The closing of a poll. Raises: ValueError if it was never closed."""
    return msgspec.json.decode(_required(poll.closing), type=Closing)


def ending_of(poll: Poll) -> Ending:
    """The ending of a poll so far."""
    return msgspec.json.decode(poll.ending, type=Ending) if poll.ending else Ending()


def rule_of(poll: Poll) -> Rule:
    """The rule stored in a poll: frozen once it is opened, a copy of the current rule before."""
    return thawed(msgspec.json.decode(poll.rule))


def labels_of(poll: Poll) -> dict[str, str]:
    """The label of each option by its key."""
    return {option.key: option.label for option in options_of(poll)}


def poll_view(poll: Poll) -> PollView:
    """The complete view of a poll."""
    return PollView(
        id=poll.id,
        meeting_id=poll.meeting_id,
        position=poll.position,
        title=poll.title,
        question=poll.question,
        method=poll.method.value,
        rule_id=poll.rule_id,
        rule=_rule_card(poll),
        options=options_of(poll),
        agenda_item_id=poll.agenda_item_id,
        document_id=poll.document_id,
        version=poll.version,
        allow_change=poll.allow_change,
        timer_seconds=poll.timer_seconds,
        repeats=poll.repeats,
        status=poll.status.value,
        opened=_opened(poll) if poll.opening else None,
        closed_at=closing_of(poll).at if poll.closing else None,
        result=result_card(poll) if poll.closing else None,
        ending=ending_of(poll),
        revision=poll.revision,
    )


def result_words(language: Language, poll: Poll) -> ResultWords:
    """The sentences of a closed poll's result."""
    rule, closing, labels = rule_of(poll), closing_of(poll), labels_of(poll)
    return ResultWords(
        heading=sentences.verdict_heading(language, rule, closing.outcome, labels),
        arithmetic=sentences.arithmetic_line(language, rule, closing.outcome, labels),
        identity=sentences.identity_line(language, closing.count, labels),
        breakdown=sentences.breakdown_line(language, closing.count, labels),
        announcement=sentences.announcement(
            language, rule, closing.outcome, labels, title=poll.title
        ),
    )


def contradiction_words(language: Language) -> ResultWords:
    """The sentences shown instead of a result that contradicts the log."""
    heading, line, aloud = sentences.contradiction(language)
    return ResultWords(heading, line, line, line, announcement=aloud)


def result_card(poll: Poll) -> ResultCard:
    """The result of a closed poll, without names."""
    closing = closing_of(poll)
    return ResultCard(
        at=closing.at,
        by=closing.by,
        **numbers_of(closing),
        vi=result_words("vi", poll),
        en=result_words("en", poll),
        log_id=closing.place.log_id,
        log_index=closing.place.index,
        leaf_hash=closing.place.leaf_hash,
    )


def numbers_of(closing: Closing) -> dict[str, Any]:
    """The numbers of a result, by the field names that all result schemas share."""
    numbers = msgspec.structs.asdict(closing.count) | msgspec.structs.asdict(closing.outcome)
    return {**numbers, "voted": closing.count.voted}


def _rule_card(poll: Poll) -> RuleCard:
    rule = rule_of(poll)
    line = None
    if poll.opening:
        opening = opening_of(poll)
        line = sentences.rule_line(rule, n=opening.n, present=opening.present)
    return RuleCard(
        rule.id, rule.version, rule.title, rule.formula, rule.citation, rule.confirmed, line
    )


def _opened(poll: Poll) -> OpenedCard:
    opening = opening_of(poll)
    document = opening.document
    return OpenedCard(
        at=opening.at,
        by=opening.by,
        n=opening.n,
        present=opening.present,
        voters=opening.voters,
        chair=opening.chair,
        document=VotedPaper(document.document_id, document.version, document.sha256)
        if document
        else None,
        quorum=opening.quorum,
        override_reason=opening.override_reason,
    )


def _required(text: str | None) -> str:
    if text is None:
        raise ValueError("this has not happened to the poll yet")
    return text
