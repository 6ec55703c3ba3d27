/** Lists of people as they are pasted from Word, Excel and web pages here. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { findHeader, guessedColumns } from "../../static/js/pages/people_list/columns.js";
import { pastedCells } from "../../static/js/pages/people_list/pasted_cells.js";
import { inNormalCase, isAllCapitals, nameIn, personOn } from "../../static/js/pages/people_list/person_lines.js";
import { readList } from "../../static/js/pages/people_list/read_list.js";

/** @param {string} text */
const people = (text) => readList(text).map(({ name, position, unit }) => [name, position, unit].join("|"));
/** @param {...string[]} rows */
const table = (...rows) => rows.map((cells) => cells.join("\t")).join("\r\n");

/** Line → name and position. @type {[string, string, string][]} */
const LINES = [
  ["1. Nguyễn Văn An, Trưởng Ban Kinh tế - Ngân sách", "Nguyễn Văn An", "Trưởng Ban Kinh tế - Ngân sách"],
  ["02  Trần Thị Bé – Phó Chủ tịch UBND", "Trần Thị Bé", "Phó Chủ tịch UBND"],
  ["Trần Thị Bé - Phó Trưởng Ban Kinh tế - Ngân sách, đại biểu chuyên trách", "Trần Thị Bé", "Phó Trưởng Ban Kinh tế - Ngân sách, đại biểu chuyên trách"],
  ["Lê Văn Cường; Ủy viên Ban Văn hóa - Xã hội", "Lê Văn Cường", "Ủy viên Ban Văn hóa - Xã hội"],
  ["Lê Văn Cường, Bí thư Đảng ủy, Chủ tịch HĐND", "Lê Văn Cường", "Bí thư Đảng ủy, Chủ tịch HĐND"],
  ["3) Ông Phạm Quốc Dũng", "Phạm Quốc Dũng", ""],
  ["(4) Bà Võ Thị Em - Chủ tịch Hội Liên hiệp Phụ nữ xã", "Võ Thị Em", "Chủ tịch Hội Liên hiệp Phụ nữ xã"],
  ["5/ Đ/c Huỳnh Văn Giàu: ", "Huỳnh Văn Giàu", ""],
  ["6- Ông/Bà Lý Hải", "Lý Hải", ""],
  ["7.Đồng chí Đặng Thị Hạnh,Phó Bí thư", "Đặng Thị Hạnh", "Phó Bí thư"],
  ["8 Ông (bà): Bùi Ích, Kế toán", "Bùi Ích", "Kế toán"],
  ["- Đỗ Khánh", "Đỗ Khánh", ""],
  ["•\u00A0Hồ\u00A0Văn  Lâm\u00A0", "Hồ Văn Lâm", ""],
  ["a) Ngô Minh (Thư ký)", "Ngô Minh", "Thư ký"],
  ["Ngô Minh (B)", "Ngô Minh (B)", ""],
  ["H'Lim Niê - Y Thông", "H'Lim Niê - Y Thông", ""],
  ["Nguyễn Văn An - Nguyên, Đại biểu", "Nguyễn Văn An - Nguyên", "Đại biểu"],
  ["Nguyễn Thị Nguyên - nguyên Chủ tịch UBMTTQ", "Nguyễn Thị Nguyên", "nguyên Chủ tịch UBMTTQ"],
  ["Ông Ích Khiêm, Đại biểu", "Ông Ích Khiêm", "Đại biểu"],
  ["Ông Trần Ngọc", "Trần Ngọc", ""],
  ["Bà Huyện Thanh Quan", "Huyện Thanh Quan", ""],
  ["Phó Đức Phương - Trưởng ban", "Phó Đức Phương", "Trưởng ban"],
  ["NGUYỄN VĂN AN, CHỦ TỊCH", "NGUYỄN VĂN AN", "CHỦ TỊCH"],
  ["“Trần Văn Bình”, “Trưởng thôn 3”.", "Trần Văn Bình", "Trưởng thôn 3”."],
  ["An", "An", ""],
];

for (const [line, name, position] of LINES) {
  test(`a line: ${line}`, () => assert.deepEqual(personOn(line.normalize("NFC").replaceAll("\u00A0", " ")), { name, position }));
}

test("lines keep their order, and empty ones are left out", () => {
  assert.deepEqual(people("1. Trần Văn An, Chủ tịch\n\n2. Lê Thị Bình\n \n3. Trần Văn An"), ["Trần Văn An|Chủ tịch|", "Lê Thị Bình||", "Trần Văn An||"]);
});

test("decomposed letters, hard spaces and invisible marks become plain", () => {
  assert.deepEqual(people("\uFEFFNguyễn Văn\u00A0Ân,\u00A0Trưởng\u200B Ban".normalize("NFD")), ["Nguyễn Văn Ân|Trưởng Ban|"]);
});

