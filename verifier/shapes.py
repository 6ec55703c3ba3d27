"""Schemas of all entries. A check returns the path of the first wrong field, or None.

A path is such as `rule.base`; an empty path is the value itself.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

Check: TypeAlias = Callable[[Any], str | None]

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_LOG_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_HEX = re.compile(r"[0-9a-f]*")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)


def _record(_extra_allowed: bool = False, /, **fields: Check) -> Check:
    """An object with these members. `_extra_allowed`: further members are allowed and ignored."""
    names, checks = fields.keys(), list(fields.items())

    def check(value: Any) -> str | None:
        if type(value) is not dict:
            return ""
        if value.keys() != names and not (_extra_allowed and names <= value.keys()):
            return min(value.keys() ^ names)
        for name, field in checks:
            if (wrong := field(value[name])) is not None:
                return f"{name}.{wrong}".rstrip(".")
        return None

    return check


def _with_optional(check: Check, **fields: Check) -> Check:
    """An object that passes the check; `fields` are checks of optional members."""

    def whole(value: Any) -> str | None:
        if (wrong := check(value)) is not None:
            return wrong
        for name, field in fields.items():
            if name in value and (wrong := field(value[name])) is not None:
                return f"{name}.{wrong}".rstrip(".")
        return None

    return whole


def _either(name: str, with_it: Check, without: Check) -> Check:
    """An object of one of two schemas; the first has the member `name`."""
    return lambda value: (with_it if type(value) is dict and name in value else without)(value)


def _list(item: Check, least: int, most: int) -> Check:
    def check(value: Any) -> str | None:
        if type(value) is not list or not least <= len(value) <= most:
            return ""
        for place, one in enumerate(value):
            if (wrong := item(one)) is not None:
                return f"{place}.{wrong}".rstrip(".")
        return None

    return check


def _or_null(check: Check) -> Check:
    return lambda value: None if value is None else check(value)


def _of(*words: str) -> Check:
    return lambda value: None if type(value) is str and value in words else ""


def _text(least: int, most: int) -> Check:
    return lambda value: None if type(value) is str and least <= len(value) <= most else ""


def _hex(length: int) -> Check:
    return lambda value: (
        None if type(value) is str and len(value) == length and _HEX.fullmatch(value) else ""
    )


def _number(least: int) -> Check:
    return lambda value: None if type(value) is int and value >= least else ""


def _flag(value: Any) -> str | None:
    return None if type(value) is bool else ""


def _option_key(value: Any) -> str | None:
    return None if type(value) is str and _KEY.fullmatch(value) else ""


def _log_id(value: Any) -> str | None:
    return None if type(value) is str and _LOG_ID.fullmatch(value) else ""


def _counts(value: Any) -> str | None:
    if type(value) is not dict or not 1 <= len(value) <= 50:
        return ""
    wrong = [key for key, n in value.items() if _option_key(key) is not None or type(n) is not int]
    return wrong[0] if wrong else None


def _moment(value: Any) -> str | None:
    return None if _is_time(value, _MOMENT) else ""


def _is_time(value: Any, form: re.Pattern[str]) -> bool:
    if type(value) is not str or not form.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


ID, TITLE, LONG, ANY = _text(1, 200), _text(0, 2000), _text(1, 20_000), _text(0, 20_000)
HASH, COUNT = _hex(64), _number(0)
_WORDS = _record(vi=ANY, en=ANY)
_PERSON = _record(user_id=ID, name=TITLE)
_COMPARISON = _of(">", ">=")
_VERDICT = _of("adopted", "not_adopted", "tie_needs_ruling")
_QUORUM_RULE = _with_optional(
    _record(
        True, numerator=_number(1), denominator=_number(1), comparison=_COMPARISON, citation=_WORDS
    ),
    formula=_WORDS,
    confirmed=_flag,
)
_RULE = _record(
    True,
    id=ID,
    version=_number(1),
    title=_WORDS,
    base=_of("entitled", "present", "cast"),
    numerator=_number(1),
    denominator=_number(1),
    comparison=_COMPARISON,
    tie=_of("not_adopted", "chair_side"),
    formula=_WORDS,
    citation=_WORDS,
    confirmed=_flag,
    quorum=_QUORUM_RULE,
)
_HEAD = {"log_id": _log_id, "size": _number(1), "root": HASH, "reason": LONG}
_STANDING = _of("none", "absent", "present")
_PAPER = {"document_id": ID, "version": _number(1), "title": TITLE, "sha256": HASH}

ENVELOPE = _record(
    v=_number(1), log_id=_log_id, index=COUNT, at=_moment, type=ID, data=lambda value: None
)

DATA: dict[str, Check] = {
    "log_started": _record(
        meeting_id=ID,
        meeting_title=TITLE,
        body=TITLE,
        key=LONG,
        continues=_or_null(
            _either(
                "signature_by_old",
                _record(signature_by_old=_or_null(_hex(128)), **_HEAD),
                _record(**_HEAD),
            )
        ),
    ),
    "paper_published": _record(**_PAPER),
    "poll_opened": _record(
        poll_id=ID,
        title=TITLE,
        question=LONG,
        method=_of("named", "hands", "paper"),
        options=_list(_record(key=_option_key, label=_text(1, 2000)), 1, 50),
        rule=_RULE,
        allow_change=_flag,
        n=_number(1),
        present=COUNT,
        roster=_list(_record(user_id=ID, name=TITLE, present=_flag), 1, 100_000),
        chair=_or_null(_PERSON),
        document=_or_null(_record(**_PAPER)),
        agenda_item=_or_null(_record(id=ID, title=TITLE)),
        opened_by=_PERSON,
        override_reason=_or_null(LONG),
        repeats=_or_null(ID),
        quorum=_record(present=COUNT, required=COUNT, met=_flag),
    ),
    "roster_changed": _record(
        poll_id=_or_null(ID),
        changes=_list(
            _record(user_id=ID, name=TITLE, before=_STANDING, after=_STANDING), 1, 100_000
        ),
        reason=LONG,
        by=_PERSON,
    ),
    "ballot_committed": _record(poll_id=ID, commitment=HASH),
    "tally_recorded": _record(
        poll_id=ID,
        channel=_of("hands", "paper"),
        counts=_counts,
        issued=_or_null(COUNT),
        returned=_or_null(COUNT),
        invalid=_or_null(COUNT),
        by=_PERSON,
    ),
    "ballot_opened": _record(
        poll_id=ID,
        committed_index=COUNT,
        salt=HASH,
        ballot=_record(
            poll_id=ID,
            user_id=ID,
            choice=_option_key,
            channel=_of("tablet", "recorded"),
            entered_by=_or_null(_PERSON),
            reason=_or_null(LONG),
            confirmed_by=_or_null(_PERSON),
            revision=_number(1),
        ),
    ),
    "poll_closed": _record(
        poll_id=ID,
        closed_by=_PERSON,
        n=COUNT,
        present=COUNT,
        voted=COUNT,
        invalid=COUNT,
        not_returned=COUNT,
        not_sent=COUNT,
        absent=COUNT,
        counts=_counts,
        base=_of("entitled", "present", "cast"),
        base_number=COUNT,
        required=COUNT,
        deciding=_or_null(_option_key),
        verdict=_VERDICT,
        tie=_or_null(
            _record(
                flow=_of("chair_ballot", "ruling"),
                chair_user_id=_or_null(ID),
                side=_or_null(_of("for", "against")),
            )
        ),
    ),
    "poll_ruled": _record(
        poll_id=ID, side=_of("for", "against"), reason=LONG, by=_PERSON, verdict=_VERDICT
    ),
    "poll_cancelled": _record(poll_id=ID, reason=LONG, by=_or_null(_PERSON)),
    "poll_announced": _record(poll_id=ID, by=_PERSON),
    "key_rotated": _record(old_key=LONG, new_key=LONG, signature_by_old=_hex(128)),
}


def version_of(kind: str, data: Mapping[str, Any]) -> int:
    """The version that an entry must have: the lowest one that supports its content."""
    continues = data.get("continues") or {}
    return 2 if kind == "roster_changed" or "signature_by_old" in continues else 1
