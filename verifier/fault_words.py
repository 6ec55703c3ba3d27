"""Messages of faults, in Vietnamese and English."""

FAULTS: dict[str, tuple[str, str]] = {
    # A single line.
    "line_too_long": (
        "dòng dài {length} byte, quá giới hạn {most}",
        "the line has {length} bytes, more than {most}",
    ),
    "torn": ("dòng cuối bị cắt, không kết thúc", "the last line is cut off"),
    "not_json": ("dòng không phải JSON hợp lệ", "the line is not valid JSON"),
    "not_canonical": (
        "dòng không ở dạng chuẩn (RFC 8785)",
        "the line is not in canonical form (RFC 8785)",
    ),
    "not_nfc": ("văn bản không ở dạng Unicode NFC", "a text is not in Unicode NFC"),
    "number_out_of_range": (
        "số không phải số nguyên từ 0 đến 2^53 - 1: {digits}",
        "a number is not whole, from 0 to 2^53 - 1: {digits}",
    ),
    "wrong_shape": (
        "trường {field} thiếu, thừa hoặc sai kiểu",
        "the field {field} is missing, unknown or of a wrong kind",
    ),
    "unknown_version": (
        "phiên bản mục {said}: cần chương trình kiểm tra mới hơn",
        "entry version {said}: a newer verifier is needed",
    ),
    "wrong_version": (
        "mục ghi phiên bản {said}, phải là {expected}",
        "the entry has version {said} and must have {expected}",
    ),
    "unknown_type": (
        "loại mục {said} không có trong định dạng này",
        "this format has no entry of the type {said}",
    ),
    "wrong_index": ("mục tự ghi số {said}", "the entry says that its index is {said}"),
    "wrong_log": ("mục thuộc nhật ký khác: {said}", "the entry is of another log: {said}"),
    "not_started": ("mục đầu không phải log_started", "the first entry is not log_started"),
    "started_elsewhere": (
        "log_started chỉ được là mục 0",
        "log_started may only be entry 0",
    ),
    # Entries and signatures.
    "entry_changed": (
        "mục đã bị sửa, chèn, xóa hoặc đổi chỗ sau khi ký",
        "the entry was changed, put in, taken out or moved after it was signed for",
    ),
    "entries_changed": (
        "có mục từ {first} đến {last} đã bị sửa, chèn, xóa hoặc đổi chỗ sau khi ký",
        "an entry from {first} to {last} was changed, put in, taken out or moved after signing",
    ),
    "entry_missing": (
        "mục bị thiếu: nhật ký phải có {size} mục",
        "the entry is missing: the log must have {size} entries",
    ),
    "not_covered": (
        "mục nằm sau điểm chốt cuối (cỡ {size}), không chữ ký nào bảo đảm",
        "the entry comes after the last checkpoint (of size {size}); nothing signs for it",
    ),
    "leaf_list_differs": (
        "leaves.txt ghi giá trị băm khác, trong khi mục khớp với điểm chốt đã ký",
        "leaves.txt gives another hash, though the entry fits the signed checkpoints",
    ),
    "checkpoint_beyond_end": (
        "mục bị thiếu: một điểm chốt của nhật ký trước có {size} mục, nhiều hơn nhật ký ấy",
        "the entry is missing: a checkpoint of this earlier log has {size} entries, the log fewer",
    ),
    "checkpoint_unreadable": (
        "từ mục này không còn bảo đảm: điểm chốt thứ {number} không đọc được",
        "nothing vouches from this entry on: checkpoint number {number} cannot be read",
    ),
    "checkpoints_out_of_order": (
        "từ mục này không còn bảo đảm: điểm chốt thứ {number} không lớn hơn điểm trước",
        "nothing vouches from this entry on: checkpoint number {number} is not larger than before",
    ),
    "checkpoint_not_signed": (
        "từ mục này không còn bảo đảm: chữ ký của điểm chốt thứ {number} (cỡ {size}) sai",
        "nothing vouches from this entry on: checkpoint number {number} is not signed rightly",
    ),
    "checkpoint_of_another_log": (
        "từ mục này không còn bảo đảm: điểm chốt thuộc nhật ký khác ({said})",
        "nothing vouches from this entry on: the checkpoint is of another log ({said})",
    ),
    "checkpoint_by_another_key": (
        "từ mục này không còn bảo đảm: điểm chốt cỡ {size} do khóa khác ký",
        "nothing vouches from this entry on: the checkpoint of size {size} is by another key",
    ),
    # Keys and continuations.
    "key_unreadable": ("key.txt không đọc được", "key.txt cannot be read"),
    "key_not_listed": (
        "khóa trong mục không phải khóa tiếp theo trong key.txt",
        "the key in the entry is not the next one of key.txt",
    ),
    "key_never_used": (
        "key.txt có khóa mà nhật ký không nói tới: {key}",
        "key.txt has a key that the log never names: {key}",
    ),
    "rotates_another_key": (
        "mục thay một khóa không phải khóa đang dùng",
        "the entry replaces a key that is not the one in use",
    ),
    "rotation_not_signed": (
        "việc thay khóa không có chữ ký đúng của khóa cũ",
        "the change of key is not signed by the old key",
    ),
    "earlier_log_missing": (
        "nhật ký này nối tiếp một nhật ký không có trong tệp lưu",
        "this log continues one that is not in the archive",
    ),
    "continues_wrongly": (
        "nhật ký này nối tiếp một nhật ký khác với nhật ký trước trong tệp lưu",
        "this log continues another log than the one before it in the archive",
    ),
    "another_meeting": (
        "nhật ký này thuộc cuộc họp khác với nhật ký trước: {said}",
        "this log is of another meeting than the log before it: {said}",
    ),
    "log_id_twice": (
        "nhật ký này có cùng mã với một nhật ký trước: {said}",
        "this log has the same id as an earlier one: {said}",
    ),
    "continuation_not_signed": (
        "chữ ký nối tiếp không phải của khóa cũ",
        "the signature on the continuation is not of the old key",
    ),
    "not_continued": (
        "nhật ký này không nói nó nối tiếp nhật ký trước",
        "this log does not say that it continues the one before it",
    ),
    "left_open": (
        "biểu quyết {poll} còn mở khi nhật ký trước dừng, phải bị hủy trước mọi việc khác",
        "poll {poll} was open when the earlier log ended; it must be cancelled before all else",
    ),
    # Kept checkpoints and receipts.
    "kept_not_signed": (
        "điểm chốt đã giữ (cỡ {size}) không do khóa nào trong key.txt ký",
        "the kept checkpoint (of size {size}) is not signed by a key of key.txt",
    ),
    "kept_is_longer": (
        "điểm chốt đã giữ có {size} mục: tệp lưu này thiếu mục",
        "the kept checkpoint has {size} entries: this archive lacks some",
    ),
    "kept_contradicts": (
        "nhật ký không khớp với điểm chốt đã giữ (cỡ {size}): có hai bản khác nhau",
        "the log contradicts the kept checkpoint (of size {size}): there are two of it",
    ),
    "receipt_contradicts": (
        "mục không phải lá phiếu ghi trên biên nhận",
        "the entry is not the ballot that the receipt names",
    ),
    "receipt_of_another_choice": (
        "biên nhận ghi một lựa chọn khác; nhật ký mở ra là {said}",
        "the receipt names another choice; the log opened this ballot as {said}",
    ),
    "key_not_the_expected": (
        "nhật ký không do khóa đã cho ký",
        "the log is not signed by the key that was given",
    ),
    # Documents and polls.
    "paper_differs": (
        "tài liệu “{title}” có SHA-256 khác với bản đã phát hành",
        "the document “{title}” has another SHA-256 than the version that was published",
    ),
    "poll_twice": ("biểu quyết {poll} được mở hai lần", "poll {poll} is opened twice"),
    "unknown_poll": ("biểu quyết {poll} chưa từng mở", "poll {poll} was never opened"),
    "poll_not_open": (
        "biểu quyết {poll} đã kết thúc hoặc đã hủy",
        "poll {poll} is closed or cancelled",
    ),
    "repeats_nothing": (
        "biểu quyết lại {poll}, mà biểu quyết ấy không có hoặc còn mở",
        "the poll repeats {poll}, which does not exist or is still open",
    ),
    "roster_before_wrong": (
        "thay đổi danh sách: {person} ghi trước đó là {said}, phải là {expected}",
        "a change of the roster says that {person} was {said} before, and it must be {expected}",
    ),
    "nothing_changed": (
        "thay đổi danh sách: {person} trước và sau như nhau",
        "a change of the roster leaves {person} as before",
    ),
    "roster_contradicts_change": (
        "danh sách không theo thay đổi đã ghi trước đó: {person}",
        "the roster contradicts a change that was logged before: {person}",
    ),
    "listed_twice": ("{field} trùng nhau", "{field} holds the same value twice"),
    "more_than_all": (
        "quy tắc đòi hơn toàn bộ số người",
        "the rule asks for more than everybody",
    ),
    "wrong_quorum": (
        "số đại biểu tối thiểu ghi sai: cần {required}, có mặt {present}",
        "the quorum is wrong: {required} needed, {present} present",
    ),
    "no_override": (
        "chưa đủ số đại biểu ({present}/{required}) mà không ghi lý do",
        "below quorum ({present} of {required}) and no reason is given",
    ),
    # Ballots and tallies.
    "opening_without_commitment": (
        "mở một phiếu chưa từng được gửi",
        "a ballot is opened that was never cast",
    ),
    "opening_order": (
        "mở phiếu của mục {said}, phải là mục {expected}",
        "the ballot of entry {said} is opened where that of entry {expected} is due",
    ),
    "opening_differs": (
        "phiếu và muối không khớp với cam kết ở mục {committed}",
        "ballot and salt do not fit the commitment of entry {committed}",
    ),
    "openings_missing": (
        "kết thúc khi phiếu ở mục {committed} chưa được mở",
        "closed while the ballot of entry {committed} is not opened",
    ),
    "closing_interrupted": (
        "các mục kết thúc biểu quyết {poll} bị ngắt quãng",
        "the entries that close poll {poll} are interrupted",
    ),
    "ballot_of_another_poll": (
        "phiếu thuộc biểu quyết khác: {said}",
        "the ballot is of another poll: {said}",
    ),
    "ballot_of_stranger": (
        "{person} không có trong danh sách được biểu quyết",
        "{person} is not on the roster",
    ),
    "ballot_of_absent": (
        "{person} vắng khi biểu quyết bắt đầu",
        "{person} was absent when the poll opened",
    ),
    "no_such_option": ("không có phương án {said}", "there is no option {said}"),
    "tablet_with_witness": (
        "phiếu gửi từ máy tính bảng không thể có người ghi nhận thay",
        "a ballot from a tablet cannot name somebody who entered it",
    ),
    "recorded_without_witness": (
        "phiếu ghi nhận thay thiếu người ghi, lý do hoặc người xác nhận",
        "a ballot entered for somebody lacks who entered it, why, or who confirmed it",
    ),
    "recorded_by_one": (
        "{person} vừa ghi nhận thay vừa xác nhận",
        "{person} both entered and confirmed a ballot",
    ),
    "voted_twice": (
        "{person} biểu quyết hai lần mà không được đổi ý",
        "{person} voted twice, and changes are not allowed",
    ),
    "wrong_revision": (
        "lần gửi ghi là {said}, phải là {expected}",
        "the revision is {said} and must be {expected}",
    ),
    "tally_after_openings": (
        "số đếm bằng tay đến sau khi phiếu đã mở",
        "a tally comes after ballots were opened",
    ),
    "tally_of_other_options": (
        "số đếm bằng tay không theo đúng các phương án",
        "a tally does not have exactly the poll's options",
    ),
    "hands_with_papers": (
        "giơ tay không có phiếu phát ra, thu về, không hợp lệ",
        "a show of hands has no ballots issued, returned or invalid",
    ),
    "paper_without_numbers": (
        "phiếu giấy thiếu số phát ra, thu về hoặc không hợp lệ",
        "a vote by paper ballot lacks the number issued, returned or invalid",
    ),
    "tally_does_not_add_up": (
        "số không khớp: phát {issued}, thu {returned}, hợp lệ {valid}, không hợp lệ {invalid}",
        "does not add up: {issued} issued, {returned} returned, {valid} valid, {invalid} invalid",
    ),
    # Results.
    "no_tally": (
        "biểu quyết {channel} kết thúc mà không có số đếm",
        "a vote by {channel} is closed without a tally",
    ),
    "more_than_present": (
        "số phiếu nhiều hơn {present} người có mặt",
        "there are more votes than the {present} people present",
    ),
    "wrong_result": (
        "{field} ghi là {said}, tính lại là {counted}",
        "{field} is {said} in the log and {counted} when counted again",
    ),
    "ruling_not_asked": (
        "chủ tọa quyết định khi không có hai bên bằng nhau chờ quyết định",
        "a ruling where no tie waits for one",
    ),
    "wrong_ruling": (
        "quyết định theo bên {side} không thể cho kết quả {said}",
        "a ruling for the side {side} cannot give the verdict {said}",
    ),
    "nothing_to_announce": (
        "công bố khi chưa có kết quả cuối, đã hủy hoặc đã công bố",
        "announced without a final result, after cancelling, or twice",
    ),
    "cancelled_by_nobody": (
        "không ghi ai hủy, mà không phải do khôi phục máy chủ",
        "nobody is named who cancelled, and it was no restore",
    ),
    "cancelled_twice": ("hủy hai lần", "cancelled twice"),
}
