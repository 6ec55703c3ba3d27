"""Sentences of the report in Vietnamese and English, and formats of texts and times."""

import unicodedata
from datetime import datetime, timedelta, timezone

from verifier.counting import percentage

VIETNAM = timezone(timedelta(hours=7))
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}

WORDS: dict[str, tuple[str, str]] = {
    "log": (
        "{title} · {body}\nNhật ký {log}: {size} mục.",
        "{title} · {body}\nLog {log}: {size} entries.",
    ),
    "continues": (
        "Nối tiếp nhật ký {log} sau mục {last}. Lý do: {reason}",
        "Continues the log {log} after entry {last}. Reason: {reason}",
    ),
    "poll": ("Biểu quyết {number}: {title}", "Vote {number}: {title}"),
    "question": ("Câu hỏi: {question}", "Question: {question}"),
    "item": ("Nội dung: {title}", "Agenda item: {title}"),
    "paper": (
        "Tài liệu: {title}, phiên bản {version}, SHA-256 {sha256}",
        "Document: {title}, version {version}, SHA-256 {sha256}",
    ),
    "rule": (
        "Quy tắc: {title} ({formula}). {citation}{doubt}",
        "Rule: {title} ({formula}). {citation}{doubt}",
    ),
    "doubt": (" (chưa đối chiếu)", " (not yet confirmed)"),
    "named": ("Biểu quyết công khai", "Named vote"),
    "hands": ("Biểu quyết bằng giơ tay", "Vote by show of hands"),
    "paper_vote": ("Biểu quyết bằng phiếu giấy", "Vote by paper ballot"),
    "opened": ("bắt đầu {at}, do {name}", "opened {at} by {name}"),
    "repeats": ("Biểu quyết lại của: {title}", "Repeats: {title}"),
    "quorum": (
        "Số đại biểu có mặt {present}/{n} (tối thiểu {required}){doubt}",
        "Present {present}/{n} (quorum {required}){doubt}",
    ),
    "below": ("Chưa đủ số đại biểu, lý do vẫn tiến hành: {reason}", "Below quorum: {reason}"),
    "choice": ("{label} ({count}): {names}", "{label} ({count}): {names}"),
    "changed": ("{name} đã đổi ý {times} lần", "{name} changed the choice: {times}×"),
    "recorded": (
        "Ghi nhận thay cho {name}: {by} ghi, {second} xác nhận. Lý do: {reason}",
        "Entered for {name} by {by}, confirmed by {second}. Reason: {reason}",
    ),
    "hands_tally": ("Đếm giơ tay, do {by}: {counts}", "Hands counted by {by}: {counts}"),
    "paper_tally": (
        "Kiểm phiếu, do {by}: phát {issued}, thu {returned}, không hợp lệ {invalid}; {counts}",
        (
            "Paper ballots counted by {by}: {issued} issued, {returned} returned, "
            "{invalid} invalid; {counts}"
        ),
    ),
    "invalid": ("không hợp lệ", "invalid"),
    "not_returned": ("không thu về", "not returned"),
    "not_sent": ("có mặt, không gửi", "present, not sent"),
    "absent": ("vắng", "absent"),
    "identity": ("Kết thúc {at}: {sum} = {n}", "Closed {at}: {sum} = {n}"),
    "entitled": ("tổng số", "all entitled"),
    "present": ("số có mặt", "those present"),
    "cast": ("số đã biểu quyết", "votes cast"),
    "arithmetic": (
        "{label}: {count}/{base} {of}{share}; cần ít nhất {required}",
        "{label}: {count}/{base} of {of}{share}; at least {required} needed",
    ),
    "nobody_leads": (
        "Không phương án nào dẫn đầu một mình; cần ít nhất {required}/{base} {of}",
        "No option leads alone; at least {required}/{base} of {of} needed",
    ),
    "share": (", bằng {percent}", ", {percent}"),
    "tie_chair": (
        "Hai bên bằng nhau; theo bên chủ tọa đã biểu quyết: {side}",
        "A tie; the side on which the chair voted decides: {side}",
    ),
    "tie_ruling": ("Hai bên bằng nhau, chờ chủ tọa quyết định", "A tie; the chair has to rule"),
    "ruled": (
        "Chủ tọa {name} quyết định: {side}. Lý do: {reason}",
        "{name} ruled: {side}. {reason}",
    ),
    "for": ("tán thành", "for"),
    "against": ("không tán thành", "against"),
    "adopted": ("ĐƯỢC THÔNG QUA", "ADOPTED"),
    "not_adopted": ("KHÔNG ĐƯỢC THÔNG QUA", "NOT ADOPTED"),
    "tie_needs_ruling": ("CHƯA CÓ KẾT QUẢ", "NO RESULT YET"),
    "announced": (" (đã công bố)", " (announced)"),
    "cancelled": ("ĐÃ HỦY. Lý do: {reason}", "CANCELLED. Reason: {reason}"),
    "still_open": (
        "ĐANG BIỂU QUYẾT ({count} lần gửi đã niêm)",
        "STILL OPEN ({count} ballots sealed)",
    ),
    "no_polls": ("Chưa có biểu quyết nào.", "No votes."),
    "clock_went_back": (
        "Lưu ý: đồng hồ máy chủ lùi lại ở mục {index}; thứ tự vẫn theo số mục.",
        "Note: the server's clock went back at entry {index}; the order is that of the entries.",
    ),
    "another_key": (
        "Lưu ý: nhật ký {log} có khóa khác với nhật ký trước; khóa cũ đã ký cho việc nối tiếp.",
        "Note: the log {log} has another key than the one before; the old key signed for that.",
    ),
    "paper_not_in_log": (
        "Lưu ý: nhật ký không ghi việc phát hành tài liệu “{title}”.",
        "Note: the log does not record the publishing of the document “{title}”.",
    ),
    "sound": (
        "KHÔNG THẤY SAI SÓT: {entries} mục, {checkpoints} điểm chốt đã ký, {polls} biểu quyết.",
        "NOTHING WRONG: {entries} entries, {checkpoints} signed checkpoints, {polls} votes.",
    ),
    "unproven": (
        (
            "CÁC MỤC KHỚP VỚI NHAU, NHƯNG VIỆC NỐI TIẾP CHƯA ĐƯỢC CHỨNG MINH: {entries} mục, "
            "{checkpoints} điểm chốt đã ký, {polls} biểu quyết."
        ),
        (
            "THE ENTRIES FIT TOGETHER, BUT A CONTINUATION IS NOT PROVEN: {entries} entries, "
            "{checkpoints} signed checkpoints, {polls} votes."
        ),
    ),
    "key_not_compared": (
        "Lưu ý: khóa chưa được đối chiếu (không có --key), nên chưa biết nhật ký do ai ký.",
        "Note: the key was not compared (no --key), so it is not known whose log this is.",
    ),
    "key_required": (
        "CẦN KHÓA: khóa chưa được đối chiếu; --require-key đòi phải có --key.",
        "KEY NEEDED: the key was not compared; --require-key asks for --key.",
    ),
    "continuation_unsigned": (
        (
            "CHƯA CHỨNG MINH: nhật ký {log} nối tiếp nhật ký trước mà khóa cũ không ký, "
            "nên ai cũng có thể đã tạo ra nó."
        ),
        (
            "NOT PROVEN: the log {log} continues the one before, and the old key did not sign "
            "that: anybody could have made it."
        ),
    ),
    "kept_beyond_end": (
        (
            "CHƯA CHỨNG MINH: điểm chốt đã giữ của nhật ký {log} có {size} mục, trong tệp chỉ có "
            "{entries}: phần sau đã mất khi khôi phục hoặc bị cắt bỏ."
        ),
        (
            "NOT PROVEN: the kept checkpoint of the log {log} has {size} entries, the archive "
            "only {entries}: the rest was lost in a restore or cut off."
        ),
    ),
    "roster_changed": (
        "Thay đổi danh sách, do {name}: {changes}. Lý do: {reason}",
        "Roster changed by {name}: {changes}. Reason: {reason}",
    ),
    "standing": ("{name}: {before} → {after}", "{name}: {before} → {after}"),
    "standing_none": ("không trong danh sách", "not on the roster"),
    "standing_absent": ("vắng", "absent"),
    "standing_present": ("có mặt", "present"),
    "head": (
        "Cỡ {size}, gốc {root}\nĐã ký bằng {vkey}",
        "Size {size}, root {root}\nSigned by {vkey}",
    ),
    "broken": ("SAI Ở MỤC {index}{log}: {what}", "BROKEN AT ENTRY {index}{log}: {what}"),
    "of_log": (" (nhật ký {log})", " (log {log})"),
    "unusable": ("KHÔNG KIỂM TRA ĐƯỢC: {what}", "CANNOT BE CHECKED: {what}"),
}


def said(language: str, key: str, **params: object) -> str:
    """A sentence with its parameters, which are escaped by `plain`."""
    shown = {name: plain(str(value)) for name, value in params.items()}
    return WORDS[key][language == "en"].format(**shown)


def in_both(key: str, **params: object) -> str:
    """A sentence in both languages, on one line."""
    return f"{said('vi', key, **params)} / {said('en', key, **params)}"


def plain(text: str) -> str:
    """Escape invisible characters, which could move the cursor or reverse the text direction."""
    return "".join(
        f"\\u{{{ord(sign):x}}}" if unicodedata.category(sign) in _UNSEEN else sign for sign in text
    )


def percent(language: str, number: int, base: int) -> str:
    """A percentage for display only, half rounded up."""
    hundredths = percentage(number, base)
    return f"{hundredths // 100}{'.' if language == 'en' else ','}{hundredths % 100:02}%"


def clock(at: str) -> str:
    """A time of the log in the time zone of Viet Nam."""
    try:
        local = datetime.fromisoformat(at).astimezone(VIETNAM)
    except OverflowError:  # the last hours of the year 9999
        return at
    return f"{local:%H:%M:%S %d/%m}/{local.year}"