test("with a tab, cells end at tabs only", () => {
  const text = table(["1", "Nguyễn Văn An", "Trưởng Ban Kinh tế - Ngân sách, đại biểu"], ["2", "Trần Thị Bé", "Phó Chủ tịch; Bí thư"]);
  assert.deepEqual(people(text), ["Nguyễn Văn An|Trưởng Ban Kinh tế - Ngân sách, đại biểu|", "Trần Thị Bé|Phó Chủ tịch; Bí thư|"]);
});

test("a cell in quotation marks may hold lines, tabs and marks", () => {
  const text = 'An\t"Trưởng Ban\nKinh tế"\nBé\t"Gọi là ""Bé"""\nCúc\t"Út" Cúc\n';
  assert.deepEqual(pastedCells(text).lines, [["An", "Trưởng Ban Kinh tế"], ["Bé", 'Gọi là "Bé"'], ["Cúc", '"Út" Cúc']]);
});

test("a header maps columns in any order, and titles above it go", () => {
  const text = table(
    ["DANH SÁCH ĐẠI BIỂU HĐND XÃ BÌNH MINH", "", "", "", ""],
    ["STT", "Đơn vị công tác", "Chức vụ", "Họ và tên (chữ in hoa)", "Ghi chú"],
    ["1", "UBND xã", "Chủ tịch", "Ông Nguyễn Văn An", "vắng"],
    ["2", "", "", "Bà Trần Thị Bé", ""],
  );
  assert.deepEqual(people(text), ["Nguyễn Văn An|Chủ tịch|UBND xã", "Trần Thị Bé||"]);
});

test("family and given names apart are one name", () => {
  const text = table(["TT", "Họ và tên đệm", "Tên", "Chức danh"], ["1", "Nguyễn Văn", "An", "Chủ tịch"]);
  assert.deepEqual(people(text), ["Nguyễn Văn An|Chủ tịch|"]);
  assert.deepEqual(people(table(["Họ", "Tên"], ["Trần Thị", "Bé"])), ["Trần Thị Bé||"]);
  assert.deepEqual(people(table(["Tên", "Họ", "Đệm"], ["Bé", "Trần", "Thị"])), ["Trần Thị Bé||"]);
  assert.deepEqual(people(table(["First name", "Last name"], ["An", "Nguyen"])), ["Nguyen An||"]);
  assert.deepEqual(people(table(["Tên", "Đơn vị"], ["Trần Thị Bé", "Ấp 3"])), ["Trần Thị Bé||Ấp 3"]);
});

/** @type {[string, string[]][]} */
const HEADERS = [
  ["STT|Họ và tên|Chức vụ", ["other", "name", "position"]],
  ["Số TT|Họ, chữ đệm và tên|Năm sinh|Chức vụ, đơn vị công tác", ["other", "name", "other", "position"]],
  ["No.|Full name|Position|Unit|Notes", ["other", "name", "position", "unit", "other"]],
  ["Name|Email|Organisation", ["name", "other", "unit"]],
  ["TT|Họ tên đại biểu|Nam|Nữ|Đơn vị bầu cử|Cơ quan", ["other", "name", "other", "other", "other", "unit"]],
  ["Họ & tên|Chức danh|Số điện thoại", ["name", "position", "other"]],
  ["STT|Đại biểu|Chức vụ", ["other", "name", "position"]],
];

for (const [cells, meanings] of HEADERS) test(`a header: ${cells}`, () => assert.deepEqual(findHeader([cells.split("|")])?.meanings, meanings));

test("a person is no header", () => {
  for (const cells of [["1", "Hồ Thị Tên", "Chủ tịch"], ["Nguyễn Văn An", "Trưởng Ban"], ["Nam", "Nữ"], ["Họ", "Lê"],
    ["Nguyễn Văn An", "Đại biểu"], ["Nguyễn Văn An", "Thành viên", "Đơn vị 3"], ["1", "Nguyễn Văn An", "Thành viên", "Cơ quan Ủy ban Kiểm tra"]]) assert.equal(findHeader([cells]), null, cells.join());
});

test("without a header, numbers, dates, addresses and sexes are dropped", () => {
  const rows = [["1", "Ông", "Nguyễn Văn An", "Nam", "12/03/1975", "0912 345 678", "Chủ tịch", "an@xa.vn", "UBND xã"], ["2", "Bà", "Trần Thị Bé", "Nữ", "1980", "", "Văn thư", "", ""]];
  assert.deepEqual(people(table(...rows)), ["Nguyễn Văn An|Chủ tịch|UBND xã", "Trần Thị Bé|Văn thư|"]);
});

