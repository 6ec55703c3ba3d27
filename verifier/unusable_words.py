"""Messages for archives that cannot be checked, in Vietnamese and English."""

UNUSABLE: dict[str, tuple[str, str]] = {
    "no_file": ("Không có tệp {path}.", "There is no file {path}."),
    "not_readable": ("Không đọc được: {reason}.", "It cannot be read: {reason}."),
    "not_a_zip": (
        "Đây không phải tệp zip, hoặc tệp zip đã hỏng.",
        "This is not a zip file, or a damaged one.",
    ),
    "member_damaged": (
        "{name} trong tệp zip đã hỏng, phần đọc được không có gì sai.",
        "{name} in the zip file is damaged; what could be read of it holds.",
    ),
    "too_large": ("Tệp lớn hơn {most} MB.", "The file is larger than {most} MB."),
    "too_many_members": (
        "Tệp zip có hơn {most} thành phần.",
        "The zip file has more than {most} members.",
    ),
    "member_missing": ("Trong tệp zip thiếu {name}.", "The zip file lacks {name}."),
    "member_twice": ("Trong tệp zip có hai {name}.", "The zip file has {name} twice."),
    "member_unknown": (
        "Trong tệp zip có {name}, không thuộc tệp lưu biểu quyết.",
        "The zip file has {name}, which is no part of a vote archive.",
    ),
    "member_headers_differ": (
        "Hai chỗ trong tệp zip nói khác nhau về {name}.",
        "The zip file says two different things about {name}.",
    ),
    "bytes_after_zip": (
        "Sau phần cuối của tệp zip còn dữ liệu, hoặc tệp zip có lời chú thích.",
        "There are bytes after the end of the zip file, or it has a comment.",
    ),
    "bytes_between_members": (
        "Trong tệp zip có dữ liệu không thuộc thành phần nào.",
        "The zip file has bytes that belong to no member.",
    ),
    "member_packed_oddly": (
        "{name} được mã hóa hoặc nén theo cách không hỗ trợ.",
        "{name} is encrypted, or compressed in a way that is not supported.",
    ),
    "member_too_large": ("{name} quá lớn.", "{name} is too large."),
    "earlier_logs_not_numbered": (
        "Các nhật ký trước không được đánh số liên tục từ 1, hoặc có quá nhiều.",
        "The earlier logs are not numbered from 1 without gaps, or there are too many.",
    ),
    "kept_unreadable": ("{path} không phải điểm chốt.", "{path} is not a checkpoint."),
    "kept_of_another_log": (
        "Điểm chốt đã giữ thuộc nhật ký {log}, không có trong tệp này.",
        "The kept checkpoint is of the log {log}, which is not in this archive.",
    ),
    "key_given_unreadable": (
        "Khóa đã cho không phải khóa công khai của nhật ký biểu quyết: {said}",
        "The key that was given is no public key of a vote log: {said}",
    ),
    "receipt_unreadable": (
        "Biên nhận là tệp đã lưu, SỐ:HASH với 64 chữ số hex, hoặc dòng DHR1:… của phiếu: {said}",
        "A receipt is a saved file, INDEX:HASH with 64 hex digits, or DHR1:… of a slip: {said}",
    ),
    "receipt_mistyped": (
        "Dòng chữ của phiếu xác nhận bị thiếu, thừa hoặc sai ký tự; hãy so lại với phiếu: {said}",
        "The text of the slip lacks a letter or has a wrong one; compare it with the slip: {said}",
    ),
    "receipt_proves_nothing": (
        "Biên nhận của mục {index} tự mâu thuẫn: bằng chứng không dẫn tới điểm chốt trong đó.",
        "The receipt of entry {index} contradicts itself: its proof leads to another checkpoint.",
    ),
}
