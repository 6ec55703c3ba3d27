"""Lists of people as they are pasted, and pasting."""

from playwright.sync_api import Locator

TABLE = "\r\n".join(
    "\t".join(cells)
    for cells in (
        ("DANH SÁCH ĐẠI BIỂU HĐND XÃ BÌNH MINH", "", "", ""),
        ("STT", "Họ và tên", "Chức vụ", "Ghi chú"),
        ("1", "Ông Nguyễn Văn An", "Chủ tịch HĐND", ""),
        ("2", "Bà Trần Thị Bé", "Trưởng Ban Kinh tế - Ngân sách", ""),
        ("3", "LÊ VĂN CƯỜNG", "Phó Chủ tịch UBND, Bí thư Đoàn", ""),
        ("4", "Nguyễn Văn  An", "Trưởng ấp 3", "trùng tên"),
        ("5", "Đặng Thị Hạnh", "", ""),
        ("6", "", "Ủy viên", ""),
    )
)
"""As it comes from a spreadsheet: a title, a header, namesakes, a row without a name."""
_PASTE = """(field, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const event = new ClipboardEvent('paste', {clipboardData, bubbles: true, cancelable: true});
  field.dispatchEvent(event);
}"""


def paste(field: Locator, text: str) -> None:
    """Paste a text into a field, as with the keyboard."""
    field.evaluate(_PASTE, text)
