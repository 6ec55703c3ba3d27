"""Random honest meetings: polls of every method, ties, changes, recorded ballots, restores."""

import random
from collections.abc import Sequence

import msgspec

from meetings.attendance.quorum_rules import quorum_of
from meetings.voting.rules.packs import built_in, frozen_copy
from meetings.voting.rules.poll_rules import Outcome, PollMethod, Rule, Verdict, decide, presiding
from meetings.voting.rules.question_rules import Option
from meetings.voting.rules.tally_rules import BY_HAND, Cast, Channel, Tally, counted, standing
from meetings.voting.vote_log import commitments
from meetings.voting.vote_log.archive import LogFiles
from meetings.voting.vote_log.entries import (
    BallotCommitted,
    BallotOpened,
    PaperPublished,
    PollAnnounced,
    PollCancelled,
    PollClosed,
    PollOpened,
    PollRuled,
    RosterChanged,
    TallyRecorded,
)
from meetings.voting.vote_log.parts import (
    Ballot,
    Paper,
    Person,
    QuorumFacts,
    Seat,
    SeatChange,
    Standing,
)
from tests.rules.voting.vote_archives import LogUnderWay, signer

CLERK, SECOND = Person("u-clerk", "Phạm Thị Ghi"), Person("u-second", "Lê Văn Xác Nhận")
USUAL = [
    Option("for", "Tán thành"),
    Option("against", "Không tán thành"),
    Option("abstain", "Không biểu quyết"),
]
CHOICES = [*USUAL, Option("other", "Ý kiến khác")]
PLACES = [Option("a", "Phương án A"), Option("b", "Phương án B"), Option("abstain", "Không chọn")]


