"""Who voted how: the table of names of a named vote, in the order of the roster."""

from meetings.shared.bilingual import Language
from meetings.voting.papers.counting import labels
from meetings.voting.papers.facts import PollFacts, VoterFacts
from meetings.voting.papers.words import clock, say, stamp
from meetings.voting.poll_rules import PollMethod


def named_voters(poll: PollFacts) -> tuple[VoterFacts, ...]:
    """Whose names the papers list, in the order of the roster."""
    if poll.method is PollMethod.NAMED:
        return poll.voters
    return tuple(voter for voter in poll.voters if voter.choice is not None)


def choice_words(language: Language, poll: PollFacts, voter: VoterFacts) -> str:
    """The label of the choice; without one, why there is none."""
    if voter.choice is not None:
        return labels(poll)[voter.choice]
    if not voter.present:
        return say(language, "names.absent")
    return say(language, "names.unnamed" if poll.tallies else "names.not_sent")


def recorded_words(language: Language, voter: VoterFacts) -> str:
    """Who recorded a vote for this person, who confirmed it, and why; "" of an own vote."""
    if voter.entered_by is None:
        return ""
    said = say(language, "names.recorded", by=voter.entered_by)
    if voter.confirmed_by is None:
        said += say(language, "names.recorded.unconfirmed")
    else:
        said += say(language, "names.recorded.confirmed", by=voter.confirmed_by)
    if voter.reason:
        said += say(language, "names.recorded.reason", reason=voter.reason)
    return said


def names_table(language: Language, poll: PollFacts) -> dict[str, object]:
    """The section of `result.typ` with names.

    Of a named poll everybody's; of another those alone whose vote was recorded by name.
    """
    columns = ("number", "name", "position", "choice", "channel", "at")
    listed = named_voters(poll)
    unnamed = any(voter.present and voter.choice is None for voter in listed)
    return {
        "title": say(language, "section.names"),
        "head": [say(language, f"names.{column}") for column in columns],
        "rows": [
            _row(language, poll, number, voter) for number, voter in enumerate(listed, start=1)
        ],
        "note": say(language, "names.unnamed.note") if poll.tallies and unnamed else "",
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
            say(language, f"channel.{voter.channel.value}") if voter.channel else "",
            "" if at is None else clock(at) if same_day else stamp(at),
        ],
        "cast": voter.choice is not None,
        "recorded": recorded_words(language, voter),
    }
