// What codes mean in words, and how days, hours and amounts are written and read.

import { language, theirs, verbatim, vi } from "../speaking.js";

export const outcomes = () => ({
  pass: vi`Đạt`, partial: vi`Đạt một phần`, fail: vi`Không đạt`, not_applicable: vi`Không áp dụng`, not_asked: vi`Chưa kiểm tra`,
})
export const TONES = { pass: "good", partial: "attention", fail: "late", not_applicable: "none", not_asked: "none" }
export const SIGNS = { pass: "check", partial: "half", fail: "cross", not_applicable: "dash", not_asked: "clock" }
export const severities = () => ({ 1: vi`Nhẹ`, 2: vi`Trung bình`, 3: vi`Nghiêm trọng`, 4: vi`Rất nghiêm trọng` })
export const categories = () => ({
  official: vi`Cán bộ`, civil_servant: vi`Công chức`, public_employee: vi`Viên chức`,
  part_time: vi`Người hoạt động không chuyên trách`, contract: vi`Hợp đồng lao động`,
})
export const reasons = () => ({
  excused_leave: vi`Nghỉ phép`, excused_mission: vi`Đi công tác`, excused_meeting: vi`Đi họp, học`, excused_sick: vi`Ốm`,
  excused_maternity: vi`Thai sản`, excused_other: vi`Lý do khác`,
})
export const LEAST_REASON = 10
export const NO_PROCEDURES = verbatim`Đơn vị không giải quyết thủ tục hành chính.`

/** How the answers of one criterion are called: yes and no where that is what is asked. */
export function outcomeOf(type, outcome) {
  if (type === "yes_no") return { pass: vi`Có`, fail: vi`Không` }[outcome] ?? outcomes()[outcome] ?? ""
  if (type === "document") return { pass: vi`Có văn bản`, fail: vi`Không có` }[outcome] ?? outcomes()[outcome] ?? ""
  return outcomes()[outcome] ?? ""
}

/** Without accents and capitals, đ as d: «Đồng Đăng» is found by «dong dang». */
export function folded(text) {
  return String(text ?? "").normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase()
    .replace(/\s+/g, " ").trim()
}

const two = (number) => String(number).padStart(2, "0")

export function day(iso) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso ?? "")
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : ""
}

/** A day as people type it, as the server takes it; null when it is not a day. */
export function isoDay(text) {
  const parts = /^\s*(?:ngày\s+)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text ?? "")
  if (!parts) return null
  const [, d, m, y] = parts.map(Number)
  const made = new Date(Date.UTC(y, m - 1, d))
  const same = made.getUTCDate() === d && made.getUTCMonth() === m - 1
  return same ? `${y}-${two(m)}-${two(d)}` : null
}

export function today() {
  const now = new Date()
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

export function daysAfter(iso, number) {
  const at = new Date(`${iso}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + number)
  return at.toISOString().slice(0, 10)
}

export function hour(ms = Date.now()) {
  const at = new Date(ms)
  return `${two(at.getHours())}:${two(at.getMinutes())}`
}

/** An hour as people type it: 8:05, 8h05, 0805. */
export function isoHour(text) {
  const parts = /^\s*(\d{1,2})\s*(?:[:hg.]\s*)?(\d{2})?\s*$/i.exec(text ?? "")
  if (!parts || !text.trim()) return null
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? 0)]
  return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}` : null
}

/** «14:32», and with the day when it was not today. */
export function moment(ms) {
  if (!ms) return ""
  const at = new Date(ms)
  const own = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return own === today() ? hour(ms) : vi`${hour(ms)} ngày ${day(own)}`
}

export function bytes(number) {
  if (!number) return "0 kB"
  if (number < 1024 * 1024) return `${Math.max(1, Math.round(number / 1024))} kB`
  return `${(number / 1024 / 1024).toFixed(1).replace(".", ",")} MB`
}

/** What there is of them, with commas between; each a text, or a node. */
export const listed = (...parts) => parts.filter(Boolean).flatMap((one, at) => (at ? [", ", one] : [one]))

/** A photo by the criterion that it belongs to, and by what somebody wrote about it. */
export const photoWord = ({ criterion_code: code, caption }) => (code || caption ? [code, code && caption && ". ", theirs(caption)] : vi`Ảnh chung`)

/** What cannot be read any more, and of which unit. */
export const damagedWord = ({ field, unit }) => listed(fieldWord(field), theirs(unit))

/** What a field of the log is called. */
export function fieldWord(field) {
  const [kind, key] = field.split("/")
  if (kind === "a") return vi`Câu ${key}`
  const texts = { strengths: vi`Ưu điểm`, explanation: vi`Ý kiến chung của đơn vị` }
  const words = { h: vi`Quân số`, e: vi`Ý kiến của đơn vị`, f: vi`Tồn tại ngoài phiếu`, v: vi`Người liên quan`, m: vi`Ảnh`, st: vi`Giờ bắt đầu, kết thúc`, s: vi`Chữ ký`, d: vi`Biên bản bổ sung` }
  return texts[key] ?? words[kind] ?? field
}

/** «12 thay đổi, 3 ảnh». */
export function amount({ ops = 0, media = 0 }) {
  return [ops && vi`${ops} thay đổi`, media && vi`${media} ảnh`].filter(Boolean).join(", ")
}

export function sentence(text) {
  return text ? text.charAt(0).toUpperCase() + text.slice(1) : ""
}

/** What a roll call says in one line. */
export function headcountInWords(sheet) {
  if (!sheet || sheet.present === null || sheet.present === undefined) return vi`Chưa điểm danh`
  const whole = sheet.quota !== null && sheet.quota !== undefined
  const parts = [whole ? vi`Có mặt ${sheet.present} / biên chế ${sheet.quota}` : vi`Có mặt ${sheet.present}`, vi`vắng có lý do ${sheet.absent_excused ?? 0}`,
    vi`vắng không lý do ${sheet.absent_unexcused ?? 0}`, vi`đi muộn, về sớm ${sheet.late ?? 0}`]
  return parts.join("; ")
}

export function reasonsInWords(sheet) {
  return Object.entries(reasons()).filter(([name]) => sheet?.[name]).map(([name, label]) => `${label.toLowerCase()} ${sheet[name]}`)
    .join(", ")
}

/** A seat of the team, or the form of an inspection: by its code where the word of the pack is not what is spoken. */
export const roleWord = ({ role, role_name: told }) => (language() === "en" && {
  team_head: vi`Trưởng đoàn`, deputy_head: vi`Phó trưởng đoàn`, secretary: vi`Thư ký`, member: vi`Thành viên`,
}[role]) || theirs(told)
export const formWord = ({ form, form_name: told }) => (language() === "en" && {
  planned: vi`Theo kế hoạch`, surprise: vi`Đột xuất`, combined: vi`Kết hợp`, cross_check: vi`Kiểm tra chéo`, recheck: vi`Phúc tra`,
  remote: vi`Từ xa`, self_check: vi`Tự kiểm tra`,
}[form]) || theirs(told ?? "")

/** «5/6», «12/QĐ-UBND, 05/01/2019». */
export function detailOf(criterion, answer, headcount) {
  if (!answer) return ""
  if ("whole" in answer && answer.whole !== null) return `${answer.part ?? "?"}/${answer.whole}`
  if ("count" in answer) return String(answer.count)
  if (criterion.answer_type === "headcount" && headcount?.present !== undefined) {
    return headcount.quota ? `${headcount.present}/${headcount.quota}` : String(headcount.present ?? "")
  }
  return [answer.number, day(answer.dated)].filter(Boolean).join(", ")
}