test("without a header, a column of single words is the given name; abbreviations are not", () => {
  assert.deepEqual(guessedColumns([["1", "Nguyễn Văn", "An", "Chủ tịch"], ["2", "Trần Thị", "Bé", ""]]), ["other", "family", "given", "position"]);
  assert.deepEqual(guessedColumns([["NGUYỄN VĂN", "AN"], ["TRẦN THỊ", "BÉ"]]), ["family", "given"]);
  assert.deepEqual(guessedColumns([["Nguyễn Văn An", "UBND"], ["Trần Thị Bé", "HĐND"]]), ["name", "position"]);
});

test("a header that comes again on each page is no person", () => {
  const header = ["STT", "Họ và tên", "Chức vụ"];
  assert.deepEqual(people(table(header, ["1", "Nguyễn Văn An", ""], header, ["2", "Trần Thị Bé", ""])), ["Nguyễn Văn An||", "Trần Thị Bé||"]);
});

test("a header without tabs: the last column takes the commas", () => {
  const text = "STT, Họ và tên, Chức vụ\n1, Nguyễn Văn An, Trưởng Ban Kinh tế - Ngân sách, đại biểu\n2, Trần Thị Bé,";
  assert.deepEqual(people(text), ["Nguyễn Văn An|Trưởng Ban Kinh tế - Ngân sách, đại biểu|", "Trần Thị Bé||"]);
  assert.deepEqual(people('Name;Position\n"An; Nguyen";"Head, office"'), ["An; Nguyen|Head, office|"]);
  assert.deepEqual(people("Họ và tên\nNguyễn Văn An\nTrần Thị Bé"), ["Nguyễn Văn An||", "Trần Thị Bé||"]);
});

test("titles, headings of groups and totals are marked, not lost", () => {
  const marked = (/** @type {string} */ text) => readList(text).filter((person) => person.heading).map((person) => person.name);
  assert.deepEqual(marked("DANH SÁCH ĐẠI BIỂU\nI. THƯỜNG TRỰC HĐND\n1. Nguyễn Văn An\nTổng cộng: 1"), ["DANH SÁCH ĐẠI BIỂU", "I. THƯỜNG TRỰC HĐND", "Tổng cộng: 1"]);
  const text = table(["UBND XÃ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", ""], ["STT", "Họ tên", "Chức vụ"], ["I", "Thường trực", ""], ["1", "Nguyễn Văn An", "Chủ tịch"]);
  assert.deepEqual(marked(text), ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Thường trực"]);
});

test("a line that a cell went on with is shown, and the numbers of columns are not", () => {
  const text = "STT\tHọ và tên\tChức vụ\n(1)\t(2)\t(3)\n1\tNguyễn Văn An\tTrưởng Ban\nKinh tế - Ngân sách\n2\tTrần Thị Bé\t\n3\t\t";
  assert.deepEqual(people(text), ["Nguyễn Văn An|Trưởng Ban|", "Kinh tế - Ngân sách||", "Trần Thị Bé||"]);
  assert.deepEqual(readList(text).map((person) => person.heading), [false, true, false]);
});

test("a table without a header of deputies only is all people", () => {
  assert.deepEqual(people(table(["Nguyễn Văn An", "Đại biểu"], ["Trần Thị Bé", "Thành viên"])), ["Nguyễn Văn An|Đại biểu|", "Trần Thị Bé|Thành viên|"]);
});

test("nothing, spaces and tabs alone are nobody", () => {
  for (const text of ["", "  \n\t\n", "\t\t\n\t"]) assert.deepEqual(readList(text), []);
});

test("whatever is pasted is read, and no name has a tab or a line break", () => {
  for (const text of ["\"", "\t\"", "\"a\tb", ",,,", ";\t;", "1.\n2.\n-", "\u0000\t\u0000", "(", "Họ\tTên", "Họ và tên"]) {
    for (const person of readList(text)) assert.ok(!/[\t\n]/.test(person.name + person.position + person.unit));
  }
});

test("capitals are written in normal case only on request", () => {
  assert.deepEqual(people("NGUYỄN VĂN AN"), ["NGUYỄN VĂN AN||"]);
  assert.deepEqual(["NGUYỄN VĂN AN", "Nguyễn Văn AN", "AN", "H'LIM NIÊ"].map(isAllCapitals), [true, false, false, true]);
  assert.deepEqual(["NGUYỄN VĂN ĐỨC", "H'LIM NIÊ", "TRẦN-LÊ"].map(inNormalCase), ["Nguyễn Văn Đức", "H'Lim Niê", "Trần-Lê"]);
});

test("a name loses nothing but numbers, bullets, addresses and marks at its ends", () => {
  assert.deepEqual(["12. Đ.c Lê Ân;", "Bà", "TS. Lê Ân", "Bà  Lê - Ân"].map(nameIn), ["Lê Ân", "Bà", "TS. Lê Ân", "Lê - Ân"]);
});
