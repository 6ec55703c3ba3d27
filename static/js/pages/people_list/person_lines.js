/**
 * Parses a person from one line without tabs. Pure.
 *
 * Rules, for lines such as "1. Ông Nguyễn Văn An, Trưởng Ban Kinh tế - Ngân sách":
 * 1. Running numbers, bullets and "Ông", "Bà", "Đồng chí" before a name are removed.
 * 2. The name ends at the first comma or semicolon. The rest is the position, including its " - " and commas.
 * 3. The name ends earlier, at a spaced dash or a bracket, only if a word of office follows: "– Phó Chủ tịch UBND".
 * 4. All other dashes are kept, in names and in positions.
 */

import { oneLine } from "./pasted_cells.js";

const BULLET = /^(?:[-–—•*+·●○◦▪■□‣►✓☐]\s*)+/u;
/** "1.", "02  ", "(3)", "4/", "5-", "a)". A number without punctuation requires a space after it. */
const NUMBER = /^(?:\(?\d{1,4}\s*[.)\]:/,-]+\s*|\d{1,4}\s+|[a-zđ][.)]\s+)(?=\S)/u;
const HONORIFIC = /^(?:ông\s*[/,(]\s*bà\)?|bà\s*[/,(]\s*ông\)?|ông|bà|đồng chí|đ\s*[./]\s*c|đc|mr|mrs|ms)(?:\s*[.:]\s*|\s+|$)/iu;
/** "Ông" is also a family name (Ông Ích Khiêm). Before two words it is removed only if the first is one of these names. */
const FAMILY = /^(?:nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|lâm|đinh|trương|cao|mai|tô|y) /iu;
/** First words of positions. "Nguyên" (former) and "Nguyễn" are different words here. */
const OFFICES = [
  "quyền (?:chủ|trưởng|giám|bí|chánh)", "nguyên(?= \\p{L})", "trưởng",
  "phó (?:chủ|trưởng|bí|giám|chánh|ban|văn|phòng|đoàn|tổ|hiệu|tổng|công|chỉ|trạm|khoa|đội)", "chủ (?:tịch|nhiệm|tọa|toạ)", "bí thư", "(?:ủy|uỷ) viên",
  "giám đốc", "tổng giám đốc", "chánh", "đại biểu", "thư ký", "thành viên", "chuyên viên", "cán bộ", "công chức", "viên chức",
  "kế toán", "thủ quỹ", "văn phòng", "văn thư", "hiệu trưởng", "hiệu phó", "thường trực", "đại diện", "đội", "tổ", "ban", "phòng",
  "sở", "hội", "mặt trận", "công an", "quân sự", "bác sĩ", "y sĩ", "giáo viên", "kỹ sư", "luật sư", "chỉ huy", "khách mời",
  "hđnd", "ubnd", "mttq", "ubmttq", "đảng", "btv", "bch", "ct", "pct", "bt", "pbt", "ubkt", "vp", "gđ", "pgđ",
  "chair", "vice", "deputy", "member", "secretary", "head", "director", "president", "chief",
];
const OFFICE = new RegExp(`^(?:${OFFICES.join("|")})(?![\\p{L}\\d])`, "iu");
const DASH = /\s[-–—]\s/gu;
const LAST_BRACKET = /\s\(([^()]+)\)$/u;

/** Whether a text starts with a word of office, which no name does. @param {string} text */
export const isOffice = (text) => OFFICE.test(text);

/** Whether a cell contains only "Ông", "Bà" or "Ông/Bà". @param {string} cell */
export const isHonorific = (cell) => HONORIFIC.exec(cell)?.[0] === cell && cell !== "";

/** @param {string} text */
function withoutNumber(text) {
  return oneLine(text).replace(BULLET, "").replace(NUMBER, "").replace(BULLET, "");
}

/** @param {string} text */
function withoutHonorific(text) {
  const found = HONORIFIC.exec(text)?.[0];
  const rest = text.slice(found?.length).trim();
  if (!found || !rest) return text;
  const familyName = /^ông\s*$/iu.test(found) && (/^thị /iu.test(rest) || (rest.split(" ").length <= 2 && !FAMILY.test(rest)));
  return familyName ? text : rest;
}

/** Removes the number, bullet and form of address before a name, and punctuation after it. @param {string} text */
export function nameIn(text) {
  return withoutHonorific(withoutNumber(text)).replace(/^["“']+|["”']+$/gu, "").replace(/[\s.,;:–—-]+$/u, "").trim();
}

/** @param {string} text */
export function positionIn(text) {
  return oneLine(text).replace(/^["“\s,;:–—-]+|["”\s,;]+$/gu, "");
}

/** Index of a spaced dash or a bracket that is followed by an office. @param {string} line */
function officeIn(line) {
  for (const dash of line.matchAll(DASH)) {
    const begin = dash.index + dash[0].length;
    if (isOffice(line.slice(begin))) return { end: dash.index, position: line.slice(begin) };
  }
  const bracket = LAST_BRACKET.exec(line);
  return bracket && isOffice(bracket[1] ?? "") ? { end: bracket.index, position: bracket[1] ?? "" } : null;
}

/** @param {string} line @returns {{name: string, position: string}} */
export function personOn(line) {
  const bare = withoutNumber(line);
  const comma = bare.search(/[,;]/u);
  const office = officeIn(bare);
  if (office && (comma < 0 || office.end < comma)) return { name: nameIn(bare.slice(0, office.end)), position: positionIn(office.position) };
  if (comma < 0) return { name: nameIn(bare), position: "" };
  return { name: nameIn(bare.slice(0, comma)), position: positionIn(bare.slice(comma + 1)) };
}

/** Whether a name has two or more words, all in capital letters. @param {string} name */
export function isAllCapitals(name) {
  return name.includes(" ") && name === name.toUpperCase() && /\p{Lu}{2}/u.test(name);
}

/** "NGUYỄN VĂN AN" → "Nguyễn Văn An". @param {string} name */
export function inNormalCase(name) {
  return name.toLowerCase().replace(/(^|[\s'’-])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase());
}
