// What an answer comes to: the rules of kycuong/catalog/rules/answers.py and of the roll-call sheet, word for word.

import { vi } from "./speaking.js";

const MOST = 1_000_000
const REASONS = ["leave", "mission", "meeting", "sick", "maternity", "other"].map((reason) => `excused_${reason}`)
const TOTALS = ["quota", "present", "absent_excused", "absent_unexcused", "late"]
export const SHORT = ["partial", "fail"]
const REASONED = ["not_applicable", "not_asked"]

/**
 * @param {{code: string, answer_type: string, pass_from: number, partial_from: number}} criterion
 * @param {object|null} answer as POST /api/v1/visits/{uid}/answers takes it; null or {} is not yet an answer
 * @param {object|null} headcount the roll-call sheet, which answers the criterion on presence
 * @returns {{outcome: string, finding: string, faults: string[]}} faults: why it is no answer yet; outcome is then ""
 */
export function weigh(criterion, answer, headcount = null) {
  const counted = criterion.answer_type === "headcount" ? headcountOutcome(headcount) : ""
  const given = counted ? { ...answer, outcome: counted } : answer
  if (!given || Object.keys(given).length === 0) return { outcome: "", finding: "", faults: [] }
  try {
    return { ...weighed(criterion, given), faults: [] }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { outcome: "", finding: "", faults: [vi`Tiêu chí ${criterion.code}: ${error.message}.`] }
  }
}

/** What the sheet says of the criterion on presence; "" until it is filled in. */
export function headcountOutcome(sheet) {
  if (absent(sheet?.present) || absent(sheet?.absent_unexcused)) return ""
  if (sheet.absent_unexcused) return "fail"
  return sheet.late ? "partial" : "pass"
}

/** @returns {string} the sentence for numbers that do not fit together, or "" */
export function headcountFault(sheet) {
  const numbers = [...TOTALS, ...REASONS].map((name) => sheet?.[name]).filter((number) => !absent(number))
  if (!numbers.every((number) => Number.isInteger(number) && number >= 0 && number <= MOST)) {
    return vi`Quân số phải là số nguyên từ 0 trở lên.`
  }
  const reasons = REASONS.map((name) => sheet?.[name]).filter((number) => !absent(number))
  const sum = reasons.reduce((a, b) => a + b, 0)
  if (reasons.length && sum !== (sheet.absent_excused ?? null)) {
    return vi`Vắng có lý do chưa khớp: cộng theo từng lý do được ${sum}. Hãy sửa cho khớp, hoặc để trống các lý do.`
  }
  const counted = ["present", "absent_excused", "absent_unexcused"].reduce((a, name) => a + (sheet?.[name] ?? 0), 0)
  if (!absent(sheet?.quota) && counted > sheet.quota) {
    return vi`Có mặt và vắng cộng lại là ${counted}, nhiều hơn biên chế ${sheet.quota}. Hãy kiểm tra lại các con số.`
  }
  const present = sheet?.present ?? 0
  if ((sheet?.late ?? 0) > present) return vi`Số đi muộn, về sớm (${sheet.late}) nhiều hơn số có mặt (${present}).`
  return ""
}

class Fault extends Error {}

const absent = (value) => value === null || value === undefined

function weighed(criterion, answer) {
  if (answer === null || typeof answer !== "object" || Array.isArray(answer)) throw new Fault(vi`câu trả lời không đọc được`)
  const { outcome, whole } = outcomeOf(criterion, answer)
  const [note, finding] = [text(answer, "note", 500), text(answer, "finding", 1000)]
  if (REASONED.includes(outcome) && !note && whole !== 0) throw new Fault(vi`hãy ghi lý do không áp dụng hoặc chưa kiểm tra`)
  return { outcome, finding }
}

function outcomeOf(criterion, answer) {
  if (REASONED.includes(answer.outcome)) return { outcome: answer.outcome }
  if (criterion.answer_type === "ratio") return ratio(criterion, count(answer, "part"), count(answer, "whole"))
  if (criterion.answer_type === "number") return { outcome: count(answer, "count") ? "fail" : "pass" }
  if (criterion.answer_type === "document") {
    if (!hasDocument(answer) && answer.outcome !== "fail") throw new Fault(vi`hãy ghi số hoặc ngày văn bản, hoặc chọn «Không có»`)
    return { outcome: answer.outcome === "fail" ? "fail" : "pass" }
  }
  const grades = criterion.answer_type === "yes_no" ? ["pass", "fail"] : ["pass", "fail", "partial"]
  if (!grades.includes(answer.outcome)) throw new Fault(vi`hãy chọn một mức trả lời`)
  hasDocument(answer) // a day that is none is a fault here, too
  return { outcome: answer.outcome }
}

/** Whole numbers only: no rounding decides an official's grade. */
function ratio(criterion, part, whole) {
  if (part > whole) throw new Fault(vi`${part} lớn hơn tổng số ${whole}`)
  if (whole === 0) return { outcome: "not_applicable", whole }
  if (part * 100 >= criterion.pass_from * whole) return { outcome: "pass", whole }
  return { outcome: part * 100 >= criterion.partial_from * whole ? "partial" : "fail", whole }
}

function count(answer, key) {
  const value = answer[key]
  const typed = typeof value === "string" || Number.isInteger(value) ? String(value).trim() : ""
  if (!/^\d{1,9}$/.test(typed) || Number(typed) > MOST) throw new Fault(vi`hãy ghi đủ các số nguyên từ 0 trở lên`)
  return Number(typed)
}

function hasDocument(answer) {
  const [number, dated] = [text(answer, "number", 80), text(answer, "dated", 10)]
  if (dated && !isDay(dated)) throw new Fault(vi`«${dated}» không phải ngày; hãy viết như 31/12/2019`)
  return Boolean(number || dated)
}

function isDay(iso) {
  const day = new Date(`${iso}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(iso) && !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === iso
}

function text(answer, key, longest) {
  const value = answer[key] || ""
  if (typeof value !== "string" || [...value].length > longest || value.includes("\0")) {
    throw new Fault(vi`phần ghi chú dài quá ${longest} ký tự`)
  }
  return value.trim()
}
