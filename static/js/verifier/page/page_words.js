/**
 * The words of the page itself, in Vietnamese and English. They are in the page, because it works without a server;
 * the sentences of the report are those of both verifiers.
 */

/** @type {Record<string, [string, string]>} */
const WORDS = {
  title: ["Kiểm tra biểu quyết", "Check the votes"],
  lead: [
    "Trang này kiểm tra tệp lưu trữ biểu quyết của một cuộc họp: không mục nào bị sửa, thêm, bớt hay đổi chỗ sau "
    + "khi ký, và mọi kết quả được đếm lại.",
    "This page checks the vote archive of a meeting: that no entry was changed, added, removed or moved after it "
    + "was signed for, and counts every result again.",
  ],
  private: [
    "Không có gì rời khỏi máy này. Trang không gửi gì đi đâu, và dùng được khi không có mạng.",
    "Nothing leaves this computer. The page sends nothing anywhere, and works without a network.",
  ],
  other_language: ["English", "Tiếng Việt"],
  choose: ["Chọn tệp lưu trữ (.zip) hoặc thả vào đây", "Choose the archive (.zip) or drop it here"],
  choose_how: [
    "Tệp vote-archive.zip, tải về từ trang kết quả biểu quyết.",
    "The file vote-archive.zip, downloaded from the page of a vote's result.",
  ],
  choose_another: ["Chọn tệp khác hoặc thả vào đây", "Choose another file or drop it here"],
  compare: ["So với những gì có từ nguồn khác", "Compare with what you have from elsewhere"],
  compare_how: [
    "Không bắt buộc. Có thể thêm trước hoặc sau khi chọn tệp lưu trữ; trang kiểm tra lại ngay.",
    "Optional. You can add them before or after choosing the archive; the page checks again at once.",
  ],
  key: ["Khóa công khai mà cơ quan đã công bố", "The public key that the body has published"],
  key_how: [
    "Một dòng bắt đầu bằng “dienhong-”, lấy từ nơi khác chứ không phải từ tệp lưu trữ. Có khóa mới biết nhật ký do "
    + "ai ký.",
    "One line that begins with “dienhong-”, from elsewhere than the archive. Only with it is known who signed the "
    + "log.",
  ],
  receipts: ["Biên nhận của đại biểu", "Receipts of voters"],
  receipts_how: [
    "Tệp bien-nhan-….json mà đại biểu đã lưu: lá phiếu ấy có còn trong nhật ký không.",
    "A file bien-nhan-….json that a voter saved: whether that ballot is still in the log.",
  ],
  add_receipts: ["Chọn biên nhận", "Choose receipts"],
  slip_how: [
    "Hoặc dán nội dung mã QR, hay gõ dòng chữ DHR1:… trên phiếu xác nhận đã in; cũng nhận dạng SỐ:HASH. Dấu cách và "
    + "chữ hoa, chữ thường không quan trọng.",
    "Or paste the content of the QR code, or type the text DHR1:… of a printed slip; INDEX:HASH is read too. Spaces "
    + "and upper or lower case do not matter.",
  ],
  add_slip: ["Thêm", "Add"],
  kept: ["Điểm chốt đã lưu", "Kept checkpoints"],
  kept_how: [
    "Tệp điểm chốt mà một máy tính bảng hoặc một máy chứng kiến đã giữ.",
    "A file of checkpoints that a tablet or a witness has kept.",
  ],
  add_kept: ["Chọn điểm chốt", "Choose checkpoints"],
  remove: ["Bỏ {name}", "Remove {name}"],
  reading: ["Đang đọc tệp…", "Reading the file…"],
  stage_read: ["Đang giải nén…", "Unpacking…"],
  stage_hash: ["Đang băm các mục…", "Hashing the entries…"],
  stage_signatures: ["Đang kiểm tra chữ ký…", "Verifying signatures…"],
  stage_entries: ["Đang kiểm tra từng mục và đếm lại…", "Checking every entry and counting again…"],
  sound: ["Không thấy sai sót", "Nothing wrong"],
  sound_facts: [
    "{entries} mục, {checkpoints} điểm chốt đã ký, {polls} biểu quyết: tất cả khớp với nhau.",
    "{entries} entries, {checkpoints} signed checkpoints, {polls} votes: all fit together.",
  ],
  broken: ["Sai ở mục {index}", "Broken at entry {index}"],
  broken_of_log: ["Sai ở mục {index} của nhật ký {log}", "Broken at entry {index} of log {log}"],
  in_receipt: [
    "Điểm chốt ấy nằm trong biên nhận đã đưa: biên nhận không khớp với nhật ký này.",
    "That checkpoint is in the receipt that was given: the receipt does not fit this log.",
  ],
  broken_how: [
    "Đây là chỗ sai đầu tiên; mục được đánh số từ 0. Hãy giữ nguyên tệp này cùng biên nhận, điểm chốt nếu có, và "
    + "hỏi cơ quan đã cấp tệp.",
    "This is the first thing wrong; entries are numbered from 0. Keep this file as it is, with receipts and "
    + "checkpoints if you have them, and ask the body that issued it.",
  ],
  unusable: ["Không kiểm tra được", "It cannot be checked"],
  unusable_how: [
    "Không có kết luận nào về biểu quyết. Hãy tải lại tệp lưu trữ, hoặc chọn đúng tệp.",
    "This says nothing about the votes. Download the archive again, or choose the right file.",
  ],
  unproven: ["Chưa chứng minh được", "Not proven"],
  unproven_how: [
    "Các mục khớp với nhau, nhưng chưa chắc đây là nhật ký của cuộc họp.",
    "The entries fit together, but this may not be the meeting's log.",
  ],
  key_missing: ["Chưa biết nhật ký do ai ký", "It is not known who signed the log"],
  key_missing_how: [
    "Khóa chưa được đối chiếu. Ai cũng có thể tạo ra một nhật ký khớp với chính nó: hãy nhập khóa công khai mà cơ "
    + "quan đã công bố vào ô bên dưới.",
    "The key was not compared. Anybody can make a log that fits itself: enter the public key that the body has "
    + "published in the field below.",
  ],
  compared_key: ["Khóa đã cho bảo đảm cho nhật ký này.", "The key that was given vouches for this log."],
  compared_receipts: ["Biên nhận khớp: {count}", "Receipts that fit: {count}"],
  compared_kept: ["Tệp điểm chốt khớp: {count}", "Files of checkpoints that fit: {count}"],
  crashed: ["Trang này gặp lỗi", "This page failed"],
  crashed_how: [
    "Không có kết luận nào về biểu quyết. Lỗi: {reason}",
    "This says nothing about the votes. The error: {reason}",
  ],
  file: ["Tệp: {name}, {size}", "File: {name}, {size}"],
  report: ["Tường trình", "Report"],
  print: ["In", "Print"],
  origin: [
    "Nếu nghi ngờ máy chủ, đừng dùng trang này khi lấy từ chính máy chủ ấy: hãy so giá trị SHA-256 của tệp trang "
    + "này với giá trị ghi ở thông báo phát hành Diên Hồng (CHANGELOG.md).",
    "If a server's honesty is in doubt, do not use this page as that server sends it: compare the SHA-256 of this "
    + "page's file with the one in Diên Hồng's release notes (CHANGELOG.md).",
  ],
};

/**
 * @param {import("../words.js").Language} language @param {string} key @param {Record<string, string|number>} [facts]
 * @returns {string}
 */
export function pageWord(language, key, facts = {}) {
  const both = WORDS[key];
  if (!both) throw new Error(`no word ${key}`);
  return both[language === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}

/** @param {import("../words.js").Language} language @param {number} bytes */
export function sizeIn(language, bytes) {
  if (bytes < 1000) return `${bytes} byte${language === "en" && bytes !== 1 ? "s" : ""}`;
  const [unit, divisor] = bytes < 1e6 ? ["kB", 1e3] : ["MB", 1e6];
  const digits = { maximumFractionDigits: 1 };
  return `${(bytes / Number(divisor)).toLocaleString(language === "vi" ? "vi-VN" : "en-GB", digits)} ${unit}`;
}
