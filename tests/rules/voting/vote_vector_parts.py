"""The people, documents, rules and polls that the test vectors are made of."""

from typing import Any

from meetings.voting.rules.poll_rules import Base, PollMethod, Verdict
from meetings.voting.rules.question_rules import Option
from meetings.voting.vote_log.entries import PollClosed, PollOpened
from meetings.voting.vote_log.parts import Paper, Person, QuorumFacts, Seat

CLERK, SECOND = Person("u6", "Vũ Thị Hoa"), Person("u7", "Ngô Văn Kiên")
ROSTER = [
    Seat("u1", "Trần Văn An", True),
    Seat("u2", "Lê Thị Bình", True),
    Seat("u3", "Phạm Văn Chi", True),
    Seat("u4", "Đỗ Văn Dũng", False),
    Seat("u5", "Hoàng Thị Em", True),
]
OPTIONS = [
    Option("for", "Tán thành"),
    Option("against", "Không tán thành"),
    Option("abstain", "Không biểu quyết"),
]
PAPER = Paper("d1", 2, "Dự thảo Quyết định", "5c" * 32)


def rule(identity: str, tie: str) -> dict[str, Any]:
    """More than half of all, with a quorum of two thirds."""
    words = {"vi": "Quá nửa tổng số thành viên", "en": "More than half of all members"}
    share = {"numerator": 2, "denominator": 3, "comparison": ">="}
    return {
        "id": identity,
        "version": 1,
        "title": words,
        "base": "entitled",
        "numerator": 1,
        "denominator": 2,
        "comparison": ">",
        "tie": tie,
        "formula": words,
        "citation": words,
        "confirmed": False,
        "quorum": {**share, "citation": words},
    }


def opened(poll_id: str, method: PollMethod, frozen: dict[str, Any]) -> PollOpened:
    """The opening of a poll of five people, of whom four are present."""
    return PollOpened(
        poll_id=poll_id,
        title="Quyết định về kế hoạch năm 2027",
        question="Thành viên có tán thành dự thảo Quyết định không?",
        method=method,
        options=OPTIONS,
        rule=frozen,
        allow_change=True,
        n=5,
        present=4,
        roster=ROSTER,
        chair=Person("u1", "Trần Văn An"),
        document=PAPER,
        agenda_item=None,
        opened_by=CLERK,
        override_reason=None,
        repeats=None,
        quorum=QuorumFacts(4, 4, True),
    )


def closed(poll_id: str, counts: dict[str, int], **facts: Any) -> PollClosed:
    """The result; `facts`: what is not as usual."""
    usual: dict[str, Any] = {
        "n": 5,
        "present": 4,
        "absent": 1,
        "invalid": 0,
        "not_returned": 0,
        "not_sent": 0,
        "tie": None,
        "verdict": Verdict.ADOPTED,
    }
    usual |= facts
    return PollClosed(
        poll_id=poll_id,
        closed_by=CLERK,
        voted=sum(counts.values()) + usual["invalid"],
        counts=counts,
        base=Base.ENTITLED,
        base_number=usual["n"],
        required=3,
        deciding="for",
        **usual,
    )
