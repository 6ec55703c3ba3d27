"""The questions of the polls in the demonstration's meeting."""

from dataclasses import dataclass
from datetime import date

from core.actor import Actor
from demo.setting import planned_year
from meetings.voting.polls.drafts import NewPoll, create_poll
from meetings.voting.rules.poll_rules import PollMethod

TIMER_SECONDS = 60


@dataclass(frozen=True)
class Question:
    """One question. item: index of the agenda item. paper: key of the document, if any."""

    item: int
    question: str
    method: PollMethod = PollMethod.NAMED
    paper: str | None = None
    timer_seconds: int | None = None


def questions(on: date) -> tuple[Question, ...]:
    """The questions of the meeting held on a day."""
    plan = planned_year(on)
    return (
        Question(0, "Thông qua chương trình kỳ họp", PollMethod.HANDS),
        Question(
            1,
            f"Thông qua Báo cáo kinh tế - xã hội năm {plan - 1} và kế hoạch năm {plan}",
            paper="bao_cao",
            timer_seconds=TIMER_SECONDS,
        ),
        Question(
            2,
            f"Thông qua Nghị quyết về phân bổ dự toán ngân sách xã năm {plan}",
            paper="du_thao",
            timer_seconds=TIMER_SECONDS,
        ),
    )


def prepare(
    secretary: Actor,
    meeting_id: str,
    item_ids: list[str],
    papers: dict[str, str],
    on: date,
) -> None:
    """Create the polls of all agenda items. papers: document ids by document key."""
    for one in questions(on):
        create_poll(
            secretary,
            meeting_id,
            NewPoll(
                question=one.question,
                method=one.method,
                agenda_item_id=item_ids[one.item],
                document_id=papers[one.paper] if one.paper else None,
                timer_seconds=one.timer_seconds,
            ),
        )
