"""The table of names with their votes, in the order of the roster."""

from core.i18n import Language, text_in
from meetings.voting.reports.content.count_table import labels
from meetings.voting.reports.content.dates import clock, stamp
from meetings.voting.reports.content.report_facts import PollFacts, VoterFacts
from meetings.voting.rules.poll_rules import PollMethod


def named_voters(poll: PollFacts) -> tuple[VoterFacts, ...]:
    """The voters that reports list, in the order of the roster."""
    if poll.method is PollMethod.NAMED:
        return poll.voters
    return tuple(voter for voter in poll.voters if voter.choice is not None)


def choice_words(language: Language, poll: PollFacts, voter: VoterFacts) -> str:
    """The label of the choice, or the reason why there is none."""
    if voter.choice is not None:
        return labels(poll)[voter.choice]
    if not voter.present:
        return text_in(language, "report.names.absent")
    return text_in(language, "report.names.unnamed" if poll.tallies else "report.names.not_sent")


def recorded_words(language: Language, voter: VoterFacts) -> str:
    """Who recorded and confirmed a ballot for this person, and why; "" if nobody did."""
    if voter.entered_by is None:
        return ""
    text = text_in(language, "report.names.recorded", by=voter.entered_by)
    if voter.confirmed_by is None:
        text += text_in(language, "report.names.recorded.unconfirmed")
    else:
        text += text_in(language, "report.names.recorded.confirmed", by=voter.confirmed_by)
    if voter.reason:
        text += text_in(language, "report.names.recorded.reason", reason=voter.reason)
    return text


def names_table(language: Language, poll: PollFacts) -> dict[str, object]:
    """The section of `result.typ` with names.

    For a named poll everybody; otherwise only people whose vote was recorded by name.
    """
    columns = ("number", "name", "position", "choice", "channel", "at")
    listed = named_voters(poll)
    unnamed = any(voter.present and voter.choice is None for voter in listed)
    return {
        "title": text_in(language, "report.section.names"),
        "head": [text_in(language, f"report.names.{column}") for column in columns],
        "rows": [
            _row(language, poll, number, voter) for number, voter in enumerate(listed, start=1)
        ],
        "note": text_in(language, "report.names.unnamed.note") if poll.tallies and unnamed else "",
    }


def _row(language: Language, poll: PollFacts, number: int, voter: VoterFacts) -> dict[str, object]:
    at = voter.at
    same_day = at is not None and at.date() == poll.opened.at.date()
    return {
        "cells": [
            str(number),
            voter.name,
            voter.position or "",
            choice_words(language, poll, voter),
            text_in(language, f"report.channel.{voter.channel.value}") if voter.channel else "",
            "" if at is None else clock(at) if same_day else stamp(at),
        ],
        "cast": voter.choice is not None,
        "recorded": recorded_words(language, voter),
    }
