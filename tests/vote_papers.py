"""Facts for the papers of a vote: a council of deputies, in every way a poll can end."""

from datetime import datetime, timedelta, timezone

import msgspec

from core.i18n import Language
from meetings.attendance.quorum_rules import present_among, quorum_of
from meetings.shared.attendance_status import AttendanceStatus
from meetings.voting.reports.content.report_facts import (
    Act,
    AttendanceFacts,
    AttendanceRow,
    DocumentFacts,
    LogFacts,
    MeetingFacts,
    PollFacts,
    RulingFacts,
    TallyFacts,
    TellersRecord,
    VoterFacts,
)
from meetings.voting.rules.packs import built_in
from meetings.voting.rules.poll_rules import Chair, PollMethod, decide, with_ruling
from meetings.voting.rules.question_rules import ChoiceKey, Option
from meetings.voting.rules.tally_rules import Channel, Tally, checked_tally, counted

HANOI = timezone(timedelta(hours=7))
OPENED = datetime(2026, 11, 24, 9, 14, 5, tzinfo=HANOI)
KEY = "3f7a 91c2 04d8 5e11 77ab 0c3d 9f02 6b4e"
PAPER_HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
LEAF_HASH = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
ROOT_HASH = "4355a46b19d348dc2f57c046f8ef63d4538ebb936000f3c9ee954a27460dd865"
CHAIR, CLERK, SECOND = "Huỳnh Văn Lâm", "Đỗ Ngọc Quyên", "Lê Minh Triết"
RECORDED = 7
"""The place on the roster of the one whose vote somebody else recorded."""

MEETING = MeetingFacts(
    body="Hội đồng nhân dân xã An Phú Tân",
    of_body="Hội đồng nhân dân xã",
    title="Kỳ họp thứ Hai, HĐND xã An Phú Tân khóa II, nhiệm kỳ 2026 - 2031",
    kind="hdnd_session",
    place="Hội trường Ủy ban nhân dân xã An Phú Tân",
    starts_at=OPENED.replace(hour=7, minute=30, second=0),
    chairs=(CHAIR, "Trần Thị Mỹ Hạnh"),
    secretaries=(CLERK,),
)
RECORD = TellersRecord(
    number="12",
    symbol="BB-HĐND",
    place="Phòng họp số 2",
    started_at=OPENED + timedelta(minutes=5),
    ended_at=OPENED + timedelta(minutes=25),
    tellers=("Phan Thanh Tùng", "Ngô Nhật Khôi", "Hồ Thị Cẩm Tú"),
    witnesses=("Lý Thanh Phong",),
    complaints="Đại biểu Kim Thanh Tâm đề nghị kiểm lại.\nMột phiếu ghi sai.",
    handling="Đã kiểm lại, số phiếu không đổi.",
    conclusion="Kết quả được công bố tại kỳ họp.",
    copies="03",
)
HOSTILE = (
    "=cmd|' /C calc'!A0 <b>đậm</b> #sys.inputs $x$ *sao* _gạch_ \\n \\u{41} `mã` @ref // /* */"
    ' "nháy" {name} %s \u202ecba\u202c שלום 😀 \x00\x07 &amp; ]]> ~ -- ; , \t./.'
)
LONG_WORD = ("Nghiêng" * 143)[:1000]
LONG_TEXT = ("một câu hỏi dài " * 63)[:1000]


def options(rule_id: str, language: Language = "vi") -> tuple[Option, ...]:
    """The usual options of a rule."""
    usual = built_in().rule(rule_id).options
    return tuple(Option(option.key, option.label.said(language)) for option in usual)


def voter(place: int) -> VoterFacts:
    """Somebody on the roster: one in ten is absent, one in thirteen sends nothing."""
    name, position = f"Nguyễn Thị Đại Biểu {place:03d}", f"Trưởng ấp {place}"
    if place % 10 == 9:
        return VoterFacts(name=name, position=position, present=False)
    if place % 13 == 12:
        return VoterFacts(name=name, position=position, present=True)
    by_clerk = place == RECORDED
    return VoterFacts(
        name=name,
        position=position,
        present=True,
        choice=("against" if place % 16 == 5 else "abstain") if place % 8 == 5 else "for",
        channel=Channel.RECORDED if by_clerk else Channel.TABLET,
        at=OPENED + timedelta(seconds=7 * place % 170),
        entered_by=CLERK if by_clerk else None,
        confirmed_by=SECOND if by_clerk else None,
        reason="máy tính bảng hết pin" if by_clerk else None,
    )