class Sitting:
    """A meeting of random people under way. `play` holds polls until there are enough."""

    def __init__(self, seed: int, people: int | None = None) -> None:
        self.rng = random.Random(seed)
        number = people or self.rng.randint(1, 12)
        self.people = [Person(f"u{i}", f"Nguyễn Văn {chr(65 + i % 26)}{i}") for i in range(number)]
        self.log = LogUnderWay(f"Log{seed}x0", signer(self.rng), "Hội đồng nhân dân xã Đông Sơn")
        self.logs = [self.log]
        self.unsigned: list[str] = []
        self.standing = Standing.ABSENT
        self.outcomes: dict[str, Verdict | None] = {}
        # Chances of format 2 are their own: a meeting of a seed stays what it was.
        self.chances = random.Random(f"format 2 {seed}")
        self.paper: Paper | None = None

    def play(self, polls: int) -> list[LogFiles]:
        """Hold polls with everything that may happen between them; answers the logs."""
        while len(self.outcomes) < polls:
            if self.rng.random() < 0.4:
                self.publish()
            if self.rng.random() < 0.15:
                self.log.rotate(signer(self.rng))
            if self.chances.random() < 0.1:
                before = self.standing
                self.standing = Standing.PRESENT if before is Standing.ABSENT else Standing.ABSENT
                self.change_roster(None, self.people[0], before, self.standing)
            self.hold_poll()
        return self.files()

    def files(self) -> list[LogFiles]:
        """The logs, oldest first."""
        return [log.files() for log in self.logs]

    def publish(self) -> None:
        """A paper is published."""
        sha256 = self.rng.randbytes(32).hex()
        version = self.paper.version + 1 if self.paper else 1
        self.paper = Paper("paper-1", version, "Dự thảo Nghị quyết", sha256)
        self.log.add(PaperPublished("paper-1", version, "Dự thảo Nghị quyết", sha256))

    def hold_poll(self) -> None:
        """One poll, to whatever end."""
        opened = self.open_poll()
        sealed = self.cast(opened)
        fate = self.rng.random()
        if fate < 0.1:
            self.cancel(opened.poll_id, CLERK)
        elif fate < 0.2:
            self.restore(opened.poll_id)
        else:
            self.close(opened, sealed)

    def open_poll(self, rule: Rule | None = None, method: PollMethod | None = None) -> PollOpened:
        """A poll opens."""
        rng = self.rng
        rule = rule or rng.choice(built_in().current())
        roster = [Seat(one.user_id, one.name, rng.random() < 0.9) for one in self.people]
        present = sum(seat.present for seat in roster)
        quorum = quorum_of(rule.quorum, present=present, entitled=len(roster))
        ended = [name for name, verdict in self.outcomes.items() if verdict]
        opened = PollOpened(
            poll_id=f"poll-{len(self.outcomes)}",
            title="Nghị quyết về “ngân sách” năm 2027",
            question="Đại biểu có tán thành dự thảo không?",
            method=method or rng.choice(list(PollMethod)),
            options=rng.choice([USUAL, USUAL, CHOICES, PLACES]),
            rule=frozen_copy(rule),
            allow_change=rng.random() < 0.5,
            n=len(roster),
            present=present,
            roster=roster,
            chair=rng.choice([self.people[0], self.people[-1], CLERK, None]),
            document=self.paper,
            agenda_item=None,
            opened_by=CLERK,
            override_reason=None if quorum.met else "Thiên tai, không thể hoãn",
            repeats=rng.choice(ended) if ended and rng.random() < 0.2 else None,
            quorum=QuorumFacts(present, quorum.required, quorum.met),
        )
        self.outcomes[opened.poll_id] = None
        self.log.add(opened)
        return opened

    def cast(self, opened: PollOpened) -> list[tuple[int, bytes, Ballot]]:
        """Some of those present send a ballot, some change it; answers what was sealed."""
        sealed: list[tuple[int, bytes, Ballot]] = []
        share = 0.9 if opened.method is PollMethod.NAMED else 0.3
        voters = [seat for seat in opened.roster if seat.present and self.rng.random() < share]
        keys = [option.key for option in opened.options]
        favoured = self.rng.choice([keys, keys[:2], keys[:1]])
        for seat in voters:
            times = self.rng.randint(1, 3) if opened.allow_change else 1
            for revision in range(1, times + 1):
                ballot = self.ballot(opened, seat.user_id, self.rng.choice(favoured), revision)
                salt = self.rng.randbytes(32)
                commitment = commitments.commit(salt, ballot)
                index = self.log.add(BallotCommitted(opened.poll_id, commitment))
                sealed.append((index, salt, ballot))
        return sealed

    def ballot(self, opened: PollOpened, user_id: str, choice: str, revision: int) -> Ballot:
        """One ballot, now and then recorded by hand."""
        by_hand = self.rng.random() < 0.2
        return Ballot(
            poll_id=opened.poll_id,
            user_id=user_id,
            choice=choice,
            channel=Channel.RECORDED if by_hand else Channel.TABLET,
            entered_by=CLERK if by_hand else None,
            reason="Máy hết pin" if by_hand else None,
            confirmed_by=SECOND if by_hand else None,
            revision=revision,
        )

    def tallies(self, opened: PollOpened, left: int) -> list[Tally]:
        """Counts by hand for at most `left` people."""
        channel = Channel(opened.method.value) if opened.method.value in BY_HAND else None
        if channel is None:
            return []
        votes = [self.rng.choice(opened.options).key for _ in range(self.rng.randint(0, left))]
        counts = {option.key: votes.count(option.key) for option in opened.options}
        if channel is Channel.HANDS:
            return [Tally(channel=channel, counts=counts)]
        spare = left - len(votes)
        invalid = self.rng.randint(0, spare)
        kept = self.rng.randint(0, spare - invalid)
        returned = len(votes) + invalid
        return [
            Tally(
                channel=channel,
                counts=counts,
                issued=returned + kept,
                returned=returned,
                invalid=invalid,
            )
        ]

    def close(self, opened: PollOpened, sealed: Sequence[tuple[int, bytes, Ballot]]) -> Outcome:
        """The closing transaction, by the server's own rules, and what follows it."""
        ballots = standing(Cast(one.user_id, one.choice, one.revision) for _, _, one in sealed)
        present = frozenset(seat.user_id for seat in opened.roster if seat.present)
        tallies = self.tallies(opened, len(present) - len(ballots))
        keys = [option.key for option in opened.options]
        count = counted(keys, opened.n, present, ballots, tallies)
        chair = presiding(opened.chair.user_id, present, ballots) if opened.chair else None
        rule = next(one for one in built_in().current() if one.id == opened.rule["id"])
        outcome = decide(rule, opened.method, count, chair)
        for tally in tallies:
            papers = (tally.issued, tally.returned, tally.invalid)
            self.log.add(TallyRecorded(opened.poll_id, tally.channel, tally.counts, *papers, CLERK))
        for index, salt, ballot in sealed:
            self.log.add(BallotOpened(opened.poll_id, index, salt.hex(), ballot))
        self.log.add(
            PollClosed(
                poll_id=opened.poll_id,
                closed_by=CLERK,
                n=count.n,
                present=count.present,
                voted=count.voted,
                invalid=count.invalid,
                not_returned=count.not_returned,
                not_sent=count.not_sent,
                absent=count.absent,
                counts=count.counts,
                base=outcome.base,
                base_number=outcome.base_number,
                required=outcome.required,
                deciding=outcome.deciding,
                verdict=outcome.verdict,
                tie=outcome.tie,
            )
        )
        self.outcomes[opened.poll_id] = outcome.verdict
        self.after(opened.poll_id, outcome)
        return outcome

    def after(self, poll_id: str, outcome: Outcome) -> None:
        """A ruling where one is awaited, then announced, left alone or cancelled."""
        verdict = outcome.verdict
        if verdict is Verdict.TIE_NEEDS_RULING:
            if self.rng.random() < 0.3:
                return
            side = self.rng.choice(["for", "against"])
            verdict = Verdict.ADOPTED if side == "for" else Verdict.NOT_ADOPTED
            self.log.add(PollRuled(poll_id, side, "Theo quy chế", self.people[0], verdict))
            self.outcomes[poll_id] = verdict
        if self.rng.random() < 0.7:
            self.log.add(PollAnnounced(poll_id, CLERK))
        elif self.rng.random() < 0.3:
            self.cancel(poll_id, CLERK)

    def cancel(self, poll_id: str, by: Person | None) -> None:
        """The poll decides nothing."""
        self.log.add(PollCancelled(poll_id, "Câu hỏi có lỗi", by))
        self.outcomes[poll_id] = Verdict.NOT_ADOPTED

    def restore(self, open_poll: str) -> None:
        """The server is restored from a backup while this poll is open."""
        head, body = self.log.head("Khôi phục từ bản sao lưu"), "Hội đồng nhân dân xã Đông Sơn"
        old = self.log.signers[-1]
        key = old if self.rng.random() < 0.7 else signer(self.rng)
        log_id = f"{self.logs[0].log_id[:-1]}{len(self.logs)}"
        signs = self.chances.random()
        if 0.4 < signs < 0.5:
            head = msgspec.structs.replace(head, signature_by_old=None)
        self.log = LogUnderWay(log_id, key, body, head, old if signs >= 0.5 else None)
        if signs < 0.5 and key is not old:
            self.unsigned.append(log_id)
        self.logs.append(self.log)
        self.cancel(open_poll, None)

    def change_roster(
        self, poll_id: str | None, who: Person, before: Standing, after: Standing
    ) -> None:
        """One person's standing in an open poll, or in the meeting, is changed."""
        change = SeatChange(who.user_id, who.name, before, after)
        self.log.add(RosterChanged(poll_id, [change], "Đến muộn", CLERK))
