"""What a backup and a restore say on the terminal."""

import sys

from backup.restore import Restored

_WIDTH = 30


def show_progress(done: int, whole: int) -> None:
    """Draw a bar on a terminal; elsewhere say nothing. In bytes."""
    if not sys.stderr.isatty():
        return
    share = done / whole if whole else 1.0
    bar = "#" * int(share * _WIDTH)
    end = "\n" if done == whole else ""
    print(f"\r[{bar:<{_WIDTH}}] {share:4.0%}", end=end, file=sys.stderr, flush=True)


_DONE = (
    "Đã khôi phục: {logs} nhật ký biểu quyết nối tiếp, {cancelled} biểu quyết đang mở đã hủy."
    " Mọi người đăng nhập lại.\n"
    "restored: {logs} vote logs go on, {cancelled} open votes cancelled. Everybody signs in again."
)
_UNLINKED = (
    "\nKhóa cũ đã mất: không gì chứng minh các nhật ký nối tiếp nhật ký cũ. Máy tính bảng sẽ báo"
    " động.\n"
    "the old key was lost: nothing proves that the logs continue the old ones. Tablets will raise"
    " an alarm."
)


def told(done: Restored) -> str:
    """What a restore did, in both languages."""
    words = _DONE if done.linked else _DONE + _UNLINKED
    return words.format(logs=done.logs, cancelled=done.cancelled)
