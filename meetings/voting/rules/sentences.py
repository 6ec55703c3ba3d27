"""Sentences about a vote, built from its numbers, in both languages. Pure.

The texts are in the catalogue `voting`. The body's terms (đại biểu, thành viên, đảng viên chính
thức) come from the rule; option labels come from the poll.
"""

from collections.abc import Mapping

from core.i18n import Language, Words, localized, text_in
from meetings.attendance.quorum_rules import Quorum
from meetings.shared.shares import Comparison, Share, least
from meetings.voting.rules.poll_rules import Base, Outcome, Rule, RuleWords, Verdict, hundredths
from meetings.voting.rules.question_rules import ChoiceKey
from meetings.voting.rules.tally_rules import Count, Identity

Labels = Mapping[str, str]
"""The label of each option of a poll by its key."""

_KINDS_OF_DOCUMENTS = (
    "nghị quyết",
    "quyết định",
    "dự thảo",
    "đề án",
    "tờ trình",
    "chương trình",
    "kế hoạch",
    "báo cáo",
    "biên bản",
    "danh sách",
    "nội quy",
    "quy chế",
    "kết luận",
    "phương án",
)
"""A title that begins with one of these has no quotation marks in a Vietnamese sentence."""

_ADOPTING = ("biểu quyết thông qua ", "thông qua ")


def percentage(language: Language, part: int, base: int) -> str:
    """A percentage with two decimals, rounded half up: 22 of 31 is "70,97%". For display only.

    Raises: ValueError for an empty base.
    """
    whole, rest = divmod(hundredths(part, base), 100)
    return text_in(language, "sentence.percentage", whole=whole, hundredths=f"{rest:02d}")


def rule_line(rule: Rule, *, n: int, present: int) -> Words:
    """The condition for adoption: "Được thông qua khi quá nửa tổng số 31 đại biểu tán thành"."""
    return localized(
        f"sentence.rule.{rule.base.value}",
        share=_share_words(rule),
        number=n if rule.base is Base.ENTITLED else present,
        voters=rule.words.voters,
        favour=_usual_favour(rule),
    )


def example_line(rule: Rule, *, number: int) -> Words:
    """An example of a rule: "30 đại biểu có mặt: cần ít nhất 16 đại biểu tán thành"."""
    return localized(
        f"sentence.example.{rule.base.value}",
        number=number,
        required=least(rule, number),
        voters=rule.words.voters,
        favour=_usual_favour(rule),
    )


def quorum_example_line(rule: Rule, *, number: int) -> Words:
    """An example of a quorum: "tổng số 30 đại biểu: cần có mặt ít nhất 20"."""
    return localized(
        "sentence.example.quorum",
        number=number,
        required=least(rule.quorum, number),
        voters=rule.words.voters,
    )


def arithmetic_line(language: Language, rule: Rule, outcome: Outcome, labels: Labels) -> str:
    """A verdict in numbers, after closing.

    "22/31 đại biểu tán thành, bằng 70,97% tổng số đại biểu; mức tối thiểu 16; nhiều hơn mức tối
    thiểu 6 đại biểu".
    """
    facts = _facts(language, rule, outcome, labels)
    line = _reached(language, outcome, facts)
    if not outcome.base_number:
        return line
    line += text_in(language, "sentence.least", **facts)
    if outcome.tie is not None:
        line += text_in(language, "sentence.tie", **facts)
        return line + _tie_end(language, outcome, facts)
    if outcome.deciding is None:
        return line
    if outcome.missing:
        return line + text_in(language, "sentence.missing", **facts)
    end = "sentence.surplus" if outcome.surplus else "sentence.exact"
    return line + text_in(language, end, **facts)


