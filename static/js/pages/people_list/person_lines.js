/**
 * A person on one line without tabs, and what belongs to a name. Pure.
 *
 * The rule, for lines such as "1. Ông Nguyễn Văn An, Trưởng Ban Kinh tế - Ngân sách":
 * 1. Running numbers, bullets and "Ông", "Bà", "Đồng chí" before a name are left out.
 * 2. The name ends at the first comma or semicolon. Everything after it is the position, with its own " - " and commas.
 * 3. The name ends earlier, at a spaced dash or at a bracket, only if a word of office follows: "– Phó Chủ tịch UBND".
 * 4. Every other dash is kept, in names and in positions.
 */

import { oneLine } from "./pasted_cells.js";

const BULLET = /^(?:[-–—•*+·●○◦▪■□‣►✓☐]\s*)+/u;
/** "1.", "02  ", "(3)", "4/", "5-", "a)": a number without a mark needs a space after it. */
const NUMBER = /^(?:\(?\d{1,4}\s*[.)\]:/,-]+\s*|\d{1,4}\s+|[a-zđ][.)]\s+)(?=\S)/u;
const HONORIFIC = /^(?:ông\s*[/,(]\s*bà\)?|bà\s*[/,(]\s*ông\)?|ông|bà|đồng chí|đ\s*[./]\s*c|đc|mr|mrs|ms)(?:\s*[.:]\s*|\s+|$)/iu;
/** "Ông" is a family name too (Ông Ích Khiêm). Before two words it is left out only if they begin like this. */
const FAMILY = /^(?:nguyễn|trần|lê|phạm|huỳnh|hoàng|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|lâm|đinh|trương|cao|mai|tô|y) /iu;
/** Words that a position begins with. "Nguyên" (former) and "Nguyễn" are different words here. */
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

/** Whether a text begins with a word of office, as no name does. @param {string} text */
export const isOffice = (text) => OFFICE.test(text);

/** A cell that holds "Ông", "Bà" or "Ông/Bà" and nothing else. @param {string} cell */
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

/** A name without the number, bullet and address before it, and without marks after it. @param {string} text */
export function nameIn(text) {
  return withoutHonorific(withoutNumber(text)).replace(/^["“']+|["”']+$/gu, "").replace(/[\s.,;:–—-]+$/u, "").trim();
}

/** @param {string} text */
export function positionIn(text) {
  return oneLine(text).replace(/^["“\s,;:–—-]+|["”\s,;]+$/gu, "");
}

/** The place of a spaced dash or a bracket that an office follows. @param {string} line */
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

/** Two words or more, all in capitals. @param {string} name */
export function isAllCapitals(name) {
  return name.includes(" ") && name === name.toUpperCase() && /\p{Lu}{2}/u.test(name);
}

/** "NGUYỄN VĂN AN" → "Nguyễn Văn An". @param {string} name */
export function inNormalCase(name) {
  return name.toLowerCase().replace(/(^|[\s'’-])(\p{L})/gu, (_, before, letter) => before + letter.toUpperCase());
}