def named_poll(
    people: int = 31, rule_id: str = "hdnd_resolution", language: Language = "vi"
) -> PollFacts:
    """A named poll that is closed and announced."""
    rule, offered = built_in().rule(rule_id), options(rule_id, language)
    voters = tuple(voter(place) for place in range(people))
    ballots = {str(place): one.choice for place, one in enumerate(voters) if one.choice}
    present = frozenset(str(place) for place, one in enumerate(voters) if one.present)
    count = counted([option.key for option in offered], people, present, ballots)
    return PollFacts(
        title="Thông qua Nghị quyết về phân bổ dự toán ngân sách xã năm 2027",
        question="Đại biểu có tán thành Nghị quyết về phân bổ dự toán ngân sách xã không?",
        method=PollMethod.NAMED,
        options=offered,
        rule=rule,
        allow_change=True,
        agenda_item="Thảo luận dự thảo nghị quyết",
        document=DocumentFacts("Dự thảo Nghị quyết phân bổ dự toán", 2, PAPER_HASH),
        repeats="Thông qua Nghị quyết (lần thứ nhất)",
        opened=Act(CHAIR, OPENED),
        closed=Act(CHAIR, OPENED + timedelta(minutes=3)),
        announced_at=OPENED + timedelta(minutes=4),
        count=count,
        outcome=decide(rule, PollMethod.NAMED, count, Chair("0", ballots.get("0"))),
        voters=voters,
        log=LogFacts(
            log_id="b7RkW3xTqLmN9pVz5sYcHd",
            index=57,
            leaf_hash=LEAF_HASH,
            size=61,
            root=ROOT_HASH,
            key=KEY,
        ),
    )


def paper_poll() -> PollFacts:
    """A poll on paper with one show of hands and one recorded vote: 31, of whom 29 are here."""
    named = named_poll()
    keys = [option.key for option in named.options]
    papers = Tally(
        channel=Channel.PAPER,
        counts={"for": 19, "against": 4, "abstain": 1},
        issued=27,
        returned=26,
        invalid=2,
    )
    tallies = [
        checked_tally(tally, keys)
        for tally in (papers, Tally(channel=Channel.HANDS, counts={"for": 1}))
    ]
    recorded = voter(RECORDED)
    others = tuple(
        msgspec.structs.replace(voter(place), choice=None, channel=None, at=None)
        for place in range(30)
    )
    count = counted(keys, 31, frozenset(map(str, range(29))), {"0": "for"}, tallies)
    return msgspec.structs.replace(
        named,
        method=PollMethod.PAPER,
        count=count,
        outcome=decide(named.rule, PollMethod.PAPER, count, None),
        tallies=tuple(TallyFacts(tally, CLERK) for tally in tallies),
        voters=(recorded, *others),
    )


def ruled_poll() -> PollFacts:
    """A tie by show of hands that the chair decided, begun below quorum."""
    rule, offered = built_in().rule("ubnd_decision"), options("ubnd_decision")
    tally = checked_tally(
        Tally(channel=Channel.HANDS, counts={"for": 5, "against": 5, "abstain": 1}),
        [option.key for option in offered],
    )
    count = counted([option.key for option in offered], 11, frozenset("abcdefghijk"), {}, [tally])
    tie = decide(rule, PollMethod.HANDS, count, None)
    return msgspec.structs.replace(
        named_poll(),
        method=PollMethod.HANDS,
        rule=rule,
        options=offered,
        count=count,
        outcome=with_ruling(tie, "for"),
        override=Act(CHAIR, OPENED, "Công việc cấp bách"),
        ruling=RulingFacts(ChoiceKey.FOR, "Bảo đảm tiến độ", CHAIR, OPENED + timedelta(minutes=4)),
        tallies=(TallyFacts(tally, CLERK),),
        voters=(),
    )


def cancelled_poll() -> PollFacts:
    """A poll that was cancelled while it was open: nothing was counted."""
    return msgspec.structs.replace(
        named_poll(),
        cancelled=Act(CHAIR, OPENED + timedelta(minutes=2), "Câu hỏi ghi sai số liệu"),
        closed=None,
        announced_at=None,
        count=None,
        outcome=None,
    )


def attendance() -> AttendanceFacts:
    """A roll call with every status, and a guest."""
    rule = built_in().rule("hdnd_resolution")
    odd = dict(enumerate((*AttendanceStatus, None)))
    rows = [
        AttendanceRow(
            name=f"Nguyễn Thị Đại Biểu {place:03d}",
            position=f"Trưởng ấp {place}",
            entitled=True,
            status=odd.get(place, AttendanceStatus.PRESENT),
            reason="Đi công tác" if place == 1 else "",
            at=None if place == 5 else OPENED.replace(hour=7, minute=30),
        )
        for place in range(31)
    ]
    here = present_among(row.status for row in rows)
    guest = AttendanceRow(
        name="Lý Thanh Phong", entitled=False, status=AttendanceStatus.PRESENT, reason=""
    )
    return AttendanceFacts(
        rows=(*rows, guest),
        quorum=quorum_of(rule.quorum, present=here, entitled=31),
        rule=rule.quorum,
        words=rule.words,
        key=KEY,
        as_of=OPENED,
    )


def hostile_poll() -> PollFacts:
    """A poll in which every text of people is hostile, or as long as it may be."""
    poll = named_poll()
    first, second, third, *others = poll.voters
    replace = msgspec.structs.replace
    return replace(
        poll,
        title=HOSTILE,
        question=LONG_TEXT,
        agenda_item=LONG_WORD,
        document=DocumentFacts(HOSTILE, 3, PAPER_HASH),
        repeats=HOSTILE,
        override=Act(HOSTILE, OPENED, LONG_TEXT),
        voters=(
            replace(first, name=HOSTILE, position=LONG_TEXT),
            replace(second, name=LONG_WORD, position=HOSTILE),
            replace(third, entered_by=HOSTILE, confirmed_by=LONG_WORD, reason=LONG_TEXT),
            *others,
        ),
    )