def announcement(
    language: Language,
    rule: Rule,
    outcome: Outcome,
    labels: Labels,
    *,
    title: str,
    of_body: str = "",
) -> str:
    """The text that the chair reads aloud.

    "Có 22/31 đại biểu tán thành, bằng 70,97% tổng số đại biểu Hội đồng nhân dân xã. Nghị quyết … đã
    được thông qua." title: of the poll. of_body: the body with its level ("Hội đồng nhân dân xã");
    default: the words of the rule.
    """
    facts = _facts(language, rule, outcome, labels)
    facts["base"] = _base_words(
        language, rule.base, rule.words, of_body or rule.words.of_body.said(language)
    )
    if outcome.tie is not None:
        decided = "" if outcome.tie.side is None else _tie_end(language, outcome, facts)
        line = text_in(language, "sentence.aloud.tie", **facts) + decided
    else:
        line = _reached(language, outcome, facts)
        if outcome.deciding is not None and outcome.base_number:
            line = text_in(language, "sentence.aloud.reached", line=line)
        if outcome.missing and outcome.base_number:
            line += text_in(language, "sentence.missing.aloud", **facts)
    return f"{capital(line)}. {_conclusion(language, outcome, facts, labels, title)}"


def contradiction(language: Language) -> tuple[str, str, str]:
    """Heading, line and spoken text for a result that contradicts the log."""
    return (
        text_in(language, "sentence.contradiction.heading"),
        text_in(language, "sentence.contradiction.line"),
        text_in(language, "sentence.contradiction.aloud"),
    )


def verdict_heading(language: Language, rule: Rule, outcome: Outcome, labels: Labels) -> str:
    """The verdict in capitals: "ĐƯỢC THÔNG QUA"; for a choice, the chosen option."""
    chair = rule.words.chair.said(language).upper()
    if outcome.verdict is Verdict.TIE_NEEDS_RULING or outcome.deciding == ChoiceKey.FOR:
        return text_in(language, f"sentence.heading.{outcome.verdict.value}", chair=chair)
    if outcome.deciding is not None and outcome.verdict is Verdict.ADOPTED:
        return text_in(language, "sentence.heading.chosen", label=labels[outcome.deciding])
    return text_in(language, "sentence.heading.none_chosen")


def quorum_line(language: Language, words: RuleWords, quorum: Quorum) -> str:
    """The quorum: "đủ số đại biểu theo quy định: 27/31 (tối thiểu 21)"."""
    return text_in(
        language,
        "sentence.quorum.met" if quorum.met else "sentence.quorum.missing",
        voters=words.voters.said(language),
        present=quorum.present,
        entitled=quorum.entitled,
        required=quorum.required,
        missing=quorum.missing,
    )


def identity_line(language: Language, count: Count, labels: Labels) -> str:
    """The identity of a count, after closing.

    "tán thành 22 + không tán thành 4 + … + có mặt, không gửi 0 + vắng 3 = tổng số 31".
    """
    parts = [
        text_in(language, "sentence.part", name=_part_name(language, key, labels), number=number)
        for key, number in count.parts
    ]
    return text_in(language, "sentence.identity", parts=" + ".join(parts), n=count.n)


def breakdown_line(language: Language, count: Count, labels: Labels) -> str:
    """The identity for screens: "22 tán thành, 4 không tán thành, …, 3 vắng".

    Options are listed even with 0 votes; other parts only if they are not 0.
    """
    return ", ".join(
        text_in(
            language,
            "sentence.breakdown.not_sent" if key == "not_sent" else "sentence.breakdown",
            name=_part_name(language, key, labels),
            number=number,
        )
        for key, number in count.parts
        if number or key in labels
    )


def tally_line(language: Language, identity: Identity, *, expected: int, found: int) -> str:
    """The sum that does not add up in a tally, with both of its sides."""
    return text_in(language, f"sentence.tally.{identity.value}", expected=expected, found=found)


def _facts(language: Language, rule: Rule, outcome: Outcome, labels: Labels) -> dict[str, object]:
    """Variables of the phrases. `base`: of the rule, without the body's name."""
    of_base = outcome.base_number
    side = outcome.deciding and _side(language, labels, outcome.deciding)
    return {
        "voters": rule.words.voters.said(language),
        "chair": rule.words.chair.said(language),
        "base": _base_words(language, rule.base, rule.words, ""),
        "number": of_base,
        "reached": outcome.reached,
        "required": outcome.required,
        "missing": outcome.missing,
        "surplus": outcome.surplus,
        "side": side,
        "percent": percentage(language, outcome.reached, of_base) if of_base else "",
        "favour": _side(language, labels, ChoiceKey.FOR) if ChoiceKey.FOR in labels else "",
        "opposed": _side(language, labels, ChoiceKey.AGAINST)
        if ChoiceKey.AGAINST in labels
        else "",
    }


def _reached(language: Language, outcome: Outcome, facts: Mapping[str, object]) -> str:
    if not outcome.base_number:
        return text_in(language, "sentence.nobody", **facts)
    if outcome.deciding is None:
        return text_in(language, "sentence.none_leads", **facts)
    line = text_in(language, "sentence.reached", **facts)
    return line + text_in(language, "sentence.reached.percent", **facts)


def _tie_end(language: Language, outcome: Outcome, facts: Mapping[str, object]) -> str:
    """How the tie was decided, and by whom; or that a ruling is awaited."""
    tie = outcome.tie
    if tie is None or tie.side is None:
        return text_in(language, "sentence.tie.awaited", **facts)
    side = facts["favour" if tie.side is ChoiceKey.FOR else "opposed"]
    return text_in(language, f"sentence.tie.{tie.flow.value}", **{**facts, "side": side})


def _conclusion(
    language: Language,
    outcome: Outcome,
    facts: Mapping[str, object],
    labels: Labels,
    title: str,
) -> str:
    if outcome.verdict is Verdict.TIE_NEEDS_RULING:
        return text_in(language, "sentence.aloud.awaited", **facts)
    if outcome.deciding == ChoiceKey.FOR:
        return text_in(
            language,
            f"sentence.verdict.{outcome.verdict.value}",
            subject=_subject(language, title),
        )
    if outcome.deciding is not None and outcome.verdict is Verdict.ADOPTED:
        return text_in(language, "sentence.verdict.chosen", label=labels[outcome.deciding])
    return text_in(language, "sentence.verdict.none_chosen")


def _subject(language: Language, title: str) -> str:
    """The title as subject of a sentence: "Thông qua Nghị quyết về …" becomes "Nghị quyết về …"."""
    shown = title.strip().rstrip(" .?!;:…")
    for words in _ADOPTING:
        if shown.casefold().startswith(words):
            shown = capital(shown[len(words) :])
    quoted = not shown.casefold().startswith(_KINDS_OF_DOCUMENTS)
    return text_in(language, "sentence.title" if quoted else "sentence.title.document", title=shown)


def _base_words(language: Language, base: Base, words: RuleWords, of_body: str) -> str:
    key = f"sentence.base.{base.value}"
    if base is Base.ENTITLED and of_body:
        key = "sentence.base.entitled.body"
    return text_in(language, key, voters=words.voters, body=of_body)


def _share_words(share: Share) -> Words:
    if share.numerator == share.denominator:
        key = "sentence.share.all"
    elif share.comparison is Comparison.AT_LEAST:
        key = "sentence.share.least"
    else:
        half = 2 * share.numerator == share.denominator
        key = "sentence.share.half" if half else "sentence.share.more"
    return localized(key, numerator=share.numerator, denominator=share.denominator)


def _usual_favour(rule: Rule) -> Words:
    """The words for a vote in favour, from the rule's default label."""
    label = {option.key: option.label for option in rule.options}[ChoiceKey.FOR]
    return localized("sentence.side", label=label, lowered=label.changed(_lowered))


def _side(language: Language, labels: Labels, key: str) -> str:
    """An option as a verb phrase: "tán thành"; for other options "chọn “Phương án 1”"."""
    label = labels[key]
    if key in set(ChoiceKey):
        return text_in(language, "sentence.side", label=label, lowered=_lowered(label))
    return text_in(language, "sentence.chooses", label=label)


def _part_name(language: Language, key: str, labels: Labels) -> str:
    return _lowered(labels[key]) if key in labels else text_in(language, f"sentence.part.{key}")


def _lowered(label: str) -> str:
    return label.casefold() if label.isupper() else label[:1].casefold() + label[1:]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
